"""Sampling by HTTP: draw, plan, labels, sheet, custody; and what a page may send wrongly."""

from uuid import uuid4

import pytest

from gis.ledger import Book
from tests.makers import list_site


@pytest.fixture
def site(book: Book, app):
    return list_site(book, mass_t=40.0, height_m=1.0, name="<b>渣堆</b>")


@pytest.fixture
def plan(client, site):
    sent = client.put(f"/api/sampling/plans/{uuid4()}", json={"site_code": site.code, "seed": 1})
    assert sent.status_code == 201, sent.text
    return sent.json()


def drawn(**changes):
    return {
        "district_code": "150203",
        "by": ["kind", "mass_band"],
        "size_by": "ALL",
        "allocation": "PROPORTIONAL",
        "seed": 7,
    } | changes


def taken(plan, *numbers, **changes):
    one = plan["increments"][numbers[0] - 1]
    return {
        "step": "TAKEN",
        "codes": [plan["increments"][number - 1]["code"] for number in numbers],
        "at": plan["planned_at"],
        "by": "李采样",
        "lon": one["lon"],
        "lat": one["lat"],
        "accuracy_m": 5,
    } | changes


def custody(client, body):
    return client.put(f"/api/sampling/custody/{uuid4()}", json=body)


def test_sites_are_drawn_once_for_one_id(client, site):
    strata = client.get("/api/sampling/strata?district=150203&by=kind").json()
    assert strata["population"] == 1 and strata["strata"][0]["by"] == {"kind": "WASTE_PILE"}
    whole = client.get("/api/sampling/strata?district=150203").json()
    assert [stratum["by"] for stratum in whole["strata"]] == [{}]
    address = f"/api/sampling/selections/{uuid4()}"
    answers = [client.put(address, json=drawn()) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 200]
    assert answers[0].json()["picks"][0]["code"] == site.code
    assert client.put(address, json=drawn(seed=8)).status_code == 409
    listed = client.get("/api/sampling/selections?district=150203").json()["items"]
    assert [(one["id"], one["drawn"]) for one in listed] == [(answers[0].json()["id"], 1)]
    assert client.get(address).json() == answers[0].json()
    assert client.get(f"/api/sampling/selections/{uuid4()}").status_code == 404


def test_a_plan_shows_its_rules_points_and_cells(client, site, plan):
    assert (plan["code"], plan["state"]) == (f"{site.code}-P1", "PLANNED")
    assert (plan["n_table"], plan["n_planned"], plan["is_strict"]) == (13, 14, False)
    assert len(plan["increments"]) == 14 and plan["is_by_current_rules"]
    rests = {row["id"]: row["is_checked"] for row in plan["rests_on"]}
    assert rests["HJ298-T1-3"] and not rests["HJ298-5N"]
    cells = client.get(f"/api/sampling/plans/{plan['code']}/cells").json()["features"]
    marked = [c["properties"] for c in cells if c["properties"]["increment"]]
    assert len(cells) == 70
    assert {(m["cell"], m["increment"]) for m in marked} == {
        (one["cell"], one["number"]) for one in plan["increments"]
    }
    (item,) = client.get("/api/sampling/plans?district=150203").json()["items"]
    assert (item["site_name"], item["reached"]["TAKEN"]) == ("<b>渣堆</b>", 0)
    assert len(client.get("/api/sampling/rules").json()["rules"]) > 25


def test_labels_carry_every_code_and_no_markup_of_ours(client, plan):
    page = client.get(f"/sampling/{plan['code']}/labels")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    for one in plan["increments"]:
        assert one["code"] in page.text
    assert page.text.count("<svg") == 14
    assert "<b>渣堆" not in page.text and "&lt;b&gt;渣堆" in page.text
    again = client.get(f"/sampling/{plan['code']}/labels?first=3&last=4").text
    assert again.count("<svg") == 2 and plan["increments"][2]["code"] in again


