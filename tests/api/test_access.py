"""Every route says who may call it, and strangers get nothing but the door."""

from collections import defaultdict

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import Mount

from api.access import (
    RIGHT_OF,
    RULES,
    administrator,
    anyone,
    auditor,
    field,
    manager,
    member,
    reader,
    reviewer,
    signed_in,
    writer,
)
from gis.domain.people.accounts import MAY
from gis.domain.terms import Role
from gis.ledger import people as accounts
from tests.api.known import PASSWORD
from web_map.page import SECTIONS

OPEN_TO_ALL = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/api/session"),
    ("GET", "/login"),
    ("GET", "/field"),  # holds nothing of the register; who works with it signs in on it
    ("GET", "/field-worker.js"),
    ("GET", "/ca.crt"),  # public by its nature
    ("GET", "/field.webmanifest"),
    ("GET", "/"),  # sends strangers to the log-in page
    ("GET", "/help/{person}"),  # the same
    ("GET", "/sites/{code}"),
    ("GET", "/runs/{run_id}/review"),
    ("GET", "/runs/compare"),
    ("GET", "/runs/costs"),
    ("GET", "/runs/{batch_id}"),
    *(("GET", f"/{section}") for section in SECTIONS),
}
WRITERS_ONLY = {
    ("PUT", "/api/batches/{batch_id}"),
    ("PUT", "/api/batches/{batch_id}/cancellation"),
    ("POST", "/api/batches/{batch_id}/retry"),
    ("PUT", "/api/retrainings/{one_id}"),
    ("PUT", "/api/retrainings/{one_id}/cancellation"),
    ("PUT", "/api/retrainings/{one_id}/comparison"),
    ("PATCH", "/api/sites/{code}"),
    ("PUT", "/api/merges/{act_id}"),
    ("PUT", "/api/splits/{act_id}"),
    ("PUT", "/api/sites/{code}/tags/{task}"),
    ("DELETE", "/api/sites/{code}/tags/{task}"),
    ("PUT", "/api/sites/{code}/attachments/{attachment_id}"),
    ("PUT", "/api/sites/{code}/attachments/{attachment_id}/withdrawal"),
    ("GET", "/api/sites/{code}/attachments/{attachment_id}/original"),
    ("GET", "/api/projects/lists/{kind}/workbook"),
    ("PUT", "/api/projects/{project_id}"),
    ("PUT", "/api/projects/{project_id}/plan"),
    ("PUT", "/api/projects/{project_id}/tasks/{task_id}"),
    ("PUT", "/api/projects/{project_id}/tasks/{task_id}/done"),
    ("PUT", "/api/projects/{project_id}/tasks/{task_id}/dropped"),
    ("PUT", "/api/projects/{project_id}/steps/{step_id}"),
    ("PUT", "/api/projects/{project_id}/reversals/{step_id}"),
    ("PUT", "/api/sites/{code}/units/{unit_id}"),
    ("PUT", "/api/sites/{code}/units/{unit_id}/end"),
    ("PUT", "/api/sites/{code}/units/{unit_id}/values/{value_id}"),
    ("PUT", "/api/sites/{code}/units/{unit_id}/values/{value_id}/taken"),
    ("PUT", "/api/sites/{code}/units/{unit_id}/acceptance"),
    ("PUT", "/api/sites/{code}/units/{unit_id}/care/{record_id}"),
    ("PUT", "/api/sites/{code}/mine"),
    ("PUT", "/api/sites/{code}/pit/surveys/{survey_id}"),
    ("PUT", "/api/sites/{code}/pit/surveys/{survey_id}/measurement"),
    ("PUT", "/api/sites/{code}/pit/surveys/{survey_id}/change"),
    ("PUT", "/api/sites/{code}/pit/surveys/{survey_id}/withdrawal"),
    ("PUT", "/api/sampling/selections/{selection_id}"),
    ("PUT", "/api/sampling/plans/{plan_id}"),
    ("POST", "/api/sampling/plans/{code}/end"),
    ("PUT", "/api/sampling/custody/{batch_id}"),
    ("PUT", "/api/backfill/plans/{plan_id}"),
    ("PUT", "/api/backfill/facts/{code}"),
    ("PUT", "/api/backfill/assessments/{assessment_id}"),
    ("PUT", "/api/backfill/loads/{load_id}"),
    ("PUT", "/api/backfill/loads/{load_id}/reversal"),
    ("GET", "/api/backfill/book/export"),
    ("GET", "/api/photos/{photo_id}/original"),
    ("POST", "/api/field-checks/import"),
    ("PUT", "/api/deadlines/extensions/{extension_id}"),
    ("GET", "/api/notices/{notice_id}/file"),
    ("PUT", "/api/notices/{notice_id}/papers/{paper_id}"),
    ("GET", "/api/notices/{notice_id}/papers/{paper_id}"),
    ("PUT", "/api/notices/{notice_id}/answers/{answer_id}"),
    ("GET", "/api/inventory"),
    ("GET", "/api/brief"),
    ("GET", "/api/assignments"),
    ("GET", "/api/assignments/{assignment_id}"),
    ("GET", "/api/work/board"),
    ("GET", "/api/work/places"),
    ("GET", "/api/work/teaching"),
    ("POST", "/api/imports/check"),
    ("POST", "/api/imports/report"),
    ("PUT", "/api/imports/{import_id}"),
    ("PUT", "/api/close-outs/{close_out_id}"),
    ("PUT", "/api/close-outs/{close_out_id}/steps/{step_id}"),
    ("PUT", "/api/sites/{code}/look-backs/{look_back_id}"),
    ("PUT", "/api/conclusions/{conclusion_id}"),
    ("POST", "/api/conclusions/{conclusion_id}/sign"),
    ("POST", "/api/results/check"),
    ("PUT", "/api/results/batches/{batch_id}"),
    ("POST", "/api/results/batches/{batch_id}/withdraw"),
    ("PUT", "/api/runs/{run_id}/threshold"),
    ("PUT", "/api/office-verdicts/{verdict_id}"),
    ("PUT", "/api/office-verdicts/{verdict_id}/undo"),
    ("PUT", "/api/zones/{zone_id}"),
    ("PUT", "/api/zones/{zone_id}/end"),
    ("PUT", "/api/zones/files/{import_id}"),
    ("GET", "/api/comparisons/file"),
}
FIELD_ONLY = {
    ("PUT", "/api/field-checks/{check_id}"),
    ("GET", "/api/field-checks/mine"),
    ("GET", "/api/field/list"),
    ("POST", "/api/field/area/ground"),
    ("PUT", "/api/photos/{photo_id}"),
    ("PUT", "/api/photos/{photo_id}/pieces/{number}"),
}
MANAGERS_ONLY = {
    ("PUT", "/api/teams/{team_id}"),
    ("PUT", "/api/teams/{team_id}/end"),
    ("PUT", "/api/deadlines/extensions/{extension_id}/approval"),
    ("PUT", "/api/deadlines/extensions/{extension_id}/refusal"),
    ("PUT", "/api/notices/{notice_id}"),
    ("PUT", "/api/notices/{notice_id}/issue"),
    ("PUT", "/api/notices/{notice_id}/drop"),
    ("PUT", "/api/notices/{notice_id}/close"),
    ("GET", "/api/notices/{notice_id}/again"),
    ("PUT", "/api/notices/{notice_id}/answers/{answer_id}/acceptance"),
    ("PUT", "/api/notices/{notice_id}/answers/{answer_id}/return"),
    ("PUT", "/api/assignments/{assignment_id}"),
    ("PUT", "/api/assignments/{assignment_id}/withdrawal"),
}
SIGNED_IN = {  # also whoever has to change the password first
    ("GET", "/api/session"),
    ("DELETE", "/api/session"),
    ("PUT", "/api/account/password"),
}
MEMBERS = {
    ("GET", "/api/vocabulary"),
    ("GET", "/api/account/sessions"),
    ("DELETE", "/api/account/sessions"),
    ("DELETE", "/api/account/sessions/{session_id}"),
}
AUDITORS_ONLY = {
    ("GET", "/api/audit"),
    ("GET", "/api/audit/choices"),
    ("GET", "/api/audit/chain"),
    ("POST", "/api/audit/chain"),
    ("GET", "/api/audit/export"),
    ("GET", "/api/audit/{seq}"),
}
ADMINISTRATORS_ONLY = {
    ("GET", "/api/people"),
    ("POST", "/api/people"),
    ("PUT", "/api/people/{username}"),
    ("PUT", "/api/people/{username}/suspension"),
    ("DELETE", "/api/people/{username}/suspension"),
    ("POST", "/api/people/{username}/password"),
    ("DELETE", "/api/people/{username}/lock"),
    ("GET", "/api/people/{username}/sessions"),
    ("DELETE", "/api/people/{username}/sessions"),
    ("DELETE", "/api/people/{username}/sessions/{session_id}"),
}
REVIEWERS_ONLY: set[tuple[str, str]] = {
    ("POST", "/api/conclusions/{conclusion_id}/review"),
    ("PUT", "/api/look-backs/{look_back_id}/decision"),
    ("PUT", "/api/rule-sets/{adoption_id}"),
    ("PUT", "/api/models/{model_id}/publication"),
    ("POST", "/api/training-sets"),
    ("PUT", "/api/models/{model_id}/withdrawal"),
    ("PUT", "/api/rules/{row_id}/check"),
    ("POST", "/api/backfill/assessments/{assessment_id}/settlement"),
    ("PUT", "/api/field-checks/{check_id}/reviews/{review_id}"),
}


