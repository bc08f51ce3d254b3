"""Pages by key: no offset, so that a list of any length turns its pages at the same speed."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from gis.errors import BadInput

N = TypeVar("N")


class CursorUnknown(BadInput):
    """A page cursor that this list did not hand out."""

    code = "cursor_unknown"
    zh = "翻页标记无效，请从第一页重新开始。"
    en = "The page mark is not valid; start again from the first page."


@dataclass(frozen=True, slots=True)
class Page(Generic[N]):
    """Some rows, the mark of the next page (None at the end), and how many rows there are."""

    items: list[N]
    next: str | None
    total: int


def keyset(
    connection: sa.Connection,
    query: sa.Select[Any],
    *,
    order: Sequence[sa.ColumnElement[Any]],
    read: Callable[[Any], N],
    limit: int,
    after: str | None,
) -> Page[N]:
    """Return the page of ``query`` after the mark ``after``; ``order`` must be unique and rising.

    Raises CursorUnknown.
    """
    total = connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    keys = [column.label(f"key_{i}") for i, column in enumerate(order)]
    rows = query.add_columns(*keys).order_by(*order).limit(limit + 1)
    if after is not None:
        types = [column.type for column in order]
        marks = [
            sa.cast(sa.literal(value, sa.Text), kind)
            for value, kind in zip(_unpack(after, len(keys)), types, strict=True)
        ]
        rows = rows.where(sa.tuple_(*order) > sa.tuple_(*marks))
    try:
        found = list(connection.execute(rows).mappings())
    except sa.exc.DataError as error:  # a mark's value that is not of its column's kind
        if after is None:
            raise
        raise CursorUnknown() from error
    mark = None
    if len(found) > limit:
        last = found[limit - 1]
        mark = _pack([str(last[key.name]) for key in keys])
    return Page([read(row) for row in found[:limit]], mark, total)


def _pack(values: list[str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def _unpack(mark: str, length: int) -> list[str]:
    try:
        values = json.loads(base64.urlsafe_b64decode(mark.encode()))
    except (ValueError, RecursionError) as error:
        raise CursorUnknown() from error
    if not isinstance(values, list) or len(values) != length:
        raise CursorUnknown()
    if not all(isinstance(value, str) for value in values):
        raise CursorUnknown()
    return values
