"""The page as people open it: a real server, a real browser, a watch on every request."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from api.app import create_app
from api.settings import Settings
from gis.store.engine import make_engine
from tests.chromium import find_chromium

FLAGS = (
    *("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
)


@dataclass
class Watch:
    """What a page asked for and complained of."""

    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Serve a register on a free port of this machine; yields the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    engine = make_engine(str(settings.database_url))
    config = uvicorn.Config(
        create_app(settings, engine), host="127.0.0.1", port=port, log_level="warning"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    engine.dispose()


@pytest.fixture(scope="session")
def address(demo_settings: Settings) -> Iterator[str]:
    with serving(demo_settings) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: while playwright runs, its event loop would be in other tests' way."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=["desktop", "phone"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    is_phone = request.param == "phone"
    size = {"width": 390, "height": 844} if is_phone else {"width": 1440, "height": 900}
    context = browser.new_context(
        viewport=size, has_touch=is_phone, is_mobile=is_phone, locale="zh-CN", base_url=address
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


@pytest.fixture
def watch(page: Page, address: str) -> Watch:
    seen = Watch()
    page.on(
        "request",
        lambda r: (
            seen.outside.append(r.url)
            if not r.url.startswith((address, "data:", "blob:"))
            else None
        ),
    )
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: seen.complaints.append(line.text) if line.type == "error" else None,
    )
    return seen