def rules_of(dependant: Dependant) -> set[object]:
    found = {dependant.call} & set(RULES)
    for inner in dependant.dependencies:
        found |= rules_of(inner)
    return found


def routes_of(app: FastAPI) -> list[APIRoute]:
    """All routes of the application, those of its routers among them."""
    found: list[APIRoute] = []

    def walk(routes: list[object]) -> None:
        for route in routes:
            if isinstance(route, APIRoute):
                found.append(route)
            elif isinstance(route, Mount):
                assert route.path == "/static", f"{route.path} is mounted without a rule"
            else:
                inner = getattr(route, "original_router", None) or getattr(route, "router", None)
                assert inner is not None, f"a route of unknown kind: {route!r}"
                walk(inner.routes)

    walk(list(app.routes))
    return found


LISTS = {
    anyone: OPEN_TO_ALL,
    signed_in: SIGNED_IN,
    member: MEMBERS,
    field: FIELD_ONLY,
    writer: WRITERS_ONLY,
    reviewer: REVIEWERS_ONLY,
    manager: MANAGERS_ONLY,
    administrator: ADMINISTRATORS_ONLY,
    auditor: AUDITORS_ONLY,
}
"""The routes of each rule; what stands in no list is for readers."""


def listed_rule(key: tuple[str, str]) -> object:
    found = [rule for rule, keys in LISTS.items() if key in keys]
    assert len(found) <= 1, f"{key} stands in several lists"
    return found[0] if found else reader


