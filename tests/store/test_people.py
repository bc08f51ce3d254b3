"""Sessions that end, and failed log-ins that are counted and forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from gis.domain.people import User
from gis.domain.terms import Role
from gis.store import people, shape, tables
from gis.store.engine import make_engine
from tests.makers import NOON

WANG = User(UUID(int=7), "wang", "王工", Role.ADMINISTRATOR, "$argon2id$secret", NOON)
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def connection(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        shape.insert(connection, tables.users, [WANG])
        people.open_session(connection, WANG.id, "token", NOON, timedelta(hours=12))
        yield connection
    engine.dispose()


def who(connection, now, token="token"):
    return people.session_user(connection, token, now, IDLE, LONGEST)


def test_a_session_knows_its_account(connection):
    assert who(connection, NOON + MINUTE) == WANG
    assert people.user_named(connection, "wang") == WANG
    assert people.all_users(connection) == [WANG]


def test_another_token_knows_nobody(connection):
    for token in ("", "Token", "token ", people.token_hash("token")):
        assert who(connection, NOON, token) is None


def test_the_token_itself_is_not_stored(connection):
    stored = connection.scalar(sa.select(tables.sessions.c.token_sha256))
    assert stored != "token" and len(stored) == 64


def test_an_idle_session_ends(connection):
    assert who(connection, NOON + IDLE) is None


def test_a_session_in_use_goes_on_till_it_is_too_old(connection):
    now = NOON
    while (now := now + IDLE - MINUTE) < NOON + LONGEST:
        assert who(connection, now) == WANG, now
    assert who(connection, NOON + LONGEST - MINUTE) == WANG
    assert who(connection, NOON + LONGEST) is None


def test_looking_does_not_wake_a_session_that_has_ended(connection):
    assert who(connection, NOON + IDLE + MINUTE) is None
    assert who(connection, NOON + IDLE + MINUTE) is None
    assert connection.scalar(sa.select(tables.sessions.c.seen_at)) == NOON


def test_sessions_can_be_ended_one_or_all(connection):
    for token in ("second", "third"):
        people.open_session(connection, WANG.id, token, NOON, timedelta(hours=12))
    people.close_session(connection, "second")
    assert [bool(who(connection, NOON, t)) for t in ("token", "second", "third")] == [1, 0, 1]
    people.close_sessions_of(connection, WANG.id)
    assert not any(who(connection, NOON, t) for t in ("token", "second", "third"))


def test_a_new_session_clears_away_those_that_are_too_old(connection):
    people.open_session(connection, WANG.id, "new", NOON + timedelta(hours=12), timedelta(hours=12))
    kept = connection.scalars(sa.select(tables.sessions.c.token_sha256)).all()
    assert kept == [people.token_hash("new")]


def fail(connection, now, address="10.0.0.1", name="wang"):
    people.count_failure(connection, name, address, now, now - IDLE)


def failures(connection, now, address="10.0.0.1", name="wang"):
    return people.failures(connection, name, address, now - IDLE)


def test_failures_count_up_from_one_address(connection):
    assert failures(connection, NOON) == (0, None)
    for number in range(1, 4):
        fail(connection, NOON + number * MINUTE)
        assert failures(connection, NOON + 4 * MINUTE) == (number, NOON + number * MINUTE)


def test_a_stranger_elsewhere_does_not_lock_the_person_out(connection):
    for _ in range(9):
        fail(connection, NOON, address="203.0.113.9")
    assert failures(connection, NOON) == (0, None)
    assert failures(connection, NOON, name="li") == (0, None)


def test_failures_are_forgotten_with_time_and_counted_anew(connection):
    for _ in range(5):
        fail(connection, NOON)
    assert failures(connection, NOON + IDLE) == (0, None)
    fail(connection, NOON + IDLE)
    assert failures(connection, NOON + IDLE) == (1, NOON + IDLE)


def test_a_right_password_forgets_them(connection):
    fail(connection, NOON)
    fail(connection, NOON, address="10.0.0.2")
    people.forget_failures(connection, "wang", "10.0.0.1")
    assert failures(connection, NOON) == (0, None)
    assert failures(connection, NOON, address="10.0.0.2") == (1, NOON)
