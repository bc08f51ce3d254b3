"""In a real browser, by two people: papers that open a pair of waste and pit are settled."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.settings import Settings
from gis.domain.terms import Role, WasteNature
from gis.ledger import Book, people, places
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.browser.signing import sign_in
from tests.makers import Clock, a_district, open_book
from tests.makers_backfill import list_pile, list_pit
from tests.pictures import PDF


@pytest.fixture
def book(database_url: str) -> Iterator[Book]:
    with open_book(database_url, Clock(datetime.now(UTC))) as book:
        places.add_district(book, a_district())
        people.add_user(book, "fenxi", "分析", Role.REVIEWER, PASSWORD)
        people.add_user(book, "kezhang", "科长", Role.REVIEWER, PASSWORD)
        yield book


@pytest.fixture
def address(database_url: str, tmp_path: Path) -> Iterator[str]:
    with serving(Settings(database_url=database_url, data_dir=tmp_path)) as address:
        yield address


def open_as(page: Page, username: str) -> None:
    sign_in(page, username, PASSWORD)
    page.goto("/backfill?district=150203")
    page.wait_for_selector("html[data-ready=true]")


def test_papers_are_proposed_and_another_lets_the_waste_in(book: Book, page: Page, watch):
    list_pile(book, nature=WasteNature.CLASS_II, name="Ⅱ类矸石")
    list_pit(book)
    open_as(page, "fenxi")
    error = page.locator("#dialog .field-error")
    send = page.locator("#dialog .primary")
    mine = page.locator("#assessments tbody tr")

    page.locator("[data-deed=assess]").click()
    page.fill("#assessment-no", "评估〔2026〕7号")
    send.click()
    expect(error).to_contain_text("请选择文件")
    for kind in ("BASELINE", "RISK", "MONITORING"):
        pdf = {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        page.locator(f"#paper-{kind}").set_input_files(pdf)
    page.fill("#assessment-yearly", "0")
    send.click()
    expect(error).to_contain_text("GB 18599-2020 8.2")
    page.fill("#assessment-yearly", "2")
    send.click()
    expect(mine).to_contain_text("待审批")
    assert page.locator("#notices").bounding_box()["width"] >= 340
    expect(mine.locator(".plain a")).to_have_count(3)
    mine.locator("[data-deed=approve]").click()
    send.click()
    expect(error).to_contain_text("另一")
    page.keyboard.press("Escape")

    open_as(page, "kezhang")
    mine.locator("[data-deed=refuse]").click()
    send.click()
    expect(error).to_be_visible()
    page.keyboard.press("Escape")
    mine.locator("[data-deed=approve]").click()
    send.click()
    expect(mine).to_contain_text("已批准")
    expect(page.locator("#pairs tbody tr")).to_contain_text("评估已批准，可回填")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    refused = ("422", "403")
    assert [one for one in watch.complaints if not any(code in one for code in refused)] == []
