"""Districts and the layers that describe their ground."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from gis.domain.terms import LayerKind

STORE_EPSG = 4490
"""Geometry is stored in CGCS2000, always as lon, lat."""


@dataclass(frozen=True, slots=True)
class District:
    """A place with a register of its own.

    ``outline`` is lon/lat in EPSG:4490; ``metric_epsg`` is the projected CRS of its measures
    (4546 for Kundulun, the local UTM zone elsewhere).
    """

    code: str
    name_zh: str
    name_en: str
    metric_epsg: int
    is_demo: bool
    outline: MultiPolygon


@dataclass(frozen=True, slots=True)
class ReferenceLayer:
    """One imported layer: what it shows, whose it is, and how far it can be trusted."""

    id: UUID
    district_code: str
    kind: LayerKind
    title_zh: str
    title_en: str
    source: str
    licence: str
    dated_on: date | None
    accuracy_m: float | None
    sha256: str


@dataclass(frozen=True, slots=True)
class ReferenceFeature:
    """One feature of a layer; ``geometry`` is lon/lat in EPSG:4490."""

    id: UUID
    layer_id: UUID
    name_zh: str
    name_en: str
    geometry: BaseGeometry
