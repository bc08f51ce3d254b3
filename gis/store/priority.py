"""The order for money, worked out in the database: every waiting site with its place in line.

Nothing of it is kept: it follows from the facts in `listed` and the rules in force when asked for.
"""

from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.grading.priority import PriorityRules, PriorityTest
from gis.domain.grading.rule_set import Question, RuleSet
from gis.store import sight
from gis.store.register import among
from gis.store.tables import gradings, listed, surroundings

FACTS = (
    *("points_h", "points_s", "points_r", "level_h", "level_s", "in_priority_area"),
    *("sensitive_area_distance_m", "protected_land", "source_zone", "mass_t", "cost_yuan"),
)
TURN = ("turn_count", "turn_hs", "turn_mass", "turn_cost", "code")
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
    """Return the sites after a place in line, each with ``place``, and how many wait in all.

    Only codes stand in the line that is put in order; what is said of a page's sites is then
    looked up for them alone.
    """
    line = _line(connection, district_code, order).add_columns(
        sa.func.count().over().label("total")
    )
    waiting = line.offset(0).subquery("waiting")
    turn = (waiting.c[name] for name in TURN)
    chosen = sa.select(waiting.c.code, waiting.c.total).order_by(*turn)
    found = connection.execute(chosen.offset(after).limit(limit)).all()
    total = found[0].total if found else count(connection, district_code, order)
    places = {row.code: place for place, row in enumerate(found, start=after + 1)}
    return _said(connection, places, total, order), total


def places(connection: sa.Connection, district_code: str, order: Order) -> sa.Subquery:
    """Return every waiting site's place in line, as a relation of codes and places."""
    line = _line(connection, district_code, order).subquery("line")
    place = sa.func.row_number().over(order_by=[line.c[name] for name in TURN]).label("place")
    return sa.select(line.c.code, line.c.turn_count, place).subquery("places")


def count(connection: sa.Connection, district_code: str, order: Order) -> int:
    """Return how many sites wait."""
    line = _line(connection, district_code, order).subquery("line")
    return connection.scalar(sa.select(sa.func.count()).select_from(line)) or 0


def place_of(
    connection: sa.Connection, district_code: str, code: str, order: Order
) -> dict[str, Any] | None:
    """Return one site's place in line, or None where it does not wait for money."""
    line = _line(connection, district_code, order).subquery("line")
    mine = _line(connection, district_code, order).where(listed.c.code == code).subquery("mine")
    is_before = sa.tuple_(*(line.c[name] for name in TURN)) <= sa.tuple_(
        *(mine.c[name] for name in TURN)
    )
    query = sa.select(
        sa.func.count().filter(is_before).label("place"), sa.func.count().label("total")
    ).select_from(line.join(mine, sa.true()))
    place, total = connection.execute(query).one()
    rows = _said(connection, {code: place}, total, order) if place else []
    return rows[0] if rows else None


def _line(connection: sa.Connection, district_code: str, order: Order) -> sa.Select[Any]:
    """Return the waiting sites' codes and whose turn it is: the least first, none of it null."""
    rules = order.rules
    facts = _facts(order.grades)
    held = sum((sa.case((_holds(test, facts), 1), else_=0) for test in rules.tests), sa.literal(0))
    cost = facts["cost_yuan"]
    last = sa.cast(sa.literal("infinity"), sa.Double)
    turn = {
        "turn_count": -held,
        "turn_hs": sa.func.coalesce(-(listed.c.points_h * listed.c.points_s), last),
        "turn_mass": -sa.func.coalesce(listed.c.mass_t, rules.mass_unknown_t),
        "turn_cost": sa.func.coalesce(cost if rules.is_cheaper_first else -cost, last),
    }
    return sa.select(listed.c.code, *(key.label(name) for name, key in turn.items())).where(
        listed.c.district_code == district_code,
        listed.c.state.in_(rules.states),
        listed.c.grade.in_(rules.grades),
        sight.rows_seen(connection, listed),
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


def _said(
    connection: sa.Connection, places: dict[str, int], total: int, order: Order
) -> list[dict[str, Any]]:
    """Return sites in line with what explains them: facts, indices, and the layers measured."""
    facts = _facts(order.grades)
    query = (
        sa.select(
            *(listed.c[name] for name in SHOWN),
            *(facts[name].label(name) for name in FACTS),
            gradings.c.decision["indices"].label("indices"),
            surroundings.c.layers,
        )
        .select_from(listed)
        .outerjoin(
            gradings,
            (gradings.c.site_code == listed.c.code) & (gradings.c.graded_at == listed.c.graded_at),
        )
        .outerjoin(
            surroundings,
            (surroundings.c.site_code == listed.c.code)
            & (surroundings.c.measured_at == listed.c.measured_at),
        )
        .where(among(listed.c.code, places))
    )
    found = connection.execute(query).mappings()
    rows = [{**row, "place": places[row["code"]], "total": total} for row in found]
    return sorted(rows, key=lambda row: row["place"])
