"""Queries on field checks and the steps of their review."""

from uuid import UUID

import sqlalchemy as sa

from gis.domain.checks.field_check import FieldCheck
from gis.domain.checks.review import CheckReview
from gis.domain.errors import NotInRegister
from gis.domain.people.accounts import MAY
from gis.domain.terms import Right
from gis.store import shape, sight
from gis.store.tables import candidates, check_reviews, field_checks, users

ARRIVED = (field_checks.c.received_at, field_checks.c.id)


def filed(connection: sa.Connection, check_id: UUID) -> FieldCheck | None:
    """Return one field check, or None."""
    query = sa.select(field_checks).where(field_checks.c.id == check_id)
    return shape.select_one(connection, FieldCheck, query)


def check(connection: sa.Connection, check_id: UUID) -> FieldCheck:
    """Return one field check that is seen; raises NotInRegister."""
    seen = sight.checks_seen(connection)
    query = sa.select(field_checks).where(field_checks.c.id == check_id, seen)
    found = shape.select_one(connection, FieldCheck, query)
    if found is None:
        raise NotInRegister(id=check_id)
    return found


def of_place(
    connection: sa.Connection, candidate_id: UUID | None, site_code: str | None
) -> list[FieldCheck]:
    """Return the checks of one place in the order they arrived.

    A listed site and the candidates that became it are one place.
    """
    chosen = _of_place(connection, candidate_id, site_code)
    query = sa.select(field_checks).where(chosen).order_by(*ARRIVED)
    return shape.select_all(connection, FieldCheck, query)


def shown_of_place(
    connection: sa.Connection, candidate_id: UUID | None, site_code: str | None
) -> list[FieldCheck]:
    """Return those checks of one place that are seen, what was found last first."""
    chosen = _of_place(connection, candidate_id, site_code)
    query = (
        sa.select(field_checks)
        .where(chosen, sight.checks_seen(connection))
        .order_by(field_checks.c.found_at.desc(), *ARRIVED)
    )
    return shape.select_all(connection, FieldCheck, query)


def _of_place(
    connection: sa.Connection, candidate_id: UUID | None, site_code: str | None
) -> sa.ColumnElement[bool]:
    if candidate_id is not None and site_code is None:
        linked = sa.select(candidates.c.site_code).where(candidates.c.id == candidate_id)
        site_code = connection.scalar(linked)
    chosen: sa.ColumnElement[bool] = sa.false()  # "= null" would be every site's checks
    if candidate_id is not None:
        chosen = field_checks.c.candidate_id == candidate_id
    if site_code is not None:
        its = sa.select(candidates.c.id).where(candidates.c.site_code == site_code)
        chosen = (
            chosen | (field_checks.c.site_code == site_code) | field_checks.c.candidate_id.in_(its)
        )
    return chosen


def reviews_of(connection: sa.Connection, check_id: UUID) -> list[CheckReview]:
    """Return the steps of a check's review, oldest first."""
    query = (
        sa.select(check_reviews)
        .where(check_reviews.c.check_id == check_id)
        .order_by(check_reviews.c.number)
    )
    return shape.select_all(connection, CheckReview, query)


def step(connection: sa.Connection, step_id: UUID) -> CheckReview | None:
    """Return one step, or None."""
    query = sa.select(check_reviews).where(check_reviews.c.id == step_id)
    return shape.select_one(connection, CheckReview, query)


def steps(connection: sa.Connection, check_id: UUID) -> int:
    """Return how many steps a check has made."""
    query = sa.select(sa.func.count()).where(check_reviews.c.check_id == check_id)
    return int(connection.scalar(query) or 0)


def other_reviewers(connection: sa.Connection, usernames: set[str]) -> int:
    """Return how many accounts may pass checks, besides those named."""
    query = sa.select(sa.func.count()).where(
        users.c.role.in_([role for role, rights in MAY.items() if Right.REVIEW in rights]),
        users.c.suspended_at.is_(None),
        users.c.username.not_in(usernames),
    )
    return int(connection.scalar(query) or 0)


def names_of(connection: sa.Connection) -> dict[str, str]:
    """Return what the people behind accounts are called."""
    query = sa.select(users.c.username, users.c.display_name)
    return {row.username: row.display_name for row in connection.execute(query)}
