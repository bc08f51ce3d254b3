"""What a plan and its tasks may say: soundness, warnings, and what changed between versions."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from gis.domain.inventory_cells import Said
from gis.domain.terms import Term
from gis.domain.works.errors import DueBeforeStart, PlanUnfit
from gis.domain.works.remediation import PLAN_FIELDS, Plan, ProjectTask, RemediationProject

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
"""Days beyond these are slips of the pen."""

MOST_YUAN = 1e12
MOST_M2 = 1e9


class Words(NamedTuple):
    """What a field is called."""

    zh: str
    en: str


FIELDS: dict[str, Words] = {
    "title": Words("项目名称", "Title"),
    "issue": Words("问题描述", "Issue"),
    "goal": Words("整治目标", "Goal"),
    "measures": Words("整治措施", "Measures"),
    "lead_unit": Words("牵头单位", "Lead unit"),
    "lead_unit_reason": Words("改派牵头单位的理由", "Reason for another lead unit"),
    "supporting_units": Words("配合单位", "Supporting units"),
    "leader_role": Words("责任领导（岗位）", "Leader (post)"),
    "person_in_charge": Words("责任人", "Person in charge"),
    "starts_on": Words("开始日期", "Starts on"),
    "due_on": Words("完成时限", "Due on"),
    "budget_yuan": Words("资金金额（元）", "Budget (¥)"),
    "fund_source": Words("资金来源", "Source of funds"),
    "paid_yuan": Words("已支付（元）", "Paid (¥)"),
    "progress_percent": Words("进展（%）", "Progress (%)"),
    "task_no": Words("任务编号", "Task of the plan"),
    "finding": Words("排查结果", "Finding"),
    "restored_m2": Words("已治理面积（m²）", "Area restored (m²)"),
    "care_until": Words("管护截止日期", "After-care until"),
    "done_on": Words("完成日期", "Done on"),
    "note": Words("备注", "Note"),
    "dropped_reason": Words("取消理由", "Why it was dropped"),
}
TASK_FIELDS = (
    *("title", "lead_unit", "supporting_units", "leader_role", "starts_on", "due_on", "done_on"),
    *("note", "dropped_reason"),
)
NOTHING = Words("未填", "nothing")


def require_sound(plan: Plan) -> None:
    """Refuse a plan that cannot be. Raises DueBeforeStart, PlanUnfit."""
    _require_text(plan, "title")
    _require_text(plan, "lead_unit")
    for name in ("starts_on", "due_on", "care_until"):
        _require_day(getattr(plan, name), name)
    _require_order("项目", "The project", plan.starts_on, plan.due_on)
    for name in ("budget_yuan", "paid_yuan"):
        _require_between(getattr(plan, name), name, MOST_YUAN)
    _require_between(plan.restored_m2, "restored_m2", MOST_M2)
    _require_between(plan.progress_percent, "progress_percent", 100)


def require_sound_task(task: ProjectTask, today: date) -> None:
    """Refuse a task that cannot be. Raises DueBeforeStart, PlanUnfit."""
    _require_text(task, "title")
    _require_text(task, "lead_unit")
    for name in ("starts_on", "due_on", "done_on"):
        _require_day(getattr(task, name), name)
    _require_order(f"任务“{task.title}”", f"“{task.title}”", task.starts_on, task.due_on)
    if task.done_on is not None and task.done_on > today:
        raise _unfit("done_on", "今天或以前的日期", "today or earlier")
    if task.done_on is not None and task.starts_on is not None and task.done_on < task.starts_on:
        raise _unfit("done_on", "开始日期或以后的日期", "the day of the start or later")
    if task.done_on is not None and task.dropped_reason:
        raise _unfit("done_on", "空（任务已取消）", "empty, for the task was dropped")


def warnings(project: RemediationProject, tasks: Sequence[ProjectTask]) -> list[Said]:
    """Return what is odd of a plan, yet allowed."""
    found = []
    if (project.paid_yuan or 0) > (project.budget_yuan or math.inf):
        found.append(Said("已支付超过资金金额，请核对", "more has been paid than the budget"))
    if project.paid_yuan and project.budget_yuan is None:
        found.append(Said("已有支付，但未填资金金额", "money was paid, but no budget is stated"))
    late = [t for t in tasks if project.due_on and t.due_on and t.due_on > project.due_on]
    if late and not late[0].dropped_reason:
        found.append(
            Said(
                f"任务“{late[0].title}”的时限晚于项目时限",
                f"“{late[0].title}” is due later than the project",
            )
        )
    return found


def clean(plan: Plan) -> Plan:
    """Return a plan whose texts have no blanks round them."""
    texts = {name: getattr(plan, name) for name in PLAN_FIELDS}
    return replace(plan, **{n: v.strip() for n, v in texts.items() if v.__class__ is str})  # type: ignore[arg-type]


def changes(before: object, after: object, names: Iterable[str], language: str) -> str:
    """Return which of the named fields differ, old and new, in one line."""
    place = 0 if language == "zh" else 1
    parts = [
        f"{FIELDS[name][place]}：{_word(getattr(before, name), place)} → "
        f"{_word(getattr(after, name), place)}"
        for name in names
        if getattr(before, name) != getattr(after, name)
    ]
    return ("；" if place == 0 else "; ").join(parts) or "—"


def _word(value: object, place: int) -> str:
    if value is None or value == "":
        return NOTHING[place]
    if isinstance(value, Term):
        return (value.zh, value.en)[place]
    text = f"{value:,.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 60 else text[:60] + "…"


def _require_text(what: object, name: str) -> None:
    if not getattr(what, name).strip():
        raise _unfit(name, "1 个字以上的文字", "one character or more")


def _require_day(day: date | None, name: str) -> None:
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise _unfit(name, "1990–2100 年的日期", "a day from 1990 to 2100")


def _require_order(zh: str, en: str, start: date | None, due: date | None) -> None:
    if start is not None and due is not None and due < start:
        raise DueBeforeStart(what_zh=zh, what_en=en, due=due, start=start)


def _require_between(value: float | None, name: str, most: float) -> None:
    if value is not None and not 0 <= value <= most:
        raise _unfit(name, f"0–{most:,.0f} 的数", f"a number from 0 to {most:,.0f}")


def _unfit(name: str, zh: str, en: str) -> PlanUnfit:
    words = FIELDS[name]
    return PlanUnfit(field_zh=words.zh, field_en=words.en, fit_zh=zh, fit_en=en)
