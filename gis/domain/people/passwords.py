"""What makes a password acceptable, and one-time passwords that can be read out by telephone.

The policy is that of GB/T 22239-2019 level 2 as assessors read it: three of four kinds of
character, a change every 90 days unless set otherwise. ASVS 5.0 (6.2.5, 6.2.10) forbids both; the
Chinese rule is the one this system is inspected by, so it is the default, and
QINGFEI_PASSWORD_DAYS=0 ends the periodic change where nobody asks for it.
"""

import re
import secrets
import unicodedata

from gis.domain.errors import PasswordTooWeak
from gis.domain.people.errors import NameUnfit

REMEMBERED = 3
"""A new password is none of the last three."""

LEAST_NAMED = 3
"""A shorter name is in every other password by chance; ``-`` would be in every one drawn here."""

_CLEAR = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that cannot be taken for one another."""


def require_strong(password: str, username: str) -> None:
    """Refuse a password below the policy; raises PasswordTooWeak."""
    kinds = (
        any(c.islower() for c in password),
        any(c.isupper() for c in password),
        any(c.isdigit() for c in password),
        any(not c.isalnum() for c in password),
    )
    is_named = len(username) >= LEAST_NAMED and username.lower() in password.lower()
    if len(password) < 10 or sum(kinds) < 3 or is_named:
        raise PasswordTooWeak()


def require_name(username: str) -> None:
    """Refuse a user name that could be taken for another, or for the terminal's ``cli:``.

    Wide letters look like others and are not: ｄｅｍｏ is no second demo.
    """
    is_plain = unicodedata.normalize("NFKC", username) == username
    if not is_plain or not re.fullmatch(r"\w[\w.-]{0,39}", username):
        raise NameUnfit(name=username[:40])


def one_time_password(username: str) -> str:
    """Return a fresh password of 16 clear characters in fours (93 bits) that the policy takes."""
    while True:
        groups = ("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(4))
        password = "-".join(groups)
        try:
            require_strong(password, username)
        except PasswordTooWeak:
            continue
        return password
