"""The list as of any moment, and the rows of now that are kept beside it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gis.domain.terms import (
    SiteState,
    WasteNature,
)
from gis.ledger import places
from gis.ledger.grading import put_grade, regrade
from gis.ledger.identification import put_conclusion
from gis.ledger.sites import correct_site
from gis.ledger.works import put_project
from gis.store import listed, register
from tests.makers import (
    Clock,
    a_conclusion,
    a_district,
    a_project,
    list_site,
    open_book,
    square,
    stand,
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
    st.builds(
        lambda state: {"state": state}, st.sampled_from([s for s in SiteState if s.is_on_list])
    ),
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
    if what == "correct" and "state" in facts:
        stand(book, code, facts["state"])
    elif what == "correct":
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


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
        with book.reading() as connection:
            assert listed.stale(connection) == []
        book.clock.tick(seconds=step[3])
    for moment, then in read:
        assert rows(book, moment) == then
    assert len(read[-1][1]) == len(state["codes"])


def test_the_end_of_a_day_is_the_end_of_a_chinese_day():
    last = register.end_of(date(2026, 6, 19))
    assert last == datetime(2026, 6, 19, 15, 59, 59, 999_999, tzinfo=UTC)


# Districts


def test_a_districts_list_is_its_own(book):
    places.add_district(book, a_district(code="150204"))
    list_site(book, district_code="150204", name="邻区")
    list_site(book)
    assert {row["district_code"] for row in rows(book, None, "150204")} == {"150204"}
    assert len(rows(book)) == 2
    assert rows(book, None, "000000") == []
