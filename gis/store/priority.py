"""The order for money, worked out in the database: every waiting site with its place in line."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.priority import PriorityRules, PriorityTest
from gis.domain.rule_set import Question, RuleSet
from gis.store.tables import gradings, listed, surroundings

FACTS = (
    *("points_h", "points_s", "points_r", "level_h", "level_s", "in_priority_area"),
    *("sensitive_area_distance_m", "protected_land", "source_zone", "mass_t", "cost_yuan"),
)
SHOWN = ("code", "name", "kind", "town", "reach", "grade", "is_provisional", "is_demo")


class Order(NamedTuple):
    """By which rules sites stand in line: the order's own, and those of the grades in force."""

    rules: PriorityRules
    grades: RuleSet


def page(
    connection: sa.Connection,
    district_code: str,
    order: Order,
    *,
    limit: int,
    after: int = 0,
) -> tuple[list[dict[str, Any]], int]:
    """Return the sites after a place in line, each with ``place``, and how many wait in all."""
    line = _line(district_code, order).subquery("line")
    chosen = sa.select(line).where(line.c.place > after).order_by(line.c.place).limit(limit)
    rows = _with_reasons(connection, chosen.subquery("chosen"))
    total = rows[0]["total"] if rows else count(connection, district_code, order)
    return rows, total


def count(connection: sa.Connection, district_code: str, order: Order) -> int:
    """Return how many sites wait."""
    line = _line(district_code, order).subquery("line")
    return connection.scalar(sa.select(sa.func.count()).select_from(line)) or 0


def place_of(
    connection: sa.Connection, district_code: str, code: str, order: Order
) -> dict[str, Any] | None:
    """Return one site's place in line, or None where it does not wait for money."""
    line = _line(district_code, order).subquery("line")
    chosen = sa.select(line).where(line.c.code == code).subquery("chosen")
    rows = _with_reasons(connection, chosen)
    return rows[0] if rows else None


def _line(district_code: str, order: Order) -> sa.Select[Any]:
    rules = order.rules
    facts = _facts(order.grades)
    tests = [_holds(test, facts) for test in rules.tests]
    held = sum((sa.case((test, 1), else_=0) for test in tests), sa.literal(0))
    hs = listed.c.points_h * listed.c.points_s
    mass = sa.func.coalesce(listed.c.mass_t, rules.mass_unknown_t)
    cost = facts["cost_yuan"]
    keys = (
        held.desc(),
        hs.desc().nulls_last(),
        mass.desc(),
        (cost.asc() if rules.is_cheaper_first else cost.desc()).nulls_last(),
        listed.c.code,
    )
    return (
        sa.select(
            *(listed.c[name] for name in SHOWN),
            *(facts[name].label(name) for name in FACTS),
            listed.c.graded_at,
            sa.func.row_number().over(order_by=keys).label("place"),
            sa.func.count().over().label("total"),
        )
        .select_from(listed)
        .outerjoin(
            surroundings,
            (surroundings.c.site_code == listed.c.code)
            & (surroundings.c.measured_at == listed.c.measured_at),
        )
        .where(
            listed.c.district_code == district_code,
            listed.c.state.in_(rules.states),
            listed.c.grade.in_(rules.grades),
        )
    )


def _facts(grades: RuleSet) -> dict[str, sa.ColumnElement[Any]]:
    def level(points: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        return sa.case(
            (points > grades.level_1_above, 1),
            (points > grades.level_2_above, 2),
            (points.is_not(None), 3),
        )

    made = {
        "level_h": level(listed.c.points_h),
        "level_s": level(listed.c.points_s),
        "cost_yuan": listed.c.project_budget_yuan,
        "sensitive_area_distance_m": surroundings.c.sensitive_area_distance_m,
    }
    return {name: made[name] if name in made else listed.c[name] for name in FACTS}


def _holds(test: PriorityTest, facts: dict[str, sa.ColumnElement[Any]]) -> sa.ColumnElement[bool]:
    """Return a test in SQL, whose "or" knows unknown as `PriorityTest.holds` does."""
    return sa.or_(*(_answer(question, facts[question.fact]) for question in test.any))


def _answer(question: Question, column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    if question.at_least is not None:
        return column >= question.at_least
    if question.above is not None:
        return column > question.above
    if question.at_most is not None:
        return column <= question.at_most
    same: sa.ColumnElement[bool] = column == question.equals
    return same


def _with_reasons(connection: sa.Connection, chosen: sa.Subquery) -> list[dict[str, Any]]:
    """Return rows with what of their grade explains them: indices, and the layers measured."""
    query = (
        sa.select(chosen, gradings.c.decision["indices"].label("indices"), surroundings.c.layers)
        .outerjoin(
            gradings,
            (gradings.c.site_code == chosen.c.code) & (gradings.c.graded_at == chosen.c.graded_at),
        )
        .outerjoin(listed, listed.c.code == chosen.c.code)
        .outerjoin(
            surroundings,
            (surroundings.c.site_code == chosen.c.code)
            & (surroundings.c.measured_at == listed.c.measured_at),
        )
        .order_by(chosen.c.place)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
