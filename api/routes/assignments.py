"""Teams and the work that is given to them; a person's own list."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from api import compact, wire_work
from api.access import Engine, Manager, OpenBook, Reader, Writer
from api.access import Field as FieldTeam
from api.area import box_of
from api.bodies.work import WorkBody
from api.names import LINE
from gis.ledger.book import utc_now
from gis.ledger.field_work import give_work, withdraw_work
from gis.ledger.teams import TeamSent, end_team, save_team
from gis.rules.field_list import list_rules
from gis.store import field_list, field_work, imagery, places, register, teaching, teams, work_board
from gis.store.engine import connecting

router = APIRouter(prefix="/api")

TEXT = r"^[^\x00]*$"
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=TEXT)]
AreaText = Annotated[str, Field(max_length=120)]
MOST_AREAS = 20


class TeamBody(BaseModel):
    """A team as the page sends it."""

    district: Annotated[str, Field(max_length=20, pattern=TEXT)]
    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=LINE)
    ]
    lead: Name | None = None
    members: Annotated[list[Name], Field(max_length=200)]


class Withdrawal(BaseModel):
    """Why work is taken back."""

    reason: str = Field(max_length=1000, pattern=TEXT)


@router.get("/field/list")
def my_list(
    user: FieldTeam,
    request: Request,
    engine: Engine,
    district: str,
    area: Annotated[list[AreaText] | None, Query(max_length=MOST_AREAS)] = None,
) -> Response:
    """Return the caller's list of a district; 304 where it is as the phone has it.

    ``area`` is a box that the phone took along, as west,south,east,north in degrees.
    """
    now, areas = utc_now(), tuple(box_of(text) for text in area or ())
    with connecting(engine) as connection:
        place = places.district(connection, district)
        asked = field_list.Asked(user, district, now, list_rules(), areas)
        found = field_list.field_list(connection, asked)
        scenes = imagery.all_scenes(connection, district)
    body = {
        "district": wire_work.district(place),
        "left_out": found.left_out,
        "places": wire_work.field_places(found.places, scenes),
    }
    return compact.answer(request, body, as_of=now)


@router.get("/teams")
def all_teams(user: Reader, engine: Engine, district: str) -> dict[str, Any]:
    """Return a district's teams, and the people that can be in one."""
    with connecting(engine) as connection:
        places.district(connection, district)
        people = teams.checkers(connection)
        found = teams.teams_in(connection, district)
    names = {one.username: one.display_name for one in people}
    return {
        "teams": [wire_work.team(one, names) for one in found],
        "people": [wire_work.person(one) for one in people],
    }


@router.put("/teams/{team_id}")
def put_team(
    team_id: UUID, body: TeamBody, response: Response, user: Manager, book: OpenBook
) -> dict[str, Any]:
    """Make a team, or change it: 201 the first time, 200 after."""
    sent = TeamSent(team_id, body.district, body.name, body.lead, body.members)
    team, is_new = save_team(book, sent)
    response.status_code = 201 if is_new else 200
    return wire_work.team(team, {})


@router.put("/teams/{team_id}/end", status_code=204)
def put_end(team_id: UUID, user: Manager, book: OpenBook) -> None:
    """Dissolve a team that has no work left."""
    end_team(book, team_id)


@router.put("/assignments/{assignment_id}")
def put_assignment(
    assignment_id: UUID, body: WorkBody, response: Response, user: Manager, book: OpenBook
) -> dict[str, Any]:
    """Give work to a person or a team: 201 the first time, 200 when it comes again."""
    given = give_work(book, body.sent(assignment_id))
    response.status_code = 201 if given.is_new else 200
    with book.reading() as connection:
        to = work_board.name_of(connection, given.assignment)
    return wire_work.assignment(given.assignment, to, None) | {"passed_on": given.passed_on}


@router.put("/assignments/{assignment_id}/withdrawal", status_code=204)
def withdraw(assignment_id: UUID, body: Withdrawal, user: Manager, book: OpenBook) -> None:
    """Take work back, with the reason."""
    withdraw_work(book, assignment_id, body.reason)


@router.get("/assignments")
def all_assignments(
    user: Writer, engine: Engine, district: str, withdrawn: bool = False
) -> dict[str, Any]:
    """Return a district's work, the newest first, each with how far it is."""
    today = register.day_of(utc_now())
    with connecting(engine) as connection:
        places.district(connection, district)
        board = work_board.board(connection, district, today, with_withdrawn=withdrawn)
    return {
        "assignments": [
            wire_work.assignment(one, board.names[one.id], board.progress.get(one.id))
            for one in board.work
        ]
    }


@router.get("/assignments/{assignment_id}")
def one(assignment_id: UUID, user: Writer, engine: Engine) -> dict[str, Any]:
    """Return one piece of work with its places and how each stands."""
    today = register.day_of(utc_now())
    with connecting(engine) as connection:
        found = field_work.assignment(connection, assignment_id)
        rows = field_work.places_of(connection, found.district_code, [assignment_id])
        to = work_board.name_of(connection, found)
    plain = ("place", "work", "verdict", "recorded_by", "received_at", "check_id", "teaches")
    return {
        **wire_work.assignment(found, to, field_work.progress(rows, today)),
        "items": [{name: row[name] for name in plain} for row in rows],
    }


@router.get("/work/board")
def board(user: Writer, engine: Engine, district: str) -> dict[str, Any]:
    """Return how far each team and person is with what they were given."""
    now = utc_now()
    with connecting(engine) as connection:
        places.district(connection, district)
        return work_board.rows(connection, district, now)


class PlaceWish(BaseModel):
    """Which places are to be chosen from."""

    district: str
    type: str = Field("", pattern="^(candidate|site|)$")
    town: str = Field("", max_length=60, pattern=TEXT)
    min_confidence: int = Field(0, ge=0, le=100)
    holder: str = Field("", pattern="^(nobody|somebody|)$")
    due: date | None = None


@router.get("/work/places")
def to_give(user: Writer, engine: Engine, wish: Annotated[PlaceWish, Query()]) -> dict[str, Any]:
    """Return the places that can be given out, and who has which; capped, and says so."""
    with connecting(engine) as connection:
        places.district(connection, wish.district)
        return work_board.places_to_give(
            connection,
            wish.district,
            utc_now(),
            list_rules(),
            kind=wish.type,
            town=wish.town,
            min_confidence=wish.min_confidence / 100,
            holder=wish.holder,
        )


@router.get("/work/teaching")
def teach(
    user: Writer,
    engine: Engine,
    district: str,
    number: Annotated[int, Query(ge=1, le=100)] = 10,
) -> dict[str, Any]:
    """Return the candidates whose checks would teach the next model most, each with the reason."""
    with connecting(engine) as connection:
        places.district(connection, district)
        found = teaching.lessons(connection, district, number)
    return {
        "items": [
            {"key": f"candidate:{one.key}", "reason": one.reason, "measure": round(one.measure, 3)}
            for one in found
        ]
    }
