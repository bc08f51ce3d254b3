"""Accounts by name, the last who can keep them, and the passwords they had."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.people.accounts import User
from gis.domain.terms import Role
from gis.store import people, shape, tables
from gis.store.engine import make_engine
from tests.makers import NOON

WANG = User(UUID(int=7), "wang", "王工", Role.ADMINISTRATOR, "$argon2id$secret", NOON, NOON)
DAY = timedelta(days=1)
LI = replace(WANG, id=UUID(int=8), username="li", towns=("卜尔汉图镇",), units=("林草局", "水务局"))


@pytest.fixture
def connection(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        shape.insert(connection, tables.users, [WANG, LI])
        yield connection
    engine.dispose()


def test_accounts_are_found_by_name_with_all_they_were_given(connection):
    assert people.user_named(connection, "li") == people.known(connection, "li") == LI
    assert people.user_named(connection, "Li") is None
    assert people.all_users(connection) == [LI, WANG]
    with pytest.raises(NotInRegister, match="zhao"):
        people.known(connection, "zhao")


def test_a_name_in_capitals_is_the_same_name(connection):
    assert people.is_taken(connection, "WANG") and people.is_taken(connection, "wang")
    assert not people.is_taken(connection, "wan_") and not people.is_taken(connection, "wan%")


def test_others_who_can_keep_the_accounts_are_counted(connection):
    def others():
        return people.others_of(connection, Role.ADMINISTRATOR, WANG.id)

    assert others() == 1
    shape.replace(connection, tables.users, replace(LI, suspended_at=NOON))
    assert others() == 0
    shape.replace(connection, tables.users, replace(LI, role=Role.MANAGER))
    assert others() == 0


def test_the_last_passwords_are_known_newest_first_each_account_its_own(connection):
    for number in range(5):
        people.keep_password(connection, WANG.id, f"hash-{number}", NOON + number * DAY)
    people.keep_password(connection, LI.id, "hash-of-li", NOON)
    assert people.last_passwords(connection, WANG.id, 3) == ["hash-4", "hash-3", "hash-2"]
    assert people.last_passwords(connection, LI.id, 3) == ["hash-of-li"]
