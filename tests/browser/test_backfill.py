"""In a real browser: the match, a pit closed, why a pair is refused, a load that is refused."""

from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.browser.signing import enter_demo


def open_backfill(page: Page, settings: Settings) -> None:
    enter_demo(page, settings)
    page.goto("/backfill?district=150203")
    page.wait_for_selector("html[data-ready=true]")


def test_from_the_best_match_to_a_refused_load(page: Page, watch, demo_settings: Settings):
    open_backfill(page, demo_settings)
    flows = page.locator(".flow-arc")
    assert flows.count() >= 2
    expect(page.locator("#pairs")).to_contain_text("GB 18599-2020 8.1")
    expect(page.locator("#book")).to_contain_text("实测多于台账")

    pit = page.locator("#if-site").input_value()
    page.click("#if-add")
    expect(page.locator("#moves")).to_be_visible()
    expect(page.locator(".if-chip")).to_have_count(1)
    expect(page.locator("#moves")).to_contain_text("−")

    refused = page.locator(".pair-tab", has_text="不得回填")
    refused.click()
    expect(page.locator("#pairs tbody tr").first).to_contain_text("不得回填")
    page.select_option("#pair-site", label="演示堆场06（卜尔汉图镇）")
    expect(page.locator("#pairs tbody tr").first).to_contain_text("伴生放射性")

    page.click("#load-add")
    page.fill("#load-tonnes", "10")
    page.fill("#load-ticket", "演示-0001")
    page.fill("#load-unit", "运输队")
    page.fill("#load-received", "磅房")
    page.select_option("#load-pit", pit)
    page.select_option("#load-source", label="演示堆场06（卜尔汉图镇）")
    page.locator("#dialog .primary").click()
    expect(page.locator("#dialog .field-error")).to_contain_text("不得回填")
    page.select_option("#load-source", label="演示堆场07（卜尔汉图镇）")
    page.locator("#dialog .primary").click()
    expect(page.locator("#dialog .field-error")).to_contain_text("已登记")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not watch.outside
    assert [one for one in watch.complaints if "422" not in one and "409" not in one] == []
