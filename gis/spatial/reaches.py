"""A network cut into reaches: by a length, or by the chainages that a district has listed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import shapely
from shapely import LineString, MultiLineString, Point
from shapely.ops import substring

from gis.domain.place import STORE_EPSG
from gis.domain.reach import Finding, Reach, ReachRules, Span, reach_code, river_code
from gis.domain.terms import ReachBasis
from gis.spatial import crs
from gis.spatial.confluences import RiverLine

WITHIN_M = 0.5
"""A listed end so near to the river's own is that one."""


def spans_by_rule(river: RiverLine, rules: ReachRules) -> list[Span]:
    """Return a river's spans of equal length, named by their kilometres.

    The last is shorter, or longer where what is left is less than the least share of one.
    """
    each = rules.stem_length_m if river.is_main_stem else rules.tributary_length_m
    whole = river.line.length
    starts = [0.0]
    while whole - starts[-1] > each:
        starts.append(starts[-1] + each)
    if len(starts) > 1 and whole - starts[-1] < rules.least_share * each:
        starts.pop()
    ends = [*starts[1:], round(whole, 1)]
    return [
        Span(a, b, f"{river.name} {said}", f"{river.name_en} {said}")
        for a, b in zip(starts, ends, strict=True)
        for said in [kilometres(a, b)]
    ]


def kilometres(from_m: float, to_m: float) -> str:
    """Return a stretch in words.

    >>> kilometres(170_000, 175_000), kilometres(365_000, 366_840.2)
    ('170–175 km', '365–366.8 km')
    """
    return f"{_km(from_m)}–{_km(to_m)} km"


def _km(metres: float) -> str:
    return f"{metres / 1000:.1f}".removesuffix(".0")


def spans_kept(
    river: RiverLine, listed: Sequence[Span], findings: list[Finding]
) -> list[Span] | None:
    """Return a district's own spans on a new line of the river; None where none fits any more."""
    whole = round(river.line.length, 1)
    kept = [span._replace(to_m=min(span.to_m, whole)) for span in listed if span.from_m < whole]
    if [*kept] != [*listed]:
        findings.append(
            Finding(
                "LIST_CUT",
                f"“{river.name}”的新河线长 {whole / 1000:.1f} km，短于河段名录；"
                "名录已截至河线终点，请重新导入。",
                f"The new line of “{river.name}” is {whole / 1000:.1f} km, shorter than the "
                "list of reaches, which was cut there; import the list again.",
            )
        )
    return kept or None


def cut(
    river: RiverLine,
    spans: Sequence[Span],
    basis: ReachBasis,
    *,
    district_code: str,
    number: int,
    metric_epsg: int,
    at: datetime,
) -> list[Reach]:
    """Return a river's reaches; a side channel is of the reach in which its middle lies."""
    code = river_code(district_code, number)
    middles = [
        float(river.line.project(side.interpolate(0.5, normalized=True))) for side in river.sides
    ]

    def stored(line: LineString | Point) -> LineString:
        assert isinstance(line, LineString)
        return crs.transform(line, metric_epsg, STORE_EPSG)

    found = []
    for ordinal, span in enumerate(spans, start=1):
        is_last = ordinal == len(spans)
        mine = [
            stored(side)
            for side, middle in zip(river.sides, middles, strict=True)
            if span.from_m <= middle and (middle < span.to_m or is_last)
        ]
        found.append(
            Reach(
                code=reach_code(code, ordinal),
                district_code=district_code,
                river=river.name,
                river_en=river.name_en,
                is_main_stem=river.is_main_stem,
                ordinal=ordinal,
                from_m=span.from_m,
                to_m=span.to_m,
                name_zh=span.name_zh,
                name_en=span.name_en,
                line=stored(substring(river.line, span.from_m, span.to_m)),
                sides=MultiLineString(mine) if mine else None,
                stream_order=river.stream_order,
                joins=river.joins,
                joins_at_m=river.joins_at_m,
                basis=basis,
                layer_id=river.layer_id,
                adopted_at=at,
                ended_at=None,
            )
        )
    return found


def numbers(rivers: Sequence[RiverLine], known: Mapping[str, int]) -> dict[str, int]:
    """Return each river's number; one that had a number keeps it, the others take the next.

    >>> numbers([], {"黄河": 1})
    {}
    """
    found: dict[str, int] = {}
    free = max(known.values(), default=0) + 1
    for river in rivers:
        if river.name in known:
            found[river.name] = known[river.name]
        else:
            found[river.name], free = free, free + 1
    return found


def length_m(line: LineString, metric_epsg: int) -> float:
    """Return the metres of a stored line."""
    return float(shapely.length(crs.to_metric(line, metric_epsg)))
