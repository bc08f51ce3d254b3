"""The list in a real browser: filter, order, columns, a saved view, a past day, a site."""

import re
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from api.settings import Settings
from gis.store.register import CHINA
from tests.browser.signing import enter_demo


def open_list(page: Page, settings: Settings, search: str = "") -> None:
    enter_demo(page, settings)
    page.goto(f"/register?district=150203{search}")
    expect(page.locator("html[data-ready=true]")).to_be_attached()


def rows(page: Page):
    return page.locator(".register-body tbody tr")


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_link_reproduces_filter_and_order_and_leads_to_a_site(
    page: Page, watch, demo_settings: Settings
):
    open_list(page, demo_settings, "&grade=HIGH&sort=-DCL")
    expect(page.locator(".register-chip")).to_contain_text("高风险")
    total = rows(page).count()
    assert total > 0
    page.locator(".register-chip").click()
    expect(page.locator(".register-chip")).to_have_count(0)
    expect(rows(page)).not_to_have_count(total)
    assert asked(page) == {"district": ["150203"], "sort": ["-DCL"]}
    page.go_back()
    expect(rows(page)).to_have_count(total)

    page.fill("#q-text", "w0000")
    expect(page.locator(".register-chip")).to_have_count(2)
    code = rows(page).first.locator(".register-code").inner_text()
    assert re.match("150203-W0000", code)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    rows(page).first.locator(".register-code").click()
    page.wait_for_url(re.compile(f"/sites/{code}"))
    assert watch.outside == []


def test_columns_and_filters_make_a_view_that_comes_back(
    page: Page, watch, demo_settings: Settings
):
    open_list(page, demo_settings)
    page.get_by_role("button", name="选择列", exact=True).click()
    for short in ("ZDMJ", "DCL", "SXZT"):
        page.locator(f"#dialog input[value={short}]").uncheck()
    page.locator("#dialog input[value=HFZ]").check()
    page.locator("#dialog").get_by_role("button", name="确定", exact=True).click()
    expect(rows(page).first.locator("[data-label=危害性H]")).to_be_visible()
    expect(rows(page).first.locator("[data-label=时限状态]")).to_have_count(0)

    page.get_by_role("button", name="更多筛选", exact=True).click()
    page.locator("#dialog input[name=points_h_min]").fill("40")
    page.locator("#dialog").get_by_role("button", name="确定", exact=True).click()
    expect(page.locator(".register-chip")).to_contain_text("≥ 40")

    name = f"高危害 {page.viewport_size['width']}"
    page.get_by_role("button", name="保存视图", exact=True).click()
    page.fill("#view-name", name)
    page.locator("#dialog").get_by_role("button", name="保存视图", exact=True).click()
    page.goto("/register?district=150203")
    page.locator("#view").select_option(label=name)
    expect(page.locator(".register-chip")).to_contain_text("≥ 40")
    assert "HFZ" in asked(page)["columns"][0]
    page.get_by_role("button", name="保存视图", exact=True).click()
    page.locator(".view-list li", has_text=name).get_by_role("button").click()
    expect(page.locator("#view option", has_text=name)).to_have_count(0)
    assert (watch.outside, watch.complaints) == ([], [])


def test_before_the_first_site_the_list_was_empty_and_says_so_in_english(
    page: Page, watch, address: str, demo_settings: Settings
):
    page.context.add_cookies([{"name": "qingfei_language", "value": "en", "url": address}])
    open_list(page, demo_settings, "&as_of=2020-01-01")
    expect(page.locator(".register-then")).to_contain_text("as of 2020-01-01")
    expect(page.locator(".register-body")).to_contain_text("no sites yet")
    page.get_by_role("button", name="Back to today", exact=True).click()
    expect(rows(page).first).to_be_visible()
    headings = page.inner_text(".register-bar") + page.inner_text(".register-head")
    assert not re.search(r"[\u4e00-\u9fff]", headings)
    assert (watch.outside, watch.complaints) == ([], [])


def test_a_day_that_cannot_be_leaves_the_field_to_mend_it(
    page: Page, watch, demo_settings: Settings
):
    open_list(page, demo_settings, "&as_of=2999-01-01")
    expect(page.locator(".state-error")).to_contain_text("尚未到来")
    page.fill("#as-of", datetime.now(CHINA).date().isoformat())
    expect(page.locator(".register-total")).to_be_visible()
    expect(rows(page).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_export_is_of_what_the_list_shows(page: Page, watch, demo_settings: Settings):
    open_list(page, demo_settings, "&grade=HIGH")
    page.click("#export")
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel 工作簿", exact=True).click()
    assert download.value.suggested_filename.endswith(".xlsx")
    assert (watch.outside, watch.complaints) == ([], [])
