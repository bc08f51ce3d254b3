"""What every table is made of: names, columns, controlled words, shapes."""

from typing import Any

import sqlalchemy as sa
from geoalchemy2 import Geometry

from gis.domain import terms
from gis.domain.place import STORE_EPSG

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class TermText(sa.types.TypeDecorator[terms.Term]):
    """A controlled word, stored as its value."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, term: type[terms.Term]) -> None:
        self.term = term
        super().__init__()

    def process_bind_param(self, value: terms.Term | str | None, dialect: Any) -> str | None:
        """Return the stored text; a word that is not of this vocabulary raises KeyError."""
        return None if value is None else self.term.of(value).value

    def process_result_value(self, value: str | None, dialect: Any) -> terms.Term | None:
        """Return the word."""
        return None if value is None else self.term.of(value)


def shape(kind: str) -> Geometry:
    """Return a geometry column type in the stored CRS; its index is declared by `gist`."""
    return Geometry(kind, srid=STORE_EPSG, spatial_index=False)


def column(name: str, kind: Any, *args: Any, null: bool = False, **options: Any) -> sa.Column[Any]:
    """Return a column that refuses null unless told otherwise."""
    return sa.Column(name, kind, *args, nullable=null, **options)


def timestamp(name: str) -> sa.Column[Any]:
    """Return a moment in time, with its zone."""
    return column(name, sa.TIMESTAMP(timezone=True))


def gist(table: str, column: str) -> sa.Index:
    """Return the spatial index of a geometry column."""
    return sa.Index(f"ix_{table}_{column}", column, postgresql_using="gist")
