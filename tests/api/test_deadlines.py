"""Deadlines and notices over HTTP: figures, later days, notices from draft to close."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from docx import Document
from fastapi.testclient import TestClient

from gis.domain.people.accounts import Sight
from gis.domain.terms import Role
from gis.ledger import Book, people
from gis.ledger.tags import tag_site
from gis.store.register import day_of
from tests.api.known import PASSWORD, WRITE
from tests.makers import KUNDULUN, a_project, list_site
from tests.makers_deadlines import EEB, UM, a_task, store

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
D = {"district": KUNDULUN}
NASTY = "<img src=x onerror=alert(1)>"


def sign_in(app, book, name, role, units=()):
    people.add_user(book, name, name, role, PASSWORD, Sight(units=units))
    client = TestClient(app, headers=WRITE, raise_server_exceptions=False)
    sent = client.post("/api/session", json={"username": name, "password": PASSWORD})
    assert sent.status_code == 200
    return client


@pytest.fixture
def today(book: Book) -> date:
    return day_of(book.clock())


@pytest.fixture
def late(app, book: Book, today):
    """A site with two sub-tasks of one unit, one overdue, and a task of the plan of 2023."""
    site = list_site(book, name=NASTY)
    project = a_project(site.code)
    store(
        book,
        project,
        a_task(project, title=NASTY, due_on=today - timedelta(days=3)),
        a_task(project, due_on=today + timedelta(days=5)),
    )
    tag_site(book, site.code, "5", EEB, date(2023, 12, 31))
    return site


def works(client, **wish):
    answer = client.get("/api/deadlines/works", params=D | wish)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_figures_by_unit_and_one_by_one(client, late, today):
    body = client.get("/api/deadlines/summary", params=D).json()
    assert body["all"] | {"name": None, "bank": None} == {
        "red": 2,
        "amber": 1,
        "on_time": 0,
        "ongoing": 0,
        "done": 0,
        "name": None,
        "bank": None,
        "worst_days": (today - date(2023, 12, 31)).days,
    }
    assert [row["name"] for row in body["unit"]] == [EEB, UM]
    assert "区财政局" in {row["name"] for row in body["helper"]}
    assert body["rules"][0]["days"] == 30 and body["day"] == today.isoformat()
    page = works(client, state="RED", limit=1)
    assert page["total"] == 2 and page["items"][0]["kind"] == "TAG"
    rest = works(client, state="RED", limit=1, after=page["next"])
    assert rest["items"][0]["title"] == NASTY  # text as it is: pages write it as text
    assert works(client, as_of=(today - timedelta(days=1)).isoformat())["total"] == 0


@pytest.mark.parametrize(
    "wish",
    [
        {"as_of": "2199-01-01"},
        {"as_of": "yesterday"},
        {"state": "LATE"},
        {"unit": "局\x00"},
        {"colour": "red"},
        {"after": "nonsense"},
        {"limit": 0},
        {"district": "999999"},
    ],
)
def test_an_address_that_cannot_be_is_refused_in_a_sentence(client, wish):
    answer = client.get("/api/deadlines/works", params=D | wish)
    assert answer.status_code in (404, 422), answer.text
    assert answer.json()["zh"].endswith("。")


def test_a_later_day_from_one_to_another(client, app, book, late, today):
    key = works(client, unit=UM, state="RED")["items"][0]["key"]
    analyst = sign_in(app, book, "li", Role.ANALYST)
    address = f"/api/deadlines/extensions/{uuid4()}"
    later = (today + timedelta(days=100)).isoformat()
    body = {"work": key, "new_due_on": later, "reason": NASTY}
    assert analyst.put(address, json=body).status_code == 201
    assert analyst.put(address, json=body).status_code == 200
    assert analyst.put(f"{address}/approval", json={}).status_code == 403
    (waiting,) = client.get("/api/deadlines/extensions", params=D).json()["extensions"]
    assert waiting["may_decide"] and waiting["reason"] == NASTY
    assert client.put(f"{address}/approval", json={"note": "同意"}).status_code == 200
    assert client.put(f"{address}/refusal", json={"note": "不"}).status_code == 409
    (work,) = [one for one in works(client)["items"] if one["key"] == key]
    assert (work["state"], work["due_on"]) == ("ON_TIME", later)
    assert work["original_due_on"] == (today - timedelta(days=3)).isoformat()
    own = f"/api/deadlines/extensions/{uuid4()}"
    further = (today + timedelta(days=200)).isoformat()
    assert client.put(own, json=body | {"new_due_on": further}).status_code == 201
    refused = client.put(f"{own}/approval", json={})
    assert refused.status_code == 403 and refused.json()["code"] == "own_extension"
    for wrong in ({"new_due_on": "2101-01-01"}, {"reason": "\x00"}, {"work": ""}):
        assert client.put(own, json=body | wrong).status_code == 422


def test_a_notice_from_draft_to_close(client, app, book, late, today):
    notice = f"/api/notices/{uuid4()}"
    body = {**D, "kind": "URGE", "units": [UM], "remark": NASTY}
    nothing = client.put(notice, json=body | {"units": ["区自然资源分局"]})
    assert nothing.status_code == 422 and nothing.json()["code"] == "unit_unknown"
    drafted = client.put(notice, json=body)
    assert drafted.status_code == 201 and client.put(notice, json=body).status_code == 200
    said = drafted.json()
    assert said["state"] == "DRAFT" and said["symbol"] is None
    assert said["rows"][0][2] == NASTY and said["rows"][0][5] == "3"
    issued = client.put(f"{notice}/issue").json()
    assert issued["symbol"] == f"昆督〔{today.year}〕1号"
    assert client.get(f"{notice}/again").json() == {"is_same": True}
    unit = sign_in(app, book, "um", Role.ANALYST, units=(UM,))
    other = sign_in(app, book, "eeb", Role.ANALYST, units=(EEB,))
    assert [one["symbol"] for one in unit.get("/api/notices", params=D).json()["notices"]] == [
        issued["symbol"]
    ]
    assert other.get("/api/notices", params=D).json()["notices"] == []
    assert other.get(notice).status_code == 404
    paper = uuid4()
    files = {"file": ("说明.pdf", io.BytesIO(PDF), "application/pdf")}
    assert unit.put(f"{notice}/papers/{paper}", files=files).status_code == 201
    answer = f"{notice}/answers/{uuid4()}"
    given = {"unit": UM, "text": "三日内清运完毕", "papers": [str(paper)]}
    assert unit.put(answer, json=given).status_code == 201
    assert unit.put(f"{answer}/acceptance", json={}).status_code == 403
    assert client.put(f"{notice}/close", json={}).status_code == 409
    assert client.put(f"{answer}/return", json={"note": ""}).status_code == 422
    assert client.put(f"{answer}/acceptance", json={"note": "属实"}).status_code == 204
    seen = client.get(notice).json()["given"][0]
    assert seen["state"] == "ACCEPTED" and seen["papers"][0]["file_name"] == "说明.pdf"
    assert client.get(seen["papers"][0]["address"]).content == PDF
    assert other.get(seen["papers"][0]["address"]).status_code == 404
    assert client.put(f"{notice}/close", json={"note": "已清"}).status_code == 204
    late_answer = unit.put(f"{notice}/answers/{uuid4()}", json=given)
    assert late_answer.status_code == 409 and "已办结" in late_answer.json()["zh"]
    word = client.get(f"{notice}/file")
    assert word.status_code == 200
    lines = [p.text for p in Document(io.BytesIO(word.content)).paragraphs]
    assert issued["symbol"] in lines and NASTY in lines


def test_a_unit_sees_its_own_works_and_drafts_nothing(client, app, book, late):
    manager = sign_in(app, book, "um", Role.MANAGER, units=(UM,))
    assert {one["lead_unit"] for one in works(manager)["items"]} == {UM}
    rows = manager.get("/api/deadlines/summary", params=D).json()
    assert [row["name"] for row in rows["unit"]] == [UM]
    body = {**D, "kind": "URGE", "units": [UM]}
    refused = manager.put(f"/api/notices/{uuid4()}", json=body)
    assert refused.status_code == 403, refused.text
