"""Verbs on reaches: built anew with every river line, or cut by the district's own list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from gis.domain.place import District
from gis.domain.reach import Finding, Reach, ReachRules, Span
from gis.domain.river_errors import RiversMissing
from gis.domain.terms import LayerKind, ReachBasis
from gis.ledger.book import Book, Entry
from gis.rules.reaches import reach_rules
from gis.spatial.confluences import RiverLine
from gis.spatial.network import Drawn, Network, build
from gis.spatial.reach_list import ListedReach, spans_listed
from gis.spatial.reaches import cut, numbers, spans_by_rule, spans_kept
from gis.store import places
from gis.store import reaches as stored

RIVERS = (LayerKind.MAIN_STEM, LayerKind.TRIBUTARY)


class Built(NamedTuple):
    """The reaches in force after a building, what the check of the lines found, and how many moved.

    ``changed`` is how many reaches are other than before, those that ended among them.
    """

    reaches: list[Reach]
    findings: list[Finding]
    changed: int


def survey(connection: sa.Connection, district: District) -> Network:
    """Return the network of a district's river lines in force; changes nothing.

    Raises the errors of `gis.domain.river_errors`.
    """
    drawn = [
        Drawn(
            feature.name_zh,
            feature.name_en,
            layer.kind is LayerKind.MAIN_STEM,
            feature.geometry,
            layer.id,
            layer.reading.get("flows_towards"),
        )
        for layer, features in places.layers(connection, district.code, kinds=RIVERS)
        for feature in features
    ]
    return build(drawn, reach_rules(), district.metric_epsg, district.outline)


def build_reaches(book: Book, district_code: str) -> Built:
    """Cut a district's rivers into reaches, as its lines in force and its own list say.

    Raises DistrictUnknown, RiversMissing and the other errors of `gis.domain.river_errors`.
    """
    with book.entry() as entry:
        district = places.district(entry.connection, district_code)
        built = rebuild(entry, district)
        if not built.reaches:
            raise RiversMissing(district=district.name_zh)
        return built


def adopt_list(book: Book, district_code: str, listed: Sequence[ListedReach]) -> Built:
    """Cut the rivers that a list names as it says, in place of what cut them before.

    Raises DistrictUnknown, RiversMissing, RiverUnknown, ReachSpanWrong, ReachesOverlap,
    ReachesApart, ReachNameTwice.
    """
    with book.entry() as entry:
        district = places.district(entry.connection, district_code)
        network = survey(entry.connection, district)
        if not network.rivers:
            raise RiversMissing(district=district.name_zh)
        spans = spans_listed(listed, network.rivers, reach_rules())
        return rebuild(entry, district, network, spans)


def rebuild(
    entry: Entry,
    district: District,
    network: Network | None = None,
    listed: Mapping[str, Sequence[Span]] | None = None,
) -> Built:
    """Cut a district's rivers anew within an entry; what says the same as before stays."""
    connection = entry.connection
    network = network or survey(connection, district)
    before = {reach.code: reach for reach in stored.in_force(connection, district.code)}
    known = stored.river_numbers(connection, district.code)
    findings = list(network.findings)
    own = _own_spans(before.values()) | dict(listed or {})
    after: list[Reach] = []
    for river, number in _numbered(network, known):
        spans, basis = _spans(river, own, reach_rules(), findings)
        after += cut(
            river,
            spans,
            basis,
            district_code=district.code,
            number=number,
            metric_epsg=district.metric_epsg,
            at=entry.now,
        )
    same = {reach.code for reach in after if _is_same(reach, before.get(reach.code))}
    put = [reach for reach in after if reach.code not in same]
    ended = [reach for code, reach in before.items() if code not in same]
    stored.replace_all(connection, ended, put, entry.now)
    if put or ended:
        entry.log(
            "build_reaches",
            "district",
            district.code,
            before={"reaches": len(before)},
            after={
                "reaches": len(after),
                "rivers": [river.name for river in network.rivers],
                "findings": [finding.zh for finding in findings],
            },
        )
    kept = [before[reach.code] if reach.code in same else reach for reach in after]
    return Built(kept, findings, len({reach.code for reach in (*put, *ended)}))


def _numbered(network: Network, known: Mapping[str, int]) -> list[tuple[RiverLine, int]]:
    found = numbers(network.rivers, known)
    return [(river, found[river.name]) for river in network.rivers]


def _own_spans(before: Iterable[Reach]) -> dict[str, Sequence[Span]]:
    """Return the spans of the rivers that the district's own list cut."""
    found: dict[str, list[Span]] = {}
    for reach in before:
        if reach.basis is ReachBasis.LIST:
            span = Span(reach.from_m, reach.to_m, reach.name_zh, reach.name_en)
            found.setdefault(reach.river, []).append(span)
    return {**found}


def _spans(
    river: RiverLine,
    own: Mapping[str, Sequence[Span]],
    rules: ReachRules,
    findings: list[Finding],
) -> tuple[Sequence[Span], ReachBasis]:
    if river.name in own:
        kept = spans_kept(river, own[river.name], findings)
        if kept:
            return kept, ReachBasis.LIST
    return spans_by_rule(river, rules), ReachBasis.RULE


def _is_same(reach: Reach, before: Reach | None) -> bool:
    return before is not None and reach.is_as(before)
