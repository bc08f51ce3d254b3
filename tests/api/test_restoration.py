"""Restoration over HTTP: units, acceptance with every line, after-care, the survey's rows."""

from uuid import uuid4

import pytest

from gis.domain.terms import SiteKind
from gis.ledger import Book
from tests.imports.files import workbook
from tests.makers import list_site
from tests.makers_pits import GOOD

UNIT = {
    "name": "东坡",
    "direction": "3",
    "land_aim": "GRASSLAND",
    "area_ha": 4,
    "has_waste": True,
    "targets": {"WASTE_REMOVED": 1000, "BACKFILLED": 48000},
}
MINE = {
    "patch_no": "1502030001",
    "mine_class": "10",
    "subclass": "11",
    "problems": ["3", "1"],
    "approved_area_m2": 40000,
    "surveyed_on": "2022-06-30",
}


@pytest.fixture
def code(app, book: Book) -> str:
    return list_site(book, kind=SiteKind.MINE_PIT, name="一号坑").code


@pytest.fixture
def unit(client, code) -> str:
    address = f"/api/sites/{code}/units/{uuid4()}"
    assert client.put(address, json=UNIT).status_code == 201
    return address


def of(client, code):
    return client.get(f"/api/sites/{code}/restoration").json()


def give(client, unit, name, value, **other):
    body = {"indicator": name, "value": value, "measured_on": "2026-06-01", "source": "实测"}
    return client.put(f"{unit}/values/{uuid4()}", json=body | other)


def test_a_unit_from_its_first_value_to_its_after_care(client, code, unit):
    assert client.put(unit, json=UNIT).status_code == 200
    acceptance = {"accepted_on": "2026-03-01"}
    refused = client.put(f"{unit}/acceptance", json=acceptance)
    assert (refused.status_code, refused.json()["code"]) == (422, "acceptance_open")
    assert "恢复面积（未测）" in refused.json()["zh"]
    for name, value in GOOD.items():
        assert give(client, unit, name, value).status_code == 201
    (shown,) = of(client, code)["units"]
    assert shown["is_ready"] and {line["state"] for line in shown["table"]} == {"MET"}
    marks = {line["indicator"]: line["rule"]["is_checked"] for line in shown["table"]}
    assert marks["WELLS"] is True and marks["SOIL"] is False
    assert client.put(f"{unit}/acceptance", json=acceptance).status_code == 204
    assert client.put(f"{unit}/acceptance", json={"accepted_on": "2026-03-02"}).status_code == 409
    (shown,) = of(client, code)["units"]
    wells = [one for one in shown["care"] if one["rule"]["id"] == "CARE-WELLS"]
    days = ["2026-09-01", "2027-03-01", "2027-09-01", "2028-03-01"]
    assert [one["due_on"] for one in wells] == days
    due = client.get("/api/after-care?district=150203").json()["items"]
    assert all(one["state"] in ("RED", "AMBER") and one["site_code"] == code for one in due)
    visit = {
        "rule_id": "CARE-WELLS",
        "due_on": wells[0]["due_on"],
        "done_on": "2026-06-10",
        "result": "FAULT",
        "finding": "二号井超标",
    }
    address = f"{unit}/care/{uuid4()}"
    assert client.put(address, json=visit).status_code == 201
    assert client.put(address, json=visit).status_code == 200
    assert client.put(address, json=visit | {"finding": "别的"}).status_code == 409
    assert client.put(f"{unit}/care/{uuid4()}", json=visit | {"rule_id": "X"}).status_code == 422
    (shown,) = of(client, code)["units"]
    (done,) = [one for one in shown["care"] if one["state"] == "DONE"]
    assert (done["result"], done["finding"]) == ("FAULT", "二号井超标")


