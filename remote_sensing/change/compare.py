"""The word for what changed at a place, and what leaves it in doubt.

A change counts when it exceeds what the outline itself leaves in doubt (its length by how far its
border may lie off) together with what unchanged places show between the same two dates: how far
their borders moved alike (season, radiometry; that much is taken back) and apart (noise).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from gis.domain.follow_up.border_change import POSITION_ERROR_PX, BorderSwing, swing_of
from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.change.ground import Ground, open_ground
from remote_sensing.change.places import Place, join
from remote_sensing.change.runs import DatedRun

State = Literal["FIRST", "NEW", "GROWN", "UNCHANGED", "SHRUNK", "GONE", "UNSEEN", "ABSENT"]

UNSTEADY = 0.6
"""Dates are not compared when less of forest, water and built-up ground kept its class."""
REMAINS = 0.2
"""A place is there on a date that has no outline of it when so much of it is still a target."""


@dataclass(frozen=True, slots=True)
class Swing:
    """What unchanged places show between two dates.

    ``steadiness`` is the share of forest, water and built-up ground that kept its class.
    """

    before: date
    after: date
    borders: BorderSwing
    steadiness: float


@dataclass(frozen=True, slots=True)
class Unlike:
    """Two dates that are not compared: so little of the steady ground kept its class.

    It is their radiometry, haze or season that differs, not the ground.
    """

    before: date
    after: date
    steadiness: float


@dataclass(frozen=True, slots=True)
class Look:
    """What one date says of a place; areas in m2, ``uncertainty_m2`` the half-width of 95 %.

    ``change_m2`` is gained less lost, less what all borders moved alike; None without an earlier
    date that saw the place.
    """

    on: date
    state: State
    seen_share: float
    area_m2: float
    compared_with: date | None = None
    gained_m2: float | None = None
    lost_m2: float | None = None
    change_m2: float | None = None
    uncertainty_m2: float | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A place and what every date says of it.

    ``kinds`` is how likely each kind of change is, where a judge told it of a new or grown place.
    """

    place: Place
    looks: tuple[Look, ...]
    kinds: Mapping[str, float] | None = None

    @property
    def kind(self) -> str | None:
        """The likeliest kind of change."""
        return max(self.kinds, key=self.kinds.__getitem__) if self.kinds else None

    @property
    def last(self) -> Look:
        """The latest date that saw it; the latest of all where none did."""
        seen = [look for look in self.looks if look.state != "UNSEEN"]
        return (seen or list(self.looks))[-1]


