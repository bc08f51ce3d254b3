"""What the terminal states of a plan: ``field=value``, read as the plan holds it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from gis.domain.terms import MineFinding
from gis.domain.works.errors import PlanUnfit
from gis.domain.works.plan import FIELDS
from gis.domain.works.remediation import PLAN_FIELDS, Plan

DAYS = {"starts_on", "due_on", "care_until"}
NUMBERS = {"budget_yuan", "paid_yuan", "restored_m2"}
WHOLE = {"progress_percent", "task_no"}


class FieldUnknown(PlanUnfit):
    """A field that no plan has. Facts: field, known."""

    code = "plan_field_unknown"
    zh = "方案没有“{field}”这一项，可填：{known}。"
    en = "A plan has no field “{field}”; it has {known}."


def with_facts(plan: Plan, pairs: Iterable[str]) -> Plan:
    """Return a plan with ``field=value`` stated; an empty value is "not stated".

    Raises FieldUnknown, PlanUnfit.
    """
    return replace(plan, **dict(_read(pair) for pair in pairs))


def _read(pair: str) -> tuple[str, Any]:
    name, sign, text = pair.partition("=")
    if name not in PLAN_FIELDS or not sign:
        raise FieldUnknown(field=name[:60], known="、".join(PLAN_FIELDS))
    try:
        return name, _value(name, text.strip())
    except (ValueError, KeyError) as error:
        words = FIELDS[name]
        raise PlanUnfit(
            field_zh=words.zh,
            field_en=words.en,
            fit_zh="可读的值（日期写 年-月-日，金额写数字）",
            fit_en="readable (days as YYYY-MM-DD, money as a number)",
        ) from error


def _value(name: str, text: str) -> Any:
    if not text and name in DAYS | NUMBERS | {"task_no", "finding"}:
        return None
    if name in DAYS:
        return date.fromisoformat(text)
    if name in NUMBERS:
        return float(text)
    if name in WHOLE:
        return int(text or 0)
    if name == "finding":
        return MineFinding.of(text)
    return text
