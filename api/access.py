"""Who may call what: every route names one of these rules, and a test enumerates all routes."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, Request

from api.settings import Settings
from gis.domain.people import User
from gis.domain.terms import Role
from gis.errors import NotAllowed, NotSignedIn
from gis.ledger import Book
from gis.store import people
from gis.store.engine import connecting

COOKIE = "qingfei_session"


def settings_of(request: Request) -> Settings:
    """Return the settings that the server was started with."""
    settings: Settings = request.app.state.settings
    return settings


def engine_of(request: Request) -> sa.Engine:
    """Return the server's engine."""
    engine: sa.Engine = request.app.state.engine
    return engine


def user_of(request: Request) -> User | None:
    """Return who is signed in, or None; seeing a session keeps it from going idle."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    settings = settings_of(request)
    with connecting(engine_of(request)) as connection, connection.begin():
        return people.session_user(
            connection,
            token,
            datetime.now(UTC),
            timedelta(minutes=settings.session_idle_minutes),
            timedelta(hours=settings.session_hours),
        )


def anyone() -> None:
    """Rule: no session needed."""


def reader(request: Request) -> User:
    """Rule: any account; raises NotSignedIn."""
    user = user_of(request)
    if user is None:
        raise NotSignedIn()
    return user


def writer(user: Annotated[User, Depends(reader)]) -> User:
    """Rule: an account that may change the register; raises NotSignedIn, NotAllowed."""
    if user.role not in {Role.ANALYST, Role.REVIEWER, Role.MANAGER, Role.ADMINISTRATOR}:
        raise NotAllowed()
    return user


def reviewer(user: Annotated[User, Depends(reader)]) -> User:
    """Rule: an account that may pass conclusions and rules; raises NotSignedIn, NotAllowed."""
    if user.role not in {Role.REVIEWER, Role.ADMINISTRATOR}:
        raise NotAllowed()
    return user


RULES: tuple[Any, ...] = (anyone, reader, writer, reviewer)
Anyone = Depends(anyone)
Reader = Annotated[User, Depends(reader)]
Writer = Annotated[User, Depends(writer)]
Reviewer = Annotated[User, Depends(reviewer)]
Engine = Annotated[sa.Engine, Depends(engine_of)]
Conf = Annotated[Settings, Depends(settings_of)]


def book_of(request: Request, user: Writer) -> Book:
    """Return the ledger, opened in the name of the signed-in account."""
    return Book(engine_of(request), user.username)


OpenBook = Annotated[Book, Depends(book_of)]
