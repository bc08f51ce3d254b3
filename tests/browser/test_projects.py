"""In a real browser: a plan is opened, stopped at its gate, moved; lists are taken away."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from api.settings import Settings
from tests.browser.signing import enter_demo
from tests.browser.test_bar import is_phone
from tests.browser.test_grading import wait_until_ready


@pytest.fixture
def desk(page: Page, demo_settings: Settings) -> Page:
    enter_demo(page, demo_settings)
    return page


def of_name(page: Page, part: str) -> str:
    """The code of a site whose name holds ``part``."""
    found = page.request.get("/api/sites", params={"district": "150203", "text": part}).json()
    code: str = found["items"][0]["code"]
    return code


def test_a_plan_is_opened_stopped_at_its_gate_and_moved(desk, watch):
    # Both sizes share the demo's register.
    code = of_name(desk, "堆场08" if is_phone(desk) else "堆场06")
    title = f"浏览器立项 {uuid4().hex[:6]} <b>粗</b>"
    desk.goto(f"/sites/{code}#projects")
    expect(desk.locator("#projects h2")).to_be_visible()
    desk.click("#open-project")
    desk.fill("#plan-title", title)
    desk.fill("#plan-due_on", "2023-12-31")
    desk.fill("#plan-starts_on", "2024-01-01")
    desk.click("#dialog .button.primary")
    expect(desk.locator("#dialog .field-error")).to_contain_text("早于开始日期")
    desk.fill("#plan-starts_on", "2023-01-01")
    desk.click("#dialog .button.primary")
    project = desk.locator("#projects .project")
    expect(project.locator("h3")).to_have_text(title)
    expect(project).to_contain_text("逾期")
    desk.click("#projects .advance")
    desk.click("#dialog .button.primary")
    expect(desk.locator("#dialog .field-error")).to_contain_text("缺少：问题描述、责任领导")
    desk.keyboard.press("Escape")
    desk.click("#projects .change-plan")
    desk.fill("#plan-issue", "扬尘")
    desk.fill("#plan-leader_role", "分管副区长")
    desk.click("#dialog .button.primary")
    expect(project.locator(".needs.is-ready")).to_be_visible()
    desk.click("#projects .add-task")
    desk.fill("#task-title", "勘查")
    desk.fill("#task-due_on", "2023-12-31")
    desk.click("#dialog .button.primary")
    expect(project.locator(".task")).to_contain_text("逾期")
    desk.click("#projects .advance")
    desk.click("#dialog .button.primary")
    expect(project.locator(".stop-here")).to_contain_text("勘查/方案")
    desk.click("#projects .reverse")
    desk.fill("#step-reason", "方案重编")
    desk.click("#dialog .button.primary")
    expect(project.locator(".stop-here")).to_contain_text("立项")
    desk.click("#projects .steps-taken summary")
    expect(project.locator(".is-reversal")).to_contain_text("方案重编")
    assert [line for line in watch.complaints if "422" not in line] == [] and watch.outside == []


def test_projects_stand_by_stage_and_lists_are_taken_away(desk, watch):
    desk.goto("/projects?district=150203")
    wait_until_ready(desk)
    expect(desk.locator("#project-list .grid tbody tr").first).to_be_visible()
    desk.click(".stage-chip[data-stage=CLOSED]")
    expect(desk.locator(".stage-chip[aria-pressed=true]")).to_have_count(1)
    stages = desk.locator("#project-list tbody tr .badge-plain")
    expect(stages.first).to_have_text("销号")
    desk.goto("/projects?district=150203#problems")
    desk.reload()
    wait_until_ready(desk)
    expect(desk.locator(".office-list .grid")).to_contain_text("演示建筑垃圾点21")
    with desk.expect_download() as saved:
        desk.click(".toolbar .button.primary")
    assert re.fullmatch(r"qingfei-problems-150203-.*\.xlsx", saved.value.suggested_filename)
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watch.complaints == [] and watch.outside == []
