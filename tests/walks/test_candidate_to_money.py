"""The inventory's walk over HTTP: a confirmed candidate, sampled, identified, first for money."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from shapely import Point

from api.app import create_app
from api.settings import Settings
from gis.store import log, sampling
from gis.store.engine import make_engine
from gis.store.register import CHINA
from tests.api.known import WRITE
from tests.makers_results import write_results
from tests.makers_thread import ANALYST, PASSWORD, REVIEWER, Thread, begin


@pytest.fixture
def thread(database_url: str) -> Thread:
    return begin(database_url)


@pytest.fixture
def app(thread: Thread, database_url: str, tmp_path: Path) -> Iterator[FastAPI]:
    engine = make_engine(database_url)
    yield create_app(Settings(database_url=database_url, data_dir=tmp_path), engine)
    engine.dispose()


class Person:
    """Somebody who is signed in, and what they send."""

    def __init__(self, app: FastAPI, username: str) -> None:
        self.client = TestClient(app, headers=WRITE)
        self.send("POST", "/api/session", json={"username": username, "password": PASSWORD})

    def send(self, method: str, path: str, **body: Any) -> Any:
        """Send and return what came back; anything but success fails the test."""
        answer = self.client.request(method, path, **body)
        assert answer.is_success, (path, answer.text)
        return answer.json()

    def refused(self, method: str, path: str, **body: Any) -> str:
        """Send what must be refused and return the error's code."""
        answer = self.client.request(method, path, **body)
        assert 400 <= answer.status_code < 500, answer.text
        return str(answer.json()["code"])


def listed(person: Person, code: str, as_of: object = None) -> dict[str, Any]:
    """Return the site's row of the list as of a day."""
    day = {} if as_of is None else {"as_of": str(as_of)}
    found = person.send("GET", "/api/sites", params={"district": "150203", **day})
    (row,) = [item for item in found["items"] if item["code"] == code]
    return dict(row)


def exported(person: Person, as_of: object) -> dict[str, Any]:
    """Return the grades in the Excel list of a day, by code."""
    answer = person.client.get(
        "/api/inventory", params={"district": "150203", "format": "xlsx", "as_of": str(as_of)}
    )
    assert answer.status_code == 200, answer.text
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["管控清单"]
    headings = [cell.value for cell in sheet[2]]
    code, grade = headings.index("点位编号"), headings.index("风险等级")
    return {str(row[code].value): row[grade].value for row in sheet.iter_rows(3) if row[code].value}


