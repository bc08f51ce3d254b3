"""Accounts: who there is, what they may do, where they are signed in."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from api import wire_people
from api.access import Administrator, Conf, Engine, Here, policy_of
from api.names import PERSON
from gis.domain.people.accounts import Sight
from gis.domain.people.passwords import one_time_password
from gis.domain.terms import Role
from gis.ledger import Book
from gis.ledger import people as verbs
from gis.ledger.book import utc_now
from gis.ledger.signing import LOCK_MINUTES, MOST_FAILURES
from gis.store import people, refusals, sessions
from gis.store.engine import connecting

router = APIRouter(prefix="/api/people")

Name = Annotated[str, StringConstraints(max_length=60, pattern=PERSON)]


class PersonBody(BaseModel):
    """What an account is called, may do, and sees."""

    display_name: Name = ""
    role: Role
    towns: list[Name] = Field([], max_length=100)
    units: list[Name] = Field([], max_length=100)

    @property
    def sight(self) -> Sight:
        """Whose rows the account sees."""
        return Sight(tuple(self.towns), tuple(self.units))


class NewPerson(PersonBody):
    """An account to be opened."""

    username: str = Field(min_length=1, max_length=100)


@router.get("")
def all_people(user: Administrator, engine: Engine) -> dict[str, Any]:
    """Return every account, what each role may do, and which names are locked where."""
    with connecting(engine) as connection:
        seen = sessions.last_seen(connection)
        found = [wire_people.person(one, seen.get(one.id)) for one in people.all_users(connection)]
        since = utc_now() - timedelta(minutes=LOCK_MINUTES)
        locked = refusals.locks(connection, MOST_FAILURES, since)
        towns, units = people.towns_known(connection), people.units_known(connection)
    return {
        "people": found,
        "roles": wire_people.roles(),
        "locks": [wire_people.lock(one) for one in locked],
        "towns": towns,
        "units": units,
    }


@router.post("", status_code=201)
def open_account(body: NewPerson, user: Administrator, engine: Engine) -> dict[str, Any]:
    """Open an account; its one-time password is in this answer and nowhere else."""
    password = one_time_password(body.username)
    person = verbs.add_user(
        Book(engine, user.username),
        body.username,
        body.display_name,
        body.role,
        password,
        body.sight,
        must_change=True,
    )
    return {"person": wire_people.person(person, None), "password": password}


@router.put("/{username}")
def put_person(
    username: str, body: PersonBody, user: Administrator, engine: Engine
) -> dict[str, Any]:
    """Change what an account is called, may do, and sees; another role ends its sessions."""
    book = Book(engine, user.username)
    person = verbs.change_user(book, username, body.display_name, body.role, body.sight)
    return {"person": wire_people.person(person, None)}


@router.put("/{username}/suspension", status_code=204)
def suspend(username: str, user: Administrator, engine: Engine) -> None:
    """Let nobody enter with an account, from now on."""
    verbs.suspend_user(Book(engine, user.username), username)


@router.delete("/{username}/suspension", status_code=204)
def reopen(username: str, user: Administrator, engine: Engine) -> None:
    """Let a suspended account enter again."""
    verbs.reopen_user(Book(engine, user.username), username)


@router.post("/{username}/password")
def reset_password(username: str, user: Administrator, engine: Engine) -> dict[str, str]:
    """Give an account a one-time password, which is in this answer and nowhere else."""
    password = one_time_password(username)
    verbs.set_password(Book(engine, user.username), username, password, must_change=True)
    return {"password": password}


@router.delete("/{username}/lock", status_code=204)
def unlock(username: str, user: Administrator, engine: Engine) -> None:
    """Forget an account's failed log-ins."""
    verbs.unlock_user(Book(engine, user.username), username)


@router.get("/{username}/sessions")
def sessions_of(
    username: str, user: Administrator, here: Here, engine: Engine, conf: Conf
) -> dict[str, Any]:
    """Return where an account is signed in."""
    with connecting(engine) as connection:
        person = people.known(connection, username)
        found = sessions.sessions_of(connection, person.id, utc_now(), policy_of(conf).lives)
    return {"sessions": [wire_people.session(one, here.session.id) for one in found]}


@router.delete("/{username}/sessions/{session_id}", status_code=204)
def end_session(username: str, session_id: UUID, user: Administrator, engine: Engine) -> None:
    """End one session of an account, such as a lost phone's."""
    verbs.revoke_session(Book(engine, user.username), username, session_id)


@router.delete("/{username}/sessions")
def end_sessions(username: str, user: Administrator, engine: Engine) -> dict[str, int]:
    """End every session of an account."""
    return {"ended": verbs.revoke_sessions(Book(engine, user.username), username)}
