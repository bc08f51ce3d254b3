"""Phones that work for days in minutes: record, send over bad links, servers killed in between."""

import random
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.chromium import find_chromium
from tests.drills import outbox
from tests.drills.conftest import TEAMS, a_phone, fill_register
from tests.drills.link import Link
from tests.drills.office import Office
from tests.drills.pictures import made

PIECE = 262_144


@dataclass(frozen=True)
class Plan:
    """How much is recorded, and how bad it gets."""

    phones: int
    checks: int
    photos: int
    smallest: int
    largest: int
    rate: int
    kill_every: float
    seed: int
    limit: float


@dataclass
class Report:
    """What the phones recorded and what the server holds of it."""

    recorded: dict[str, str] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    bytes: int = 0
    seconds: float = 0
    kills: int = 0
    cuts: int = 0
    lost_answers: int = 0

    @property
    def missing(self) -> list[str]:
        return [one for one in self.recorded if one not in self.held]

    @property
    def changed(self) -> list[str]:
        both = self.recorded.keys() & self.held.keys()
        return [one for one in both if self.recorded[one] != self.held[one]]

    @property
    def is_whole(self) -> bool:
        return self.held == self.recorded and self.rows == len(self.recorded)

    def sentence(self) -> str:
        """Return the outcome in one sentence."""
        return (
            f"recorded {len(self.recorded)} ({self.bytes / 1e6:.0f} MB), held {len(self.held)}, "
            f"rows {self.rows}: lost {len(self.missing)}, changed {len(self.changed)}, "
            f"doubled {self.rows - len(self.held)}; {self.seconds:.0f} s, {self.kills} kills, "
            f"{self.cuts} cuts, {self.lost_answers} answers lost"
        )


def run(plan: Plan, database_url: str, folder: Path) -> Report:
    """Do as planned on a fresh register; returns what became of it."""
    random.seed(plan.seed)
    report = Report()
    sites = fill_register(database_url, plan.checks)
    office = Office(database_url, folder)
    with ExitStack() as stack:
        stack.callback(office.kill)
        office.start()
        links, pages = _phones(stack, plan, office)
        began = time.monotonic()
        for link in links:
            link.budget = lambda: random.randint(PIECE // 4, 12 * PIECE)
            link.rate = plan.rate
        for number, page in enumerate(pages):
            _record(plan, page, number, sites, folder, report)
        _send(plan, office, links, pages, began)
        report.seconds = time.monotonic() - began
        report.held = office.holds()
        report.rows = office.count("field_checks") + office.count("photos")
        report.kills = office.kills
        report.cuts = sum(link.cuts for link in links)
        report.lost_answers = sum(link.lost for link in links)
    return report


def _phones(stack: ExitStack, plan: Plan, office: Office) -> tuple[list[Link], list[Page]]:
    playwright = stack.enter_context(sync_playwright())
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
    stack.callback(browser.close)
    links, pages = [], []
    for number in range(plan.phones):
        link = Link(office.port).start()
        stack.callback(link.stop)
        links.append(link)
        name = TEAMS[number % len(TEAMS)]
        pages.append(stack.enter_context(a_phone(browser, link, name)).pages[0])
    return links, pages


def _record(
    plan: Plan, page: Page, number: int, sites: list[UUID], folder: Path, report: Report
) -> None:
    """Record a phone's checks; some photographs more or less a check, all of them in the end."""
    shares = [0] * plan.checks
    for _ in range(plan.photos):
        shares[random.randrange(plan.checks)] += 1
    for index, share in enumerate(shares):
        size = random.randint(plan.smallest, plan.largest)
        pictures = made(folder / "made", share, size, number * 1000 + index)
        report.bytes += sum(path.stat().st_size for path in pictures)
        owner = TEAMS[number % len(TEAMS)]
        report.recorded |= outbox.record(page, owner, sites[index], pictures)
        for path in pictures:
            path.unlink()


def _send(plan: Plan, office: Office, links: list[Link], pages: list[Page], began: float) -> None:
    """Let the phones send by themselves until all is there; kill, cut and lose in the meantime."""
    killed = time.monotonic()
    while any(outbox.left(page) for page in pages):
        assert time.monotonic() - began < plan.limit, [outbox.left(page) for page in pages]
        for link in links:
            link.losing = min(link.losing + (random.random() < 0.2), 3)
            link.is_down = random.random() < 0.05
        for page in pages:
            outbox.start_sending(page)
            page.wait_for_timeout(300)
        if time.monotonic() - killed > plan.kill_every:
            office.kill()
            pages[0].wait_for_timeout(500)
            office.start()
            killed = time.monotonic()
