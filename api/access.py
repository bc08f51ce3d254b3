"""Who may call what: every route names one of these rules, and a test enumerates all routes."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, Request

from api.settings import Settings
from gis.domain.people.accounts import NOTHING, Lifetimes, Session, User
from gis.domain.people.errors import PasswordToBeChanged
from gis.domain.terms import Right
from gis.errors import NotAllowed, NotSignedIn
from gis.ledger import Book
from gis.ledger.signing import Policy
from gis.rules import tasks
from gis.store import sessions, sight
from gis.store.engine import connecting

COOKIE = "qingfei_session"


def settings_of(request: Request) -> Settings:
    """Return the settings that the server was started with."""
    settings: Settings = request.app.state.settings
    return settings


def whole_engine(request: Request) -> sa.Engine:
    """Return the server's engine as nobody is shown it: for sessions and the log alone."""
    engine: sa.Engine = request.app.state.engine
    return engine


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is signed in, and by which session."""

    user: User
    session: Session


def policy_of(settings: Settings) -> Policy:
    """Return how long sessions live and passwords last."""
    lives = Lifetimes(
        idle=timedelta(minutes=settings.session_idle_minutes),
        longest=timedelta(hours=settings.session_hours),
        device=timedelta(days=settings.device_days),
    )
    return Policy(lives, settings.password_days)


def address_of(request: Request) -> str:
    """Return whence a request comes; of IPv6 the network, for one machine has all of its addresses.

    Behind a proxy on this machine it is what the proxy says (X-Forwarded-For, uvicorn reads it).
    """
    text = request.client.host if request.client else ""
    try:
        address = ip_address(text)
    except ValueError:
        return text[:60]
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return str(address)


def caller_of(request: Request) -> Caller | None:
    """Return who is signed in, or None; seeing a session keeps it from going idle."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    lives = policy_of(settings_of(request)).lives
    with connecting(whole_engine(request)) as connection, connection.begin():
        found = sessions.session_user(connection, token, datetime.now(UTC), lives)
    return Caller(*found) if found else None


Visitor = Annotated[Caller | None, Depends(caller_of)]


def engine_of(request: Request, visitor: Visitor) -> sa.Engine:
    """Return the server's engine, bound to what the caller may see; a stranger sees no row.

    Routes get their connections from it alone, so that none can forget whose rows it may show.
    """
    user = None if visitor is None else visitor.user
    seen = NOTHING if user is None else replace(user.sight, tasks=tasks.supported_by(user.units))
    return sight.bound(whole_engine(request), seen)


def anyone() -> None:
    """Rule: no session needed."""


def signed_in(caller: Visitor) -> Caller:
    """Rule: any account, also one that has to change its password first; raises NotSignedIn."""
    if caller is None:
        raise NotSignedIn()
    return caller


Here = Annotated[Caller, Depends(signed_in)]


def member(caller: Here) -> User:
    """Rule: any account, the auditor's too; raises NotSignedIn, PasswordToBeChanged."""
    if caller.user.must_change:
        raise PasswordToBeChanged()
    return caller.user


Member = Annotated[User, Depends(member)]


def _with(user: User, right: Right) -> User:
    if not user.may(right):
        raise NotAllowed()
    return user


def reader(user: Member) -> User:
    """Rule: an account that may see the register; raises as `member`, NotAllowed."""
    return _with(user, Right.READ)


def field(user: Member) -> User:
    """Rule: an account that may send field checks; raises as `member`, NotAllowed."""
    return _with(user, Right.CHECK)


def writer(user: Member) -> User:
    """Rule: an account that may change the register; raises as `member`, NotAllowed."""
    return _with(user, Right.EDIT)


def reviewer(user: Member) -> User:
    """Rule: an account that may pass checks, conclusions and rules; raises as `writer`."""
    return _with(user, Right.REVIEW)


def manager(user: Member) -> User:
    """Rule: an account that may give out work; raises as `member`, NotAllowed."""
    return _with(user, Right.ASSIGN)


def administrator(user: Member) -> User:
    """Rule: an account that keeps the accounts; raises as `member`, NotAllowed."""
    return _with(user, Right.ACCOUNTS)


def auditor(user: Member) -> User:
    """Rule: an account that may read the log of all acts; raises as `member`, NotAllowed."""
    return _with(user, Right.LOG)


RIGHT_OF: dict[Any, Right] = {
    reader: Right.READ,
    field: Right.CHECK,
    writer: Right.EDIT,
    reviewer: Right.REVIEW,
    manager: Right.ASSIGN,
    administrator: Right.ACCOUNTS,
    auditor: Right.LOG,
}
"""The right that each rule asks for; which role has it stands in `MAY` of the accounts."""

RULES: tuple[Any, ...] = (anyone, signed_in, member, *RIGHT_OF)
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


def book_of(engine: Engine, user: Writer) -> Book:
    """Return the ledger, opened in the name of the signed-in account."""
    return Book(engine, user.username)


def field_book_of(engine: Engine, user: Field) -> Book:
    """Return the ledger, opened in the name of an account that may send field checks."""
    return Book(engine, user.username)


OpenBook = Annotated[Book, Depends(book_of)]
FieldBook = Annotated[Book, Depends(field_book_of)]
