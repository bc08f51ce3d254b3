"""How a candidate stands in a new image against the earlier one: new, grown, shrunk, gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from gis.domain.follow_up.border_change import POSITION_ERROR_PX, BorderSwing
from gis.domain.terms import ChangeKind, FootprintState

SEEN_LEAST = 0.6
"""Share of an outline that an image must show before it tells anything of the place."""
REMAINS = 0.2
"""A place is not gone while so much of its outline is still called a target."""
SEASON_DAYS = 45


@dataclass(frozen=True, slots=True)
class CandidateChange:
    """What one run says of a candidate against the sighting of ``compared_on``.

    Areas are m2; ``uncertainty_m2`` is the half-width of the 95 % interval of ``change_m2``. They
    are None where nothing was measured: a first sighting, or a place that the image did not show.
    ``kind`` and ``kind_share``, how likely it is, are of new and grown places where a judge told.
    """

    id: UUID
    candidate_id: UUID
    run_id: UUID
    seen_on: date
    compared_on: date | None
    state: FootprintState
    area_m2: float | None
    change_m2: float | None
    uncertainty_m2: float | None
    kind: ChangeKind | None = None
    kind_share: float | None = None


class KindTold(NamedTuple):
    """The likeliest kind of a change, and how likely it is, 0 to 1."""

    kind: ChangeKind
    share: float


@dataclass(frozen=True, slots=True)
class Sized:
    """A place on one day: its area and the length of its outline."""

    on: date
    area_m2: float
    perimeter_m: float


@dataclass(frozen=True, slots=True)
class Remains:
    """What a run shows within an outline: shares of it that were seen, and that are a target."""

    seen: float
    target: float


def is_same_season(one: date, other: date) -> bool:
    """Whether two days lie close in the year, whatever their years."""
    apart = abs(one.timetuple().tm_yday - other.timetuple().tm_yday)
    return min(apart, 365 - apart) <= SEASON_DAYS


def earlier(on: date, sized: Sequence[Sized]) -> Sized | None:
    """Return the sighting to compare a day with: the latest of its season, else the latest."""
    before = [one for one in sized if one.on < on]
    return max(before, key=lambda one: (is_same_season(one.on, on), one.on), default=None)


def moved_m(before: Sized, now: Sized) -> float:
    """Return how far the border moved outwards, on the whole."""
    return (now.area_m2 - before.area_m2) / max(before.perimeter_m, now.perimeter_m)


def compared(
    before: Sized, now: Sized, swing: BorderSwing, pixel_m: float
) -> tuple[FootprintState, float, float]:
    """Return the word for a change between two sightings, the change and its uncertainty in m2."""
    perimeter_m = max(before.perimeter_m, now.perimeter_m)
    change = now.area_m2 - before.area_m2 - swing.alike_m * perimeter_m
    doubt = swing.doubt_m2(perimeter_m, POSITION_ERROR_PX * pixel_m)
    if abs(change) <= doubt:
        return FootprintState.UNCHANGED, change, doubt
    return (FootprintState.GROWN if change > 0 else FootprintState.SHRUNK), change, doubt


def not_found(
    before: Sized, left: Remains, swing: BorderSwing, pixel_m: float
) -> tuple[FootprintState, float | None, float | None]:
    """Return the word for a place that a run did not find; one not seen is never gone."""
    if left.seen < SEEN_LEAST:
        return FootprintState.UNSEEN, None, None
    doubt = swing.doubt_m2(before.perimeter_m, POSITION_ERROR_PX * pixel_m)
    if left.target >= REMAINS or before.area_m2 <= doubt:
        return FootprintState.UNCHANGED, None, None
    return FootprintState.GONE, -before.area_m2, doubt
