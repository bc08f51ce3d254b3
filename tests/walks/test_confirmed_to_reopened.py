"""One site's life over HTTP: confirmed, cleared, closed out, looked back at, reopened.

Each gate is tried without its evidence first, and refused with what is missing.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from fastapi import FastAPI
from shapely import MultiPolygon

from api import access
from api.app import create_app
from api.settings import Settings
from gis.domain.sites.site import Site
from gis.domain.terms import (
    AttachmentKind,
    FootprintState,
    Head,
    ProjectStage,
    ProjectVariant,
    SiteKind,
    WasteClass,
)
from gis.domain.works.errors import EvidenceMissing
from gis.domain.works.remediation import RemediationProject
from gis.ledger import Book, places
from gis.ledger.book import utc_now
from gis.ledger.checks import record_field_check
from gis.ledger.project_tasks import finish_task, put_task
from gis.ledger.projects import revise_project
from gis.ledger.stages import StepAsked, advance_project
from gis.rules import stages
from gis.store import log, shape, sites, tables, works
from gis.store.engine import make_engine
from gis.store.register import day_of
from tests.makers import Clock, a_candidate, a_check, a_district, a_task, open_book, opened
from tests.makers_close_out import (
    FAR,
    FIRST,
    PROPOSER,
    SECOND,
    a_picture,
    hire,
    named,
    observe,
    put_paper,
    put_photo,
)
from tests.pictures import PDF
from tests.walks.test_candidate_to_money import Person

SPAN = timedelta(days=200)


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with open_book(database_url, Clock(datetime.now(UTC) - SPAN)) as book:
        places.add_district(book, a_district())
        hire(replace(book, clock=utc_now))  # whose passwords are of today
        yield book
        with book.reading() as connection:
            assert log.verify(connection).broken_at is None


@pytest.fixture
def app(
    book: Book, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FastAPI]:
    """The application, its ledger on the walk's clock."""
    engine = make_engine(database_url)
    monkeypatch.setattr(access, "Book", partial(Book, clock=book.clock))
    yield create_app(Settings(database_url=database_url, data_dir=tmp_path), engine)
    engine.dispose()


def confirmed(book: Book) -> Site:
    """A heap of rubble that a field team confirms."""
    day = today(book)
    found = a_candidate(class_name="construction_waste", first_seen_on=day, last_seen_on=day)
    with book.entry() as entry:
        shape.insert(entry.connection, tables.candidates, [found])
    seen = {"kind": SiteKind.CONSTRUCTION_PILE, "waste_class": WasteClass.SW73}
    checked_at = book.clock() - timedelta(hours=2)
    record_field_check(book, a_check(found, checked_at=checked_at, **seen), at_once=True)
    with book.reading() as connection:
        return sites.site(connection, sites.codes(connection)[0])


def today(book: Book) -> date:
    return day_of(book.clock())


class Works:
    """The works at a site, gate by gate: each refused first with what is missing."""

    def __init__(self, book: Book, folder: Path, site: Site) -> None:
        self.book, self.folder, self.site = book, folder, site
        plan = {"task_no": None, "leader_role": "", "starts_on": None, "due_on": None}
        self.project_id = opened(book, site.code, variant=ProjectVariant.QUICK_FIX, plan=plan).id

    def now(self) -> RemediationProject:
        self.book.clock.tick()  # type: ignore[attr-defined]
        with self.book.reading() as connection:
            return works.project(connection, self.project_id)

    def step(self, to: ProjectStage) -> StepAsked:
        at = {"from_stage": self.now().stage, "to_stage": to}
        return StepAsked(id=uuid4(), project_id=self.project_id, **at)

    def go(self, to: ProjectStage) -> None:
        """Take the step; every need of it is missed by name before it is brought."""
        gate = stages.chain(ProjectVariant.QUICK_FIX).step(to)
        assert gate is not None
        for need in gate.needs:
            with pytest.raises(EvidenceMissing) as refused:
                advance_project(self.book, self.step(to))
            assert need.zh in refused.value.sentence()
            self.bring(need)
        project, _ = advance_project(self.book, self.step(to))
        assert project.stage is to

    def bring(self, need: Any) -> None:
        plan = self.now().plan
        if need.check == "paper":
            kind = need.papers[0]
            put_paper(self.book, self.folder, self.site, kind, f"{kind.zh}.pdf", PDF)
        elif need.check == "photos":
            for number in range(need.least):
                put_photo(self.book, self.folder, self.site, today(self.book), seed=number)
        elif need.check == "stated":
            said = dict.fromkeys(need.fields, "已写明")
            revise_project(self.book, self.project_id, replace(plan, **said))
        elif need.check == "tasks_planned":
            due = today(self.book) + timedelta(days=60)
            task = replace(a_task(self.now()), starts_on=None, due_on=due)
            put_task(self.book, task)
        elif need.check == "tasks_done":
            with self.book.reading() as connection:
                tasks = works.tasks_of(connection, self.project_id)
            for task in tasks:
                finish_task(self.book, self.project_id, task.id, today(self.book))
        elif need.check == "area":
            area = replace(plan, restored_m2=self.site.area_m2 + 1)
            revise_project(self.book, self.project_id, area)


