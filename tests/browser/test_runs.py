"""The pages of detection: start a batch, see it go on, cancel it, try again, what many cost."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from gis.domain.terms import ModelTells, Role
from gis.errors import DiskFull
from gis.ledger import Book, batch_work, people, places
from gis.ledger.detection import RunReport, file_candidates
from gis.ledger.imagery import add_scene
from gis.ledger.models import ModelSent, add_model
from gis.store import batches, tables
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.makers import KUNDULUN, a_district, a_scene


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    """A register with three scenes, one of which lacks a band, and a published model."""
    engine = make_engine(database_url)
    book = Book(engine, "mei")
    people.add_user(book, "mei", "梅", Role.ANALYST, PASSWORD)
    places.add_district(book, a_district())
    size = {"width": 2000, "height": 1500, "bands": ["B02", "B03", "B04", "B08", "B11", "B12"]}
    add_scene(book, a_scene(**size, name="<b>第一景</b>"))
    add_scene(book, a_scene(**size, name="第二景", sha256="3" * 64))
    size["bands"] = size["bands"][:2]
    add_scene(book, a_scene(**size, name="真彩色", sha256="4" * 64))
    card = {"bands": ["B02", "B12"], "classes": ["open_pit"]}
    add_model(book, ModelSent("夏季模型", "a" * 64, "/nowhere", card))
    add_model(book, ModelSent("变化判别", "b" * 64, "/nowhere", {}, tells=ModelTells.CHANGE))
    with engine.begin() as connection:
        connection.execute(tables.models.update().values(state="PUBLISHED"))
    yield book
    engine.dispose()


@pytest.fixture(params=["desktop", "phone"])
def page(
    browser: Browser, book: Book, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Page]:
    is_phone = request.param == "phone"
    size = {"width": 390, "height": 844} if is_phone else {"width": 1440, "height": 900}
    url = book.engine.url.render_as_string(hide_password=False)
    with serving(Settings(database_url=url, data_dir=tmp_path)) as address:
        context = browser.new_context(
            viewport=size, has_touch=is_phone, is_mobile=is_phone, base_url=address, locale="zh-CN"
        )
        body = {"username": "mei", "password": PASSWORD}
        mark = {"X-Requested-With": "qingfei"}
        assert context.request.post("/api/session", data=body, headers=mark).ok
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        yield page
        assert faults == []
        context.close()


def ready(page: Page, path: str) -> None:
    page.goto(f"{path}?district={KUNDULUN}")
    expect(page.locator("html[data-ready=true]")).to_be_attached()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{path} is {wide} px too wide"


def test_a_batch_is_started_watched_cancelled_and_tried_again(page: Page, book: Book):
    ready(page, "/runs")
    page.locator("#run-name").fill("")
    start = page.locator("#run-form .button.primary")
    start.click()
    expect(page.locator("#run-form .field-error")).to_contain_text("请填写批次名称")
    page.locator("#run-name").fill("六月")
    start.click()
    expect(page.locator("#run-form .field-error")).to_contain_text("至少选择一景")
    unfit = page.locator(".run-scene.is-unfit")
    expect(unfit).to_contain_text("缺少所需波段 B12")
    expect(unfit.locator("input")).to_be_disabled()
    page.get_by_role("button", name="全选", exact=True).click()
    expect(page.locator(".run-choose")).to_contain_text("已选 2 / 3 景")
    expect(page.locator("#run-zones")).to_be_disabled()  # no zone is in force
    expect(page.locator("#run-mask")).to_be_checked()
    page.locator("#run-kinds").select_option(label="变化判别")
    expect(unfit).to_contain_text("B04")  # the judge reads more than the model
    page.locator("#run-quick").check()
    start.click()

    expect(page.locator("#run-main")).to_contain_text("快速模式 · 变化类型判别 变化判别")
    expect(page.locator("#run-main .badge")).to_have_text("排队中")
    expect(page.locator(".run-warn")).to_contain_text("没有处理进程在运行")
    expect(page.locator(".run-job h3").filter(has_text="<b>第一景</b>")).to_have_count(1)
    batch = UUID(page.url.split("/")[-1].split("?")[0])

    page.locator("#run-cancel").click()
    page.locator("#dialog .button.danger").click()
    expect(page.locator("#run-main .badge")).to_have_text("已取消")
    page.get_by_role("button", name="重试未完成的影像", exact=True).click()
    expect(page.locator("#run-main .badge")).to_have_text("排队中")

    with book.reading() as connection:
        first, second = batches.jobs(connection, [batch])
        scene = batches.scene_facts(connection, [first.scene_id])[first.scene_id]
    _, taken = batch_work.take_job(book, first.id, "here:1")
    with book.engine.begin() as connection:
        batches.beat(connection, taken.id, taken.claim, book.clock(), (0, 6, 12))
    expect(page.locator(".run-job").first).to_contain_text("窗口 6 / 12 · 50%")
    audit = {"pixels": 9000, "classes": 12, "targets": 0, "most_percent": 7}
    report = RunReport("1" * 64, "夏季模型", "a" * 64, {}, {"audit": audit}, [])
    filed = file_candidates(book, first.scene_id, report)
    batch_work.finish_job(book, first.id, taken.claim, filed, 0)
    _, other = batch_work.take_job(book, second.id, "here:1")
    batch_work.fail_job(book, second.id, other.claim, DiskFull(path="runs"))
    expect(page.locator("#run-main .badge")).to_have_text("失败")
    expect(page.locator(".run-error")).to_contain_text("磁盘空间不足")
    expect(page.locator(".run-audit")).to_contain_text("9,000 个像元中 12 个类别")
    review = page.get_by_role("link", name="审阅图斑", exact=True)
    expect(review).to_have_attribute("href", f"/runs/{filed.run_id}/review")
    page.locator(".run-log summary").first.click()
    expect(page.locator(".run-log").first.locator("li").last).to_be_visible()
    assert scene["name"]

    ready(page, "/runs")
    expect(page.locator("#batches tbody tr")).to_contain_text("1 / 2 景")
    page.locator("#run-name").fill("六月")
    page.get_by_role("button", name="全选", exact=True).click()
    start.click()
    expect(page.locator("#run-form .field-error")).to_contain_text("已有名为“六月”的批次")


def test_a_province_costs_less_time_on_more_machines(page: Page, book: Book):
    ready(page, "/runs/costs")
    rows = page.locator(".grid tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("10 台")
    expect(page.locator(".run-warn")).to_contain_text("随附基准")
    page.locator("#cost-machines").fill("100")
    expect(rows.nth(1)).to_contain_text("100 台")
    page.locator("#cost-tiles").fill("0")
    expect(page.locator(".state-error")).to_be_visible()
