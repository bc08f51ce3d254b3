"""One moment of the register, read by one connection or by two at the same time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from gis.store.engine import connecting

One = TypeVar("One")
Other = TypeVar("Other")


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection whose queries all see the register as it is at the first of them."""
    with connecting(engine) as connection:
        yield connection.execution_options(isolation_level="REPEATABLE READ")


def at_once(
    connection: sa.Connection,
    one: Callable[[sa.Connection], One],
    other: Callable[[sa.Connection], Other],
) -> tuple[One, Other]:
    """Return two readings of a `snapshot`, made side by side where a connection is to spare.

    ``other`` reads on a second connection that sees the same moment and the same sight, but none
    of the first one's temporary tables. A full pool is not waited for.
    """
    pool = connection.engine.pool
    if not isinstance(pool, QueuePool) or pool.checkedout() >= pool.size():
        return one(connection), other(connection)
    name = connection.scalar(sa.select(sa.func.pg_export_snapshot()))
    with snapshot(connection.engine) as second, ThreadPoolExecutor(1) as thread:
        second.execute(sa.text(f"set transaction snapshot '{name}'"))
        waiting = thread.submit(other, second)
        return one(connection), waiting.result()
