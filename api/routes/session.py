"""Signing in and out."""

import secrets
from datetime import UTC, datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.access import COOKIE, Anyone, Conf, Engine, Member
from gis.domain.people import User
from gis.errors import NotSignedIn
from gis.ledger import Book
from gis.store import people
from gis.store.engine import connecting

router = APIRouter(prefix="/api/session")

MOST_FAILURES = 5
LOCK_MINUTES = 5


class WrongPassword(NotSignedIn):
    """The name or the password is wrong; which one is not said."""

    code = "wrong_password"
    zh = "用户名或密码不正确，请重新输入。"
    en = "The user name or the password is wrong; type them again."


class LockedOut(NotSignedIn):
    """Too many failures from one address. Facts: minutes."""

    code = "locked_out"
    zh = "连续登录失败次数过多，请 {minutes} 分钟后再试。"
    en = "Too many failed attempts; try again in {minutes} minutes."


class Credentials(BaseModel):
    """What is typed into the log-in form."""

    username: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=200)


@cache
def _decoy() -> str:
    """Return a hash to verify against when the name is unknown, so that both take as long."""
    return PasswordHasher().hash(secrets.token_hex())


def _is_right(user: User | None, password: str) -> bool:
    try:
        PasswordHasher().verify(user.password_hash if user else _decoy(), password)
    except (VerificationError, InvalidHashError):
        return False
    return user is not None


def _wire(user: User) -> dict[str, dict[str, str]]:
    return {
        "user": {
            "username": user.username,
            "display_name": user.display_name,
            "role": user.role.value,
        }
    }


@router.post("", dependencies=[Anyone])
def sign_in(
    sent: Credentials, request: Request, response: Response, engine: Engine, conf: Conf
) -> dict[str, dict[str, str]]:
    """Open a session; five failures in a row from one address lock the name there for a while."""
    now = datetime.now(UTC)
    address = request.client.host if request.client else ""
    since = now - timedelta(minutes=LOCK_MINUTES)
    with connecting(engine) as connection:
        failures, _ = people.failures(connection, sent.username, address, since)
        user = people.user_named(connection, sent.username)
    if failures >= MOST_FAILURES:
        raise LockedOut(minutes=LOCK_MINUTES)
    is_right = _is_right(user, sent.password)
    token = secrets.token_urlsafe(32)
    with Book(engine, sent.username).entry() as entry:
        if is_right and user is not None:
            people.forget_failures(entry.connection, sent.username, address)
            longest = timedelta(hours=conf.session_hours)
            people.open_session(entry.connection, user.id, token, entry.now, longest)
        else:
            people.count_failure(entry.connection, sent.username, address, entry.now, since)
        entry.log("sign_in" if is_right else "sign_in_refused", "user", sent.username)
    if not is_right or user is None:
        raise WrongPassword()
    response.set_cookie(
        COOKIE,
        token,
        max_age=conf.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=conf.secure_cookie,
    )
    return _wire(user)


@router.get("")
def who(user: Member) -> dict[str, dict[str, str]]:
    """Say who is signed in."""
    return _wire(user)


@router.delete("", status_code=204)
def sign_out(request: Request, response: Response, engine: Engine, user: Member) -> None:
    """End this session."""
    with Book(engine, user.username).entry() as entry:
        people.close_session(entry.connection, request.cookies[COOKIE])
        entry.log("sign_out", "user", user.username)
    response.delete_cookie(COOKIE)
