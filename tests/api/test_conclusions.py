"""Conclusions by HTTP: drawn, signed and passed by different accounts."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from gis.domain.terms import Role
from gis.ledger import people
from tests.api.known import PASSWORD, WRITE
from tests.makers import list_site


@pytest.fixture
def site(book, app):
    return list_site(book, mass_t=1e5)


def signed_in(app, book, name: str, role: Role) -> TestClient:
    people.add_user(book, name, name, role, PASSWORD)
    client = TestClient(app, headers=WRITE, raise_server_exceptions=False)
    assert client.post("/api/session", json={"username": name, "password": PASSWORD}).is_success
    return client


@pytest.fixture
def analyst(app, book) -> Iterator[TestClient]:
    with signed_in(app, book, "zhao", Role.ANALYST) as client:
        yield client


def a_report(site, **changes):
    body = {
        "site_code": site.code,
        "basis": "REPORT",
        "nature": "CLASS_II",
        "concluded_on": "2026-06-01",
        "leach_multiple": 2.6,
        "laboratory": "某检测公司",
        "report_no": "B-7",
    }
    return body | changes


def test_drawn_signed_and_passed_by_two_people(client, analyst, site):
    where = f"/api/conclusions/{uuid4()}"
    first = analyst.put(where, json=a_report(site))
    assert first.status_code == 201 and first.json()["state"] == "DRAFT"
    again = analyst.put(where, json=a_report(site))
    assert (again.status_code, again.json()) == (200, first.json())
    other = analyst.put(where, json=a_report(site, nature="CLASS_I"))
    assert (other.status_code, other.json()["code"]) == (409, "conclusion_id_reused")

    signed = analyst.post(f"{where}/sign").json()
    assert (signed["state"], signed["signed_by"]) == ("SIGNED", "zhao")
    body = {"accept": True, "comment": "同意"}
    refused = analyst.post(f"{where}/review", json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    passed = client.post(f"{where}/review", json=body)
    assert passed.status_code == 200
    assert (passed.json()["state"], passed.json()["reviewed_by"]) == ("IN_FORCE", "wang")

    (listed,) = client.get(f"/api/sites/{site.code}/conclusions").json()["items"]
    assert listed == passed.json()
    assert client.get(f"/api/sites/{site.code}").json()["nature"] == "CLASS_II"


def test_a_reviewer_does_not_pass_what_they_signed(client, site):
    where = f"/api/conclusions/{uuid4()}"
    client.put(where, json=a_report(site))
    client.post(f"{where}/sign")
    refused = client.post(f"{where}/review", json={"accept": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "same_person")
    assert "另一人" in refused.json()["zh"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"report_no": None}, 422, "conclusion_incomplete"),
        ({"nature": "DUST"}, 422, "request_invalid"),
        ({"leach_multiple": -1}, 422, "request_invalid"),
        ({"reason": "a\x00b"}, 422, "request_invalid"),
        ({"concluded_on": "2999-01-01"}, 422, "date_in_future"),
        ({"site_code": "150203-W99999-X"}, 404, "not_in_register"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(client, site, change, status, code):
    answer = client.put(f"/api/conclusions/{uuid4()}", json=a_report(site, **change))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get(f"/api/sites/{site.code}/conclusions").json() == {"items": []}


def test_what_is_not_there(client):
    assert client.post(f"/api/conclusions/{uuid4()}/sign").status_code == 404
    assert client.get("/api/sites/150203-W99999-X/conclusions").status_code == 404
