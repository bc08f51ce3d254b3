"""遥感跟踪: what one image shows of one listed site, with how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.terms import FootprintState, ReferenceHow

SEEN = frozenset(set(FootprintState) - {FootprintState.UNSEEN})
"""States of an observation that saw enough to be compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One scene's look at one site; stored for ever, a newer version of the rules adds another.

    ``observed_on`` is the image's day, ``observed_at`` when it was measured. Shares are 0..1 of the
    outline; ``valid_share`` is what is neither nodata, cloud, shadow nor snow. Areas are m2 on the
    ground with the ends of their interval (``low``, ``high``): ``bare`` lies inside the outline,
    ``footprint`` is the disturbed ground in and connected to it. FVC is 0..1; ``fvc_ratio`` is
    that of the site to that of the reference patch. None is "could not be measured", never 0.
    ``compared_with`` is the earlier observation that ``state`` speaks of; ``change_m2`` is this
    footprint less that one as measured on the pair, ``change_sigma_m2`` its standard deviation.
    ``reasons`` are rows of ``code`` and facts, whose words stand in `follow_up_words`. ``outline``
    and patches are lon/lat in EPSG:4490.
    """

    id: UUID
    site_code: str
    site_version: int
    scene_id: UUID
    observed_on: date
    observed_at: datetime
    rules_sha256: str
    valid_share: float
    snow_share: float
    cloud_share: float
    shadow_share: float
    bare_m2: float | None
    bare_low_m2: float | None
    bare_high_m2: float | None
    fvc: float | None
    fvc_low: float | None
    fvc_high: float | None
    fvc_reference: float | None
    fvc_ratio: float | None
    fvc_ratio_low: float | None
    fvc_ratio_high: float | None
    footprint_m2: float | None
    footprint_low_m2: float | None
    footprint_high_m2: float | None
    state: FootprintState
    compared_with: UUID | None
    change_m2: float | None
    change_sigma_m2: float | None
    shift_east_m: float | None
    shift_north_m: float | None
    reference_how: ReferenceHow | None
    reasons: list[dict[str, Any]]
    measures: dict[str, Any]
    reference: MultiPolygon | None
    footprint: MultiPolygon | None

    @property
    def is_seen(self) -> bool:
        """Whether the image told enough for a later one to be compared with it."""
        return self.state in SEEN


def newest_seen(observations: Sequence[Observation]) -> Observation | None:
    """Return the newest observation that saw enough, or None; order does not matter."""
    seen = [one for one in observations if one.is_seen]
    return max(seen, key=lambda one: (one.observed_on, one.observed_at), default=None)
