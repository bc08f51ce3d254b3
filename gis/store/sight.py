"""Whose rows a connection sees: the one place where the conditions of towns and units are built.

A door binds the account's sight to the engine it hands out (`bound`); every connection of it then
carries that sight, and the queries of this package ask for it here. Nobody can open a connection
for an account and forget what it may see. An engine that nobody bound (terminal, import, demo)
sees everything, for which no condition is added at all.

A site's town is the one that lists show; its units are those that lead or support its tasks and
projects now. A candidate that became a site is seen as that site, any other by its town; one of
unknown town is seen by accounts without limits and by those who were given it as work. What stood
at an earlier day is shown to those who may see the place today.
"""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.people.accounts import EVERYTHING, Sight
from gis.domain.people.sight_errors import BeyondSight, WholeDistrictOnly
from gis.store.tables import (
    assigned_places,
    assignments,
    candidates,
    field_checks,
    listed,
    photos,
    project_tasks,
    projects,
    site_tags,
    teams,
)

OPTION = "qingfei_sight"
BETWEEN_UNITS = r"[、，,；;\s]+"
Column = sa.ColumnElement[Any]
Condition = sa.ColumnElement[bool]


def bound(engine: sa.Engine, sight: Sight) -> sa.Engine:
    """Return the engine whose connections see what ``sight`` says; the pool stays one."""
    return engine.execution_options(**{OPTION: sight})


def of(connection: sa.Connection) -> Sight:
    """Return what a connection sees."""
    found: Sight = connection.get_execution_options().get(OPTION, EVERYTHING)
    return found


def mark(connection: sa.Connection) -> str:
    """Return a short name of what a connection sees, for the ETags of what it is shown."""
    return hashlib.sha256(repr(of(connection)).encode()).hexdigest()[:12]


@contextmanager
def lifted(connection: sa.Connection) -> Iterator[None]:
    """See everything for a while, where a verb must take in what its sender cannot look at."""
    before = of(connection)
    connection.execution_options(**{OPTION: EVERYTHING})
    try:
        yield
    finally:
        connection.execution_options(**{OPTION: before})


def sites_seen(connection: sa.Connection, code: Column) -> Condition:
    """Return whether the site that bears ``code`` is seen."""
    sight = of(connection)
    return sa.true() if sight.is_everything else code.in_(_site_codes(sight))


def rows_seen(connection: sa.Connection, row: sa.FromClause) -> Condition:
    """Return whether a row of the list of now is seen; ``row`` has the columns of `listed`."""
    sight = of(connection)
    return sa.true() if sight.is_everything else _site(sight, row)


def candidates_seen(connection: sa.Connection) -> Condition:
    """Return whether a row of `candidates` is seen."""
    sight = of(connection)
    return sa.true() if sight.is_everything else _candidate(sight)


def places_seen(connection: sa.Connection, candidate_id: Column, site_code: Column) -> Condition:
    """Return whether a row is seen that speaks of a candidate or of a site, the other being null.

    Where it names both, the site decides.
    """
    sight = of(connection)
    if sight.is_everything:
        return sa.true()
    seen = sa.select(candidates.c.id).where(_candidate(sight))
    return site_code.in_(_site_codes(sight)) | (site_code.is_(None) & candidate_id.in_(seen))


def sees(connection: sa.Connection, candidate_id: UUID | None, site_code: str | None) -> bool:
    """Return whether one place is seen."""
    of_what = sa.literal(candidate_id, sa.UUID), sa.literal(site_code, sa.Text)
    return bool(connection.scalar(sa.select(places_seen(connection, *of_what))))


def checks_seen(connection: sa.Connection) -> Condition:
    """Return whether a row of `field_checks` is seen: one's own, wherever it is, or its place."""
    check = field_checks.c
    who = of(connection).who
    own = sa.and_(sa.literal(who) != "", (check.recorded_by == who) | (check.received_by == who))
    return own | places_seen(connection, check.candidate_id, check.site_code)


