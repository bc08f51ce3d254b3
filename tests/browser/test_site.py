"""The page of one site: read in both languages, corrected, given a photo and a task, cut in two."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.browser.signing import enter_demo
from tests.browser.test_map import english_left_over
from tests.pictures import photo


def open_site(page: Page, settings: Settings, place: int) -> str:
    """Open the site that stands at ``place`` in the list, each test its own."""
    enter_demo(page, settings)
    found = page.request.get("/api/sites?district=150203&limit=30").json()["items"]
    code = str(found[place]["code"])
    page.goto(f"/sites/{code}")
    wait_until_ready(page)
    return code


def wait_until_ready(page: Page) -> None:
    for _ in range(100):
        if page.evaluate("document.documentElement.dataset.ready") == "true":
            return
        page.wait_for_timeout(200)
    raise AssertionError("the page was not ready within 20 seconds")


def save(page: Page) -> None:
    page.click("#dialog .button.primary")
    expect(page.locator("#dialog")).to_be_hidden()


def test_a_site_is_told_whole_and_fits_the_screen(page: Page, watch, demo_settings: Settings):
    code = open_site(page, demo_settings, 10)
    body = page.locator("#desk")
    for said in (code, "基本情况", "周边敏感目标", "风险分级与理由", "任务标签", "台账记录"):
        expect(body).to_contain_text(said)
    expect(page.locator("a.clause[href^='/rules#']").first).to_be_attached()
    expect(page.locator("#history .history-entry").first).to_be_attached()
    left = [word for word in english_left_over(page) if not re.fullmatch("[a-f]+", word)]
    assert left == [], "beside the letters of the rules' hash"
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert (watch.outside, watch.complaints) == ([], [])


def test_the_same_page_in_english(page: Page, watch, address: str, demo_settings: Settings):
    page.context.add_cookies([{"name": "qingfei_language", "value": "en", "url": address}])
    open_site(page, demo_settings, 10)
    ours = page.locator("h2, h3:not(.project-head > *), dt")  # a project's title is people's own
    headings = " ".join(ours.all_inner_texts())
    assert not re.search(r"[\u4e00-\u9fff]", headings)
    assert (watch.outside, watch.complaints) == ([], [])


def test_correct_attach_and_tag(page: Page, watch, demo_settings: Settings, tmp_path: Path):
    open_site(page, demo_settings, 11)
    page.click("[data-group=size]")
    page.fill("#fact-stored_from", "1987")
    page.fill("#fact-height_m", "7.5")
    save(page)
    expect(page.locator("#history")).to_contain_text("堆存起始年份")

    picture = tmp_path / "现场.jpg"
    picture.write_bytes(photo())
    page.click("#add-paper")
    page.set_input_files("#file", picture)
    page.fill("#title", "<img src=x onerror=alert(1)> 西侧边坡")
    save(page)
    expect(page.locator(".photo figcaption").first).to_contain_text("onerror=alert(1)")
    expect(page.locator(".photo").first).to_contain_text("2026-06-01")

    page.click("#add-tag")
    free = page.locator("#task option").first.get_attribute("value")
    save(page)
    expect(page.locator("#tags")).to_contain_text(f"任务 {free}")
    assert (watch.outside, watch.complaints) == ([], [])


def test_what_is_refused_stays_in_the_form(page: Page, demo_settings: Settings):
    open_site(page, demo_settings, 12)
    page.click("[data-group=what]")
    page.fill("#fact-hw_code", "HW99")
    page.click("#dialog .button.primary")
    expect(page.locator("#dialog .field-error")).to_contain_text("HW01")
    expect(page.locator("#fact-hw_code")).to_have_value("HW99")


def test_a_site_is_cut_in_two_and_its_page_stays(page: Page, watch, demo_settings: Settings):
    open_site(page, demo_settings, 13)
    page.click("#split")
    box = page.locator("#site-map").bounding_box()
    page.locator("#site-map").scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    for y in (12, box["height"] - 40):
        page.locator("#site-map").click(position={"x": box["width"] / 2, "y": y})
        page.wait_for_timeout(400)
    page.click("#cut-done")
    page.fill("#reason", "中间已清运")
    page.click("#dialog .button.primary")
    expect(page.locator("#dialog a")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#desk")).to_contain_text("已不在清单中")
    expect(page.locator("#lineage a")).to_have_count(2)
    assert (watch.outside, watch.complaints) == ([], [])


def test_a_day_before_the_site_was_listed_leads_back(page: Page, demo_settings: Settings):
    code = open_site(page, demo_settings, 14)
    page.goto(f"/sites/{code}?as_of=2000-01-01")
    expect(page.locator("#desk .state-error")).to_contain_text("台账中没有")


def test_a_sites_images_are_charted_told_and_put_on_the_map(
    page: Page, watch, demo_settings: Settings
):
    enter_demo(page, demo_settings)
    found = page.request.get("/api/sites?district=STRZEGOM&limit=30").json()["items"]
    code = next(one["code"] for one in found if one["name"].startswith("演示采石场01"))
    page.goto(f"/sites/{code}")
    wait_until_ready(page)
    card = page.locator("#follow")
    expect(card.locator("svg.series")).to_be_visible()
    expect(card.locator("svg.series path[data-state]")).to_have_count(2)
    expect(card).to_contain_text("首次观测")
    expect(card).to_contain_text("都不等于已恢复")
    looks = card.locator(".look")
    expect(looks).to_have_count(2)
    expect(looks.first).to_have_attribute("data-state", "GROWN")
    expect(looks.first).to_contain_text("2022-06-19")
    looks.first.get_by_role("button", name="在图上看", exact=True).click()
    expect(page.locator("#site-map path[stroke='#e6194b']")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.set_viewport_size({"width": 390, "height": 844})
    expect(card.locator("svg.series")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert (watch.outside, watch.complaints) == ([], [])
