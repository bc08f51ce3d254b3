"""In a real browser: a model is withdrawn with its consequence said, and published again."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from gis.domain.terms import Role
from gis.errors import DiskFull
from gis.ledger import Book, people, places, retraining_work
from gis.ledger.models import ModelSent, add_model
from gis.ledger.retrainings import RetrainingAsked, ask_retraining
from gis.store import tables
from gis.store.engine import make_engine
from gis.store.files import hash_of
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.browser.signing import enter_demo
from tests.makers import KUNDULUN, a_district


def open_models(page: Page, settings: Settings) -> None:
    enter_demo(page, settings)
    page.goto("/models?district=STRZEGOM")
    page.wait_for_selector("html[data-ready=true]", timeout=60_000)


def test_the_demo_s_model_is_told_in_plain_words_withdrawn_and_published(
    page: Page, watch, demo_settings: Settings
):
    open_models(page, demo_settings)
    draft = page.locator(".model[data-model^=演示对照]")
    expect(draft.locator(".badge").first).to_have_text("待发布")
    expect(draft.locator(".contest h3")).to_contain_text("与“演示模型")
    expect(draft).not_to_contain_text("还没有与其他模型比较过")
    card = page.locator(".model[data-model^=演示模型]")
    expect(card).to_contain_text("由 2 景影像训练（2021-06-19, 2022-06-19）")
    expect(card.locator(".badge").first).to_have_text("已发布")
    card.locator("summary").last.click()
    expect(card.locator(".model-class", has_text="露天采坑").first).to_be_visible()
    card.get_by_role("button", name="撤回", exact=True).click()
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("唯一已发布")
    dialog.get_by_role("button", name="撤回", exact=True).click()
    expect(dialog.locator(".field-error")).to_contain_text("理由")
    page.fill("#why", "试一试")
    dialog.get_by_role("button", name="撤回", exact=True).click()
    expect(page.locator(".models > .models-warning")).to_contain_text("现在没有已发布的模型")
    card.get_by_role("button", name="发布", exact=True).click()
    expect(card.locator(".badge").first).to_have_text("已发布")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    failed = [line for line in watch.complaints if "422" not in line]
    assert failed == [] and watch.outside == []


def compared_again(page: Page, book: Book) -> None:
    """A training whose comparison failed says why, and is queued for its comparison alone."""
    made, _ = ask_retraining(book, RetrainingAsked(uuid4(), KUNDULUN, "冬季"))
    taken = retraining_work.take_job(book, made.id, "here:1")
    model, _ = add_model(book, ModelSent("冬季", "c" * 64, str(Path(__file__)), {}))
    retraining_work.keep_model(book, made.id, taken.claim, model.id, "150203-样本")
    retraining_work.fail(book, made.id, taken.claim, DiskFull(path="models"))
    page.reload()
    expect(page.locator("html[data-ready=true]")).to_be_attached()
    job = page.locator("#training-card .run-job", has_text="冬季")
    expect(job.locator(".models-warning")).to_contain_text("比较没有做完")
    expect(job.locator(".run-error")).to_contain_text("磁盘空间不足")
    again = job.get_by_role("button", name="再次比较", exact=True)
    again.click()
    expect(page.locator(".notice-error")).to_contain_text("文件与登记时不同")
    with book.engine.begin() as connection:  # the file comes back from a backup
        own = tables.models.c.id == model.id
        change = tables.models.update().where(own).values(sha256=hash_of(Path(__file__)))
        connection.execute(change)
    expect(again).to_be_enabled()
    again.focus()
    page.keyboard.press("Enter")
    expect(job.locator(".badge")).to_have_text("排队中")
    expect(job).to_contain_text("要求再次比较")


@pytest.mark.parametrize("width", [1440, 390])
def test_no_set_is_frozen_before_anything_was_checked(
    browser: Browser, database_url: str, tmp_path: Path, width: int
):
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    places.add_district(book, a_district())
    people.add_user(book, "mei", "梅", Role.ADMINISTRATOR, PASSWORD)
    faults: list[str] = []
    with serving(Settings(database_url=database_url, data_dir=tmp_path)) as address:
        size = {"width": width, "height": 844}
        context = browser.new_context(viewport=size, base_url=address, locale="zh-CN")
        body = {"username": "mei", "password": PASSWORD}
        mark = {"X-Requested-With": "qingfei"}
        assert context.request.post("/api/session", data=body, headers=mark).ok
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"/models?district={KUNDULUN}")
        expect(page.locator("html[data-ready=true]")).to_be_attached()
        sets = page.locator("#sets-card")
        expect(sets).to_contain_text("还没有固定过样本集")
        sets.get_by_role("button", name="现在固定", exact=True).click()
        expect(sets.locator(".field-error")).to_contain_text("没有已通过的现场核实")
        training = page.locator("#training-card")
        page.locator("#training-name").fill("a/b")
        training.get_by_role("button", name="开始训练", exact=True).click()
        expect(training.locator(".field-error")).to_contain_text("不含换行与斜杠")
        page.locator("#training-name").fill("秋季")
        training.get_by_role("button", name="开始训练", exact=True).click()
        asked = training.locator(".run-job", has_text="秋季")
        expect(asked.locator(".badge")).to_have_text("排队中")
        expect(asked).to_contain_text("没有处理进程在运行")
        asked.get_by_role("button", name="取消", exact=True).click()
        expect(asked.locator(".badge")).to_have_text("已取消")
        expect(asked.get_by_role("button", name="再次比较", exact=True)).to_have_count(0)
        compared_again(page, book)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()
    engine.dispose()
    assert faults == []
