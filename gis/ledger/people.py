"""Verbs on accounts."""

from dataclasses import replace
from uuid import uuid4

from argon2 import PasswordHasher

from gis.domain.errors import NotInRegister, SameName
from gis.domain.people import User, require_strong
from gis.domain.terms import Role
from gis.ledger.book import Book
from gis.store import people, shape, tables


def add_user(book: Book, username: str, display_name: str, role: Role, password: str) -> User:
    """Open an account; raises PasswordTooWeak, SameName."""
    require_strong(password, username)
    with book.entry() as entry:
        if people.user_named(entry.connection, username) is not None:
            raise SameName(name=username)
        user = User(
            id=uuid4(),
            username=username,
            display_name=display_name,
            role=role,
            password_hash=PasswordHasher().hash(password),
            created_at=entry.now,
        )
        shape.insert(entry.connection, tables.users, [user])
        entry.log("add_user", "user", username, after=user)
        return user


def set_password(book: Book, username: str, password: str) -> None:
    """Change a password and end the account's sessions; raises NotInRegister, PasswordTooWeak."""
    require_strong(password, username)
    with book.entry() as entry:
        user = people.user_named(entry.connection, username)
        if user is None:
            raise NotInRegister(id=username)
        changed = replace(user, password_hash=PasswordHasher().hash(password))
        shape.replace(entry.connection, tables.users, changed)
        people.close_sessions_of(entry.connection, user.id)
        entry.log("set_password", "user", username)
