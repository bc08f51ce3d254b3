"""Field checks as the office's queue shows them, what teams hear of theirs, how readers agree."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, distinct_on

from gis.domain.terms import ReviewAct, ReviewState, Standing, Verdict
from gis.store import shape, sight
from gis.store.page import Key, Page, keyset
from gis.store.tables import candidates, check_reviews, field_checks, listed, photos, teams, users
from gis.store.tables.base import TermText

check = field_checks.c
site_code = sa.func.coalesce(check.site_code, candidates.c.site_code)
town = sa.func.coalesce(listed.c.town, candidates.c.town)
final_verdict = sa.type_coerce(
    sa.func.coalesce(check.edited["verdict"].astext, sa.cast(check.verdict, sa.Text)),
    TermText(Verdict),
)
NOTHING = sa.cast(sa.literal("[]"), JSONB)
TOLD = (
    *(ReviewAct.FIND_ISSUES, ReviewAct.APPROVE, ReviewAct.EDIT, ReviewAct.REJECT),
    *(ReviewAct.SETTLE, ReviewAct.SET_ASIDE, ReviewAct.TAKE_UP, ReviewAct.TAKE_AT_ONCE),
)
"""Steps of a person of the office, of which the field team hears."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Which checks are wanted; what is empty or None leaves all in."""

    reviews: tuple[ReviewState, ...] = ()
    standings: tuple[Standing, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    town: str | None = None
    recorded_by: str | None = None
    team_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    has_warnings: bool | None = None


def _placed() -> sa.FromClause:
    """Return checks with the candidate and the site that they are of."""
    return field_checks.outerjoin(candidates, candidates.c.id == check.candidate_id).outerjoin(
        listed, listed.c.code == site_code
    )


def _warned() -> sa.ColumnElement[bool]:
    """Return whether a rule of the form spoke, or something about a photograph."""
    doubtful = photos.c.judgement["warnings"] != NOTHING
    photo = sa.exists().where(photos.c.check_id == check.id, doubtful)
    return (check.problems != NOTHING) | photo


def _wanted(queue: Queue) -> list[sa.ColumnElement[bool]]:
    tests: list[sa.ColumnElement[bool]] = []
    if queue.reviews:
        tests.append(check.review.in_(queue.reviews))
    if queue.standings:
        tests.append(check.standing.in_(queue.standings))
    if queue.verdicts:
        tests.append(final_verdict.in_(queue.verdicts))
    if queue.town is not None:
        tests.append(town == queue.town)
    if queue.recorded_by is not None:
        tests.append(check.recorded_by == queue.recorded_by)
    if queue.team_id is not None:
        members = sa.select(sa.func.unnest(teams.c.members)).where(teams.c.id == queue.team_id)
        tests.append(check.recorded_by.in_(members))
    if queue.since is not None:
        tests.append(check.found_at >= queue.since)
    if queue.until is not None:
        tests.append(check.found_at < queue.until)
    if queue.has_warnings is not None:
        tests.append(_warned() if queue.has_warnings else ~_warned())
    return tests


def page(
    connection: sa.Connection, district_code: str, queue: Queue, *, limit: int, after: str | None
) -> Page[dict[str, Any]]:
    """Return a page of a district's checks, the newest first."""
    received = sa.select(sa.func.count()).where(photos.c.check_id == check.id).scalar_subquery()
    query = (
        sa.select(
            *(check.id, check.candidate_id, check.review, check.standing, check.version),
            *(check.recorded_by, check.found_at, check.received_at, check.via, check.problems),
            *(check.effect_at, check.seen_outline, listed.c.name, candidates.c.class_name),
            final_verdict.label("verdict"),
            site_code.label("site_code"),
            town.label("town"),
            users.c.display_name.label("recorder"),
            sa.func.jsonb_array_length(check.photos).label("photos_announced"),
            received.label("photos_known"),
            _warned().label("is_warned"),
        )
        .select_from(_placed().outerjoin(users, users.c.username == check.recorded_by))
        .where(check.district_code == district_code, sight.checks_seen(connection))
        .where(*_wanted(queue))
    )
    return keyset(
        connection,
        query,
        order=(Key(check.received_at, True), Key(check.id)),
        read=shape.loaded,
        about=(district_code, queue),
        limit=limit,
        after=after,
    )


def counts(connection: sa.Connection, district_code: str) -> dict[str, Any]:
    """Return how many checks stand in each state of review, and what is to be settled."""
    query = (
        sa.select(check.review, check.standing, sa.func.count().label("n"))
        .where(check.district_code == district_code, sight.checks_seen(connection))
        .group_by(check.review, check.standing)
    )
    by_review = dict.fromkeys((state.value for state in ReviewState), 0)
    waiting = {Standing.PARALLEL.value: 0, Standing.PROPOSAL.value: 0}
    for row in connection.execute(query):
        by_review[row.review.value] += row.n
        if row.review.is_open and row.standing.value in waiting:
            waiting[row.standing.value] += row.n
    return {"by_review": by_review, "to_settle": waiting}


def choices(connection: sa.Connection, district_code: str) -> dict[str, Any]:
    """Return the towns and people that a district's checks are of."""
    mine = check.district_code == district_code, sight.checks_seen(connection)
    named = sa.select(town).select_from(_placed()).where(*mine, town.is_not(None)).distinct()
    people = (
        sa.select(check.recorded_by, users.c.display_name)
        .select_from(field_checks.outerjoin(users, users.c.username == check.recorded_by))
        .where(*mine)
        .distinct()
        .order_by(check.recorded_by)
    )
    return {
        "towns": sorted(connection.scalars(named)),
        "people": [
            {"username": row.recorded_by, "name": row.display_name or row.recorded_by}
            for row in connection.execute(people)
        ],
    }


def mine(
    connection: sa.Connection, username: str, received_since: datetime, changed_since: datetime
) -> list[dict[str, Any]]:
    """Return what the office said of somebody's checks, those that moved since a moment."""
    last = (
        sa.select(check_reviews)
        .where(check_reviews.c.check_id == check.id, check_reviews.c.act.in_(TOLD))
        .order_by(check_reviews.c.number.desc())
        .limit(1)
        .lateral("last")
    )
    moved_at = (
        sa.select(sa.func.max(check_reviews.c.at))
        .where(check_reviews.c.check_id == check.id)
        .scalar_subquery()
    )
    query = (
        sa.select(
            *(check.id, check.candidate_id, check.site_code.label("of_site"), check.review),
            *(check.standing, check.received_at, check.problems, site_code.label("site_code")),
            *(last.c.comment, last.c.at.label("reviewed_at"), last.c.by.label("reviewed_by")),
            users.c.display_name.label("reviewer"),
        )
        .select_from(
            field_checks.outerjoin(candidates, candidates.c.id == check.candidate_id)
            .outerjoin(last, sa.true())
            .outerjoin(users, users.c.username == last.c.by)
        )
        .where((check.recorded_by == username) | (check.received_by == username))
        .where(check.received_at >= received_since, moved_at >= changed_since)
        .order_by(check.received_at.desc(), check.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def second_readings(connection: sa.Connection, district_code: str) -> list[tuple[str, str]]:
    """Return the first two verdicts, by different people, of each place that two have checked."""
    key = sa.func.coalesce(site_code, sa.cast(check.candidate_id, sa.Text))
    first = (
        sa.select(key.label("place"), check.recorded_by, check.verdict, check.received_at, check.id)
        .select_from(field_checks.outerjoin(candidates, candidates.c.id == check.candidate_id))
        .where(check.district_code == district_code, sight.checks_seen(connection))
        .ext(distinct_on(key, check.recorded_by))
        .order_by(key, check.recorded_by, check.received_at, check.id)
        .subquery()
    )
    turn = sa.func.row_number().over(
        partition_by=first.c.place, order_by=(first.c.received_at, first.c.id)
    )
    ranked = sa.select(first.c.place, first.c.verdict, turn.label("turn")).subquery()
    one, other = ranked.alias("one"), ranked.alias("other")
    query = (
        sa.select(one.c.verdict, other.c.verdict)
        .join_from(one, other, (one.c.place == other.c.place) & (other.c.turn == 2))
        .where(one.c.turn == 1)
        .order_by(one.c.place)
    )
    return [(row[0].value, row[1].value) for row in connection.execute(query)]
