"""The phone's shell: installed, then good without a net, after reload, restart and new version."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from api.settings import Settings
from tests.api.known import PASSWORD
from tests.browser.phone import (
    Server,
    field_register,
    phone,
    ready,
    sign_in,
    standing,
    taken_in,
    until,
)
from web_map import shell

MOST_SCRIPT_BYTES = 300_000
MOST_SHELL_BYTES = 250_000


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    with field_register(database_url):
        pass
    with standing(Settings(database_url=database_url, data_dir=tmp_path)) as server:
        yield server


def test_the_page_can_be_put_on_the_home_screen(playwright, server: Server, tmp_path: Path):
    with phone(playwright, tmp_path / "phone", server.address) as context:
        page = context.pages[0]
        page.goto("/field")
        ready(page)
        taken_in(page)
        session = context.new_cdp_session(page)
        told = session.send("Page.getAppManifest")
        assert told["errors"] == []
        refused = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert [one["errorId"] for one in refused] in ([], ["in-incognito"])
        manifest = page.request.get("/field.webmanifest?language=en").json()
        assert (manifest["name"], manifest["start_url"]) == ("Qingfei field", "/field")
        for icon in manifest["icons"]:
            assert page.request.get(icon["src"]).body()[1:4] == b"PNG"


def test_the_page_opens_in_flight_mode_after_reload_and_restart(
    playwright, server: Server, tmp_path: Path
):
    home = tmp_path / "phone"
    with phone(playwright, home, server.address) as context:
        page = context.pages[0]
        sign_in(page)
        taken_in(page)
        context.set_offline(True)
        page.reload()
        ready(page)
        expect(page.locator("#field-status")).to_contain_text("无信号")
        page.click("[data-screen=me]")
        expect(page.locator("#screen")).to_contain_text("外业甲")
    server.stop()
    with phone(playwright, home, server.address) as context:
        page = context.pages[0]
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/field")
        ready(page)
        expect(page.locator("#field-status")).to_contain_text("连不上服务器")
        page.click("[data-screen=me]")
        expect(page.locator("#screen")).to_contain_text("外业甲")
        expect(page.locator("#screen")).to_contain_text("昆都仑区")
        assert complaints == []


def test_the_language_changes_without_a_net(playwright, server: Server, tmp_path: Path):
    with phone(playwright, tmp_path / "phone", server.address) as context:
        page = context.pages[0]
        sign_in(page)
        taken_in(page)
        context.set_offline(True)
        page.click("#language")
        until(page, "document.documentElement.lang === 'en'")
        ready(page)
        expect(page.locator("#tabs")).to_contain_text("Outbox")
        expect(page.locator("#field-status")).to_contain_text("No signal")


def test_a_new_version_waits_until_it_is_asked_for(
    playwright, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with phone(playwright, tmp_path / "phone", server.address) as context:
        page = context.pages[0]
        sign_in(page)
        taken_in(page)
        old = shell.version()
        new_worker = tmp_path / "worker.js"
        new_worker.write_text(shell.WORKER.read_text("utf-8") + "// newer\n", "utf-8")
        monkeypatch.setattr(shell, "WORKER", new_worker)
        assert shell.version() != old
        page.reload()
        ready(page)
        page.wait_for_selector("#switch-over")
        assert names(page) == {f"qingfei-shell-{old}", f"qingfei-shell-{shell.version()}"}
        page.evaluate("window.isSamePage = true")
        page.wait_for_timeout(500)
        assert page.evaluate("window.isSamePage"), "nothing changes by itself"
        page.click("#switch-over")
        until(page, "!window.isSamePage && document.documentElement.dataset.ready === 'true'")
        until(page, "caches.keys().then((all) => all.length === 2)")
        assert names(page) == {f"qingfei-shell-{shell.version()}"}


def names(page: Page) -> set[str]:
    kept = page.evaluate("caches.keys()")
    return {name for name in kept if name.startswith("qingfei-shell-")}


def test_a_version_that_is_not_wholly_there_is_never_used(
    playwright, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with phone(playwright, tmp_path / "phone", server.address) as context:
        page = context.pages[0]
        sign_in(page)
        taken_in(page)
        real = shell.files()
        broken = {**real, "/static/js/dom.js": "0" * 64}
        monkeypatch.setattr(shell, "files", lambda: broken)
        page.reload()
        ready(page)
        page.evaluate(
            "navigator.serviceWorker.getRegistration('/field').then((one) => one.update())"
            ".catch(() => null)"
        )
        page.wait_for_timeout(1500)
        assert page.locator("#switch-over").count() == 0
        server.stop()
        page.reload()
        ready(page)


def test_another_account_finds_nothing_of_the_first_but_what_waits(
    playwright, server: Server, tmp_path: Path
):
    with phone(playwright, tmp_path / "phone", server.address) as context:
        page = context.pages[0]
        sign_in(page)
        row = "{id:'c1',kind:'check',place_key:'site:B',owner:'wang',state:'KEPT',updated_at:'2'}"
        page.evaluate(
            "import('/static/js/field/db.js').then(async (db) => {"
            " await db.put('places', {key:'site:A'}, {key:'site:B'});"
            f" await db.put('outbox', {row}); }})"
        )
        page.click("#sign-out")
        page.wait_for_selector("#sign-form")
        expect(page.locator("#field-status")).to_contain_text("1 项待传")
        page.fill("#sign-form [name=username]", "chen")
        page.fill("#sign-form [name=password]", PASSWORD)
        page.click("#sign-in")
        expect(page.locator("#screen")).to_contain_text("外业乙")
        expect(page.locator("#field-status")).not_to_contain_text("待传")
        left = page.evaluate(
            "import('/static/js/field/db.js').then(async (db) =>"
            " [(await db.all('places')).map((p) => p.key), (await db.all('outbox')).length])"
        )
        assert left == [["site:B"], 1]
        page.click("#forget")
        expect(page.locator("#screen")).to_contain_text("请先上传")
        page.evaluate("document.getElementById('language').dataset.before = ''")
        page.evaluate("import('/static/js/field/bus.js').then((bus) => bus.tell('net'))")
        expect(page.locator("#language[data-before]")).to_have_count(0)
        expect(page.locator("#screen")).to_contain_text("请先上传")
        assert page.locator("#forget-really").count() == 0


def test_the_session_ends_and_the_work_goes_on(playwright, server: Server, tmp_path: Path):
    with phone(playwright, tmp_path / "phone", server.address) as context:
        page = context.pages[0]
        sign_in(page)
        taken_in(page)
        context.clear_cookies()
        page.reload()
        ready(page)
        expect(page.locator("#field-words")).to_contain_text("登录已失效")
        page.click("#field-words a")
        page.fill("#sign-form [name=password]", "wrong")
        page.click("#sign-in")
        expect(page.locator("#sign-form")).to_contain_text("用户名或密码不正确")
        page.fill("#sign-form [name=password]", PASSWORD)
        page.click("#sign-in")
        page.wait_for_selector("#sign-out")
        expect(page.locator("#field-words")).not_to_contain_text("登录已失效")


def test_a_wrong_clock_is_said(playwright, server: Server, tmp_path: Path):
    with phone(playwright, tmp_path / "phone", server.address) as context:
        page = context.pages[0]
        page.clock.install(time=1_700_000_000)
        page.goto("/field")
        ready(page)
        expect(page.locator("#field-words")).to_contain_text("自动确定时间")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_is_tapped_is_large_enough(playwright, server: Server, tmp_path: Path, language: str):
    with phone(playwright, tmp_path / "phone", server.address) as context:
        page = context.pages[0]
        page.goto(f"/field?language={language}")
        ready(page)
        assert small_targets(page) == []
        sign_in(page)
        assert small_targets(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
        .filter((one) => one.offsetParent || getComputedStyle(one).position === "fixed")
        .map((one) => [one, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 44 || box.height < 44))
        .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
    )
    return found


def test_the_first_load_is_light():
    sizes = shell.first_scripts()
    assert "/static/js/field/main.js" in sizes
    assert sum(sizes.values()) < MOST_SCRIPT_BYTES, sizes


def test_the_whole_shell_is_light_on_the_way(server: Server):
    """Everything that works in flight mode, as it comes over the link."""
    on_the_way = 0
    for address in shell.files():
        asked = Request(server.address + address, headers={"Accept-Encoding": "gzip"})
        with urlopen(asked) as answer:
            on_the_way += len(answer.read())
    assert on_the_way < MOST_SHELL_BYTES
