"""Accounts: strong passwords, one name each, and a changed password that ends every session."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from gis.domain.errors import NotInRegister, PasswordTooWeak, SameName
from gis.domain.people.accounts import Lifetimes, Sight
from gis.domain.people.errors import (
    AccountSuspended,
    AuditorApart,
    LastAdministrator,
    NameUnfit,
    SessionUnknown,
    WrongPassword,
)
from gis.domain.terms import Role
from gis.ledger import people
from gis.ledger.signing import Knock, Policy, change_own_password, sign_in
from gis.store import sessions, tables
from tests.ledger.looking import everything, rows, verbs

PASSWORD, OTHER = "Kundulun-2026", "Baotou-2027-x"
POLICY = Policy(
    Lifetimes(timedelta(minutes=30), timedelta(hours=12), timedelta(days=30)), password_days=90
)


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


def enter(book, name="wang", password=PASSWORD, address="10.0.0.1", device=""):
    return sign_in(book, Knock(name, password, address, "Chrome 141", device), POLICY)


def is_in(book, token):
    with book.reading() as connection:
        return sessions.session_user(connection, token, book.clock(), POLICY.lives) is not None


def logged(book):
    """Every entry about accounts: verb, actor, what changed."""
    with book.reading() as connection:
        log = tables.ledger_log
        query = sa.select(log).where(log.c.subject_kind == "user").order_by(log.c.seq)
        found = connection.execute(query).mappings().all()
    changed = []
    for row in found:
        before, after = json.loads(row["before"] or "{}"), json.loads(row["after"] or "{}")
        differ = {key for key in after if before and before.get(key) != after[key]}
        changed.append((row["verb"], row["subject_id"], differ))
    return changed


def test_a_new_password_ends_that_accounts_sessions(book):
    add(book), add(book, "li")
    tokens = [enter(book)[2], enter(book)[2], enter(book, "li")[2]]
    people.set_password(book, "wang", OTHER)
    assert [is_in(book, token) for token in tokens] == [False, False, True]
    with pytest.raises(WrongPassword):
        enter(book)
    assert is_in(book, enter(book, password=OTHER)[2])
    assert "set_password" in verbs(book)


def test_a_one_time_password_asks_for_another_until_it_is_changed(book):
    people.add_user(book, "li", "", Role.FIELD, PASSWORD, must_change=True)
    user, session, _ = enter(book, "li")
    assert user.must_change and user.display_name == "li"
    change_own_password(book, user, session, PASSWORD, OTHER)
    assert not enter(book, "li", OTHER)[0].must_change
    people.set_password(book, "li", PASSWORD, must_change=True)
    assert enter(book, "li")[0].must_change


def test_another_role_ends_the_sessions_and_other_towns_do_not(book):
    add(book), add(book, "li")
    token = enter(book, "li")[2]
    towns = Sight((" 卜尔汉图镇 ", "卜尔汉图镇", ""), ("水务局",))
    changed = people.change_user(book, "li", "李工", Role.ADMINISTRATOR, towns)
    assert changed.towns == ("卜尔汉图镇",) and changed.units == ("水务局",)
    assert is_in(book, token)
    people.change_user(book, "li", "李工", Role.FIELD, Sight())
    assert not is_in(book, token)
    changes = [differ for verb, _, differ in logged(book) if verb == "change_user"]
    assert changes == [{"display_name", "towns", "units"}, {"role", "towns", "units"}]


def test_a_change_that_changes_nothing_leaves_no_trace(book):
    user = add(book)
    before = everything(book)
    people.change_user(book, "wang", user.display_name, user.role, user.sight)
    people.reopen_user(book, "wang")
    assert everything(book) == before


def test_a_suspended_account_is_out_at_once_and_back_when_reopened(book):
    add(book), add(book, "li")
    token = enter(book, "li")[2]
    people.suspend_user(book, "li")
    assert not is_in(book, token)
    with pytest.raises(AccountSuspended, match="li"):
        enter(book, "li")
    with pytest.raises(WrongPassword):  # who does not know the password learns nothing
        enter(book, "li", OTHER)
    people.suspend_user(book, "li")
    people.reopen_user(book, "li")
    assert not is_in(book, token) and is_in(book, enter(book, "li")[2])
    assert verbs(book).count("suspend_user") == 1


def test_the_last_administrator_stays(book):
    add(book)
    for attempt in (
        lambda: people.suspend_user(book, "wang"),
        lambda: people.change_user(book, "wang", "王工", Role.MANAGER, Sight()),
    ):
        with pytest.raises(LastAdministrator):
            attempt()
    add(book, "li")
    people.suspend_user(book, "li")
    with pytest.raises(LastAdministrator):  # one who is suspended is no other
        people.suspend_user(book, "wang")
    people.reopen_user(book, "li")
    people.change_user(book, "wang", "王工", Role.MANAGER, Sight())
    with pytest.raises(LastAdministrator):
        people.suspend_user(book, "li")


def test_two_administrators_who_suspend_each_other_at_once_leave_one(book):
    add(book), add(book, "li")

    def suspend(name):
        try:
            people.suspend_user(book, name)
        except LastAdministrator:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(suspend, ("wang", "li"))) == [False, True]


def test_auditors_stay_apart(book):
    add(book), people.add_user(book, "shen", "审计", Role.AUDITOR, PASSWORD)
    people.add_user(book, "li", "李工", Role.ANALYST, PASSWORD)
    for name, role in (("shen", Role.ANALYST), ("li", Role.AUDITOR)):
        with pytest.raises(AuditorApart):
            people.change_user(book, name, "", role, Sight())


def test_names_are_one_whatever_their_capitals_and_cannot_pass_for_the_terminal(book):
    add(book)
    with pytest.raises(SameName):
        add(book, "WANG")
    with pytest.raises(NameUnfit):
        add(book, "cli:root")
    assert rows(book, "users") == {"users": 1}


def test_a_lost_phone_is_signed_out_and_no_other(book):
    add(book), add(book, "li")
    _, phone, token = enter(book, device="小米 14")
    desk, other = enter(book)[2], enter(book, "li")[2]
    with pytest.raises(SessionUnknown):
        people.revoke_session(book, "li", phone.id)
    people.revoke_session(book, "wang", phone.id)
    assert [is_in(book, one) for one in (token, desk, other)] == [False, True, True]
    with pytest.raises(SessionUnknown):
        people.revoke_session(book, "wang", phone.id)
    assert people.revoke_sessions(book, "wang") == 1
    assert verbs(book).count("revoke_session") == 2


def test_the_log_tells_old_and_new_and_never_a_secret(book):
    user = add(book)
    changed, session, token = enter(book)
    change_own_password(book, changed, session, PASSWORD, OTHER)
    people.set_password(book, "wang", PASSWORD + "x")
    with book.reading() as connection:
        text = str([*connection.execute(sa.select(tables.ledger_log))])
        hashes = connection.scalars(sa.select(tables.old_passwords.c.password_hash)).all()
    assert len(hashes) == 3
    secrets = [PASSWORD, OTHER, token, sessions.token_hash(token), user.password_hash, *hashes]
    assert not any(secret in text for secret in secrets)
    assert "argon2" not in text and "password_set_at" in text


def test_a_password_for_nobody(book):
    with pytest.raises(NotInRegister, match="nobody"):
        people.set_password(book, "nobody", PASSWORD)
