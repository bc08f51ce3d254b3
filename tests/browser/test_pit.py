"""A pit on its site's page: measured from an uploaded model, its units judged, after-care told."""

import re
from pathlib import Path

import shapely
from playwright.sync_api import Page, expect

from api.settings import Settings
from gis.spatial import crs
from tests.browser.signing import enter_demo
from tests.browser.test_site import save
from tests.remote_sensing.made_solids import pyramid, write


def open_pit(page: Page, settings: Settings, name: str) -> dict:
    enter_demo(page, settings)
    found = page.request.get("/api/sites?district=150203&limit=100").json()["items"]
    (site,) = [one for one in found if one["name"].startswith(name)]
    page.goto(f"/sites/{site['code']}")
    expect(page.locator("#pit .pit-part").first).to_be_visible(timeout=20_000)
    return page.request.get(f"/api/sites/{site['code']}").json()


def test_a_pit_is_told_whole_and_fits_the_screen(page: Page, watch, demo_settings: Settings):
    open_pit(page, demo_settings, "演示矿坑32")
    card = page.locator("#pit")
    for said in ("可填容积", "±", "高程—容积曲线", "验收表：达到 4 / 10 项", "未测", "待核对原文"):
        expect(card).to_contain_text(said)
    expect(card.locator(".pit-curve svg path.pit-line")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert (watch.outside, watch.complaints) == ([], [])


def test_an_accepted_unit_shows_its_after_care_in_english(
    page: Page, watch, address: str, demo_settings: Settings
):
    page.context.add_cookies([{"name": "qingfei_language", "value": "en", "url": address}])
    open_pit(page, demo_settings, "演示矿坑38")
    care = page.locator("#pit .pit-care")
    expect(care).to_contain_text("Groundwater, half-yearly")
    expect(care).to_contain_text("overdue")
    headings = " ".join(page.locator("#pit :is(h2, h3, h4, dt, summary, button)").all_inner_texts())
    assert not re.search(r"[\u4e00-\u9fff]", headings)
    assert (watch.outside, watch.complaints) == ([], [])


def test_an_observed_value_is_taken_over_by_a_person(page: Page, watch, demo_settings: Settings):
    open_pit(page, demo_settings, "演示矿坑34")
    page.click("#add-unit")
    name = f"回填区{page.viewport_size['width']}"
    page.fill("#name", name)
    page.select_option("#direction", "3")
    page.fill("#target-BACKFILLED", "100")
    save(page)
    unit = page.locator("#pit .pit-unit").filter(has_text=name)
    line = unit.get_by_role("row").filter(has_text="回填方量")
    for said in ("未测", "系统观测", "坑体测量", "（95%）", "演示高程.tif", "净值"):
        expect(line).to_contain_text(said)
    line.get_by_role("button", name="采用", exact=True).click()
    expect(page.locator("#dialog")).to_contain_text("来源、日期和误差一并保存")
    save(page)
    expect(line).to_contain_text("达到")
    expect(line).to_contain_text("2026-06-10 · 坑体测量")
    expect(line.get_by_role("button", name="采用", exact=True)).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert (watch.outside, watch.complaints) == ([], [])


def test_measure_a_pit_and_enter_a_value(
    page: Page, watch, demo_settings: Settings, tmp_path: Path
):
    site = open_pit(page, demo_settings, "演示矿坑35")
    shape = crs.to_metric(shapely.geometry.shape(site["outline"]), 4546)
    west, south, east, north = shape.bounds
    narrow, wide = sorted((east - west, north - south))
    middle = (west + east) / 2, (south + north) / 2
    model = write(
        tmp_path / "坑.tif", pyramid(top=narrow * 0.6, floor=narrow * 0.3), centre=middle,
        side=round(wide * 2), pixel=2.0,
    )  # fmt: skip
    page.click("#pit-measure")
    page.set_input_files("#model", str(model))
    page.fill("#level_m", "1500")
    page.click("#dialog .button.primary")
    expect(page.locator("#dialog .field-error")).to_contain_text("坑沿最低处")
    page.fill("#level_m", "")
    save(page)
    expect(page.locator("#pit")).to_contain_text(re.compile("23.7 米|坑.tif"))
    page.click("#add-unit")
    name = f"北坡<b>{page.viewport_size['width']}"
    page.fill("#name", name)
    save(page)
    unit = page.locator("#pit .pit-unit").filter(has_text=name)
    expect(unit).to_contain_text(name)
    unit.locator("[data-indicator=FVC_RATIO]").click()
    page.fill("#value", "75")
    page.fill("#source", "实测")
    save(page)
    expect(unit).to_contain_text("达到 1 /")
    unit.locator("[data-accept]").click()
    page.click("#dialog .button.primary")
    expect(page.locator("#dialog .field-error")).to_contain_text("恢复面积（未测）")
    assert watch.outside == []
