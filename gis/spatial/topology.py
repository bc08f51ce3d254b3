"""How an outline lies to its district; what outlines share is asked of the store."""

from typing import NamedTuple

from shapely import MultiPolygon

from gis.domain.place import District
from gis.spatial import crs


class Outside(NamedTuple):
    """The part of an outline that lies outside its district."""

    area_m2: float
    share: float


def outside(outline: MultiPolygon, district: District) -> Outside:
    """Return how much of an outline lies outside its district: area in m2, and its share."""
    metric = crs.to_metric(outline, district.metric_epsg)
    home = crs.to_metric(district.outline, district.metric_epsg)
    beyond = metric.difference(home).area
    return Outside(round(beyond, 1), round(beyond / metric.area, 4))
