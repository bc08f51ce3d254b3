"""One's own account: its password, and where it is signed in."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api import wire_people
from api.access import Conf, Engine, Here, Member, policy_of
from gis.ledger import Book
from gis.ledger.book import utc_now
from gis.ledger.people import revoke_session, revoke_sessions
from gis.ledger.signing import change_own_password
from gis.store import sessions
from gis.store.engine import connecting

router = APIRouter(prefix="/api/account")


class NewPassword(BaseModel):
    """The password one has, and the one that shall be."""

    old: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


@router.put("/password", status_code=204)
def put_password(body: NewPassword, here: Here, engine: Engine) -> None:
    """Change one's password; one's other sessions end."""
    book = Book(engine, here.user.username)
    change_own_password(book, here.user, here.session, body.old, body.new)


@router.get("/sessions")
def my_sessions(user: Member, here: Here, engine: Engine, conf: Conf) -> dict[str, Any]:
    """Return where one is signed in."""
    with connecting(engine) as connection:
        found = sessions.sessions_of(connection, user.id, utc_now(), policy_of(conf).lives)
    return {"sessions": [wire_people.session(one, here.session.id) for one in found]}


@router.delete("/sessions/{session_id}", status_code=204)
def end_session(session_id: UUID, user: Member, engine: Engine) -> None:
    """End one of one's own sessions."""
    revoke_session(Book(engine, user.username), user.username, session_id)


@router.delete("/sessions")
def end_others(user: Member, here: Here, engine: Engine) -> dict[str, int]:
    """End all of one's own sessions but this one."""
    book = Book(engine, user.username)
    return {"ended": revoke_sessions(book, user.username, but=here.session.id)}
