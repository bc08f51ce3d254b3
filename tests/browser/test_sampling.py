"""In a real browser: draw sites, plan one, read its map and labels, record custody by codes."""

from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.browser.signing import enter_demo


def open_sampling(page: Page, settings: Settings) -> None:
    enter_demo(page, settings)
    page.goto("/sampling?district=150203")
    for _ in range(100):
        if page.evaluate("document.documentElement.dataset.ready === 'true'"):
            return
        page.wait_for_timeout(200)
    raise AssertionError("the sampling screen was not ready within 20 seconds")


def test_from_the_draw_to_a_sample_on_its_way(page: Page, watch, demo_settings: Settings):
    open_sampling(page, demo_settings)
    expect(page.locator("#draw")).to_contain_text("需抽样")
    page.select_option("#draw-size-by", "SHARE")
    page.fill("#draw-size", "90")
    page.get_by_role("button", name="抽取", exact=True).click()
    drawn = page.locator("#draw .grid").nth(1)
    expect(drawn).to_contain_text("无责任主体或责任主体不明")

    which = 0 if page.viewport_size["width"] > 500 else -1  # each run has a site of its own
    drawn.get_by_role("button", name="编制方案", exact=True).nth(which).click()
    page.fill("#plan-mass_t", "40")
    page.fill("#plan-height_m", "1")
    page.fill("#plan-number", "3")
    page.locator("#dialog").get_by_role("button", name="编制方案", exact=True).click()
    expect(page.locator("#dialog .field-error")).to_contain_text("表1要求的 13")
    page.fill("#plan-number", "")
    page.locator("#dialog").get_by_role("button", name="编制方案", exact=True).click()

    expect(page.locator(".plan-map circle")).to_have_count(14)
    expect(page.locator(".plan-map .cell")).to_have_count(70)
    expect(page.locator("#desk")).to_contain_text("待核对原文")
    code = page.locator(".plan-code").inner_text()
    plan = page.request.get(f"/api/sampling/plans/{code}").json()

    page.click("#record-custody")
    one = plan["increments"][0]
    page.fill("#custody-codes", f"1\n{plan['increments'][1]['code'].lower()}")
    page.locator("#dialog .primary").click()
    expect(page.locator("#dialog .field-error")).to_contain_text("采样位置")
    page.fill("#custody-lon", str(one["lon"]))
    page.fill("#custody-lat", str(one["lat"]))
    page.fill("#custody-accuracy_m", "5")
    page.locator("#dialog .primary").click()
    expect(page.locator(".steps").first).to_contain_text("采样 2/14")

    labels = page.request.get(f"/sampling/{code}/labels").text()
    assert labels.count("<svg") == 14 and one["code"] in labels
    refused = [line for line in watch.complaints if "status of 422" in line]  # both on purpose
    assert (watch.outside, len(refused), watch.complaints) == ([], 2, refused)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_same_screen_in_english(page: Page, watch, address: str, demo_settings: Settings):
    page.context.add_cookies([{"name": "qingfei_language", "value": "en", "url": address}])
    open_sampling(page, demo_settings)
    expect(page.locator("#draw h2")).to_have_text("Which sites to sample")
    page.click("#new-plan")
    expect(page.locator("#dialog")).to_contain_text("Largest grain (cm)")
    assert (watch.outside, watch.complaints) == ([], [])
