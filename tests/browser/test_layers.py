"""In a real browser: the legend names each reference layer, its source and day, and hides it."""

import re

from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.browser.signing import enter_demo


def open_map(page: Page, settings: Settings) -> None:
    enter_demo(page, settings)
    page.goto("/#d=150203")
    for _ in range(200):
        if page.evaluate("document.documentElement.dataset.ready === 'true'"):
            break
        page.wait_for_timeout(200)
    else:
        raise AssertionError("the map was not ready within 40 seconds")
    if page.viewport_size["width"] < 500:
        page.click('.tab[data-tab="legend"]')
    expect(page.locator("#legend-body")).to_be_visible()


def test_the_legend_says_whose_layers_these_are(page: Page, watch, demo_settings: Settings):
    open_map(page, demo_settings)
    legend = page.locator("#legend")
    expect(legend.get_by_text("黄河干流", exact=True)).to_have_count(1)
    expect(legend.get_by_text("永久基本农田", exact=True)).to_have_count(0)  # no such layer
    sources = legend.locator(".legend-sources")
    sources.locator("summary").click()
    expect(sources).to_contain_text("黄河包头段中心线（演示）")
    expect(sources).to_contain_text(re.compile("日期不详 · Natural Earth"))
    assert watch.complaints == [] and watch.outside == []


def test_a_kind_of_layer_can_be_hidden(page: Page, watch, demo_settings: Settings):
    open_map(page, demo_settings)
    tick = page.locator("#legend label", has_text="黄河干流").locator("input")
    expect(tick).to_be_checked()
    tick.uncheck()
    assert page.evaluate(
        "import('/static/js/store.js').then(({ now }) => now.hidden.reference.has('MAIN_STEM'))"
    )
    tick.check()
    assert watch.complaints == []
