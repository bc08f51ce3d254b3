"""A run reviewed in a real browser: by keys, by slider, undone; zones; two runs compared."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect
from shapely import MultiPolygon

from api.settings import Settings
from gis.domain.detection.candidate import Sighting
from gis.domain.detection.imagery import DetectionRun
from gis.domain.terms import Role
from gis.ledger import Book, people, places
from gis.ledger.ignore_zones import draw_zones
from gis.ledger.imagery import add_scene
from gis.store import run_review, shape, tables
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.browser.test_accessibility import serious_faults
from tests.ledger.test_ignore_zones import a_zone
from tests.makers import NOON, a_candidate, a_district, a_scene, square

MARK = {"X-Requested-With": "qingfei"}
HOSTILE = "<img src=x onerror=\"document.title='run'\">煤场"
MANY = 500


def file_run(book: Book, places_: list[tuple[float, MultiPolygon]], name: str) -> UUID:
    """File a run that saw candidates of these confidences at these places, quickly."""
    scene = add_scene(book, a_scene(name=name, sha256=uuid4().hex * 2))
    run = DetectionRun(uuid4(), scene.id, "示范模型", "0" * 64, {}, {}, 0, NOON, "tester", 0.5)
    made = [
        a_candidate(
            confidence=sure,
            outline=outline,
            is_above=sure >= 0.5,
            class_name="slag_pile" if i % 2 else "open_pit",
        )
        for i, (sure, outline) in enumerate(places_)
    ]
    seen = [
        Sighting(
            *(uuid4(), one.id, run.id, scene.id, scene.acquired_on, one.class_name),
            *(one.confidence, one.area_m2, one.outline, {"pixels": 40}),
        )
        for one in made
    ]
    with book.entry() as entry:
        shape.insert(entry.connection, tables.detection_runs, [run])
        shape.insert(entry.connection, tables.candidates, made)
        shape.insert(entry.connection, tables.sightings, seen)
    return run.id


@dataclass
class Desk:
    """The analyst's page, and the runs on file."""

    page: Page
    run: UUID
    other: UUID

    def open(self, path: str) -> None:
        self.page.goto(path)
        expect(self.page.locator("html[data-ready=true]")).to_be_attached()

    def said(self) -> list[str]:
        """What was said of the find that is looked at."""
        return self.page.locator("#find-detail .rv-said .strong").all_inner_texts()


