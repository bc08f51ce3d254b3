"""Many rows at once by COPY: some three times faster than INSERT, in the same transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from psycopg.sql import SQL, Identifier


def copy_in(connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Store rows that name every column of ``table``, in the form that the database takes.

    Nothing of SQLAlchemy's types is applied: words come as their values, JSON as text.
    """
    names = [column.name for column in table.c]
    driver = connection.connection.driver_connection
    assert driver is not None
    statement = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(table.name), SQL(",").join(map(Identifier, names))
    )
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])
