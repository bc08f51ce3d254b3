"""Field checks as the register keeps them, for tests of what follows from their state."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from gis.domain.checks.field_check import FieldCheck
from gis.domain.terms import ReviewState, Standing, Verdict, Via
from gis.ledger import Book
from gis.store import shape, tables
from tests.makers import KUNDULUN, square


def that_check(place: Any, **changes: Any) -> dict[str, Any]:
    """What a kept check of a candidate or site says; ``changes`` are its fields."""
    is_site = hasattr(place, "code")
    return {
        "id": uuid4(),
        "candidate_id": None if is_site else place.id,
        "site_code": place.code if is_site else None,
        "seen_version": place.version,
        "verdict": Verdict.WASTE,
        "answers": {},
        "fixes": [],
        "overrides": [],
        "photos": [],
        "recorded_by": "zhou",
        "via": Via.NET,
        "body_sha256": uuid4().hex * 2,
        "district_code": KUNDULUN,
        "seen_outline": square(),
        "received_by": "zhou",
        "clock_offset_s": 0.0,
        "review": ReviewState.RECEIVED,
        "standing": Standing.PLAIN,
        "version": 1,
        "problems": [],
    } | {
        name: {"review": ReviewState, "standing": Standing, "verdict": Verdict}[name](value)
        if name in {"review", "standing", "verdict"}
        else value
        for name, value in changes.items()
    }


def some_checks(book: Book, *checks: dict[str, Any]) -> None:
    """Keep checks as received now by the book's clock, found half an hour before."""
    now = book.clock()
    moments = {"checked_at": now - timedelta(minutes=30), "received_at": now}
    kept = [
        FieldCheck(**moments | {"found_at": now - timedelta(minutes=30)} | check)
        for check in checks
    ]
    with book.entry() as entry:
        shape.insert(entry.connection, tables.field_checks, kept)
