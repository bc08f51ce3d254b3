"""The ledger's log: who did what when, in a chain that shows tampering.

Each entry's hash covers its own canonical form and the entry before it, so that an edited, moved
or removed entry breaks the chain at its place. A cut tail leaves a shorter but whole chain: compare
the head that `verify` prints with one kept outside (an export's cover sheet carries it).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.canonical import canonical
from gis.store import copying
from gis.store.tables import ledger_log

GENESIS = "0" * 64
LOCK = 0x6C6F67


class Head(NamedTuple):
    """The newest entry: its number and hash."""

    seq: int
    hash: str


class Verification(NamedTuple):
    """What a walk along the chain found; ``broken_at`` is the first entry that does not fit."""

    entries: int
    head: Head
    broken_at: int | None


def entry_hash(previous: str, row: dict[str, Any]) -> str:
    """Return the hash of an entry that follows ``previous``."""
    body = {key: value for key, value in row.items() if key != "hash"}
    return hashlib.sha256((previous + canonical(body)).encode()).hexdigest()


def head(connection: sa.Connection) -> Head:
    """Return the newest entry of the chain."""
    newest = sa.select(ledger_log.c.seq, ledger_log.c.hash).order_by(ledger_log.c.seq.desc())
    row = connection.execute(newest.limit(1)).one_or_none()
    return Head(0, GENESIS) if row is None else Head(row.seq, row.hash)


def queue(connection: sa.Connection) -> None:
    """Wait until no other transaction writes; the turn ends with the caller's transaction."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))


@dataclass(frozen=True, slots=True)
class Line:
    """One entry before it has its place in the chain; ``before`` and ``after`` are canonical."""

    at: datetime
    actor: str
    verb: str
    subject_kind: str
    subject_id: str
    before: str | None
    after: str | None


def append(connection: sa.Connection, lines: Sequence[Line]) -> None:
    """Add entries in the caller's transaction; writers queue for the head until they commit."""
    if not lines:
        return
    queue(connection)
    seq, previous = head(connection)
    rows = []
    for line in lines:
        seq += 1
        row = {"seq": seq, **{f.name: getattr(line, f.name) for f in fields(Line)}}
        previous = row["hash"] = entry_hash(previous, row)
        rows.append(row)
    copying.copy_in(connection, ledger_log, rows)


def verify(connection: sa.Connection) -> Verification:
    """Walk the whole chain and say where it first breaks, if it does."""
    previous, count = GENESIS, 0
    query = sa.select(ledger_log).order_by(ledger_log.c.seq)
    with connection.execute(query, execution_options={"yield_per": 1000}) as entries:
        for row in entries.mappings():
            count += 1
            if row["seq"] != count or row["hash"] != entry_hash(previous, dict(row)):
                return Verification(count, head(connection), row["seq"])
            previous = row["hash"]
    return Verification(count, Head(count, previous), None)


def history(connection: sa.Connection, subject_id: str) -> list[dict[str, Any]]:
    """Return the entries about one subject, oldest first: at, actor, verb."""
    query = (
        sa.select(ledger_log.c.at, ledger_log.c.actor, ledger_log.c.verb)
        .where(ledger_log.c.subject_id == subject_id)
        .order_by(ledger_log.c.seq)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def told(connection: sa.Connection, subject_id: str) -> list[dict[str, Any]]:
    """Return the entries about one subject whole, oldest first."""
    query = (
        sa.select(ledger_log)
        .where(ledger_log.c.subject_id == subject_id)
        .order_by(ledger_log.c.seq)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
