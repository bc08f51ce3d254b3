"""The order for money in SQL is the order by the pure function, and says what is unknown."""

from dataclasses import replace
from itertools import product
from uuid import uuid4

import pytest
from shapely import Point

from gis.domain.grading.priority import sort_key, standing
from gis.domain.terms import LayerKind, SiteState
from gis.ledger import places
from gis.ledger.grading import rules_in_force
from gis.ledger.sites import correct_site
from gis.ledger.works import put_project
from gis.rules import priority as rules_file
from gis.store import priority
from tests.makers import KUNDULUN, a_layer, a_project, list_site, square, stand

RULES = rules_file.current()


def line(book, **options):
    with book.reading() as connection:
        order = priority.Order(RULES, rules_in_force(connection))
        return priority.page(connection, KUNDULUN, order, **{"limit": 100} | options)


@pytest.fixture
def sites(book):
    places.add_layer(book, *a_layer(LayerKind.PRIORITY_AREA, square(109.70, size=0.02)))
    places.add_layer(book, *a_layer(LayerKind.SENSITIVE_AREA, Point(109.72, 40.701)))
    found = []
    kinds = product((None, 500.0, 200_000.0), (109.70, 109.75, 109.80), ("NONE", "WHOLE"))
    for n, (mass, lon, retaining) in enumerate(kinds):
        nature = ("CLASS_I", "HAZARDOUS", "UNIDENTIFIED")[n % 3]
        said = {"mass_t": mass, "retaining": retaining, "nature": nature}
        shape = square(lon, 40.70 + n / 1000)
        found.append(list_site(book, name=str(n), outline=shape, **said).code)
    for n, code in enumerate(found[:6]):
        with book.entry() as entry:
            put_project(entry, a_project(code, id=uuid4(), budget_yuan=1e6 - n))
    return found


def test_the_database_orders_as_the_pure_function(book, sites):
    rows, total = line(book)
    assert total == len(rows) == len(sites) == 18
    assert [row["place"] for row in rows] == list(range(1, 19))
    pure = sorted(rows, key=lambda r: (*sort_key(standing(r, RULES), RULES), r["code"]))
    assert [row["code"] for row in rows] == [row["code"] for row in pure]
    counts = [standing(row, RULES).count for row in rows]
    assert counts == sorted(counts, reverse=True) and len(set(counts)) > 1


def test_pages_follow_one_another(book, sites):
    whole, _ = line(book)
    first, total = line(book, limit=7)
    second, _ = line(book, limit=7, after=7)
    assert [r["code"] for r in first + second] == [r["code"] for r in whole[:14]]
    assert total == 18
    assert line(book, after=18) == ([], 18)


def test_without_layers_the_tests_are_unknown_not_failed(book):
    code = list_site(book, nature="CLEAN_SOIL", mass_t=10.0).code
    (row,), _ = line(book)
    answers = dict(zip([t.id for t in RULES.tests], standing(row, RULES).answers, strict=True))
    assert row["code"] == code
    assert answers["KDL-FUND.P2"] is None
    assert standing(row, RULES).unknown >= 1


def test_unknown_mass_stands_where_the_rule_says(book):
    rows = [list_site(book, outline=square(109.70 + n / 100), name=str(n)) for n in range(2)]
    (one, _), _ = line(book)
    said = standing(one, RULES)
    assert (said.mass_t, said.is_mass_known) == (RULES.mass_unknown_t, False)
    assert len(rows) == 2


def test_the_closed_and_the_gated_do_not_wait(book, sites):
    stand(book, sites[0], SiteState.CLOSED)
    correct_site(book, sites[1], radioactivity_bq_g=2.0)
    rows, total = line(book)
    assert total == 16 and not {sites[0], sites[1]} & {row["code"] for row in rows}
    with book.reading() as connection:
        order = priority.Order(RULES, rules_in_force(connection))
        assert priority.place_of(connection, KUNDULUN, sites[0], order) is None
        mine = priority.place_of(connection, KUNDULUN, sites[5], order)
    assert mine == next(row for row in rows if row["code"] == sites[5])


def test_a_worse_standing_never_moves_back():
    base = dict.fromkeys(priority.FACTS) | {"points_h": 50.0, "points_s": 20.0}
    worse = base | {"in_priority_area": True}
    assert sort_key(standing(worse, RULES), RULES) < sort_key(standing(base, RULES), RULES)
    assert replace(standing(base, RULES), count=0) == standing(base, RULES)
