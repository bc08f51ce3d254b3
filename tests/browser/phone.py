"""A phone on a register of its own: its server can be stopped, its browser closed and opened."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from playwright.sync_api import BrowserContext, Error, Page, Playwright
from shapely.geometry import box

from api.app import create_app
from api.settings import Settings
from gis.domain.place import District
from gis.domain.terms import Role
from gis.ledger import Book, people, places
from gis.spatial.crs import as_multipolygon
from gis.store.engine import make_engine
from tests.api.known import PASSWORD
from tests.browser.conftest import FLAGS
from tests.chromium import find_chromium

SIZE = {"width": 390, "height": 844}


@dataclass
class Server:
    """A server that stands at one port of this machine, whenever it is started."""

    settings: Settings
    port: int
    _running: uvicorn.Server | None = field(default=None, init=False)
    _thread: threading.Thread | None = field(default=None, init=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.engine = make_engine(str(self.settings.database_url))
        app = create_app(self.settings, self.engine)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=self.port, log_level="warning", lifespan="off"
        )
        self._running = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._running.run, daemon=True)
        self._thread.start()
        while not self._running.started:
            assert self._thread.is_alive(), "the server did not start"
            time.sleep(0.05)

    def stop(self) -> None:
        if self._running is None or self._thread is None:
            return
        self._running.should_exit = True
        self._running.force_exit = True
        self._thread.join(10)
        self._running = None
        self.engine.dispose()


@contextmanager
def phone(
    playwright: Playwright, folder: Path, address: str, language: str = "zh-CN"
) -> Iterator[BrowserContext]:
    """Open the phone's browser; what it kept in ``folder`` is there again the next time."""
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=find_chromium(),
        args=list(FLAGS),
        viewport=SIZE,  # type: ignore[arg-type]
        has_touch=True,
        is_mobile=True,
        locale=language,
        base_url=address,
    )
    try:
        yield context
    finally:
        context.close()


@contextmanager
def field_register(database_url: str) -> Iterator[Book]:
    """Open a register with a district and two accounts of field teams, wang and chen."""
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    people.add_user(book, "wang", "外业甲", Role.FIELD, PASSWORD)
    people.add_user(book, "chen", "外业乙", Role.FIELD, PASSWORD)
    outline = as_multipolygon(box(109.6, 40.6, 109.9, 40.9))
    places.add_district(book, District("150203", "昆都仑区", "Kundulun", 4546, True, outline))
    yield book
    engine.dispose()


@contextmanager
def standing(settings: Settings) -> Iterator[Server]:
    """Start a server on a free port; it can be stopped and started again at the same one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(settings, port)
    server.start()
    yield server
    server.stop()


def ready(page: Page) -> None:
    """Wait until the page has drawn what it keeps."""
    until(page, "document.documentElement.dataset.ready === 'true'")


def until(page: Page, said: str, seconds: float = 20) -> None:
    """Wait until an expression holds; the page's policy forbids playwright's own way."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if page.evaluate(f"async () => Boolean(await ({said}))"):
                return
        except Error as problem:
            if "context was destroyed" not in problem.message:  # the page was being loaded anew
                raise
        page.wait_for_timeout(100)
    raise AssertionError(f"not within {seconds} s: {said}")


def taken_in(page: Page) -> None:
    """Wait until the phone holds the whole shell and serves the page from it."""
    until(page, "navigator.serviceWorker.controller?.state === 'activated'")


def sign_in(page: Page, username: str = "wang", password: str = PASSWORD) -> None:
    """Sign in on the phone's own screen."""
    page.goto("/field#/me")
    ready(page)
    page.fill("#sign-form [name=username]", username)
    page.fill("#sign-form [name=password]", password)
    page.click("#sign-in")
    page.wait_for_selector(".mylist")
    page.click("[data-screen=me]")
    page.wait_for_selector("#sign-out")