def test_one_thread_from_candidate_to_money(app: FastAPI, thread: Thread, tmp_path: Path):
    wang, li = Person(app, ANALYST), Person(app, REVIEWER)
    code = thread.site.code
    today = datetime.now(CHINA).date()
    yesterday = today - timedelta(days=1)

    # Confirmed, its nature unknown: a provisional grade that says what it does not know.
    before = wang.send("GET", f"/api/sites/{code}")
    assert (before["nature"], before["grading"]["grade"]) == ("UNIDENTIFIED", "HIGH")
    assert before["grading"]["provisional"]
    unknown = {r["factor"] for r in before["grading"]["reasons"] if not r["known"]}
    assert {"H1", "H2"} <= unknown

    # A plan of a hundred increments, by the mass that the site holds; the same plan sent twice.
    address = f"/api/sampling/plans/{uuid4()}"
    asked = {"site_code": code, "seed": 7}
    plan = wang.send("PUT", address, json=asked)
    assert wang.send("PUT", address, json=asked)["code"] == plan["code"]
    with app.state.engine.connect() as connection:
        planned = sampling.plan(connection, plan["code"])
        increments = sampling.increments(connection, plan["code"])
    assert len(increments) == 100
    assert all(thread.site.outline.contains(Point(one.lon, one.lat)) for one in increments)
    labels = wang.client.get(f"/sampling/{plan['code']}/labels").text
    assert all(one.code in labels for one in increments) and labels.count("<svg") >= 100

    # The chain of custody, step by step; a step out of turn is refused and nothing is kept of it.
    codes = [one.code for one in increments]
    custody = {"codes": codes, "at": datetime.now(UTC).isoformat(), "by": "采样组"}
    assert wang.refused(
        "PUT", f"/api/sampling/custody/{uuid4()}", json=custody | {"step": "SEALED"}
    ) == "custody_order"  # fmt: skip
    at = {"lon": 109.701, "lat": 40.701, "accuracy_m": 5.0}
    for step, more in (
        ("TAKEN", at),
        ("SEALED", {}),
        ("HANDED_OVER", {"party": "演示实验室"}),
        ("RECEIVED", {"party": "演示实验室", "seal_is_whole": True}),
    ):
        now = {"at": datetime.now(UTC).isoformat(), "step": step}
        wang.send("PUT", f"/api/sampling/custody/{uuid4()}", json=custody | now | more)

    # The laboratory's file: checked, loaded once however often it comes.
    path = tmp_path / "results.xlsx"
    write_results(path, planned, increments, over=30, tested_on=today.isoformat())
    report = _send_file(wang, "POST", "/api/results/check", path, plan["code"])
    assert report["problems"] == []
    for _ in range(2):
        address = f"/api/results/batches/{uuid4()}"
        batch = _send_file(wang, "PUT", address, path, plan["code"])
    assert batch["results"] > 3000

    # Identified step by step as class II; signed by one person, passed by another.
    conclusion = f"/api/conclusions/{uuid4()}"
    said = {
        "site_code": code,
        "plan_code": plan["code"],
        "basis": "IDENTIFICATION",
        "is_solid_waste": True,
        "is_listed": False,
    }
    drawn = wang.send("PUT", conclusion, json=said)
    assert (drawn["nature"], drawn["state"]) == ("CLASS_II", "DRAFT")
    wang.send("POST", f"{conclusion}/sign")
    verdict = {"accept": True, "comment": "同意"}
    assert wang.refused("POST", f"{conclusion}/review", json=verdict) == "not_allowed"
    assert listed(wang, code)["nature"] == "UNIDENTIFIED", "a signature alone changes nothing"
    li.send("POST", f"{conclusion}/review", json=verdict)

    # Graded anew, and every factor says why.
    after = wang.send("GET", f"/api/sites/{code}")
    grading = after["grading"]
    assert (after["nature"], grading["grade"], grading["provisional"]) == (
        ("CLASS_II", "MEDIUM", False)
    )
    reasons = {r["factor"]: r for r in grading["reasons"]}
    assert (reasons["H1"]["points"], reasons["H2"]["points"]) == (30, 8)
    assert all(r["known"] for name, r in reasons.items() if name.startswith("H"))
    rules = {row["id"] for row in wang.send("GET", "/api/rules")["items"]}
    assert {r["row"] for r in reasons.values()} <= rules, "every reason leads to its clause"

    # First in the order for money, by the plan's own tests.
    line = wang.send("GET", "/api/priority?district=150203")
    assert line["items"][0]["code"] == code
    assert wang.send("GET", f"/api/sites/{code}/priority")["standing"]["place"] == 1

    # In the list of today; the list of yesterday still shows what held then.
    assert listed(wang, code)["grade"] == "MEDIUM"
    old = listed(wang, code, yesterday)
    assert (old["grade"], old["nature"]) == ("HIGH", "UNIDENTIFIED")
    assert exported(wang, today)[code] == "中风险"
    assert exported(wang, yesterday)[code] == "高风险（暂定）"
    with app.state.engine.connect() as connection:
        assert log.verify(connection).broken_at is None


def _send_file(person: Person, method: str, address: str, path: Path, plan: str) -> Any:
    files = {"file": ("检测结果.xlsx", path.read_bytes())}
    return person.send(method, address, files=files, data={"plan": plan})
