"""Sessions that end: the office's when idle or old, a phone's only when old."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from gis.domain.people.accounts import Lifetimes, Session, User
from gis.domain.terms import Role, SessionKind
from gis.store import sessions, shape, tables
from gis.store.engine import make_engine
from tests.makers import NOON

WANG = User(UUID(int=7), "wang", "王工", Role.ADMINISTRATOR, "$argon2id$secret", NOON, NOON)
LI = replace(WANG, id=UUID(int=8), username="li", role=Role.FIELD)
IDLE, LONGEST, DEVICE = timedelta(minutes=30), timedelta(hours=12), timedelta(days=30)
LIVES = Lifetimes(IDLE, LONGEST, DEVICE)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def a_session(username="wang", kind=SessionKind.OFFICE, at=NOON, device=""):
    return Session(uuid4(), username, kind, device, "10.0.0.1", "Chrome 141, Windows", at, at)


OFFICE = a_session()
PHONE = a_session("li", SessionKind.DEVICE, device="李工的手机")


@pytest.fixture
def connection(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        shape.insert(connection, tables.users, [WANG, LI])
        sessions.open_session(connection, WANG.id, "token", OFFICE, LIVES)
        sessions.open_session(connection, LI.id, "phone", PHONE, LIVES)
        yield connection
    engine.dispose()


def who(connection, now, token="token"):
    found = sessions.session_user(connection, token, now, LIVES)
    return found and found[0]


def test_a_session_knows_its_account_and_itself(connection):
    assert sessions.session_user(connection, "token", NOON, LIVES) == (WANG, OFFICE)
    assert sessions.session_user(connection, "phone", NOON, LIVES) == (LI, PHONE)


def test_another_token_knows_nobody(connection):
    for token in ("", "Token", "token ", sessions.token_hash("token"), str(OFFICE.id)):
        assert who(connection, NOON, token) is None


def test_the_token_itself_is_not_stored(connection):
    stored = connection.scalars(sa.select(tables.sessions.c.token_sha256)).all()
    assert "token" not in stored and {len(one) for one in stored} == {64}


def test_an_idle_session_of_the_office_ends(connection):
    assert who(connection, NOON + IDLE) is None


def test_a_session_in_use_goes_on_till_it_is_too_old(connection):
    now = NOON
    while (now := now + IDLE - MINUTE) < NOON + LONGEST:
        assert who(connection, now) == WANG, now
    assert who(connection, NOON + LONGEST - MINUTE) == WANG
    assert who(connection, NOON + LONGEST) is None


def test_a_phone_outlives_weeks_without_a_signal_but_not_its_days(connection):
    assert who(connection, NOON + 8 * DAY, "phone") == LI
    assert who(connection, NOON + DEVICE - MINUTE, "phone") == LI
    assert who(connection, NOON + DEVICE, "phone") is None


def test_looking_does_not_wake_a_session_that_has_ended(connection):
    for _ in range(2):
        assert who(connection, NOON + IDLE + MINUTE) is None
    mine = tables.sessions.c.id == OFFICE.id
    assert connection.scalar(sa.select(tables.sessions.c.seen_at).where(mine)) == NOON


def test_a_suspended_account_has_no_session_whatever_is_stored(connection):
    shape.replace(connection, tables.users, replace(LI, suspended_at=NOON))
    assert who(connection, NOON, "phone") is None and who(connection, NOON) == WANG


def test_sessions_can_be_ended_one_or_all_or_all_but_one(connection):
    more = [a_session() for _ in range(3)]
    for number, session in enumerate(more):
        sessions.open_session(connection, WANG.id, f"more-{number}", session, LIVES)
    sessions.close_token(connection, "more-0")
    assert sessions.close_session(connection, more[1].id, WANG.id) == more[1]
    assert sessions.close_session(connection, more[1].id, WANG.id) is None
    assert {s.id for s in sessions.sessions_of(connection, WANG.id, NOON, LIVES)} == {
        OFFICE.id,
        more[2].id,
    }
    ended = sessions.close_sessions_of(connection, WANG.id, but=more[2].id)
    assert ended == [OFFICE]
    assert who(connection, NOON, "more-2") == WANG
    sessions.close_sessions_of(connection, WANG.id)
    assert who(connection, NOON, "more-2") is None
    assert who(connection, NOON, "phone") == LI


def test_nobody_ends_a_session_of_somebody_else_by_its_id(connection):
    assert sessions.close_session(connection, PHONE.id, WANG.id) is None
    assert who(connection, NOON, "phone") == LI


def test_a_new_session_clears_away_those_that_have_ended(connection):
    later = NOON + LONGEST
    sessions.open_session(connection, WANG.id, "new", a_session(at=later), LIVES)
    kept = set(connection.scalars(sa.select(tables.sessions.c.token_sha256)))
    assert kept == {sessions.token_hash("new"), sessions.token_hash("phone")}


def test_when_somebody_was_last_seen(connection):
    who(connection, NOON + 5 * MINUTE)
    assert sessions.last_seen(connection) == {WANG.id: NOON + 5 * MINUTE, LI.id: NOON}
