"""The leaders' board: every number opens the list that it counts; any day; the brief."""

import zipfile
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from api.settings import Settings
from gis.store.register import CHINA
from tests.browser.conftest import Watch
from tests.browser.signing import enter_demo
from tests.browser.test_bar import is_phone


@pytest.fixture
def board(page: Page, watch: Watch, demo_settings: Settings) -> Page:
    enter_demo(page, demo_settings)
    page.goto("/board?district=150203")
    expect(page.locator("html[data-ready=true]")).to_be_attached()
    return page


def digits(text: str | None) -> int:
    return int("".join(c for c in text or "" if c.isdigit()))


def test_every_number_opens_the_list_that_it_counts(board: Page, watch: Watch):
    width = board.evaluate("document.documentElement.scrollWidth")
    assert width <= board.viewport_size["width"]
    links = board.locator('.board-number[href^="/register"]')
    chosen = [
        (digits(links.nth(n).text_content()), links.nth(n).get_attribute("href"))
        for n in (0, links.count() // 2, links.count() - 1)
    ]
    chosen.append((digits(board.text_content(".board-tile-value")), "/register?district=150203"))
    if is_phone(board):
        box = links.first.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 44
        chosen = chosen[:1]
    for number, href in chosen:
        board.goto(str(href))
        expect(board.locator("html[data-ready=true]")).to_be_attached()
        assert digits(board.text_content(".register-total")) == number, href
    assert (watch.outside, watch.complaints) == ([], [])


def test_what_a_unit_lags_with_opens_its_own_works(board: Page, watch: Watch):
    late = board.locator('.board-units .board-number[href*="state=RED"]').first
    number, unit = digits(late.text_content()), late.get_attribute("aria-label")
    assert number and unit
    board.goto(str(late.get_attribute("href")))
    expect(board.locator("#works-card tbody tr")).to_have_count(number)
    for row in board.locator("#works-card tbody tr").all():
        expect(row).to_contain_text(unit.split()[0])
    assert (watch.outside, watch.complaints) == ([], [])


def test_another_day_a_filter_and_the_brief(board: Page, watch: Watch):
    assert "历史遗留固体废物堆场" in (board.text_content("#part-kind") or "")
    board.fill("#as-of", "2020-01-01")
    expect(board.locator(".state-empty")).to_contain_text("清单尚未建立")
    board.go_back()
    expect(board.locator(".board-tiles")).to_be_visible()
    whole = digits(board.text_content(".board-tile-value"))
    board.goto("/board?district=150203&kind=WASTE_PILE")
    expect(board.locator(".register-chip")).to_contain_text("历史遗留固体废物堆场")
    assert 0 < digits(board.text_content(".board-tile-value")) < whole
    with board.expect_download() as download:
        board.click("text=工作简报（Word）")
    name = download.value.suggested_filename
    assert name.startswith("qingfei-brief-150203-") and str(datetime.now(CHINA).year) in name
    with zipfile.ZipFile(download.value.path()) as parts:
        assert "工作简报" in parts.read("word/document.xml").decode()
    assert (watch.outside, watch.complaints) == ([], [])


def test_rivers_stand_in_a_table_and_the_board_can_be_asked_for_one(board: Page, watch: Watch):
    rivers = board.locator("#part-river")
    expect(rivers).to_contain_text("黄河（干流）")
    expect(rivers).to_contain_text("（支流）")
    stem = rivers.get_by_role("row").filter(has_text="黄河（干流）").locator(".board-number")
    number = digits(stem.text_content())
    board.get_by_role("button", name="更多筛选", exact=True).click()
    board.locator("#dialog input[name=river][value=黄河]").check()
    board.get_by_role("button", name="确定", exact=True).click()
    expect(board.locator(".register-chip")).to_contain_text("黄河")
    expect(rivers.locator("tbody tr")).to_have_count(1)
    assert digits(stem.text_content()) == number
    assert (watch.outside, watch.complaints) == ([], [])
