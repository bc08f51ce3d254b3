"""Scenes, and the record of each run over one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shapely import Polygon


@dataclass(frozen=True, slots=True)
class SceneRecord:
    """A scene as the register knows it.

    ``footprint`` is lon/lat in EPSG:4490; ``path`` and ``display_path`` are the server's own files
    and never leave it; ``sha256`` is of the analysis file. ``band_places`` are the 1-based places
    of ``bands`` in it, None of scenes that were taken in before places were kept.
    """

    id: UUID
    district_code: str
    name: str
    sensor: str
    acquired_on: date | None
    crs: str
    width: int
    height: int
    pixel_m: float
    bands: list[str]
    radiometry: dict[str, Any]
    notice: str
    footprint: Polygon
    sha256: str
    path: str
    display_path: str
    band_places: list[int] | None = None


@dataclass(frozen=True, slots=True)
class DetectionRun:
    """遥感排查: one model over one scene with one set of parameters, kept for ever."""

    id: UUID
    scene_id: UUID
    model_name: str
    model_sha256: str
    parameters: dict[str, Any]
    record: dict[str, Any]
    candidates_found: int
    filed_at: datetime
    filed_by: str
