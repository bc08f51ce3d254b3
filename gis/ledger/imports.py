"""The verb of imported lists: all rows come in, or none; the same list again changes nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gis.domain.import_list import (
    Checked,
    Decision,
    ImportedRow,
    ImportList,
    ListSent,
    new_site,
    updated_site,
)
from gis.domain.import_problems import DecisionUnfit, ListRefused, MatchesOpen
from gis.domain.place import District
from gis.domain.sites.errors import IdReused
from gis.domain.sites.facts import require_sound
from gis.domain.sites.site import Site, site_code
from gis.domain.terms import RowFate
from gis.ledger.book import Book, Entry
from gis.ledger.grading import put_grades_of
from gis.ledger.matching import check
from gis.ledger.places import around_of
from gis.spatial import measure
from gis.store import imports, places, shape, sites, tables
from gis.store.register import CHINA

Decided = tuple[Checked, Decision]


def load_list(book: Book, sent: ListSent) -> tuple[ImportList, bool]:
    """Load a list in one transaction; return its record and whether anything was stored.

    Every row needs a fate: a row without a match is new, one that came in before and says the same
    is unchanged, all others a person has decided. New and changed sites are measured and graded.
    Raises DistrictUnknown, IdReused, ListRefused, MatchesOpen, DecisionUnfit, FactUnfit.
    """
    with book.entry() as entry:
        connection = entry.connection
        body = sent.content_hash()
        known = imports.one(connection, sent.id)
        if known is not None:
            if known.body_sha256 != body:
                raise IdReused(id=sent.id)
            return known, False
        district = places.district(connection, sent.district_code)
        checked, problems = check(connection, district, sent.name, sent.drafts)
        if problems:
            raise ListRefused.of(problems)
        decided = _decide(checked, sent)
        earlier = imports.same_file(connection, district.code, sent.name, sent.file_sha256)
        if earlier is not None and all(d.fate is RowFate.UNCHANGED for _, d in decided):
            return earlier, False
        decided = _store(entry, district, decided)
        return _record(entry, sent, body, decided), True


def _decide(checked: Sequence[Checked], sent: ListSent) -> list[Decided]:
    """Return each row with its fate. Raises MatchesOpen, DecisionUnfit."""
    rows = {one.draft.row for one in checked}
    for row in sent.decisions:
        if row not in rows:
            raise DecisionUnfit(row=row)
    decided: list[Decided] = []
    still_open: list[int] = []
    for one in checked:
        asked = sent.decisions.get(one.draft.row)
        codes = {match.site_code for match in one.matches}
        if one.settled is not None:
            decided.append((one, Decision(one.settled, one.matches[0].site_code)))
        elif asked is None and one.matches:
            still_open.append(one.draft.row)
        else:
            asked = asked or Decision(RowFate.LISTED)
            needs_site = asked.fate in {RowFate.UPDATED, RowFate.LINKED}
            if needs_site != (asked.site_code is not None) or (needs_site and not codes):
                raise DecisionUnfit(row=one.draft.row)
            if needs_site and asked.site_code not in codes or asked.fate is RowFate.UNCHANGED:
                raise DecisionUnfit(row=one.draft.row)
            decided.append((one, asked))
    if still_open:
        said = "、".join(map(str, still_open[:8])) + ("…" if len(still_open) > 8 else "")
        raise MatchesOpen(count=len(still_open), rows=said)
    return decided


def _store(entry: Entry, district: District, decided: Sequence[Decided]) -> list[Decided]:
    """Store new sites and changed ones, measured and graded; return the rows with their codes."""
    fresh = [one for one in decided if one[1].fate is RowFate.LISTED]
    codes = _new_codes(entry, district, fresh)
    today = entry.now.astimezone(CHINA).date()
    changed: list[Site] = []
    redrawn: list[Site] = []
    coded: list[Decided] = []
    before = imports.sites_with(
        entry.connection, {d.site_code for _, d in decided if d.site_code is not None}
    )
    done: set[str] = set()
    drawn = [one.draft for one, d in decided if d.fate in {RowFate.LISTED, RowFate.UPDATED}]
    sizes = measure.extents([draft.outline for draft in drawn], district.metric_epsg)
    size_of = dict(zip((draft.row for draft in drawn), sizes, strict=True))
    for one, decision in decided:
        draft = one.draft
        if decision.fate is RowFate.LISTED:
            code = codes[draft.row]
            site = new_site(draft, code, size_of[draft.row][:2], entry.now, district)
            decision = Decision(RowFate.LISTED, code)
            entry.log("list_site", "site", code, after=site)
            redrawn.append(site)
            changed.append(site)
        elif decision.fate is RowFate.UPDATED:
            assert decision.site_code is not None
            if decision.site_code in done:
                raise DecisionUnfit(row=draft.row)
            done.add(decision.site_code)
            old = before[decision.site_code]
            site = updated_site(draft, old, entry.now)
            if site.outline is draft.outline:
                size = size_of[draft.row]
                site = replace(site, area_m2=size.area_m2, area_geodesic_m2=size.area_geodesic_m2)
                redrawn.append(site)
            entry.log("update_from_list", "site", site.code, before=old, after=site)
            changed.append(site)
        elif decision.fate is RowFate.LINKED:
            said = {"key": draft.key, "row": draft.row}
            entry.log("link_row", "site", decision.site_code, after=said)
        coded.append((one, decision))
    for site in changed:
        require_sound(site, today)
    _put(entry, district, changed, redrawn)
    return coded


def _new_codes(entry: Entry, district: District, fresh: Sequence[Decided]) -> dict[int, str]:
    """Draw a code for each new row, in the list's order."""
    if not fresh:
        return {}
    first = sites.next_serial(entry.connection, district.code)
    codes: dict[int, str] = {}
    rows = []
    for serial, (one, _) in enumerate(fresh, start=first):
        code = site_code(district.code, one.draft.facts["kind"], serial)
        codes[one.draft.row] = code
        rows.append(
            {
                "code": code,
                "district_code": district.code,
                "serial": serial,
                "registered_at": entry.now,
            }
        )
    imports.put_codes(entry.connection, rows)
    return codes


