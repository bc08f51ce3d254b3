"""Comparisons of rows with the standards' texts; of a row's the newest holds."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.grading.rule_check import RuleCheck
from gis.store import shape
from gis.store.tables import rule_checks


def newest(connection: sa.Connection) -> dict[str, RuleCheck]:
    """Return the newest comparison of each row by the row's id."""
    query = (
        sa.select(rule_checks)
        .ext(distinct_on(rule_checks.c.row_id))
        .order_by(rule_checks.c.row_id, rule_checks.c.checked_at.desc(), rule_checks.c.id)
    )
    return {one.row_id: one for one in shape.select_all(connection, RuleCheck, query)}


def of_row(connection: sa.Connection, row_id: str) -> list[RuleCheck]:
    """Return a row's comparisons, newest first."""
    query = (
        sa.select(rule_checks)
        .where(rule_checks.c.row_id == row_id)
        .order_by(rule_checks.c.checked_at.desc(), rule_checks.c.id)
    )
    return shape.select_all(connection, RuleCheck, query)


def check(connection: sa.Connection, check_id: UUID) -> RuleCheck | None:
    """Return one comparison, or None."""
    query = sa.select(rule_checks).where(rule_checks.c.id == check_id)
    return shape.select_one(connection, RuleCheck, query)
