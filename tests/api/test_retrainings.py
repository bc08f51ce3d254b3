"""Training anew by HTTP: who may ask for it, what a page is told, what is refused."""

from uuid import uuid4

import pytest

from gis.domain.terms import Role
from gis.ledger import people
from tests.api.known import PASSWORD


@pytest.fixture
def address():
    return f"/api/retrainings/{uuid4()}"


BODY = {"district": "150203", "name": "秋季"}


def told(client):
    return client.get("/api/retrainings", params={"district": "150203"}).json()


def test_a_training_is_asked_for_once_shown_and_cancelled(client, address, app):
    assert told(client) == {"items": [], "labels": [], "models": []}
    first = client.put(address, json=BODY)
    assert first.status_code == 201 and client.put(address, json=BODY).status_code == 200
    (one,) = told(client)["items"]
    assert (one["state"], one["name"], one["labels"]) == ("WAITING", "秋季", None)
    assert one["can_cancel"] and one["is_without_worker"] and one["log"][-1]["zh"] == "已排队。"
    other = client.put(f"/api/retrainings/{uuid4()}", json=BODY)
    assert (other.status_code, other.json()["code"]) == (409, "retraining_underway")
    assert client.put(f"{address}/cancellation").json()["state"] == "CANCELLED"
    again = client.put(f"{address}/cancellation")
    assert (again.status_code, again.json()["code"]) == (409, "retraining_over")
    nothing = client.put(f"{address}/comparison")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_compare")
    assert not told(client)["items"][0]["can_compare"]


def test_what_cannot_be_is_refused_in_one_sentence(client, address, app):
    for change, status, code in (
        ({"name": "  "}, 422, "model_name_unfit"),
        ({"name": "a/b"}, 422, "model_name_unfit"),
        ({"labels": "../../etc"}, 422, "label_set_unknown"),
        ({"against": str(uuid4())}, 404, "not_in_register"),
        ({"district": "999999"}, 404, "district_unknown"),
    ):
        answer = client.put(address, json=BODY | change)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    for change in ({"name": "x" * 201}, {"name": "\x00"}, {"against": "x"}, {"labels": 3}):
        assert client.put(address, json=BODY | change).status_code == 422
    for deed in ("cancellation", "comparison"):
        assert client.put(f"{address}/{deed}").json()["code"] == "retraining_unknown"
    assert told(client)["items"] == []


def test_readers_see_and_ask_for_nothing(client, stranger, book, address, app):
    client.put(address, json=BODY)
    people.add_user(book, "reads", "", Role.READER, PASSWORD)
    stranger.cookies.clear()
    stranger.post("/api/session", json={"username": "reads", "password": PASSWORD})
    assert len(told(stranger)["items"]) == 1
    for path in (address, f"{address}/cancellation", f"{address}/comparison"):
        assert stranger.put(path, json=BODY).status_code == 403
