"""Queries on teams and on the people that work can be given to."""

from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.people.accounts import User
from gis.domain.people.team import Team
from gis.domain.terms import Role
from gis.store import shape
from gis.store.tables import teams, users

CHECKERS = frozenset(Role) - {Role.READER, Role.AUDITOR}
"""Roles whose accounts may send field checks."""


def filed_team(connection: sa.Connection, team_id: UUID) -> Team | None:
    """Return one team, or None."""
    return shape.select_one(connection, Team, sa.select(teams).where(teams.c.id == team_id))


def team(connection: sa.Connection, team_id: UUID) -> Team:
    """Return one team; raises NotInRegister."""
    found = filed_team(connection, team_id)
    if found is None:
        raise NotInRegister(id=team_id)
    return found


def teams_in(connection: sa.Connection, district_code: str) -> list[Team]:
    """Return a district's teams that are not dissolved, by name."""
    query = (
        sa.select(teams)
        .where(teams.c.district_code == district_code, teams.c.ended_at.is_(None))
        .order_by(teams.c.name, teams.c.id)
    )
    return shape.select_all(connection, Team, query)


def team_named(connection: sa.Connection, district_code: str, name: str) -> Team | None:
    """Return a district's team of that name that is not dissolved, or None."""
    query = sa.select(teams).where(
        teams.c.district_code == district_code, teams.c.name == name, teams.c.ended_at.is_(None)
    )
    return shape.select_one(connection, Team, query)


def ids_of_teams_with(username: str) -> sa.Select[tuple[UUID]]:
    """Return the select of the teams that somebody is in."""
    mine = sa.literal(username) == sa.any_(teams.c.members)
    return sa.select(teams.c.id).where(mine, teams.c.ended_at.is_(None))


def checkers(connection: sa.Connection) -> list[User]:
    """Return the accounts that may send field checks, by name; a suspended one may not."""
    query = (
        sa.select(users)
        .where(users.c.role.in_(CHECKERS), users.c.suspended_at.is_(None))
        .order_by(users.c.username)
    )
    return shape.select_all(connection, User, query)
