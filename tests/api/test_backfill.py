"""Backfill over HTTP: match and what-if, pairs with reasons, the book, its file, bad bodies."""

from io import BytesIO
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from gis.domain.people.accounts import Sight
from gis.domain.terms import Role, WasteNature
from gis.ledger import people
from tests.api.known import PASSWORD
from tests.makers_backfill import list_pile, list_pit, survey_pit
from tests.pictures import PDF

TODAY = "2026-06-10"


@pytest.fixture
def ground(app, book):
    """One pile, the same unidentified, a coal pit."""
    pile = list_pile(book)
    unknown = list_pile(book, nature=WasteNature.UNIDENTIFIED, name="=HYPERLINK(1)")
    return pile.code, unknown.code, list_pit(book).code


def body(ground, **changes):
    pile, _, pit = ground
    values = {
        "pit_code": pit,
        "source_code": pile,
        "tonnes": 190,
        "tipped_on": TODAY,
        "ticket_no": "LD-1",
        "unit": "演示运输队",
        "received_by": "李磅房",
    }
    return values | changes


def test_match_and_what_if_over_http(client, ground):
    pile, unknown, pit = ground
    asked = {"district": "150203", "what_if": {"closed": [pit]}}
    sent = client.post("/api/backfill/match", json=asked)
    assert sent.status_code == 200, sent.text
    found = sent.json()
    assert found["base"]["result"]["totals"]["tonnes"] == 1000
    assert found["changed"]["result"]["totals"]["tonnes"] == 0
    assert found["moves"][0]["before_t"] == 1000 and found["moves"][0]["after_t"] == 0
    assert {one["code"] for one in found["piles"]} == {pile, unknown}
    past = client.post("/api/backfill/match", json={"district": "150203", "as_of": "2020-01-01"})
    assert past.json()["piles"] == []


def test_every_pair_says_why_with_its_clause(client, ground):
    _, unknown, pit = ground
    found = client.get("/api/backfill/pairs", params={"district": "150203"}).json()
    assert [one["standing"] for one in found["items"]] == ["LAWFUL", "IDENTIFY_FIRST"]
    lawful, open_ = found["items"]
    assert lawful["reasons"][0]["clause"] == "8.1" and lawful["reasons"][0]["is_checked"]
    assert open_["reasons"][0]["en"] == "Identify its nature first"
    one = client.get("/api/backfill/pairs", params={"district": "150203", "code": unknown}).json()
    assert one["total"] == 1 and found["counts"]["LAWFUL"] == 1
    rules = client.get("/api/backfill/rules").json()
    assert {row["effect"] for row in rules["rules"]} == {"refuse", "find", "lawful", "assess"}


def test_a_load_goes_into_the_book_and_out_of_it_by_a_counter_entry(client, ground, book):
    load = uuid4()
    assert client.put(f"/api/backfill/loads/{load}", json=body(ground)).status_code == 201
    assert client.put(f"/api/backfill/loads/{load}", json=body(ground)).status_code == 200
    twice = client.put(f"/api/backfill/loads/{uuid4()}", json=body(ground))
    assert (twice.status_code, twice.json()["code"]) == (409, "ticket_twice")
    back = {"id": str(uuid4()), "reason": "磅单录错"}
    assert client.put(f"/api/backfill/loads/{load}/reversal", json=back).status_code == 201
    assert client.put(f"/api/backfill/loads/{load}/reversal", json=back).status_code == 200
    again = client.put(f"/api/backfill/loads/{uuid4()}", json=body(ground, tonnes=100))
    assert again.status_code == 201
    survey_pit(book, ground[2], 990.0, day=book.clock().date())
    read = client.get("/api/backfill/book", params={"district": "150203"}).json()
    assert len(read["loads"]) == 3 and read["reversed"] == [str(load)]
    assert read["sums"][0]["tonnes"] == 100 and read["sums"][0]["loads"] == 1
    assert read["checks"][0]["flag"] == "AGREES"
    file = client.get("/api/backfill/book/export", params={"district": "150203"})
    sheet = load_workbook(BytesIO(file.content))["回填台账"]
    assert [cell.value for cell in sheet[3]][:3] == [1, sheet["B3"].value, "LD-1"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=3) for cell in row} <= {"n", "s", "d"}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"tonnes": 0}, 422, "tonnes_unfit"),
        ({"tonnes": -3}, 422, "tonnes_unfit"),
        ({"tonnes": 1e300}, 422, "tonnes_unfit"),
        ({"tipped_on": "2099-01-01"}, 422, "date_in_future"),
        ({"tonnes": 1001}, 422, "more_than_left"),
        ({"ticket_no": ""}, 422, "load_incomplete"),
        ({"ticket_no": "a\x00"}, 422, None),
        ({"unit": "x" * 5000}, 422, None),
        ({"tonnes": "NaN"}, 422, None),
        ({"pit_code": "<b>"}, 422, None),
        ({"pit_code": "150203-M99999-X"}, 404, "not_in_register"),
    ],
)
def test_bad_loads_get_one_sentence_and_leave_nothing(client, ground, changes, status, code):
    sent = client.put(f"/api/backfill/loads/{uuid4()}", json=body(ground, **changes))
    assert sent.status_code == status, sent.text
    assert code is None or sent.json()["code"] == code
    assert sent.json()["zh"]
    read = client.get("/api/backfill/book", params={"district": "150203"}).json()
    assert read["loads"] == []


