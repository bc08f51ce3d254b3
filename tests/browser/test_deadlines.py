"""The office's page of deadlines: a later day between two people, a notice from draft to close."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from gis.domain.people.accounts import Sight
from gis.domain.terms import Role
from gis.ledger import Book, people, places
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.makers import KUNDULUN, a_district
from tests.makers_deadlines import UM, some_lag

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def office(browser: Browser, database_url: str, tmp_path: Path) -> Iterator[Any]:
    """Opens the page for an account, at a size."""
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    places.add_district(book, a_district())
    some_lag(book)
    people.add_user(book, "mei", "梅", Role.MANAGER, PASSWORD)
    people.add_user(book, "um", "执法局", Role.ANALYST, PASSWORD, Sight(units=(UM,)))
    faults: list[str] = []
    with serving(Settings(database_url=database_url, data_dir=tmp_path)) as address:

        def open_page(username: str, viewport: Any = DESK) -> Page:
            context = browser.new_context(viewport=viewport, base_url=address, locale="zh-CN")
            body = {"username": username, "password": PASSWORD}
            mark = {"X-Requested-With": "qingfei"}
            assert context.request.post("/api/session", data=body, headers=mark).ok
            page = context.new_page()
            page.on("pageerror", lambda fault: faults.append(str(fault)))
            page.goto(f"/deadlines?district={KUNDULUN}")
            expect(page.locator("html[data-ready=true]")).to_be_attached()
            return page

        yield open_page
        assert faults == []
    engine.dispose()


def test_a_later_day_is_asked_for_by_one_and_decided_by_another(office: Any):
    unit = office("um", PHONE)
    expect(unit.locator("#figure-RED")).to_contain_text("3")  # its own: the clock is past them all
    assert unit.evaluate("document.documentElement.scrollWidth") == 390
    unit.locator("#works-card tbody tr").first.get_by_role(
        "button", name="申请延期", exact=True
    ).click()
    unit.locator("#new-due").fill("2099-12-31")
    unit.locator("#dialog .button.primary").click()
    expect(unit.locator("#dialog .field-error")).to_contain_text("请写明申请延期的理由")
    unit.locator("#why").fill("<b>雨季</b>停工")
    unit.locator("#dialog .button.primary").click()
    expect(unit.locator("#extensions-card")).to_contain_text("<b>雨季</b>停工")

    manager = office("mei")
    expect(manager.locator("#extensions-card")).to_contain_text("待审批 1")
    manager.locator("#extensions-card").get_by_role("button", name="审批", exact=True).click()
    manager.get_by_role("button", name="不批准", exact=True).click()
    expect(manager.locator("#dialog .field-error")).to_contain_text("请写明不予批准的理由")
    manager.locator("#dialog .button.primary").click()
    expect(manager.locator("#extensions-card")).to_contain_text("已批准")
    manager.locator("#figure-ON_TIME").click()
    expect(manager.locator("#works-card")).to_contain_text("经批准延期至 2099-12-31")


def test_a_notice_is_drafted_issued_answered_and_closed(office: Any):
    manager = office("mei")
    manager.locator("#works-card tbody tr").filter(has_text=UM).first.locator("input").check()
    manager.locator("#draft").click()
    manager.locator("#notice-kind").select_option("CIRCULAR")
    manager.locator("#dialog .button.primary").click()
    expect(manager.locator("#dialog .field-error")).to_contain_text("通报主送两个及以上单位")
    manager.locator("#notice-kind").select_option("URGE")
    manager.locator("#dialog .button.primary").click()
    expect(manager.locator(".notice-paper")).to_contain_text("关于加快推进1项逾期工作的督办单")
    manager.get_by_role("button", name="印发", exact=True).click()
    expect(manager.locator(".notice-symbol")).to_contain_text("昆督〔")

    unit = office("um", PHONE)
    unit.locator("#notices-card .due-name").click()
    unit.locator("#answer-text").fill("三日内清运完毕")
    pdf = b"%PDF-1.4\ntrailer\n<<>>\n%%EOF\n"
    file = {"name": "说明.pdf", "mimeType": "application/pdf", "buffer": pdf}
    unit.locator("#answer-files").set_input_files([file])
    unit.get_by_role("button", name="提交答复", exact=True).click()
    expect(unit.locator("#dialog")).to_contain_text("待审核")

    manager.reload()
    manager.locator("#notices-card .due-name").click()
    expect(manager.locator("#dialog")).to_contain_text("说明.pdf")
    manager.get_by_role("button", name="采纳", exact=True).click()
    manager.get_by_role("button", name="办结", exact=True).click()
    expect(manager.locator("#notices-card")).to_contain_text("已办结")