@pytest.mark.parametrize("format", ["xlsx", "gpkg", "geojson", "kml"])
def test_the_field_sheet_is_a_file(client, plan, format):
    answer = client.get(f"/api/sampling/plans/{plan['code']}/sheet?format={format}")
    assert answer.status_code == 200 and len(answer.content) > 500
    assert plan["code"] in answer.headers["content-disposition"]


def test_custody_goes_step_by_step_and_again_is_harmless(client, plan):
    body = taken(plan, 1, 2)
    address = f"/api/sampling/custody/{uuid4()}"
    assert [client.put(address, json=body).status_code for _ in range(3)] == [201, 200, 200]
    assert client.put(address, json=body | {"by": "别人"}).status_code == 409
    sealed = {k: body[k] for k in ("at", "by")} | {"step": "SEALED"}
    scanned = [code.lower() for code in body["codes"]]
    assert custody(client, sealed | {"codes": scanned}).status_code == 201
    again = custody(client, sealed | {"codes": body["codes"]})
    assert (again.status_code, again.json()["code"]) == (409, "custody_order")
    after = client.get(f"/api/sampling/plans/{plan['code']}").json()
    assert (after["state"], after["reached"]) == (
        "STARTED",
        {"TAKEN": 2, "SEALED": 2, "HANDED_OVER": 0, "RECEIVED": 0},
    )
    assert [event["step"] for event in after["increments"][0]["custody"]] == ["TAKEN", "SEALED"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"codes": []}, "份样编号"),
        ({"codes": ["150203-W00001-D-P1-999"]}, "150203-W00001-D-P1-999"),
        ({"codes": ["'; drop table"]}, "codes"),
        ({"lon": 109.9}, "边界外"),
        ({"lon": 1e9}, "（经度）"),
        ({"at": "2036-01-01T00:00:00Z"}, "2036-01-01"),
        ({"at": "2026-01-01T00:00:00"}, "（时间）"),
        ({"by": ""}, "经手人"),
        ({"step": "LOST"}, "step"),
        ({"note": "a\x00"}, "（说明）"),
    ],
)
def test_bad_custody_gets_a_sentence_and_nothing_is_stored(client, plan, change, told):
    answer = custody(client, taken(plan, 1) | change)
    assert answer.status_code == 422 and told in answer.json()["zh"]
    after = client.get(f"/api/sampling/plans/{plan['code']}").json()
    assert after["reached"]["TAKEN"] == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"mass_t": -1}, 422),
        ({"mass_t": 1e99}, 422),
        ({"number": 3}, 422),
        ({"number": 3, "reduction": "HJ298-4.2.4f", "reduction_reason": "倾倒"}, 422),
        ({"layers": 1}, 422),
        ({"reduction": "x", "reduction_reason": "倾倒"}, 422),
        ({"site_code": "150203-W99999-Z"}, 404),
    ],
)
def test_a_plan_that_cannot_stand_is_refused(client, site, change, status):
    address = f"/api/sampling/plans/{uuid4()}"
    assert client.put(address, json={"site_code": site.code} | change).status_code == status
    assert client.get("/api/sampling/plans?district=150203").json()["items"] == []


def test_a_plan_is_ended_with_its_reason(client, plan):
    address = f"/api/sampling/plans/{plan['code']}/end"
    assert client.post(address, json={"reason": ""}).status_code == 422
    ended = client.post(address, json={"reason": "改期"}).json()
    assert (ended["state"], ended["ended_reason"]) == ("ENDED", "改期")
    assert custody(client, taken(plan, 1)).json()["code"] == "plan_ended"


def test_what_is_not_there_is_not_found(client, app):
    for path in ("/api/sampling/plans/X", "/api/sampling/plans/X/cells", "/sampling/X/labels"):
        assert client.get(path).status_code == 404
    assert client.get("/api/sampling/plans?district=999999").status_code == 404
    assert client.get("/api/sampling/strata?district=150203&by=kind").status_code == 422
