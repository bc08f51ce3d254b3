"""Failed log-ins that are counted and forgotten, and floods that fill nothing."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from gis.domain.people.accounts import User
from gis.domain.terms import Role
from gis.store import refusals, shape, tables
from gis.store.engine import make_engine
from tests.makers import NOON

WANG = User(UUID(int=7), "wang", "王工", Role.ADMINISTRATOR, "$argon2id$secret", NOON, NOON)
WHILE = timedelta(minutes=5)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def connection(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        shape.insert(connection, tables.users, [WANG])
        yield connection
    engine.dispose()


def fail(connection, now, address="10.0.0.1", name="wang"):
    return refusals.count_failure(connection, name, address, now, now - WHILE)


def failures(connection, now, address="10.0.0.1", name="wang"):
    return refusals.failures(connection, name, address, now - WHILE)


def test_failures_count_up_from_one_address(connection):
    assert failures(connection, NOON) == 0
    for number in range(1, 4):
        assert fail(connection, NOON + number * MINUTE) == number
        assert failures(connection, NOON + 4 * MINUTE) == number


def test_a_stranger_elsewhere_does_not_lock_the_person_out(connection):
    for _ in range(9):
        fail(connection, NOON, address="203.0.113.9")
    assert failures(connection, NOON) == failures(connection, NOON, name="li") == 0


def test_failures_of_many_names_are_one_address_s(connection):
    for number in range(12):
        fail(connection, NOON, name=f"name-{number}")
    assert refusals.failures_from(connection, "10.0.0.1", NOON - WHILE) == 12
    assert refusals.failures_from(connection, "10.0.0.2", NOON - WHILE) == 0
    assert refusals.failures_from(connection, "10.0.0.1", NOON) == 0


def test_failures_are_forgotten_with_time_and_counted_anew(connection):
    for _ in range(5):
        fail(connection, NOON)
    assert failures(connection, NOON + WHILE) == 0
    assert fail(connection, NOON + WHILE) == 1


def test_a_right_password_or_the_administrator_forgets_them(connection):
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.3"):
        fail(connection, NOON, address=address)
    assert refusals.forget_failures(connection, "wang", "10.0.0.1") == 1
    assert failures(connection, NOON) == 0
    assert failures(connection, NOON, address="10.0.0.2") == 1
    assert refusals.forget_failures(connection, "wang") == 2
    assert failures(connection, NOON, address="10.0.0.3") == 0


def test_names_tried_by_strangers_are_cleared_away_after_a_day(connection):
    for number in range(30):
        fail(connection, NOON, name=f"name-{number}")
    fail(connection, NOON + 2 * DAY)
    count = sa.select(sa.func.count()).select_from(tables.failed_logins)
    assert connection.scalar(count) == 1


def test_locks_name_accounts_only_and_end_by_themselves(connection):
    for name in ("wang", "no-account"):
        for _ in range(5):
            fail(connection, NOON, name=name)
    (lock,) = refusals.locks(connection, 5, NOON - WHILE)
    assert (lock.username, lock.address, lock.failures) == ("wang", "10.0.0.1", 5)
    assert refusals.locks(connection, 5, NOON) == []
    assert refusals.locks(connection, 6, NOON - WHILE) == []


def test_a_flood_is_counted_by_the_minute(connection):
    numbers = [refusals.count(connection, "refused", "10.0.0.1", NOON) for _ in range(150)]
    assert numbers == list(range(1, 151))
    assert sum(map(refusals.is_logged, numbers)) == refusals.ONE_BY_ONE + 1
    assert refusals.count(connection, "refused", "10.0.0.1", NOON + MINUTE) == 1
    assert refusals.count(connection, "refused", "10.0.0.2", NOON) == 1
    assert refusals.count(connection, "sign_in_refused", "10.0.0.1", NOON) == 1


def test_old_counts_are_cleared_away(connection):
    refusals.count(connection, "refused", "10.0.0.1", NOON)
    refusals.count(connection, "refused", "10.0.0.1", NOON + 2 * DAY)
    count = sa.select(sa.func.count()).select_from(tables.refusals)
    assert connection.scalar(count) == 1