@dataclass(frozen=True, slots=True)
class Changes:
    """All places, what the dates show of unchanged ground, and dates that tell nothing."""

    places: tuple[Changed, ...]
    swings: tuple[Swing, ...]
    unlike: tuple[Unlike, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Pixels of a place on two dates that both saw it."""

    gained: int
    lost: int
    before: int
    after: int
    perimeter_m: float
    was: bool
    is_: bool


def changes(
    runs: Sequence[DatedRun], rules: FollowUpRules, position_error_m: float | None = None
) -> Changes:
    """Return what changed over runs that stand in the order of their days.

    ``position_error_m`` is how far a border may lie off, half a pixel where it is not told.
    """
    places = join([run.found for run in runs])
    with open_ground(runs, rules) as ground:
        pixel_m = ground.grid.pixel_m
        error_m = POSITION_ERROR_PX * pixel_m if position_error_m is None else position_error_m
        steadiness = {(a, b): ground.steadiness(a, b) for b in range(len(runs)) for a in range(b)}
        befores = [_befores(n, runs, steadiness, rules) for n in range(len(runs))]
        measured = [_measured(place, befores, ground, rules) for place in places]
        swings: dict[tuple[int, int], Swing] = {}
        for a, b in sorted({pair for _, pairs in measured for pair in pairs}):
            own = [pairs[a, b] for _, pairs in measured if (a, b) in pairs]
            swings[a, b] = _swing(own, runs[a], runs[b], steadiness[a, b], pixel_m, rules)
    unlike = tuple(
        Unlike(runs[a].on, runs[b].on, share)
        for (a, b), share in steadiness.items()
        if share < UNSTEADY
    )
    return Changes(
        tuple(
            Changed(place, _looks(place, runs, seen, pairs, swings, pixel_m, error_m, rules))
            for place, (seen, pairs) in zip(places, measured, strict=True)
        ),
        tuple(swings.values()),
        unlike,
    )


def _befores(
    n: int,
    runs: Sequence[DatedRun],
    steadiness: Mapping[tuple[int, int], float],
    rules: FollowUpRules,
) -> list[int]:
    """Return the earlier dates that a date may be compared with, the fittest first.

    Those of its own season come first, the latest of them before others; dates between which even
    forest, water and built-up ground changed are not compared at all.
    """
    like = [a for a in range(n) if not steadiness[a, n] < UNSTEADY]
    return sorted(like, key=lambda a: (not rules.is_same_season(runs[a].on, runs[n].on), -a))


def _measured(
    place: Place, befores: Sequence[Sequence[int]], ground: Ground, rules: FollowUpRules
) -> tuple[list[float], dict[tuple[int, int], _Pair]]:
    """Return how much of a place each date saw, and the pixels of each pair of dates."""
    outline = ground.grid.to_px(place.zone)
    window = ground.grid.window_of(outline)
    zone = ground.zone(outline, window)
    if not zone.any():
        return [0.0] * len(befores), {}
    shown = [ground.shown(n, window) for n in range(len(befores))]
    seen = [float(one.seen[zone].mean()) for one in shown]
    pairs = {}
    for b, earlier in enumerate(befores):
        a = next((a for a in earlier if seen[a] >= rules.valid_least), None)
        if a is None or seen[b] < rules.valid_least:
            continue
        both = zone & shown[a].seen & shown[b].seen
        before, after = shown[a].target & both, shown[b].target & both
        counts = [int(np.count_nonzero(one)) for one in (before, after)]
        pairs[a, b] = _Pair(
            gained=int(np.count_nonzero(after & ~shown[a].loose)),
            lost=int(np.count_nonzero(before & ~shown[b].loose)),
            before=counts[0],
            after=counts[1],
            perimeter_m=max(place.perimeter_m(a), place.perimeter_m(b)) or _round(place),
            was=bool(place.dates[a]) or counts[0] > REMAINS * counts[1],
            is_=bool(place.dates[b]) or counts[1] > REMAINS * counts[0],
        )
    return seen, pairs


def _round(place: Place) -> float:
    """Return the longest border that any date gave a place."""
    return max(place.perimeter_m(n) for n in range(len(place.dates)))


def _swing(
    pairs: Iterable[_Pair],
    before: DatedRun,
    after: DatedRun,
    steadiness: float,
    pixel_m: float,
    rules: FollowUpRules,
) -> Swing:
    moved = [
        (one.gained - one.lost) * pixel_m**2 / one.perimeter_m
        for one in pairs
        if one.was and one.is_ and one.before and one.after
    ]
    same = rules.is_same_season(before.on, after.on)
    return Swing(before.on, after.on, swing_of(moved, same, pixel_m), steadiness)


def _looks(
    place: Place,
    runs: Sequence[DatedRun],
    seen: Sequence[float],
    pairs: dict[tuple[int, int], _Pair],
    swings: dict[tuple[int, int], Swing],
    pixel_m: float,
    error_m: float,
    rules: FollowUpRules,
) -> tuple[Look, ...]:
    looks: list[Look] = []
    by_after = {b: (a, pair) for (a, b), pair in pairs.items()}
    for n, run in enumerate(runs):
        look = Look(run.on, "UNSEEN", round(seen[n], 4), round(place.area_m2(n), 1))
        if n in by_after:
            a, pair = by_after[n]
            look = replace(look, compared_with=runs[a].on)
            if pair.was or pair.is_:
                look = _compared(look, pair, swings[a, n], pixel_m, error_m)
            else:  # nothing then and nothing now: what it last was it still is
                look = replace(look, state=_still(looks))
        elif seen[n] >= rules.valid_least and all(one.state == "UNSEEN" for one in looks):
            look = replace(look, state="FIRST" if place.dates[n] else "ABSENT")
        looks.append(look)
    return tuple(looks)


def _still(looks: Sequence[Look]) -> State:
    known = [one.state for one in looks if one.state != "UNSEEN"]
    return known[-1] if known and known[-1] in ("GONE", "ABSENT") else "UNCHANGED"


def _compared(look: Look, pair: _Pair, swing: Swing, pixel_m: float, error_m: float) -> Look:
    gained, lost = pair.gained * pixel_m**2, pair.lost * pixel_m**2
    both = pair.was and pair.is_
    # What all borders did alike is taken back only from places that are there on both dates.
    change = gained - lost - (swing.borders.alike_m * pair.perimeter_m if both else 0.0)
    doubt = swing.borders.doubt_m2(pair.perimeter_m, error_m)
    state: State = "UNCHANGED"
    if abs(change) > doubt:
        if change > 0:
            state = "GROWN" if pair.was else "NEW"
        else:
            state = "SHRUNK" if pair.is_ else "GONE"
    return replace(
        look,
        state=state,
        gained_m2=round(gained, 1),
        lost_m2=round(lost, 1),
        change_m2=round(change, 1),
        uncertainty_m2=round(doubt, 1),
    )
