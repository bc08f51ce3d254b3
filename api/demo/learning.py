"""The demo's field season: two checks of the followed quarries that teach, and labels to learn."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

from api.demo.accounts import ACCOUNTS
from api.demo.follow_up import FOLLOWED
from api.label_shelf import MANIFEST
from api.settings import Settings
from gis.domain.checks.answers import Answers
from gis.domain.checks.field_check import CheckSent
from gis.domain.sites.site import Site
from gis.domain.terms import ReviewAct, ReviewState, SiteKind, Verdict, Via, WasteClass
from gis.exports.samples import write_set
from gis.ledger import Book
from gis.ledger.checks import record_field_check
from gis.ledger.reviews import ReviewAsked, review_check
from gis.ledger.samples import freeze_if_new
from gis.store import checks, sites

NAMESPACE = UUID("5d6c1f0e-2b7a-5e0d-8a54-64656d6f6c6e")
LABELS = "演示标注"
TEAM, TEAM_NAME = ACCOUNTS[1][:2]
CHECKED_AT = datetime(2022, 6, 20, 2, 0, tzinfo=UTC)
NOTE = "演示数据：现场核实为虚构，用于演示样本集与重新训练"


def teach_demo(book: Book, settings: Settings, folder: Path, district_code: str) -> None:
    """Check the followed places, freeze what that teaches, and put the demo's labels on the shelf.

    Again it adds nothing.
    """
    with book.reading() as connection:
        codes = [sites.code_named(connection, district_code, name) for name in FOLLOWED.values()]
        followed = [sites.site(connection, code) for code in codes if code is not None]
    taught = [_checked(book, one) for one in followed]
    if any(taught):
        freeze_if_new(book, settings.samples_dir, district_code, write_set)
    _put_labels(settings, folder)


def _checked(book: Book, site: Site) -> bool:
    """File a passed check of a site; return whether it is new."""
    check_id = uuid5(NAMESPACE, site.code)
    with book.reading() as connection:
        known = checks.filed(connection, check_id)
    if known is None:
        said = Answers(kind=SiteKind.MINE_PIT, waste_class=WasteClass.NONE, note=NOTE)
        sent = CheckSent(
            id=check_id,
            candidate_id=None,
            site_code=site.code,
            seen_version=site.version,
            verdict=Verdict.PIT,
            answers=said.plain(),
            fixes=[],
            overrides=[],
            photos=[],
            checked_at=CHECKED_AT,
            recorded_by=TEAM_NAME,
            via=Via.NET,
            body_sha256=hashlib.sha256(f"{site.code} {NOTE}".encode()).hexdigest(),
        )
        field = Book(book.engine, TEAM, book.clock)
        known, _ = record_field_check(field, sent, at_once=False)
    if known.review is not ReviewState.RECEIVED:
        return False
    step = uuid5(NAMESPACE, f"{site.code} passed")
    review_check(book, ReviewAsked(step, check_id, ReviewAct.APPROVE, "", {}, known.version))
    return True


def _put_labels(settings: Settings, folder: Path) -> None:
    """Name the demo's own labels on the shelf, where they lie; nothing is copied."""
    shelf = settings.labels_dir / LABELS
    if (shelf / MANIFEST).exists():
        return
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    for key in ("image", "labels"):
        text = text.replace(f'{key} = "', f'{key} = "{folder.resolve().as_posix()}/')
    shelf.mkdir(parents=True, exist_ok=True)
    (shelf / MANIFEST).write_text(text, encoding="utf-8")
