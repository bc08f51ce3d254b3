"""Verbs of signing in and out, and of one's own password; what is refused is logged as well."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from gis.domain.people.accounts import Lifetimes, Session, User
from gis.domain.people.errors import (
    AccountSuspended,
    DeviceNotForRole,
    LockedOut,
    OldPasswordWrong,
    PasswordReused,
    WrongPassword,
)
from gis.domain.people.passwords import REMEMBERED, require_strong
from gis.domain.terms import Right, SessionKind
from gis.ledger.book import Book, Entry
from gis.ledger.hashing import hash_of, is_right
from gis.store import people, refusals, sessions, shape, tables

MOST_FAILURES = 5
MOST_FROM_ADDRESS = 100
LOCK_MINUTES = 5
STRANGER = "-"
"""Stands in the log for a name of no account: it may be a password typed one line too high."""


@dataclass(frozen=True, slots=True)
class Knock:
    """What somebody at the door gives: a name, a password, whence, and a phone's own name."""

    username: str
    password: str
    address: str
    browser: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """How long sessions live, and after how many days a password must change; 0 is never."""

    lives: Lifetimes
    password_days: int


def sign_in(book: Book, knock: Knock, policy: Policy) -> tuple[User, Session, str]:
    """Open a session; returns it with its token, which is stored nowhere.

    Five failures in a row from one address lock the name there, not elsewhere; the lock ends by
    itself, and no attempt makes it longer. Raises WrongPassword, LockedOut, AccountSuspended,
    DeviceNotForRole.
    """
    with book.reading() as connection:
        user = people.user_named(connection, knock.username)
    named = replace(book, actor=user.username if user else STRANGER)
    _refuse_locked(named, knock.username, knock.address)
    if not is_right(user.password_hash if user else None, knock.password) or user is None:
        _fail(named, knock.username, knock.address)
        raise WrongPassword()
    if user.suspended_at is not None:
        refuse(named, "sign_in_refused", knock.address)
        raise AccountSuspended(username=user.username)
    if knock.device and not user.may(Right.CHECK):
        raise DeviceNotForRole()
    _refuse_locked(named, knock.username, knock.address)  # a right guess among many at once
    token = secrets.token_urlsafe(32)
    with named.entry() as entry:
        refusals.forget_failures(entry.connection, user.username, knock.address)
        user = _still(entry, user, policy)
        session = Session(
            id=uuid4(),
            username=user.username,
            kind=SessionKind.DEVICE if knock.device else SessionKind.OFFICE,
            device=knock.device,
            address=knock.address,
            browser=knock.browser,
            created_at=entry.now,
            seen_at=entry.now,
        )
        sessions.open_session(entry.connection, user.id, token, session, policy.lives)
        entry.log("sign_in", "user", user.username, after=session)
    return user, session, token


def _still(entry: Entry, known: User, policy: Policy) -> User:
    """Return the account as it is now, to change its password where that is too old."""
    user = people.user_named(entry.connection, known.username)
    if user is None or user.password_hash != known.password_hash or user.suspended_at is not None:
        raise WrongPassword()  # it changed while the password was compared
    days = policy.password_days
    if days and not user.must_change and entry.now - user.password_set_at > timedelta(days=days):
        old, user = user, replace(user, must_change=True)
        shape.replace(entry.connection, tables.users, user)
        entry.log("expire_password", "user", user.username, before=old, after=user)
    return user


def sign_out(book: Book, session: Session, token: str) -> None:
    """End the session one is in."""
    with book.entry() as entry:
        sessions.close_token(entry.connection, token)
        entry.log("sign_out", "user", session.username, before=session)


def change_own_password(book: Book, user: User, session: Session, old: str, new: str) -> None:
    """Change one's own password and end one's other sessions; this one goes on.

    Raises LockedOut, OldPasswordWrong, PasswordTooWeak, PasswordReused.
    """
    _refuse_locked(book, user.username, session.address)
    if not is_right(user.password_hash, old):
        _fail(book, user.username, session.address)
        raise OldPasswordWrong()
    require_strong(new, user.username)
    with book.reading() as connection:
        last = people.last_passwords(connection, user.id, REMEMBERED)
    if any(is_right(one, new) for one in last):
        raise PasswordReused(number=REMEMBERED)
    hashed = hash_of(new)
    with book.entry() as entry:
        before = people.user_named(entry.connection, user.username)
        if before is None or before.password_hash != user.password_hash:
            raise OldPasswordWrong()
        after = replace(before, password_hash=hashed, password_set_at=entry.now, must_change=False)
        people.keep_password(entry.connection, user.id, hashed, entry.now)
        sessions.close_sessions_of(entry.connection, user.id, but=session.id)
        shape.replace(entry.connection, tables.users, after)
        entry.log("change_password", "user", user.username, before=before, after=after)


def _fail(book: Book, username: str, address: str) -> None:
    """Count a wrong password against the name at this address, and log it.

    Of many guesses at once only the first few are told that they are wrong; raises LockedOut.
    """
    now = book.clock()
    with book.reading() as connection, connection.begin():
        since = now - timedelta(minutes=LOCK_MINUTES)
        number = refusals.count_failure(connection, username, address, now, since)
    refuse(book, "sign_in_refused", address)
    if number > MOST_FAILURES:
        raise LockedOut(minutes=LOCK_MINUTES)


def refuse(book: Book, verb: str, address: str, what: str = "") -> None:
    """Log that something was refused to the book's actor; a flood is counted, not written out."""
    with book.reading() as connection, connection.begin():
        number = refusals.count(connection, verb, f"{address} {book.actor}", book.clock())
    if refusals.is_logged(number):
        with book.entry() as entry:
            after = {"address": address, "what": what, "number_this_minute": number}
            entry.log(verb, "user", book.actor, after=after)


def _refuse_locked(book: Book, username: str, address: str) -> None:
    since = book.clock() - timedelta(minutes=LOCK_MINUTES)
    with book.reading() as connection:
        tried = refusals.failures(connection, username, address, since)
        from_there = refusals.failures_from(connection, address, since)
    if tried >= MOST_FAILURES or from_there >= MOST_FROM_ADDRESS:
        refuse(book, "sign_in_refused", address, "locked")
        raise LockedOut(minutes=LOCK_MINUTES)
