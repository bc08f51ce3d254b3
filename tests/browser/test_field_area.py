"""An area on the phone: weighed, fetched, cut off, taken up again, full, removed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright
from shapely.geometry import LineString, box

from api.settings import Settings
from gis.domain.area import Box, tiles_over
from gis.domain.people.assignment import PlaceRef, WorkSent
from gis.domain.terms import LayerKind
from gis.ledger import Book, places
from gis.ledger.field_work import give_work
from gis.ledger.imagery import add_scene
from gis.store import shape, tables
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
from tests.made_imagery import FOOTPRINT, display_copy
from tests.makers import a_candidate, a_layer, a_scene

BOX = Box(109.66, 40.66, 109.84, 40.84)
ZOOMS = range(10, 15)
NO_SECOND = "不带影像"


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("imagery")
    paths = [folder / "new.tif", folder / "old.tif"]
    for seed, path in enumerate(paths):
        display_copy(path, seed)
    return paths


@pytest.fixture
def server(database_url: str, tmp_path: Path, drawn: list[Path]) -> Iterator[Server]:
    with field_register(database_url) as book:
        for path, day in zip(drawn, ("2026-06-19", "2024-05-02"), strict=True):
            add_scene(book, scene(path, day))
        river = LineString([(109.60, 40.75), (109.90, 40.75)])
        places.add_layer(book, *a_layer(LayerKind.TRIBUTARY, river))
    with standing(Settings(database_url=database_url, data_dir=tmp_path)) as server:
        yield server


def scene(path: Path, day: str) -> Any:
    acquired = date.fromisoformat(day)
    mark = day.replace("-", "")
    return a_scene(
        name=f"s2_{mark}",
        acquired_on=acquired,
        sha256=mark * 8,
        display_path=str(path),
        footprint=box(*FOOTPRINT),
    )


@pytest.fixture
def context(playwright: Playwright, server: Server, tmp_path: Path) -> Iterator[BrowserContext]:
    with phone(playwright, tmp_path / "phone", server.address) as context:
        yield context


def choose_box(page: Page, second: str = "2024-05-02", detail: str = "full") -> None:
    """Choose on the map, which then shows the whole district."""
    page.goto("/field#/area")
    ready(page)
    page.select_option("#area-what", "box")
    page.wait_for_selector("#area-map canvas.leaflet-tile-loaded", state="attached")
    page.select_option("#area-second", label=second)
    page.select_option("#area-detail", detail)
    page.click("#area-ask")
    expect(page.locator("#area-ask")).to_be_enabled(timeout=60_000)


def counted(page: Page) -> tuple[int, int]:
    """Return how many tiles the phone holds, and of how many addresses asked for."""
    got = page.evaluate(
        "import('/static/js/field/db.js').then(async (db) => [await db.count('tiles'),"
        " (await db.all('areas')).reduce((sum, one) => sum + one.total, 0)])"
    )
    return got[0], got[1]


def test_an_area_is_weighed_fetched_and_good_in_flight_mode(context, server: Server):
    page = context.pages[0]
    sign_in(page)
    taken_in(page)
    choose_box(page)
    expect(page.locator("#area-size")).to_contain_text("张影像瓦片")
    said = int(
        page.locator("#area-size").inner_text().split("共 ")[1].split(" ")[0].replace(",", "")
    )
    weight = float(page.locator("#area-size").inner_text().split("约 ")[1].split(" ")[0])
    page.click("#area-begin")
    page.wait_for_selector(".area-card[data-state=READY]", timeout=120_000)
    assert said > 300
    kept = page.evaluate(
        "import('/static/js/field/db.js').then(async (db) => (await db.all('areas'))[0].bytes)"
    )
    assert kept / 1e6 == pytest.approx(weight, rel=0.15), "what was said before is what came"
    assert counted(page) == (said, said), "the phone reckons the same tiles as the server"
    server.stop()
    page.goto("/field#/map")
    page.reload()
    ready(page)
    area = page.evaluate(
        "import('/static/js/field/db.js').then(async (db) => (await db.all('areas'))[0])"
    )
    assert area["ground"]["features"][0]["properties"]["kind"] == "TRIBUTARY"
    url = f"/imagery/{area['scenes'][0]['id']}/natural/10/824/384.webp"
    head = page.evaluate(
        f"import('/static/js/field/db.js').then(async (db) => db.get('tiles', '{url}'))"
        ".then((row) => [...new Uint8Array(row.body.slice(8, 12))])"
    )
    assert bytes(head) == b"WEBP"


def test_both_sides_reckon_the_same_tiles(context, server: Server):
    page = context.pages[0]
    page.goto("/field")
    ready(page)
    for zoom in (*ZOOMS, 17):
        mine = page.evaluate(
            "import('/static/js/field/area/tiles.js')"
            f".then((area) => area.tilesOver([{list(BOX)}], {zoom}))"
        )
        theirs = [f"{z}/{x}/{y}" for z, x, y in tiles_over([BOX], zoom)]
        assert sorted(mine) == sorted(theirs)


def test_a_download_cut_off_goes_on_where_it_stopped(
    playwright: Playwright, server: Server, tmp_path: Path
):
    home = tmp_path / "phone"
    with phone(playwright, home, server.address) as context:
        page = context.pages[0]
        sign_in(page)
        taken_in(page)
        choose_box(page, NO_SECOND)
        page.click("#area-begin")
        until(page, "import('/static/js/field/db.js').then((db) => db.count('tiles'))")
        server.stop()  # in the middle of a bundle
        page.wait_for_timeout(500)
        before, total = counted(page)
        assert 0 < before < total
    server.start()
    asked: list[str] = []
    with phone(playwright, home, server.address) as context:
        context.on("request", lambda one: asked.append(one.url) if "/area/tiles/" in one.url else 0)
        page = context.pages[0]
        page.goto("/field#/area")
        ready(page)
        page.wait_for_selector(".area-card[data-state=READY]", timeout=120_000)
        assert counted(page) == (total, total)
        fetched = sum(url.split("?at=")[1].count(",") + 1 for url in asked)
        assert fetched == total - before, "what was there is not fetched again"


def test_an_area_waits_while_it_is_paused(context, server: Server):
    page = context.pages[0]
    sign_in(page)
    choose_box(page, NO_SECOND)
    page.click("#area-begin")
    page.click("[data-act=hold]")
    page.wait_for_selector(".area-card[data-state=PAUSED]")
    held, total = counted(page)
    page.wait_for_timeout(1500)
    assert counted(page) == (held, total)
    assert held < total
    page.click("[data-act=go-on]")
    page.wait_for_selector(".area-card[data-state=READY]", timeout=120_000)
    assert counted(page) == (total, total)


def test_what_the_phone_has_no_room_for_is_said_before(context, server: Server):
    page = context.pages[0]
    page.add_init_script(
        "navigator.storage.estimate = async () => ({ usage: 9_000_000, quota: 10_000_000 })"
    )
    sign_in(page)
    choose_box(page)
    expect(page.locator("#area-plan [role=alert]")).to_contain_text("本机只剩 1 MB：请缩小范围")
    assert page.locator("#area-begin").count() == 0


def test_a_phone_that_fills_up_in_the_middle_keeps_what_it_has(context, server: Server):
    page = context.pages[0]
    session = context.new_cdp_session(page)  # before a write: the browser remembers what is free
    quota = {"origin": server.address, "quotaSize": 7_000_000}
    session.send("Storage.overrideQuotaForOrigin", quota)
    sign_in(page)
    choose_box(page)
    page.click("#area-begin")
    expect(page.locator(".area-card [role=alert]")).to_contain_text("空间已满", timeout=120_000)
    expect(page.locator(".area-card")).to_have_attribute("data-state", "PAUSED")
    held, total = counted(page)
    assert 0 < held < total
    area = page.evaluate(
        "import('/static/js/field/db.js').then(async (db) => (await db.all('areas'))[0])"
    )
    assert area["done"] == held, "counted as it is"
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.address})
    page.click("[data-act=go-on]")
    page.wait_for_selector(".area-card[data-state=READY]", timeout=120_000)
    assert counted(page) == (total, total)


def test_an_area_removed_leaves_what_another_needs(context, server: Server):
    page = context.pages[0]
    sign_in(page)
    for number, second in enumerate(("2024-05-02", NO_SECOND), start=1):
        choose_box(page, second, "coarse")
        page.click("#area-begin")
        until(
            page,
            "import('/static/js/field/db.js').then(async (db) =>"
            " (await db.all('areas')).filter((one) => one.state === 'READY'))"
            f".then((all) => all.length === {number})",
            60,
        )
        page.goto("/field#/me")
        page.wait_for_selector("#sign-out")  # else what is chosen next is chosen on the old screen
    page.goto("/field#/area")
    page.wait_for_selector(".area-card >> nth=1")
    held, total = counted(page)
    assert held * 3 == total * 2, "tiles of both areas are there once"
    first = page.locator(".area-card", has_text="2024-05-02")
    first.locator("[data-act=remove]").click()
    first.locator("[data-act=remove-really]").click()
    expect(page.locator(".area-card")).to_have_count(1)
    assert counted(page) == (held // 2, held // 2)


def test_strangers_get_no_imagery(context, server: Server):
    page = context.pages[0]
    page.goto("/field#/area")
    ready(page)
    expect(page.locator("#sign-form")).to_be_visible()
    assert page.request.get("/api/field/area/tiles/0/natural?at=1/1/1").status == 401


def test_a_place_in_the_area_is_on_the_list_in_flight_mode_although_another_holds_it(
    context, server: Server
):
    book = Book(server.engine, "tester")
    candidate = a_candidate()
    with book.entry() as entry:
        shape.insert(entry.connection, tables.candidates, [candidate])
    held = (PlaceRef(candidate.id, None),)
    give_work(book, WorkSent(uuid4(), "150203", None, "chen", None, "", held))
    page = context.pages[0]
    sign_in(page)
    taken_in(page)
    listed = "import('/static/js/field/db.js').then((db) => db.count('places'))"
    assert page.evaluate(listed) == 0
    choose_box(page, detail="coarse")
    page.click("#area-begin")
    page.wait_for_selector(".area-card[data-state=READY]", timeout=120_000)
    until(page, listed)
    server.stop()
    page.goto(f"/field#/check/candidate:{candidate.id}")
    page.reload()
    ready(page)
    expect(page.locator(".fc [name=verdict], .fc [data-name=verdict]").first).to_be_visible()
