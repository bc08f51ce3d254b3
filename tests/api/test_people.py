"""Accounts over HTTP: opened, changed, suspended, signed out, and told apart from one another."""

from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from api import replies
from api.access import COOKIE
from api.browsers import browser_of
from gis.domain.terms import Role
from gis.ledger import Book, people
from gis.store.tables import ledger_log, users
from tests.api.known import PASSWORD, WRITE

OTHER = "Another-horse-8"
PIXEL = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/141.0 Mobile Safari"


@contextmanager
def another(app):
    with TestClient(app, headers=WRITE, raise_server_exceptions=False) as client:
        yield client


def sign_in(client, username, password=PASSWORD, **further):
    body = {"username": username, "password": password, **further}
    return client.post("/api/session", json=body)


def open_account(client, username="li", role="FIELD", **further):
    body = {"username": username, "display_name": "李工", "role": role, **further}
    return client.post("/api/people", json=body)


def test_an_account_is_opened_with_a_password_for_one_time(app, client):
    answer = open_account(client, towns=["卜尔汉图镇"], units=["水务局"])
    assert answer.status_code == 201
    password = answer.json()["password"]
    with another(app) as phone:
        entered = sign_in(phone, "li", password).json()
        assert entered["user"]["must_change"] and entered["user"]["towns"] == ["卜尔汉图镇"]
        assert entered["home"] == "/field"
        refused = phone.get("/api/districts")
        assert (refused.status_code, refused.json()["code"]) == (403, "password_to_be_changed")
        page = phone.get("/", follow_redirects=False)
        assert page.status_code == 303 and page.headers["location"].startswith("/login")
        sent = phone.put("/api/account/password", json={"old": password, "new": OTHER})
        assert sent.status_code == 204
        assert phone.get("/api/districts").status_code == 200
    assert sign_in(client, "li", password).status_code == 401


def test_the_list_tells_everything_but_secrets(client, book):
    open_account(client)
    answer = client.get("/api/people")
    told = answer.json()
    assert [one["username"] for one in told["people"]] == ["li", "wang"]
    assert told["people"][1]["seen_at"] and told["people"][0]["seen_at"] is None
    assert {row["role"]: len(row["rights"]) for row in told["roles"]}["AUDITOR"] == 1
    with book.reading() as connection:
        hashes = connection.scalars(sa.select(users.c.password_hash)).all()
    assert not any(one in answer.text for one in hashes) and "hash" not in answer.text


def test_a_device_keeps_its_cookie_for_weeks_and_the_office_for_hours(app, client):
    people_of = {"li": Role.FIELD}
    for name, role in people_of.items():
        client.post("/api/people", json={"username": name, "role": role})
    with another(app) as phone:
        phone.headers["user-agent"] = PIXEL
        answer = sign_in(phone, "wang", device="  张的手机 ")
        assert f"max-age={30 * 86_400}" in answer.headers["set-cookie"].lower()
        assert answer.json()["session"]["kind"] == "DEVICE"
        (mine, office) = phone.get("/api/account/sessions").json()["sessions"]
        assert (mine["device"], mine["browser"]) == ("张的手机", "Chrome 141, Android")
        assert mine["is_current"] and not office["is_current"] and office["kind"] == "OFFICE"
    assert f"max-age={12 * 3600}" in sign_in(client, "wang").headers["set-cookie"].lower()