@pytest.fixture(params=["desktop", "phone"])
def desk(
    browser: Browser, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    book = Book(make_engine(database_url), "tester")
    places.add_district(book, a_district())
    people.add_user(book, "fang", "方工", Role.ANALYST, PASSWORD)
    with book.engine.begin() as connection:
        connection.execute(tables.users.update().values(must_change=False))
    grid = [square(109.61 + 0.004 * (i % 70), 40.61 + 0.004 * (i // 70)) for i in range(MANY)]
    run = file_run(book, [(1 - i / MANY, one) for i, one in enumerate(grid)], "s2_a")
    other = file_run(book, [(0.9, grid[0]), (0.8, square(109.61, 40.85))], "s2_b")
    draw_zones(book, [a_zone(name=HOSTILE, outline=square(109.6135, 40.6095, 0.003))])
    is_phone = request.param == "phone"
    size = {"width": 390, "height": 844} if is_phone else {"width": 1440, "height": 900}
    with serving(Settings(database_url=database_url, data_dir=tmp_path)) as address:
        context = browser.new_context(
            viewport=size, base_url=address, locale="zh-CN", has_touch=is_phone
        )
        body = {"username": "fang", "password": PASSWORD}
        assert context.request.post("/api/session", data=body, headers=MARK).ok
        page = context.new_page()
        page.set_default_timeout(20_000)
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        yield Desk(page, run, other)
        assert faults == [] and page.title() != "run"
        context.close()
    book.engine.dispose()


def test_a_run_is_reviewed_by_keyboard_and_its_threshold_moved(desk: Desk):
    page = desk.page
    desk.open(f"/runs/{desk.run}/review")
    at = page.locator("#find-at")
    expect(page.locator("#find-count")).to_contain_text("251")
    assert page.locator(".rv-row").count() < 40, "only the rows in sight are in the page"

    page.keyboard.press("j")
    expect(at).to_contain_text("1")
    page.keyboard.press("a")  # the first: visit; the page goes on to the second
    expect(at).to_contain_text("第 2 个")
    expect(page.locator("#find-detail")).to_contain_text(HOSTILE)  # lies in the zone
    expect(page.locator("#find-detail .badge").first).to_have_text("忽略")
    page.keyboard.press("j")
    page.keyboard.press("l")
    page.keyboard.press("5")  # the third: a look-alike, a greenhouse
    expect(page.locator("#say-look-alike")).to_be_focused()
    page.keyboard.press("i")  # the fourth: ignored
    expect(at).to_contain_text("第 5 个")
    page.keyboard.press("u")  # and taken back
    expect(at).to_contain_text("第 4 个")
    expect(page.locator("#find-detail .badge").first).to_have_text("待核实")
    page.keyboard.press("k")
    expect(page.locator("#find-detail .badge").first).to_have_text("相似地物")
    expect(page.locator("#find-detail .rv-said .strong")).to_have_text("相似地物 · 温室大棚")

    page.locator("#threshold").fill("90")
    expect(page.locator("#above-line")).to_contain_text("51 / 500")
    expect(page.locator("#find-count")).to_contain_text("51")
    page.click("#threshold-save")
    expect(page.locator("#threshold-save")).to_be_hidden()
    found = page.request.get("/api/candidates?district=150203&limit=1").json()
    assert found["total"] == 51 + 2, "and the two of the other run, by its own threshold"

    shown = page.locator(".rv-classes input").first
    shown.focus()
    page.keyboard.press("Space")
    expect(page.locator("#find-count")).not_to_contain_text("51")
    page.keyboard.press("Space")  # the keyboard is where it was, though the counts were drawn anew
    expect(page.locator("#find-count")).to_contain_text("51")
    page.keyboard.press("Space")
    expect(shown).not_to_be_checked()
    page.keyboard.press("?")
    expect(page.locator("#dialog")).to_contain_text("相似地物，再按数字选择种类")
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("html[data-ready=true]")).to_be_attached()
    expect(page.locator("#above-line")).to_contain_text("90%")
    page.keyboard.press("j")
    expect(page.locator("#find-detail .badge").first).to_have_text("拟核实")
    page.keyboard.press("u")  # what stands of the find looked at, also from before
    expect(page.locator("#find-detail .badge").first).to_have_text("待核实")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert serious_faults(page) == []


def test_what_a_page_cannot_list_is_said_and_comes_class_by_class(desk: Desk, monkeypatch):
    monkeypatch.setattr(run_review, "MOST_FINDS", 100)
    desk.open(f"/runs/{desk.run}/review")
    part = desk.page.locator("#review-part")
    expect(part).to_contain_text("只列出置信度最高的 100 个")
    part.get_by_role("link", name="露天采坑").click()
    expect(desk.page.locator("html[data-ready=true]")).to_be_attached()
    expect(desk.page.locator(".rv-class")).to_have_count(1)
    expect(part.locator("[aria-current]")).to_contain_text("露天采坑")
    wide = desk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_two_runs_stand_side_by_side(desk: Desk):
    page = desk.page
    desk.open(f"/runs/compare?a={desk.run}&b={desk.other}")
    numbers = page.locator(".cmp-number")
    expect(numbers).to_have_text(["1", "250", "1"])
    page.locator("[data-side=only_a]").uncheck()
    page.locator("#swipe").fill("80")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 CSV 表格", exact=True).click()
    assert download.value.suggested_filename.endswith(".csv")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert serious_faults(page) == []
    page.goto(f"/runs/compare?a={desk.run}&b={desk.run}")
    expect(page.locator("#desk")).to_contain_text("请选择同一区域的两个不同批次进行对比。")
