"""A later day is asked for by one, decided by another, and the first day stays known."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.people.accounts import Sight
from gis.domain.sites.errors import IdReused
from gis.domain.terms import DeadlineState, ExtensionState, WorkKind
from gis.domain.works.deadline_errors import (
    DayHeld,
    ExtensionDecided,
    ExtensionNotLater,
    ExtensionStale,
    ExtensionWaits,
    NothingToExtend,
    OwnExtension,
    WorkUnknown,
)
from gis.domain.works.extension import ExtensionSent
from gis.ledger import Book
from gis.ledger.extensions import approve_extension, ask_extension, refuse_extension
from gis.ledger.project_tasks import put_task
from gis.ledger.projects import revise_project
from gis.ledger.tags import tag_site, untag_site
from gis.store import deadlines, extensions, listed, log, register, sight
from gis.store.deadlines import WorkWish
from gis.store.listing import Scope
from tests.makers import KUNDULUN, a_project, a_task, list_site, opened
from tests.makers_deadlines import UM, in_days, some_lag, store


@pytest.fixture
def codes(book):
    found = some_lag(book)
    book.clock.tick()
    return found


@pytest.fixture
def other(book):
    return replace(book, actor="李工")


def work_of(book, kind, state=None, scope=None):
    with book.reading() as connection:
        wish = WorkWish(kind=(kind,), state=(state,) if state else ())
        scope = scope or Scope(KUNDULUN, book.clock(), is_now=True)
        return deadlines.works(connection, scope, wish)[0]


def asked(work, new_due_on=date(2026, 12, 31), reason="雨季停工"):
    return ExtensionSent(uuid4(), work["key"], new_due_on, reason)


@pytest.mark.parametrize("kind", list(WorkKind))
def test_an_approved_day_holds_from_then_on_and_the_first_day_is_kept(book, other, codes, kind):
    if kind is WorkKind.PROJECT:
        store(book, a_project(codes[2], due_on=in_days(-3)))
    before = work_of(book, kind, DeadlineState.RED)
    was, moment = before["due_on"], book.clock()
    book.clock.tick()
    request, is_new = ask_extension(book, asked(before))
    assert is_new and request.state is ExtensionState.ASKED
    assert work_of(book, kind, DeadlineState.RED)["due_on"] == was  # nothing yet
    approve_extension(other, request.id, "同意")
    after = next(
        row
        for row in [work_of(book, kind), work_of(book, kind, DeadlineState.ON_TIME)]
        if row["key"] == before["key"]
    )
    assert after["state"] is DeadlineState.ON_TIME and after["days_late"] == 0
    assert (after["due_on"], after["original_due_on"]) == (date(2026, 12, 31), was)
    assert after["times_put_off"] == 1
    then = work_of(book, kind, DeadlineState.RED, Scope(KUNDULUN, moment))
    assert (then["due_on"], then["times_put_off"]) == (was, 0)  # as it stood
    book.clock.tick()
    again, _ = ask_extension(book, asked(after, date(2027, 6, 30), "资金未到位"))
    approve_extension(other, again.id)
    with book.reading() as connection:
        (row,) = [
            row
            for row in deadlines.works(connection, Scope(KUNDULUN, book.clock(), True), WorkWish())
            if row["key"] == before["key"]
        ]
        assert (row["original_due_on"], row["times_put_off"]) == (was, 2)
        assert listed.stale(connection) == []
        verbs = [entry["verb"] for entry in log.history(connection, before["site_code"])]
    assert verbs.count("ask_extension") == verbs.count("approve_extension") == 2


def test_the_lists_own_day_follows(book, other, codes):
    for row in (work_of(book, WorkKind.TASK, DeadlineState.RED) for _ in range(2)):
        request, _ = ask_extension(book, asked(row))
        approve_extension(other, request.id)
        book.clock.tick()
    with book.reading() as connection:
        (site,) = [r for r in register.rows(connection, book.clock()) if r["code"] == codes[0]]
    assert (site["due_on"], site["deadline"]) == (in_days(20), DeadlineState.AMBER)


def test_nobody_decides_their_own_request_and_nobody_twice(book, other, codes):
    work = work_of(book, WorkKind.TASK, DeadlineState.RED)
    request, _ = ask_extension(book, asked(work))
    for decide in (approve_extension, refuse_extension):
        with pytest.raises(OwnExtension):
            decide(book, request.id, "理由")
    refused = refuse_extension(other, request.id, "不符合条件")
    assert refuse_extension(other, request.id, "不符合条件") == refused  # sent twice, it is one
    for who in (other, replace(book, actor="赵工")):
        with pytest.raises(ExtensionDecided):
            approve_extension(who, request.id)
    assert work_of(book, WorkKind.TASK, DeadlineState.RED)["due_on"] == work["due_on"]
    with book.reading() as connection:
        assert extensions.put_off(connection, [work["key"]], book.clock()) == {}


def test_one_request_at_a_time_and_the_same_again_is_the_same(book, codes):
    work = work_of(book, WorkKind.TASK, DeadlineState.RED)
    sent = asked(work)
    first, _ = ask_extension(book, sent)
    assert ask_extension(book, sent) == (first, False)
    with pytest.raises(IdReused):
        ask_extension(book, sent._replace(reason="另一理由"))
    with pytest.raises(ExtensionWaits) as waits:
        ask_extension(book, asked(work, date(2027, 1, 1)))
    assert "2026-12-31" in waits.value.sentence("zh-CN")


def test_what_cannot_be_put_off_is_refused_and_leaves_nothing(book, codes):
    late = work_of(book, WorkKind.TASK, DeadlineState.RED)
    ongoing = work_of(book, WorkKind.TAG, DeadlineState.ONGOING)
    for sent, error in [
        (asked(late, late["due_on"]), ExtensionNotLater),
        (asked(ongoing), NothingToExtend),
        (asked({"key": f"task:{uuid4()}"}), WorkUnknown),
        (asked({"key": "nonsense"}), WorkUnknown),
    ]:
        with pytest.raises(error):
            ask_extension(book, sent)
    with book.reading() as connection:
        assert extensions.extensions_in(connection, KUNDULUN) == []


def test_a_request_about_a_day_that_is_gone_cannot_be_approved(book, other, codes):
    tag = work_of(book, WorkKind.TAG, DeadlineState.RED)
    request, _ = ask_extension(book, asked(tag))
    tag_site(book, codes[1], "5", UM, date(2024, 6, 30))
    with pytest.raises(ExtensionStale) as stale:
        approve_extension(other, request.id)
    assert "2024-06-30" in stale.value.sentence()
    untag_site(book, codes[1], "5")
    with pytest.raises(ExtensionStale):
        approve_extension(other, request.id)
    assert refuse_extension(other, request.id, "时限已变").state is ExtensionState.REFUSED


def test_a_unit_asks_for_its_own_works_only(book, codes):
    of_um = Book(sight.bound(book.engine, Sight(units=(UM,), who="um")), "um", book.clock)
    late = work_of(book, WorkKind.TASK, DeadlineState.RED)
    request, _ = ask_extension(of_um, asked(late))
    with pytest.raises(WorkUnknown):
        ask_extension(of_um, asked(work_of(book, WorkKind.TAG, DeadlineState.RED)))
    beyond = Book(sight.bound(book.engine, Sight(towns=("别处镇",))), "else", book.clock)
    with beyond.reading() as connection:
        assert extensions.extensions_in(connection, KUNDULUN) == []
    with pytest.raises(NotInRegister):
        approve_extension(beyond, request.id)


def test_a_day_that_was_set_is_not_put_off_by_an_edit(book):
    """A slip may be mended on the day it was made; later only an approved extension helps."""
    code = list_site(book).code
    tag_site(book, code, "5", "昆河镇", date(2026, 12, 31))
    book.clock.tick()
    tag_site(book, code, "5", "昆河镇", date(2027, 1, 31))  # the same day: a slip
    project = opened(book, code, plan={"due_on": date(2026, 9, 30)})
    task = put_task(book, a_task(project, due_on=date(2026, 8, 31)))[0]
    book.clock.tick(hours=48)
    for later in (date(2027, 2, 1), None):
        with pytest.raises(DayHeld, match="another person"):
            tag_site(book, code, "5", "昆河镇", later)
        with pytest.raises(DayHeld):
            revise_project(book, project.id, replace(project.plan, due_on=later))
        with pytest.raises(DayHeld):
            put_task(book, replace(a_task(project), id=task.id, due_on=later), task.version)
    sooner = date(2026, 8, 1)
    tag_site(book, code, "5", "昆河镇", sooner)
    assert revise_project(book, project.id, replace(project.plan, due_on=sooner)).due_on == sooner
    asked = replace(a_task(project), id=task.id, due_on=sooner)
    assert put_task(book, asked, task.version)[0].due_on == sooner
