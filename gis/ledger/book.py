"""The open ledger: where verbs write, in whose name, and what time it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from gis.domain.canonical import canonical
from gis.store import listed, log, sight
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
    lines: list[log.Line] = field(default_factory=list)

    def log(
        self,
        verb: str,
        subject_kind: str,
        subject_id: object,
        *,
        before: Any = None,
        after: Any = None,
    ) -> None:
        """Say who did what to which thing, with its old and new form; stored as the entry ends."""
        line = log.Line(
            at=self.now,
            actor=self.actor,
            verb=verb,
            subject_kind=subject_kind,
            subject_id=str(subject_id),
            before=None if before is None else canonical(before),
            after=None if after is None else canonical(after),
        )
        self.lines.append(line)


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
        is the order in which they are stored. Nothing is stored that an account with a limited
        sight does to places of elsewhere, whatever the verb; raises BeyondSight, WholeDistrictOnly.
        """
        with connecting(self.engine) as connection, connection.begin():
            log.queue(connection)
            entry = Entry(connection, self.clock(), self.actor)
            yield entry
            log.append(connection, entry.lines)
            touched = {(line.subject_kind, line.subject_id) for line in entry.lines}
            listed.refresh(connection, {code for kind, code in touched if kind == "site"})
            sight.require_seen(connection, touched)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a connection for queries."""
        with connecting(self.engine) as connection:
            yield connection
