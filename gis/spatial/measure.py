"""Area, perimeter and receptors of an outline, each measured in metres."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from gis.domain.errors import GeometryInvalid, MetricCrsUnfit, OutsideDistrict
from gis.domain.place import District, ReferenceFeature, ReferenceLayer
from gis.domain.surroundings import Surroundings
from gis.domain.terms import LayerKind
from gis.spatial import crs, rivers

NEAR_PROTECTED_M = 500.0
NEAR_SOURCE_M = 1_000.0
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
    """
    metric = crs.to_metric(outline, metric_epsg)
    geodesic = abs(crs.GEOD.geometry_area_perimeter(shapely.orient_polygons(outline))[0])
    error = abs(metric.area / geodesic - 1) * 100
    if error > MOST_AREA_ERROR_PERCENT:
        raise MetricCrsUnfit(epsg=metric_epsg, error_percent=round(error, 2))
    return Extent(round(metric.area, 1), round(geodesic, 1), round(metric.length, 1))


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


@dataclass(frozen=True, slots=True)
class Layer:
    """A reference layer with its features, as measures take it."""

    about: ReferenceLayer
    features: Sequence[ReferenceFeature]

    @property
    def label(self) -> str:
        """Its title and date, for the record of a measured value."""
        day = self.about.dated_on.isoformat() if self.about.dated_on else "日期不详"
        return f"{self.about.title_zh}（{day}）"


def _nearest_m(outline: MultiPolygon, layer: Layer, metric_epsg: int) -> float:
    metric = crs.to_metric(outline, metric_epsg)
    lines = [crs.to_metric(feature.geometry, metric_epsg) for feature in layer.features]
    return round(min(metric.distance(line) for line in lines), 1)


def surroundings(
    site_code: str,
    outline: MultiPolygon,
    layers: Sequence[Layer],
    metric_epsg: int,
    measured_at: datetime,
) -> Surroundings:
    """Measure a site's receptors from the layers there are.

    A question that no layer answers stays None; of a kind's editions the last given is asked.
    Distances run from the outline's edge, in metres
    of the metric CRS.
    """
    by_kind = {layer.about.kind: layer for layer in layers if layer.features}
    used: dict[str, str] = {}

    def distance_m(kind: LayerKind, fact: str) -> float | None:
        layer = by_kind.get(kind)
        if layer is None:
            return None
        used[fact] = layer.label
        return _nearest_m(outline, layer, metric_epsg)

    main_stem_m = distance_m(LayerKind.MAIN_STEM, "main_stem_distance_m")
    tributary_m = distance_m(LayerKind.TRIBUTARY, "tributary_distance_m")
    dwelling_m = distance_m(LayerKind.DWELLING, "dwelling_distance_m")
    zone_m = distance_m(LayerKind.RIVER_ZONE, "in_river_zone")
    source_m = distance_m(LayerKind.SOURCE_ZONE, "source_zone")
    protected_m = distance_m(LayerKind.PROTECTED_LAND, "protected_land")
    priority_m = distance_m(LayerKind.PRIORITY_AREA, "in_priority_area")
    position = None
    if (stem := by_kind.get(LayerKind.MAIN_STEM)) is not None:
        position = rivers.locate(outline, [f.geometry for f in stem.features], metric_epsg)
        used["reach"] = stem.label
    return Surroundings(
        site_code=site_code,
        measured_at=measured_at,
        reach=position.reach if position else None,
        chainage_m=position.chainage_m if position else None,
        bank=position.bank if position else None,
        main_stem_distance_m=main_stem_m,
        tributary_distance_m=tributary_m,
        in_river_zone=None if zone_m is None else zone_m == 0,
        source_zone=(
            None
            if source_m is None
            else "LEVEL_1_2"
            if source_m == 0
            else "QUASI_OR_NEAR"
            if source_m <= NEAR_SOURCE_M
            else "NONE"
        ),
        dwelling_distance_m=dwelling_m,
        protected_land=(
            None
            if protected_m is None
            else "INSIDE"
            if protected_m == 0
            else "NEAR"
            if protected_m <= NEAR_PROTECTED_M
            else "NONE"
        ),
        in_priority_area=None if priority_m is None else priority_m == 0,
        layers=used,
    )