def test_what_was_surveyed_is_offered_and_taken_over_by_a_person(client, code, unit):
    survey = {"surveyed_on": "2026-05-20", "basis": "FIELD", "steepest_deg": 34, "depth_m": 8}
    assert client.put(f"/api/sites/{code}/pit/surveys/{uuid4()}", json=survey).status_code == 201

    def slope():
        (shown,) = of(client, code)["units"]
        return {line["indicator"]: line for line in shown["table"]}["SLOPE"]

    line = slope()
    (offer,) = line["offers"]
    assert (line["state"], line["value"]) == ("NOT_MEASURED", None)
    assert (offer["basis"], offer["value"], offer["measured_on"]) == ("SURVEY", 34, "2026-05-20")
    assert [one["code"] for one in offer["cautions"]] == ["percentile", "no_interval"]
    body = {"indicator": "SLOPE", "source_id": offer["source_id"], "value": offer["value"]}
    address = f"{unit}/values/{uuid4()}/taken"
    for wrong, said in (
        ({"value": 12}, (409, "offer_changed")),
        ({"indicator": "SOIL"}, (422, "offer_missing")),
        ({"source_id": str(uuid4())}, (422, "offer_missing")),
    ):
        refused = client.put(address, json=body | wrong)
        assert (refused.status_code, refused.json()["code"]) == said
    for wrong in ({"value": -1}, {"value": "NaN"}, {"indicator": "MAGIC"}, {"source_id": "x"}):
        assert client.put(address, json=body | wrong).status_code == 422, wrong
    assert client.put(address, json=body).status_code == 201
    assert client.put(address, json=body).status_code == 200
    line = slope()
    assert (line["state"], line["value"], line["basis"]) == ("NOT_MET", 34, "SURVEY")
    assert line["offers"] == [] and "95%" in line["cautions"][0]["text_zh"]
    past = client.get(f"/api/sites/{code}/restoration", params={"as_of": "2099-01-01"}).json()
    assert all(one["offers"] == [] for shown in past["units"] for one in shown["table"])


def test_what_cannot_be_is_refused(client, code, unit):
    for name, value, said in (
        ("SURVIVAL", 101, {}),
        ("SLOPE", 95, {}),
        ("SOIL", -1, {}),
        ("SOIL", 30, {"measured_on": "2099-01-01"}),
        ("SOIL", 30, {"source": " "}),
        ("MAGIC", 30, {}),
    ):
        assert give(client, unit, name, value, **said).status_code == 422, (name, value, said)
    fresh = f"/api/sites/{code}/units/{uuid4()}"
    far = {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]]}
    for wrong in (
        {"name": "  "},
        {"name": "\x00"},
        {"direction": "5"},
        {"area_ha": 0},
        {"targets": {"SURVIVAL": 150}},
        {"outline": far},
        {"outline": {"type": "Point"}},
    ):
        assert client.put(fresh, json=UNIT | wrong).status_code == 422, wrong
    marked = client.put(fresh, json=UNIT | {"name": "<b>坡</b>"})
    assert marked.status_code == 201
    assert client.put(f"{fresh}/end", json={"reason": ""}).status_code == 422
    assert client.put(f"{fresh}/end", json={"reason": "重复"}).status_code == 204
    assert [one["name"] for one in of(client, code)["units"]] == ["东坡"]


def test_the_surveys_row(client, code, book):
    address = f"/api/sites/{code}/mine"
    assert client.put(address, json=MINE).status_code == 201
    assert client.put(address, json=MINE).status_code == 200
    assert of(client, code)["mine"]["problems"] == ["1", "3"]
    clash = client.put(address, json=MINE | {"subclass": "31"})
    assert (clash.status_code, clash.json()["code"]) == (422, "mine_codes_clash")
    assert client.put(address, json=MINE | {"surveyed_on": "2099-01-01"}).status_code == 422
    heap = list_site(book, name="渣堆").code
    assert client.put(f"/api/sites/{heap}/mine", json=MINE).json()["code"] == "no_mine"


def test_the_surveys_table_is_taken_in_row_by_row(client, code, book, tmp_path):
    from api.mine_list import MineList, take_mines

    headings = [
        "点位编号",
        "图斑编号",
        "图斑大类",
        "图斑小类",
        "开采方式",
        "生态问题",
        "图斑核定面积（公顷）",
    ]
    path = workbook(
        tmp_path / "图斑.xlsx",
        [],
        headings,
        [code, "K-1", "10", "11 无法确认责任主体的无主废弃矿山", "露天开采", "1、3", 4.2],
        [code, "K-1", "10", "31", "A", "", 4.2],
        [code, "K-2", "10", "11", "Z", "", -1],
        ["", "K-9", "10", "11", "A", "", 1],
    )
    taken = take_mines(book, MineList(path, path.name, "150203"))
    assert (taken.taken, taken.same) == (1, 0)
    assert [one["line"] for one in taken.problems] == [4, 5, 5, 6]
    mine = of(client, code)["mine"]
    assert (mine["method"], mine["approved_area_m2"], mine["problems"]) == ("A", 42_000, ["1", "3"])
    again = take_mines(book, MineList(path, path.name, "150203"))
    assert (again.taken, again.same) == (0, 1)
