"""The field checks of one place over HTTP: what its page and its panel show of them."""

import hashlib
from collections.abc import Iterator
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from gis.domain.terms import Role
from gis.ledger import people, teams
from gis.ledger.teams import TeamSent
from tests.api.known import PASSWORD, WRITE
from tests.api.sighted import SIGHTS, entering
from tests.makers_check import a_body, a_phones, send
from tests.pictures import photo


@pytest.fixture
def team(app, book) -> Iterator[TestClient]:
    """A phone of zhao, who is in the team 北片组."""
    people.add_user(book, "zhao", "赵工", Role.FIELD, PASSWORD)
    teams.save_team(book, TeamSent(uuid4(), "150203", "北片组", None, ("zhao",)))
    with TestClient(app, headers=WRITE) as phone:
        signed = {"username": "zhao", "password": PASSWORD}
        assert phone.post("/api/session", json=signed).status_code == 200
        yield phone


def add_photo(phone, check_id):
    content, address = photo(), f"/api/photos/{uuid4()}"
    sha256 = hashlib.sha256(content).hexdigest()
    about = {"check_id": check_id, "sha256": sha256, "size_bytes": len(content)}
    about |= {"source": "CHOSEN", "chosen_at": "2026-06-01T01:30:00Z"}
    assert phone.put(address, json=about).status_code == 201
    mark = {"X-Piece-SHA256": sha256}
    assert phone.put(f"{address}/pieces/0", content=content, headers=mark).status_code == 200
    return address


def of(client, place):
    answer = client.get(f"/api/{place}/field-checks")
    assert answer.status_code == 200, answer.text
    return answer.json()["checks"]


def approve(client, check):
    address = f"/api/field-checks/{check['id']}/reviews/{uuid4()}"
    body = {"act": "APPROVE", "comment": "", "changes": {}, "seen_version": check["version"]}
    answer = client.put(address, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["place"]["site"]["code"]


def test_a_check_is_told_with_who_how_exact_and_its_photographs(client, team, candidate_id):
    check = send(team, a_phones(candidate_id)).json()["check"]
    address = add_photo(team, check["id"])
    (told,) = of(client, f"candidates/{candidate_id}")
    assert (told["recorder"], told["teams"]) == ("赵工", ["北片组"])
    assert (told["accuracy_m"], told["is_by_map"]) == (6.0, False)
    assert (told["final_verdict"], told["review"], told["standing"]) == (
        "WASTE",
        "RECEIVED",
        "PLAIN",
    )
    assert told["final_answers"]["height_m"] == 6
    (picture,) = told["pictures"]
    assert picture["address"] == address and picture["judgement"]["warnings"]
    assert [one["state"] for one in told["photos"]] == ["WAITING"]  # what it announced itself


def test_a_site_tells_the_checks_of_the_candidate_that_it_was(client, team, candidate_id):
    check = send(team, a_phones(candidate_id)).json()["check"]
    code = approve(client, check)
    later = send(team, a_phones(code, seen_version=1)).json()["check"]
    told = of(client, f"sites/{code}")
    assert {one["id"] for one in told} == {check["id"], later["id"]}
    assert of(client, f"candidates/{candidate_id}") == told


def test_what_was_found_last_stands_first(client, candidate_id):
    early = {"checked_at": "2026-03-01T02:00:00Z", "verdict": "UNREACHABLE"}
    first = send(client, a_body(candidate_id)).json()["check"]
    second = send(client, a_body(candidate_id, **early)).json()["check"]
    told = [one["id"] for one in of(client, f"candidates/{candidate_id}")]
    assert told == [first["id"], second["id"]]


def test_a_check_without_a_position_says_so(client, candidate_id):
    send(client, a_body(candidate_id))
    (told,) = of(client, f"candidates/{candidate_id}")
    assert (told["accuracy_m"], told["is_by_map"], told["teams"]) == (None, False, [])


def test_a_position_pointed_out_on_the_map_is_not_called_measured(client, team, candidate_id):
    body = a_phones(candidate_id)
    body["fixes"][0] |= {"purpose": "MAP", "accuracy_m": 1}
    send(team, body)
    (told,) = of(client, f"candidates/{candidate_id}")
    assert (told["accuracy_m"], told["is_by_map"]) == (25, True)


@pytest.mark.parametrize(
    "place", ["candidates/8f6f365a-1a79-4610-95ea-8024b7d792bc", "sites/150203-W99999-D"]
)
def test_an_unknown_place_is_a_sentence(client, place):
    answer = client.get(f"/api/{place}/field-checks")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_in_register")


def test_a_place_of_another_town_is_unknown_and_so_are_its_checks(towns):
    with entering(towns, SIGHTS["town"], Role.READER) as west:
        for place in (f"sites/{towns.east.site}", f"candidates/{towns.east.candidate}"):
            assert west.get(f"/api/{place}/field-checks").status_code == 404
        (told,) = of(west, f"candidates/{towns.west.candidate}")
        assert told["id"] == towns.west.check and told["pictures"]
