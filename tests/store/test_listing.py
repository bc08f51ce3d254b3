"""The list under every filter and order, of now and of then; and that `listed` is the register."""

import importlib.util
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from shapely.geometry import LineString

from gis.domain.inventory import BY_SHORT
from gis.domain.listing import EVERYTHING, Box, Span, Wanted
from gis.domain.terms import (
    DeadlineState,
    Grade,
    LayerKind,
    Responsibility,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)
from gis.ledger import places
from gis.ledger.measuring import remeasure
from gis.ledger.works import put_project
from gis.store import listed, listing, register, shape, sites, tables
from gis.store.engine import make_engine
from gis.store.filtering import SORTABLE, SortUnknown
from gis.store.listing import Scope
from gis.store.migrate import MIGRATIONS_DIR
from gis.store.page import CursorUnknown
from tests.makers import (
    KUNDULUN,
    Clock,
    a_district,
    a_layer,
    a_project,
    list_site,
    open_book,
    square,
)

FACTS = [
    {"nature": WasteNature.HAZARDOUS, "height_m": 6.5, "town": None, "stored_from": 2001},
    {"radioactivity_bq_g": 3.0, "responsibility": Responsibility.OWNER},
    {"kind": SiteKind.MINE_PIT, "waste_class": WasteClass.NONE, "found_on": None},
    {"state": SiteState.CLOSED, "responsible_party": "Baotou 50% Steel"},
    {"height_m": 6.5, "mass_t": 1 / 3, "stored_from": 1958, "stored_to": 1990},
    {"nature": WasteNature.CLASS_I, "mass_t": 10.0, "is_bare": False},
    {"kind": SiteKind.MINE_PIT, "state": SiteState.CLOSED, "mass_t": 0.1 + 0.2},
]


