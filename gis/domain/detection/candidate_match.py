"""Which finds of a run show which known candidates again, so that no place is filed twice.

Outlines of one place waver from image to image: they shift, a place falls into two parts or two
grow into one, and a small one lies in a large one. Two outlines are of one place when they share at
least 30 % of the smaller one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely import MultiPolygon

from gis.domain.detection.candidate import SAME_PLACE_SHARE, Candidate
from gis.domain.terms import CandidateState

WAITING = (CandidateState.TO_VISIT, CandidateState.TO_CHECK, CandidateState.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Matched:
    """Finds of one place (their numbers), the candidate they show again, and those it takes in.

    ``known`` is None for a place not seen before; ``absorbed`` are candidates on the same ground
    that nobody has judged yet.
    """

    finds: tuple[int, ...]
    known: Candidate | None
    absorbed: tuple[Candidate, ...]


def match(finds: Sequence[MultiPolygon], known: Sequence[Candidate]) -> tuple[Matched, ...]:
    """Return the places that a run's finds make up, in the order of their first finds.

    Each find belongs to the candidate that it shares most ground with, confirmed ones and those to
    be visited before others. A candidate that no find belongs to, but that one shares ground with,
    is taken in: its place has become part of another's. One that was judged is never taken in.
    """
    standing = [one for one in known if one.state is not CandidateState.MERGED]
    shared = _shared(finds, standing)
    groups: dict[object, list[int]] = {}
    for n, find in enumerate(finds):
        if shared[n]:
            best = max(
                shared[n],
                key=lambda k: (
                    standing[k].state is CandidateState.CONFIRMED,
                    standing[k].state is CandidateState.TO_VISIT,
                    shared[n][k],
                    str(standing[k].id),
                ),
            )
            groups.setdefault(best, []).append(n)
        else:  # new, but perhaps the same as a new find before it
            twin = next(
                (
                    key
                    for key, own in groups.items()
                    if isinstance(key, str) and any(_is_same(finds[m], find) for m in own)
                ),
                f"new {n}",
            )
            groups.setdefault(twin, []).append(n)
    owner = {k: best for best, own in groups.items() for n in own for k in shared[n]}
    places = []
    for key, own in groups.items():
        taken = [
            standing[k]
            for k, best in sorted(owner.items())
            if best == key and k not in groups and standing[k].state in WAITING
        ]
        main = standing[key] if isinstance(key, int) else None
        places.append(Matched(tuple(own), main, tuple(taken)))
    return tuple(sorted(places, key=lambda one: one.finds[0]))


def _shared(finds: Sequence[MultiPolygon], known: Sequence[Candidate]) -> list[dict[int, float]]:
    """Return, for each find, the candidates of the same place and how much ground they share."""
    shared: list[dict[int, float]] = [{} for _ in finds]
    outlines = [one.outline for one in known]
    if not outlines or not finds:
        return shared
    for n, k in shapely.STRtree(outlines).query(list(finds), predicate="intersects").T.tolist():
        common = finds[n].intersection(outlines[k]).area
        if common >= SAME_PLACE_SHARE * min(finds[n].area, outlines[k].area):
            shared[n][k] = common
    return shared


def _is_same(one: MultiPolygon, other: MultiPolygon) -> bool:
    common = one.intersection(other).area
    return common > 0 and common >= SAME_PLACE_SHARE * min(one.area, other.area)