def photos_seen(connection: sa.Connection) -> Condition:
    """Return whether a row of `photos` is seen: one's own, or that of a check that is seen."""
    sight = of(connection)
    if sight.is_everything:
        return sa.true()
    own = (photos.c.announced_by == sight.who) | (photos.c.recorded_by == sight.who)
    checks = sa.select(field_checks.c.id).where(checks_seen(connection))
    return sa.and_(sa.literal(sight.who) != "", own) | photos.c.check_id.in_(checks)


def work_seen(connection: sa.Connection) -> Condition:
    """Return whether a row of `assignments` is seen: given by or to oneself, or of a place seen."""
    sight = of(connection)
    if sight.is_everything:
        return sa.true()
    place = assigned_places.c
    of_seen = sa.select(place.assignment_id).where(
        places_seen(connection, place.candidate_id, place.site_code)
    )
    return (assignments.c.given_by == sight.who) | assignments.c.id.in_(of_seen)


def works_seen(connection: sa.Connection, row: sa.FromClause) -> Condition:
    """Return whether a row of works is seen: in one's towns, or led or helped by one's units.

    ``row`` has the columns of `due_works`. Other works of a site that is seen are not one's own.
    """
    sight = of(connection)
    if sight.is_everything:
        return sa.true()
    tests: list[Condition] = []
    if sight.towns:
        tests.append(_among(row.c.town, sight.towns))
    if sight.units:
        wanted = sa.bindparam(None, sorted(sight.units), type_=sa.ARRAY(sa.Text))
        tests += [_among(row.c.lead_unit, sight.units), row.c.supporting.op("&&")(wanted)]
    return sa.or_(sa.false(), *tests)


def notices_seen(connection: sa.Connection, row: sa.FromClause) -> Condition:
    """Return whether a row of `lagging_notices` is seen: by a unit, what was issued to it.

    A town's office is a unit too. Drafts are the whole district's.
    """
    sight = of(connection)
    if sight.is_everything:
        return sa.true()
    mine = sa.bindparam(None, sorted({*sight.units, *sight.towns}), type_=sa.ARRAY(sa.Text))
    return row.c.number.is_not(None) & row.c.units.op("&&")(mine)


def require_whole(connection: sa.Connection) -> None:
    """Refuse an account that sees a part of the district only; raises WholeDistrictOnly."""
    if not of(connection).is_everything:
        raise WholeDistrictOnly()


def require_seen(connection: sa.Connection, touched: Collection[tuple[str, str]]) -> None:
    """Refuse what was written in the caller's transaction to things that the account cannot see.

    ``touched`` are kinds of subjects with their ids. Raises BeyondSight, WholeDistrictOnly.
    """
    sight = of(connection)
    if sight.is_everything:
        return
    if {kind for kind, _ in touched} & WHOLE:
        raise WholeDistrictOnly()
    if codes := {of_what for kind, of_what in touched if kind == "site"}:
        found = sa.select(listed.c.code).where(_among(listed.c.code, codes), _site(sight, listed))
        _require(codes, set(connection.scalars(found)))
    if ids := {of_what for kind, of_what in touched if kind == "candidate"}:
        mine = sa.cast(candidates.c.id, sa.Text)
        found = sa.select(mine).where(candidates.c.id.in_(map(UUID, ids)), _candidate(sight))
        _require(ids, set(connection.scalars(found)))


WHOLE = frozenset(
    {
        *("backfill_plan", "batch", "import", "layer", "model", "rule", "rule_set", "run"),
        *("elevation", "ignore_zone", "samples", "scene"),
    }
)
"""Subjects of acts that no part of a district can do for itself."""


def _require(touched: set[str], seen: set[str]) -> None:
    if unseen := sorted(touched - seen):
        raise BeyondSight(place="、".join(unseen[:3]) + ("…" if unseen[3:] else ""))


