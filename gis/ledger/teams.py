"""Verbs on teams: make, change, dissolve."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from gis.domain.errors import SameName
from gis.domain.people.team import MemberUnknown, Team, TeamBusy, TeamEmpty, TeamEnded
from gis.domain.sites.errors import IdReused
from gis.ledger.book import Book, Entry
from gis.store import field_work, places, shape, sight, tables, teams


@dataclass(frozen=True, slots=True)
class TeamSent:
    """A team as the page sends it: ``id`` was made there, once."""

    id: UUID
    district_code: str
    name: str
    lead: str | None
    members: Sequence[str]


def save_team(book: Book, sent: TeamSent) -> tuple[Team, bool]:
    """Make a team, or change its name, lead and members; return it and whether it is new.

    The same again changes nothing. Raises DistrictUnknown, IdReused, MemberUnknown, SameName,
    TeamEmpty, TeamEnded.
    """
    members = tuple(dict.fromkeys(sent.members))
    with book.entry() as entry:
        places.district(entry.connection, sent.district_code)
        known = teams.filed_team(entry.connection, sent.id)
        if known is not None and known.district_code != sent.district_code:
            raise IdReused(id=sent.id)
        if known is not None and known.ended_at is not None:
            raise TeamEnded(name=known.name)
        team = Team(
            id=sent.id,
            district_code=sent.district_code,
            name=sent.name.strip(),
            lead=sent.lead,
            members=members,
            made_at=known.made_at if known else entry.now,
            made_by=known.made_by if known else entry.actor,
            ended_at=None,
        )
        if team == known:
            return known, False
        _require_sound(entry, team)
        if known is None:
            shape.insert(entry.connection, tables.teams, [team])
            entry.log("make_team", "team", team.id, after=team)
        else:
            shape.replace(entry.connection, tables.teams, team)
            entry.log("change_team", "team", team.id, before=known, after=team)
        return team, known is None


def _require_sound(entry: Entry, team: Team) -> None:
    if not team.name or not team.members or (team.lead and team.lead not in team.members):
        raise TeamEmpty(name=team.name or "—")
    able = {user.username for user in teams.checkers(entry.connection)}
    for username in team.members:
        if username not in able:
            raise MemberUnknown(username=username[:60])
    other = teams.team_named(entry.connection, team.district_code, team.name)
    if other is not None and other.id != team.id:
        raise SameName(name=team.name)


def end_team(book: Book, team_id: UUID) -> Team:
    """Dissolve a team that holds no unfinished work; its past stays. Again it changes nothing.

    Raises NotInRegister, TeamBusy.
    """
    with book.entry() as entry:
        before = teams.team(entry.connection, team_id)
        if before.ended_at is not None:
            return before
        with sight.lifted(entry.connection):
            rows = field_work.places_of(entry.connection, before.district_code)
        mine = [row for row in rows if row["team_id"] == team_id]
        left = field_work.progress(mine, entry.now.date())["left"]
        if left:
            raise TeamBusy(name=before.name, places=left)
        after = replace(before, ended_at=entry.now)
        shape.replace(entry.connection, tables.teams, after)
        entry.log("end_team", "team", team_id, before=before, after=after)
        return after
