"""Many rows at once by COPY: some three times faster than INSERT, in the same transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.sql import SQL, Identifier


def copy_in(connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Store rows that name every column of ``table``, in the form that the database takes.

    Nothing of SQLAlchemy's types is applied: words come as their values, JSON as text. What the
    database refuses is raised as by INSERT.
    """
    names = [column.name for column in table.c]
    driver = connection.connection.driver_connection
    assert driver is not None
    statement = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(table.name), SQL(",").join(map(Identifier, names))
    )
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    except psycopg.Error as error:
        raise sa.exc.DBAPIError.instance(
            f"COPY {table.name}",
            None,
            error,
            psycopg.Error,
            connection_invalidated=bool(driver.closed),
            dialect=connection.dialect,
        ) from error
