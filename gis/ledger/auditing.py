"""Proving the log, and writing into it what was handed out; reading it leaves no trace."""

import hashlib
from pathlib import Path
from typing import Any

from gis.domain.log_search import LogCheck
from gis.ledger.book import Book
from gis.store import log, shape, sight, tables


def check_log(book: Book) -> LogCheck:
    """Walk along the whole chain and keep what was found beside it; raises WholeDistrictOnly.

    The walk is one query, which sees the log as it was when it began; nobody waits for it.
    """
    with book.reading() as connection:
        sight.require_whole(connection)
        found = log.verify(connection)
        check = LogCheck(
            at=book.clock(),
            by=book.actor,
            entries=found.entries,
            head_seq=found.head.seq,
            head_hash=found.head.hash,
            broken_at=found.broken_at,
        )
        shape.insert(connection, tables.log_checks, [check])
        connection.commit()
        return check


def hand_out(book: Book, what: str, subject: object, content: bytes | Path, **about: Any) -> None:
    """Write into the log that a file left the house: what, of what, how many rows, its hash.

    ``what`` names the verb, as `inventory` does `export_inventory`. Nothing is handed out before
    this is stored.
    """
    if isinstance(content, Path):
        with content.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = content.stat().st_size
    else:
        sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    facts = {"sha256": sha256, "size_bytes": size}
    said = {name: value for name, value in about.items() if value not in (None, "")}
    with book.entry() as entry:
        entry.log(f"export_{what}", "export", subject, after=facts | said)
