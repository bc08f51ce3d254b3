"""Pages by key: no offset, so that a list of any length turns its pages at the same speed."""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa

from gis.errors import BadInput
from gis.store import sight

N = TypeVar("N")
Marks = list[str | None]


class CursorUnknown(BadInput):
    """A page cursor that this list, in this order and under this filter, did not hand out."""

    code = "cursor_unknown"
    zh = "翻页标记无效，请从第一页重新开始。"
    en = "The page mark is not valid; start again from the first page."


class Key(NamedTuple):
    """One key of an order; what is null comes last in both directions."""

    column: sa.ColumnElement[Any]
    is_descending: bool = False
    may_be_null: bool = False

    def order(self, column: sa.ColumnElement[Any]) -> sa.UnaryExpression[Any]:
        """Return the order of ``column``, which holds this key's values."""
        order = column.desc() if self.is_descending else column.asc()
        return order.nulls_last() if self.may_be_null else order

    def follows(self, mark: str | None) -> sa.ColumnElement[bool]:
        """Return whether a row's key comes after a mark."""
        if mark is None:
            return sa.false()
        value = self._literal(mark)
        later = self.column < value if self.is_descending else self.column > value
        return later | self.column.is_(None) if self.may_be_null else later

    def equals(self, mark: str | None) -> sa.ColumnElement[bool]:
        """Return whether a row's key is that of a mark."""
        return self.column.is_(None) if mark is None else self.column == self._literal(mark)

    def _literal(self, mark: str) -> sa.ColumnElement[Any]:
        return sa.cast(sa.literal(mark, sa.Text), self.column.type)


@dataclass(frozen=True, slots=True)
class Page(Generic[N]):
    """Some rows, the mark of the next page (None at the end), and how many rows there are.

    The rows are counted with the first page; the mark carries their number on.
    """

    items: list[N]
    next: str | None
    total: int


def keyset(
    connection: sa.Connection,
    query: sa.Select[Any],
    *,
    order: Sequence[Key],
    read: Callable[[Any], N],
    limit: int,
    after: str | None,
    about: Sequence[object] = (),
    is_narrow: bool = False,
) -> Page[N]:
    """Return the page of ``query`` after the mark ``after``; ``order`` must be unique.

    ``about`` is what the list shows: a mark of another filter, order or sight is refused. What a
    narrow query finds is counted and ordered in one pass, whatever the planner expects of its
    filter; other rows are counted apart and ordered, which an index may do. Raises CursorUnknown.
    """
    keys = dict(zip((f"key_{i}" for i in range(len(order))), order, strict=True))
    said = repr((*about, sight.of(connection)))
    list_ = hashlib.sha256(said.encode()).hexdigest()[:12]
    rows = query.add_columns(*(key.column.label(name) for name, key in keys.items()))
    if after is not None:
        marks, known = _unpack(after, len(keys), list_)
        rows = rows.where(_after(order, marks))
        total: sa.ColumnElement[Any] = sa.literal(known)
    elif is_narrow:
        total = sa.func.count().over()
    else:
        total = sa.select(sa.func.count()).select_from(query.subquery()).scalar_subquery()
    rows = rows.add_columns(total.label("total"))
    if is_narrow:
        found = rows.offset(0).subquery("found")  # an offset keeps the order out of its plan
        rows = sa.select(found)
        keys = {name: key._replace(column=found.c[name]) for name, key in keys.items()}
    rows = rows.order_by(*(key.order(key.column) for key in keys.values())).limit(limit + 1)
    try:
        got = list(connection.execute(rows).mappings())
    except sa.exc.DataError as error:  # a mark's value that is not of its column's kind
        if after is None:
            raise
        raise CursorUnknown() from error
    return _page(got, list(keys), list_, limit, read)


def _page(
    got: Sequence[Any], keys: Sequence[str], list_: str, limit: int, read: Callable[[Any], N]
) -> Page[N]:
    if not got:
        return Page([], None, 0)
    total = got[0]["total"]
    mark = None
    if len(got) > limit:
        values = [got[limit - 1][name] for name in keys]
        mark = _pack([None if value is None else str(value) for value in values], total, list_)
    ours = {*keys, "total"}
    plain = [{name: row[name] for name in row if name not in ours} for row in got[:limit]]
    return Page([read(row) for row in plain], mark, total)


def _after(order: Sequence[Key], marks: Marks) -> sa.ColumnElement[bool]:
    """Return whether a row comes after the marks: in the first key in which it differs."""
    condition: sa.ColumnElement[bool] = sa.false()
    for key, mark in reversed(list(zip(order, marks, strict=True))):
        condition = key.follows(mark) | (key.equals(mark) & condition)
    return condition


def _pack(marks: Marks, total: int, list_: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([list_, total, *marks]).encode()).decode()


def _unpack(mark: str, length: int, list_: str) -> tuple[Marks, int]:
    try:
        values = json.loads(base64.urlsafe_b64decode(mark.encode()))
    except (ValueError, RecursionError) as error:
        raise CursorUnknown() from error
    if not isinstance(values, list) or len(values) != length + 2:
        raise CursorUnknown()
    known, total, *marks = values
    if known != list_ or not isinstance(total, int) or isinstance(total, bool) or total < 0:
        raise CursorUnknown()
    if not all(value is None or isinstance(value, str) for value in marks):
        raise CursorUnknown()
    return marks, total
