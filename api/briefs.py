"""The brief as of a day, for both doors."""

from datetime import date
from pathlib import Path

from gis.domain.board import month_before
from gis.domain.errors import DateInFuture
from gis.domain.inventory import cells
from gis.domain.listing import EVERYTHING, Wanted, describe
from gis.exports.brief import Brief
from gis.exports.workbook import content_hash
from gis.ledger import Book
from gis.ledger.auditing import hand_out
from gis.ledger.grading import rules_in_force
from gis.store import board, listing, places
from gis.store.register import CHINA, end_of
from gis.store.snapshot import snapshot

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def brief_as_of(
    book: Book,
    district_code: str,
    day: date,
    wanted: Wanted = EVERYTHING,
    since: date | None = None,
    issue: str = "",
) -> Brief:
    """Return what an issue says: board, list and rules from one snapshot.

    Changes are those since a month before, unless told otherwise. Raises DistrictUnknown,
    DateInFuture, SinceTooLate, SinceMissing.
    """
    today = book.clock().astimezone(CHINA).date()
    if day > today:
        raise DateInFuture(day=day)
    scope = listing.Scope(district_code, end_of(day), is_now=day == today)
    with snapshot(book.engine) as connection:
        district = places.district(connection, district_code)
        found = board.board(connection, scope, wanted, since or month_before(day))
        rows = listing.rows(connection, scope, wanted)
        current = rules_in_force(connection)
    used = sorted({row["rule_set"] for row in rows if row["rule_set"]})
    return Brief(
        district_name=district.name_zh,
        is_demo=district.is_demo,
        board=found,
        rule_set="、".join(used) or current.name,
        content_hash=content_hash(cells(rows)),
        issue=issue,
    )


def handed_out(book: Book, made: Brief, content: bytes | Path) -> None:
    """Write into the log that a brief left the house."""
    about = {
        "format": "docx",
        "as_of": made.board.day,
        "since": made.board.since,
        "filter": describe(made.board.wanted).zh,
        "rows": made.board.total.sites,
    }
    hand_out(book, "brief", made.board.district_code, content, **about)
