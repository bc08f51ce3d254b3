"""The phone's page as a gloved hand in bright light meets it: every screen, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from api.settings import Settings
from tests.browser.phone import ready, until
from tests.browser.test_accessibility import AXE, serious_faults
from tests.browser.test_field_check import STRICT_AXE
from tests.browser.test_field_shell import MOST_SCRIPT_BYTES

SIZE = {"width": 390, "height": 844}
NARROW = {"width": 360, "height": 640}
ACROSS = {"width": 844, "height": 390}
NEAR_THE_PITS: Any = {"longitude": 16.2615, "latitude": 50.9925, "accuracy": 8}
CHINESE_IN_ENGLISH = {"中文", "演示外业", "演示采石场", "影像跟踪"}
"""The other language's own name, the name of the demo's account, names of its places."""

PLAIN_FAULTS = """(inEnglish) => {
  const found = [];
  const said = (one) => (one.id || one.className || one.tagName) + " " + one.textContent.trim().slice(0, 24);
  const shown = [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".hidden-text"));
  for (const one of shown) {
    const { width, height } = one.getBoundingClientRect();
    if (width < 44 || height < 44) found.push(`small ${Math.round(width)}x${Math.round(height)}: ${said(one)}`);
  }
  for (const one of document.querySelectorAll("body *")) {
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!words || !one.checkVisibility() || one.closest(".leaflet-control-scale")) continue;
    if (parseFloat(getComputedStyle(one).fontSize) < (one.closest(".fc") ? 14 : 13)) found.push(`tiny: ${said(one)}`);
  }
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) found.push(`${wide} px wide on ${innerWidth}`);
  const odd = inEnglish && document.body.innerText.match(/[\\u4e00-\\u9fff]+/g);
  for (const words of odd || []) found.push(`not in English: ${words}`);
  return found;
}"""  # noqa: E501

COVERED = """async () => {
  const found = [];
  const isOver = (one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return one.contains(top) || Boolean(top?.closest("label")?.contains(one));
  };
  const over = document.querySelector(".fc-map");
  const mine = [...document.querySelectorAll(over ? ".fc-map button" : "main :is(a, button, input, select, textarea, summary)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".hidden-text"));
  for (const one of mine) {
    one.scrollIntoView({ block: "center" });
    if (!isOver(one)) found.push(`covered: ${one.id || one.className}`);
  }
  for (let y = 0; !over && y <= document.documentElement.scrollHeight; y += 150) {
    scrollTo(0, y);
    for (const tab of document.querySelectorAll("#tabs a, #screen-title")) {
      if (tab.checkVisibility() && !isOver(tab)) found.push(`at ${y} px the bars are covered: ${tab.textContent.trim()}`);
    }
  }
  scrollTo(0, 0);
  const words = document.querySelector("#field-words").getBoundingClientRect().bottom;
  const gap = document.querySelector("#screen").getBoundingClientRect().top - words;
  if (!over && gap > 1) found.push(`an empty band of ${Math.round(gap)} px`);
  return [...new Set(found)];
}"""  # noqa: E501


@dataclass
class Eye:
    """Looks at each screen at the phone's sizes and keeps what is wrong with it."""

    page: Page
    language: str
    found: dict[str, list[str]] = field(default_factory=dict)

    def look(self, name: str, *, strict: bool = False) -> None:
        """Judge what the phone shows now; ``strict`` asks for 7:1 as well."""
        faults: list[str] = []
        for size in (ACROSS, NARROW, SIZE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.page.wait_for_timeout(150)
            told = self.page.evaluate(PLAIN_FAULTS, self.language == "en")
            told += self.page.evaluate(COVERED)
            faults += [f"{size['width']}: {one}" for one in told]
        if strict:
            self.page.evaluate(AXE.read_text("utf-8"))
            faults += self.page.evaluate(STRICT_AXE)
        else:
            faults += serious_faults(self.page)
        known = tuple(f"not in English: {words}" for words in CHINESE_IN_ENGLISH)
        faults = [one for one in faults if not one.endswith(known)]
        if faults:
            self.found[name] = faults

    def go(self, screen: str, waited_for: str) -> None:
        """Go to a screen and wait for a part of it."""
        self.page.evaluate(f"location.hash = {screen!r}")
        self.page.wait_for_selector(waited_for)
        self.page.wait_for_timeout(400)


def password(settings: Settings) -> str:
    return (settings.data_dir / "demo-field-password").read_text().strip()


@pytest.fixture(params=["zh-CN", "en"])
def eye(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Eye]:
    context = browser.new_context(
        viewport=SIZE,  # type: ignore[arg-type]
        has_touch=True,
        is_mobile=True,
        locale=request.param,
        base_url=address,
        permissions=["geolocation"],
        geolocation=NEAR_THE_PITS,
    )
    context.add_cookies([{"name": "qingfei_language", "value": request.param, "url": address}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield Eye(page, request.param)
    context.close()


def sign_in(page: Page, settings: Settings) -> None:
    """Sign in with the phone's own form, which leads to the list."""
    page.fill("#sign-form [name=username]", "demo-field")
    page.fill("#sign-form [name=password]", password(settings))
    page.click("#sign-in")
    page.wait_for_selector(".row")


def first_place(page: Page) -> str:
    key: str = page.evaluate("document.querySelector('.row').dataset.key")
    return key


def test_every_screen_can_be_read_and_tapped(eye: Eye, demo_settings: Settings):
    page = eye.page
    page.goto("/field")
    ready(page)
    eye.look("sign in")
    page.fill("#sign-form [name=username]", "demo-field")
    page.fill("#sign-form [name=password]", "no such password")
    page.click("#sign-in")
    page.wait_for_selector("#sign-form .field-error:not(:empty)")
    eye.look("wrong password")
    sign_in(page, demo_settings)
    eye.look("list")
    page.tap("#list-more")
    page.fill("#list-search", "zzz")
    page.wait_for_selector(".state-empty")
    eye.look("nothing found")
    page.fill("#list-search", "")
    page.tap("#list-more")
    key = first_place(page)
    eye.go(f"#/place/{key}", "#start-check")
    page.tap(".navigate summary")
    eye.look("place and the way there")
    eye.go("#/map", ".field-map[data-ready]")
    page.tap(".map-legend summary")
    eye.look("map")
    eye.go("#/outbox", "#outbox")
    eye.look("outbox")
    eye.go("#/area", "#area-plan")
    page.select_option("#area-what", "box")
    page.wait_for_selector("#area-map canvas.leaflet-tile-loaded", state="attached")
    page.tap("#area-ask")
    page.wait_for_selector("#area-size")
    eye.look("area")
    eye.go("#/me", "#sign-out")
    page.tap("#forget")
    page.wait_for_selector("#forget-really")
    eye.look("me")
    page.context.set_offline(True)
    until(page, "document.querySelector('.strip-offline')")
    eye.look("no signal")
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.reload()
    ready(page)
    until(page, "document.querySelector('#field-words .word')")
    eye.look("signed out")
    assert eye.found == {}


def test_the_check_can_be_read_in_the_sun(eye: Eye, demo_settings: Settings):
    page = eye.page
    page.goto("/field")
    ready(page)
    sign_in(page, demo_settings)
    eye.go(f"#/check/{first_place(page)}", ".fc-verdict")
    page.wait_for_selector(".fc-look-map canvas.leaflet-tile-loaded", state="attached")
    eye.look("verdict", strict=True)
    for verdict in ("WASTE", "PIT", "LOOK_ALIKE", "GONE", "UNREACHABLE", "WASTE"):
        page.tap(f'.fc-verdict[value="{verdict}"]')
        page.wait_for_selector("#fc-note")
        page.tap("#fc-save")
        page.wait_for_timeout(200)
        eye.look(verdict, strict=True)
    page.tap("#fc-more-classes")
    eye.look("classes", strict=True)
    for opener, shown in (
        ("#fc-look", ".fc-dates"),
        ("#fc-draw", "#fc-draw-done"),
        ("#fc-walk", "#fc-walk-done"),
        ("#fc-point", "#fc-point-here"),
    ):
        page.tap(opener)
        page.wait_for_selector(shown)
        eye.look(opener, strict=True)
        page.tap("#fc-map-leave")
    assert eye.found == {}


def test_five_verdicts_stand_on_the_first_screen_and_are_for_gloves(
    eye: Eye, demo_settings: Settings
):
    page = eye.page
    page.goto("/field")
    ready(page)
    sign_in(page, demo_settings)
    eye.go(f"#/check/{first_place(page)}", ".fc-verdict")
    boxes = [one.bounding_box() for one in page.locator(".fc-verdict").all()]
    tabs = page.locator("#tabs").bounding_box()
    assert tabs and len(boxes) == 5
    for box in boxes:
        assert box and box["height"] >= 64 and box["width"] >= 300
        assert box["y"] + box["height"] <= tabs["y"]
    assert page.locator(".fc-verdict small").count() == 5
    assert page.locator(".fc-verdict svg").count() == 5


def test_signing_in_leads_to_the_list_and_the_way_back_is_one_tap(
    eye: Eye, demo_settings: Settings
):
    page = eye.page
    page.goto("/field#/outbox")
    ready(page)
    expect(page.locator("#field-words")).to_be_empty()
    marked = page.locator("#tabs [aria-current=page]")
    expect(marked).to_have_attribute("data-screen", "me")
    page.tap("[data-screen=map]")
    page.wait_for_timeout(400)
    expect(marked).to_have_attribute("data-screen", "me")
    sign_in(page, demo_settings)
    expect(marked).to_have_attribute("data-screen", "list")
    expect(page.locator("#screen-back")).to_be_hidden()
    key = first_place(page)
    eye.go(f"#/place/{key}", "#start-check")
    page.tap("#start-check")
    page.wait_for_selector(".fc-verdict")
    expect(marked).to_have_attribute("data-screen", "list")
    page.tap("#screen-back")
    page.wait_for_selector("#start-check")
    page.tap("#screen-back")
    page.wait_for_selector(".row")


def test_the_first_opening_fetches_little_script(address: str, browser: Browser):
    context: BrowserContext = browser.new_context(base_url=address)
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: (
            sizes.update({answer.url: len(answer.body())})
            if answer.request.resource_type == "script" and "worker" not in answer.url
            else None
        ),
    )
    page.goto("/field")
    ready(page)
    page.wait_for_load_state("networkidle")
    context.close()
    print(f"{len(sizes)} scripts, {sum(sizes.values())} bytes")
    assert any(name.endswith("/field/main.js") for name in sizes)
    assert sum(sizes.values()) < MOST_SCRIPT_BYTES
