"""The verb that follows a new layer: every site's surroundings anew, and the grades that move."""

from dataclasses import dataclass, replace

from gis.domain.surroundings import Surroundings, with_made_up
from gis.ledger.book import Book
from gis.ledger.places import around_of
from gis.ledger.sites import put_grade, put_surroundings
from gis.store import places, sites
from gis.store import surroundings as stored


@dataclass(frozen=True, slots=True)
class Remeasured:
    """How many sites were measured, whose surroundings changed, and whose grade: old and new."""

    measured: int
    changed: list[str]
    moved: list[tuple[str, str | None, str]]


def remeasure(book: Book, district_code: str) -> Remeasured:
    """Measure all sites of a district by the layers in force; grade those with other receptors.

    A site round which nothing is new gets no new row. Raises DistrictUnknown.
    """
    with book.entry() as entry:
        district = places.district(entry.connection, district_code)
        listed = stored.outlines(entry.connection, district_code)
        codes = [code for code, _ in listed]
        known = stored.newest(entry.connection, district_code)
        around = around_of(entry.connection, district)
        found = around.of_many(codes, [outline for _, outline in listed], entry.now)
        changed, moved = [], []
        for one in found:
            before = known.get(one.site_code)
            after = one if before is None else with_made_up(one, before)
            if before is not None and _same(before, after):
                continue
            put_surroundings(entry, after)
            changed.append(one.site_code)
            old = sites.grading_of(entry.connection, one.site_code)
            decision = put_grade(entry, one.site_code)
            old_grade = None if old is None else old["grade"].value
            if old_grade != decision.grade.value:
                moved.append((one.site_code, old_grade, decision.grade.value))
        return Remeasured(len(codes), changed, moved)


def _same(before: Surroundings, after: Surroundings) -> bool:
    return replace(before, measured_at=after.measured_at) == after
