"""Scenes, and the record of each run over one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shapely import Polygon

from gis.domain.terms import MaskHow, SceneKind, SurveyBasis


@dataclass(frozen=True, slots=True)
class SceneRecord:
    """A scene as the register knows it.

    ``footprint`` is lon/lat in EPSG:4490; ``path`` and ``display_path`` are the server's own files
    and never leave it; ``sha256`` is of the analysis file, ``source_sha256`` of the file it was
    made from, where that is another. ``band_places`` are the 1-based places of ``bands`` in it,
    None of scenes that were taken in before places were kept. Of a composite ``first_on`` is the
    first day of its sources, ``acquired_on`` the last. ``processing`` says what was done to it.
    ``valid_share`` is of the frame, the other shares are of the valid pixels, None where nobody
    looked; ``mask_path`` and ``mask_sha256`` are of the raster that says where they lie.
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
    kind: SceneKind = SceneKind.IMAGE
    first_on: date | None = None
    source_sha256: str | None = None
    processing: dict[str, Any] = field(default_factory=dict)
    valid_share: float | None = None
    cloud_share: float | None = None
    shadow_share: float | None = None
    snow_share: float | None = None
    mask_how: MaskHow | None = None
    mask_path: str | None = None
    mask_sha256: str | None = None
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ElevationRecord:
    """An elevation model that goes with the scenes of a district which it covers.

    ``footprint`` is lon/lat in EPSG:4490; ``path`` is the server's own file and never leaves it.
    """

    id: UUID
    district_code: str
    name: str
    basis: SurveyBasis
    crs: str
    pixel_m: float
    footprint: Polygon
    sha256: str
    path: str
    added_at: datetime


SLACK = 1e-9
"""Far below what a confidence is rounded to: 0.4 and 0.2 make no more than 0.6."""


@dataclass(frozen=True, slots=True)
class DetectionRun:
    """遥感排查: one model over one scene with one set of parameters, kept for ever.

    ``threshold`` is the least confidence, 0 to 1, that lists and the map show; it alone can be
    moved afterwards, for all that was found is on file. Of a find that stands alone
    (``is_isolated`` among its facts) the parameter ``isolated_extra`` asks so much more.
    """

    id: UUID
    scene_id: UUID
    model_name: str
    model_sha256: str
    parameters: dict[str, Any]
    record: dict[str, Any]
    candidates_found: int
    filed_at: datetime
    filed_by: str
    threshold: float = 0.0

    def shows(self, confidence: float, facts: Mapping[str, Any]) -> bool:
        """Say whether a find reaches the threshold."""
        extra = share_of(self.parameters, "isolated_extra") if facts.get("is_isolated") else 0.0
        return confidence >= self.threshold + extra - SLACK


def threshold_of(parameters: Mapping[str, Any]) -> float:
    """Return the threshold that a run begins with: that of its parameters, else none."""
    return share_of(parameters, "threshold" if "threshold" in parameters else "min_confidence")


def share_of(parameters: Mapping[str, Any], name: str) -> float:
    """Return a parameter that is a share of one; 0 where it is not said, or no share."""
    said = parameters.get(name, 0.0)
    is_share = isinstance(said, int | float) and 0 <= said <= 1
    return float(said) if is_share else 0.0