@pytest.fixture
def book(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield book
        with book.reading() as connection:
            assert listed.stale(connection) == []


def store_project(book, project):
    with book.entry() as entry:
        put_project(entry, replace(project, recorded_at=entry.now))


@pytest.fixture
def busy(book):
    """Seven sites of several kinds, grades, deadlines and reaches, and one elsewhere."""
    river = LineString([(109.605, 40.61), (109.895, 40.61)])
    places.add_layer(book, *a_layer(LayerKind.MAIN_STEM, river))
    places.add_district(book, a_district(code="150204"))
    list_site(book, district_code="150204", name="邻区")
    for number, changes in enumerate(FACTS):
        outline = square(109.61 + 0.04 * number, 40.65)
        site = list_site(book, **{"name": f"堆{number}", "outline": outline} | changes)
        if number % 2:
            due = date(2026, 5, 20) + timedelta(days=20 * number)
            store_project(book, a_project(site.code, due_on=due))
    return book


def scopes(book):
    return Scope(KUNDULUN, book.clock(), is_now=True), Scope(KUNDULUN, book.clock())


@pytest.fixture(params=["now", "then"])
def scope(busy, request):
    return scopes(busy)[request.param == "then"]


def turned(connection, scope, limit, **asked):
    """Turn all pages and return their rows and totals."""
    items, totals, mark = [], set(), None
    while True:
        page = listing.page(connection, scope, limit=limit, after=mark, **asked)
        items += page.items
        totals.add(page.total)
        if (mark := page.next) is None:
            return items, totals


def codes(rows):
    return [row["code"] for row in rows]


def test_all_pages_together_are_the_list_worst_first(busy, scope):
    with busy.reading() as connection:
        everything = register.rows(connection, busy.clock(), KUNDULUN)
        for limit in (1, 2, 3, 7, 100):
            items, totals = turned(connection, scope, limit)
            assert totals == {7}
            keys = [(list(Grade).index(item["grade"]), item["code"]) for item in items]
            assert keys == sorted(keys) and len(set(keys)) == 7
            assert sorted(items, key=lambda item: item["code"]) == everything


def test_any_column_orders_the_list_both_ways_with_the_unknown_last(busy, scope):
    with busy.reading() as connection:
        for sort in sorted(SORTABLE):
            rising, _ = turned(connection, scope, 2, sort=sort)
            falling, _ = turned(connection, scope, 3, sort=sort, is_descending=True)
            whole = listing.page(connection, scope, sort=sort, limit=100).items
            assert codes(rising) == codes(whole), sort
            assert len(set(codes(rising))) == len(set(codes(falling))) == 7, sort
            if sort not in rising[0]:  # lon and lat are the list's own
                continue
            known = [[r[sort] for r in rows if r[sort] is not None] for rows in (rising, falling)]
            assert known[0] == known[1][::-1], sort
            for rows in (rising, falling):
                unknown = [row[sort] is None for row in rows]
                assert unknown == sorted(unknown), sort


WISHES = [
    Wanted(grade=(Grade.OUT_OF_SCHEME,)),
    Wanted(grade=(Grade.HIGH, Grade.MEDIUM)),
    Wanted(state=(SiteState.CLOSED,)),
    Wanted(kind=(SiteKind.MINE_PIT,), state=(SiteState.LISTED,)),
    Wanted(deadline=(DeadlineState.RED,)),
    Wanted(waste_class=(WasteClass.NONE,)),
    Wanted(nature=(WasteNature.CLASS_I,)),
    Wanted(responsibility=(Responsibility.OWNER,)),
    Wanted(reach=("甲 0–5 km",)),
    Wanted(river=("甲",), kind=(SiteKind.MINE_PIT,)),
    Wanted(bank=("LEFT", "RIGHT"), kind=(SiteKind.MINE_PIT,)),
    Wanted(town=("昆河镇",)),
    Wanted(is_provisional=True),
    Wanted(is_provisional=False),
    Wanted(mass_t=Span(10.0)),
    Wanted(mass_t=Span(0.3, 1.0)),
    Wanted(points_h=Span(None, 60.0)),
    Wanted(found_on=Span(date(2026, 6, 19), date(2026, 6, 19))),
    Wanted(due_on=Span(date(2026, 6, 1))),
    Wanted(unknown=("town",)),
    Wanted(unknown=("height_m", "mass_t")),
    Wanted(box=Box(109.6, 40.6, 109.66, 40.7)),
    Wanted(text="STEEL"),
    Wanted(text="50% baotou"),
    Wanted(text="w00005"),
]


def test_a_filter_finds_the_same_sites_in_list_export_and_counts(busy):
    with busy.reading() as connection:
        for wanted in WISHES:
            found = []
            for scope in scopes(busy):
                items, totals = turned(connection, scope, 2, wanted=wanted, sort="code")
                assert items == listing.rows(connection, scope, wanted)
                counts = listing.counts(connection, scope, wanted)
                assert totals == {len(items)} == {counts["total"]}
                found.append(items)
            assert found[0] == found[1]
            assert 0 < len(found[0]) < 7, wanted


def test_a_filter_means_what_it_says(busy):
    with busy.reading() as connection:
        everything = listing.rows(connection, scopes(busy)[0])
        for wanted in WISHES:
            for name, value in wanted.items():
                if isinstance(value, tuple) and name in everything[0] and len(value) == 1:
                    mine = listing.rows(connection, scopes(busy)[0], Wanted(**{name: value}))
                    assert codes(mine) == [r["code"] for r in everything if r[name] in value]


def test_a_site_stands_under_the_town_it_is_shown_with(busy):
    about, (one,) = a_layer(LayerKind.TOWN, square(109.65, 40.65))
    places.add_layer(busy, about, [replace(one, name_zh="阿尔丁")])
    busy.clock.tick()
    remeasure(busy, KUNDULUN)
    with busy.reading() as connection:
        for scope in scopes(busy):
            rows = listing.page(connection, scope, sort="town", limit=9).items
            shown = [BY_SHORT["ZJD"].cell(row) for row in rows]
            assert shown == [*["昆河镇"] * 5, "阿尔丁", None]
            (measured,) = listing.rows(connection, scope, Wanted(town=("阿尔丁",)))
            assert (measured["town"], measured["measured_town"]) == ("昆河镇", "阿尔丁")
            stated = listing.rows(connection, scope, Wanted(town=("昆河镇",)))
            assert measured["code"] not in codes(stated) and len(stated) == 5
            assert listing.counts(connection, scope)["by_town"] == {"昆河镇": 5, "阿尔丁": 1}


def test_a_sign_of_patterns_is_a_letter_like_others(busy):
    with busy.reading() as connection:
        for text in ("%", "_", "\\", "5_%", "无此名"):
            found = listing.rows(connection, scopes(busy)[0], Wanted(text=text))
            assert len(found) == (text == "%")


def test_a_mark_of_another_order_filter_or_day_is_refused(busy):
    now, then = scopes(busy)
    with busy.reading() as connection:
        mark = listing.page(connection, now, limit=2).next
        others = [
            (now, {"sort": "name"}),
            (now, {"is_descending": True}),
            (now, {"wanted": Wanted(is_provisional=True)}),
            (then, {}),
            (now._replace(district_code="150204"), {}),
        ]
        for scope, asked in others:
            with pytest.raises(CursorUnknown):
                listing.page(connection, scope, limit=2, after=mark, **asked)
        later = now._replace(as_of=now.as_of + timedelta(seconds=5))
        assert len(listing.page(connection, later, limit=5, after=mark).items) == 5


def test_an_order_that_the_list_does_not_have_is_refused(book):
    with book.reading() as connection:
        for sort in ("outline", "decision", "code; drop table sites", ""):
            with pytest.raises(SortUnknown):
                listing.page(connection, scopes(book)[0], sort=sort, limit=2)


def test_the_counts_are_those_of_the_rows(busy, scope):
    with busy.reading() as connection:
        counts = listing.counts(connection, scope)
        rows = listing.rows(connection, scope)
    assert counts["total"] == len(rows) == 7
    for name in ("grade", "state", "kind", "deadline", "town"):
        found = Counter(str(row[name]) for row in rows if row[name] is not None)
        assert counts[f"by_{name}"] == found
    for reach in counts["by_reach"]:
        mine = [row for row in rows if row["reach"] == reach["reach"]]
        assert reach["total"] == len(mine)
        for grade in Grade:
            assert reach[grade.value] == sum(row["grade"] is grade for row in mine)
    assert sum(reach["total"] for reach in counts["by_reach"]) == 7
    names = [reach["reach"] for reach in counts["by_reach"]]
    assert names == sorted(names, key=lambda name: int(name.split()[1].split("–")[0]))


def test_an_empty_register_counts_nothing(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        for is_now in (True, False):
            scope = Scope(KUNDULUN, Clock().now, is_now)
            counts = listing.counts(connection, scope)
            assert counts["total"] == 0 and counts["by_reach"] == [] and counts["by_grade"] == {}
            assert listing.page(connection, scope, limit=10).items == []
    engine.dispose()


def test_a_site_that_left_the_list_is_found_by_its_state_only(busy):
    now, _ = scopes(busy)
    with busy.reading() as connection:
        first = listing.rows(connection, now)[0]["code"]
    before = busy.clock()
    busy.clock.tick()
    with busy.entry() as entry:
        gone = sites.site(entry.connection, first).corrected(entry.now, state=SiteState.MERGED)
        shape.insert(entry.connection, tables.sites, [gone])
        entry.log("correct_site", "site", first, after=gone)
    now, then = scopes(busy)
    with busy.reading() as connection:
        for scope in (now, then):
            assert first not in codes(listing.rows(connection, scope))
            gone = Wanted(state=(SiteState.MERGED,))
            assert codes(listing.rows(connection, scope, gone)) == [first]
        assert first in codes(listing.rows(connection, Scope(KUNDULUN, before)))


def test_rows_made_anew_are_the_rows_kept(busy):
    with busy.engine.connect() as connection:
        assert listed.stale(connection) == []
        kept = listing.rows(connection, scopes(busy)[0], EVERYTHING)
        assert listed.rebuild(connection) == 8
        assert listed.stale(connection) == []
        assert listing.rows(connection, scopes(busy)[0]) == kept


def test_the_migration_fills_the_list_as_the_register_does(busy):
    path = MIGRATIONS_DIR / "versions" / "0007_list.py"
    spec = importlib.util.spec_from_file_location("list_migration", path)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    with busy.engine.connect() as connection:
        # What later steps of the migration add.
        later = {"amber_on", "is_work_done", "river", "river_distance_m"}
        held = sa.select(*(c for c in tables.listed.c if c.name not in later))
        held = held.order_by(tables.listed.c.code)
        before = connection.execute(held).all()
        connection.execute(sa.text("truncate listed"))
        assert len(listed.stale(connection)) == 8
        connection.execute(sa.text(migration.FILL))
        assert connection.execute(held).all() == before
