"""The list as of any moment, and counts that equal rows."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString

from gis.domain.terms import (
    Grade,
    LayerKind,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)
from gis.ledger import places
from gis.ledger.identification import put_conclusion
from gis.ledger.sites import correct_site, put_grade, regrade
from gis.ledger.works import put_project
from gis.store import register
from gis.store.engine import make_engine
from tests.makers import (
    KUNDULUN,
    Clock,
    a_conclusion,
    a_district,
    a_layer,
    a_project,
    list_site,
    open_book,
    square,
)


@pytest.fixture
def book(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield book


def rows(book, as_of=None, district=None):
    with book.reading() as connection:
        return register.rows(connection, as_of or book.clock(), district)


def store_project(book, project):
    with book.entry() as entry:
        put_project(entry, replace(project, recorded_at=entry.now))


# As of any moment


def test_a_site_is_on_the_list_from_the_moment_it_was_listed(book):
    listed_at = book.clock()
    site = list_site(book)
    assert [row["code"] for row in rows(book)] == [site.code]
    assert rows(book, listed_at - timedelta(microseconds=1)) == []


def test_a_correction_does_not_reach_into_the_past(book):
    site = list_site(book, name="旧名")
    before = book.clock()
    after = book.clock.tick()
    correct_site(book, site.code, name="新名", nature=WasteNature.CLASS_I)
    assert [row["name"] for row in rows(book, before)] == ["旧名"]
    assert [row["name"] for row in rows(book, after)] == ["新名"]


changes = st.one_of(
    st.builds(lambda mass: {"mass_t": mass}, st.sampled_from([1.0, 9_000.0, 2e6])),
    st.builds(lambda nature: {"nature": nature}, st.sampled_from(list(WasteNature))),
    st.builds(lambda state: {"state": state}, st.sampled_from(list(SiteState))),
    st.just({"has_dust_control": True, "retaining": "WHOLE", "monitoring": "PART"}),
)
steps = st.lists(
    st.tuples(
        st.sampled_from(["list", "correct", "conclude", "regrade", "project", "progress"]),
        st.integers(0, 9),
        changes,
        st.sampled_from([1e-6, 1.0, 3_600.0, 86_400.0]),
    ),
    min_size=3,
    max_size=8,
)


def change(book, step, state):
    what, which, facts, _ = step
    codes, works = state["codes"], state["works"]
    if what == "list" or not codes:
        lon = 109.61 + 0.005 * len(codes)
        codes.append(list_site(book, name=f"堆{len(codes)}", outline=square(lon)).code)
        return
    code = codes[which % len(codes)]
    if what == "correct":
        correct_site(book, code, **facts)
    elif what == "conclude":
        with book.entry() as entry:
            concluded = a_conclusion(code, recorded_at=entry.now, leach_multiple=float(which))
            put_conclusion(entry, concluded)
            put_grade(entry, code)
    elif what == "regrade":
        regrade(book)
    elif what == "project" or not works:
        works.append(a_project(code, due_on=date(2026, 6, 15) + timedelta(days=10 * which)))
        store_project(book, works[-1])
    else:
        last = works[which % len(works)]
        works[which % len(works)] = replace(
            last, version=last.version + 1, progress_percent=10 * (which + 1)
        )
        store_project(book, works[which % len(works)])


@pytest.fixture
def empty(book):
    """The book, and a way to make it new: hypothesis asks for many within one test."""

    def clear():
        with book.engine.begin() as connection:
            names = "projects, conclusions, gradings, surroundings, sites, site_codes"
            connection.execute(sa.text(f"truncate {names} cascade"))
        book.clock.now = Clock().now
        return book

    return clear


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_whatever_happened_later_the_past_reads_as_it_did_then(empty, sequence):
    book = empty()
    state = {"codes": [], "works": []}
    read = []
    for step in sequence:
        change(book, step, state)
        # A second grade in one transaction stands a microsecond after its moment.
        moment = book.clock.tick(microseconds=2)
        read.append((moment, rows(book, moment)))
        book.clock.tick(seconds=step[3])
    for moment, then in read:
        assert rows(book, moment) == then
    assert len(read[-1][1]) == len(state["codes"])


def test_the_end_of_a_day_is_the_end_of_a_chinese_day():
    last = register.end_of(date(2026, 6, 19))
    assert last == datetime(2026, 6, 19, 15, 59, 59, 999_999, tzinfo=UTC)


# Counts, pages, districts


@pytest.fixture
def busy(book):
    """Seven sites of several kinds, grades, deadlines and reaches, and one elsewhere."""
    river = LineString([(109.605, 40.61), (109.895, 40.61)])
    places.add_layer(book, *a_layer(LayerKind.MAIN_STEM, river))
    places.add_district(book, a_district(code="150204"))
    list_site(book, district_code="150204", name="邻区")
    facts = [
        {"nature": WasteNature.HAZARDOUS},
        {"radioactivity_bq_g": 3.0},
        {"kind": SiteKind.MINE_PIT, "waste_class": WasteClass.NONE},
        {"state": SiteState.CLOSED},
        {},
        {"nature": WasteNature.CLASS_I, "mass_t": 10.0, "is_bare": False},
        {"kind": SiteKind.MINE_PIT, "state": SiteState.CLOSED},
    ]
    for number, changes in enumerate(facts):
        outline = square(109.61 + 0.04 * number, 40.65)
        site = list_site(book, name=f"堆{number}", outline=outline, **changes)
        if number % 2:
            due = date(2026, 5, 20) + timedelta(days=20 * number)
            store_project(book, a_project(site.code, due_on=due))
    return book


def test_the_counts_are_those_of_the_rows(busy):
    with busy.reading() as connection:
        counts = register.counts(connection, busy.clock(), KUNDULUN)
    listed = rows(busy, district=KUNDULUN)
    assert counts["total"] == len(listed) == 7
    for name in ("grade", "state", "kind", "deadline"):
        found = Counter(row[name].value for row in listed if row[name] is not None)
        assert counts[f"by_{name}"] == found
        assert len(found) > 1, name
    for reach in counts["by_reach"]:
        mine = [row for row in listed if row["reach"] == reach["reach"]]
        assert reach["total"] == len(mine)
        for grade in Grade:
            assert reach[grade.value] == sum(row["grade"] is grade for row in mine)
    assert sum(reach["total"] for reach in counts["by_reach"]) == 7
    names = [reach["reach"] for reach in counts["by_reach"]]
    assert names == sorted(names, key=lambda name: int(name.split()[1].split("–")[0]))


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_all_pages_together_are_the_list_worst_first(busy, limit):
    items, mark = [], None
    with busy.reading() as connection:
        while True:
            page = register.page(connection, busy.clock(), KUNDULUN, limit=limit, after=mark)
            items += page.items
            assert page.total == 7
            if (mark := page.next) is None:
                break
    keys = [(register.WORST_FIRST[item["grade"]], item["code"]) for item in items]
    assert keys == sorted(keys) and len(set(keys)) == 7
    assert {item["code"] for item in items} == {row["code"] for row in rows(busy, None, KUNDULUN)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grade", "OUT_OF_SCHEME"),
        ("state", "CLOSED"),
        ("kind", "MINE_PIT"),
        ("deadline", "RED"),
        ("reach", "黄河 0–5 km"),
    ],
)
def test_a_page_can_ask_for_one_value(busy, name, value):
    with busy.reading() as connection:
        page = register.page(connection, busy.clock(), KUNDULUN, limit=100, **{name: value})
    wanted = [row["code"] for row in rows(busy, None, KUNDULUN) if row[name] == value]
    assert sorted(item["code"] for item in page.items) == wanted
    assert 0 < page.total == len(wanted) < 7


def test_a_districts_list_is_its_own(busy):
    assert {row["district_code"] for row in rows(busy, None, "150204")} == {"150204"}
    assert len(rows(busy)) == 8
    assert rows(busy, None, "000000") == []


def test_an_empty_register_counts_nothing(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        counts = register.counts(connection, Clock().now, KUNDULUN)
    engine.dispose()
    assert counts["total"] == 0 and counts["by_reach"] == [] and counts["by_grade"] == {}
