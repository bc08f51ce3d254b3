"""Excel workbooks: values only, each with its address; nothing is worked out or guessed."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from gis.imports.errors import (
    CellTooLong,
    FileDamaged,
    SheetHidden,
    SheetUnknown,
    TooManyColumns,
)
from gis.imports.limits import MOST_CELL, MOST_COLUMNS, require_sane
from gis.imports.table import (
    Blemish,
    Cell,
    Defect,
    Merge,
    Row,
    Table,
    from_rows,
    letters,
)

MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
MOST_CELLS = 20_000_000

Found = tuple[Defect, str, int]
"""A cell without a value of its own: what is wrong, its column and its row."""


def read(path: Path, name: str, sheet: str | None) -> Table:
    """Return a sheet of a workbook, the first visible one unless another is named.

    Formulas, errors and merged cells are told among the table's blemishes. Raises FileDamaged,
    ArchiveUnsafe, SheetUnknown, SheetHidden, SheetEmpty, CellTooLong, TooManyRows, TooManyColumns,
    HeadingTwice.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            require_sane(archive, name)
    except zipfile.BadZipFile as error:
        raise FileDamaged(name=name, reason="not a workbook") from error
    with path.open("rb") as file:  # openpyxl would judge an upload's path by its suffix
        book = _open(file, name)
        try:
            chosen, visible = _choose(book, name, sheet)
            return _table(chosen, visible, name)
        finally:
            book.close()


def _open(file: IO[bytes], name: str) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(file, read_only=True, data_only=False)
    except Exception as error:  # openpyxl raises whatever its parts raise on a damaged file
        raise FileDamaged(name=name, reason=type(error).__name__) from error


def _choose(book: Any, name: str, wanted: str | None) -> tuple[Any, list[str]]:
    sheets = {one.title: one for one in book.worksheets}
    visible = [title for title, one in sheets.items() if one.sheet_state == "visible"]
    if wanted is not None and wanted in sheets and wanted not in visible:
        raise SheetHidden(sheet=wanted)
    if not visible:
        raise SheetUnknown(sheet=wanted or name, known="—")
    if wanted is not None and wanted not in visible:
        raise SheetUnknown(sheet=wanted, known="、".join(visible))
    return sheets[wanted or visible[0]], visible


def _table(sheet: Any, visible: list[str], name: str) -> Table:
    merges = _merges(sheet)
    found: list[Found] = []
    try:
        rows = list(_rows(sheet, found))
    except (KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile, EOFError) as error:
        raise FileDamaged(name=name, reason=type(error).__name__) from error
    table = from_rows(rows, sheet.title, visible, merges)
    first = table.rows[0].number
    above = {column: heading for heading, column in table.rows[0].columns.items()}
    split = [
        Blemish(
            Defect.MERGED,
            max(top, first),
            f"{letters(left)}{top}:{letters(right)}{bottom}",
            tuple(above[c] for c in map(letters, range(left, right + 1)) if c in above),
        )
        for top, left, bottom, right in merges
        if bottom >= first
    ]
    single = [
        Blemish(defect, row, f"{column}{row}", (above[column],) if column in above else ())
        for defect, column, row in found
    ]
    return replace(table, blemishes=(*split, *single))


def _merges(sheet: Any) -> list[Merge]:
    """Return the merged ranges; openpyxl does not tell them of a sheet that it streams."""
    with sheet._get_source() as source:
        content = source.read()
    tail = content[max(content.rfind(b"sheetData"), 0) :]
    return [
        (int(row), _number(column), int(last_row), _number(last_column))
        for column, row, last_column, last_row in MERGE.findall(tail)
    ]


def _number(column: bytes) -> int:
    value = 0
    for letter in column:
        value = value * 26 + letter - 64
    return value


def _rows(sheet: Any, found: list[Found]) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a sheet says of its own size may be a lie
    scanned = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        scanned += len(cells)
        values: list[Cell] = []
        for column, cell in enumerate(cells, start=1):
            value = cell.value
            if value is None:
                values.append(None)
                continue
            if cell.data_type == "f":
                found.append((Defect.FORMULA, letters(column), number))
                value = getattr(value, "text", value)  # an array's formula is an object
            elif cell.data_type == "e":
                found.append((Defect.BROKEN, letters(column), number))
            plain = _plain(value)
            if isinstance(plain, str) and len(plain) > MOST_CELL:
                raise CellTooLong(cell=f"{letters(column)}{number}", most=MOST_CELL)
            values.append(plain)
        while values and values[-1] is None:
            values.pop()
        if len(values) > MOST_COLUMNS or scanned > MOST_CELLS:
            where = f"{letters(max(len(values), 1))}{number}"
            raise TooManyColumns(most=MOST_COLUMNS, cell=where)
        if values:
            yield number, values


def _plain(value: Any) -> Cell:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return value.isoformat()
    return str(value).strip().strip("\u3000\ufeff") or None
