"""In a real browser: sign in, click a candidate on the map, confirm it, find it in the export."""

import math
import re

import openpyxl
from playwright.sync_api import Page, expect

from api.settings import Settings

HOSTILE_NOTE = "<img src=x onerror=alert(1)> ${alert(1)} 浏览器核实"
CENTRE_ON_SCREEN = """
([longitude, latitude]) => {
    const { map } = window.qingfei;
    const point = map.latLngToContainerPoint([latitude, longitude]);
    const box = map.getContainer().getBoundingClientRect();
    return [box.left + point.x, box.top + point.y];
}
"""

BRING_INTO_SIGHT = """
([longitude, latitude]) => {
    const { map } = window.qingfei;
    map.setView([latitude, longitude], 15, { animate: false });
    map.panBy([0, innerWidth < 500 ? 200 : 0], { animate: false }); // clear of the phone's sheet
}
"""


def wait_until_drawn(page: Page) -> None:
    for _ in range(100):
        if page.evaluate("window.qingfeiReady === true"):
            return
        page.wait_for_timeout(200)
    raise AssertionError("the map was not drawn within 20 seconds")


def sign_in(page: Page, settings: Settings, place: str) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/login"))
    page.fill("#username", "demo")
    page.fill("#password", (settings.data_dir / "demo-password").read_text().strip())
    page.click("#login-form button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(f"/#d={place}")
    page.reload()
    wait_until_drawn(page)


def apart(one: dict, other: dict) -> float:
    """Degrees between two centres: a click on a place under another would find the other."""
    return math.dist(one["centre"], other["centre"])


def english_left_over(page: Page) -> list[str]:
    """Return English words on a Chinese screen; names and units are no leftovers."""
    text = page.inner_text("body")
    allowed = {"Sentinel", "MSI", "Copernicus", "Contains", "modified", "data", "demo", "Excel"}
    allowed |= {"GeoPackage", "CGCS", "SWIR", "KDL", "HSR", "English", "Qingfei", "STRZEGOM"}
    text = re.sub(r"\b[0-9a-f]{12}\b", "", text.replace(HOSTILE_NOTE, ""))  # a rule set's hash
    return [word for word in re.findall(r"[A-Za-z]{4,}", text) if word not in allowed]


def test_confirm_a_candidate_and_find_it_in_the_export(
    page: Page, watch, demo_settings: Settings, tmp_path
):
    sign_in(page, demo_settings, "STRZEGOM")
    assert english_left_over(page) == []

    asked = "district=STRZEGOM&state=TO_CHECK&limit=20"
    candidates = page.request.get(f"/api/candidates?{asked}").json()["items"]
    followed = page.request.get("/api/sites?district=STRZEGOM").json()["items"]
    waiting = max(candidates, key=lambda one: min(apart(one, site) for site in followed))
    page.evaluate(BRING_INTO_SIGHT, waiting["centre"])
    page.wait_for_timeout(1500)
    x, y = page.evaluate(CENTRE_ON_SCREEN, waiting["centre"])
    page.mouse.click(x, y)
    expect(page.locator("#panel")).to_contain_text(waiting["id"][:8])
    expect(page.locator("#panel")).to_contain_text("露天采坑")
    for day in ("2021-06-19", "2022-06-19"):
        figure = page.locator("#panel").get_by_role("figure", name=day, exact=True)
        expect(figure.locator("img.leaflet-tile-loaded").first).to_be_visible()

    page.click("#start-check")
    page.click("[data-verdict=WASTE]")
    page.click("#form-submit")
    expect(page.locator("#form-error")).to_be_visible()
    page.click("[data-verdict=PIT]")
    page.get_by_text("废弃矿坑", exact=True).last.click()
    page.select_option("#waste-class", "UNIDENTIFIED")
    page.fill("#note", HOSTILE_NOTE)
    page.click("#form-submit")
    expect(page.locator("#receipt")).to_be_visible()

    after = page.request.get(f"/api/candidates/{waiting['id']}").json()
    assert after["state"] == "CONFIRMED"
    page.locator("#panel").get_by_role("button", name=after["site_code"]).first.click()
    expect(page.locator("#panel")).to_contain_text("KDL-HSR v1")
    expect(page.locator("#panel")).to_contain_text("待核对原文")
    assert english_left_over(page) == []

    with page.expect_download() as download:
        page.get_by_role("button", name="导出", exact=True).first.click()
        page.click("#export-xlsx")
    file = tmp_path / "list.xlsx"
    download.value.save_as(file)
    sheet = openpyxl.load_workbook(file)["管控清单"]
    assert after["site_code"] in [row[1].value for row in sheet.iter_rows(min_row=3)]

    assert watch.outside == []
    assert watch.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_kundulun_shows_its_grades_and_that_they_are_made_up(
    page: Page, watch, demo_settings: Settings
):
    sign_in(page, demo_settings, "150203")
    body = page.locator("body")
    expect(body).to_contain_text("演示数据")
    page.click("#tab-sites")
    expect(page.locator("#page-sites")).to_contain_text("高风险")
    page.locator("#page-sites .item").first.click()
    expect(page.locator("#panel")).to_contain_text("责任主体")
    assert english_left_over(page) == []
    assert (watch.outside, watch.complaints) == ([], [])


def test_the_same_screen_in_english(page: Page, watch, address: str, demo_settings: Settings):
    page.context.add_cookies([{"name": "qingfei_language", "value": "en", "url": address}])
    sign_in(page, demo_settings, "STRZEGOM")
    page.click("#tab-candidates")
    expect(page.locator("#page-candidates")).to_contain_text("Open pit")
    headings = page.inner_text("#tabs") + page.inner_text("#legend")
    assert not re.search(r"[\u4e00-\u9fff]", headings)
    assert (watch.outside, watch.complaints) == ([], [])


def test_a_wrong_password_is_told_in_words(page: Page, demo_settings: Settings):
    page.goto("/login")
    page.fill("#username", "demo")
    page.fill("#password", "Wrong-horse-77")
    page.click("#login-form button[type=submit]")
    expect(page.locator("#login-error")).to_contain_text("用户名或密码不正确")


def test_when_the_server_is_away_the_form_keeps_what_was_typed(page: Page, demo_settings: Settings):
    sign_in(page, demo_settings, "STRZEGOM")
    waiting = page.request.get("/api/candidates?district=STRZEGOM&state=TO_CHECK&limit=1").json()[
        "items"
    ][0]
    page.goto(f"/#d=STRZEGOM&c={waiting['id']}")
    page.reload()
    wait_until_drawn(page)
    page.click("#start-check")
    page.click("[data-verdict=GONE]")
    page.fill("#note", "现场已清空")
    page.context.set_offline(True)
    page.click("#form-submit")
    expect(page.locator("#form-error")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    wait_until_drawn(page)
    page.click("#start-check")
    expect(page.locator("#note")).to_have_value("现场已清空")
