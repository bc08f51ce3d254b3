"""The log over HTTP: searched, opened, proved, handed out; and every file that leaves is in it."""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.log_words import KINDS
from api.verbs import VERBS
from gis.domain.canonical import canonical
from gis.domain.people.accounts import Sight
from gis.domain.terms import Role
from gis.ledger import Book, people
from gis.store.log import GENESIS
from gis.store.register import CHINA
from gis.store.tables import ledger_log
from tests.api.known import PASSWORD, WRITE
from tests.makers import list_site
from tests.makers_results import a_plan
from tests.pictures import picture


@pytest.fixture
def auditor(app, book: Book) -> Iterator[TestClient]:
    people.add_user(book, "shen", "审计员", Role.AUDITOR, PASSWORD)
    with TestClient(app, headers=WRITE, raise_server_exceptions=False) as client:
        assert client.post("/api/session", json={"username": "shen", "password": PASSWORD})
        yield client


@pytest.fixture
def code(client, book) -> str:
    """A site that 王工 corrected: its note held 'Needle' for one version."""
    code = list_site(book, mass_t=40.0, height_m=1.0).code
    for version, note in enumerate(("Needle in hay", "hay"), start=1):
        body = {"version": version, "changes": {"note": note}}
        assert client.patch(f"/api/sites/{code}", json=body).status_code == 200
    return code


def lines(book: Book, *conditions) -> list:
    query = sa.select(ledger_log).where(*conditions).order_by(ledger_log.c.seq)
    with book.reading() as connection:
        return list(connection.execute(query).mappings())


