"""`qingfei user`: accounts from the terminal, and one plain sentence where it cannot be."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from gis.domain.terms import Role
from gis.ledger import people
from tests.api.known import PASSWORD
from tests.terminal import Terminal


@pytest.fixture
def user(database_url: str, tmp_path: Path):
    """Run `qingfei user` on a register of its own."""

    return Terminal(database_url, tmp_path / "data", "user", QINGFEI_PASSWORD=PASSWORD)


def listed(user) -> dict[str, dict[str, object]]:
    done = user("list", "--json")
    assert done.returncode == 0, done.stderr
    return {one["username"]: one for one in json.loads(done.stdout)}


def test_an_account_from_first_to_last_day(user):
    options = ("--role", "field", "--town", "卜尔汉图镇", "--unit", "水务局", "--once")
    assert user("add", "li", "--name", "李强", *options).returncode == 0
    assert user("add", "wang", "--role", "administrator").returncode == 0
    one = listed(user)["li"]
    assert (one["name"], one["role"], one["must_change"]) == ("李强", "FIELD", True)
    assert (one["towns"], one["units"]) == (["卜尔汉图镇"], ["水务局"])
    assert "全区" in user("sights", "li").stdout
    assert "审核人员" in user("role", "li", "reviewer").stdout
    assert user("suspend", "li").returncode == 0
    one = listed(user)["li"]
    assert (one["towns"], one["role"], bool(one["suspended_at"])) == ([], "REVIEWER", True)
    assert "已停用" in user("list").stdout
    assert user("reopen", "li").returncode == 0
    assert user("password", "li", QINGFEI_PASSWORD="Another-horse-8").returncode == 0
    one = listed(user)["li"]
    assert (one["suspended_at"], one["must_change"]) == (None, False)


def test_sessions_are_listed_and_ended(user, app, book):
    people.add_user(book, "li", "李工", Role.FIELD, PASSWORD)
    with TestClient(app, headers={"X-Requested-With": "qingfei"}) as phone:
        entry = {"username": "li", "password": PASSWORD}
        phone.post("/api/session", json={**entry, "device": "小米 14"})
        (session,) = json.loads(user("sessions", "li", "--json").stdout)
        assert session["device"] == "小米 14" and "小米 14" in user("sessions", "li").stdout
        assert "1 处" in user("revoke", "li", "--session", session["id"]).stdout
        assert phone.get("/api/session").status_code == 401
        for _ in range(5):
            phone.post("/api/session", json={**entry, "password": "Wrong-horse-77"})
        assert phone.post("/api/session", json=entry).json()["code"] == "locked_out"
        assert user("unlock", "li").returncode == 0
        assert phone.post("/api/session", json=entry).status_code == 200
        assert "1 处" in user("revoke", "li").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("suspend", "nobody"), "台账中没有 nobody"),
        (("sessions", "nobody"), "台账中没有 nobody"),
        (("role", "nobody", "reader"), "台账中没有 nobody"),
        (("suspend", "wang"), "唯一在用的系统管理员"),
        (("role", "wang", "reader"), "唯一在用的系统管理员"),
        (("role", "wang", "auditor"), "三员分立"),
        (("add", "cli:root"), "不合要求"),
        (("revoke", "wang", "--session", "1d49f860-798b-58bd-9d72-1b48317d1811"), "已经结束"),
    ],
)
def test_what_cannot_be_is_one_sentence(user, book, words, sentence):
    people.add_user(book, "wang", "王工", Role.ADMINISTRATOR, PASSWORD)
    done = user(*words)
    assert done.returncode == 1 and sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert listed(user)["wang"]["role"] == "ADMINISTRATOR"
