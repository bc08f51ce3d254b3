"""The demo's two accounts: one that may do everything, and one of the field team for the phone."""

import os
from datetime import timedelta

from api.settings import Settings
from gis.domain.people.accounts import User
from gis.domain.people.passwords import one_time_password
from gis.domain.terms import Role
from gis.ledger import Book, people
from gis.ledger.hashing import is_right
from gis.store import people as stored

ACCOUNTS = (
    ("demo", "演示账号", Role.ADMINISTRATOR),
    ("demo-field", "演示外业", Role.FIELD),
)


def open_accounts(book: Book, settings: Settings) -> dict[str, str]:
    """Return the password of each demo account, opened where it is missing.

    A password is drawn once and kept in the data folder for its owner; it is drawn anew where the
    file is gone, or where it would not let anybody in any more.
    """
    return {
        username: _password(book, settings, username, display_name, role)
        for username, display_name, role in ACCOUNTS
    }


def _password(book: Book, settings: Settings, username: str, display_name: str, role: Role) -> str:
    path = settings.data_dir / f"{username}-password"
    with book.reading() as connection:
        known = stored.user_named(connection, username)
    kept = path.read_text().strip() if path.exists() else ""
    if known is not None and _lets_in(book, settings, known, kept):
        return kept
    password = one_time_password(username)
    if known is None:
        people.add_user(book, username, display_name, role, password)
    else:
        people.set_password(book, username, password)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(password + "\n")
    return password


def _lets_in(book: Book, settings: Settings, user: User, password: str) -> bool:
    days = settings.password_days
    is_old = bool(days) and book.clock() - user.password_set_at > timedelta(days=days)
    return not is_old and not user.must_change and is_right(user.password_hash, password)
