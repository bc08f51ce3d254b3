"""No page has a serious fault by axe-core's rules (WCAG 2.1 A and AA), in either language."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.settings import Settings
from tests.browser.signing import enter_demo
from web_map.page import PERSONS, SECTIONS

AXE = Path(__file__).parents[2] / "web_map/node_modules/axe-core/axe.min.js"
RUN = """async () => {
  const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] });
  return found.violations.filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`);
}"""
FOR_THE_DESK = [
    "/",
    *(f"/{section}?district=150203" for section in SECTIONS),
    "/sites/150203-W00001-D",
    *(f"/help/{person}" for person in PERSONS),
]


def serious_faults(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands."""
    page.evaluate(AXE.read_text("utf-8"))
    return list(page.evaluate(RUN))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_page_of_the_office_has_a_serious_fault(
    browser: Browser, address: str, demo_settings: Settings, language: str
):
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, base_url=address, locale="zh-CN"
    )
    context.add_cookies([{"name": "qingfei_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto("/login")
    found = {"/login": serious_faults(page)}
    enter_demo(page, demo_settings)
    for path in FOR_THE_DESK:
        page.goto(path)
        if "/help/" not in path:
            expect(page.locator("html[data-ready=true]")).to_be_attached(timeout=20_000)
        page.wait_for_load_state("networkidle")  # a list that is read again is pale meanwhile
        found[path] = serious_faults(page)
    context.close()
    assert {path: faults for path, faults in found.items() if faults} == {}
