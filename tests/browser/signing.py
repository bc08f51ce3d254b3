"""Signing in past the form, which leads over the map each time and has tests of its own."""

from playwright.sync_api import Page

from api.settings import Settings
from tests.api.known import WRITE


def sign_in(page: Page, username: str, password: str) -> None:
    """Let the page's browser be signed in as ``username``."""
    body = {"username": username, "password": password}
    answer = page.request.post("/api/session", data=body, headers=WRITE)
    assert answer.ok, answer.text()


def enter_demo(page: Page, settings: Settings) -> None:
    """Let the page's browser be signed in to the demo's register as its administrator."""
    sign_in(page, "demo", (settings.data_dir / "demo-password").read_text().strip())
