"""The verb that follows a new layer: every site's surroundings anew, and the grades that move."""

from dataclasses import dataclass, replace

from gis.domain.surroundings import Surroundings, with_made_up
from gis.ledger.book import Book
from gis.ledger.grading import Move, put_grades, rules_in_force
from gis.ledger.places import around_of
from gis.store import places, shape, tables
from gis.store import surroundings as stored


@dataclass(frozen=True, slots=True)
class Remeasured:
    """How many sites were measured, whose surroundings changed, and whose grade moved."""

    measured: int
    changed: list[str]
    moved: list[Move]


def remeasure(book: Book, district_code: str) -> Remeasured:
    """Measure all sites of a district by the layers in force, and grade those that it changes.

    A site round which nothing is new gets no new row. Raises DistrictUnknown.
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
        return Remeasured(len(codes), [after.site_code for after in changed], moved)


def _changed(found: Surroundings, before: Surroundings | None) -> Surroundings | None:
    """Return what is to be stored, or None where it says the same as what was measured before."""
    if before is None:
        return found
    after = with_made_up(found, before)
    return None if replace(before, measured_at=after.measured_at) == after else after
