"""How works stand against their day, and what may put a day off."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.terms import DeadlineState, ExtensionState, WorkKind
from gis.domain.works.deadline_errors import (
    ExtensionBeforeStart,
    ExtensionDecided,
    ExtensionNotLater,
    ExtensionUnexplained,
    NothingToExtend,
    OwnExtension,
    RefusalUnexplained,
)
from gis.domain.works.deadlines import Work, most_pressing, state_on
from gis.domain.works.extension import DueExtension, ExtensionSent, day_to_extend, put_off
from gis.rules import deadlines

RULES = deadlines.current()
NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
WORK = Work(
    key=f"task:{uuid4()}",
    kind=WorkKind.TASK,
    site_code="150203-W00001-D",
    title="清运",
    lead_unit="区执法局",
    supporting=("昆河镇",),
    starts_on=date(2026, 3, 1),
    due_on=date(2026, 7, 31),
    is_done=False,
    done_on=None,
    recorded_at=NOW,
)


@pytest.mark.parametrize(
    ("day", "state", "late", "left"),
    [
        (date(2026, 6, 30), DeadlineState.ON_TIME, 0, 31),
        (date(2026, 7, 1), DeadlineState.AMBER, 0, 30),
        (date(2026, 7, 31), DeadlineState.AMBER, 0, 0),
        (date(2026, 8, 1), DeadlineState.RED, 1, -1),
        (date(2029, 7, 31), DeadlineState.RED, 1096, -1096),
    ],
)
def test_a_dated_work_turns_amber_then_red(day, state, late, left):
    found = WORK.standing(day, RULES)
    assert found[:3] == (state, late, left) and found.amber_on == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"due_on": None}, DeadlineState.ONGOING),
        ({"is_done": True}, DeadlineState.DONE),
        ({"due_on": None, "is_done": True}, DeadlineState.DONE),
        ({"due_on": date(2023, 12, 31)}, DeadlineState.RED),
    ],
)
def test_only_a_dated_unfinished_work_can_lag(changes, state):
    assert replace(WORK, **changes).standing(date(2026, 11, 28), RULES).state is state


DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(DAYS, st.none() | DAYS, st.none() | DAYS, st.booleans())
def test_amber_and_red_need_a_day_and_an_open_work(day, due_on, starts_on, is_done):
    work = replace(WORK, due_on=due_on, starts_on=starts_on, is_done=is_done)
    found = work.standing(day, RULES)
    if found.state in (DeadlineState.AMBER, DeadlineState.RED):
        assert due_on is not None and not is_done
    assert (found.days_late > 0) == (found.state is DeadlineState.RED)
    assert found.state is state_on(day, due_on, found.amber_on, is_done)
    if found.state is DeadlineState.RED:  # it never turns back by itself
        assert work.standing(day + timedelta(days=1), RULES).days_late == found.days_late + 1


def test_the_work_that_presses_most_speaks_for_a_place():
    assert most_pressing([]) is None
    order = [DeadlineState.DONE, DeadlineState.ONGOING, DeadlineState.ON_TIME]
    assert most_pressing(order) is DeadlineState.ON_TIME
    assert most_pressing([*order, DeadlineState.AMBER, DeadlineState.RED]) is DeadlineState.RED


def asked(new_due_on=date(2026, 12, 31), reason="雨季停工"):
    return ExtensionSent(uuid4(), WORK.key, new_due_on, reason)


def test_a_later_day_may_be_asked_for():
    assert day_to_extend(WORK, asked()) == WORK.due_on


@pytest.mark.parametrize(
    ("work", "sent", "error"),
    [
        (WORK, asked(reason="  "), ExtensionUnexplained),
        (WORK, asked(date(2026, 7, 31)), ExtensionNotLater),
        (WORK, asked(date(2026, 7, 30)), ExtensionNotLater),
        (WORK, asked(date(2026, 2, 1)), ExtensionBeforeStart),
        (replace(WORK, due_on=None), asked(), NothingToExtend),
        (replace(WORK, is_done=True), asked(), NothingToExtend),
    ],
)
def test_what_is_no_later_day_is_refused(work, sent, error):
    with pytest.raises(error):
        day_to_extend(work, sent)


def an_extension(**changes):
    extension = DueExtension(
        id=uuid4(),
        district_code="150203",
        site_code=WORK.site_code,
        work=WORK.key,
        kind=WORK.kind,
        title=WORK.title,
        lead_unit=WORK.lead_unit,
        old_due_on=date(2026, 7, 31),
        new_due_on=date(2026, 12, 31),
        reason="雨季停工",
        body_sha256="0" * 64,
        state=ExtensionState.ASKED,
        asked_at=NOW,
        asked_by="wang",
        decided_at=None,
        decided_by=None,
        decision_note="",
    )
    return replace(extension, **changes)


def test_another_person_decides_once():
    asked_for = an_extension()
    with pytest.raises(OwnExtension):
        asked_for.decided(ExtensionState.APPROVED, "wang", NOW, "")
    with pytest.raises(RefusalUnexplained):
        asked_for.decided(ExtensionState.REFUSED, "li", NOW, " ")
    granted = asked_for.decided(ExtensionState.APPROVED, "li", NOW, "同意")
    assert (granted.decided_by, granted.state) == ("li", ExtensionState.APPROVED)
    with pytest.raises(ExtensionDecided) as refused:
        granted.decided(ExtensionState.REFUSED, "zhao", NOW, "不同意")
    assert "li" in refused.value.sentence() and "已批准" in refused.value.sentence()


def test_the_original_day_is_kept_however_often_a_work_is_put_off():
    first = an_extension().decided(ExtensionState.APPROVED, "li", NOW, "")
    second = an_extension(old_due_on=first.new_due_on, new_due_on=date(2027, 6, 30))
    second = second.decided(ExtensionState.APPROVED, "li", NOW + timedelta(days=90), "")
    refused = an_extension().decided(ExtensionState.REFUSED, "li", NOW, "不同意")
    assert put_off([second, refused, first]) == (2, date(2026, 7, 31))
    assert put_off([refused]) == (0, None)
