"""How work stands against its day, which begins and ends in China."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gis.domain.terms import DeadlineState, ProjectStage
from gis.ledger import places
from gis.ledger.works import put_project
from gis.store import register
from tests.makers import Clock, a_district, a_project, list_site, open_book


@pytest.fixture
def book(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield book


def rows(book, as_of=None):
    with book.reading() as connection:
        return register.rows(connection, as_of or book.clock())


def store_project(book, project):
    with book.entry() as entry:
        put_project(entry, replace(project, recorded_at=entry.now))


DUE = date(2026, 7, 31)


def moment(day, clock):
    return datetime.fromisoformat(f"2026-{day}T{clock}+08:00")


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        (moment("06-30", "23:59:59.999999"), DeadlineState.ON_TIME),
        (moment("07-01", "00:00:00"), DeadlineState.AMBER),  # thirty days before
        (moment("07-31", "00:00:00"), DeadlineState.AMBER),
        (moment("07-31", "23:59:59.999999"), DeadlineState.AMBER),  # the day itself is in time
        (moment("08-01", "00:00:00"), DeadlineState.RED),
        (datetime(2026, 7, 31, 16, 0, tzinfo=UTC), DeadlineState.RED),  # midnight in Baotou
        (datetime(2026, 7, 31, 15, 59, tzinfo=UTC), DeadlineState.AMBER),
    ],
)
def test_work_turns_amber_and_red_at_midnight_in_china(book, as_of, state):
    site = list_site(book)
    store_project(book, a_project(site.code, due_on=DUE))
    (row,) = rows(book, as_of)
    assert (row["deadline"], row["due_on"]) == (state, DUE)
    with book.reading() as connection:
        (work,) = register.projects_of(connection, site.code, as_of)
    assert work["deadline"] is row["deadline"]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"due_on": None}, DeadlineState.ONGOING),
        ({"due_on": None, "progress_percent": 100}, DeadlineState.DONE),
        ({"progress_percent": 100}, DeadlineState.DONE),
        ({"progress_percent": 99}, DeadlineState.RED),
        ({"stage": ProjectStage.CLOSED}, DeadlineState.DONE),
        ({"stage": ProjectStage.ACCEPTANCE}, DeadlineState.RED),
    ],
)
def test_work_without_a_day_cannot_lag_and_finished_work_is_done(book, changes, state):
    site = list_site(book)
    store_project(book, a_project(site.code, **{"due_on": date(2020, 1, 1)} | changes))
    assert rows(book)[0]["deadline"] is state


def test_a_site_without_work_has_no_deadline(book):
    list_site(book)
    (row,) = rows(book)
    assert row["deadline"] is None and row["project_id"] is None


def test_the_most_pressing_work_speaks_for_the_site(book):
    site = list_site(book)
    for title, day, progress in [
        ("finished", date(2026, 1, 1), 100),
        ("ongoing", None, 0),
        ("later", date(2026, 12, 1), 0),
        ("pressing", date(2026, 9, 1), 0),
    ]:
        work = a_project(site.code, title=title, due_on=day, progress_percent=progress)
        store_project(book, work)
    assert [row["project_title"] for row in rows(book)] == ["pressing"]


def test_only_the_newest_version_of_work_counts(book):
    site = list_site(book)
    work = a_project(site.code, due_on=date(2026, 1, 1))
    store_project(book, work)
    book.clock.tick()
    store_project(book, replace(work, version=2, due_on=date(2027, 1, 1)))
    assert rows(book)[0]["deadline"] is DeadlineState.ON_TIME
