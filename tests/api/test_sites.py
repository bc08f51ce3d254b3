"""One site over HTTP: read, as of a day, corrected, merged, split, and its history told."""

from datetime import datetime
from uuid import uuid4

import pytest
from shapely.geometry import mapping

from gis.ledger import Book
from gis.store.register import CHINA
from tests.makers import list_site, square


@pytest.fixture
def code(app, book: Book) -> str:
    return list_site(book, name="一号渣堆", height_m=6.0).code


def correct(client, code, version, **changes):
    return client.patch(f"/api/sites/{code}", json={"version": version, "changes": changes})


def test_a_site_is_read_whole(client, code):
    site = client.get(f"/api/sites/{code}").json()
    assert (site["name"], site["version"], site["is_on_list"]) == ("一号渣堆", 1, True)
    assert site["outline"]["type"] == "MultiPolygon"
    assert site["outside_share"] == 0.0
    assert all(one["value_zh"] and one["value_en"] for one in site["surroundings"])
    assert {"tags", "attachments", "lineage", "overlaps", "conclusions"} <= set(site)


def test_what_may_be_corrected_is_told_with_its_words(client):
    facts = {one["name"]: one for one in client.get("/api/site-facts").json()["facts"]}
    assert facts["responsibility"]["words"] == "Responsibility"
    words = client.get("/api/vocabulary").json()["terms"]
    assert {one["words"] for one in facts.values() if one["words"]} <= set(words)


def test_a_correction_and_its_history_field_by_field(client, code):
    answer = correct(client, code, 1, height_m=8.5, responsibility="DISPUTED")
    assert answer.status_code == 200
    assert (answer.json()["version"], answer.json()["height_m"]) == (2, 8.5)
    items = client.get(f"/api/sites/{code}/history").json()["items"]
    (said,) = [one for one in items if one["changes"]]
    assert (said["actor"], said["verb_zh"]) == ("wang", "更正")
    assert [(c["field"], c["old_zh"], c["new_zh"]) for c in said["changes"]] == [
        ("responsibility", "无主", "有争议"),
        ("height_m", "6", "8.5"),
    ]


def test_a_stale_version_is_a_conflict_that_shows_both(client, code):
    correct(client, code, 1, height_m=8.5)
    answer = correct(client, code, 1, height_m=7)
    assert answer.status_code == 409
    assert "6 → 8.5" in answer.json()["zh"]
    assert correct(client, code, 1, height_m=8.5).status_code == 200  # the same again


@pytest.mark.parametrize(
    "changes", [{"nature": "CLASS_I"}, {"height_m": -1}, {"name": ""}, {"hw_code": "HW18"}]
)
def test_unfit_corrections_are_refused_in_words(client, code, changes):
    answer = correct(client, code, 1, **changes)
    assert answer.status_code == 422
    assert answer.json()["code"] in {"fact_unknown", "fact_unfit"}
    assert client.get(f"/api/sites/{code}").json()["version"] == 1


@pytest.mark.parametrize(
    "outline",
    [
        {},
        {"type": "Point", "coordinates": [109.7, 40.7]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[109.7, 40.7], ["x", 1]]]},
        {"type": "Polygon", "coordinates": []},
        mapping(square(110.5)),
    ],
    ids=["empty", "point", "bow-tie", "rubbish", "no-rings", "elsewhere"],
)
def test_outlines_that_cannot_be(client, code, outline):
    answer = client.patch(f"/api/sites/{code}", json={"version": 1, "outline": outline})
    assert answer.status_code == 422
    assert answer.json()["code"] in {"geometry_invalid", "outside_district"}


def test_a_new_outline_is_measured(client, code):
    wider = mapping(square(size=0.004))
    site = client.patch(f"/api/sites/{code}", json={"version": 1, "outline": wider}).json()
    assert site["area_m2"] == pytest.approx(4 * 37_551, rel=0.01)


def test_a_site_as_of_a_day(client, code):
    correct(client, code, 1, height_m=8.5)
    today = datetime.now(CHINA).date()
    assert client.get(f"/api/sites/{code}?as_of={today}").json()["facts"]["height_m"] == 8.5
    assert client.get(f"/api/sites/{code}?as_of=2999-01-01").json()["code"] == "date_in_future"
    assert client.get(f"/api/sites/{code}?as_of=2000-01-01").status_code == 404
    assert client.get(f"/api/sites/{code}?as_of=yesterday").status_code == 422


def test_merge_and_split_keep_every_code_readable(client, code, book):
    other = list_site(book, outline=square(109.702)).code
    body = {"codes": [code, other], "survivor": code, "reason": "同一堆体"}
    act = f"/api/merges/{uuid4()}"
    assert client.put(act, json=body).json() == {"code": code}
    assert client.put(act, json=body).json() == {"code": code}
    assert client.put(act, json=body | {"reason": "别的"}).status_code == 409
    gone = client.get(f"/api/sites/{other}").json()
    assert (gone["state"], gone["is_on_list"]) == ("MERGED", False)
    assert gone["lineage"][0]["to_code"] == code

    parts = [
        {"name": "西块", "outline": mapping(square(size=0.001))},
        {"name": "东块", "outline": mapping(square(109.701, size=0.001))},
    ]
    answer = client.put(
        f"/api/splits/{uuid4()}", json={"code": code, "parts": parts, "reason": "中间已清运"}
    )
    assert len(answer.json()["codes"]) == 2
    assert client.get(f"/api/sites/{code}").json()["state"] == "SPLIT"
    listed = client.get("/api/sites?district=150203").json()["items"]
    assert {one["code"] for one in listed} == set(answer.json()["codes"])


def test_a_site_is_cut_along_a_line(client, code):
    body = {"code": code, "line": [[109.701, 40.69], [109.701, 40.71]], "reason": "中间已清运"}
    act = f"/api/splits/{uuid4()}"
    codes = client.put(act, json=body).json()["codes"]
    west = client.get(f"/api/sites/{codes[0]}").json()
    assert (len(codes), west["name"]) == (2, "一号渣堆（1）")
    assert west["area_m2"] == pytest.approx(37_551 / 2, rel=0.01)
    assert client.put(act, json=body).json()["codes"] == codes


@pytest.mark.parametrize(
    "line", [[[109.5, 40.6], [109.5, 40.8]], [[109.701, 40.7]], [[109.701, 40.7]] * 2, [["x", 1]]]
)
def test_a_line_that_cuts_nothing(client, code, line):
    body = {"code": code, "line": line, "reason": "理由"}
    assert client.put(f"/api/splits/{uuid4()}", json=body).status_code == 422


def test_neighbours_that_share_ground_are_told(client, code, book):
    other = list_site(book, outline=square(109.701)).code
    (shared,) = client.get(f"/api/sites/{code}").json()["overlaps"]
    assert (shared["code"], shared["share"]) == (other, pytest.approx(0.5, abs=0.01))
