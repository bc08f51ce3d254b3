"""The open ledger: where verbs write, in whose name, and what time it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from gis.store import log
from gis.store.engine import connecting


def utc_now() -> datetime:
    """Return the server's time, which orders everything."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction of a verb: its connection, its moment, and the log it must fill."""

    connection: sa.Connection
    now: datetime
    actor: str

    def log(
        self,
        verb: str,
        subject_kind: str,
        subject_id: object,
        *,
        before: Any = None,
        after: Any = None,
    ) -> None:
        """Write who did what to which thing, with its old and new form."""
        log.append(
            self.connection,
            at=self.now,
            actor=self.actor,
            verb=verb,
            subject_kind=subject_kind,
            subject_id=str(subject_id),
            before=before,
            after=after,
        )


@dataclass(frozen=True, slots=True)
class Book:
    """A ledger opened by ``actor``; ``clock`` is the server's."""

    engine: sa.Engine
    actor: str
    clock: Callable[[], datetime] = utc_now

    @contextmanager
    def entry(self) -> Iterator[Entry]:
        """Open a transaction; it is stored whole at the end, or not at all.

        Writers take turns from the start, not only from their first log entry: what a verb loads
        is then still so when it writes, no two wait for each other, and the order of their moments
        is the order in which they are stored.
        """
        with connecting(self.engine) as connection, connection.begin():
            log.queue(connection)
            yield Entry(connection, self.clock(), self.actor)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a connection for queries."""
        with connecting(self.engine) as connection:
            yield connection
