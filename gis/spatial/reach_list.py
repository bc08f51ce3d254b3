"""A district's own list of reaches, held against its rivers: within them, gapless, no overlap."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gis.domain.reach import ReachRules, Span
from gis.domain.river_errors import (
    ReachesApart,
    ReachesOverlap,
    ReachNameTwice,
    ReachSpanWrong,
    RiverUnknown,
)
from gis.spatial.confluences import RiverLine
from gis.spatial.reaches import spans_by_rule

WITHIN_M = 0.5
"""Ends so near to one another, or to the river's own end, are the same."""


class ListedReach(NamedTuple):
    """A row of a list: its number in the file, and what it says."""

    row: int
    river: str
    span: Span


def spans_listed(
    listed: Sequence[ListedReach], rivers: Sequence[RiverLine], rules: ReachRules
) -> dict[str, list[Span]]:
    """Return the spans of each river that a list names, downstream.

    Raises RiverUnknown, ReachSpanWrong, ReachesOverlap, ReachesApart, ReachNameTwice.
    """
    by_name = {river.name: river for river in rivers}
    rows: dict[str, list[ListedReach]] = {}
    for one in listed:
        river = by_name.get(one.river)
        if river is None:
            raise RiverUnknown(row=one.row, river=one.river, known="、".join(by_name) or "—")
        rows.setdefault(one.river, []).append(_within(one, river))
    found = {name: _in_line(name, mine) for name, mine in rows.items()}
    others = [
        span.name_zh
        for river in rivers
        if river.name not in found
        for span in spans_by_rule(river, rules)
    ]
    _require_own_names(listed, others)
    return found


def _within(one: ListedReach, river: RiverLine) -> ListedReach:
    whole = round(river.line.length, 1)
    span = one.span
    if abs(span.to_m - whole) <= WITHIN_M:
        span = span._replace(to_m=whole)
    if not 0 <= span.from_m < span.to_m <= whole:
        raise ReachSpanWrong(row=one.row, name=span.name_zh, length_km=f"{whole / 1000:g}")
    return one._replace(span=span)


def _in_line(river: str, rows: Sequence[ListedReach]) -> list[Span]:
    ordered = sorted(rows, key=lambda one: one.span.from_m)
    spans = [ordered[0].span]
    for before, after in pairwise(ordered):
        gap = after.span.from_m - before.span.to_m
        if gap < -WITHIN_M:
            raise ReachesOverlap(
                row=after.row,
                one=before.span.name_zh,
                other=after.span.name_zh,
                at_km=f"{after.span.from_m / 1000:g}",
            )
        if gap > WITHIN_M:
            raise ReachesApart(
                river=river,
                from_km=f"{before.span.to_m / 1000:g}",
                to_km=f"{after.span.from_m / 1000:g}",
            )
        spans.append(after.span._replace(from_m=before.span.to_m))
    return spans


def _require_own_names(listed: Sequence[ListedReach], others: Sequence[str]) -> None:
    seen = set(others)
    for one in listed:
        if not one.span.name_zh or one.span.name_zh in seen:
            raise ReachNameTwice(row=one.row, name=one.span.name_zh)
        seen.add(one.span.name_zh)