def _site_codes(sight: Sight) -> sa.Select[Any]:
    return sa.select(listed.c.code).where(_site(sight, listed))


def _site(sight: Sight, row: sa.FromClause) -> Condition:
    """Return whether a site is seen: by its town, by its units, or because it was given as work."""
    tests: list[Condition] = []
    if sight.towns:
        tests.append(_among(row.c.town, sight.towns))
    if sight.units:
        tests.append(row.c.code.in_(_of_units(sight)))
    if sight.who:
        tests.append(row.c.code.in_(_given_sites(sight.who)))
    return sa.or_(sa.false(), *tests)


def _candidate(sight: Sight) -> Condition:
    """Return whether a candidate is seen: as its site, by its town, or as work that was given."""
    is_site = candidates.c.site_code.in_(_site_codes(sight))
    tests: list[Condition] = []
    if sight.towns:
        tests.append(_among(candidates.c.town, sight.towns))
    if sight.who:
        tests.append(candidates.c.id.in_(_given(sight.who, assigned_places.c.candidate_id)))
    return is_site | (candidates.c.site_code.is_(None) & sa.or_(sa.false(), *tests))


def _of_units(sight: Sight) -> sa.CompoundSelect[Any]:
    """Return the codes of the sites whose tasks or projects are a unit's, leading or supporting."""
    units = sight.units
    mine = _among(site_tags.c.lead_unit, units) | _among(site_tags.c.task, sight.tasks)
    tagged = sa.select(site_tags.c.site_code).where(site_tags.c.removed_at.is_(None), mine)
    later = projects.alias("later_version")
    newer = sa.exists().where(later.c.id == projects.c.id, later.c.version > projects.c.version)
    supports = sa.func.regexp_split_to_array(projects.c.supporting_units, BETWEEN_UNITS)
    wanted = sa.bindparam(None, sorted(units), type_=sa.ARRAY(sa.Text))
    leads = _among(projects.c.lead_unit, units) | supports.op("&&")(wanted)
    return sa.union(
        tagged, sa.select(projects.c.site_code).where(leads, ~newer), _of_tasks(units, wanted)
    )


def _of_tasks(units: Collection[str], wanted: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Return the codes of the sites that have a sub-task of a unit, leading or supporting."""
    task, later = project_tasks.c, project_tasks.alias("later_task")
    newer = sa.exists().where(later.c.id == task.id, later.c.version > task.version)
    supports = sa.func.regexp_split_to_array(task.supporting_units, BETWEEN_UNITS)
    leads = _among(task.lead_unit, units) | supports.op("&&")(wanted)
    return sa.select(task.site_code).where(leads, task.dropped_reason == "", ~newer)


def _given(who: str, what: Column) -> sa.Select[Any]:
    """Return a column of the places that are somebody's work now, by name or by their team."""
    in_team = teams.c.ended_at.is_(None) & (sa.literal(who) == sa.any_(teams.c.members))
    mine = (assignments.c.username == who) | in_team
    return (
        sa.select(what)
        .join_from(assigned_places, assignments)
        .outerjoin(teams, teams.c.id == assignments.c.team_id)
        .where(assignments.c.withdrawn_at.is_(None), mine, what.is_not(None))
    )


def _given_sites(who: str) -> sa.CompoundSelect[Any]:
    """Return the codes of the sites that are somebody's work, also as the candidates they were."""
    ids = _given(who, assigned_places.c.candidate_id)
    became = sa.select(candidates.c.site_code).where(
        candidates.c.id.in_(ids), candidates.c.site_code.is_not(None)
    )
    return sa.union(_given(who, assigned_places.c.site_code), became)


def _among(column: Column, words: Collection[str]) -> Condition:
    wanted = sa.bindparam(None, sorted(words), type_=sa.ARRAY(sa.Text))
    return column == sa.any_(wanted)
