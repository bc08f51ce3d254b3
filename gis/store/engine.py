"""Connections to PostGIS."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import DataError, DBAPIError, OperationalError

from gis.errors import BadInput, DiskFull, Unavailable

POOL_SECONDS = 5
SESSION = "-c timezone=UTC -c work_mem=16MB -c jit=off -c random_page_cost=1.1"
"""The list of a large register is ordered in memory; compiling its query takes longer than it.

A page of an index costs hardly more than the next page of a table: the register fits in memory.
"""


class DatabaseDown(Unavailable):
    """The server does not answer. Facts: reason."""

    code = "database_down"
    zh = "数据库没有响应（{reason}）。请运行 qingfei db start，或检查 QINGFEI_DATABASE_URL。"
    en = (
        "The database does not answer ({reason}). Run qingfei db start, "
        "or check QINGFEI_DATABASE_URL."
    )


class ValueUnstorable(BadInput):
    """A value that the database refuses: a NUL or half a character, a number out of bounds."""

    code = "value_unstorable"
    zh = "内容中含有无法保存的字符、数值或用词，请更正后重新提交。"
    en = "The content holds a character, number or word that cannot be stored; correct and resend."


def make_engine(url: str) -> sa.Engine:
    """Return an engine on ``url`` that notices a restarted server and joins it again."""
    return sa.create_engine(
        url,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=POOL_SECONDS,
        connect_args={"connect_timeout": POOL_SECONDS, "options": SESSION},
    )


@contextmanager
def connecting(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield a connection; raises DatabaseDown, DiskFull, ValueUnstorable."""
    try:
        connection = engine.connect()
    except (OperationalError, sa.exc.TimeoutError) as error:
        raise DatabaseDown(reason=_first_line(error)) from error
    with connection:
        try:
            yield connection
        except (DataError, UnicodeEncodeError) as error:  # half of a UTF-16 pair is no character
            raise ValueUnstorable() from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise DatabaseDown(reason=_first_line(error)) from error
            if isinstance(error.orig, psycopg.errors.CheckViolation):
                raise ValueUnstorable() from error
            if isinstance(error.orig, psycopg.errors.DiskFull):
                raise DiskFull(path="PostgreSQL") from error
            raise


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
