"""Whose rows an account sees: a crawl of all routes by accounts that see one of two towns.

The register of `tests.two_towns` holds the same in the west and in the east. Every route is asked
by somebody who sees everything, so that the crawl is known to find what it looks for, and by
accounts of the west, whose answers must not hold one word of the east.
"""

import re
from datetime import UTC, datetime, timedelta

from fastapi import FastAPI
from fastapi.testclient import TestClient

from gis.store.register import CHINA
from tests.api.sighted import DISTRICT, SIGHTS, TwoTowns, entering, tile_at
from tests.api.test_access import OPEN_TO_ALL, routes_of
from tests.two_towns import LON, Half, text_of

DAY_BEFORE = (datetime.now(UTC).astimezone(CHINA) - timedelta(days=1)).date()


def in_places(half: Half) -> dict[str, list[str]]:
    """The addresses under which one half can be asked for, by the route that answers."""
    site, lon = half.site, LON[half.town]
    paper = f"/api/sites/{site}/attachments/{half.paper}"
    return {
        "/api/districts": ["/api/districts"],
        "/api/candidates": [f"/api/candidates?{DISTRICT}"],
        "/api/candidates/{candidate_id}": [f"/api/candidates/{half.candidate}"],
        "/api/sites": [
            f"/api/sites?{DISTRICT}",
            f"/api/sites?{DISTRICT}&town={half.town}&columns=BZ",
            f"/api/sites?{DISTRICT}&as_of={DAY_BEFORE}&state=MERGED&state=LISTED",
            f"/api/sites?{DISTRICT}&box={lon - 0.02},40.6,{lon + 0.04},40.9",
        ],
        "/api/sites/counts": [f"/api/sites/counts?{DISTRICT}"],
        "/api/brief": [f"/api/brief?{DISTRICT}"],
        "/api/board": [f"/api/board?{DISTRICT}", f"/api/board?{DISTRICT}&as_of={DAY_BEFORE}"],
        "/api/sites/{code}": [f"/api/sites/{site}", f"/api/sites/{half.merged}"],
        "/api/sites/{code}/close-out": [f"/api/sites/{site}/close-out"],
        "/api/sites/{code}/close-out/offers": [f"/api/sites/{site}/close-out/offers"],
        "/api/close-outs": [f"/api/close-outs?{DISTRICT}"],
        "/api/sites/{code}/history": [f"/api/sites/{site}/history"],
        "/api/sites/{code}/attachments/{attachment_id}/original": [f"{paper}/original"],
        "/api/sites/{code}/attachments/{attachment_id}/{size}.jpg": [f"{paper}/thumb.jpg"],
        "/api/sites/{code}/conclusions": [f"/api/sites/{site}/conclusions"],
        "/api/sites/{code}/imports": [f"/api/sites/{half.imported}/imports"],
        "/api/sites/{code}/restoration": [f"/api/sites/{half.imported}/restoration"],
        "/api/sites/{code}/pit/surveys": [f"/api/sites/{half.imported}/pit/surveys"],
        "/api/after-care": [f"/api/after-care?{DISTRICT}"],
        "/api/sites/{code}/priority": [f"/api/sites/{site}/priority"],
        "/api/sampling/strata": [f"/api/sampling/strata?{DISTRICT}&by=kind"],
        "/api/sampling/selections": [f"/api/sampling/selections?{DISTRICT}"],
        "/api/sampling/selections/{selection_id}": [f"/api/sampling/selections/{half.selection}"],
        "/api/sampling/plans": [f"/api/sampling/plans?{DISTRICT}"],
        "/api/sampling/plans/{code}": [f"/api/sampling/plans/{half.plan}"],
        "/api/sampling/plans/{code}/cells": [f"/api/sampling/plans/{half.plan}/cells"],
        "/api/sampling/plans/{code}/sheet": [
            f"/api/sampling/plans/{half.plan}/sheet?format={form}" for form in ("xlsx", "gpkg")
        ],
        "/sampling/{code}/labels": [f"/sampling/{half.plan}/labels"],
        "/api/results": [f"/api/results?site={site}", f"/api/results?site={site}&plan={half.plan}"],
        "/api/results/template": [f"/api/results/template?plan={half.plan}"],
        "/api/imports": [f"/api/imports?{DISTRICT}"],
        "/api/priority": [f"/api/priority?{DISTRICT}"],
        "/api/inventory": [
            f"/api/inventory?{DISTRICT}&format={form}"
            for form in ("xlsx", "gpkg", "shp", "geojson", "kml")
        ],
        "/tiles/{district}/{layer}/{z}/{x}/{y}.mvt": [
            tile_at(lon + 0.001, 40.701, "sites"),
            tile_at(lon + 0.001, 40.751, "candidates"),
        ],
        "/api/field-checks": [f"/api/field-checks?{DISTRICT}"],
        "/api/field-checks/{check_id}": [f"/api/field-checks/{half.check}"],
        "/api/sites/{code}/field-checks": [f"/api/sites/{site}/field-checks"],
        "/api/candidates/{candidate_id}/field-checks": [
            f"/api/candidates/{half.candidate}/field-checks"
        ],
        "/api/photos/{photo_id}": [f"/api/photos/{half.photo}"],
        "/api/photos/{photo_id}/original": [f"/api/photos/{half.photo}/original"],
        "/api/photos/{photo_id}/stamped": [f"/api/photos/{half.photo}/stamped"],
        "/api/photos/{photo_id}/{size}": [f"/api/photos/{half.photo}/thumb"],
        "/api/field/list": [f"/api/field/list?{DISTRICT}"],
        "/api/assignments": [f"/api/assignments?{DISTRICT}"],
        "/api/assignments/{assignment_id}": [f"/api/assignments/{half.work}"],
        "/api/deadlines/summary": [f"/api/deadlines/summary?{DISTRICT}"],
        "/api/deadlines/works": [f"/api/deadlines/works?{DISTRICT}"],
        "/api/deadlines/extensions": [f"/api/deadlines/extensions?{DISTRICT}"],
        "/api/notices": [f"/api/notices?{DISTRICT}"],
        **{
            f"/api/notices/{{notice_id}}{part}": [f"/api/notices/{half.notice}{part}"]
            for part in ("", "/file", "/again")
        },
        "/api/notices/{notice_id}/papers/{paper_id}": [
            f"/api/notices/{half.notice}/papers/{half.notice_paper}"
        ],
        "/api/work/places": [f"/api/work/places?{DISTRICT}"],
        "/api/work/teaching": [f"/api/work/teaching?{DISTRICT}"],
        "/api/projects": [f"/api/projects?{DISTRICT}"],
        "/api/projects/{project_id}": [f"/api/projects/{half.project}"],
        "/api/projects/lists/{kind}": [f"/api/projects/lists/reserve?{DISTRICT}"],
        "/api/projects/lists/{kind}/workbook": [f"/api/projects/lists/reserve/workbook?{DISTRICT}"],
        "/api/sites/{code}/projects": [f"/api/sites/{site}/projects"],
        "/api/sites/{code}/observations": [f"/api/sites/{site}/observations"],
        "/api/backfill/pairs": [f"/api/backfill/pairs?{DISTRICT}"],
    }


