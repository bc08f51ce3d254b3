"""Queries on work that was given out: who holds which place, and how far each piece of work is."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.errors import NotInRegister
from gis.domain.people.assignment import Assignment
from gis.domain.terms import ReviewState, Standing, Verdict, WorkState
from gis.store import shape, sight
from gis.store.tables import assigned_places, assignments, field_checks
from gis.store.tables.base import TermText


def filed_assignment(connection: sa.Connection, assignment_id: UUID) -> Assignment | None:
    """Return one piece of work, or None."""
    query = sa.select(assignments).where(assignments.c.id == assignment_id)
    return shape.select_one(connection, Assignment, query)


def assignment(connection: sa.Connection, assignment_id: UUID) -> Assignment:
    """Return one piece of work that is seen; raises NotInRegister."""
    seen = sight.work_seen(connection)
    query = sa.select(assignments).where(assignments.c.id == assignment_id, seen)
    found = shape.select_one(connection, Assignment, query)
    if found is None:
        raise NotInRegister(id=assignment_id)
    return found


def assignments_in(
    connection: sa.Connection, district_code: str, *, with_withdrawn: bool = False
) -> list[Assignment]:
    """Return a district's work, the newest first."""
    query = (
        sa.select(assignments)
        .where(assignments.c.district_code == district_code, sight.work_seen(connection))
        .order_by(assignments.c.given_at.desc(), assignments.c.id)
    )
    if not with_withdrawn:
        query = query.where(assignments.c.withdrawn_at.is_(None))
    return shape.select_all(connection, Assignment, query)


def held(district_code: str) -> sa.Subquery:
    """Return which work each place belongs to: the newest that was given and not withdrawn."""
    work = assignments.c
    return (
        sa.select(
            assigned_places.c.place,
            assigned_places.c.candidate_id,
            assigned_places.c.site_code,
            assigned_places.c.teaches,
            work.id.label("assignment_id"),
            *(work.team_id, work.username, work.due_on, work.note, work.given_at),
        )
        .join_from(assigned_places, assignments)
        .where(work.district_code == district_code, work.withdrawn_at.is_(None))
        .ext(distinct_on(assigned_places.c.place))
        .order_by(assigned_places.c.place, work.given_at.desc(), work.id)
        .subquery("held")
    )


def last_check(*whose: sa.ColumnElement[bool]) -> sa.FromClause:
    """Return the newest field check of a place that was not set aside for another one."""
    check = field_checks.c
    verdict = sa.func.coalesce(check.edited["verdict"].astext, sa.cast(check.verdict, sa.Text))
    return (
        sa.select(
            check.id.label("check_id"),
            sa.type_coerce(verdict, TermText(Verdict)).label("verdict"),
            *(check.review, check.recorded_by, check.found_at, check.received_at),
        )
        .where(sa.or_(*whose), check.standing != Standing.SET_ASIDE)
        .order_by(check.received_at.desc(), check.id)
        .limit(1)
        .lateral("last_check")
    )


def work_state(
    given_at: sa.ColumnElement[Any], check: sa.FromClause, *first: Any
) -> sa.ColumnElement[Any]:
    """Return how a place stands in its work; a check counts that came after the work was given.

    A check that the office rejected leaves the place to do; ``first`` are cases that come before.
    """
    state = sa.case(
        *first,
        (check.c.received_at.is_(None), WorkState.TO_DO.value),
        (check.c.received_at < given_at, WorkState.TO_DO.value),
        (check.c.review == ReviewState.HAS_ISSUES, WorkState.SENT_BACK.value),
        (check.c.review == ReviewState.RECEIVED, WorkState.WAITING.value),
        (check.c.review == ReviewState.REJECTED, WorkState.TO_DO.value),
        else_=WorkState.DONE.value,
    )
    return sa.type_coerce(state, TermText(WorkState))


def places_of(
    connection: sa.Connection, district_code: str, assignment_ids: Collection[UUID] | None = None
) -> list[dict[str, Any]]:
    """Return the places of work that is not withdrawn, each with its state and last check."""
    holder = held(district_code)
    place, work = assigned_places.c, assignments.c
    check = last_check(
        field_checks.c.candidate_id == place.candidate_id,
        field_checks.c.site_code == place.site_code,
    )
    elsewhere = (holder.c.assignment_id != work.id, WorkState.PASSED_ON.value)
    query = (
        sa.select(
            *(
                place.assignment_id,
                place.place,
                place.teaches,
                work.team_id,
                work.username,
                work.due_on,
            ),
            *(check.c.check_id, check.c.verdict, check.c.recorded_by, check.c.received_at),
            work_state(work.given_at, check, elsewhere).label("work"),
        )
        .select_from(assigned_places)
        .join(assignments)
        .join(holder, holder.c.place == place.place)
        .outerjoin(check, sa.true())
        .where(work.district_code == district_code, work.withdrawn_at.is_(None))
        .where(sight.places_seen(connection, place.candidate_id, place.site_code))
        .order_by(place.assignment_id, place.place)
    )
    if assignment_ids is not None:
        query = query.where(work.id.in_(assignment_ids))
    return [dict(row) for row in connection.execute(query).mappings()]


def progress(rows: list[dict[str, Any]], today: date) -> dict[str, Any]:
    """Return how far places of work are: counts by state, how many are left and late."""
    states = [row["work"] for row in rows]
    counts = {state.value: states.count(state) for state in WorkState}
    left = [row for row in rows if row["work"] in {WorkState.TO_DO, WorkState.SENT_BACK}]
    late = sum(row["due_on"] is not None and row["due_on"] < today for row in left)
    last = max((row["received_at"] for row in rows if row["received_at"]), default=None)
    return {
        "places": len(rows) - counts[WorkState.PASSED_ON.value],
        "by_state": counts,
        "left": len(left),
        "overdue": late,
        "last_check_at": last,
    }


def live_places(connection: sa.Connection, keys: Collection[str]) -> int:
    """Return how many of these places belong to some work already."""
    query = (
        sa.select(sa.func.count(sa.distinct(assigned_places.c.place)))
        .join_from(assigned_places, assignments)
        .where(assignments.c.withdrawn_at.is_(None))
        .where(assigned_places.c.place == sa.any_(sa.literal(list(keys), sa.ARRAY(sa.Text))))
    )
    return connection.scalar(query) or 0
