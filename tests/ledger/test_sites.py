"""Listing, correcting and grading: versions are added, nothing is overwritten."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from shapely import Point

from gis.domain.errors import GeometryInvalid, NotInRegister, OutsideDistrict
from gis.domain.sites.errors import FactUnfit
from gis.domain.terms import Grade, LayerKind, SiteKind, WasteNature
from gis.ledger import places
from gis.ledger.grading import put_grade, regrade
from gis.ledger.identification import put_conclusion
from gis.ledger.sites import correct_site
from gis.ledger.works import put_project
from gis.rules import grading as rules
from gis.store import log, sites, tables
from tests.ledger.looking import everything, rows, verbs
from tests.makers import a_conclusion, a_district, a_layer, a_project, list_site, square


def versions(book, code):
    with book.reading() as connection:
        query = sa.select(tables.sites.c.version, tables.sites.c.name)
        found = connection.execute(query.where(tables.sites.c.code == code).order_by("version"))
        return [tuple(row) for row in found]


def gradings(book, code):
    with book.reading() as connection:
        query = sa.select(tables.gradings).where(tables.gradings.c.site_code == code)
        return [dict(row) for row in connection.execute(query.order_by("graded_at")).mappings()]


def test_codes_are_drawn_in_order_for_each_district(book):
    places.add_district(book, a_district(code="150204"))
    drawn = [
        list_site(book).code,
        list_site(book, kind=SiteKind.MINE_PIT).code,
        list_site(book, district_code="150204").code,
    ]
    assert [code[:13] for code in drawn] == ["150203-W00001", "150203-M00002", "150204-W00001"]


def test_many_at_once_get_numbers_without_gap_or_double(book):
    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(lambda n: list_site(book, name=f"堆{n}").code, range(12)))
    assert sorted(int(code[8:13]) for code in codes) == list(range(1, 13))


def test_a_correction_keeps_code_and_old_version_and_grades_anew(book):
    site = list_site(book, name="旧名")
    book.clock.tick()
    after = correct_site(book, site.code, name="新名", nature=WasteNature.HAZARDOUS)
    assert (after.code, after.version) == (site.code, 2)
    assert versions(book, site.code) == [(1, "旧名"), (2, "新名")]
    first, second = gradings(book, site.code)
    assert (first["site_version"], second["site_version"]) == (1, 2)
    assert second["grade"] is Grade.HIGH
    with book.reading() as connection:
        said = [row["verb"] for row in log.history(connection, site.code)]
    assert said == ["list_site", "measure_site", "grade_site", "correct_site", "grade_site"]


def test_two_corrections_at_once_are_two_versions(book):
    site = list_site(book)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: correct_site(book, site.code, name=f"名{n}"), range(4)))
    found = versions(book, site.code)
    assert [version for version, _ in found] == [1, 2, 3, 4, 5]
    assert {name for _, name in found[1:]} == {"名0", "名1", "名2", "名3"}


def test_a_correction_of_what_is_not_listed(book):
    before = everything(book)
    with pytest.raises(NotInRegister, match="150203-W00009-X"):
        correct_site(book, "150203-W00009-X", name="新名")
    assert everything(book) == before


def test_a_correction_to_a_bad_value_leaves_nothing(book):
    site = list_site(book)
    before = everything(book)
    with pytest.raises(FactUnfit):
        correct_site(book, site.code, stored_from=1990, stored_to=1980)
    assert everything(book) == before


@pytest.mark.parametrize(
    ("outline", "error"),
    [(square(110.5), OutsideDistrict), (square().difference(square()), GeometryInvalid)],
)
def test_a_site_that_does_not_fit_is_not_listed_and_draws_no_number(book, outline, error):
    before = everything(book)
    with pytest.raises(error):
        list_site(book, outline=outline)
    assert everything(book) == before


def test_a_corrected_outline_must_fit_as_well(book):
    site = list_site(book)
    before = everything(book)
    with pytest.raises(OutsideDistrict):
        correct_site(book, site.code, outline=square(110.5))
    assert everything(book) == before


def test_a_corrected_outline_is_measured_anew_with_what_lies_round_it(book):
    dwelling = Point(109.81, 40.701)
    places.add_layer(book, *a_layer(LayerKind.DWELLING, dwelling))
    site = list_site(book)
    book.clock.tick()
    after = correct_site(book, site.code, outline=square(109.80, size=0.004))
    assert after.area_m2 == pytest.approx(4 * 37_551, rel=0.001)
    assert after.area_m2 == pytest.approx(after.area_geodesic_m2, rel=0.005)
    with book.reading() as connection:
        around = sites.surroundings_of(connection, site.code)
    assert around.dwelling_distance_m == pytest.approx(507, abs=5)
    assert around.measured_at == book.clock()
    assert verbs(book)[-3:] == ["correct_site", "measure_site", "grade_site"]
    book.clock.tick()
    correct_site(book, site.code, note="外形未变")
    assert verbs(book)[-2:] == ["correct_site", "grade_site"]


def test_regrading_by_the_same_rules_adds_nothing(book):
    for number in range(3):
        list_site(book, outline=square(109.7 + 0.01 * number), mass_t=1e5 * number)
    before = everything(book)
    book.clock.tick()
    assert regrade(book) == []
    assert everything(book) == before


def test_regrading_says_who_moves_and_keeps_the_old_grade(book):
    site = list_site(book, mass_t=120_000.0, is_bare=True)
    (first,) = gradings(book, site.code)
    with book.entry() as entry:  # a conclusion was stored, and nobody graded yet
        put_conclusion(entry, a_conclusion(site.code, nature=WasteNature.HAZARDOUS))
    book.clock.tick()
    regrade(book)
    old, new = gradings(book, site.code)
    assert old == first
    assert new["rule_sha256"] == rules.current().sha256
    assert new["graded_at"] == book.clock()
    other = list_site(book, outline=square(109.8))
    book.clock.tick()
    with book.engine.begin() as connection:
        connection.execute(
            sa.update(tables.gradings)
            .where(tables.gradings.c.site_code == other.code)
            .values(grade=Grade.LOW, decision={"made by": "rules of another day"})
        )
    (moved,) = regrade(book, "150203")
    assert moved[:2] == (other.code, "LOW") and moved[2] != "LOW"
    assert len(gradings(book, other.code)) == 2


def test_two_grades_of_one_moment_are_both_kept_in_order(book):
    site = list_site(book)
    with book.entry() as entry:
        put_conclusion(entry, a_conclusion(site.code, nature=WasteNature.HAZARDOUS))
        put_grade(entry, site.code)
    first, second = gradings(book, site.code)
    assert first["graded_at"] < second["graded_at"]
    assert second["grade"] is Grade.HIGH
    assert verbs(book)[-2:] == ["record_conclusion", "grade_site"]


def test_of_two_conclusions_of_one_day_the_later_recorded_speaks(book):
    site = list_site(book)
    for nature in (WasteNature.HAZARDOUS, WasteNature.CLASS_I):
        book.clock.tick()
        with book.entry() as entry:
            put_conclusion(entry, a_conclusion(site.code, recorded_at=entry.now, nature=nature))
            put_grade(entry, site.code)
    assert [g["grade"] for g in gradings(book, site.code)][1] is Grade.HIGH
    asked = gradings(book, site.code)[-1]["decision"]["reasons"]
    assert "CLASS_I" in {reason["value"].get("nature") for reason in asked}


def test_a_project_is_kept_version_by_version(book):
    site = list_site(book)
    work = a_project(site.code)
    for version in (work, replace(work, version=2, progress_percent=80)):
        with book.entry() as entry:
            put_project(entry, version)
    assert rows(book, "projects") == {"projects": 2}
    with book.reading() as connection:
        (newest,) = sites.projects_of(connection, site.code)
    assert (newest.version, newest.progress_percent) == (2, 80)
    with pytest.raises(sa.exc.IntegrityError), book.entry() as entry:
        put_project(entry, work)
