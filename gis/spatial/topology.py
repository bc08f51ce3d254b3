"""How outlines lie to each other and to their district: shared ground, and ground outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import shapely
from shapely import MultiPolygon

from gis.domain.place import District
from gis.spatial import crs

SLIVER_M2 = 1.0
"""Two outlines drawn along one edge share less than this by rounding alone."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two outlines that share ground: its area, and its share of each one's own."""

    one: str
    other: str
    shared_m2: float
    share_of_one: float
    share_of_other: float


class Outside(NamedTuple):
    """The part of an outline that lies outside its district."""

    area_m2: float
    share: float


def overlaps(
    codes: Sequence[str], outlines: Sequence[MultiPolygon], metric_epsg: int
) -> list[Overlap]:
    """Return the pairs of outlines (lon/lat, EPSG:4490) that share ground, largest first."""
    shapes = crs.all_to_metric(outlines, metric_epsg)
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    areas = shapely.area(shapes)
    found = [
        Overlap(
            codes[a],
            codes[b],
            round(float(m2), 1),
            round(float(m2 / areas[a]), 4),
            round(float(m2 / areas[b]), 4),
        )
        for a, b, m2 in zip(first, second, shared, strict=True)
        if m2 >= SLIVER_M2
    ]
    return sorted(found, key=lambda pair: (-pair.shared_m2, pair.one, pair.other))


def outside(outline: MultiPolygon, district: District) -> Outside:
    """Return how much of an outline lies outside its district: area in m2, and its share."""
    metric = crs.to_metric(outline, district.metric_epsg)
    home = crs.to_metric(district.outline, district.metric_epsg)
    beyond = metric.difference(home).area
    return Outside(round(beyond, 1), round(beyond / metric.area, 4))
