"""Signing in, staying signed in, and being kept out."""

from datetime import timedelta

import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.access import COOKIE
from gis.ledger import people
from gis.store.tables import ledger_log, sessions, users
from tests.api.known import PASSWORD


def sign_in(client: TestClient, username: str = "wang", password: str = PASSWORD):
    return client.post("/api/session", json={"username": username, "password": password})


def test_sign_in_shows_who_and_sets_a_cookie_scripts_cannot_read(stranger):
    answer = sign_in(stranger)
    assert answer.json()["user"]["display_name"] == "王工"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie
    assert stranger.get("/api/session").status_code == 200


def test_sign_out_ends_the_session_at_once(client):
    token = client.cookies[COOKIE]
    assert client.delete("/api/session").status_code == 204
    client.cookies.set(COOKIE, token)
    assert client.get("/api/session").status_code == 401


def test_unknown_name_and_wrong_password_answer_alike(stranger):
    answers = [sign_in(stranger, "nobody"), sign_in(stranger, "wang", "Wrong-horse-77")]
    assert {a.status_code for a in answers} == {401}
    assert len({a.json()["zh"] for a in answers}) == 1


def test_five_failures_lock_the_name_and_others_may_still_enter(stranger, book):
    for _ in range(5):
        assert sign_in(stranger, password="Wrong-horse-77").json()["code"] == "wrong_password"
    assert sign_in(stranger).json()["code"] == "locked_out"
    from gis.domain.terms import Role

    people.add_user(book, "li", "李工", Role.ADMINISTRATOR, PASSWORD)
    assert sign_in(stranger, "li").status_code == 200


def test_an_idle_session_ends(client, book):
    with book.engine.begin() as connection:
        earlier = sessions.c.seen_at - timedelta(minutes=31)
        connection.execute(sa.update(sessions).values(seen_at=earlier))
    assert client.get("/api/session").status_code == 401


def test_a_changed_password_ends_every_session(client, book):
    people.set_password(book, "wang", "Another-horse-8")
    assert client.get("/api/session").status_code == 401


def test_neither_token_nor_password_is_stored(client, book):
    token = client.cookies[COOKIE]
    with book.reading() as connection:
        stored = [
            str(row)
            for table in (sessions, users, ledger_log)
            for row in connection.execute(sa.select(table))
        ]
    assert not any(token in row or PASSWORD in row for row in stored)
    with book.reading() as connection:
        logged = connection.scalars(sa.select(ledger_log.c.after)).all()
    assert not any("argon2" in (text or "") for text in logged)


def test_log_ins_and_refusals_are_in_the_log(stranger, book):
    sign_in(stranger, password="Wrong-horse-77")
    sign_in(stranger)
    with book.reading() as connection:
        verbs = connection.scalars(sa.select(ledger_log.c.verb).order_by(ledger_log.c.seq)).all()
    assert verbs[-2:] == ["sign_in_refused", "sign_in"]


def test_absurd_credentials_get_a_sentence(stranger):
    for body in (
        {},
        {"username": "", "password": "x"},
        {"username": "a" * 101, "password": "x"},
        {"username": "a\x00b", "password": "x"},
    ):
        answer = stranger.post("/api/session", json=body)
        assert answer.status_code == 422
        assert "重新提交" in answer.json()["zh"]