WORDLESS = {
    "/api/work/teaching",
    "/api/sites/{code}/history",
    "/api/photos/{photo_id}/stamped",
    "/api/districts",
    "/api/sites/counts",
    "/api/board",
    "/api/brief",
    "/api/sites/{code}/attachments/{attachment_id}/original",
    "/api/sites/{code}/attachments/{attachment_id}/{size}.jpg",
    "/api/sampling/strata",
    "/api/deadlines/summary",
    "/api/notices/{notice_id}/again",
    "/api/notices/{notice_id}/papers/{paper_id}",
    "/api/photos/{photo_id}/original",
    "/api/photos/{photo_id}/{size}",
    "/api/sites/{code}/observations",
}
"""Answers that hold numbers or pixels only: that they differ by sight is proved one by one."""

OF_NO_PLACE = {
    "/openapi.json",
    "/api/vocabulary",
    "/api/sites/columns",
    "/api/site-facts",
    "/api/tasks",
    "/api/sampling/rules",
    "/api/rules",
    "/api/weights",
    "/api/models",  # what detection works with, the same for all
    "/api/models/{model_id}",
    "/api/training-sets",  # how many samples of which class, no place of them
    "/api/retrainings",  # what is being learnt, and by whose wish
    "/api/field/rules",  # the same for all
    "/api/layers",
    "/api/field/area/tiles/{scene_id}/{view}",
    "/imagery/{scene_id}/{view}/{z}/{x}/{y}.webp",  # what the ground is like
    "/api/scenes",  # whose ground a scene shows is asked by sites that are seen, see below
    "/api/scenes/{scene_id}",
    "/api/scenes/{scene_id}/runs",
    "/api/views",  # filters that people saved; the rows that they find are asked for apart
    "/api/account/sessions",
    "/api/field-checks/mine",  # one's own
    "/api/people",
    "/api/people/{username}/sessions",
    "/api/teams",  # people
    "/api/work/board",  # numbers by people, see below
    "/api/backfill/rules",
    "/api/project-rules",
    "/api/reaches/lines",  # where the rivers run
    *("/api/models", "/api/models/{model_id}", "/api/training-sets"),  # what machines learnt
    *("/api/batches", "/api/batches/{batch_id}", "/api/batches/choices", "/api/batches/costs"),
    "/imagery/runs/{run_id}/scores/{name}/{z}/{x}/{y}.png",  # what the ground is like
}
"""Routes that answer with nothing that lies in a town."""


