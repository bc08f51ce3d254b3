"""Reaches: a river cut by its chainage, the unit by which its banks are viewed and counted."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shapely import LineString, MultiLineString

from gis.domain.terms import ReachBasis


@dataclass(frozen=True, slots=True)
class Reach:
    """A stretch of a river, from one chainage to another, while it was in force.

    Chainage runs downstream from the line's upper end, in metres of the district's metric CRS; a
    place at ``from_m`` is in it, one at ``to_m`` in the next, but for the river's last. ``line`` is
    the main channel, downstream, ``sides`` its side channels (lon/lat, EPSG:4490). ``joins`` is the
    river that its river flows into, at ``joins_at_m`` of that one's chainage. ``name_zh`` is what
    sites bear. ``layer_id`` is the edition that the line is of.
    """

    code: str
    district_code: str
    river: str
    river_en: str
    is_main_stem: bool
    ordinal: int
    from_m: float
    to_m: float
    name_zh: str
    name_en: str
    line: LineString
    sides: MultiLineString | None
    stream_order: int
    joins: str | None
    joins_at_m: float | None
    basis: ReachBasis
    layer_id: UUID
    adopted_at: datetime
    ended_at: datetime | None

    @property
    def river_code(self) -> str:
        """The code that all reaches of its river begin with."""
        return self.code.rsplit("-", 1)[0]

    def is_as(self, other: "Reach") -> bool:
        """Return whether another says the same; the moments of adoption aside."""
        return self == replace(other, adopted_at=self.adopted_at, ended_at=self.ended_at)


class Span(NamedTuple):
    """Where a reach of a river begins and ends, and what it is called."""

    from_m: float
    to_m: float
    name_zh: str
    name_en: str


class Finding(NamedTuple):
    """What the check of river lines found and did, one sentence in each language."""

    kind: str
    zh: str
    en: str


def river_code(district_code: str, number: int) -> str:
    """Return the code of a district's river.

    >>> river_code("150203", 2)
    '150203-R02'
    """
    return f"{district_code}-R{number:02}"


def reach_code(river: str, ordinal: int) -> str:
    """Return the code of a river's reach.

    >>> reach_code("150203-R02", 7)
    '150203-R02-007'
    """
    return f"{river}-{ordinal:03}"


@dataclass(frozen=True, slots=True)
class ReachRules:
    """How river lines are read, cut and asked; every length in metres.

    ``snap_m``: ends so near are one point; ``bridge_m``: so small a gap is bridged; ``namesake_m``:
    tributaries of one name farther apart are two; ``join_m``: so near to a river an end joins it;
    ``decided_share``: so much of a line must run one way; ``stem_first_m``: so near a main stem
    wins over any tributary; ``*_far_m``: farther away is of no reach; ``beyond_end_m``: so far past
    a river's end is still of its last reach. ``flows`` says towards which quarter a river flows.
    """

    stem_length_m: float
    tributary_length_m: float
    least_share: float
    snap_m: float
    bridge_m: float
    namesake_m: float
    join_m: float
    decided_share: float
    stem_first_m: float
    stem_far_m: float
    tributary_far_m: float
    beyond_end_m: float
    out_of_view_m: float
    flows: tuple[tuple[str, str], ...] = ()
