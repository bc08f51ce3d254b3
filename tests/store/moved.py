"""Databases of an earlier revision: filled as that program did, then brought to today's schema."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from shapely import wkb

from gis.store.engine import make_engine
from gis.store.migrate import MIGRATIONS_DIR, upgrade
from tests import throwaway
from tests.makers import square

OUTLINE = wkb.dumps(square(), srid=4490, hex=True)


@contextmanager
def moved(
    server_url: str, revision: str, fill: Callable[[sa.Connection], None]
) -> Iterator[sa.Connection]:
    """Make a database of ``revision``, fill it, migrate it to the head and read it."""
    name = f"test_{uuid4().hex[:16]}"
    url = throwaway.create(server_url, name)
    engine = make_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS_DIR))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        fill(connection)
    upgrade(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
    throwaway.drop(server_url, name)


def add_district(connection: sa.Connection) -> None:
    """Insert the district that codes begin with, 150203."""
    text = (
        "insert into districts (code, name_zh, name_en, metric_epsg, is_demo, outline) "
        "values ('150203', '昆', 'K', 4546, true, :outline)"
    )
    connection.execute(sa.text(text), {"outline": OUTLINE})


def put(connection: sa.Connection, table: str, noun: Any, **changes: Any) -> None:
    """Insert what the table of that time has of a noun of today."""
    names = {column["name"] for column in sa.inspect(connection).get_columns(table)}
    row = {f.name: getattr(noun, f.name) for f in fields(noun) if f.name in names} | changes
    plain = {
        name: wkb.dumps(value, srid=4490, hex=True)
        if name == "outline"
        else str(value)
        if isinstance(value, StrEnum)
        else value
        for name, value in row.items()
    }
    listed = ", ".join(plain)
    marks = ", ".join(f":{name}" for name in plain)
    connection.execute(sa.text(f"insert into {table} ({listed}) values ({marks})"), plain)
