"""Projects over HTTP: a plan's life, its refusals in one sentence, lists and workbooks."""

from datetime import date
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from gis.domain.terms import SiteKind, SiteState
from tests.makers import list_site, square, stand

PLAN = {"title": "渣堆整治", "leader_role": "分管副区长", "task_no": 5}
NASTY = "<img src=x onerror=alert(1)>=HYPERLINK(1)"


@pytest.fixture
def code(app, book):
    return list_site(book).code


def put(client, code, variant="GENERAL", **plan):
    body = {"site_code": code, "variant": variant, "plan": PLAN | plan}
    answer = client.put(f"/api/projects/{uuid4()}", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def advance(client, project, to_stage, **more):
    body = {"from_stage": project["stage"], "to_stage": to_stage} | more
    return client.put(f"/api/projects/{project['id']}/steps/{uuid4()}", json=body)


def test_a_plan_from_opening_to_its_first_gates(client, code):
    project = put(client, code)
    assert (project["stage"], project["plan"]["lead_unit"]) == ("RESERVE", "区生态环境分局")
    assert [one["place"] for one in project["line"]][:2] == ["here", "next"]
    assert [one["is_met"] for one in project["needs"]] == [False, True]
    refused = advance(client, project, "SURVEY")
    assert (refused.status_code, refused.json()["code"]) == (422, "evidence_missing")
    assert "问题描述" in refused.json()["zh"]
    path = f"/api/projects/{project['id']}"
    plan = project["plan"] | {"issue": NASTY, "due_on": "2023-12-31"}
    project = client.put(f"{path}/plan", json={"version": 1, "plan": plan}).json()
    assert (project["plan"]["issue"], project["deadline"]) == (NASTY, "RED")
    moved = advance(client, project, "SURVEY", unit="昆河镇", document_no="昆府函〔2026〕1号")
    assert moved.status_code == 201 and moved.json()["steps"][-1]["unit"] == "昆河镇"
    assert advance(client, project, "SURVEY").json()["code"] == "project_moved"
    task = {"title": "勘查", "lead_unit": "区工信局", "due_on": "2026-12-31"}
    tasks = f"{path}/tasks/{uuid4()}"
    assert client.put(tasks, json=task).status_code == 201
    done = client.put(f"{tasks}/done", json={"version": 1, "done_on": str(date(2026, 1, 2))})
    assert done.json()["plan"]["progress_percent"] == 100
    dropped = client.put(f"{tasks}/dropped", json={"version": 2, "reason": "并入方案"})
    assert dropped.json()["tasks"][0]["dropped_reason"] == "并入方案"
    back = {"from_stage": "SURVEY", "to_stage": "RESERVE", "reason": ""}
    assert client.put(f"{path}/reversals/{uuid4()}", json=back).status_code == 422
    back["reason"] = "方案重编"
    assert client.put(f"{path}/reversals/{uuid4()}", json=back).json()["stage"] == "RESERVE"
    of_site = client.get(f"/api/sites/{code}/projects").json()
    assert [len(of_site[name]) for name in ("projects", "variants")] == [1, 0]
    past = client.get(f"/api/sites/{code}/projects", params={"as_of": "2020-01-01"}).json()
    assert past["projects"] == []


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        ({"starts_on": "2026-06-02", "due_on": "2026-06-01"}, "due_before_start"),
        ({"budget_yuan": -1}, "plan_unfit"),
        ({"progress_percent": 101}, "plan_unfit"),
        ({"task_no": 99}, "task_unknown"),
        ({"lead_unit": "昆河镇"}, "lead_unit_unexplained"),
        ({"title": "\x00"}, "request_invalid"),
        ({"title": "\ud800"}, "request_invalid"),
        ({"grade": "LOW"}, "request_invalid"),
        ({"issue": "长" * 4001}, "request_invalid"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_a_sentence(client, code, plan, error):
    import json

    body = {"site_code": code, "variant": "GENERAL", "plan": PLAN | plan}
    headers = {"Content-Type": "application/json"}
    answer = client.put(f"/api/projects/{uuid4()}", content=json.dumps(body), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, error)
    assert client.get(f"/api/sites/{code}/projects").json()["projects"] == []


def test_a_stale_version_is_answered_with_both(client, code):
    project = put(client, code)
    path = f"/api/projects/{project['id']}/plan"
    first = {"version": 1, "plan": project["plan"] | {"goal": "复绿"}}
    assert client.put(path, json=first).status_code == 200
    second = {"version": 1, "plan": project["plan"] | {"goal": "复垦"}}
    refused = client.put(path, json=second)
    assert (refused.status_code, refused.json()["code"]) == (409, "project_stale")
    assert refused.json()["facts"] | {"yours": "1", "current": "2"} == refused.json()["facts"]
    assert "复绿" in refused.json()["zh"]


def test_closed_and_unknown_places_are_named(client, book, code):
    stand(book, code, SiteState.CLOSED)
    body = {"site_code": code, "variant": "GENERAL", "plan": PLAN}
    refused = client.put(f"/api/projects/{uuid4()}", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "site_not_open")
    assert client.get(f"/api/projects/{uuid4()}").status_code == 404
    for path in ("/api/projects?district=150203&nonsense=1", "/api/projects/lists/others"):
        assert client.get(path).status_code == 422


def test_projects_are_listed_filtered_and_counted(client, book, code):
    put(client, code, due_on="2023-12-31", budget_yuan=10.0)
    pit = list_site(book, kind=SiteKind.MINE_PIT, name="矿坑", outline=square(lon=109.72)).code
    put(client, pit, task_no=4, title="矿坑修复")
    found = client.get("/api/projects", params={"district": "150203"}).json()
    assert [one["site_code"] for one in found["items"]] == [code, pit]
    assert (found["total"], found["next"]) == (2, None)
    assert sum(one["n"] for one in found["counts"]) == 2
    assert found["choices"]["unit"] == ["区生态环境分局", "区自然资源分局"]
    for query in ({"unit": "区自然资源分局"}, {"text": "矿坑"}, {"deadline": "ONGOING"}):
        one = client.get("/api/projects", params={"district": "150203"} | query).json()
        assert [row["site_code"] for row in one["items"]] == [pit], query
    first = client.get("/api/projects", params={"district": "150203", "limit": 1}).json()
    assert first["next"] == 1
    reserve = client.get("/api/projects/lists/reserve", params={"district": "150203"}).json()
    assert set(reserve["codes"]) == {code, pit}
    assert sorted(row[0] for row in reserve["rows_zh"]) == [1, 2]


def test_problem_list_and_rectification_plan_are_workbooks_of_the_same_bytes(
    client, book, tmp_path
):
    pile = list_site(book, kind=SiteKind.CONSTRUCTION_PILE, name=NASTY).code
    list_site(book, name="渣堆", outline=square(lon=109.72))
    plan = {"task_no": 13, "issue": NASTY, "measures": "清运", "fund_source": "区级财政"}
    project = put(client, pile, "QUICK_FIX", **plan)
    task = {"title": "清运", "lead_unit": "昆河镇", "due_on": "2026-12-31"}
    client.put(f"/api/projects/{project['id']}/tasks/{uuid4()}", json=task)
    for kind, heading, value in (
        ("problems", "问题描述", NASTY),
        ("rectification", "时序安排", "清运（昆河镇，2026-12-31）"),
    ):
        query = {"district": "150203"}
        shown = client.get(f"/api/projects/lists/{kind}", params=query).json()
        assert shown["codes"] == [pile]
        names = [one["zh"] for one in shown["columns"]]
        assert shown["rows_zh"][0][names.index(heading)] == value
        first, again = (
            client.get(f"/api/projects/lists/{kind}/workbook", params=query) for _ in range(2)
        )
        assert first.content == again.content
        path = tmp_path / "list.xlsx"
        path.write_bytes(first.content)
        sheet, cover = load_workbook(path).worksheets
        assert [cell.value for cell in sheet[2]] == names
        cell = sheet.cell(3, names.index(heading) + 1)
        assert (cell.value, cell.data_type) == (value, "s")
        assert ("条数", "1") in [(row[0].value, row[1].value) for row in cover]


def test_rules_say_which_evidence_each_step_needs_and_whence(client):
    rules = client.get("/api/project-rules").json()
    assert {one["variant"] for one in rules["chains"]} == {
        *("GENERAL", "QUICK_FIX", "TAILINGS_CLOSURE", "GREEN_MINE")
    }
    for chain in rules["chains"]:
        for step in chain["steps"]:
            assert all(one["clause"] and one["certainty"] for one in (step, *step["needs"]))
    assert rules["fields"]["due_on"]["zh"] == "完成时限"
