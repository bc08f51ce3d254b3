"""Queries on accounts, sessions and failed log-ins; tokens are stored as hashes only."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from gis.domain.people import User
from gis.store import shape
from gis.store.tables import failed_logins, sessions, users


def user_named(connection: sa.Connection, username: str) -> User | None:
    """Return the account of that name, or None."""
    return shape.select_one(connection, User, sa.select(users).where(users.c.username == username))


def all_users(connection: sa.Connection) -> list[User]:
    """Return every account by name."""
    return shape.select_all(connection, User, sa.select(users).order_by(users.c.username))


def token_hash(token: str) -> str:
    """Return the form in which a session token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(
    connection: sa.Connection, user_id: UUID, token: str, now: datetime, longest: timedelta
) -> None:
    """Store a new session, and forget those that are too old to be of use."""
    connection.execute(sa.delete(sessions).where(sessions.c.created_at <= now - longest))
    connection.execute(
        sa.insert(sessions).values(
            token_sha256=token_hash(token), user_id=user_id, created_at=now, seen_at=now
        )
    )


def session_user(
    connection: sa.Connection, token: str, now: datetime, idle: timedelta, longest: timedelta
) -> User | None:
    """Return the account behind a session that is neither idle nor too old, and mark it seen."""
    alive = (
        (sessions.c.token_sha256 == token_hash(token))
        & (sessions.c.seen_at > now - idle)
        & (sessions.c.created_at > now - longest)
    )
    query = sa.select(users, sessions.c.seen_at).join_from(sessions, users).where(alive)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    if now - row["seen_at"] > timedelta(minutes=1):
        connection.execute(sa.update(sessions).where(alive).values(seen_at=now))
    return shape.noun_of(User, row)


def close_session(connection: sa.Connection, token: str) -> None:
    """End a session."""
    connection.execute(sa.delete(sessions).where(sessions.c.token_sha256 == token_hash(token)))


def close_sessions_of(connection: sa.Connection, user_id: UUID) -> None:
    """End every session of an account."""
    connection.execute(sa.delete(sessions).where(sessions.c.user_id == user_id))


def failures(
    connection: sa.Connection, username: str, address: str, since: datetime
) -> tuple[int, datetime | None]:
    """Return how many log-ins failed in a row from an address since a moment, and the last."""
    query = sa.select(failed_logins.c.failures, failed_logins.c.last_at).where(
        failed_logins.c.username == username,
        failed_logins.c.address == address,
        failed_logins.c.last_at > since,
    )
    row = connection.execute(query).one_or_none()
    return (0, None) if row is None else (row.failures, row.last_at)


def count_failure(
    connection: sa.Connection, username: str, address: str, now: datetime, since: datetime
) -> None:
    """Count one more failed log-in; failures before ``since`` no longer count."""
    row = insert(failed_logins).values(username=username, address=address, failures=1, last_at=now)
    again = sa.case((failed_logins.c.last_at > since, failed_logins.c.failures + 1), else_=1)
    connection.execute(
        row.on_conflict_do_update(
            index_elements=["username", "address"], set_={"failures": again, "last_at": now}
        )
    )


def forget_failures(connection: sa.Connection, username: str, address: str) -> None:
    """Start counting anew after a log-in that succeeded."""
    connection.execute(
        sa.delete(failed_logins).where(
            failed_logins.c.username == username, failed_logins.c.address == address
        )
    )
