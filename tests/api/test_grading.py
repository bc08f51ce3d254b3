"""Over HTTP and at the terminal: try weights, adopt, tick rows, stand in line for money."""

from uuid import uuid4

import openpyxl
import pytest

from gis.domain.terms import Role
from gis.ledger import people
from gis.rules import grading
from tests.api.known import PASSWORD
from tests.makers import list_site, open_book, square
from tests.terminal import refused

DISTRICT = "150203"


@pytest.fixture
def sites(client, book):
    return [
        list_site(book, name=str(n), outline=square(109.70 + n / 100), mass_t=mass, is_bare=True)
        for n, mass in enumerate((120_000.0, 500.0, None))
    ]


def tried(client, **body):
    answer = client.post("/api/weights/try", json={"district": DISTRICT} | body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_number_of_the_rules_in_force_is_shown(client):
    said = client.get("/api/weights").json()
    assert (said["name"], said["sha256"]) == ("KDL-HSR v1", grading.current().sha256)
    assert len(said["cells"]) == 27 and len(said["factors"]) == 18
    first = said["factors"][0]
    assert first["cases"][0] == {
        "points": 50,
        "test_zh": "属性：危险废物",
        "test_en": "nature: Hazardous waste",
    }


def test_nothing_changed_moves_nobody(client, sites):
    said = tried(client)
    assert (said["total"], said["moved"], said["problems"]) == (3, 0, [])
    assert sum(sum(row.values()) for row in said["matrix"].values()) == 3
    assert set(said["stability"]["by_factor"]) == {f.id for f in grading.current().factors}
    assert 0 <= said["stability"]["jointly"] <= 1


def test_a_bound_moved_shows_who_moves_page_by_page_and_is_written_down_as_a_file(client, sites):
    said = tried(client, level_1_above=75, version="2", limit=1)
    assert said["moved"] == 2 and len(said["movers"]) == 1 and said["next"] == 1
    assert {one["before"] for one in said["movers"]} == {"HIGH"}
    rest = tried(client, level_1_above=75, version="2", limit=1, after=1)
    assert len(rest["movers"]) == 1 and rest["next"] is None
    assert grading.parse(said["text"]).level_1_above == 75


def test_changed_points_name_the_factors_that_moved_a_site(client, sites):
    cases = [case.points for case in grading.current().factors[0].cases]
    points = {"H1": {"cases": [min(c, 20) for c in cases], "otherwise": 5, "unknown": 5}}
    said = tried(client, points=points)
    assert {why["factor"] for one in said["movers"] for why in one["why"]} == {"H1"}
    too_many = {"H1": {"cases": [100, *cases[1:]], "otherwise": 35, "unknown": 35}}
    assert [p["where"] for p in tried(client, points=too_many)["problems"]] == ["index.H"]


@pytest.mark.parametrize(
    "body",
    [
        {"points": {"X1": {"cases": [], "otherwise": 0, "unknown": 0}}},
        {"points": {"H1": {"cases": [1], "otherwise": 0, "unknown": 0}}},
        {"level_1_above": "a lot"},
        {"level_1_above": -1},
        {"cells": {"111": "WORST"}},
        {"version": "a\nb"},
        {"more": 1},
    ],
)
def test_changes_that_make_no_sense_are_refused(client, body):
    answer = client.post("/api/weights/try", json={"district": DISTRICT} | body)
    assert answer.status_code == 422


def test_what_was_previewed_is_adopted_once(client, sites, stranger):
    text = tried(client, level_1_above=75, version="2")["text"]
    path, body = f"/api/rule-sets/{uuid4()}", {"text": text, "reason": "年度调整"}
    first = client.put(path, json=body)
    assert (first.status_code, first.json()["moved"]) == (201, 2)
    assert client.put(path, json=body).json() == first.json()
    assert client.put(path, json=body | {"reason": "别的"}).status_code == 409
    said = client.get("/api/weights").json()
    assert (said["version"], said["adopted"][0]["reason"]) == ("2", "年度调整")
    assert tried(client)["moved"] == 0
    grade = client.get(f"/api/sites/{sites[0].code}").json()["grading"]
    assert grade["rule_set"] == "KDL-HSR v2" and grade["grade"] == "MEDIUM"


def test_an_analyst_may_try_but_not_adopt_nor_tick(app, book, client, sites):
    people.add_user(book, "ana", "分析", Role.ANALYST, PASSWORD)
    assert client.post("/api/session", json={"username": "ana", "password": PASSWORD}).is_success
    text = tried(client, version="2")["text"]
    body = {"text": text, "reason": "x"}
    assert client.put(f"/api/rule-sets/{uuid4()}", json=body).status_code == 403
    tick = {"id": str(uuid4()), "sha256": "0", "is_checked": True, "edition": "x"}
    assert client.put("/api/rules/KDL-HSR.H1/check", json=tick).status_code == 403


def test_every_reason_leads_to_its_row_and_says_whether_it_was_checked(client, sites):
    rows = {row["id"]: row for row in client.get("/api/rules").json()["items"]}
    grade = client.get(f"/api/sites/{sites[0].code}").json()["grading"]
    assert {reason["row"] for reason in grade["reasons"]} <= set(rows)
    assert grade["cell_row"] in rows
    open_ = {id_ for id_, row in rows.items() if not row["is_read"]}
    assert set(grade["unchecked"]) <= open_ and "KDL-HSR.H3" in grade["unchecked"]
    row = rows["KDL-HSR.H3"]
    tick = {"id": str(uuid4()), "sha256": row["sha256"], "is_checked": True, "edition": "第1版"}
    path = "/api/rules/KDL-HSR.H3/check"
    assert client.put(path, json=tick).status_code == 201
    assert client.put(path, json=tick).status_code == 200
    after = client.get(f"/api/sites/{sites[0].code}").json()["grading"]
    assert len(after["unchecked"]) == len(grade["unchecked"]) - 1
    (h3,) = (r for r in after["reasons"] if r["factor"] == "H3")
    assert h3["checked"] and h3["value_zh"] == "120,000 t" and h3["points"] == 20
    shown = {r["id"]: r for r in client.get("/api/rules").json()["items"]}["KDL-HSR.H3"]
    assert shown["is_ticked"] and shown["tick"]["checked_by"] == "wang"
    moved = client.put(path, json=tick | {"id": str(uuid4()), "sha256": "0" * 64})
    assert (moved.status_code, moved.json()["code"]) == (409, "row_moved")


def test_every_row_of_every_file_is_whole_and_named_once(client):
    rows = client.get("/api/rules").json()["items"]
    assert len({row["id"] for row in rows}) == len(rows) > 90
    for row in rows:
        assert row["certainty"] in {
            *("read", "memory-high", "memory-medium", "memory-low", "check", "proposal")
        }, row["id"]
        assert row["standard"] != "—" and row["text_zh"] and row["text_en"], row["id"]


def test_the_line_for_money_explains_each_place(client, sites):
    said = client.get("/api/priority", params={"district": DISTRICT, "limit": 2}).json()
    assert (said["total"], said["next"]) == (3, 2)
    first = said["items"][0]
    assert first["code"] == sites[0].code and first["place"] == 1
    assert [test["holds"] for test in first["tests"]][1] is None
    assert first["tests"][0]["value_zh"] == "H 指数等级 1"
    mine = client.get(f"/api/sites/{sites[2].code}/priority").json()["standing"]
    assert mine["place"] in (2, 3) and mine["total"] == 3 and not mine["mass_known"]


def test_the_terminal_previews_adopts_and_lists(qingfei, database_url, tmp_path):
    from gis.ledger import places
    from tests.makers import Clock, a_district

    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        list_site(book, mass_t=120_000.0, is_bare=True, name="=1+1")
    file = tmp_path / "v2.toml"
    shown = qingfei("rules", "show").stdout
    assert shown == grading.shipped()
    text = shown.replace("level_1_above = 60", "level_1_above = 75")
    file.write_text(text.replace('version = "1"', 'version = "2"'), encoding="utf-8")
    assert "高风险" in qingfei("rules", "compare", file).stdout
    assert qingfei("grade", "--rules", file, "--preview", "--json").stdout.count('"MEDIUM"') == 1
    assert "填写理由" in refused(qingfei("grade", "--rules", file))
    done = qingfei("rules", "adopt", file, "--reason", "调整", "--json")
    assert '"moved": 1' in done.stdout, done.stderr
    assert "没有点位" in qingfei("grade").stdout
    file.write_text("id = ", encoding="utf-8")
    assert "无法读取" in refused(qingfei("rules", "compare", file))
    assert "KDL-HSR.S4" in qingfei("rules", "list", "--standard", "18599").stdout
    assert "已记录" in qingfei("rules", "check", "KDL-HSR.H3", "--edition", "第1版").stdout
    assert "没有 X" in refused(qingfei("rules", "check", "X", "--edition", "y"))
    out = tmp_path / "line.xlsx"
    assert qingfei("priority", "--out", out).returncode == 0
    sheet = openpyxl.load_workbook(out)["资金安排次序"]
    assert (sheet["A2"].value, sheet["C2"].value, sheet["C2"].data_type) == (1, "=1+1", "s")
    assert "1/1" in qingfei("priority").stdout
