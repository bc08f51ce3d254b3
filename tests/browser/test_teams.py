"""The office's page of teams: make a team, choose places, give them out, withdraw."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from gis.ledger import Book
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.conftest import serving
from tests.browser.field_phone import a_pile, file_candidates, open_field_register
from tests.makers import KUNDULUN, list_site, square


@pytest.fixture
def office(browser: Browser, database_url: str, tmp_path: Path) -> Iterator[Page]:
    settings = Settings(database_url=database_url, data_dir=tmp_path)
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    open_field_register(book)
    file_candidates(book, a_pile(), a_pile(outline=square(109.75), confidence=0.4))
    list_site(book, name="<b>渣堆</b>", town="甲镇", outline=square(109.72))
    with serving(settings) as address:
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, base_url=address, locale="zh-CN"
        )
        body = {"username": "mei", "password": PASSWORD}
        mark = {"X-Requested-With": "qingfei"}
        assert context.request.post("/api/session", data=body, headers=mark).ok
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"/teams?district={KUNDULUN}")
        expect(page.locator("html[data-ready=true]")).to_be_attached()
        yield page
        assert faults == []
        context.close()
    engine.dispose()


def test_a_team_is_made_and_given_places_from_the_list(office: Page):
    office.locator("#new-team").click()
    office.locator("#team-name").fill("一组")
    office.locator("#dialog .button.primary").click()
    expect(office.locator("#dialog .field-error")).to_contain_text("至少要有一名成员")
    office.locator("#member-zhou").check()
    office.locator("#team-lead").select_option("zhou")
    office.locator("#dialog .button.primary").click()
    expect(office.locator("#board-card")).to_contain_text("一组")

    rows = office.locator("#give-card tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="<b>渣堆</b>")).to_have_count(1)
    office.locator("#give-card .give-form .button.primary").click()
    expect(office.locator("#give-card .field-error")).to_contain_text("请选择一个班组")
    office.locator("#choose-all").click()
    expect(office.locator(".give-chosen")).to_have_text("已选 3 处")
    rows.first.locator("input").uncheck()
    office.locator("#give-to").select_option(label="一组")
    office.locator("#give-due").fill("2020-01-01")
    office.locator("#give-note").fill("先看坡脚")
    office.locator("#give-card .give-form .button.primary").click()
    expect(office.locator("#work-card")).to_contain_text("先看坡脚")
    expect(office.locator("#board-card tr").filter(has_text="一组")).to_contain_text("逾期 2 处")
    office.locator("#wish-holder").select_option("nobody")
    expect(rows).to_have_count(1)

    office.locator("#work-card button").click()
    office.locator("#dialog .button.primary").click()
    expect(office.locator("#dialog .field-error")).to_contain_text("请写明撤回任务的原因")
    office.locator("#why").fill("改派")
    office.locator("#dialog .button.primary").click()
    expect(office.locator("#work-card")).to_contain_text("还没有派发任务")


def test_a_filter_gives_all_candidates_that_fit(office: Page):
    office.locator("#give-way").select_option("candidates")
    office.locator("#give-confidence").fill("50")
    office.locator("#give-to").select_option("person:zhou")
    office.locator("#give-card .give-form .button.primary").click()
    expect(office.locator("#work-card tbody tr")).to_contain_text("≥ 50%")
    expect(office.locator("#work-card tbody tr td").nth(2)).to_have_text("1")


def test_a_place_is_chosen_by_a_tap_on_the_map(office: Page):
    box = office.locator("#give-map").bounding_box()
    assert box is not None
    office.locator("#wish-type").select_option("site")
    expect(office.locator("#give-card tbody tr")).to_have_count(1)
    office.locator("#give-map").click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(office.locator(".give-chosen")).to_have_text("已选 1 处")


def test_candidates_that_teach_are_shown_with_the_reason_and_given(office: Page):
    office.locator("#give-teach").select_option("5")
    lines = office.locator(".teach-list li")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("最不确定")
    expect(lines.last).to_contain_text("与已核实的最不同")
    office.locator("#give-to").select_option("person:zhou")
    office.locator("#give-card .give-form .button.primary").click()
    expect(office.locator("#work-card")).to_contain_text("周师傅")
    office.locator("#give-teach").select_option("5")
    expect(office.locator(".teach-list")).to_contain_text("没有可另加的图斑")
