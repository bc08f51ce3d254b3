"""The office's queue over HTTP: what the phones hear, who may decide, what is shown of rivals."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from gis.domain.terms import Role
from gis.ledger import people
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.store import candidates
from gis.store.register import CHINA
from gis.store.tables import users
from tests.api.known import PASSWORD, WRITE
from tests.makers import a_run, a_scene, square
from tests.makers_check import MOMENT, a_body, a_phones, send

DAY = MOMENT.astimezone(CHINA).date().isoformat()


@pytest.fixture
def team(app, book) -> Iterator[TestClient]:
    """A phone of a field team, signed in as zhao."""
    people.add_user(book, "zhao", "赵工", Role.FIELD, PASSWORD)
    with TestClient(app, headers=WRITE) as phone:
        sent = phone.post("/api/session", json={"username": "zhao", "password": PASSWORD})
        assert sent.status_code == 200
        yield phone


def review(client, check, act, comment="", review_id=None, **changes):
    body = {"act": act, "comment": comment, "changes": changes, "seen_version": check["version"]}
    address = f"/api/field-checks/{check['id']}/reviews/{review_id or uuid4()}"
    return client.put(address, json=body)


def queue(client, **wanted):
    return client.get("/api/field-checks", params={"district": "150203", **wanted}).json()


def test_a_teams_check_waits_is_passed_and_the_phone_hears_it(client, team, candidate_id):
    check = send(team, a_phones(candidate_id)).json()["check"]
    assert (check["review"], check["effect_at"], check["recorded_by"]) == ("RECEIVED", None, "zhao")
    (told,) = team.get("/api/field-checks/mine").json()["checks"]
    assert (told["review"], told["reviewed_by"], told["comment"]) == ("RECEIVED", None, "")
    answer = review(client, check, "APPROVE")
    assert answer.status_code == 200
    site = answer.json()["place"]["site"]
    assert (site["height_m"], site["kind"]) == (6.0, "WASTE_PILE")
    assert site["history"][0]["actor"] == "wang"
    (told,) = team.get("/api/field-checks/mine").json()["checks"]
    assert (told["review"], told["reviewed_by"]) == ("APPROVED", "王工")
    assert (told["site_code"], told["key"]) == (site["code"], f"candidate:{candidate_id}")


def test_a_comment_reaches_the_phone_once_and_only_what_moved_since(client, team, candidate_id):
    check = send(team, a_phones(candidate_id)).json()["check"]
    as_of = team.get("/api/field-checks/mine").json()["as_of"]
    assert team.get("/api/field-checks/mine", params={"since": as_of}).json()["checks"] == []
    review(client, check, "FIND_ISSUES", "请补拍近景")
    (told,) = team.get("/api/field-checks/mine", params={"since": as_of}).json()["checks"]
    assert (told["review"], told["comment"]) == ("HAS_ISSUES", "请补拍近景")


def test_what_the_rules_say_reaches_the_phone_before_the_office_has_looked(team, candidate_id):
    far = a_phones(candidate_id)
    far["fixes"][0]["accuracy_m"] = 3000
    send(team, far)
    (told,) = team.get("/api/field-checks/mine").json()["checks"]
    assert (told["review"], told["reviewed_by"]) == ("HAS_ISSUES", None)
    assert "3000 m" in told["comment"] and told["problems"][0]["en"].endswith(".")


def test_field_teams_do_not_review(team, candidate_id):
    check = send(team, a_phones(candidate_id)).json()["check"]
    assert review(team, check, "APPROVE").status_code == 403


def test_a_check_in_anothers_name_waits_even_where_the_office_sends_it(client, candidate_id):
    check = send(client, a_phones(candidate_id, recorded_by="zhao")).json()["check"]
    assert (check["recorded_by"], check["received_by"]) == ("zhao", "wang")
    assert (check["review"], check["effect_at"]) == ("RECEIVED", None)


def test_the_same_step_again_is_the_same_answer_and_others_are_told(client, team, candidate_id):
    check = send(team, a_phones(candidate_id)).json()["check"]
    review_id = uuid4()
    first = review(client, check, "REJECT", "照片不是这里", review_id)
    again = review(client, check, "REJECT", "照片不是这里", review_id)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["steps"] == again.json()["steps"]
    other = review(client, check, "REJECT", "另一个理由", review_id)
    assert (other.status_code, other.json()["code"]) == (409, "review_id_reused")
    late = review(client, check, "APPROVE")
    assert (late.status_code, late.json()["code"]) == (409, "check_stale")


@pytest.mark.parametrize(
    ("act", "comment", "changes", "status", "code"),
    [
        ("RECEIVE", "自动的一步", {}, 422, "request_invalid"),
        ("DANCE", "", {}, 422, "request_invalid"),
        ("REJECT", "", {}, 422, "review_reason_missing"),
        ("EDIT", "更正内容", {"castle": 1}, 422, "edit_unfit"),
        ("SETTLE", "只有这一份", {}, 409, "nothing_to_settle"),
    ],
)
def test_a_step_that_cannot_be_gets_a_sentence(
    client, team, candidate_id, act, comment, changes, status, code
):
    check = send(team, a_phones(candidate_id)).json()["check"]
    answer = review(client, check, act, comment, **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["zh"].endswith("。") and answer.json()["en"].endswith(".")
    now = client.get(f"/api/field-checks/{check['id']}").json()
    assert (now["version"], len(now["steps"])) == (check["version"], 1)


def test_rivals_are_shown_side_by_side_with_what_differs(client, team, candidate_id):
    mine = send(team, a_phones(candidate_id)).json()["check"]
    look_alike = {"verdict": "LOOK_ALIKE", "answers": {"look_alike": "coal_yard", "note": "煤"}}
    theirs = send(client, a_body(candidate_id, recorded_by="qian", **look_alike)).json()["check"]
    assert theirs["standing"] == "PARALLEL"
    shown = client.get(f"/api/field-checks/{mine['id']}").json()
    assert [other["id"] for other in shown["others"]] == [theirs["id"]]
    assert {"verdict"} <= set(shown["differing"]) and "note" not in shown["differing"]
    assert queue(client)["counts"]["to_settle"] == {"PARALLEL": 2, "PROPOSAL": 0}
    settled = review(client, shown, "SETTLE", "照片可见矿渣")
    assert settled.json()["standing"] == "CHOSEN"
    assert settled.json()["place"]["site"]["code"]
    assert queue(client)["counts"]["to_settle"] == {"PARALLEL": 0, "PROPOSAL": 0}
    found = queue(client)["agreement"]
    assert (found["places"], found["agreed"], found["rate"]) == (1, 0, 0.0)


def test_the_queue_is_filtered(client, team, candidate_id):
    far = a_phones(candidate_id)
    far["fixes"][0]["accuracy_m"] = 3000
    send(team, far)
    whole = queue(client)
    assert (whole["total"], whole["counts"]["by_review"]["HAS_ISSUES"]) == (1, 1)
    (item,) = whole["items"]
    assert (item["recorder"], item["class_name"], item["is_warned"]) == ("赵工", "open_pit", True)
    assert whole["choices"]["people"] == [{"username": "zhao", "name": "赵工"}]
    for wanted, n in (
        ({"review": "HAS_ISSUES"}, 1),
        ({"review": ["RECEIVED", "APPROVED"]}, 0),
        ({"standing": "PLAIN"}, 1),
        ({"verdict": "GONE"}, 0),
        ({"verdict": "WASTE"}, 1),
        ({"person": "zhao"}, 1),
        ({"person": "qian"}, 0),
        ({"town": "昆河镇"}, 0),
        ({"team": str(uuid4())}, 0),
        ({"warnings": True}, 1),
        ({"warnings": False}, 0),
        ({"since": DAY, "until": DAY}, 1),
        ({"until": "2020-01-01"}, 0),
    ):
        assert queue(client, **wanted)["total"] == n, wanted


def test_the_queue_goes_on_page_by_page(client, team, candidate_id):
    ids = [send(team, a_phones(candidate_id)).json()["check"]["id"] for _ in range(3)]
    seen, after = [], None
    for _ in range(3):
        found = queue(client, limit=1, **({"after": after} if after else {}))
        seen += [item["id"] for item in found["items"]]
        after = found["next"]
    assert seen == ids[::-1] and after is None


def test_an_unknown_check_is_not_found(client, app):
    assert client.get(f"/api/field-checks/{uuid4()}").status_code == 404
    answer = review(client, {"id": uuid4(), "version": 1}, "APPROVE")
    assert answer.status_code == 404


def test_an_account_sees_its_own_checks_and_those_of_its_towns_only(app, book, client, team):
    """Elsewhere is kept too, for the work may have passed on while the phone had no signal."""
    scene = add_scene(book, a_scene())
    file_candidates(book, scene.id, a_run(square()))
    with book.reading() as connection:
        (elsewhere,) = candidates.page(connection, "150203", limit=1).items
    with book.engine.begin() as connection:
        towns = {"towns": ["昆河镇"]}
        connection.execute(sa.update(users).where(users.c.role == "FIELD").values(towns))
    people.add_user(book, "sun", "孙工", Role.READER, PASSWORD)
    with book.engine.begin() as connection:
        connection.execute(sa.update(users).where(users.c.username == "sun").values(towns))
    answer = send(team, a_phones(str(elsewhere.id)))
    assert (answer.status_code, answer.json()["place"]) == (201, None)
    assert (queue(team)["total"], queue(client)["total"]) == (1, 1)
    with TestClient(app, headers=WRITE) as other:
        other.post("/api/session", json={"username": "sun", "password": PASSWORD})
        seen = queue(other)
        assert (seen["total"], seen["counts"]["by_review"]["RECEIVED"]) == (0, 0)
        check_id = answer.json()["check"]["id"]
        assert other.get(f"/api/field-checks/{check_id}").status_code == 404
