"""Every route says who may call it, and strangers get nothing but the door."""

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import Mount

from api.access import RULES, anyone, field, manager, member, reader, reviewer, writer
from web_map.page import SECTIONS

OPEN_TO_ALL = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/api/session"),
    ("GET", "/login"),
    ("GET", "/field"),  # holds nothing of the register; who works with it signs in on it
    ("GET", "/field-worker.js"),
    ("GET", "/field.webmanifest"),
    ("GET", "/"),  # sends strangers to the log-in page
    ("GET", "/help/{person}"),  # the same
    ("GET", "/sites/{code}"),
    *(("GET", f"/{section}") for section in SECTIONS),
}
WRITERS_ONLY = {
    ("PATCH", "/api/sites/{code}"),
    ("PUT", "/api/merges/{act_id}"),
    ("PUT", "/api/splits/{act_id}"),
    ("PUT", "/api/sites/{code}/tags/{task}"),
    ("DELETE", "/api/sites/{code}/tags/{task}"),
    ("PUT", "/api/sites/{code}/attachments/{attachment_id}"),
    ("PUT", "/api/sites/{code}/attachments/{attachment_id}/withdrawal"),
    ("GET", "/api/sites/{code}/attachments/{attachment_id}/original"),
    ("PUT", "/api/field-checks/{check_id}"),
    ("PUT", "/api/sampling/selections/{selection_id}"),
    ("PUT", "/api/sampling/plans/{plan_id}"),
    ("POST", "/api/sampling/plans/{code}/end"),
    ("PUT", "/api/sampling/custody/{batch_id}"),
    ("GET", "/api/photos/{photo_id}/original"),
    ("GET", "/api/inventory"),
    ("GET", "/api/assignments"),
    ("GET", "/api/assignments/{assignment_id}"),
    ("GET", "/api/work/board"),
    ("GET", "/api/work/places"),
    ("POST", "/api/imports/check"),
    ("POST", "/api/imports/report"),
    ("PUT", "/api/imports/{import_id}"),
    ("PUT", "/api/conclusions/{conclusion_id}"),
    ("POST", "/api/conclusions/{conclusion_id}/sign"),
    ("POST", "/api/results/check"),
    ("PUT", "/api/results/batches/{batch_id}"),
    ("POST", "/api/results/batches/{batch_id}/withdraw"),
}
FIELD_ONLY = {
    ("GET", "/api/field/list"),
    ("PUT", "/api/photos/{photo_id}"),
    ("PUT", "/api/photos/{photo_id}/pieces/{number}"),
}
MANAGERS_ONLY = {
    ("PUT", "/api/teams/{team_id}"),
    ("PUT", "/api/teams/{team_id}/end"),
    ("PUT", "/api/assignments/{assignment_id}"),
    ("PUT", "/api/assignments/{assignment_id}/withdrawal"),
}
MEMBERS = {("GET", "/api/session"), ("DELETE", "/api/session")}
REVIEWERS_ONLY: set[tuple[str, str]] = {
    ("POST", "/api/conclusions/{conclusion_id}/review"),
    ("PUT", "/api/rule-sets/{adoption_id}"),
    ("PUT", "/api/rules/{row_id}/check"),
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


def test_every_route_declares_its_rule(app):
    routes = routes_of(app)
    assert len(routes) >= 17
    for route in routes:
        rules = rules_of(route.dependant)
        for method in route.methods:
            key = (method, route.path)
            if key in OPEN_TO_ALL:
                assert rules == {anyone}, key
            elif key in WRITERS_ONLY:
                assert writer in rules and anyone not in rules, key
            elif key in REVIEWERS_ONLY:
                assert reviewer in rules and anyone not in rules, key
            elif key in MANAGERS_ONLY:
                assert manager in rules and anyone not in rules, key
            elif key in FIELD_ONLY:
                assert field in rules and anyone not in rules, key
            elif key in MEMBERS:
                assert rules == {member}, key
            else:
                assert reader in rules and anyone not in rules, key


def test_strangers_are_turned_away_everywhere(app: FastAPI, stranger: TestClient):
    values = {
        "view_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "candidate_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "photo_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "number": "0",
        "check_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "conclusion_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "import_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "batch_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "scene_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "selection_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "plan_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "code": "150203-W00001-D",
        "team_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "assignment_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "act_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "attachment_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "task": "5",
        "size": "thumb",
        "district": "150203",
        "layer": "sites",
        "adoption_id": "1d49f860-798b-58bd-9d72-1b48317d1811",
        "row_id": "KDL-HSR.H1",
        "view": "natural",
        "person": "field",
        **dict.fromkeys("zxy", "1"),
    }
    for route in routes_of(app):
        for method in route.methods:
            if (method, route.path) in OPEN_TO_ALL:
                continue
            answer = stranger.request(method, route.path.format(**values))
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
