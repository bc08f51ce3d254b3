"""Reads the tasks of the district's plan that sites can bear."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

from gis.domain.sites.errors import TaskUnknown
from gis.domain.sites.tags import LeadRule, Task
from gis.domain.terms import SiteKind

TASKS_FILE = Path(__file__).with_name("tasks.toml")


@cache
def all_tasks() -> dict[str, Task]:
    """Return every task by its number in the plan."""
    rows = tomllib.loads(TASKS_FILE.read_text(encoding="utf-8"))["task"]
    return {row["id"]: Task(**{"due_on": None} | row) for row in rows}


def task(number: str) -> Task:
    """Return a task; raises TaskUnknown."""
    known = all_tasks()
    if number not in known:
        raise TaskUnknown(task=number[:20], known="、".join(known))
    return known[number]


def supported_by(units: Collection[str]) -> tuple[str, ...]:
    """Return the tasks that one of ``units`` supports by the plan.

    >>> supported_by(["区工信局"])
    ('3a', '4b', '5')
    """
    return tuple(
        one.id
        for one in all_tasks().values()
        if set(re.split(r"[、，,；;\s]+", one.supporting_units)) & set(units)
    )


@cache
def numbers() -> tuple[int, ...]:
    """Return the plan's numbers of these tasks: 4a and 4b are both of number 4.

    >>> numbers()
    (3, 4, 5, 12, 13, 20)
    """
    found = (re.match(r"\d+", one) for one in all_tasks())
    return tuple(sorted({int(match.group()) for match in found if match is not None}))


@cache
def lead_rules() -> tuple[LeadRule, ...]:
    """Return who leads where, the first row that fits first."""
    rows = tomllib.loads(TASKS_FILE.read_text(encoding="utf-8"))["lead"]
    return tuple(
        LeadRule(
            **{"task_no": None} | row | {"kinds": tuple(map(SiteKind.of, row.get("kinds", ())))}
        )
        for row in rows
    )


def lead_of(kind: SiteKind, task_no: int | None) -> LeadRule:
    """Return the row that says who leads at a site of this kind, for a task of this number.

    >>> lead_of(SiteKind.MINE_PIT, None).unit, lead_of(SiteKind.MINE_PIT, 20).unit
    ('区自然资源分局', '区生态环境分局')
    """
    return next(rule for rule in lead_rules() if rule.fits(kind, task_no))
