"""Area and perimeter of an outline in metres, and whether it may be stored."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from gis.domain.errors import GeometryInvalid, MetricCrsUnfit, OutsideDistrict
from gis.domain.place import District
from gis.spatial import crs

MOST_AREA_ERROR_PERCENT = 0.5


class Extent(NamedTuple):
    """Area in the metric CRS, geodesic area as its check, perimeter in the metric CRS."""

    area_m2: float
    area_geodesic_m2: float
    perimeter_m: float


def extent(outline: MultiPolygon, metric_epsg: int) -> Extent:
    """Measure an outline given as lon/lat in EPSG:4490; values are rounded to 0.1 m2 and 0.1 m.

    Raises MetricCrsUnfit where the projected area is off the geodesic one by more than 0.5 %: the
    zone belongs to another place (EPSG:4527 instead of 4546 does this without any other sign).
    Raises GeometryInvalid where there is nothing to measure.
    """
    return extents([outline], metric_epsg)[0]


def extents(outlines: Sequence[MultiPolygon], metric_epsg: int) -> list[Extent]:
    """Measure many outlines as `extent` does one, much faster.

    Raises MetricCrsUnfit, GeometryInvalid.
    """
    metric = crs.all_to_metric(outlines, metric_epsg)
    oriented = shapely.orient_polygons(list(outlines))
    areas, lengths = shapely.area(metric).tolist(), shapely.length(metric).tolist()
    found = []
    for shape, area, length in zip(oriented, areas, lengths, strict=True):
        geodesic = abs(crs.GEOD.geometry_area_perimeter(shape)[0])
        if not geodesic or not math.isfinite(area):  # a point, or the whole world
            raise GeometryInvalid(name="—", reason="no area that can be measured")
        error = abs(area / geodesic - 1) * 100
        if error > MOST_AREA_ERROR_PERCENT:
            raise MetricCrsUnfit(epsg=metric_epsg, error_percent=round(error, 2))
        found.append(Extent(round(area, 1), round(geodesic, 1), round(length, 1)))
    return found


def require_fit(outline: BaseGeometry, name: str, district: District) -> MultiPolygon:
    """Return ``outline`` as stored, or refuse it: invalid, empty, or outside its district.

    Nothing is repaired: make_valid can run for a minute on a small hostile polygon. Raises
    GeometryInvalid, OutsideDistrict.
    """
    if outline.is_empty or not isinstance(outline, MultiPolygon | shapely.Polygon):
        raise GeometryInvalid(name=name, reason="empty or not a polygon")
    if not outline.is_valid:
        raise GeometryInvalid(name=name, reason=explain_validity(outline))
    if not outline.intersects(district.outline):
        raise OutsideDistrict(name=name, district=district.name_zh)
    return crs.as_multipolygon(shapely.force_2d(outline))
