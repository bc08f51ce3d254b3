"""Reads the tasks of the district's plan that sites can bear."""

import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path

from gis.domain.site_errors import TaskUnknown
from gis.domain.tags import Task

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
