"""Verbs on accounts: open, change, suspend, give a new password, unlock, end sessions."""

from dataclasses import replace
from uuid import UUID, uuid4

from gis.domain.errors import SameName
from gis.domain.people.accounts import EVERYTHING, Sight, User
from gis.domain.people.errors import AuditorApart, LastAdministrator, SessionUnknown
from gis.domain.people.passwords import require_name, require_strong
from gis.domain.terms import Role
from gis.ledger.book import Book, Entry
from gis.ledger.hashing import hash_of
from gis.store import people, refusals, sessions, shape, tables


def add_user(
    book: Book,
    username: str,
    display_name: str,
    role: Role,
    password: str,
    sight: Sight = EVERYTHING,
    must_change: bool = False,
) -> User:
    """Open an account; raises NameUnfit, PasswordTooWeak, SameName."""
    require_name(username)
    require_strong(password, username)
    hashed = hash_of(password)
    with book.entry() as entry:
        if people.is_taken(entry.connection, username):
            raise SameName(name=username)
        user = User(
            id=uuid4(),
            username=username,
            display_name=display_name.strip() or username,
            role=role,
            password_hash=hashed,
            created_at=entry.now,
            password_set_at=entry.now,
            must_change=must_change,
            towns=_names(sight.towns),
            units=_names(sight.units),
        )
        shape.insert(entry.connection, tables.users, [user])
        people.keep_password(entry.connection, user.id, hashed, entry.now)
        entry.log("add_user", "user", username, after=user)
        return user


def change_user(book: Book, username: str, display_name: str, role: Role, sight: Sight) -> User:
    """Change an account's name shown, role and towns; another role ends its sessions.

    Raises NotInRegister, LastAdministrator, AuditorApart.
    """
    with book.entry() as entry:
        before = people.known(entry.connection, username)
        if role is not before.role:
            if Role.AUDITOR in (role, before.role):
                raise AuditorApart(username=username)
            _require_another_administrator(entry, before)
            sessions.close_sessions_of(entry.connection, before.id)
        after = replace(
            before,
            display_name=display_name.strip() or username,
            role=role,
            towns=_names(sight.towns),
            units=_names(sight.units),
        )
        return _store(entry, "change_user", before, after)


def suspend_user(book: Book, username: str) -> User:
    """Let nobody enter with an account and end its sessions; raises as `change_user`."""
    with book.entry() as entry:
        before = people.known(entry.connection, username)
        if before.suspended_at is not None:
            return before
        _require_another_administrator(entry, before)
        sessions.close_sessions_of(entry.connection, before.id)
        return _store(entry, "suspend_user", before, replace(before, suspended_at=entry.now))


def reopen_user(book: Book, username: str) -> User:
    """Let a suspended account enter again; raises NotInRegister."""
    with book.entry() as entry:
        before = people.known(entry.connection, username)
        return _store(entry, "reopen_user", before, replace(before, suspended_at=None))


def set_password(book: Book, username: str, password: str, must_change: bool = False) -> None:
    """Give an account another password and end its sessions.

    With ``must_change`` it serves once: the next to enter has to choose another. Raises
    NotInRegister, PasswordTooWeak.
    """
    require_strong(password, username)
    hashed = hash_of(password)
    with book.entry() as entry:
        before = people.known(entry.connection, username)
        after = replace(
            before, password_hash=hashed, password_set_at=entry.now, must_change=must_change
        )
        people.keep_password(entry.connection, before.id, hashed, entry.now)
        sessions.close_sessions_of(entry.connection, before.id)
        refusals.forget_failures(entry.connection, username)
        _store(entry, "set_password", before, after)


def unlock_user(book: Book, username: str) -> None:
    """Forget the failed log-ins of an account at every address; raises NotInRegister."""
    with book.entry() as entry:
        people.known(entry.connection, username)
        if refusals.forget_failures(entry.connection, username):
            entry.log("unlock_user", "user", username)


def revoke_session(book: Book, username: str, session_id: UUID) -> None:
    """End one session, such as a lost phone's; raises NotInRegister, SessionUnknown."""
    with book.entry() as entry:
        user = people.known(entry.connection, username)
        session = sessions.close_session(entry.connection, session_id, user.id)
        if session is None:
            raise SessionUnknown()
        entry.log("revoke_session", "user", username, before=session)


def revoke_sessions(book: Book, username: str, but: UUID | None = None) -> int:
    """End every session of an account, one left out; returns how many; raises NotInRegister."""
    with book.entry() as entry:
        user = people.known(entry.connection, username)
        ended = sessions.close_sessions_of(entry.connection, user.id, but)
        for session in ended:
            entry.log("revoke_session", "user", username, before=session)
        return len(ended)


def _require_another_administrator(entry: Entry, user: User) -> None:
    is_acting = user.role is Role.ADMINISTRATOR and user.suspended_at is None
    if is_acting and not people.others_of(entry.connection, Role.ADMINISTRATOR, user.id):
        raise LastAdministrator(username=user.username)


def _store(entry: Entry, verb: str, before: User, after: User) -> User:
    if after != before:
        shape.replace(entry.connection, tables.users, after)
        entry.log(verb, "user", before.username, before=before, after=after)
    return after


def _names(sent: tuple[str, ...]) -> tuple[str, ...]:
    """Return names without blanks round them, each once, in the order given."""
    return tuple(dict.fromkeys(name.strip() for name in sent if name.strip()))
