"""Accounts and sessions kept from before devices: nobody is lost, nobody has to sign in again."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from gis.domain.people.accounts import Lifetimes
from gis.domain.terms import Role, SessionKind
from gis.store import people, sessions
from tests.makers import NOON
from tests.store.moved import moved

LIVES = Lifetimes(timedelta(minutes=30), timedelta(hours=12), timedelta(days=30))


def fill(connection):
    run = connection.execute
    for number, (name, role) in enumerate((("li", "FIELD"), ("wang", "ADMINISTRATOR"))):
        user = {"id": UUID(int=number), "name": name, "role": role, "at": NOON}
        run(
            sa.text("insert into users values (:id, :name, '某', :role, '$argon2id$x', :at)"),
            user,
        )
        token = {"token": sessions.token_hash(name), "id": UUID(int=number), "at": NOON}
        run(sa.text("insert into sessions values (:token, :id, :at, :at)"), token)


@pytest.fixture(scope="module")
def connection(server_url):
    with moved(server_url, "0008", fill) as connection:
        yield connection


def test_accounts_are_whole_and_have_the_passwords_they_had(connection):
    li, wang = people.all_users(connection)
    assert (li.username, li.role, wang.role) == ("li", Role.FIELD, Role.ADMINISTRATOR)
    assert li.password_set_at == li.created_at == NOON
    assert not li.must_change and li.suspended_at is None and li.sight.is_everything
    assert people.last_passwords(connection, li.id, 3) == ["$argon2id$x"]


def test_who_was_signed_in_still_is(connection):
    found = [sessions.session_user(connection, name, NOON, LIVES) for name in ("li", "wang")]
    assert [user.username for user, _ in found] == ["li", "wang"]
    assert {session.kind for _, session in found} == {SessionKind.OFFICE}
    assert found[0][1].id != found[1][1].id
