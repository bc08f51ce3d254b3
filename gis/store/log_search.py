"""Searching the ledger's log, newest first, at any length.

A day is turned into entry numbers first, for entries stand in the order of their moments. Words are
looked for in the entries themselves, some thousands at a time: an answer says how far back it has
looked, and the next one goes on from there.
"""

from collections.abc import Iterator
from datetime import datetime
from time import monotonic
from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.log_search import LogAsked, LogCheck
from gis.store import shape, sight
from gis.store.tables import ledger_log, log_checks

AT_ONCE = 5_000
"""So many entries are looked through between two looks at the clock."""
SECONDS = 2.0
"""So long one answer looks for words before it says how far it came."""

line = ledger_log.c
SHORT = (line.seq, line.at, line.actor, line.verb, line.subject_kind, line.subject_id)


class Found(NamedTuple):
    """Entries found; ``next`` is the entry before which to go on, None when all was looked at.

    ``back_to`` is the moment of the oldest entry that was looked at.
    """

    entries: list[dict[str, Any]]
    next: int | None
    back_to: datetime | None


def search(
    connection: sa.Connection,
    asked: LogAsked,
    *,
    before: int | None,
    limit: int,
    seconds: float = SECONDS,
) -> Found:
    """Return the newest entries that fit, before entry ``before``; raises WholeDistrictOnly."""
    sight.require_whole(connection)
    first, last = _bounds(connection, asked)
    last = last if before is None else min(last, before - 1)
    if not asked.text:
        rows = _rows(connection, asked, first, last, limit + 1)
        more = rows[limit - 1]["seq"] if len(rows) > limit else None
        return _found(connection, rows[:limit], more, first)
    return _read_through(connection, asked, first, last, limit, seconds)


def _read_through(
    connection: sa.Connection, asked: LogAsked, first: int, last: int, limit: int, seconds: float
) -> Found:
    found: list[dict[str, Any]] = []
    stop = monotonic() + seconds
    while last >= first:
        step = max(first, last - AT_ONCE + 1)
        if not _narrow(asked):
            rows = _rows(connection, asked, step, last, limit - len(found))
        else:
            step, rows = first, _rows(connection, asked, first, last, limit - len(found))
        found += rows
        if len(found) == limit:
            return _found(connection, found, found[-1]["seq"], first)
        last = step - 1
        if monotonic() > stop and last >= first:
            return _found(connection, found, last + 1, first)
    return _found(connection, found, None, first)


def _narrow(asked: LogAsked) -> bool:
    """Return whether an index leads to few entries, which can be read at once."""
    return bool(asked.subject)


def _found(
    connection: sa.Connection, entries: list[dict[str, Any]], more: int | None, first: int
) -> Found:
    if more is not None and more <= first:
        more = None
    oldest = sa.select(line.at).where(line.seq == more)
    return Found(entries, more, None if more is None else connection.scalar(oldest))


def _bounds(connection: sa.Connection, asked: LogAsked) -> tuple[int, int]:
    """Return the first and the last entry that a search's days allow."""
    first, last = 1, connection.scalar(sa.select(sa.func.max(line.seq))) or 0
    if asked.since is not None:
        since = sa.select(line.seq).where(line.at >= asked.since)
        first = connection.scalar(since.order_by(line.at, line.seq).limit(1)) or last + 1
    if asked.until is not None:
        until = sa.select(line.seq).where(line.at < asked.until)
        last = connection.scalar(until.order_by(line.at.desc(), line.seq.desc()).limit(1)) or 0
    return first, last


def _rows(
    connection: sa.Connection, asked: LogAsked, first: int, last: int, limit: int
) -> list[dict[str, Any]]:
    query = sa.select(*SHORT, line.before.is_not(None).label("has_before"))
    query = query.where(line.seq.between(first, last), *_tests(asked))
    found = connection.execute(query.order_by(line.seq.desc()).limit(limit))
    return [dict(row) for row in found.mappings()]


def _tests(asked: LogAsked) -> list[sa.ColumnElement[bool]]:
    tests: list[sa.ColumnElement[bool]] = []
    if asked.who:
        tests.append(line.actor == asked.who)
    if asked.verbs:
        tests.append(line.verb.in_(asked.verbs))
    if asked.kind:
        tests.append(line.subject_kind == asked.kind)
    if asked.subject:
        tests.append(line.subject_id == asked.subject)
    if asked.text:
        said = sa.func.concat_ws(" ", line.subject_id, line.before, line.after)
        tests += [said.icontains(word, autoescape=True) for word in asked.text.split()]
    return tests


def count(connection: sa.Connection, asked: LogAsked, most: int) -> int:
    """Return how many entries fit, or ``most`` + 1 where there are more."""
    sight.require_whole(connection)
    first, last = _bounds(connection, asked)
    some = sa.select(line.seq).where(line.seq.between(first, last), *_tests(asked)).limit(most + 1)
    return connection.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0


def whole(connection: sa.Connection, asked: LogAsked) -> Iterator[dict[str, Any]]:
    """Yield the entries that fit, oldest first and whole, each with the hash ``previous`` to it."""
    sight.require_whole(connection)
    first, last = _bounds(connection, asked)
    earlier = ledger_log.alias("earlier")
    query = (
        sa.select(ledger_log, earlier.c.hash.label("previous"))
        .select_from(ledger_log.outerjoin(earlier, earlier.c.seq == line.seq - 1))
        .where(line.seq.between(first, last), *_tests(asked))
        .order_by(line.seq)
    )
    with connection.execute(query, execution_options={"yield_per": 1000}) as rows:
        for row in rows.mappings():
            yield dict(row)


def entry(connection: sa.Connection, seq: int) -> dict[str, Any]:
    """Return one entry whole; raises NotInRegister, WholeDistrictOnly."""
    sight.require_whole(connection)
    row = connection.execute(sa.select(ledger_log).where(line.seq == seq)).mappings().one_or_none()
    if row is None:
        raise NotInRegister(id=seq)
    return dict(row)


def words(connection: sa.Connection, name: str) -> list[str]:
    """Return what stands in a column of the log, by leaps along its index; it must have one."""
    column = line[name]
    start = sa.select(sa.func.min(column).label("word")).cte("leaps", recursive=True)
    following = sa.select(sa.func.min(column)).where(column > start.c.word).scalar_subquery()
    leaps = start.union_all(sa.select(following).where(start.c.word.is_not(None)))
    found = connection.scalars(sa.select(leaps.c.word).where(leaps.c.word.is_not(None)))
    return sorted(found)


def last_check(connection: sa.Connection) -> LogCheck | None:
    """Return the last walk along the chain, or None."""
    query = sa.select(log_checks).order_by(log_checks.c.at.desc()).limit(1)
    return shape.select_one(connection, LogCheck, query)
