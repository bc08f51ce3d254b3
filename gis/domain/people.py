"""Accounts, and what makes a password acceptable."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gis.domain.errors import PasswordTooWeak
from gis.domain.terms import Role


@dataclass(frozen=True, slots=True)
class User:
    """A person's account; ``password_hash`` is argon2id and never leaves the server."""

    id: UUID
    username: str
    display_name: str
    role: Role
    password_hash: str
    created_at: datetime


def require_strong(password: str, username: str) -> None:
    """Refuse a password below GB/T 22239-2019 level 2 as assessors read it.

    Three of four kinds of character stands against ASVS 5.0 (6.2.5); the Chinese rule is the one
    this system is inspected by. Raises PasswordTooWeak.
    """
    kinds = (
        any(c.islower() for c in password),
        any(c.isupper() for c in password),
        any(c.isdigit() for c in password),
        any(not c.isalnum() for c in password),
    )
    if len(password) < 10 or sum(kinds) < 3 or username.lower() in password.lower():
        raise PasswordTooWeak()
