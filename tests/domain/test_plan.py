"""What a plan may say, and what is odd yet allowed."""

from datetime import date
from uuid import UUID

import pytest

from gis.domain.works import plan as plans
from gis.domain.works.errors import DueBeforeStart, PlanUnfit
from gis.domain.works.remediation import Plan, ProjectTask, progress_of
from tests.makers import NOON, a_project

PLAN = Plan(title="整治", lead_unit="区执法局")


def a_task(**changes):
    plain = {"id": UUID(int=1), "version": 1, "recorded_at": NOON, "project_id": UUID(int=2)}
    named = {"site_code": "x", "title": "清运", "lead_unit": "昆河镇", "is_demo": True}
    return ProjectTask(**plain | named | {"due_on": date(2026, 12, 31)} | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"budget_yuan": -0.01},
        {"paid_yuan": float("nan")},
        {"budget_yuan": float("inf")},
        {"progress_percent": 101},
        {"restored_m2": 1e10},
        {"title": " "},
        {"lead_unit": ""},
        {"care_until": date(3000, 1, 1)},
    ],
)
def test_a_field_that_cannot_be_is_named_with_what_fits(changes):
    with pytest.raises(PlanUnfit) as refused:
        plans.require_sound(Plan(**{"title": "整治", "lead_unit": "区执法局"} | changes))
    (name,) = changes
    assert plans.FIELDS[name].zh in refused.value.sentence("zh-CN")


def test_a_day_is_enough_and_a_day_before_is_not():
    day = date(2026, 6, 1)
    plans.require_sound(Plan(title="整治", lead_unit="x", starts_on=day, due_on=day))
    with pytest.raises(DueBeforeStart):
        plans.require_sound_task(a_task(starts_on=day, due_on=date(2026, 5, 31)), day)


def test_what_is_odd_is_said_and_stored_all_the_same():
    project = a_project("x", budget_yuan=1.0, paid_yuan=2.0, due_on=date(2026, 6, 1))
    said = [one.zh for one in plans.warnings(project, [a_task()])]
    assert said == ["已支付超过资金金额，请核对", "任务“清运”的时限晚于项目时限"]
    unbudgeted = a_project("x", budget_yuan=None, paid_yuan=2.0, due_on=None)
    assert [one.en for one in plans.warnings(unbudgeted, [])] == [
        "money was paid, but no budget is stated"
    ]
    assert plans.warnings(a_project("x", due_on=None), [a_task()]) == []


@pytest.mark.parametrize(
    ("tasks", "percent"),
    [
        ([], None),
        ([a_task(due_on=None)], None),
        ([a_task(due_on=None, done_on=date(2026, 1, 1))], 100),
        ([a_task(), a_task(done_on=date(2026, 1, 1)), a_task()], 33),
        ([a_task(dropped_reason="并入"), a_task(done_on=date(2026, 1, 1))], 100),
        ([a_task(dropped_reason="并入")], None),
    ],
)
def test_progress_counts_what_has_an_end(tasks, percent):
    assert progress_of(tasks) == percent


def test_changes_are_said_in_both_languages():
    after = Plan(title="整治", lead_unit="区执法局", budget_yuan=1e6, due_on=date(2026, 1, 1))
    names = ("title", "due_on", "budget_yuan")
    assert plans.changes(PLAN, after, names, "zh") == (
        "完成时限：未填 → 2026-01-01；资金金额（元）：未填 → 1,000,000"
    )
    assert "Due on：nothing → 2026-01-01" in plans.changes(PLAN, after, names, "en")
    assert plans.changes(PLAN, PLAN, names, "en") == "—"