def test_a_refused_pair_names_the_clause(client, ground):
    _, unknown, pit = ground
    for source, clause in ((unknown, "3.6、3.7、8"), (pit, "自己")):
        sent = client.put(f"/api/backfill/loads/{uuid4()}", json=body(ground, source_code=source))
        assert sent.json()["code"] == "pair_refused" and clause in sent.json()["zh"]


@pytest.mark.parametrize(
    "what",
    [
        {"volumes_m3": {"150203-M99999-X": 1}},
        {"budget_yuan": -1},
        {"reclassified": {"150203-W99999-X": {"nature": "CLASS_I"}}},
    ],
)
def test_a_what_if_of_nothing_here_is_refused(client, ground, what):
    sent = client.post("/api/backfill/match", json={"district": "150203", "what_if": what})
    assert sent.status_code == 422 and sent.json()["code"] == "what_if_unfit"


def test_a_plan_is_kept_proved_and_listed(client, ground):
    plan = uuid4()
    asked = {"district": "150203", "title": "<i>一期</i>", "what_if": {"closed": [ground[2]]}}
    assert client.put(f"/api/backfill/plans/{plan}", json=asked).status_code == 201
    assert client.put(f"/api/backfill/plans/{plan}", json=asked).status_code == 200
    other = client.put(f"/api/backfill/plans/{plan}", json=asked | {"title": "二期"})
    assert other.status_code == 409
    listed = client.get("/api/backfill/plans", params={"district": "150203"}).json()["items"]
    assert [one["title"] for one in listed] == ["<i>一期</i>"] and listed[0]["is_current_rules"]
    kept = client.get(f"/api/backfill/plans/{plan}").json()
    assert kept["result"]["totals"]["tonnes"] == 0
    assert client.get(f"/api/backfill/plans/{uuid4()}").status_code == 404


def test_facts_are_stated_and_a_pit_can_be_closed(client, ground):
    pit = ground[2]
    said = {"void": "COAL_PIT", "is_filling_open": False, "evidence": "已填满"}
    assert client.put(f"/api/backfill/facts/{pit}", json=said).status_code == 200
    found = client.post("/api/backfill/match", json={"district": "150203"}).json()
    assert found["base"]["result"]["totals"]["tonnes"] == 0
    nothing = client.put(f"/api/backfill/facts/{pit}", json=said | {"evidence": " "})
    assert nothing.json()["code"] == "deed_unexplained"


def propose(client, pile, pit, **changes):
    """Put a paper of each kind on the pit, then the assessment that names them."""
    papers = {}
    for kind in ("BASELINE", "RISK", "MONITORING"):
        papers[kind] = str(uuid4())
        address = f"/api/sites/{pit}/attachments/{papers[kind]}"
        put = client.put(address, files={"file": ("a.pdf", PDF)}, data={"kind": "REPORT"})
        assert put.status_code == 201, put.text
    about = {"pit_code": pit, "source_code": pile, "material": "GANGUE", "papers": papers}
    sent = about | {"monitoring_per_year": 1, "document_no": "评估〔2026〕1号"} | changes
    assessment = uuid4()
    return assessment, client.put(f"/api/backfill/assessments/{assessment}", json=sent)


def test_an_assessment_is_proposed_read_and_settled_by_another(client, book, ground, stranger):
    pit = ground[2]
    pile = list_pile(book, nature=WasteNature.CLASS_II, name="Ⅱ类矸石").code
    _, short = propose(client, pile, pit, monitoring_per_year=0)
    assert (short.status_code, short.json()["code"]) == (422, "assessment_unfit")
    assessment, sent = propose(client, pile, pit)
    assert sent.status_code == 201, sent.text
    read = client.get("/api/backfill/assessments", params={"district": "150203"}).json()
    assert [one["id"] for one in read["items"]] == [str(assessment)]
    assert read["names"][pile] == "Ⅱ类矸石" and read["items"][0]["approved_at"] is None
    address = f"/api/backfill/assessments/{assessment}/settlement"
    same = client.post(address, json={"is_accepted": True})
    assert (same.status_code, same.json()["code"]) == (403, "same_person_approves")
    people.add_user(book, "kezhang", "赵科长", Role.REVIEWER, PASSWORD)
    limited = Sight(towns=("北镇",), units=())
    people.add_user(book, "beizhen", "北镇", Role.READER, PASSWORD, limited)
    stranger.post("/api/session", json={"username": "beizhen", "password": PASSWORD})
    hidden = stranger.get("/api/backfill/assessments", params={"district": "150203"}).json()
    assert hidden == {"items": [], "names": {}}
    stranger.post("/api/session", json={"username": "kezhang", "password": PASSWORD})
    silent = stranger.post(address, json={"is_accepted": False})
    assert (silent.status_code, silent.json()["code"]) == (422, "deed_unexplained")
    assert stranger.post(address, json={"is_accepted": True}).status_code == 200
    again = stranger.post(address, json={"is_accepted": True})
    assert (again.status_code, again.json()["code"]) == (409, "assessment_settled")
    booked = client.put(f"/api/backfill/loads/{uuid4()}", json=body(ground, source_code=pile))
    assert booked.json()["assessment_id"] == str(assessment)


def test_a_viewer_reads_and_does_not_book(app, book, ground, stranger):
    people.add_user(book, "kan", "看", Role.READER, PASSWORD)
    stranger.post("/api/session", json={"username": "kan", "password": PASSWORD})
    assert stranger.post("/api/backfill/match", json={"district": "150203"}).status_code == 200
    sent = stranger.put(f"/api/backfill/loads/{uuid4()}", json=body(ground))
    assert sent.status_code == 403
    assert (
        stranger.get("/api/backfill/book/export", params={"district": "150203"}).status_code == 403
    )
