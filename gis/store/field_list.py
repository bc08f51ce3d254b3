"""The list that a phone takes along: work given to somebody, and what waits where they may see.

One query for candidates and one for sites. What waits and was given to others is left to them;
what was given to somebody is theirs wherever it lies. Of the areas that a phone took along come
all places that its owner may see, whoever's work they are: there is no net to ask for them there.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.area import Box
from gis.domain.people.accounts import User
from gis.domain.people.assignment import MOST_PLACES, ListRules, ListTooLong
from gis.domain.place import STORE_EPSG
from gis.domain.terms import CandidateState, ReviewState, SiteState, WorkState
from gis.store import shape, shown, sight
from gis.store.field_work import held, last_check, work_state
from gis.store.tables import candidates, field_checks, listed, sites, teams, users
from gis.store.teams import ids_of_teams_with

LOOKED_AFTER = (SiteState.LISTED, SiteState.IN_REMEDIATION, SiteState.SUSPECTED)
"""Sites that are to be looked at now and then; accepted and closed ones have their own rounds."""
SIMPLIFIED_DEGREES = 1e-5
"""About one metre: finer than a phone's screen shows, far finer than its position."""
DECIMALS = 6


class Asked(NamedTuple):
    """Whose list of which district, at what moment, with which areas taken along."""

    user: User
    district_code: str
    now: datetime
    rules: ListRules
    areas: tuple[Box, ...] = ()


class FieldList(NamedTuple):
    """The places of a list; ``left_out`` others than given ones were too many for it."""

    places: list[dict[str, Any]]
    left_out: int


def _outline(column: sa.ColumnElement[Any]) -> list[sa.ColumnElement[Any]]:
    simple = sa.func.st_multi(sa.func.st_simplifypreservetopology(column, SIMPLIFIED_DEGREES))
    centre = sa.func.st_pointonsurface(column)
    return [
        sa.func.st_asgeojson(simple, DECIMALS).label("outline"),
        sa.func.round(sa.cast(sa.func.st_x(centre), sa.Numeric), DECIMALS).label("lon"),
        sa.func.round(sa.cast(sa.func.st_y(centre), sa.Numeric), DECIMALS).label("lat"),
    ]