def exported(person: Person, day: date) -> dict[str, Any]:
    asked = {"district": "150203", "format": "xlsx", "as_of": str(day)}
    answer = person.client.get("/api/inventory", params=asked)
    assert answer.status_code == 200, answer.text
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["管控清单"]
    return dict(zip([c.value for c in sheet[2]], [c.value for c in sheet[3]], strict=True))


def attach(person: Person, code: str, kind: AttachmentKind, name: str, content: bytes) -> str:
    files = {"file": (name, content)}
    address = f"/api/sites/{code}/attachments/{uuid4()}"
    sent = person.send("PUT", address, files=files, data={"kind": kind.value})
    return str(sent["id"])


def said_when_refused(person: Person, path: str, body: dict[str, Any]) -> str:
    answer = person.client.put(path, json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "close_out_incomplete"
    return str(answer.json()["zh"])


def test_a_site_from_confirmed_to_closed_to_reopened(app: FastAPI, book: Book, tmp_path: Path):
    site = confirmed(book)
    code, outline = site.code, site.outline
    assert isinstance(outline, MultiPolygon)
    wang, li, zhao = (Person(app, who) for who in (PROPOSER, FIRST, SECOND))
    analyst = named(book, PROPOSER)
    folder = tmp_path / "attachments"

    # Works, gate by gate.
    observe(analyst, site, today(book) - timedelta(days=3), 36_000.0, FootprintState.FIRST)
    job = Works(analyst, folder, site)
    job.go(ProjectStage.WORKS)
    began = today(book)
    book.clock.tick(days=60)
    job.go(ProjectStage.SELF_CHECK)
    ended = today(book)
    book.clock.tick(days=5)
    job.go(ProjectStage.ACCEPTANCE)

    # The stage's gate asks the close-out, and says all that it lacks.
    with pytest.raises(EvidenceMissing) as refused:
        advance_project(analyst, job.step(ProjectStage.CLOSED))
    for word in (
        "整体验收意见",
        "尚未提出销号",
        "清理",
        "溯源",
        "处罚",
        "公开",
        "整治前",
        "卫星复核",
    ):
        assert word in refused.value.sentence(), word

    # The proposal: each piece of evidence is missed by name, then brought.
    before = attach(wang, code, AttachmentKind.PHOTO, "前.jpg", a_picture(began - timedelta(1)))
    after = attach(wang, code, AttachmentKind.PHOTO, "后.jpg", a_picture(ended + timedelta(1)))
    far = attach(wang, code, AttachmentKind.PHOTO, "远.jpg", a_picture(ended, FAR, 5))
    offers = wang.send("GET", f"/api/sites/{code}/close-out/offers")
    assert (offers["works_began_on"], offers["works_ended_on"]) == (str(began), str(ended))
    papers = {one["kind"]: one["id"] for one in offers["papers"]}
    whole = {
        "site_code": code,
        "works_began_on": str(began),
        "works_ended_on": str(ended),
        "heads": {
            "CLEARING": {"papers": [papers["DISPOSAL"]]},
            "TRACING": {"statement": "调取监控、走访施工单位，未查到倾倒人"},
            "PENALTY": {"reason": "未查到倾倒人，无处罚对象"},
            "PUBLICATION": {"statement": "已在区政府网站公示"},
        },
        "photos_before": [f"paper:{before}"],
        "photos_after": [f"paper:{after}"],
        "acceptance_no": "昆执验〔2026〕3号",
    }
    assert "整体验收意见" in said_when_refused(wang, f"/api/close-outs/{uuid4()}", whole)
    attach(wang, code, AttachmentKind.OPINION, "验收意见.pdf", PDF)
    for head in Head:
        heads = {name: said for name, said in whole["heads"].items() if name != head.value}
        lacking = said_when_refused(wang, f"/api/close-outs/{uuid4()}", whole | {"heads": heads})
        assert f"“{head.zh}”的材料" in lacking
    for photos, word in (
        ({"photos_before": []}, "整治前的合格照片"),
        ({"photos_after": [f"paper:{before}"]}, "早于施工结束"),
        ({"photos_after": [f"paper:{far}"]}, "超过 200 m"),
    ):
        assert word in said_when_refused(wang, f"/api/close-outs/{uuid4()}", whole | photos)
    close_out = f"/api/close-outs/{uuid4()}"
    assert wang.send("PUT", close_out, json=whole)["state"] == "PROPOSED"
    assert wang.send("PUT", close_out, json=whole)["version"] == 1, "sent again, the same"

    # Approvals: not without an image, not by the proposer, not twice by one person.
    yes = {"approve": True, "comment": "材料齐全，<b>同意</b>"}
    step = f"{close_out}/steps/"
    assert "卫星复核" in said_when_refused(li, step + str(uuid4()), yes)
    observe(analyst, site, ended + timedelta(days=3), 700.0, FootprintState.SHRUNK)
    assert wang.refused("PUT", step + str(uuid4()), json=yes) == "own_close_out"
    assert zhao.refused("PUT", step + str(uuid4()), json=yes) == "approver_unfit"
    assert li.refused("PUT", step + str(uuid4()), json={"approve": True}) == "close_out_comment"
    assert li.send("PUT", step + str(uuid4()), json=yes)["state"] == "PASSED_ONCE"
    book.clock.tick()
    assert li.refused("PUT", step + str(uuid4()), json=yes) == "same_approver"
    waiting = zhao.send("GET", "/api/close-outs?district=150203")["close_outs"]
    assert [one["site_code"] for one in waiting] == [code]
    done = zhao.send("PUT", step + str(uuid4()), json=yes)
    closed_on = today(book)
    assert (done["state"], done["closed_on"]) == ("IN_FORCE", str(closed_on))
    assert done["satellite"]["result"] == "REDUCED"
    assert zhao.refused("PUT", step + str(uuid4()), json=yes) == "close_out_moved"
    assert wang.refused("PUT", f"/api/close-outs/{uuid4()}", json=whole) == "not_to_close"
    assert job.now().stage is ProjectStage.CLOSED
    row = exported(wang, closed_on)
    assert (row["状态"], str(row["销号日期"])[:10]) == ("已销号", str(closed_on))
    assert str(row["遥感复核日期"])[:10] == str(ended + timedelta(days=3))
    assert row["遥感复核结果"] == "较施工前缩小"

    # Looked back at by each new image; a finding reopens, and a person settles it.
    book.clock.tick(days=60)
    observe(analyst, site, today(book) - timedelta(days=20), 0.0, FootprintState.UNSEEN,
            valid_share=0.1, cloud_share=0.9)  # fmt: skip
    book.clock.tick()
    grown = today(book) - timedelta(days=2)
    observe(analyst, site, grown, 9_000.0, FootprintState.GROWN)
    book.clock.tick()
    found = wang.send("GET", f"/api/sites/{code}/close-out")
    assert (found["state"], found["code"], found["closed_on"]) == ("SUSPECTED", code, None)
    last, cloudy = found["look_backs"]
    assert (last["finding"], cloudy["result"]) == ("TO_VERIFY", "UNCLEAR")
    (finding,) = li.send("GET", "/api/close-outs?district=150203")["findings"]
    decision = f"/api/look-backs/{finding['id']}/decision"
    relapse = {"is_relapse": True, "reason": "现场见新倾倒建筑垃圾约 3 车"}
    assert wang.refused("PUT", decision, json=relapse) == "not_allowed"
    assert li.refused("PUT", decision, json={"is_relapse": True}) == "close_out_comment"
    assert li.send("PUT", decision, json=relapse)["finding"] == "CONFIRMED"
    now = wang.send("GET", f"/api/sites/{code}")
    assert (now["state"], now["code"]) == ("IN_REMEDIATION", code)
    assert job.now().stage is ProjectStage.WORKS
    verbs = [one["verb_zh"] for one in now["history"]]
    for verb in ("现场确认并列入清单", "销号", "疑似反弹，待核实", "核实反弹，重新打开"):
        assert verb in verbs, "the whole history stays"
    visit = {"visited_on": str(today(book)), "result": "NOTHING", "note": "再看"}
    address = f"/api/sites/{code}/look-backs/{uuid4()}"
    assert wang.refused("PUT", address, json=visit) == "not_closed"

    # A past day still says what was then.
    then = wang.send("GET", f"/api/sites/{code}", params={"as_of": str(closed_on)})
    assert (then["state"], then["facts"]["closed_on"]) == ("CLOSED", str(closed_on))
    past = wang.send("GET", f"/api/sites/{code}/close-out", params={"as_of": str(closed_on)})
    assert ([one["state"] for one in past["close_outs"]], past["look_backs"]) == (["IN_FORCE"], [])
    held = wang.send("GET", f"/api/sites/{code}/close-out")["close_outs"][0]
    assert (held["state"], held["closed_on"]) == ("REOPENED", str(closed_on))
