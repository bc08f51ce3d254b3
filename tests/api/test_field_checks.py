"""A verdict sent by a page: what it makes, and that sending it again is harmless."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.makers_check import a_body, a_phones, hash_of, send


def now(**by: float) -> str:
    return (datetime.now(UTC) + timedelta(**by)).isoformat()


def test_confirming_lists_a_graded_site(client, candidate_id):
    answer = send(client, a_body(candidate_id), sent_at=now())
    assert answer.status_code == 201
    place = answer.json()["place"]
    assert place["candidate"]["state"] == "CONFIRMED"
    site = place["site"]
    assert site["code"] == place["candidate"]["site_code"]
    assert site["code"].startswith("150203-M00001-")
    assert site["grading"]["grade"] in {"HIGH", "MEDIUM", "LOW"}
    assert len(site["grading"]["reasons"]) == 18
    assert all(r["clause"] and r["value_zh"] and r["value_en"] for r in site["grading"]["reasons"])
    assert abs(site["area_m2"] / site["area_geodesic_m2"] - 1) < 0.005
    assert [h["verb_zh"] for h in site["history"]] == ["现场确认并列入清单", "量算周边", "分级"]
    assert {h["actor"] for h in site["history"]} == {"wang"}


def test_the_receipt_is_the_hash_of_the_very_text(client, candidate_id):
    body, check_id = a_body(candidate_id, note="“坑深” 0.1 + 0.2 = 0.30000000000000004"), uuid4()
    receipt = send(client, body, check_id).json()["receipt"]
    assert (receipt["id"], receipt["sha256"]) == (str(check_id), hash_of(body))
    assert receipt["received_at"]


def test_the_same_check_five_times_is_one_check(client, candidate_id):
    body, check_id = a_body(candidate_id), uuid4()
    answers = [send(client, body, check_id, sent_at=now(minutes=n)) for n in range(5)]
    assert [a.status_code for a in answers] == [201, 200, 200, 200, 200]
    assert len({a.json()["place"]["site"]["code"] for a in answers}) == 1
    assert len({str(a.json()["receipt"]) for a in answers}) == 1
    assert len(client.get(f"/api/candidates/{candidate_id}").json()["checks"]) == 1


def test_the_same_id_with_other_content_is_refused_and_the_first_kept(client, candidate_id):
    check_id = uuid4()
    send(client, a_body(candidate_id), check_id)
    assert send(client, a_body(candidate_id, note="别的内容"), check_id).status_code == 409
    checks = client.get(f"/api/candidates/{candidate_id}").json()["checks"]
    assert [c["answers"]["note"] for c in checks] == ["坑深约 15 m"]


def test_a_check_of_an_older_version_is_kept_beside_the_first(client, candidate_id):
    gone = {"verdict": "GONE", "kind": None, "waste_class": None}
    send(client, a_body(candidate_id, **gone))
    late = send(client, a_body(candidate_id)).json()
    assert (late["check"]["standing"], late["check"]["effect_at"]) == ("PARALLEL", None)
    assert late["place"]["candidate"]["state"] == "GONE" and late["place"]["site"] is None
    assert len(late["place"]["candidate"]["checks"]) == 2


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"kind": None}, "kind_missing"),
        ({"verdict": "WASTE", "waste_class": None}, "waste_class_missing"),
        ({"verdict": "LOOK_ALIKE"}, "look_alike_missing"),
        ({"checked_at": "2036-01-01T00:00:00Z"}, "from_the_future"),
        ({"answers": {"height_m": -3}}, "height_not_positive"),
    ],
)
def test_a_check_that_breaks_a_rule_is_kept_with_its_sentence(client, candidate_id, change, rule):
    answer = send(client, a_body(candidate_id, **change), sent_at=now())
    assert answer.status_code == 201
    check = answer.json()["check"]
    assert (check["review"], check["effect_at"]) == ("HAS_ISSUES", None)
    (problem,) = [one for one in check["problems"] if one["rule"] == rule]
    assert problem["zh"].endswith("。") and problem["en"].endswith(".")
    assert answer.json()["place"]["candidate"]["state"] == "TO_CHECK"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"verdict": "MAYBE"}, "verdict"),
        ({"verdict": "CONFIRMED"}, "verdict"),
        ({"checked_at": "2026-11-20T10:00:00"}, "checked_at"),
        ({"note": "x" * 4001}, "（说明）"),
        ({"note": "a\x00b"}, "（说明）"),
        ({"seen_version": 0}, "（所见版本）"),
        ({"candidate_id": "七"}, "candidate_id"),
        ({"site_code": "150203-W00001-D"}, "check"),
        ({"candidate_id": None}, "check"),
        ({"answers": {"height_m": "6 米"}}, "（高度）"),
        ({"answers": {"height_m": 1e300}}, "（高度）"),
        ({"fixes": [{"lon": 500, "lat": 1}]}, "fixes"),
        ({"outline": {"type": "Point", "coordinates": [1, 2]}}, "outline"),
        ({"outline": {"type": "Polygon", "coordinates": [[[109.7, 40.7]]]}}, "outline"),
        ({"photos": [{"id": str(uuid4()), "sha256": "short", "size_bytes": 1}]}, "photos"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_nothing_is_stored(
    client, candidate_id, change, told
):
    answer = send(client, a_body(candidate_id, **change))
    assert answer.status_code == 422
    assert told in answer.json()["zh"]
    one = client.get(f"/api/candidates/{candidate_id}").json()
    assert (one["state"], one["checks"]) == ("TO_CHECK", [])


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"verdict": NaN}', "七"])
def test_a_text_that_is_no_check_gets_a_sentence(client, candidate_id, text):
    answer = client.put(f"/api/field-checks/{uuid4()}", json={"check": text, "sent_at": now()})
    assert answer.status_code == 422 and answer.json()["zh"].endswith("。")


def test_a_check_of_an_unknown_place_is_not_found(client, app):
    assert send(client, a_body(str(uuid4()))).status_code == 404
    assert send(client, a_body("150203-W00009-9")).status_code == 404


def test_a_clock_an_hour_wrong_changes_nothing_that_matters(client, candidate_id):
    body = a_phones(
        candidate_id, checked_at=now(hours=-1, minutes=-9), opened_at=now(hours=-1, minutes=-15)
    )
    check = send(client, body, sent_at=now(hours=-1)).json()["check"]
    assert check["clock_offset_s"] == pytest.approx(3600, abs=5)
    found = datetime.fromisoformat(check["found_at"])
    assert abs(found - (datetime.now(UTC) - timedelta(minutes=9))) < timedelta(seconds=10)
    assert [p["rule"] for p in check["problems"]] == ["clock_slow"]
    assert check["review"] == "APPROVED" and check["effect_at"]


@pytest.mark.parametrize(
    ("fix", "rule"),
    [
        ({"accuracy_m": 3000}, "accuracy_useless"),
        ({"lon": 116.4, "lat": 39.9}, "outside_district"),
        ({"lon": 0, "lat": 0}, "outside_district"),
    ],
)
def test_a_useless_position_is_kept_and_said(client, candidate_id, fix, rule):
    body = a_phones(candidate_id)
    body["fixes"][0] |= fix
    answer = send(client, body)
    assert answer.status_code == 201
    check = answer.json()["check"]
    assert check["review"] == "HAS_ISSUES" and check["effect_at"] is None
    assert rule in [one["rule"] for one in check["problems"]]
    assert check["fixes"][0]["lon"] == body["fixes"][0]["lon"]


def test_hostile_text_is_kept_as_text(client, candidate_id):
    note = "<img src=x onerror=alert(1)>{verdict}"
    check = send(client, a_body(candidate_id, note=note)).json()["check"]
    assert check["answers"]["note"] == note


def test_the_rules_of_the_form_are_sent_whole(client):
    rules = client.get("/api/field/rules").json()
    assert {"rules", "limits", "fields", "shapes", "densities", "sha256"} <= set(rules)
    assert all(one["zh"].endswith("。") and one["en"].endswith(".") for one in rules["rules"])
    assert ["verdict", "in", ["WASTE", "PIT"]] in rules["rules"][0]["when"]
    assert {one["certainty"] for one in rules["densities"]} == {"proposal"}