def roles_under(rule: object) -> set[Role]:
    """Who passes a rule, by the table of rights that the administrator is shown."""
    right = RIGHT_OF.get(rule)
    return {role for role in Role if right is None or right in MAY[role]}


def test_every_route_declares_its_rule_and_nothing_that_its_roles_lack(app):
    routes = routes_of(app)
    assert len(routes) >= 17
    for route in routes:
        rules = rules_of(route.dependant)
        for method in route.methods:
            key = (method, route.path)
            rule = listed_rule(key)
            assert rule in rules, key
            assert (anyone in rules) == (rule is anyone), key
            assert (member in rules) == (rule not in (anyone, signed_in)), key
            further = rules & set(RIGHT_OF) - {rule}
            assert all(roles_under(rule) <= roles_under(one) for one in further), key


def test_every_listed_route_is_there(app):
    known = {(method, route.path) for route in routes_of(app) for method in route.methods}
    listed = {key for keys in LISTS.values() for key in keys}
    assert listed <= known, listed - known


ID = "1d49f860-798b-58bd-9d72-1b48317d1811"
VALUES = defaultdict(
    lambda: ID,
    {
        "number": "0",
        "seq": "1",
        "code": "150203-W00001-D",
        "username": "nobody",
        "task": "5",
        "size": "thumb",
        "district": "150203",
        "layer": "sites",
        "row_id": "KDL-HSR.H1",
        "review_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "view": "natural",
        "name": "target",
        "person": "field",
        "z": "1",
        "x": "1",
        "y": "1",
    },
)
"""What stands in an address for each name; the id of nothing for the rest."""


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_through_every_door_that_is_its_own_and_no_other(
    app: FastAPI, book, stranger: TestClient, role: Role
):
    accounts.add_user(book, "somebody", "", role, PASSWORD)
    enter(stranger)
    wrong = []
    for route in routes_of(app):
        for method in route.methods:
            key = (method, route.path)
            if key in OPEN_TO_ALL or key == ("DELETE", "/api/session"):
                continue
            answer = stranger.request(method, route.path.format_map(VALUES))
            is_refused = answer.status_code == 403 and answer.json()["code"] == "not_allowed"
            if is_refused == (role in roles_under(listed_rule(key))) or answer.status_code == 401:
                wrong.append((key, answer.status_code))
    assert wrong == []


