"""Queries on sessions; their tokens are stored as hashes only."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from gis.domain.people.accounts import Lifetimes, Session, User
from gis.domain.terms import SessionKind
from gis.store import shape
from gis.store.tables import sessions, users


def token_hash(token: str) -> str:
    """Return the form in which a session token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _alive(now: datetime, lives: Lifetimes) -> sa.ColumnElement[bool]:
    is_device = sessions.c.kind == SessionKind.DEVICE
    return sa.or_(
        sa.and_(is_device, sessions.c.created_at > now - lives.device),
        sa.and_(
            ~is_device,
            sessions.c.created_at > now - lives.longest,
            sessions.c.seen_at > now - lives.idle,
        ),
    )


def open_session(
    connection: sa.Connection, user_id: UUID, token: str, session: Session, lives: Lifetimes
) -> None:
    """Store a new session, and forget those that have ended."""
    connection.execute(sa.delete(sessions).where(~_alive(session.created_at, lives)))
    row = shape.row_of(session)
    row.pop("username")
    connection.execute(
        sa.insert(sessions).values(token_sha256=token_hash(token), user_id=user_id, **row)
    )


def session_user(
    connection: sa.Connection, token: str, now: datetime, lives: Lifetimes
) -> tuple[User, Session] | None:
    """Return who is behind a session that has not ended, and mark it seen."""
    mine = (sessions.c.token_sha256 == token_hash(token)) & users.c.suspended_at.is_(None)
    query = _named(users).where(mine, _alive(now, lives))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    session = _session(row)
    if now - session.seen_at > timedelta(minutes=1):
        seen = sa.update(sessions).where(sessions.c.id == session.id).values(seen_at=now)
        connection.execute(seen)
    return shape.noun_of(User, row), session


def sessions_of(
    connection: sa.Connection, user_id: UUID, now: datetime, lives: Lifetimes
) -> list[Session]:
    """Return where an account is signed in, the last seen first."""
    query = _named().where(sessions.c.user_id == user_id, _alive(now, lives))
    newest = query.order_by(sessions.c.seen_at.desc())
    return [_session(row) for row in connection.execute(newest).mappings()]


def last_seen(connection: sa.Connection) -> dict[UUID, datetime]:
    """Return when each account with a session was last seen."""
    seen = sa.func.max(sessions.c.seen_at).label("seen_at")
    query = sa.select(sessions.c.user_id, seen).group_by(sessions.c.user_id)
    return {row.user_id: row.seen_at for row in connection.execute(query)}


def close_session(connection: sa.Connection, session_id: UUID, user_id: UUID) -> Session | None:
    """End a session of an account; returns it, or None where the account has no such session."""
    mine = (sessions.c.id == session_id) & (sessions.c.user_id == user_id)
    row = connection.execute(_named().where(mine)).mappings().one_or_none()
    connection.execute(sa.delete(sessions).where(mine))
    return None if row is None else _session(row)


def close_token(connection: sa.Connection, token: str) -> None:
    """End the session of a token, if there is one."""
    connection.execute(sa.delete(sessions).where(sessions.c.token_sha256 == token_hash(token)))


def close_sessions_of(
    connection: sa.Connection, user_id: UUID, but: UUID | None = None
) -> list[Session]:
    """End every session of an account, one left out; returns those that ended."""
    theirs = sessions.c.user_id == user_id
    if but is not None:
        theirs &= sessions.c.id != but
    found = [_session(row) for row in connection.execute(_named().where(theirs)).mappings()]
    connection.execute(sa.delete(sessions).where(theirs))
    return found


def _named(*further: sa.Table) -> sa.Select[tuple[object, ...]]:
    """Select sessions under names of their own, so that an account's columns can stand beside."""
    mine = [sessions.c[name].label(f"s_{name}") for name in _OWN]
    return sa.select(*mine, users.c.username, *further).join_from(sessions, users)


_OWN = ("id", "kind", "device", "address", "browser", "created_at", "seen_at")


def _session(row: sa.RowMapping) -> Session:
    return Session(username=row["username"], **{name: row[f"s_{name}"] for name in _OWN})