def found(auditor: TestClient, query: str = "") -> list[dict]:
    answer = auditor.get(f"/api/audit?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_entries_are_found_by_who_what_when_and_words(auditor, code):
    newest = found(auditor)
    assert [one["seq"] for one in newest] == list(range(len(newest), 0, -1))
    corrected = found(auditor, f"who=wang&verb=correct_site&subject={code}")
    assert [one["verb"]["name_zh"] for one in corrected] == ["更正", "更正"]
    assert {one["kind"]["name_en"] for one in corrected} == {"Site"}
    day = datetime.fromisoformat(corrected[0]["at"]).astimezone(CHINA).date()
    assert found(auditor, f"since={day}&until={day}")  # both days are within
    assert found(auditor, "until=2020-01-01") == [] == found(auditor, "since=2099-01-01")
    assert [one["seq"] for one in found(auditor, "text=needle hay&verb=correct_site")] == [
        one["seq"] for one in corrected
    ]
    assert found(auditor, "text=needle%25") == [], "a word is a word, not a pattern"
    assert found(auditor, "who=nobody") == []


def test_pages_follow_one_another_without_gap_or_repeat(auditor, code):
    whole, seen, before = [one["seq"] for one in found(auditor)], [], ""
    while True:
        page = auditor.get(f"/api/audit?limit=3{before}").json()
        seen += [one["seq"] for one in page["items"]]
        if page["next"] is None:
            break
        assert page["back_to"]
        before = f"&before={page['next']}"
    assert seen == whole


def test_an_entry_shows_old_and_new_side_by_side(auditor, code):
    newest, older = found(auditor, f"verb=correct_site&subject={code}")
    entry = auditor.get(f"/api/audit/{newest['seq']}").json()
    fields = {one["name"]: one for one in entry["fields"]}
    assert (fields["note"]["before"], fields["note"]["after"]) == ("Needle in hay", "hay")
    assert {name for name, one in fields.items() if one["is_changed"]} == {
        *("note", "version", "recorded_at")
    }
    assert fields["outline"]["before"].startswith("MultiPolygon 5 (109.70")
    assert fields["recorded_at"]["after"].startswith("20"), "a moment, not microseconds"
    assert len(entry["hash"]) == 64
    assert auditor.get("/api/audit/999999").status_code == 404
    assert auditor.get("/api/audit/nonsense").status_code == 422


def test_a_password_never_stands_in_the_log(auditor, app):
    (added,) = found(auditor, "verb=add_user&subject=shen")
    assert "argon2" not in auditor.get(f"/api/audit/{added['seq']}").text


def test_the_chain_is_proved_and_a_change_in_it_found(auditor, book, code):
    state = auditor.get("/api/audit/chain").json()
    assert state["check"] is None and state["head"]["seq"] == len(lines(book))
    check = auditor.post("/api/audit/chain").json()["check"]
    assert (check["by"], check["broken_at"]) == ("shen", None)
    assert (check["head_seq"], check["head_hash"]) == tuple(state["head"].values())
    assert auditor.get("/api/audit/chain").json()["check"] == check
    with book.engine.begin() as connection:
        connection.execute(sa.text("alter table ledger_log disable trigger all"))
        changed = sa.update(ledger_log).where(ledger_log.c.seq == 3).values(actor="nobody")
        connection.execute(changed)
        connection.execute(sa.text("alter table ledger_log enable trigger all"))
    assert auditor.post("/api/audit/chain").json()["check"]["broken_at"] == 3
    assert auditor.get("/api/audit/chain").json()["check"]["broken_at"] == 3


def test_reading_the_log_leaves_no_trace_but_taking_it_away_does(auditor, book, code):
    before = len(lines(book))
    for address in ("", "/choices", "/chain", f"/{before}"):
        assert auditor.get(f"/api/audit{address}").status_code == 200
    assert auditor.post("/api/audit/chain").status_code == 200
    assert len(lines(book)) == before
    assert auditor.get("/api/audit/export?format=jsonl").status_code == 200
    assert [line["verb"] for line in lines(book)[before:]] == ["export_log"]


def test_lines_of_json_prove_themselves(auditor, book, code):
    query = f"format=jsonl&subject={code}"
    sent = auditor.get(f"/api/audit/export?{query}").text.splitlines()
    rows = [json.loads(line) for line in sent]
    assert [row["seq"] for row in rows] == [
        one["seq"] for one in lines(book) if one["subject_id"] == code
    ]
    for row in rows:
        claimed, previous = row.pop("hash"), row.pop("previous")
        assert hashlib.sha256((previous + canonical(row)).encode()).hexdigest() == claimed
    first = json.loads(auditor.get("/api/audit/export?format=jsonl").text.splitlines()[0])
    assert first["previous"] == GENESIS


def test_a_workbook_holds_text_only(auditor, client, code):
    body = {"version": 3, "changes": {"note": '=HYPERLINK("http://x")', "name": "=1+1"}}
    assert client.patch(f"/api/sites/{code}", json=body).status_code == 200
    sent = auditor.get(f"/api/audit/export?format=xlsx&subject={code}")
    sheet = openpyxl.load_workbook(io.BytesIO(sent.content))["操作日志"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.value is None for cell in cells if cell.data_type == "n")
    assert "更正" in [row[3].value for row in sheet.iter_rows(min_row=2)]
    assert "attachment" in sent.headers["content-disposition"]


def test_too_much_for_a_file_is_refused_with_what_to_do(auditor, code, monkeypatch):
    monkeypatch.setattr("api.routes.audit.MOST", 3)
    refused = auditor.get("/api/audit/export?format=xlsx")
    assert (refused.status_code, refused.json()["code"]) == (422, "too_many_entries")


@pytest.mark.parametrize(
    "query",
    ["since=yesterday", "before=0", "limit=0", "limit=1000", "text=%00", "verb=%00", "nonsense=1",
     "since=0001-01-01", "format=csv"],
)  # fmt: skip
def test_a_search_that_is_none_gets_a_sentence(auditor, query):
    answer = auditor.get(f"/api/audit?{query}")
    assert answer.status_code == 422 and answer.json()["zh"].endswith("。")


def test_choices_name_people_verbs_and_kinds(auditor, code):
    choices = auditor.get("/api/audit/choices").json()
    assert {"username": "wang", "name": "王工"} in choices["people"]
    assert {"value": "correct_site", "name_zh": "更正", "name_en": "Corrected"} in choices["verbs"]
    assert {"value": "site", "name_zh": "点位", "name_en": "Site"} in choices["kinds"]
    assert all(one["name_zh"] != one["value"] for one in choices["verbs"]), choices["verbs"]


def test_who_sees_a_part_of_the_district_does_not_read_its_log(app, book, code):
    people.add_user(book, "bu", "部门", Role.AUDITOR, PASSWORD, Sight(towns=("昆河镇",)))
    with TestClient(app, headers=WRITE) as client:
        client.post("/api/session", json={"username": "bu", "password": PASSWORD})
        for address in ("", "/1", "/export?format=xlsx", "/chain"):
            answer = client.get(f"/api/audit{address}")
            if address != "/chain":
                assert answer.json()["code"] == "whole_district_only", address
        assert client.post("/api/audit/chain").json()["code"] == "whole_district_only"


def test_every_file_that_leaves_is_in_the_log_with_its_hash(client, book, code, tmp_path):
    plan, _ = a_plan(book, code, number=20)
    paper = uuid4()
    sent = {"file": ("a.jpg", picture())}
    client.put(f"/api/sites/{code}/attachments/{paper}", files=sent, data={"kind": "PHOTO"})
    handed = {
        "/api/inventory?district=150203&format=xlsx&grade=LOW": ("inventory", "150203"),
        "/api/inventory?district=150203&format=gpkg": ("inventory", "150203"),
        f"/api/sampling/plans/{plan.code}/sheet?format=xlsx": ("field_sheet", plan.code),
        f"/sampling/{plan.code}/labels": ("labels", plan.code),
        f"/api/results/template?plan={plan.code}": ("results_sheet", plan.code),
        f"/api/sites/{code}/attachments/{paper}/original": ("paper", code),
    }
    for address, (what, subject) in handed.items():
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text[:200])
        line = lines(book)[-1]
        said = json.loads(line["after"])
        assert (line["actor"], line["verb"]) == ("wang", f"export_{what}"), address
        assert (line["subject_kind"], line["subject_id"]) == ("export", subject)
        assert said["sha256"] == hashlib.sha256(answer.content).hexdigest()
        assert said["size_bytes"] == len(answer.content)
    (filtered, _) = lines(book, ledger_log.c.verb == "export_inventory")
    said = json.loads(filtered["after"])
    assert (said["filter"], said["format"]) == ("风险等级：低风险", "xlsx") and "rows" in said


def test_every_verb_and_kind_that_is_logged_has_words():
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path("gis").rglob("*.py"))
    logged = re.findall(r"entry\.log\(\s*\"(\w+)\",\s*\"(\w+)\"", code)
    named = re.findall(r"(?:_refuse|refuse)\(\w+, \"(\w+)\"", code)
    verbs = {verb for verb, _ in logged} | set(re.findall(r"verb=\"(\w+)\"", code)) | {*named}
    assert len(verbs) > 40 and verbs <= set(VERBS), verbs - set(VERBS)
    kinds = {kind for _, kind in logged}
    assert kinds <= set(KINDS), kinds - set(KINDS)


def test_every_export_has_words():
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path("api").rglob("*.py"))
    handed = re.findall(r"hand_out\([^\"]*\"(\w+)\"", code)
    assert len(set(handed)) >= 8
    assert {f"export_{what}" for what in handed} <= set(VERBS)
