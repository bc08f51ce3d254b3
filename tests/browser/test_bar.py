"""The bar of pages: groups by mouse, keys and touch; on a phone the same pages in one menu."""

import pytest
from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.browser.conftest import Watch
from tests.browser.signing import enter_demo


def is_phone(page: Page) -> bool:
    size = page.viewport_size
    return size is not None and size["width"] < 500


@pytest.fixture
def rules(page: Page, watch: Watch, demo_settings: Settings) -> Page:
    """A page of a group, open."""
    enter_demo(page, demo_settings)
    page.goto("/rules")
    expect(page.locator("html[data-ready=true]")).to_be_attached()
    return page


def test_a_group_opens_closes_and_leads_on(rules: Page, watch: Watch):
    if is_phone(rules):
        rules.tap("#menu-button")
        here = rules.locator(".menu-section[aria-current=page]")
        expect(here).to_have_text("规则条款")
        box = here.bounding_box()
        assert box is not None and box["height"] >= 44
        rules.locator(".menu-section", has_text="抽样").tap()
        rules.wait_for_url("**/sampling*")
        return
    lists = rules.locator("#nav summary", has_text="清单")
    pages = rules.locator("#nav details[open] .nav-pages")
    expect(lists).to_have_class("is-here")
    lists.click()
    expect(pages).to_contain_text("管控清单")
    rules.locator("#nav summary", has_text="鉴别").click()
    expect(pages).to_have_count(1)  # one menu at a time
    expect(pages).to_contain_text("抽样")
    rules.locator("main").click(position={"x": 5, "y": 300})
    expect(pages).to_have_count(0)
    lists.focus()
    rules.keyboard.press("ArrowRight")
    rules.keyboard.press("ArrowLeft")
    expect(lists).to_be_focused()
    rules.keyboard.press("Enter")
    expect(pages).to_have_count(1)
    rules.keyboard.press("Escape")
    expect(pages).to_have_count(0)
    expect(lists).to_be_focused()
    rules.keyboard.press("ArrowDown")
    expect(rules.locator("#nav a", has_text="管控清单")).to_be_focused()
    rules.keyboard.press("ArrowUp")  # round to the last of the group
    expect(rules.locator("#nav .nav-group[open] a").last).to_be_focused()
    rules.keyboard.press("ArrowUp")
    rules.keyboard.press("Enter")
    rules.wait_for_url("**/rules*")
    assert watch.complaints == []
