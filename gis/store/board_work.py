"""What the board says of the works at some sites: by unit, and its projects by stage and money.

Works are those of `due_works`, by which also deadlines and notices go: sub-tasks, projects without
any, and tasks of the plan that sites bear.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.board import Money, UnitWork
from gis.domain.terms import DeadlineState, ProjectStage
from gis.store import due_works, dues, sight, works
from gis.store.listing import Scope
from gis.store.tables import due_works as kept
from gis.store.tables import projects

CENTS = 100
"""Money is summed as whole fen: in any order the same sum."""


class Work(NamedTuple):
    """The works at the chosen sites."""

    units: tuple[UnitWork, ...]
    stages: Mapping[str, int]
    money: Money


def work(
    connection: sa.Connection,
    codes: sa.Select[Any],
    scope: Scope,
    held: sa.FromClause,
    *,
    is_whole: bool,
) -> Work:
    """Return the works and projects at the sites of ``codes``, which are among those of ``held``.

    ``is_whole`` says that these are all sites of the list, which all works are of: they need not
    be looked up then.
    """
    units = _units(connection, None if is_whole else codes, scope, held)
    return Work(units, *_projects(connection, codes, scope))


def _units(
    connection: sa.Connection, codes: sa.Select[Any] | None, scope: Scope, held: sa.FromClause
) -> tuple[UnitWork, ...]:
    moment, district_code = scope.as_of, scope.district_code
    every = kept if scope.is_now else due_works.works_at(moment, district_code, held)
    one, today = every.c, dues.day(scope.as_of)
    state = dues.state(one.due_on, one.amber_on, one.is_done, scope.as_of)
    mine = (
        sa.select(one.lead_unit, one.site_code, one.due_on, one.is_done, state.label("state"))
        .where(one.district_code == scope.district_code, sight.works_seen(connection, every))
        .where(sa.true() if codes is None else one.site_code.in_(codes))
        .subquery("work")
    )
    is_red = mine.c.state == DeadlineState.RED
    is_due = mine.c.due_on <= today
    count = sa.func.count()
    of_site = (
        sa.select(
            mine.c.lead_unit,
            count.label("works"),
            count.filter(mine.c.is_done).label("finished"),
            count.filter(is_due).label("due"),
            count.filter(is_due & mine.c.is_done).label("due_finished"),
            count.filter(is_red).label("red"),
            count.filter(mine.c.state == DeadlineState.AMBER).label("amber"),
            sa.func.max(sa.case((is_red, today - mine.c.due_on), else_=0)).label("late_days"),
        )
        .group_by(mine.c.lead_unit, mine.c.site_code)
        .subquery("of_site")
    )
    sums = ("works", "finished", "due", "due_finished", "red", "amber")
    query = (
        sa.select(
            of_site.c.lead_unit.label("unit"),
            *(sa.cast(sa.func.sum(of_site.c[name]), sa.BigInteger).label(name) for name in sums),
            sa.func.max(of_site.c.late_days).label("late_days"),
            count.filter(of_site.c.red > 0).label("sites_red"),
        )
        .group_by(of_site.c.lead_unit)
        .order_by(of_site.c.lead_unit)
    )
    return tuple(UnitWork(**row) for row in connection.execute(query).mappings())


def _projects(
    connection: sa.Connection, codes: sa.Select[Any], scope: Scope
) -> tuple[dict[str, int], Money]:
    told = (projects.c.stage, projects.c.budget_yuan, projects.c.paid_yuan, projects.c.site_code)
    newest = works.newest(projects, None if scope.is_now else scope.as_of)
    one = newest.with_only_columns(*told).subquery("newest").c  # only these are sorted
    query = (
        sa.select(
            one.stage,
            sa.func.count().label("projects"),
            _exact(one.budget_yuan).label("budget"),
            _exact(one.paid_yuan).label("paid"),
            sa.func.count().filter(one.budget_yuan.is_(None)).label("unbudgeted"),
        )
        .where(one.site_code.in_(codes))
        .group_by(one.stage)
    )
    rows = {row["stage"]: row for row in connection.execute(query).mappings()}
    stages = {stage.value: rows[stage]["projects"] for stage in ProjectStage if stage in rows}
    money = Money(
        projects=sum(stages.values()),
        budget_yuan=sum(int(row["budget"] or 0) for row in rows.values()) / CENTS,
        paid_yuan=sum(int(row["paid"] or 0) for row in rows.values()) / CENTS,
        unbudgeted=sum(row["unbudgeted"] for row in rows.values()),
    )
    return stages, money


def _exact(yuan: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.sum(sa.cast(sa.func.round(yuan * CENTS), sa.BigInteger))
