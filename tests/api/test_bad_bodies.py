"""Bodies that are wrong in any route: each is refused in one sentence, and nothing is stored."""

from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from gis.ledger import Book
from tests.makers import list_site

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def code(app: object, book: Book) -> str:
    return list_site(book).code


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"version": 1, "changes": {"\\ud800": 1}}', "fact_unknown"),
        (b'{"version": 1, "changes": {"name": "\\ud800"}}', "fact_unfit"),
        (b'{"version": 1, "changes": {"mass_t": "\\ud800"}}', "fact_unfit"),
        (b'{"version": 1, "changes": {"kind": "\\udfff"}}', "fact_unfit"),
        (b'{"version": 1, "changes": {"found_on": "0001-01-01"}}', "fact_unfit"),
        (b'{"version": 1, "changes": {"mass_t": ' + b"9" * 5_000 + b"}}", "body_unreadable"),
        (b'{"version": 1, "changes": {"name": "\xff\xfe"}}', "body_unreadable"),
        (b'{"version": 1, "changes": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "body_unreadable"),
        (b'{"version"', "body_unreadable"),
    ],
    ids=[
        *("half-name", "half-text", "half-number", "half-word", "year-1", "5000-digits"),
        *("not-utf-8", "100000-deep", "cut-short"),
    ],
)
def test_a_body_nobody_can_read_is_refused_with_its_reason(
    client: TestClient, code: str, body: bytes, why: str
):
    answer = client.patch(f"/api/sites/{code}", content=body, headers=JSON)
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] == why
    assert client.get(f"/api/sites/{code}").json()["version"] == 1


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_a_broken_form_is_not_a_missing_address(client: TestClient, kind: str):
    answer = client.put(
        f"/api/results/batches/{uuid4()}", content=b"--y\r\n", headers={"Content-Type": kind}
    )
    assert answer.status_code == 400
    assert answer.json()["code"] == "body_unreadable"


def test_a_body_of_unknown_length_is_not_read(client: TestClient):
    answer = client.patch("/api/sites/x", content=iter([b"{}"]), headers=JSON)
    assert answer.status_code == 411
    assert answer.json()["code"] == "length_missing"


def test_strata_take_any_address(client: TestClient):
    for query in (
        "district=" + "x" * 3_000,
        "district=a%00b",
        "district=150203" + "&by=kind" * 9,
    ):
        answer = client.get(f"/api/sampling/strata?{query}")
        assert answer.status_code in {200, 404, 422}, answer.text


def test_a_site_is_not_told_of_a_day_to_come(client: TestClient, code: str):
    for day in ("9999-12-31", "2999-01-01"):
        answer = client.get(f"/api/sites/{code}", params={"as_of": day})
        assert (answer.status_code, answer.json()["code"]) == (422, "date_in_future")


def test_what_a_site_has_not_is_not_answered_with_something_else(client: TestClient, code: str):
    assert client.get("/api/results", params={"site": code, "plan": "没有"}).status_code == 404
    assert client.get("/api/sites/zz/imports").status_code == 404
