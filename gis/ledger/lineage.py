"""Verbs on what sites become: merge several into one, split one into several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from shapely import LineString, MultiPolygon

from gis.domain.sites.errors import IdReused, LineageRefused, ReasonMissing
from gis.domain.sites.lineage import (
    Lineage,
    are_apart,
    cut,
    merged,
    part_of,
    require_on_list,
    require_parts,
)
from gis.domain.sites.site import Site
from gis.domain.terms import LineageKind, SiteState
from gis.ledger.book import Book, Entry
from gis.ledger.projects import carry_projects
from gis.ledger.sites import fitted, new_code, put_site, put_version
from gis.ledger.tags import carry_tags
from gis.store import identification, places, shape, site_papers, sites, tables


@dataclass(frozen=True, slots=True)
class Merge:
    """What is asked: ``codes`` become ``survivor``, or a new site where None, named ``name``.

    Outlines that do not touch are merged only when ``is_apart_meant`` says that it is no slip.
    """

    id: UUID
    codes: tuple[str, ...]
    survivor: str | None
    name: str | None
    reason: str
    is_apart_meant: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """What is asked: ``code`` becomes the named parts, or the pieces along ``line``."""

    id: UUID
    code: str
    parts: tuple[tuple[str, MultiPolygon], ...]
    reason: str
    line: LineString | None = None


def merge_sites(book: Book, asked: Merge) -> str:
    """Merge sites and return the code of the whole; the others leave the list, codes kept.

    Their unfinished projects go on at the whole. The same request again is the same answer.
    Raises NotInRegister, LineageRefused, ReasonMissing, IdReused, and what an outline can be
    refused for.
    """
    with book.entry() as entry:
        parts = [sites.site(entry.connection, code) for code in dict.fromkeys(asked.codes)]
        known = site_papers.act(entry.connection, asked.id)
        if known:
            return _same_merge(entry, asked, known)
        if not asked.reason.strip():
            raise ReasonMissing()
        for part in parts:
            require_on_list(part)
        _require_mergeable(asked, parts)
        _require_conclusion_holds(entry, asked, parts)
        whole, ending = _whole(entry, asked, parts)
        for part in ending:
            _leave(entry, part, SiteState.MERGED, "merge_site")
            carry_tags(entry, part.code, whole.code)
            carry_projects(entry, part.code, whole.code)
        _record(entry, asked.id, LineageKind.MERGE, [(p.code, whole.code) for p in ending],
                asked.reason)  # fmt: skip
        return whole.code


def _same_merge(entry: Entry, asked: Merge, known: Sequence[Lineage]) -> str:
    code = known[0].to_code
    origins = {row.from_code for row in known}
    expected = set(asked.codes) - {asked.survivor}
    is_same = origins == expected and code == (asked.survivor or code)
    named = sites.recorded(entry.connection, code, known[0].recorded_at).name
    is_same = is_same and asked.name in {None, named}
    if not is_same or known[0].reason != asked.reason.strip():
        raise IdReused(id=asked.id)
    return code


def _require_mergeable(asked: Merge, parts: Sequence[Site]) -> None:
    why = None
    if len(parts) < 2:
        why = ("至少要有两个点位", "needs another to merge with")
    elif asked.survivor is not None and asked.survivor not in asked.codes:
        why = ("保留的点位不在合并之列", "is not among those to merge")
    elif len({part.district_code for part in parts}) > 1:
        why = ("分属不同区域", "lies in another district")
    elif not asked.is_apart_meant and are_apart([part.outline for part in parts]):
        why = ("边界互不相接，如确需合并请勾选确认", "does not touch the others; confirm to go on")
    if why is not None:
        raise LineageRefused(code_=asked.survivor or parts[0].code, why_zh=why[0], why_en=why[1])


def _require_conclusion_holds(entry: Entry, asked: Merge, parts: Sequence[Site]) -> None:
    """Refuse a survivor whose conclusion would speak for waste that it never looked at."""
    if asked.survivor is None:
        return
    conclusion = identification.in_force(entry.connection, asked.survivor)
    if conclusion is not None and {part.nature for part in parts} != {conclusion.nature}:
        raise LineageRefused(
            code_=asked.survivor,
            why_zh="它的鉴别结论不能代表属性不同的其他点位，请改为合并成新点位",
            why_en="has a conclusion that cannot speak for the others; merge into a new site",
        )


def _whole(entry: Entry, asked: Merge, parts: list[Site]) -> tuple[Site, list[Site]]:
    """Store the merged whole; return it and the sites that end in it."""
    if asked.survivor is not None:
        survivor = next(part for part in parts if part.code == asked.survivor)
        others = [part for part in parts if part is not survivor]
        whole = merged(survivor, others, entry.now)
        if asked.name:
            whole = replace(whole, name=asked.name)
        return put_version(entry, survivor, whole, verb="merge_site"), others
    first, *rest = parts
    district = places.district(entry.connection, first.district_code)
    code = new_code(entry, district, first.kind)
    whole = replace(
        merged(first, rest, entry.now),
        code=code,
        version=1,
        name=asked.name or first.name,
        state=SiteState.LISTED,
        candidate_id=None,
    )
    whole = fitted(entry, whole)
    put_site(entry, whole, verb="merge_site")
    return whole, parts


def split_site(book: Book, asked: Split) -> list[str]:
    """Split a site and return the codes of its parts; the site leaves the list, its code kept.

    Unfinished projects go on at the largest part. The same request again is the same answer.
    Raises as `merge_sites` does.
    """
    with book.entry() as entry:
        origin = sites.site(entry.connection, asked.code)
        known = site_papers.act(entry.connection, asked.id)
        if known:
            return _same_split(entry, asked, known)
        if not asked.reason.strip():
            raise ReasonMissing()
        require_on_list(origin)
        parts = _parts(asked, origin)
        require_parts(origin, [outline for _, outline in parts])
        district = places.district(entry.connection, origin.district_code)
        codes = []
        for name, outline in parts:
            code = new_code(entry, district, origin.kind)
            part = fitted(entry, part_of(origin, code, name, outline, entry.now))
            put_site(entry, part, verb="split_site")
            carry_tags(entry, origin.code, code)
            codes.append(code)
        _leave(entry, origin, SiteState.SPLIT, "split_site")
        sizes = [outline.area for _, outline in parts]
        carry_projects(entry, origin.code, codes[sizes.index(max(sizes))])
        _record(entry, asked.id, LineageKind.SPLIT, [(origin.code, code) for code in codes],
                asked.reason)  # fmt: skip
        return codes


def _parts(asked: Split, origin: Site) -> Sequence[tuple[str, MultiPolygon]]:
    return asked.parts if asked.line is None else cut(origin, asked.line)


def _same_split(entry: Entry, asked: Split, known: Sequence[Lineage]) -> list[str]:
    """Return the codes of a split that came before; raises IdReused where it was another."""
    first = known[0]
    codes = [row.to_code for row in known]
    if first.from_code != asked.code or first.reason != asked.reason.strip():
        raise IdReused(id=asked.id)
    made = [sites.recorded(entry.connection, code, first.recorded_at) for code in codes]
    parts = _parts(asked, sites.recorded(entry.connection, asked.code, first.recorded_at))
    named = [(site.name, site.outline) for site in made]
    if _in_order(named) != _in_order(parts):
        raise IdReused(id=asked.id)
    return codes


def _in_order(parts: Iterable[tuple[str, MultiPolygon]]) -> list[tuple[str, bytes]]:
    return sorted((name, outline.normalize().wkb) for name, outline in parts)


def _leave(entry: Entry, site: Site, state: SiteState, verb: str) -> None:
    """Take a site off the list; grade and surroundings stay as they last were."""
    after = site.corrected(entry.now, state=state)
    shape.insert(entry.connection, tables.sites, [after])
    entry.log(verb, "site", site.code, before=site, after=after)


def _record(
    entry: Entry, act_id: UUID, kind: LineageKind, pairs: list[tuple[str, str]], reason: str
) -> None:
    rows = [
        Lineage(old, new, act_id, kind, entry.now, entry.actor, reason.strip())
        for old, new in pairs
    ]
    shape.insert(entry.connection, tables.lineage, rows)
    for row in rows:
        entry.log("record_lineage", "site", row.from_code, after=row)
