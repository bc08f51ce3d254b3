"""In a real browser: a weight moved shows who moves, money stands in line, a row is ticked."""

import pytest
from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.browser.signing import enter_demo

HALVE = """
() => {
    const slider = document.querySelector("[data-factor=H1] input[type=range]");
    slider.value = 20;
    slider.dispatchEvent(new Event("input"));
}
"""


def wait_until_ready(page: Page) -> None:
    for _ in range(100):
        if page.evaluate("document.documentElement.dataset.ready === 'true'"):
            return
        page.wait_for_timeout(200)
    raise AssertionError("the page was not ready within 20 seconds")


@pytest.fixture
def desk(page: Page, demo_settings: Settings) -> Page:
    enter_demo(page, demo_settings)
    return page


def test_a_weight_moved_shows_who_moves_and_can_be_saved(desk, watch):
    desk.goto("/weights?district=150203")
    wait_until_ready(desk)
    expect(desk.locator(".lab-result .moves")).to_be_visible()
    expect(desk.locator(".moved")).to_have_count(0)
    desk.evaluate(HALVE)
    expect(desk.locator(".moved").first).to_be_visible()
    expect(desk.locator(".late a[href^='/sites/']").first).to_be_visible()
    with desk.expect_download() as saved:
        desk.click("#lab-save")
    assert saved.value.suggested_filename == "KDL-HSR-v2.toml"
    assert watch.complaints == [] and watch.outside == []


def test_rules_that_would_grade_wrongly_cannot_be_adopted(desk):
    desk.goto("/weights?district=150203")
    wait_until_ready(desk)
    desk.fill("[data-key=level_1_above]", "10")
    expect(desk.locator(".lab-problems")).to_contain_text("level_1_above")
    expect(desk.locator("#lab-adopt")).to_be_disabled()


def test_the_line_for_money_leads_to_sites_and_clauses(desk, watch):
    desk.goto("/weights?district=150203#money")
    wait_until_ready(desk)
    expect(desk.locator(".money-list a[href^='/sites/150203-']").first).to_be_visible()
    desk.click(".money-list a[href='/rules#KDL-FUND.P1']")
    wait_until_ready(desk)
    expect(desk.locator(".rule-here")).to_contain_text("KDL-FUND.P1")
    assert watch.complaints == []


def test_a_row_is_found_ticked_and_taken_back(desk, watch):
    desk.goto("/rules?district=150203")
    wait_until_ready(desk)
    desk.fill("#rules-find", "KDL-HSR.R5")
    row = desk.locator("tr", has_text="KDL-HSR.R5")
    expect(row).to_have_count(1)
    row.locator("button").click()
    desk.fill("#check-edition", "浏览器核对")
    desk.click("#dialog .button.primary")
    expect(row).to_contain_text("浏览器核对")
    row.locator("button").click()
    desk.fill("#check-note", "试")
    desk.click("#dialog .button.primary")
    expect(row).to_contain_text("待核对原文")
    assert watch.complaints == []
