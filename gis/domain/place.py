"""Districts and the layers that describe their ground."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from gis.domain.terms import LayerKind, SourceLevel

STORE_EPSG = 4490
"""Geometry is stored in CGCS2000, always as lon, lat."""


UNDATED = "日期不详"
"""Stands where a layer's date would stand."""


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
    """One edition of a layer: what it shows, whose it is, and how far it can be trusted.

    ``series`` names the layer through its editions: of a district's layers of one kind and series
    one at most is in force, from ``adopted_at`` until ``ended_at``. ``level`` is that of a source
    zone whose file holds this level only. ``reading`` says how the file was read.
    """

    id: UUID
    district_code: str
    kind: LayerKind
    series: str
    title_zh: str
    title_en: str
    source: str
    licence: str
    dated_on: date | None
    accuracy_m: float | None
    level: SourceLevel | None
    sha256: str
    reading: dict[str, Any]
    adopted_at: datetime
    ended_at: datetime | None

    @property
    def label(self) -> str:
        """Its title and date, for the record of a measured value."""
        day = self.dated_on.isoformat() if self.dated_on else UNDATED
        return f"{self.title_zh}（{day}）"


@dataclass(frozen=True, slots=True)
class ReferenceFeature:
    """One feature of a layer; ``geometry`` is lon/lat in EPSG:4490.

    ``level`` belongs to source zones, ``land_class`` and ``ownership`` to parcels, ``is_important``
    to tributaries; None is unknown.
    """

    id: UUID
    layer_id: UUID
    name_zh: str
    name_en: str
    geometry: BaseGeometry
    level: SourceLevel | None = None
    land_class: str | None = None
    ownership: str | None = None
    is_important: bool | None = None
