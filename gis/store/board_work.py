"""What the board says of the works at some sites: by unit and by stage, and their money."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.board import Money, UnitWork
from gis.domain.terms import DeadlineState, ProjectStage
from gis.store import due_works, dues, register, works
from gis.store.listing import Scope
from gis.store.tables import due_works as kept_works
from gis.store.tables import projects

CENTS = 100


class Work(NamedTuple):
    """The works at the chosen sites."""

    units: tuple[UnitWork, ...]
    stages: Mapping[str, int]
    money: Money


def work(connection: sa.Connection, chosen: sa.Select[Any], scope: Scope) -> Work:
    """Return the works at the sites that ``chosen`` selects, each project in its newest version."""
    codes = chosen.with_only_columns(chosen.selected_columns.code)
    one = works.newest(projects, None if scope.is_now else scope.as_of).subquery("newest").c
    every = kept_works if scope.is_now else due_works.works_at(scope.as_of, scope.district_code)
    rests = due_works.by_project(every)
    state = dues.state(rests.c.due_on, rests.c.amber_on, rests.c.is_done, scope.as_of)
    today = sa.literal(register.day_of(scope.as_of), sa.Date)
    held = (
        sa.select(
            *(one.site_code, one.lead_unit, one.stage, one.budget_yuan, one.paid_yuan),
            *(rests.c.due_on, state.label("deadline")),
        )
        .join(rests, rests.c.project_id == one.id)
        .where(one.site_code.in_(codes))
        .subquery("works")
    )
    is_red = held.c.deadline == DeadlineState.RED
    is_done = held.c.deadline == DeadlineState.DONE
    is_due = held.c.due_on <= today
    count = sa.func.count()
    cells = sa.select(
        held.c.lead_unit,
        held.c.stage,
        count.label("works"),
        count.filter(is_done).label("finished"),
        count.filter(is_due).label("due"),
        count.filter(is_due & is_done).label("due_finished"),
        count.filter(is_red).label("red"),
        count.filter(held.c.deadline == DeadlineState.AMBER).label("amber"),
        sa.func.max(sa.case((is_red, today - held.c.due_on), else_=0)).label("late_days"),
        sa.func.count(held.c.site_code.distinct()).filter(is_red).label("sites_red"),
        _exact(held.c.budget_yuan).label("budget"),
        _exact(held.c.paid_yuan).label("paid"),
        count.filter(held.c.budget_yuan.is_(None)).label("unbudgeted"),
    ).group_by(sa.func.grouping_sets(sa.tuple_(held.c.lead_unit), sa.tuple_(held.c.stage)))
    rows = connection.execute(cells).mappings().all()
    by_stage = [row for row in rows if row["stage"] is not None]
    names = list(UnitWork.__dataclass_fields__)[1:]
    units = [
        UnitWork(row["lead_unit"], **{name: row[name] for name in names})
        for row in rows
        if row["stage"] is None
    ]
    found = {row["stage"]: row["works"] for row in by_stage}
    return Work(
        tuple(sorted(units, key=lambda unit: unit.unit)),
        {stage.value: found[stage] for stage in ProjectStage if stage in found},
        Money(
            projects=sum(row["works"] for row in by_stage),
            budget_yuan=sum(int(row["budget"] or 0) for row in by_stage) / CENTS,
            paid_yuan=sum(int(row["paid"] or 0) for row in by_stage) / CENTS,
            unbudgeted=sum(row["unbudgeted"] for row in by_stage),
        ),
    )


def _exact(yuan: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.sum(sa.cast(sa.func.round(yuan * CENTS), sa.BigInteger))
