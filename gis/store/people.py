"""Queries on accounts and the passwords they had."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.people.accounts import User
from gis.domain.terms import Role
from gis.store import shape
from gis.store.sight import BETWEEN_UNITS
from gis.store.tables import candidates, listed, old_passwords, projects, site_tags, users


def user_named(connection: sa.Connection, username: str) -> User | None:
    """Return the account of that name, or None."""
    return shape.select_one(connection, User, sa.select(users).where(users.c.username == username))


def known(connection: sa.Connection, username: str) -> User:
    """Return the account of that name; raises NotInRegister."""
    user = user_named(connection, username)
    if user is None:
        raise NotInRegister(id=username)
    return user


def is_taken(connection: sa.Connection, username: str) -> bool:
    """Say whether an account has this name, in capitals or small letters."""
    query = sa.select(users.c.id).where(sa.func.lower(users.c.username) == username.lower())
    return connection.execute(query.limit(1)).first() is not None


def all_users(connection: sa.Connection) -> list[User]:
    """Return every account by name."""
    return shape.select_all(connection, User, sa.select(users).order_by(users.c.username))


def others_of(connection: sa.Connection, role: Role, but: UUID) -> int:
    """Count the accounts of a role that may sign in, one left out."""
    query = sa.select(sa.func.count()).where(
        users.c.role == role, users.c.suspended_at.is_(None), users.c.id != but
    )
    return connection.execute(query).scalar_one()


def keep_password(
    connection: sa.Connection, user_id: UUID, password_hash: str, now: datetime
) -> None:
    """Remember a password's hash, so that the next ones are others."""
    row = {"user_id": user_id, "set_at": now, "password_hash": password_hash}
    connection.execute(sa.insert(old_passwords).values(row))


def last_passwords(connection: sa.Connection, user_id: UUID, number: int) -> list[str]:
    """Return the hashes of an account's last passwords, the newest first."""
    query = sa.select(old_passwords.c.password_hash).where(old_passwords.c.user_id == user_id)
    newest = query.order_by(old_passwords.c.set_at.desc()).limit(number)
    return list(connection.scalars(newest))


def towns_known(connection: sa.Connection) -> list[str]:
    """Return the towns of sites and candidates, which an account's sight may be limited to."""
    found = sa.union(
        sa.select(listed.c.town).where(listed.c.town.is_not(None)),
        sa.select(candidates.c.town).where(candidates.c.town.is_not(None)),
    )
    return sorted(town for town in connection.scalars(found) if town)


def units_known(connection: sa.Connection) -> list[str]:
    """Return the units that lead or support tasks and projects."""
    several = sa.func.regexp_split_to_table(projects.c.supporting_units, BETWEEN_UNITS)
    found = sa.union(
        sa.select(site_tags.c.lead_unit), sa.select(projects.c.lead_unit), sa.select(several)
    )
    return sorted(unit for unit in connection.scalars(found) if unit)