def test_a_lost_phone_is_signed_out_by_its_owner_or_the_administrator(app, client, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    with another(app) as phone, another(app) as desk:
        assert sign_in(phone, "li", device="手机").status_code == 200
        assert sign_in(desk, "li").status_code == 200
        lost = desk.get("/api/account/sessions").json()["sessions"]
        (lost_id,) = [one["id"] for one in lost if one["kind"] == "DEVICE"]
        assert desk.delete(f"/api/account/sessions/{lost_id}").status_code == 204
        assert phone.get("/api/session").status_code == 401
        again = desk.delete(f"/api/account/sessions/{lost_id}")
        assert again.status_code == 404 and "刷新" in again.json()["zh"]
        sign_in(phone, "li", device="手机")
        assert client.delete("/api/people/li/sessions").json() == {"ended": 2}
        assert {phone.get("/api/session").status_code, desk.get("/api/session").status_code} == {
            401
        }


def test_nobody_ends_the_session_of_another(app, client, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    (wangs,) = client.get("/api/people/wang/sessions").json()["sessions"]
    with another(app) as other:
        sign_in(other, "li")
        assert other.delete(f"/api/account/sessions/{wangs['id']}").status_code == 404
    assert client.delete(f"/api/people/li/sessions/{wangs['id']}").status_code == 404
    assert client.get("/api/session").status_code == 200


def test_a_suspended_account_is_out_at_once_and_comes_back(app, client, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    with another(app) as phone:
        sign_in(phone, "li", device="手机")
        assert client.put("/api/people/li/suspension").status_code == 204
        assert phone.get("/api/session").status_code == 401
        refused = sign_in(phone, "li")
        assert (refused.status_code, refused.json()["code"]) == (401, "account_suspended")
        assert client.delete("/api/people/li/suspension").status_code == 204
        assert sign_in(phone, "li").status_code == 200


def test_another_role_holds_from_the_next_request_on(app, client, book):
    people.add_user(book, "li", "李工", Role.ANALYST, PASSWORD)
    with another(app) as desk:
        sign_in(desk, "li")
        body = {"display_name": "李工", "role": "READER", "towns": [], "units": []}
        assert client.put("/api/people/li", json=body).status_code == 200
        assert desk.get("/api/session").status_code == 401
        sign_in(desk, "li")
        assert desk.get("/api/inventory?district=150203&format=xlsx").status_code == 403


def test_a_reset_password_works_once_and_lifts_the_lock(app, client, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    with another(app) as phone:
        for _ in range(5):
            sign_in(phone, "li", "Wrong-horse-77")
        (lock,) = client.get("/api/people").json()["locks"]
        assert (lock["username"], lock["failures"]) == ("li", 5)
        assert sign_in(phone, "li").json()["code"] == "locked_out"
        password = client.post("/api/people/li/password").json()["password"]
        assert sign_in(phone, "li", password).json()["user"]["must_change"]


def test_the_administrator_unlocks(app, client, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    with another(app) as phone:
        for _ in range(5):
            sign_in(phone, "li", "Wrong-horse-77")
        assert client.delete("/api/people/li/lock").status_code == 204
        assert sign_in(phone, "li").status_code == 200
    assert client.get("/api/people").json()["locks"] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"username": "wang"}, "same_name"),
        ({"username": "WANG"}, "same_name"),
        ({"username": "cli:root"}, "name_unfit"),
        ({"username": "a b"}, "name_unfit"),
        ({"username": ""}, "request_invalid"),
        ({"username": "-"}, "name_unfit"),
        ({"username": "ｗａｎｇ"}, "name_unfit"),
        ({"display_name": "工\u202e李"}, "request_invalid"),
        ({"role": "KING"}, "request_invalid"),
        ({"display_name": "<img src=x onerror=alert(1)>"}, "request_invalid"),
        ({"display_name": "x" * 61}, "request_invalid"),
        ({"towns": ["x" * 61]}, "request_invalid"),
        ({"towns": "卜尔汉图镇"}, "request_invalid"),
        ({"units": [1]}, "request_invalid"),
    ],
)
def test_what_makes_no_account_gets_a_sentence_and_leaves_nothing(client, change, code):
    body = {"username": "li", "display_name": "李工", "role": "FIELD", **change}
    answer = client.post("/api/people", json=body)
    assert answer.status_code in (409, 422) and answer.json()["code"] == code
    assert len(client.get("/api/people").json()["people"]) == 1


def test_unknown_accounts_get_a_sentence(client):
    body = {"display_name": "", "role": "FIELD", "towns": [], "units": []}
    for answer in (
        client.put("/api/people/nobody", json=body),
        client.put("/api/people/nobody/suspension"),
        client.delete("/api/people/nobody/suspension"),
        client.post("/api/people/nobody/password"),
        client.delete("/api/people/nobody/lock"),
        client.get("/api/people/nobody/sessions"),
        client.delete("/api/people/nobody/sessions"),
        client.delete(f"/api/people/nobody/sessions/{uuid4()}"),
    ):
        assert answer.status_code == 404 and "nobody" in answer.json()["zh"]


def test_the_only_administrator_cannot_shut_the_door_behind_himself(client):
    body = {"display_name": "王工", "role": "READER", "towns": [], "units": []}
    for answer in (
        client.put("/api/people/wang/suspension"),
        client.put("/api/people/wang", json=body),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    assert client.get("/api/people").status_code == 200


def test_the_auditor_gets_to_the_log_and_nowhere_else(app, book):
    people.add_user(book, "shen", "审计", Role.AUDITOR, PASSWORD)
    with another(app) as desk:
        assert sign_in(desk, "shen").json()["home"] == "/audit"
        for path in ("/", "/register", "/sites/150203-W00001-D", "/people", "/import"):
            answer = desk.get(path, follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (303, "/audit"), path
        for path in ("/audit", "/account", "/help/keeper"):
            assert desk.get(path).status_code == 200, path
        assert 'href="/register"' not in desk.get("/audit").text
        assert desk.get("/api/session").json()["user"]["rights"] == ["LOG"]


def test_the_bar_shows_the_field_team_its_map_and_its_phone(app, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    with another(app) as phone:
        sign_in(phone, "li")
        html = phone.get("/").text
        assert 'href="/field"' in html and 'href="/register"' not in html
        answer = phone.get("/people", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/field")


def test_what_is_refused_is_in_the_log_with_who_and_what(app, client, book, monkeypatch):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    now = datetime.now(UTC)  # stands still: a flood is counted by the minute
    monkeypatch.setattr(replies, "Book", partial(Book, clock=lambda: now))
    with another(app) as phone:
        sign_in(phone, "li")
        for _ in range(130):
            assert phone.get("/api/people").status_code == 403
    with book.reading() as connection:
        rows = connection.execute(sa.select(ledger_log).where(ledger_log.c.verb == "refused"))
        found = rows.mappings().all()
    assert {row["actor"] for row in found} == {"li"} and len(found) == 21
    assert '"what":"GET /api/people"' in found[0]["after"]


def test_a_session_of_the_cookie_alone_is_no_session(client):
    client.cookies.clear()
    client.cookies.set(COOKIE, "x" * 43)
    assert client.get("/api/session").status_code == 401


def test_browsers_are_told_by_name():
    huawei = "Mozilla/5.0 (Linux; Android 12; HarmonyOS) Chrome/114.0 HuaweiBrowser/15.0 Mobile"
    assert browser_of(huawei) == "Huawei Browser 15, HarmonyOS"
    assert browser_of("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Edg/141.0") == "Edge 141, Windows"
    assert browser_of("<script>\u4f60" + "x" * 500) == "<script>" + "x" * 32
