"""Who may call what: every route names one of these rules, and a test enumerates all routes."""

from collections.abc import Collection
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


def member(request: Request) -> User:
    """Rule: any account, the auditor's too; raises NotSignedIn."""
    user = user_of(request)
    if user is None:
        raise NotSignedIn()
    return user


Member = Annotated[User, Depends(member)]

OFFICE = {Role.ANALYST, Role.REVIEWER, Role.MANAGER, Role.ADMINISTRATOR}


def _among(user: User, roles: Collection[Role]) -> User:
    if user.role not in roles:
        raise NotAllowed()
    return user


def reader(user: Member) -> User:
    """Rule: an account that may see the register; raises NotSignedIn, NotAllowed."""
    return _among(user, OFFICE | {Role.READER, Role.FIELD})


def field(user: Member) -> User:
    """Rule: an account that may send field checks; raises NotSignedIn, NotAllowed."""
    return _among(user, OFFICE | {Role.FIELD})


def writer(user: Member) -> User:
    """Rule: an account that may change the register; raises NotSignedIn, NotAllowed."""
    return _among(user, OFFICE)


def reviewer(user: Member) -> User:
    """Rule: an account that may pass checks, conclusions and rules; raises as `writer`."""
    return _among(user, {Role.REVIEWER, Role.ADMINISTRATOR})


def manager(user: Member) -> User:
    """Rule: an account that may give out work; raises NotSignedIn, NotAllowed."""
    return _among(user, {Role.REVIEWER, Role.MANAGER, Role.ADMINISTRATOR})


def administrator(user: Member) -> User:
    """Rule: an account that keeps the accounts; raises NotSignedIn, NotAllowed."""
    return _among(user, {Role.ADMINISTRATOR})


def auditor(user: Member) -> User:
    """Rule: an account that may read the log of all acts; raises NotSignedIn, NotAllowed."""
    return _among(user, {Role.AUDITOR, Role.ADMINISTRATOR})


RULES: tuple[Any, ...] = (
    *(anyone, member, reader, field, writer, reviewer, manager, administrator, auditor),
)
Anyone = Depends(anyone)
Reader = Annotated[User, Depends(reader)]
Field = Annotated[User, Depends(field)]
Writer = Annotated[User, Depends(writer)]
Reviewer = Annotated[User, Depends(reviewer)]
Manager = Annotated[User, Depends(manager)]
Administrator = Annotated[User, Depends(administrator)]
Auditor = Annotated[User, Depends(auditor)]
Engine = Annotated[sa.Engine, Depends(engine_of)]
Conf = Annotated[Settings, Depends(settings_of)]


def book_of(request: Request, user: Writer) -> Book:
    """Return the ledger, opened in the name of the signed-in account."""
    return Book(engine_of(request), user.username)


def field_book_of(request: Request, user: Field) -> Book:
    """Return the ledger, opened in the name of an account that may send field checks."""
    return Book(engine_of(request), user.username)


OpenBook = Annotated[Book, Depends(book_of)]
FieldBook = Annotated[Book, Depends(field_book_of)]
