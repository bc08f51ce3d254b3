"""Signing in: who is let in, who is kept out and for how long, and what the log says of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from gis.domain.errors import PasswordTooWeak
from gis.domain.people.accounts import Lifetimes
from gis.domain.people.errors import (
    DeviceNotForRole,
    LockedOut,
    OldPasswordWrong,
    PasswordReused,
    WrongPassword,
)
from gis.domain.terms import Role, SessionKind
from gis.ledger import people
from gis.ledger.signing import (
    MOST_FROM_ADDRESS,
    Knock,
    Policy,
    change_own_password,
    refuse,
    sign_in,
    sign_out,
)
from gis.store import sessions, tables
from tests.ledger.looking import rows, verbs

PASSWORD, WRONG = "Kundulun-2026", "Wrong-horse-77"
LIVES = Lifetimes(timedelta(minutes=30), timedelta(hours=12), timedelta(days=30))
POLICY = Policy(LIVES, password_days=90)


@pytest.fixture
def wang(book):
    return people.add_user(book, "wang", "王工", Role.FIELD, PASSWORD)


def enter(book, password=PASSWORD, name="wang", address="10.0.0.1", device="", policy=POLICY):
    return sign_in(book, Knock(name, password, address, "Chrome 141", device), policy)


def outcomes(book, *passwords, **given):
    found = []
    for password in passwords:
        try:
            enter(book, password, **given)
            found.append("in")
        except (WrongPassword, LockedOut) as problem:
            found.append(problem.code)
    return found


def test_a_phone_and_an_office_session_differ(book, wang):
    office, phone = enter(book)[1], enter(book, device="小米 14")[1]
    assert (office.kind, office.device) == (SessionKind.OFFICE, "")
    assert (phone.kind, phone.device) == (SessionKind.DEVICE, "小米 14")


def test_only_who_sends_field_checks_stays_in_on_a_phone(book, wang):
    for name, role in (("yue", Role.READER), ("shen", Role.AUDITOR)):
        people.add_user(book, name, "", role, PASSWORD)
        with pytest.raises(DeviceNotForRole):
            enter(book, name=name, device="手机")
        assert enter(book, name=name)[1].kind is SessionKind.OFFICE
    assert rows(book, "sessions") == {"sessions": 2}


def test_five_wrong_lock_the_name_there_and_nowhere_else(book, wang):
    assert outcomes(book, *[WRONG] * 5, PASSWORD) == ["wrong_password"] * 5 + ["locked_out"]
    assert outcomes(book, PASSWORD, address="10.0.0.2") == ["in"]


def test_the_lock_ends_by_itself_and_trying_does_not_make_it_longer(book, wang):
    outcomes(book, *[WRONG] * 5)
    for _ in range(4):
        book.clock.tick(minutes=1)
        assert outcomes(book, PASSWORD, WRONG) == ["locked_out"] * 2
    book.clock.tick(seconds=61)
    assert outcomes(book, PASSWORD) == ["in"]


def test_a_right_password_starts_the_count_anew(book, wang):
    assert outcomes(book, *[WRONG] * 4, PASSWORD, *[WRONG] * 4, PASSWORD).count("in") == 2


def test_the_administrator_unlocks(book, wang):
    outcomes(book, *[WRONG] * 5)
    people.unlock_user(book, "wang")
    assert outcomes(book, PASSWORD) == ["in"]
    assert "unlock_user" in verbs(book)


def test_one_address_that_tries_many_names_is_locked_for_all_of_them(book, wang):
    for number in range(MOST_FROM_ADDRESS):
        outcomes(book, WRONG, name=f"name-{number}")
    assert outcomes(book, PASSWORD) == ["locked_out"]
    assert outcomes(book, PASSWORD, address="10.0.0.2") == ["in"]


def test_of_many_guesses_at_once_five_are_told_that_they_are_wrong(book, wang):
    with ThreadPoolExecutor(12) as pool:
        said = [one for got in pool.map(lambda _: outcomes(book, WRONG), range(24)) for one in got]
    assert said.count("wrong_password") <= 5
    assert said.count("wrong_password") + said.count("locked_out") == 24


def test_a_name_of_no_account_does_not_reach_the_log(book, wang):
    outcomes(book, WRONG, name="Kundulun-2026-typed-here")
    with book.reading() as connection:
        text = str([*connection.execute(sa.select(tables.ledger_log))])
    assert "typed-here" not in text
    assert verbs(book)[-1] == "sign_in_refused"


def test_a_flood_does_not_fill_the_log(book, wang):
    for _ in range(130):
        refuse(book, "refused", "10.0.0.9", "GET /api/people")
    assert verbs(book).count("refused") == 21
    with book.reading() as connection:
        last = connection.scalars(
            sa.select(tables.ledger_log.c.after).order_by(tables.ledger_log.c.seq.desc()).limit(1)
        ).one()
    assert '"number_this_minute":100' in last


def test_an_old_password_has_to_change_and_the_keeper_may_wave_that(book, wang):
    book.clock.tick(days=90)
    assert not enter(book)[0].must_change
    book.clock.tick(days=1)
    assert not enter(book, policy=Policy(LIVES, 0))[0].must_change
    user, session, _ = enter(book)
    assert user.must_change
    change_own_password(book, user, session, PASSWORD, "Baotou-2027-x")
    assert not enter(book, "Baotou-2027-x")[0].must_change


def test_signing_out_ends_this_session_only(book, wang):
    _, session, token = enter(book)
    other = enter(book)[2]
    sign_out(book, session, token)
    with book.reading() as connection:
        now = book.clock()
        assert sessions.session_user(connection, token, now, LIVES) is None
        assert sessions.session_user(connection, other, now, LIVES) is not None
    assert verbs(book)[-1] == "sign_out"


def test_a_changed_password_ends_the_other_sessions_and_not_this_one(book, wang):
    user, session, token = enter(book)
    others = [enter(book)[2], enter(book, device="手机")[2]]
    change_own_password(book, user, session, PASSWORD, "Baotou-2027-x")
    with book.reading() as connection:
        alive = [
            sessions.session_user(connection, one, book.clock(), LIVES) is not None
            for one in (token, *others)
        ]
    assert alive == [True, False, False]


def test_who_does_not_know_the_old_password_changes_nothing_and_is_locked(book, wang):
    user, session, _ = enter(book)
    for _ in range(5):
        with pytest.raises(OldPasswordWrong):
            change_own_password(book, user, session, WRONG, "Baotou-2027-x")
    with pytest.raises(LockedOut):
        change_own_password(book, user, session, PASSWORD, "Baotou-2027-x")
    assert "change_password" not in verbs(book)


def test_the_last_three_passwords_are_refused_and_the_fourth_is_not(book, wang):
    given = [PASSWORD, "Second-pass-2", "Third-pass-33", "Fourth-pass-4"]
    user, session, _ = enter(book)
    for old, new in zip(given, given[1:], strict=False):
        book.clock.tick()
        user = enter(book, old)[0]
        change_own_password(book, user, session, old, new)
    user, session, _ = enter(book, given[3])
    for again in given[1:]:
        with pytest.raises(PasswordReused):
            change_own_password(book, user, session, given[3], again)
    with pytest.raises(PasswordTooWeak):
        change_own_password(book, user, session, given[3], "weak")
    change_own_password(book, user, session, given[3], PASSWORD)
