"""Signing in and out."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api import wire_people
from api.access import COOKIE, Anyone, Conf, Engine, Here, address_of, policy_of
from api.browsers import browser_of
from gis.domain.people.accounts import Session
from gis.domain.terms import SessionKind
from gis.ledger import Book
from gis.ledger.signing import STRANGER, Knock, sign_in, sign_out

router = APIRouter(prefix="/api/session")

TEXT = r"^[^\x00]*$"


class Credentials(BaseModel):
    """What is typed into the log-in form; ``device`` names a phone that stays signed in."""

    username: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=200)
    device: str = Field("", max_length=60, pattern=TEXT)


@router.post("", dependencies=[Anyone])
def enter(
    sent: Credentials, request: Request, response: Response, engine: Engine, conf: Conf
) -> dict[str, Any]:
    """Open a session; five failures in a row from one address lock the name there for a while."""
    browser = browser_of(request.headers.get("user-agent", ""))
    knock = Knock(sent.username, sent.password, address_of(request), browser, sent.device.strip())
    user, session, token = sign_in(Book(engine, STRANGER), knock, policy_of(conf))
    response.set_cookie(
        COOKIE,
        token,
        max_age=_seconds(session, conf.session_hours, conf.device_days),
        httponly=True,
        samesite="lax",
        secure=conf.secure_cookie,
    )
    return wire_people.here(user, session)


def _seconds(session: Session, hours: int, days: int) -> int:
    return days * 86_400 if session.kind is SessionKind.DEVICE else hours * 3600


@router.get("")
def who(here: Here) -> dict[str, Any]:
    """Say who is signed in."""
    return wire_people.here(here.user, here.session)


@router.delete("", status_code=204)
def leave(request: Request, response: Response, engine: Engine, here: Here) -> None:
    """End this session."""
    sign_out(Book(engine, here.user.username), here.session, request.cookies[COOKIE])
    response.delete_cookie(COOKIE)
