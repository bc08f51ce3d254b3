"""Passwords to argon2id hashes and back to yes or no."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


def hash_of(password: str) -> str:
    """Return the form in which a password is stored."""
    return PasswordHasher().hash(password)


@cache
def _decoy() -> str:
    """Return a hash to verify against when the name is unknown, so that both take as long."""
    return hash_of(secrets.token_hex())


def is_right(password_hash: str | None, password: str) -> bool:
    """Say whether a password fits a hash; without a hash it takes as long and is wrong."""
    try:
        PasswordHasher().verify(password_hash or _decoy(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
