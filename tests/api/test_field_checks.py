"""A verdict sent by the page: what it makes, and that sending it again is harmless."""

from uuid import uuid4

import pytest

CHECKED_AT = "2026-11-20T10:00:00+08:00"


def confirmed(candidate: str, **changes: object) -> dict[str, object]:
    return {
        "candidate_id": candidate,
        "seen_version": 1,
        "verdict": "CONFIRMED",
        "kind": "MINE_PIT",
        "waste_class": "NONE",
        "note": "坑深约 15 m",
        "checked_at": CHECKED_AT,
    } | changes


def test_confirming_lists_a_graded_site(client, candidate_id):
    answer = client.put(f"/api/field-checks/{uuid4()}", json=confirmed(candidate_id))
    assert answer.status_code == 201
    body = answer.json()
    assert body["candidate"]["state"] == "CONFIRMED"
    site = body["site"]
    assert site["code"] == body["candidate"]["site_code"]
    assert site["code"].startswith("150203-M00001-")
    assert site["grading"]["grade"] in {"HIGH", "MEDIUM", "LOW"}
    assert len(site["grading"]["reasons"]) == 18
    assert all(r["clause"] and r["value_zh"] and r["value_en"] for r in site["grading"]["reasons"])
    assert abs(site["area_m2"] / site["area_geodesic_m2"] - 1) < 0.005
    assert [h["verb_zh"] for h in site["history"]] == ["现场确认并列入清单", "量算周边", "分级"]
    assert {h["actor"] for h in site["history"]} == {"wang"}


def test_the_same_check_five_times_is_one_check(client, candidate_id):
    address, body = f"/api/field-checks/{uuid4()}", confirmed(candidate_id)
    answers = [client.put(address, json=body) for _ in range(5)]
    assert [a.status_code for a in answers] == [201, 200, 200, 200, 200]
    assert len({a.json()["site"]["code"] for a in answers}) == 1
    assert len(client.get(f"/api/candidates/{candidate_id}").json()["checks"]) == 1


def test_the_same_id_with_other_content_is_refused_and_the_first_kept(client, candidate_id):
    address = f"/api/field-checks/{uuid4()}"
    client.put(address, json=confirmed(candidate_id))
    answer = client.put(address, json=confirmed(candidate_id, note="别的内容"))
    assert answer.status_code == 409
    checks = client.get(f"/api/candidates/{candidate_id}").json()["checks"]
    assert [c["note"] for c in checks] == ["坑深约 15 m"]


def test_a_check_of_an_older_version_is_kept_and_marked(client, candidate_id):
    gone = {"verdict": "GONE", "kind": None, "waste_class": None}
    client.put(f"/api/field-checks/{uuid4()}", json=confirmed(candidate_id, **gone))
    late = client.put(f"/api/field-checks/{uuid4()}", json=confirmed(candidate_id)).json()
    assert late["check"]["conflict"] is True
    assert late["candidate"]["state"] == "GONE" and late["site"] is None
    assert len(late["candidate"]["checks"]) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": None}, "点位类型与废物种类"),
        ({"waste_class": None}, "点位类型与废物种类"),
        ({"verdict": "LOOK_ALIKE"}, "相似地物类型"),
        ({"checked_at": "2036-01-01T00:00:00Z"}, "2036-01-01"),
        ({"verdict": "MAYBE"}, "verdict"),
        ({"checked_at": "2026-11-20T10:00:00"}, "checked_at"),
        ({"note": "x" * 2001}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"seen_version": 0}, "seen_version"),
        ({"candidate_id": "七"}, "candidate_id"),
    ],
)
def test_bad_checks_get_a_sentence_and_nothing_is_stored(client, candidate_id, change, told):
    answer = client.put(f"/api/field-checks/{uuid4()}", json=confirmed(candidate_id, **change))
    assert answer.status_code == 422
    assert told in answer.json()["zh"]
    one = client.get(f"/api/candidates/{candidate_id}").json()
    assert (one["state"], one["checks"]) == ("TO_CHECK", [])


def test_a_check_of_an_unknown_candidate_is_not_found(client, app):
    assert (
        client.put(f"/api/field-checks/{uuid4()}", json=confirmed(str(uuid4()))).status_code == 404
    )
