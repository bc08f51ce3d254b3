"""In a real browser, by two people: one site from its plan to the head of the order for money."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from gis.store import sampling
from gis.store.engine import make_engine
from gis.store.register import CHINA
from tests.browser.conftest import serving
from tests.browser.signing import sign_in
from tests.makers_results import write_results
from tests.makers_thread import ANALYST, PASSWORD, REVIEWER, begin

expect.set_options(timeout=30_000)  # a hundred samples or three thousand results in one request


@contextmanager
def desk(browser: Browser, address: str, username: str) -> Iterator[Page]:
    """Somebody's own browser window, signed in."""
    size = {"width": 1440, "height": 900}
    context = browser.new_context(viewport=size, locale="zh-CN", base_url=address)
    page = context.new_page()
    page.set_default_timeout(30_000)
    sign_in(page, username, PASSWORD)
    yield page
    context.close()


def go(page: Page, path: str) -> None:
    """Open a page of the office and wait until it is drawn."""
    page.goto(path)
    expect(page.locator("html[data-ready=true]")).to_have_count(1)


def plan_of(engine: sa.Engine, code: str):
    with engine.connect() as connection:
        return sampling.plan(connection, code), sampling.increments(connection, code)


def record_custody(page: Page, step: str, fields: dict[str, str], total: int = 100) -> None:
    """Record the step that is next for every increment of the plan on the page."""
    page.click("#record-custody")
    page.fill("#custody-codes", "\n".join(str(number) for number in range(1, total + 1)))
    for name, value in fields.items():
        box = page.locator(f"#custody-{name}")
        if name == "seal":
            box.select_option(value)
        else:
            box.fill(value)
    page.locator("#dialog .primary").click()
    expect(page.locator(".steps").first).to_contain_text(f"{step} {total}/{total}")


def test_two_people_follow_one_site(
    browser: Browser, database_url: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
):
    thread = begin(database_url)
    code = thread.site.code
    today = datetime.now(CHINA).date()
    engine = make_engine(database_url)
    with (
        serving(Settings(database_url=database_url, data_dir=tmp_path)) as address,
        desk(browser, address, ANALYST) as page,
        desk(browser, address, REVIEWER) as other,
    ):
        go(page, f"/sites/{code}")
        expect(page.locator(".badge-big")).to_have_text("高风险（暂定）")

        go(page, f"/sampling?district=150203&site={code}")
        page.locator("#dialog .primary").click()
        expect(page.locator(".plan-map circle")).to_have_count(100)
        plan_code = page.locator(".plan-code").inner_text()
        for step, fields in {
            "采样": {"lon": "109.701", "lat": "40.701", "accuracy_m": "5"},
            "封样": {},
            "移交": {"party": "演示实验室"},
            "接收": {"party": "演示实验室", "seal": "yes"},
        }.items():
            record_custody(page, step, fields)
        page.goto(f"/sampling/{plan_code}/labels")
        expect(page.locator("svg")).to_have_count(100)

        path = tmp_path / "检测结果.xlsx"
        write_results(path, *plan_of(engine, plan_code), over=30, tested_on=today.isoformat())
        go(page, f"/results?district=150203&site={code}")
        page.set_input_files("#results-file", path)
        page.click(".results-load")
        page.click(".results-draw")
        page.select_option("#state-listed", "no")
        page.locator("#dialog .primary").click()
        conclusion = page.locator("#results-conclusions")
        expect(conclusion).to_contain_text("第Ⅱ类一般工业固体废物")
        page.click(".results-sign")
        expect(page.locator("#results-conclusions .results-sign")).to_have_count(0)

        go(other, f"/results?district=150203&site={code}")
        other.click(".results-review")
        other.fill("#review-comment", "同意")
        other.click("#dialog .results-accept")
        expect(other.locator("#dialog")).to_be_hidden()

        go(page, f"/sites/{code}")
        expect(page.locator(".badge-big")).to_have_text("中风险")
        expect(page.locator("#desk")).to_contain_text("第 1 位")
        clause = page.locator("a[href*='/rules#']").first
        target = clause.get_attribute("href") or ""
        go(page, target)
        row = page.locator(f"[id='{target.split('#')[1]}']")
        expect(row).to_be_visible()

        go(page, "/weights?district=150203#money")
        expect(page.locator(".grid tbody tr").first).to_contain_text("一号渣堆")

        go(page, "/register?district=150203")
        mine = page.locator("tr", has_text=code)
        expect(mine).to_contain_text("中风险")
        go(page, f"/register?district=150203&as_of={today - timedelta(days=1)}")
        expect(mine).to_contain_text("高风险（暂定）")
    engine.dispose()
