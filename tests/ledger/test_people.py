"""Accounts: strong passwords, one name each, and a changed password that ends every session."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from gis.domain.errors import NotInRegister, PasswordTooWeak, SameName
from gis.domain.terms import Role
from gis.ledger import people
from gis.store import people as stored
from gis.store import tables
from tests.ledger.looking import everything, rows, verbs

PASSWORD, OTHER = "Kundulun-2026", "Baotou-2027-x"
DAY = timedelta(days=1)


def add(book, name="wang", password=PASSWORD):
    return people.add_user(book, name, "王工", Role.ADMINISTRATOR, password)


def test_an_account_is_opened_and_its_password_is_stored_as_a_hash_only(book):
    user = add(book)
    assert PasswordHasher().verify(user.password_hash, PASSWORD)
    assert user.password_hash.startswith("$argon2id$")
    stored_rows = str(everything(book))
    assert PASSWORD not in stored_rows
    with book.reading() as connection:
        logged = connection.scalars(sa.select(tables.ledger_log.c.after)).all()
    assert user.password_hash not in str(logged)


def test_a_name_is_given_once(book):
    add(book)
    with pytest.raises(SameName, match="wang"):
        add(book, password=OTHER)
    assert rows(book, "users") == {"users": 1}


def test_a_name_asked_for_by_several_at_once_is_given_once(book):
    def ask(_):
        try:
            return add(book)
        except SameName:
            return None

    with ThreadPoolExecutor(3) as pool:
        got = [user for user in pool.map(ask, range(3)) if user]
    assert len(got) == 1
    assert rows(book, "users") == {"users": 1}


@pytest.mark.parametrize("password", ["short", "Wang-wang-1", "alllowercaseletters"])
def test_a_weak_password_opens_nothing_and_changes_nothing(book, password):
    with pytest.raises(PasswordTooWeak):
        add(book, password=password)
    add(book)
    before = everything(book)
    with pytest.raises(PasswordTooWeak):
        people.set_password(book, "wang", password)
    assert everything(book) == before


def test_a_new_password_ends_that_accounts_sessions(book):
    wang, li = add(book), add(book, "li")
    with book.entry() as entry:
        stored.open_session(entry.connection, wang.id, "phone", entry.now, timedelta(hours=12))
        stored.open_session(entry.connection, wang.id, "desk", entry.now, timedelta(hours=12))
        stored.open_session(entry.connection, li.id, "other", entry.now, timedelta(hours=12))
    people.set_password(book, "wang", OTHER)
    with book.reading() as connection:
        found = [
            stored.session_user(connection, token, book.clock(), DAY, DAY)
            for token in ("phone", "desk", "other")
        ]
        changed = stored.user_named(connection, "wang")
    assert found == [None, None, li]
    assert PasswordHasher().verify(changed.password_hash, OTHER)
    assert verbs(book)[-1] == "set_password"


def test_a_password_for_nobody(book):
    with pytest.raises(NotInRegister, match="nobody"):
        people.set_password(book, "nobody", PASSWORD)
