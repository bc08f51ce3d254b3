"""A phone in the field: a register with work given out, a small browser, its position."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Page

from gis.domain.people.assignment import PlaceRef, WorkSent
from gis.domain.terms import Role
from gis.ledger import Book, people, places
from gis.ledger.field_work import give_work
from gis.store import shape, tables
from tests.api.known import PASSWORD
from tests.makers import KUNDULUN, a_candidate, a_district

PHONE = {"width": 390, "height": 844}
TEAM = "zhou"
HERE = {"longitude": 109.70, "latitude": 40.70, "accuracy": 8}


def open_field_register(book: Book) -> None:
    """Open a district and an account of a field team."""
    places.add_district(book, a_district())
    people.add_user(book, TEAM, "周师傅", Role.FIELD, PASSWORD)
    people.add_user(book, "mei", "梅科长", Role.MANAGER, PASSWORD)
    with book.entry() as entry:
        entry.connection.execute(tables.users.update().values(must_change=False))


def file_candidates(book: Book, *candidates: Any) -> None:
    """File candidates as they are."""
    with book.entry() as entry:
        shape.insert(entry.connection, tables.candidates, list(candidates))


def give(book: Book, *candidates: Any, **changes: Any) -> None:
    """Give candidates to the field team."""
    refs = tuple(PlaceRef(one.id, None) for one in candidates)
    sent = {"due_on": None, "note": "", "username": TEAM, "team_id": None} | changes
    give_work(book, WorkSent(id=uuid4(), district_code=KUNDULUN, places=refs, **sent))


def a_pile(**changes: Any) -> Any:
    """A candidate."""
    return a_candidate(**changes)


@dataclass
class Phone:
    """A phone's browser and its one page."""

    context: BrowserContext
    page: Page

    def wait(self, script: str, seconds: float = 15) -> Any:
        """Return what a script gives once it is true."""
        for _ in range(int(seconds * 20)):
            found = self.page.evaluate(script)
            if found:
                return found
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {script}")

    def ready(self) -> None:
        """Wait until the page has drawn itself."""
        self.wait('document.documentElement.dataset.ready === "true"')

    def open(self, screen: str) -> None:
        """Go to a screen by its hash."""
        self.page.evaluate(f"location.hash = {screen!r}")


@contextmanager
def phone(
    browser: Browser, address: str, language: str = "zh-CN", **options: Any
) -> Iterator[Phone]:
    """Yield a phone that is signed in, online, and knows where it is."""
    context = browser.new_context(
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
        locale=language,
        base_url=address,
        permissions=["geolocation"],
        geolocation=HERE,
        **options,
    )
    context.add_cookies([{"name": "qingfei_language", "value": language, "url": address}])
    signed = context.request.post(
        "/api/session",
        data={"username": TEAM, "password": PASSWORD, "device": "phone"},
        headers={"X-Requested-With": "qingfei"},
    )
    assert signed.ok, signed.text()
    page = context.new_page()
    page.set_default_timeout(20_000)
    found = Phone(context, page)
    page.goto("/field")
    found.ready()
    yield found
    context.close()
