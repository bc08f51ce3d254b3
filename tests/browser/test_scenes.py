"""In a real browser: the catalogue of scenes on the map, its filters, and what one scene tells."""

import re

from playwright.sync_api import Page, Route, expect

from api.settings import Settings
from tests.browser.signing import enter_demo
from tests.makers import KUNDULUN


def open_scenes(page: Page, settings: Settings, query: str = "") -> None:
    enter_demo(page, settings)
    page.goto(f"/scenes?district=STRZEGOM{query}")
    page.wait_for_selector("html[data-ready=true]", timeout=60_000)


def test_a_scene_is_found_and_tells_what_it_is(page: Page, watch, demo_settings: Settings):
    open_scenes(page, demo_settings)
    expect(page.locator(".scene-row")).to_have_count(2)
    expect(page.locator(".scene-row[aria-current=true]")).to_contain_text("2022-06-19")
    details = page.locator(".scene-details")
    expect(details).to_contain_text("反射率 = DN / 10,000 − 0.1")
    expect(details).to_contain_text("光谱判别")
    expect(details.locator(".scene-runs")).to_contain_text("疑似图斑")
    expect(page.locator("#scene-map path")).to_have_count(2)
    older = page.locator(".scene-row", has_text="2021-06-19")
    older.focus()
    page.keyboard.press("Enter")
    expect(details.locator("h2")).to_have_text("strzegom_20210619_s2")
    expect(older).to_be_focused()
    assert re.search(r"scene=[0-9a-f-]{36}", page.url)
    page.get_by_role("button", name="短波红外", exact=True).click()
    page.fill("#scene-first", "2022-01-01")
    page.locator("#scene-first").dispatch_event("change")
    expect(page.locator(".scene-row")).to_have_count(1)
    page.fill("#scene-town", "无此街镇")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("无此街镇")
    page.get_by_role("button", name="清除条件", exact=True).click()
    expect(page.locator(".scene-row")).to_have_count(2)
    page.goto(f"/scenes?district={KUNDULUN}")
    expect(page.locator(".scene-elsewhere a")).to_contain_text("2 景")
    refused = [one for one in watch.complaints if "404" not in one]
    assert refused == [] and watch.outside == []


def test_an_answer_takes_nothing_from_who_is_typing(page: Page, watch, demo_settings: Settings):
    open_scenes(page, demo_settings)
    waiting: list[Route] = []
    page.route("**/api/scenes?*", lambda route: waiting.append(route))
    page.focus("#scene-most")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#scene-most")).to_have_value("5")
    page.fill("#scene-town", "昆北")
    while not waiting:
        page.wait_for_timeout(20)
    waiting.pop().continue_()
    expect(page).to_have_url(re.compile("cloud_most=5"))
    expect(page.locator("#scene-town")).to_have_value("昆北")
    expect(page.locator("#scene-town")).to_be_focused()
    page.unroute("**/api/scenes?*")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("昆北")
    assert watch.outside == []


def test_on_a_phone_nothing_is_cramped(page: Page, watch, demo_settings: Settings):
    page.set_viewport_size({"width": 390, "height": 844})
    open_scenes(page, demo_settings)
    expect(page.locator(".scene-details h2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        "[...document.querySelectorAll('.desk button, .desk select, .desk input[type=date]')]"
        ".filter(one => one.getBoundingClientRect().height < 44).map(one => one.textContent)"
    )
    assert small == []
    assert watch.complaints == []
