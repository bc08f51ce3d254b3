"""In a real browser: a faulty file told by cell, a good one loaded, drawn, signed, reviewed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.settings import Settings
from gis.domain.terms import Role
from gis.ledger import Book, people
from gis.ledger.sampling import end_plan
from gis.store import people as accounts
from gis.store import sampling, sites
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.signing import enter_demo, sign_in
from tests.makers_results import a_plan, write_results

REVIEWER = "shenhe"


def is_desk(page: Page) -> bool:
    return page.viewport_size["width"] > 500


@pytest.fixture
def planned(page: Page, demo_settings: Settings):
    """A plan of eight increments at a site of this run's own, and somebody to review."""
    engine = make_engine(str(demo_settings.database_url))
    book = Book(engine, "demo")
    with book.reading() as connection:
        name = "演示堆场16" if is_desk(page) else "演示堆场11"
        code = next(
            code
            for code in sites.codes(connection, "150203")
            if sites.site(connection, code).name.startswith(name)
        )
        is_known = accounts.user_named(connection, REVIEWER) is not None
    if not is_known:
        people.add_user(book, REVIEWER, "审核员", Role.REVIEWER, PASSWORD)
    with book.reading() as connection:
        earlier = sampling.plans_of(connection, code)
    for plan in earlier:
        end_plan(book, plan.code, "上一项测试的方案")
    fewer = {"number": 8, "reduction": "HJ298-4.2.4f", "reduction_reason": "倾倒案件"}
    yield a_plan(book, code, mass_t=9e4, height_m=5.0, **fewer)
    engine.dispose()


def open_results(page: Page, site_code: str) -> None:
    page.goto(f"/results?district=150203&site={site_code}")
    for _ in range(100):
        if page.evaluate("document.documentElement.dataset.ready === 'true'"):
            return
        page.wait_for_timeout(200)
    raise AssertionError("the screen was not ready within 20 seconds")


def test_from_a_file_to_a_conclusion_in_force(
    page: Page, watch, demo_settings: Settings, planned, tmp_path: Path
):
    plan, increments = planned
    bad, good = tmp_path / "有误.xlsx", tmp_path / "合格.xlsx"
    write_results(bad, plan, increments, changes={5: {"检测值": "偏高"}})
    write_results(good, plan, increments, over=3)
    password = (demo_settings.data_dir / "demo-password").read_text().strip()
    sign_in(page, "demo", password)
    open_results(page, plan.site_code)

    page.set_input_files("#results-file", bad)
    expect(page.locator(".results-answer")).to_contain_text("发现 1 处问题")
    expect(page.locator(".results-answer .grid")).to_contain_text("E5")
    page.set_input_files("#results-file", good)
    expect(page.locator(".results-answer")).to_contain_text("核对通过")
    page.click(".results-load")
    expect(page.locator("#results-finding")).to_contain_text("超标 3 个")
    expect(page.locator("#results-finding")).to_contain_text("名录")
    expect(page.locator("#results-finding")).to_contain_text("待核对原文")

    page.click(".results-draw")
    page.select_option("#state-listed", "no")
    page.click(".results-submit")
    expect(page.locator("#results-finding .results-outcome")).to_contain_text("第Ⅱ类")
    page.locator(".results-sign").click()
    expect(page.locator(".results-conclusion").first).to_contain_text("须由另一人审核")

    page.context.clear_cookies()
    sign_in(page, REVIEWER, PASSWORD)
    open_results(page, plan.site_code)
    page.locator(".results-review").click()
    page.fill("#review-comment", "同意")
    page.click(".results-accept")
    expect(page.locator(".results-conclusion").first).to_contain_text("生效")
    expect(page.locator(".results-site")).to_contain_text("第Ⅱ类")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert (watch.outside, watch.complaints) == ([], [])


def test_a_report_of_a_laboratory_in_english(
    page: Page, watch, address: str, demo_settings: Settings, planned
):
    page.context.add_cookies([{"name": "qingfei_language", "value": "en", "url": address}])
    enter_demo(page, demo_settings)
    open_results(page, planned[0].site_code)
    page.click("#results-report")
    page.select_option("#report-nature", "CLASS_I")
    page.click(".results-submit")
    expect(page.locator("#dialog .field-error")).to_be_visible()
    page.fill("#report-laboratory", "某检测公司")
    page.fill("#report-no", "B-7")
    page.fill("#report-day", "2026-06-01")
    page.click(".results-submit")
    expect(page.locator(".results-conclusion").first).to_contain_text("B-7")
    assert watch.outside == []
    assert [one for one in watch.complaints if "422" not in one] == [], "the refusal is meant"
