"""The verb that follows a new layer: every site's surroundings anew, and the grades that move."""

from dataclasses import dataclass, replace

from gis.domain.sites.surroundings import Surroundings, with_made_up
from gis.ledger.book import Book, Entry
from gis.ledger.grading import Move, put_grades, rules_in_force
from gis.ledger.places import around_of
from gis.spatial.around import Around
from gis.store import candidates, places, shape, tables
from gis.store import surroundings as stored


@dataclass(frozen=True, slots=True)
class Remeasured:
    """How many sites were measured, whose surroundings changed, and whose grade moved.

    ``located`` is how many candidates stand under another town than before.
    """

    measured: int
    changed: list[str]
    moved: list[Move]
    located: int


def remeasure(book: Book, district_code: str) -> Remeasured:
    """Measure all sites of a district by the layers in force, and grade those that it changes.

    A site round which nothing is new gets no new row. Candidates are put under their towns, by
    which it is decided who sees them. Raises DistrictUnknown.
    """
    with book.entry() as entry:
        district = places.district(entry.connection, district_code)
        listed = stored.outlines(entry.connection, district_code)
        codes = [code for code, _ in listed]
        known = stored.newest(entry.connection, district_code)
        around = around_of(entry.connection, district)
        found = around.of_many(codes, [outline for _, outline in listed], entry.now)
        changed = [
            after for one in found if (after := _changed(one, known.get(one.site_code))) is not None
        ]
        shape.insert(entry.connection, tables.surroundings, changed)
        for after in changed:
            entry.log("measure_site", "site", after.site_code, after=after)
        rules = rules_in_force(entry.connection)
        moved = put_grades(entry, rules, district_code) if changed else []
        located = _locate(entry, district_code, around)
        return Remeasured(len(codes), [after.site_code for after in changed], moved, located)


def _locate(entry: Entry, district_code: str, around: Around) -> int:
    """Put candidates under the town beneath them; the places themselves have not changed."""
    known = candidates.places_of(entry.connection, district_code)
    towns = around.towns([outline for _, outline, _ in known])
    moved = [
        (candidate_id, before, town)
        for (candidate_id, _, before), town in zip(known, towns, strict=True)
        if town != before
    ]
    candidates.put_towns(entry.connection, {key: town for key, _, town in moved})
    for key, before, town in moved:
        entry.log(
            "locate_candidate", "candidate", key, before={"town": before}, after={"town": town}
        )
    return len(moved)


def _changed(found: Surroundings, before: Surroundings | None) -> Surroundings | None:
    """Return what is to be stored, or None where it says the same as what was measured before."""
    if before is None:
        return found
    after = with_made_up(found, before)
    return None if replace(before, measured_at=after.measured_at) == after else after
