"""In a real browser: a river is chosen, its strip read by pointer and by key, on desk and phone."""

from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.browser.signing import enter_demo


def open_reaches(page: Page, settings: Settings, query: str = "") -> None:
    enter_demo(page, settings)
    page.goto(f"/reaches?district=150203{query}")
    page.wait_for_selector("html[data-ready=true]", timeout=60_000)


def test_a_strip_names_each_site_and_leads_to_it(page: Page, watch, demo_settings: Settings):
    open_reaches(page, demo_settings)
    river = page.locator(".reach-row.is-river[aria-current=true]")
    expect(river).to_contain_text("昆都仑河（示意）")
    expect(page.locator(".strip")).to_contain_text("左岸")
    first = page.locator(".strip-mark[data-codes]").first
    first.focus()
    page.keyboard.press("Enter")
    site = page.locator(".strip-site a").first
    expect(site).to_have_attribute("href", "/sites/" + first.get_attribute("data-codes").split()[0])
    expect(page.locator(".strip-mark.is-chosen")).to_have_count(1)
    page.locator(".reach-row:not(.is-river)").first.click()
    expect(page.locator("#reach-tools-box h2")).to_have_text("黄河 140–145 km")
    page.select_option("#strip-colour", "state")
    expect(page.locator(".strip-legend")).to_contain_text("整治中")
    assert "reach=150203-R01-029" in page.url and "colour=state" in page.url
    page.get_by_role("link", name="在清单中查看", exact=True).click()
    expect(page.locator(".register-chip")).to_contain_text("黄河 140–145 km")
    assert watch.complaints == [] and watch.outside == []


def test_on_a_phone_the_river_runs_down(page: Page, watch, demo_settings: Settings):
    page.set_viewport_size({"width": 390, "height": 844})
    open_reaches(page, demo_settings, "&reach=150203-R02")
    strip = page.locator(".strip")
    box = strip.bounding_box()
    assert box["height"] > box["width"] and box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        "[...document.querySelectorAll('.reach-row')].filter("
        "one => one.getBoundingClientRect().height < 44).length"
    )
    assert small == 0
    assert watch.complaints == []


def test_a_day_without_reaches_says_so_and_leads_back(page: Page, demo_settings: Settings):
    open_reaches(page, demo_settings, "&as_of=2020-01-01")
    expect(page.locator("#desk")).to_contain_text("该日期尚未划分河段")
    page.get_by_role("button", name="回到今天", exact=True).click()
    expect(page.locator(".strip")).to_be_visible()
