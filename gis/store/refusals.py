"""Queries on failed log-ins and refusals: counted, so that a flood of them fills nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from gis.store.tables import failed_logins, refusals, users

ONE_BY_ONE = 20
"""So many refusals a minute of one account at one address are logged each; then the 100th, …"""


@dataclass(frozen=True, slots=True)
class Lock:
    """A name that an address may not try for a while."""

    username: str
    address: str
    failures: int
    last_at: datetime


def failures(connection: sa.Connection, username: str, address: str, since: datetime) -> int:
    """Return how many log-ins of a name failed in a row from an address since a moment."""
    query = sa.select(failed_logins.c.failures).where(
        failed_logins.c.username == username,
        failed_logins.c.address == address,
        failed_logins.c.last_at > since,
    )
    return connection.execute(query).scalar_one_or_none() or 0


def failures_from(connection: sa.Connection, address: str, since: datetime) -> int:
    """Return how many log-ins of any name failed from an address since a moment."""
    query = sa.select(sa.func.coalesce(sa.func.sum(failed_logins.c.failures), 0)).where(
        failed_logins.c.address == address, failed_logins.c.last_at > since
    )
    return int(connection.execute(query).scalar_one())


def count_failure(
    connection: sa.Connection, username: str, address: str, now: datetime, since: datetime
) -> int:
    """Count one more failed log-in; failures before ``since`` no longer count; return how many."""
    row = insert(failed_logins).values(username=username, address=address, failures=1, last_at=now)
    again = sa.case((failed_logins.c.last_at > since, failed_logins.c.failures + 1), else_=1)
    number: int = connection.execute(
        row.on_conflict_do_update(
            index_elements=["username", "address"], set_={"failures": again, "last_at": now}
        ).returning(failed_logins.c.failures)
    ).scalar_one()
    if number == 1:
        old = failed_logins.c.last_at < now - timedelta(days=1)
        connection.execute(sa.delete(failed_logins).where(old))
    return number


def forget_failures(connection: sa.Connection, username: str, address: str | None = None) -> int:
    """Start counting anew, from one address or all; returns how many addresses had failed."""
    theirs = failed_logins.c.username == username
    if address is not None:
        theirs &= failed_logins.c.address == address
    return connection.execute(sa.delete(failed_logins).where(theirs)).rowcount


def locks(connection: sa.Connection, most: int, since: datetime) -> list[Lock]:
    """Return the accounts' names that are locked at some address, by name."""
    query = (
        sa.select(failed_logins)
        .join(users, users.c.username == failed_logins.c.username)
        .where(failed_logins.c.failures >= most, failed_logins.c.last_at > since)
        .order_by(failed_logins.c.username, failed_logins.c.address)
    )
    return [Lock(**row) for row in connection.execute(query).mappings()]


def count(connection: sa.Connection, verb: str, whom: str, now: datetime) -> int:
    """Count a refusal of this minute to somebody; returns how many there were with it."""
    minute = now.replace(second=0, microsecond=0)
    row = insert(refusals).values(verb=verb, whom=whom, minute=minute, number=1)
    number: int = connection.execute(
        row.on_conflict_do_update(
            index_elements=["verb", "whom", "minute"],
            set_={"number": refusals.c.number + 1},
        ).returning(refusals.c.number)
    ).scalar_one()
    if number == 1:
        old = refusals.c.minute < now - timedelta(days=1)
        connection.execute(sa.delete(refusals).where(old))
    return number


def is_logged(number: int) -> bool:
    """Say whether the so-manieth refusal of a minute gets an entry of its own in the log.

    >>> [n for n in (1, 20, 21, 99, 100, 101, 1000, 2000) if is_logged(n)]
    [1, 20, 100, 1000]
    """
    return number <= ONE_BY_ONE or str(number).rstrip("0") == "1"
