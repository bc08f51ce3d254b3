"""The office takes in a phone's outbox that was carried there as a file."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from gis.ledger import Book
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.browser.field_phone import a_pile, file_candidates, open_field_register
from tests.makers import KUNDULUN
from tests.makers_check import a_phones
from tests.outbox_files import check_row, outbox_of, photo_row
from tests.pictures import photo

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(params=["zh-CN", "en"])
def office(
    browser: Browser, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Page]:
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    open_field_register(book)
    pile = a_pile()
    file_candidates(book, pile)
    with serving(Settings(database_url=database_url, data_dir=tmp_path)) as address:
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, base_url=address, locale=request.param
        )
        context.add_cookies([{"name": "qingfei_language", "value": request.param, "url": address}])
        body = {"username": "mei", "password": PASSWORD}
        mark = {"X-Requested-With": "qingfei"}
        assert context.request.post("/api/session", data=body, headers=mark).ok
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("dialog", lambda box: faults.append(box.message) or box.dismiss())
        page.goto(f"/checks?district={KUNDULUN}")
        expect(page.locator("html[data-ready=true]")).to_be_attached()
        page.candidate_id = str(pile.id)  # type: ignore[attr-defined]
        yield page
        assert faults == []
        context.close()
    engine.dispose()


def test_a_file_is_chosen_sent_and_answered_item_by_item(office: Page, tmp_path: Path):
    check_id = str(uuid4())
    good = photo_row(check_id, photo())
    rows = [
        check_row(a_phones(office.candidate_id, recorded_by="zhou"), id=check_id),  # type: ignore[attr-defined]
        good,
        photo_row(check_id, b"gone", place_name=HOSTILE),
    ]
    file = tmp_path / "qingfei-outbox-zhou.zip"
    file.write_bytes(outbox_of(rows, {good["id"]: photo()}, owner="zhou", device=HOSTILE))
    office.locator("#import-file").click()
    dialog = office.locator("#dialog")
    dialog.locator(".button.primary").click()
    expect(dialog.locator(".field-error")).to_be_visible()
    office.locator("#outbox-file").set_input_files(file)
    dialog.locator(".button.primary").click()
    lines = dialog.locator("tbody tr")
    expect(lines).to_have_count(3)
    expect(lines.first).to_contain_text(HOSTILE)
    expect(lines.locator(".badge")).to_have_count(3)

    dialog.locator(".dialog-buttons .button").first.click()
    office.locator("#outbox-file").set_input_files(file)
    dialog.locator(".button.primary").click()
    expect(lines).to_have_count(3)
    known = (
        "先前已收到" if office.evaluate("document.documentElement.lang") == "zh-CN" else "Already"
    )
    expect(lines.filter(has_text=known)).to_have_count(2)


def test_what_is_no_outbox_is_said_in_the_dialog(office: Page, tmp_path: Path):
    file = tmp_path / "点位.zip"
    file.write_bytes(b"PK\x03\x04 nothing")
    office.locator("#import-file").click()
    office.locator("#outbox-file").set_input_files(file)
    office.locator("#dialog .button.primary").click()
    expect(office.locator("#dialog .field-error")).to_contain_text("点位.zip")
