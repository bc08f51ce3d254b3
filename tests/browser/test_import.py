"""In a real browser: an earlier list is dropped, read, decided row by row and taken in."""

from pathlib import Path

from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.browser.signing import enter_demo
from tests.imports.files import workbook

HEADINGS = ["编号", "堆场名称", "经度", "纬度", "占地面积（亩）", "点位类型", "联系电话"]


def open_import(page: Page, settings: Settings, district: str) -> None:
    enter_demo(page, settings)
    page.goto(f"/import?district={district}")
    for _ in range(100):
        if page.evaluate("document.documentElement.dataset.ready === 'true'"):
            return
        page.wait_for_timeout(200)
    raise AssertionError("the import screen was not ready within 20 seconds")


def test_from_a_dropped_file_to_a_loaded_list(
    page: Page, watch, demo_settings: Settings, tmp_path: Path
):
    open_import(page, demo_settings, "150203")
    listed = page.request.get("/api/sites?district=150203&limit=1").json()["items"][0]
    lon, lat = listed["centre"]
    row = ["A-1", listed["name"], lon, lat, 15, "渣堆", "1"]
    name = f"核查{page.viewport_size['width']}"

    bad = workbook(tmp_path / f"{name}.xlsx", ["核查表"], HEADINGS, row[:4] + [-1] + row[5:])
    page.set_input_files("#import-file", bad)
    expect(page.locator("#import-report")).to_contain_text("E3")
    expect(page.locator("#import-report")).to_contain_text("坐标系")
    expect(page.locator("#import-load")).to_be_disabled()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载核对报告", exact=True).click()
    assert download.value.suggested_filename.endswith(".xlsx")

    good = workbook(tmp_path / f"{name}.xlsx", ["核查表"], HEADINGS, row)
    page.set_input_files("#import-file", good)
    expect(page.locator("#import-report")).not_to_contain_text("E3")
    page.select_option("#import-datum", "CGCS2000")
    expect(page.locator("#import-places .import-point")).to_have_count(1)
    expect(page.locator("#import-matches")).to_contain_text(listed["code"])
    expect(page.locator("#import-load")).to_be_disabled()
    expect(page.locator("#import-found.is-busy")).to_have_count(0)
    page.select_option("#import-matches select", f"LINKED {listed['code']}")
    page.click("#import-load")
    expect(page.locator("#import-done")).to_contain_text("关联已有点位 1")
    expect(page.locator("#import-past")).to_contain_text(name)

    page.set_input_files("#import-file", good)
    expect(page.locator("#import-report")).to_contain_text("未变化")
    assert watch.outside == [] and watch.complaints == []