def test_a_one_time_password_opens_nothing_but_the_way_to_another(
    app: FastAPI, book, stranger: TestClient
):
    accounts.add_user(book, "somebody", "", Role.ADMINISTRATOR, PASSWORD, must_change=True)
    enter(stranger)
    for route in routes_of(app):
        for method in route.methods:
            if (method, route.path) in OPEN_TO_ALL | SIGNED_IN:
                continue
            answer = stranger.request(method, route.path.format_map(VALUES))
            assert answer.status_code == 403, (method, route.path)
            assert answer.json()["code"] == "password_to_be_changed", (method, route.path)
    new = {"old": PASSWORD, "new": "Another-horse-8"}
    assert stranger.put("/api/account/password", json=new).status_code == 204
    assert stranger.get("/api/people").status_code == 200


def enter(client: TestClient) -> None:
    sent = client.post("/api/session", json={"username": "somebody", "password": PASSWORD})
    assert sent.status_code == 200


def test_strangers_are_turned_away_everywhere(app: FastAPI, stranger: TestClient):
    for route in routes_of(app):
        for method in route.methods:
            if (method, route.path) in OPEN_TO_ALL:
                continue
            answer = stranger.request(method, route.path.format_map(VALUES))
            assert answer.status_code == 401, (method, route.path)
            assert answer.json()["zh"] == "请先登录。"


@pytest.mark.parametrize("page", ["/", "/help/field", "/register", "/sites/150203-W00001-D"])
def test_pages_send_strangers_to_the_login_page(stranger: TestClient, page: str):
    answer = stranger.get(page, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=/")


def test_a_write_without_our_mark_is_refused(client: TestClient):
    answer = client.put(
        "/api/field-checks/1d49f860-798b-58bd-9d72-1b48317d1811",
        json={},
        headers={"X-Requested-With": "elsewhere"},
    )
    assert answer.status_code == 403
    assert answer.json()["code"] == "cross_site"


def test_pages_carry_a_policy_that_runs_our_scripts_only(client: TestClient):
    first, second = client.get("/"), client.get("/")
    policy = first.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "'unsafe-eval'" not in policy
    assert policy != second.headers["content-security-policy"], "a nonce is used once"
    assert first.headers["x-content-type-options"] == "nosniff"
