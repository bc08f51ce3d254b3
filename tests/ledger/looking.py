"""What a test of the verbs looks at: rows, candidates, the log."""

import sqlalchemy as sa

from gis.domain.detection.candidate import Candidate
from gis.ledger import Book
from gis.store import shape, tables


def rows(book: Book, *names: str) -> dict[str, int]:
    """How many rows each table holds."""
    with book.reading() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(getattr(tables, name)))
            for name in names
        }


def everything(book: Book) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with book.reading() as connection:
        return {
            name: sorted(str([*map(str, row)]) for row in connection.execute(sa.select(table)))
            for name, table in tables.metadata.tables.items()
        }


def all_candidates(book: Book) -> list[Candidate]:
    """Every candidate, from west to east."""
    with book.reading() as connection:
        found = shape.select_all(connection, Candidate, sa.select(tables.candidates))
    return sorted(found, key=lambda candidate: candidate.outline.bounds)


def verbs(book: Book) -> list[str]:
    """The verbs of the log, in order."""
    with book.reading() as connection:
        return list(
            connection.scalars(
                sa.select(tables.ledger_log.c.verb).order_by(tables.ledger_log.c.seq)
            )
        )