def _work(asked: Asked, holder: sa.Subquery, check: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    state = work_state(holder.c.given_at, check)
    return [
        *(holder.c.assignment_id, holder.c.given_at, holder.c.due_on),
        *(holder.c.note.label("work_note"), holder.c.teaches),
        sa.func.coalesce(teams.c.name, users.c.display_name, holder.c.username).label("given_to"),
        sa.case((holder.c.place.is_not(None), state)).label("work"),
        _is_mine(asked, holder).label("is_mine"),
        *(check.c.verdict, check.c.review, check.c.recorded_by, check.c.found_at),
    ]


def _is_mine(asked: Asked, holder: sa.Subquery) -> sa.ColumnElement[bool]:
    mine = ids_of_teams_with(asked.user.username)
    return sa.func.coalesce(
        (holder.c.username == asked.user.username) | holder.c.team_id.in_(mine), sa.false()
    )


def _in_areas(asked: Asked, outline: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return whether an outline reaches into an area that is taken along."""
    boxes = (sa.func.st_makeenvelope(*area, STORE_EPSG) for area in asked.areas)
    return sa.or_(sa.false(), *(sa.func.st_intersects(outline, box) for box in boxes))


def _shown(
    asked: Asked,
    holder: sa.Subquery,
    check: sa.FromClause,
    waiting: sa.ColumnElement[bool],
    in_areas: sa.ColumnElement[bool],
) -> sa.ColumnElement[bool]:
    """Return whether a place is listed: mine and not long done, waiting for all, or taken along."""
    since = asked.now - timedelta(days=asked.rules.shown_done_days)
    is_done = work_state(holder.c.given_at, check) == WorkState.DONE
    mine = _is_mine(asked, holder) & (~is_done | (check.c.received_at >= since))
    return mine | (holder.c.place.is_(None) & waiting) | in_areas


def _candidates(connection: sa.Connection, asked: Asked) -> sa.Select[Any]:
    holder, one = held(asked.district_code), candidates.c
    check = last_check(field_checks.c.candidate_id == one.id)
    seen = sight.candidates_seen(connection)
    waiting = shown.waits() & seen
    is_open = (one.state != CandidateState.CONFIRMED) & shown.is_on_show()
    in_areas = is_open & seen & _in_areas(asked, one.outline)
    is_accepted = one.state == CandidateState.TO_VISIT
    state = shown.state().label("state")
    return (
        sa.select(
            *(one.id, one.version, one.class_name, one.confidence, state, one.area_m2),
            *(
                one.town,
                one.site_code,
                *_outline(one.outline),
                *_work(asked, holder, check),
            ),
        )
        .select_from(candidates)
        .outerjoin(holder, holder.c.candidate_id == one.id)
        .outerjoin(teams, teams.c.id == holder.c.team_id)
        .outerjoin(users, users.c.username == holder.c.username)
        .outerjoin(check, sa.true())
        .where(one.district_code == asked.district_code)
        .where(_shown(asked, holder, check, waiting, in_areas))
        .order_by(_is_mine(asked, holder).desc(), is_accepted.desc(), one.confidence.desc(), one.id)
        .limit(MOST_PLACES + 1)
    )


def due_for_a_look(
    site: sa.FromClause, check: sa.FromClause, now: datetime, rules: ListRules
) -> sa.ColumnElement[bool]:
    """Return whether a listed site was not looked at in the field for long, or never."""
    since = now - timedelta(days=rules.look_every_days)
    is_old = check.c.found_at.is_(None) | (check.c.found_at < since)
    is_void = check.c.review == ReviewState.REJECTED
    is_asked = site.c.state == SiteState.SUSPECTED  # however lately somebody was there
    return site.c.is_on_list & site.c.state.in_(LOOKED_AFTER) & (is_old | is_void | is_asked)


def site_check() -> sa.FromClause:
    """Return the newest field check of a site, or of the candidate that it was."""
    return last_check(
        field_checks.c.site_code == listed.c.code,
        field_checks.c.candidate_id == sites.c.candidate_id,
    )


def _sites(connection: sa.Connection, asked: Asked) -> sa.Select[Any]:
    holder, one = held(asked.district_code), listed.c
    check = site_check()
    seen = sight.rows_seen(connection, listed)
    waiting = due_for_a_look(listed, check, asked.now, asked.rules) & seen
    in_areas = one.is_on_list & seen & _in_areas(asked, sites.c.outline)
    return (
        sa.select(
            *(one.code, one.version, one.name, one.kind, one.waste_class, one.state, one.grade),
            *(one.town, one.reach, one.area_m2, one.height_m, *_outline(sites.c.outline)),
            *_work(asked, holder, check),
        )
        .select_from(listed)
        .join(sites, (sites.c.code == one.code) & (sites.c.version == one.version))
        .outerjoin(holder, holder.c.site_code == one.code)
        .outerjoin(teams, teams.c.id == holder.c.team_id)
        .outerjoin(users, users.c.username == holder.c.username)
        .outerjoin(check, sa.true())
        .where(one.district_code == asked.district_code)
        .where(_shown(asked, holder, check, waiting, in_areas))
        .order_by(_is_mine(asked, holder).desc(), one.grade_rank.nulls_last(), one.code)
        .limit(MOST_PLACES + 1)
    )


def field_list(connection: sa.Connection, asked: Asked) -> FieldList:
    """Return somebody's list; raises ListTooLong.

    Where all together are too many, only those given to somebody are kept: they are always there.
    """
    found = [
        {"type": kind, **row}
        for kind, query in (("candidate", _candidates), ("site", _sites))
        for row in connection.execute(query(connection, asked)).mappings()
    ]
    mine = [row for row in found if row["is_mine"]]
    if len(mine) > MOST_PLACES:
        raise ListTooLong(number=len(mine), most=MOST_PLACES)
    kept = found if len(found) <= MOST_PLACES else mine
    return FieldList([shape.loaded(row) for row in kept], len(found) - len(kept))
