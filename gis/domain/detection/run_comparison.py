"""What two runs found of one place: both, only the one, only the other; by class and state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from uuid import UUID

import shapely
from shapely import MultiPolygon, STRtree

from gis.domain.detection.candidate import SAME_PLACE_SHARE
from gis.domain.terms import CandidateState

Side = Literal["both", "only_a", "only_b"]


@dataclass(frozen=True, slots=True)
class Find:
    """A candidate as one run saw it, in the state it is shown in now; ``outline`` EPSG:4490."""

    id: UUID
    class_name: str
    confidence: float
    area_m2: float
    state: CandidateState
    outline: MultiPolygon


class Compared(NamedTuple):
    """One place: what A saw of it, what B saw, and how much of the smaller outline they share."""

    side: Side
    a: Find | None
    b: Find | None
    share: float

    @property
    def find(self) -> Find:
        """Return the place as A saw it, or else as B did."""
        found = self.a or self.b
        assert found is not None
        return found


def compare(a: Sequence[Find], b: Sequence[Find]) -> list[Compared]:
    """Return every find of both runs, each once where it stands alone, in pairs where both saw it.

    Two outlines are one place by the rule that finds are filed by: an overlap of at least 30 % of
    the smaller one. A find that matches several is paired with the one it shares most with.
    """
    overlaps = _overlaps(a, b)
    best_of_a = _best(overlaps, 0)
    best_of_b = _best(overlaps, 1)
    rows = [
        Compared("both", one, b[best_of_a[i]], overlaps[i, best_of_a[i]])
        if i in best_of_a
        else Compared("only_a", one, None, 0.0)
        for i, one in enumerate(a)
    ]
    told = set(best_of_a.values())
    for j, other in enumerate(b):
        if j in told:
            continue
        if j in best_of_b:  # the same place as a find of A that shares more with another of B
            rows.append(Compared("both", a[best_of_b[j]], other, overlaps[best_of_b[j], j]))
        else:
            rows.append(Compared("only_b", None, other, 0.0))
    return rows


def _overlaps(a: Sequence[Find], b: Sequence[Find]) -> dict[tuple[int, int], float]:
    """Return the share of the smaller outline that finds have in common, where it is enough."""
    if not a or not b:
        return {}
    left, right = [one.outline for one in a], [one.outline for one in b]
    rows, columns = STRtree(right).query(left, predicate="intersects")
    found = {}
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        shared = shapely.intersection(left[i], right[j]).area
        share = shared / min(left[i].area, right[j].area)
        if share >= SAME_PLACE_SHARE:
            found[i, j] = round(float(share), 4)
    return found


def _best(overlaps: dict[tuple[int, int], float], side: int) -> dict[int, int]:
    """Return the best partner of each find of one side."""
    best: dict[int, tuple[float, int]] = {}
    for pair, share in overlaps.items():
        mine, other = pair[side], pair[1 - side]
        if mine not in best or (share, -other) > (best[mine][0], -best[mine][1]):
            best[mine] = (share, other)
    return {mine: other for mine, (_, other) in best.items()}


class Tally(NamedTuple):
    """How many finds and how much ground; areas are what A saw, where both did."""

    number: int
    area_m2: float


def tallies(
    rows: Sequence[Compared], by: Literal["class_name", "state"]
) -> dict[str, dict[Side, Tally]]:
    """Return the tallies of each side by class or by state, most first."""
    found: dict[str, dict[Side, Tally]] = {}
    for row in rows:
        word = str(getattr(row.find, by))
        number, area_m2 = found.setdefault(word, {}).get(row.side, Tally(0, 0.0))
        found[word][row.side] = Tally(number + 1, round(area_m2 + row.find.area_m2, 1))
    return dict(
        sorted(found.items(), key=lambda item: (-sum(t.number for t in item[1].values()), item[0]))
    )