def _put(
    entry: Entry, district: District, changed: Sequence[Site], redrawn: Sequence[Site]
) -> None:
    shape.insert(entry.connection, tables.sites, changed)
    around = around_of(entry.connection, district).of_many(
        [site.code for site in redrawn], [site.outline for site in redrawn], entry.now
    )
    shape.insert(entry.connection, tables.surroundings, around)
    for one in around:
        entry.log("measure_site", "site", one.site_code, after=one)
    put_grades_of(entry, [site.code for site in changed])


def _record(entry: Entry, sent: ListSent, body: str, decided: Sequence[Decided]) -> ImportList:
    counts = Counter(decision.fate.value for _, decision in decided)
    record = ImportList(
        id=sent.id,
        district_code=sent.district_code,
        name=sent.name,
        file_name=sent.file_name,
        file_sha256=sent.file_sha256,
        body_sha256=body,
        sheet=sent.sheet,
        mapping=sent.mapping,
        rows=len(decided),
        counts=dict(sorted(counts.items())),
        loaded_at=entry.now,
        loaded_by=entry.actor,
    )
    shape.insert(entry.connection, tables.import_lists, [record])
    shape.insert(
        entry.connection,
        tables.import_rows,
        (
            ImportedRow(
                import_id=sent.id,
                row=one.draft.row,
                district_code=sent.district_code,
                list_name=sent.name,
                key=one.draft.key,
                fate=decision.fate,
                site_code=decision.site_code,
                stated_position=one.draft.stated_position,
                stated_crs=one.draft.stated_crs,
                raw=dict(one.draft.raw),
            )
            for one, decision in decided
        ),
    )
    entry.log("load_list", "import", sent.id, after=record)
    return record
