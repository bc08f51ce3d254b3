"""Nouns to rows and back: a table's columns are its noun's fields, only geometry changes form."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

import shapely
import sqlalchemy as sa
from geoalchemy2 import Geometry, WKBElement
from geoalchemy2.shape import from_shape, to_shape
from shapely.geometry.base import BaseGeometry

from gis.domain.place import STORE_EPSG
from gis.store import copying

N = TypeVar("N")

MANY = 50
"""From so many nouns on, COPY is worth its preparation."""


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return a noun's field names; asked for each row, so worked out once."""
    return tuple(field.name for field in fields(kind))


def row_of(noun: Any) -> dict[str, Any]:
    """Return the row that stores ``noun``."""
    return {name: stored(getattr(noun, name)) for name in _names(noun.__class__)}


def noun_of(kind: type[N], row: Mapping[Any, Any]) -> N:
    """Return the noun of ``kind`` that ``row`` stores; further columns are passed over."""
    return kind(**{field.name: _value(row[field.name]) for field in fields(kind)})  # type: ignore[arg-type]


def stored(value: Any) -> Any:
    """Return a value in the form that the database takes."""
    return from_shape(value, srid=STORE_EPSG) if isinstance(value, BaseGeometry) else value


def _value(value: Any) -> Any:
    return to_shape(value) if isinstance(value, WKBElement) else value


def loaded(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row that is no single noun, with its geometry as shapely objects."""
    found = dict(row)
    for key, value in found.items():
        if value.__class__ is WKBElement:  # few of many values: a call for each would cost most
            found[key] = to_shape(value)
    return found


def insert(connection: sa.Connection, table: sa.Table, nouns: Iterable[Any]) -> None:
    """Store new nouns, many by COPY where they name every column."""
    nouns = list(nouns)
    if len(nouns) >= MANY and {*_names(nouns[0].__class__)} == {*table.c.keys()}:
        writers = {column.name: _writer(connection, column) for column in table.c}
        rows = ({name: write(getattr(n, name)) for name, write in writers.items()} for n in nouns)
        copying.copy_in(connection, table, rows)
    elif nouns:
        connection.execute(sa.insert(table), [row_of(noun) for noun in nouns])


def _writer(connection: sa.Connection, column: sa.Column[Any]) -> Callable[[Any], Any]:
    """Return what makes of a noun's value the form that COPY takes."""
    if isinstance(column.type, Geometry):
        return _ewkb
    kind = column.type.dialect_impl(connection.dialect)
    return kind.bind_processor(connection.dialect) or _same


def _ewkb(value: BaseGeometry | None) -> str | None:
    if value is None:
        return None
    return str(shapely.to_wkb(shapely.set_srid(value, STORE_EPSG), hex=True, include_srid=True))


def _same(value: Any) -> Any:
    return value


def replace(connection: sa.Connection, table: sa.Table, noun: Any) -> None:
    """Store a changed noun over the row with its id."""
    connection.execute(sa.update(table).where(table.c.id == noun.id).values(**row_of(noun)))


def select_all(connection: sa.Connection, kind: type[N], query: sa.Select[Any]) -> list[N]:
    """Return the nouns that ``query`` finds."""
    return [noun_of(kind, row) for row in connection.execute(query).mappings()]


def select_one(connection: sa.Connection, kind: type[N], query: sa.Select[Any]) -> N | None:
    """Return the noun that ``query`` finds, or None."""
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else noun_of(kind, row)
