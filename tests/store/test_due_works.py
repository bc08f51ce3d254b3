"""Works piece by piece: the list's state, the rows kept of now and the noun's rule say the same."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from gis.domain.listing import Wanted
from gis.domain.people.accounts import Sight
from gis.domain.terms import DeadlineState, ProjectStage, WorkKind
from gis.domain.works.deadlines import Work, most_pressing, rests_on
from gis.ledger import places
from gis.ledger.sites import put_site
from gis.ledger.tags import tag_site
from gis.rules import deadlines as rules
from gis.store import deadlines, listed, listing, register, sight
from gis.store import sites as site_store
from gis.store import works as project_store
from gis.store.deadlines import WorkWish
from gis.store.listing import Scope
from tests.makers import KUNDULUN, Clock, a_district, a_project, list_site, open_book, square
from tests.makers_deadlines import DAY, a_task, in_days, store

RED, AMBER, ON_TIME, ONGOING, DONE = (
    *(DeadlineState.RED, DeadlineState.AMBER, DeadlineState.ON_TIME),
    *(DeadlineState.ONGOING, DeadlineState.DONE),
)


@pytest.fixture
def book(database_url):
    """Seven sites: with sub-tasks, without, with tags only, with nothing."""
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        sites = [list_site(book, outline=square(109.61 + 0.01 * n)) for n in range(7)]
        codes = [site.code for site in sites]
        with_tasks = a_project(codes[0], due_on=in_days(-900))  # its tasks have the say
        store(
            book,
            with_tasks,
            a_task(with_tasks, due_on=in_days(-500), done_on=in_days(-600)),
            a_task(with_tasks, due_on=in_days(45), starts_on=in_days(-400)),  # long: amber
            a_task(with_tasks, due_on=in_days(40), starts_on=in_days(-10)),
            a_task(with_tasks, due_on=None, lead_unit="昆河镇", supporting_units=""),
            a_task(with_tasks, due_on=in_days(-70), dropped_reason="不再需要"),
        )
        late = a_project(codes[1], due_on=None)
        store(book, late, a_task(late, due_on=date(2023, 12, 31)), a_task(late, due_on=None))
        done = a_project(codes[2], due_on=in_days(-1), progress_percent=10)
        store(book, done, a_task(done, due_on=in_days(-30), done_on=in_days(-31)))
        closed = a_project(codes[3], due_on=in_days(-1), stage=ProjectStage.CLOSED)
        store(book, closed, a_task(closed, due_on=in_days(-30)))
        store(book, a_project(codes[3], due_on=in_days(200), starts_on=in_days(-200)))
        store(book, a_project(codes[4], due_on=None, lead_unit="区执法局"))
        tag_site(book, codes[4], "5", "区生态环境分局", date(2023, 12, 31))
        tag_site(book, codes[5], "4b", "区自然资源分局", None)
        yield book


def scopes(book):
    """Now, and the same moment as any past one."""
    now = book.clock()
    return Scope(KUNDULUN, now, is_now=True), Scope(KUNDULUN, now)


def works(book, scope=None, wish=deadlines.ALL):
    with book.reading() as connection:
        return deadlines.works(connection, scope or scopes(book)[0], wish)


def codes(book):
    with book.reading() as connection:
        return sorted(row["code"] for row in register.rows(connection, book.clock()))


def test_now_is_as_any_moment_is(book):
    now, then = scopes(book)
    assert works(book, now) == works(book, then)
    assert len(works(book, now)) == 12
    with book.reading() as connection:
        said = [deadlines.summary(connection, scope) for scope in (now, then)]
        assert sorted(map(str, said[0])) == sorted(map(str, said[1]))
        assert listed.stale(connection) == []


def test_the_noun_says_of_each_row_what_the_query_says(book):
    for row in works(book):
        names = Work.__dataclass_fields__
        found = Work(**{name: row[name] for name in names}).standing(DAY, rules.current())
        assert (found.state, found.days_late) == (row["state"], row["days_late"]), row
        assert found.amber_on == row["amber_on"]


@pytest.mark.parametrize("days", [0, 15, 46, 300])
def test_the_lists_deadline_is_that_of_its_most_pressing_work(book, days):
    """One truth: the filter of the list, on any day, agrees with the works one by one."""
    book.clock.tick(days=days)
    for scope in scopes(book):
        of_site = {code: [] for code in codes(book)}
        for row in works(book, scope):
            if row["kind"] is not WorkKind.TAG:
                of_site[row["site_code"]].append(row["state"])
        with book.reading() as connection:
            said = {row["code"]: row["deadline"] for row in listing.rows(connection, scope)}
            assert said == {code: most_pressing(states) for code, states in of_site.items()}
            for state in DeadlineState:
                rows = listing.rows(connection, scope, Wanted(deadline=(state,)))
                assert {row["code"] for row in rows} == {c for c, s in said.items() if s is state}
            counted = listing.counts(connection, scope)["by_deadline"]
            assert sum(counted.values()) == sum(state is not None for state in said.values())


def test_a_day_hangs_on_a_sub_task(book):
    first, second, third, fourth, *_ = codes(book)
    with book.reading() as connection:
        said = {row["code"]: row for row in register.rows(connection, book.clock())}
    # due first is the short work, amber first the long one
    assert (said[first]["due_on"], said[first]["deadline"]) == (in_days(40), AMBER)
    assert (said[second]["due_on"], said[second]["deadline"]) == (date(2023, 12, 31), RED)
    assert said[third]["deadline"] is DONE  # all its tasks are, whatever its own day
    assert said[fourth]["deadline"] is ON_TIME  # closed with an open task is done
    late = [row for row in works(book) if row["state"] is RED]
    assert [(row["due_on"], row["days_late"]) for row in late] == [(date(2023, 12, 31), 901)] * 2
    assert {row["kind"] for row in late} == {WorkKind.TASK, WorkKind.TAG}


def test_a_project_rests_on_the_same_wherever_it_is_told(book):
    with book.reading() as connection:
        rows = [
            r for code in codes(book) for r in register.projects_of(connection, code, book.clock())
        ]
        assert len(rows) == 6
        for row in rows:
            project = project_store.project(connection, row["id"])
            tasks = project_store.tasks_of(connection, project.id)
            found = rests_on(project, tasks, rules.current())
            assert (found.due_on, found.state(DAY)) == (row["rests_on"], row["deadline"])


def test_a_summary_counts_leads_and_helpers_apart(book):
    with book.reading() as connection:
        rows = deadlines.summary(connection, scopes(book)[0])
    (every,) = [row for row in rows if row["by"] == "ALL"]
    names = ("red", "amber", "on_time", "ongoing", "done", "worst_days")
    assert [every[name] for name in names] == [2, 1, 2, 4, 3, 901]
    led = {row["name"]: row for row in rows if row["by"] == "UNIT"}
    helped = {row["name"]: row for row in rows if row["by"] == "HELPER"}
    assert led["区执法局"]["red"] == 1 and led["区生态环境分局"]["red"] == 1
    assert led["昆河镇"]["ongoing"] == 1 and led["昆河镇"]["red"] == 0
    assert helped["区住建局"]["red"] == 1 and "区住建局" not in led
    assert helped["区财政局"]["red"] == 1  # helps with task 5 of the plan
    for by in ("UNIT", "TOWN", "REACH"):
        mine = [row for row in rows if row["by"] == by]
        for name in names[:-1]:
            assert sum(row[name] for row in mine) == every[name]


def test_a_wish_narrows_summary_and_page_alike(book):
    wish = WorkWish(state=(RED, AMBER), unit=("区执法局",))
    with book.reading() as connection:
        now = scopes(book)[0]
        page = deadlines.page(connection, now, wish, limit=1)
        rest = deadlines.page(connection, now, wish, limit=5, after=page.next)
        (every,) = [r for r in deadlines.summary(connection, now, wish) if r["by"] == "ALL"]
    assert page.total == every["red"] + every["amber"] == 2
    assert [row["state"] for row in (*page.items, *rest.items)] == [RED, AMBER]
    helped = works(book, wish=WorkWish(supporting=("区住建局",)))
    assert helped and all("区住建局" in row["supporting"] for row in helped)


def test_a_unit_sees_what_it_leads_or_helps_with_and_a_town_what_lies_in_it(book):
    now = scopes(book)[0]
    for seen, expected in [
        (Sight(units=("区自然资源分局",)), 2),  # it leads 4b and helps with 5
        (Sight(towns=("别处镇",)), 0),
    ]:
        with sight.bound(book.engine, seen).connect() as connection:
            rows = deadlines.works(connection, now, deadlines.ALL)
            (every,) = [r for r in deadlines.summary(connection, now) if r["by"] == "ALL"]
        assert len(rows) == expected == every["red"] + every["ongoing"]
        assert {row["kind"] for row in rows} <= {WorkKind.TAG}


def test_what_is_merged_away_or_renamed_is_followed(book):
    first = codes(book)[0]
    book.clock.tick()
    before = book.clock()
    book.clock.tick()
    with book.entry() as entry:
        site = site_store.site(entry.connection, first)
        renamed = replace(site, version=2, recorded_at=entry.now, name="新名称")
        put_site(entry, renamed, verb="correct_site")
    assert {w["site_name"] for w in works(book) if w["site_code"] == first} == {"新名称"}
    then = works(book, Scope(KUNDULUN, before), WorkWish(site=(first,)))
    assert {w["site_name"] for w in then} == {"一号渣堆"}
    with book.engine.connect() as connection:
        assert listed.stale(connection) == []
        connection.execute(sa.text("delete from due_works"))
        assert listed.stale(connection) == codes(book)[:6]
        listed.rebuild(connection)
        assert listed.stale(connection) == []