PROVED_APART = {
    "/api/reaches": "tests/api/test_reaches.py",
    "/api/work/teaching": "tests/ledger/test_field_work.py",
    "/api/reaches/{code}/strip": "tests/api/test_reaches.py",
    "/api/backfill/assessments": "tests/api/test_backfill.py",
    "/api/backfill/book": "tests/ledger/test_backfill_book.py",
    "/api/backfill/book/export": "tests/ledger/test_backfill_book.py",
    "/api/backfill/plans": "tests/ledger/test_backfill_match.py",
    "/api/backfill/plans/{plan_id}": "tests/ledger/test_backfill_match.py",
    **dict.fromkeys(
        (
            *("/api/runs/{run_id}/review", "/api/runs/{run_id}/finds/{candidate_id}"),
            *("/run-tiles/{run_id}/{z}/{x}/{y}.mvt", "/api/zones"),
            *("/api/comparisons", "/api/comparisons/file"),
        ),
        "tests/api/test_review.py",
    ),
}
"""Routes that answer from things of the whole district, by the tests that hold them to a sight."""


def betrayals(text: str, half: Half) -> list[str]:
    return [mark for mark in half.marks if mark in text]


def test_every_route_that_shows_rows_is_crawled(app: FastAPI, towns: TwoTowns):
    known = set(in_places(towns.west)) | OF_NO_PLACE | set(PROVED_APART)
    pages = {path for _, path in OPEN_TO_ALL}
    routes = {route.path for route in routes_of(app) if "GET" in route.methods} - pages
    audited = {path for path in routes if path.startswith("/api/audit")}
    assert routes - audited == known, "say of a new route where its rows lie, or that it has none"


def test_who_sees_everything_finds_the_east_on_every_route(client: TestClient, towns: TwoTowns):
    for path, addresses in in_places(towns.east).items():
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.text[:300])
            if path not in WORDLESS:
                assert betrayals(text_of(answer.content), towns.east), address


def test_nothing_of_the_east_reaches_an_account_of_the_west(towns: TwoTowns):
    for sight in SIGHTS.values():
        with entering(towns, sight) as limited:
            for path, addresses in in_places(towns.east).items():
                for address in addresses:
                    answer = limited.get(address)
                    is_refused = by_name(path)
                    right = {404} if is_refused else {200, 204}
                    assert answer.status_code in right, (sight, address, answer.text[:300])
                    said = text_of(answer.content)
                    said = unasked(said, address) if is_refused else said
                    assert not betrayals(said, towns.east), (sight, address)


def by_name(path: str) -> bool:
    """Whether a route asks for one thing by its code or id."""
    is_named = "{" in path and "{district}" not in path and "{kind}" not in path
    return is_named or path.startswith("/api/results")


def unasked(text: str, address: str) -> str:
    """An answer without the names that stand in its address: a refusal may repeat them."""
    for name in filter(None, re.split(r"[/?=&]", address)):
        text = text.replace(name, "")
    return text


def test_scenes_over_a_site_are_told_to_those_who_see_the_site(towns: TwoTowns):
    with entering(towns, SIGHTS["town"]) as limited:
        for half, status in ((towns.west, 200), (towns.east, 404)):
            answer = limited.get(f"/api/scenes?{DISTRICT}&site={half.site}")
            assert answer.status_code == status, answer.text[:300]


def test_an_account_of_the_west_finds_the_west(towns: TwoTowns):
    with entering(towns, SIGHTS["town"]) as limited:
        for path, addresses in in_places(towns.west).items():
            if path.startswith(("/api/imports", "/api/sampling/selections", "/api/notices")):
                continue  # of the whole district, see below; a notice is of its unit
            for address in addresses:
                answer = limited.get(address)
                assert answer.status_code == 200, (address, answer.text[:300])
                if path not in WORDLESS:
                    assert betrayals(text_of(answer.content), towns.west), address
