"""A register with places to check, its server behind a link that fails, and phones."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from shapely.geometry import box

from gis.domain.place import District
from gis.domain.terms import Role
from gis.ledger import Book, people, places
from gis.ledger.detection import Found, RunReport, file_candidates
from gis.ledger.imagery import add_scene
from gis.spatial.crs import as_multipolygon
from gis.store import candidates
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.conftest import FLAGS
from tests.browser.phone import SIZE, sign_in
from tests.chromium import find_chromium
from tests.drills.link import Link
from tests.drills.office import Office
from tests.drills.pictures import made
from tests.makers import a_scene

TEAMS = ("chen", "wang", "zhao")
PLACES = 24


def fill_register(database_url: str, number: int = PLACES) -> list[UUID]:
    """File a district, three teams and candidates to check; returns the candidates."""
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    for name in TEAMS:
        people.add_user(book, name, name, Role.FIELD, PASSWORD)
    outline = as_multipolygon(box(109.6, 40.6, 109.9, 40.9))
    places.add_district(book, District("150203", "昆都仑区", "Kundulun", 4546, True, outline))
    scene = add_scene(book, a_scene())
    found = []
    for index in range(number):
        lon, lat = 109.62 + 0.01 * (index % 25), 40.62 + 0.01 * (index // 25)
        square = as_multipolygon(box(lon, lat, lon + 0.002, lat + 0.002))
        found.append(Found(uuid4(), "open_pit", 0.8, square))
    file_candidates(book, scene.id, RunReport(scene.sha256, "test", "0" * 64, {}, {}, found))
    with book.reading() as connection:
        page = candidates.page(connection, "150203", limit=number)
    engine.dispose()
    return [one.id for one in page.items]


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    office = Office(database_url, tmp_path)
    yield office
    office.kill()


@pytest.fixture
def sites(office: Office) -> list[UUID]:
    return fill_register(office.database_url)


@pytest.fixture
def link(office: Office, sites: list[UUID]) -> Iterator[Link]:
    office.start()
    link = Link(office.port).start()
    yield link
    link.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def a_phone(
    browser: Browser, link: Link, name: str, room: int | None = None
) -> Iterator[BrowserContext]:
    """Open a phone with the page on it, signed in as ``name``; ``room`` is all it has, in bytes."""
    context = browser.new_context(
        viewport=SIZE,  # type: ignore[arg-type]
        has_touch=True,
        is_mobile=True,
        locale="zh-CN",
        base_url=f"http://127.0.0.1:{link.port}",
    )
    try:
        page = context.new_page()
        page.set_default_timeout(20_000)
        if room is not None:
            origin = f"http://127.0.0.1:{link.port}"
            session = context.new_cdp_session(page)
            session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": room})
        sign_in(page, name, PASSWORD)
        yield context
    finally:
        context.close()


@pytest.fixture
def phones(chromium: Browser, link: Link) -> Iterator[Callable[[str], Page]]:
    """Open phones by the team that works with each; returns the page on its screen."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(a_phone(chromium, link, name)).pages[0]


@pytest.fixture
def phone(phones: Callable[[str], Page]) -> Page:
    return phones("wang")


@pytest.fixture
def pictures(tmp_path: Path) -> Callable[..., list[Path]]:
    """Make photographs: pictures(3) or pictures(2, 600_000)."""
    calls = iter(range(1, 1000))
    return lambda number=2, size=600_000: made(tmp_path / "made", number, size, next(calls))
