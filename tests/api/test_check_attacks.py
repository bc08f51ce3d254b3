"""Records no honest phone makes: refused in a sentence or kept, and nobody else's are hidden."""

from uuid import uuid4

import pytest

from tests.makers import list_site
from tests.makers_check import a_body, a_phones, send

EARLY, LATE = "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-12:00"


@pytest.mark.parametrize("field", ["checked_at", "opened_at", "fix", "sent_at"])
@pytest.mark.parametrize("moment", [EARLY, LATE])
def test_a_moment_beyond_all_clocks_hides_no_other_check(client, candidate_id, field, moment):
    fix = {"lon": 109.8, "lat": 40.7, "accuracy_m": 5, "purpose": "SAVE", "at": moment}
    change = {"fixes": [fix]} if field == "fix" else {field: moment}
    sent_at = change.pop("sent_at", None)
    answer = send(client, a_body(candidate_id, **change), sent_at=sent_at or "2026-06-01T00:00:00Z")
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")
    assert send(client, a_body(candidate_id)).status_code == 201
    page = client.get("/api/field-checks", params={"district": "150203"})
    assert len(page.json()["items"]) == 1


@pytest.mark.parametrize("moment", ["1970-01-01T00:00:00Z", "2099-12-31T00:00:00Z"])
def test_a_clock_of_another_age_is_kept(client, candidate_id, moment):
    body = a_body(candidate_id, checked_at=moment, opened_at=moment)
    assert send(client, body, sent_at=moment).status_code == 201
    assert client.get("/api/field-checks", params={"district": "150203"}).status_code == 200


def test_next_to_no_height_is_said_and_not_divided_by(client, candidate_id):
    flat = {"mass_t": 1e12, "height_m": 1e-300, "heap_shape": "CONE"}
    answer = send(client, a_phones(candidate_id, answers=flat))
    assert answer.status_code == 201
    assert "mass_differs_more" in {one["rule"] for one in answer.json()["check"]["problems"]}


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_queue_of_a_day_beyond_the_calendar(client, candidate_id, name, day):
    answer = client.get("/api/field-checks", params={"district": "150203", name: day})
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")


WORLD = [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]
BOW_TIE = [[109.7, 40.7], [109.701, 40.701], [109.701, 40.7], [109.7, 40.701], [109.7, 40.7]]
POINT = [[109.7, 40.7]] * 4
ELSEWHERE = [[16.2, 51.0], [16.21, 51.0], [16.21, 51.01], [16.2, 51.0]]


@pytest.mark.parametrize("ring", [WORLD, BOW_TIE, POINT, ELSEWHERE])
def test_an_outline_that_cannot_be_one_is_kept_and_said(client, candidate_id, ring):
    outline = {"type": "Polygon", "coordinates": [ring]}
    answer = send(client, a_phones(candidate_id, outline=outline, outline_by="DRAWN"))
    assert answer.status_code == 201, answer.text
    check = answer.json()["check"]
    assert check["review"] == "HAS_ISSUES"
    assert "outline_problem" in {one["rule"] for one in check["problems"]}


@pytest.mark.parametrize(
    "changes",
    [
        *('{"note": "\\ud800"}', '{"\\ud800": 1}', '{"kind": [1]}', '{"kind": {}}'),
        *('{"verdict": {}}', '{"height_m": ' + "9" * 400 + "}", '{"height_m": NaN}'),
        '{"note": "' + "长" * 4001 + '"}',
    ],
)
def test_a_correction_that_is_none_is_refused_and_changes_nothing(client, candidate_id, changes):
    check_id = uuid4()
    kept = send(client, a_body(candidate_id, verdict="GONE"), check_id).json()["check"]
    send(client, a_body(candidate_id), check_id := uuid4())
    said = '"act": "SETTLE", "comment": "选用这一份", "seen_version": 1'
    text = f'{{{said}, "changes": {changes}}}'
    answer = client.put(
        f"/api/field-checks/{check_id}/reviews/{uuid4()}",
        content=text,
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "edit_unfit")
    assert client.get(f"/api/field-checks/{kept['id']}").json()["standing"] == kept["standing"]


def test_a_check_of_one_site_moves_no_other_sites_check(client, book):
    first, other = list_site(book).code, list_site(book).code
    here = send(client, a_phones(first, recorded_by="waiye", fixes=[])).json()["check"]
    there = send(client, a_phones(other, recorded_by="waiye")).json()["check"]
    assert (here["review"], there["standing"]) == ("HAS_ISSUES", "PLAIN")
    again = client.get(f"/api/field-checks/{here['id']}").json()
    assert (again["standing"], again["version"]) == ("PLAIN", 1)
