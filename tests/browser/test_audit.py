"""The log in a real browser: an auditor finds who changed what, proves the chain, takes it away."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from gis.domain.terms import Role
from gis.ledger import Book, people, places
from gis.ledger.sites import correct_site
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.makers import a_district, list_site

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture
def log_page(
    browser: Browser, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """The auditor's page on a register in which one site was corrected by 王工."""
    engine = make_engine(database_url)
    book = Book(engine, "wang")
    places.add_district(book, a_district())
    people.add_user(book, "wang", "王工", Role.ANALYST, PASSWORD)
    people.add_user(book, "shen", "审计员", Role.AUDITOR, PASSWORD)
    site = list_site(book, note="旧说明")
    correct_site(book, site.code, note="<img src=x onerror=alert(1)>")
    width, height = SIZES[request.param]
    with serving(Settings(database_url=database_url, data_dir=tmp_path)) as address:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", base_url=address
        )
        page = context.new_page()
        page.goto("/login?next=/audit")
        page.fill("#username", "shen")
        page.fill("#password", PASSWORD)
        page.click("#login-form button[type=submit]")
        page.wait_for_url("**/audit")
        expect(page.locator("html[data-ready=true]")).to_be_attached()
        yield page
        context.close()
    engine.dispose()


def rows(page: Page):
    return page.locator("#audit-list tbody tr")


@pytest.mark.parametrize("log_page", SIZES, indirect=True)
def test_an_auditor_finds_opens_proves_and_takes_away(log_page: Page, database_url: str):
    page = log_page
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.select_option("#audit-verb", label="更正")
    expect(rows(page)).to_have_count(1)
    assert "verb=correct_site" in page.url
    expect(rows(page).first).to_contain_text("王工 (wang)")
    page.fill("#audit-text", "旧说明")
    page.click("button[type=submit]")
    expect(rows(page)).to_have_count(1)
    rows(page).first.get_by_role("button").click()
    sides = page.locator(".audit-sides tbody tr")
    note = sides.filter(has_text="note")
    expect(note).to_contain_text("旧说明")
    expect(note).to_contain_text("<img src=x onerror=alert(1)>")
    shown = sides.count()
    page.check("#audit-all")
    assert sides.count() > shown
    page.get_by_role("button", name="查看该对象的全部记录", exact=True).click()
    expect(rows(page)).not_to_have_count(1)

    expect(page.locator("#audit-chain")).to_contain_text("尚未校验过")
    page.get_by_role("button", name="立即校验", exact=True).click()
    expect(page.locator("#audit-chain .audit-whole")).to_contain_text("前后相符")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="导出可校验记录（jsonl）", exact=True).click()
    lines = Path(fetched.value.path()).read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["subject_id"] == "150203-W00001-D" for line in lines)

    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("alter table ledger_log disable trigger all"))
        connection.execute(sa.text("update ledger_log set actor = 'nobody' where seq = 2"))
        connection.execute(sa.text("alter table ledger_log enable trigger all"))
    engine.dispose()
    page.get_by_role("button", name="立即校验", exact=True).click()
    expect(page.locator("#audit-chain .audit-broken")).to_contain_text("第 2 条与哈希链不符")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert dialogs == []
