"""In a real browser, by three people: a site closed out, then reopened by an image."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from gis.domain.terms import FootprintState
from gis.ledger import Book, places
from gis.ledger.book import utc_now
from gis.store.register import day_of
from tests.browser.conftest import serving
from tests.browser.signing import sign_in
from tests.browser.test_thread import desk, go
from tests.makers import Clock, a_district, open_book
from tests.makers_close_out import (
    FIRST,
    PROPOSER,
    SECOND,
    Cleared,
    cleared,
    close,
    hire,
    observe,
)


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with open_book(database_url, Clock(datetime.now(UTC) - timedelta(days=2))) as book:
        places.add_district(book, a_district())
        hire(book)
        yield replace(book, clock=utc_now)


@pytest.fixture
def address(database_url: str, tmp_path: Path) -> Iterator[str]:
    with serving(Settings(database_url=database_url, data_dir=tmp_path)) as address:
        yield address


@pytest.fixture
def one(book: Book, tmp_path: Path) -> Cleared:
    return cleared(book, tmp_path / "attachments")


def open_site(page: Page, one: Cleared) -> None:
    go(page, f"/sites/{one.site.code}")
    expect(page.locator("#close-out .badges")).to_be_visible()


def propose(page: Page, one: Cleared) -> None:
    """Fill the form and send it, first empty, then without a photograph of after the works."""
    page.click("#propose-close-out")
    send = page.locator("#dialog .primary")
    error = page.locator("#dialog .field-error")
    send.click()
    for word in ("施工开始日期", "“清理”的材料", "“公开”的材料", "整治前的合格照片"):
        expect(error).to_contain_text(word)
    page.fill("#works-began", str(one.began_on))
    page.fill("#works-ended", str(one.ended_on))
    page.locator("#dialog label", has_text="清理验收单.pdf").locator("input").first.check()
    page.fill("#statement-tracing", "走访三个村，无人认领")
    page.fill("#reason-penalty", "<b>无责任主体</b>")
    page.fill("#statement-publication", "已在区政府网站公示")
    photos = page.locator(".close-out-photo")
    photos.nth(0).get_by_label("整治前", exact=True).check()
    photos.nth(0).get_by_label("整治后", exact=True).check()
    send.click()
    expect(error).to_contain_text("早于施工结束")
    photos.nth(0).get_by_label("整治后", exact=True).uncheck()
    photos.nth(1).get_by_label("整治后", exact=True).check()
    send.click()
    expect(page.locator(".close-out-one")).to_have_attribute("data-state", "PROPOSED")


def approve(page: Page, state: str) -> None:
    """Approve, first without a comment."""
    page.click("#approve-close-out")
    page.locator("#dialog .primary").click()
    expect(page.locator("#dialog .field-error")).to_contain_text("审批意见")
    page.fill("#step-comment", "材料齐全，同意")
    page.locator("#dialog .primary").click()
    expect(page.locator(".close-out-one")).to_have_attribute("data-state", state)


def test_closed_out_by_three_people_and_reopened_by_an_image(
    browser: Browser, address: str, book: Book, one: Cleared
):
    with desk(browser, address, PROPOSER) as page:
        open_site(page, one)
        propose(page, one)
        expect(page.locator("#close-out")).to_contain_text("<b>无责任主体</b>")
        expect(page.locator("#approve-close-out")).to_have_count(0)
        expect(page.locator("[data-side=AFTER] .photo")).to_contain_text("合格")
    with desk(browser, address, FIRST) as page:
        go(page, "/checks")
        page.click("#close-outs-waiting a")
        expect(page.locator("#close-out .badges")).to_be_visible()
        approve(page, "PASSED_ONCE")
        expect(page.locator("#approve-close-out")).to_have_count(0)
    with desk(browser, address, SECOND) as page:
        open_site(page, one)
        approve(page, "IN_FORCE")
        expect(page.locator("#close-out .badges")).to_contain_text("已销号")
        expect(page.locator(".close-out-satellite")).to_contain_text("较施工前缩小")
    tomorrow = day_of(book.clock()) + timedelta(days=1)  # stands for an image of after that day
    observe(book, one.site, tomorrow, 9_000.0, FootprintState.GROWN)
    with desk(browser, address, FIRST) as page:
        go(page, "/checks")
        expect(page.locator("#findings-waiting")).to_contain_text("扩大")
        page.click("#findings-waiting a")
        page.get_by_role("button", name="确认反弹", exact=True).click()
        page.locator("#dialog .primary").click()
        expect(page.locator("#dialog .field-error")).to_contain_text("理由")
        page.fill("#verdict-reason", "现场见新倾倒")
        page.locator("#dialog .primary").click()
        expect(page.locator(".close-out-one")).to_have_attribute("data-state", "REOPENED")
        expect(page.locator(".look-backs")).to_contain_text("核实为反弹")
        expect(page.locator("#site-code")).to_have_text(one.site.code)
        expect(page.locator("#history")).to_contain_text("核实反弹，重新打开")


def test_a_press_without_a_net_is_answered_and_no_typing_is_lost_unasked(
    browser: Browser, address: str, one: Cleared
):
    with desk(browser, address, PROPOSER) as page:
        open_site(page, one)
        page.context.set_offline(True)
        page.click("#propose-close-out")
        expect(page.locator(".notice-error")).to_contain_text("无法连接服务器")
        page.context.set_offline(False)
        page.click("#propose-close-out")
        page.fill("#close-out-note", "写了一半")
        with page.expect_event("dialog") as asked:
            page.evaluate("() => void setTimeout(() => location.reload())")
        assert asked.value.type == "beforeunload"
        asked.value.dismiss()
        expect(page.locator("#close-out-note")).to_have_value("写了一半")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_card_fits_a_phone_in_both_languages(
    browser: Browser, address: str, book: Book, one: Cleared, language: str
):
    close(replace(book, clock=Clock(datetime.now(UTC) - timedelta(hours=1))), one)
    size = {"width": 390, "height": 844}
    context = browser.new_context(
        viewport=size, has_touch=True, is_mobile=True, locale=language, base_url=address
    )
    context.add_cookies([{"name": "qingfei_language", "value": language, "url": address}])
    page = context.new_page()
    sign_in(page, FIRST, "Correct-horse-7")
    open_site(page, one)
    expect(page.locator(".close-out-steps .event")).to_have_count(3)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    word = "Closed out" if language == "en" else "已销号"
    expect(page.locator("#close-out .badges")).to_contain_text(word)
    for button in page.locator("#close-out .button:visible").all():
        assert (button.bounding_box() or {"height": 0})["height"] >= 44
    context.close()
