"""A table as it came: headings, lines, and where in the file each value stood."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from shapely.geometry.base import BaseGeometry

from gis.domain.terms.base import Term
from gis.errors import BadInput
from gis.imports.errors import (
    BrokenCells,
    FormulaCells,
    HeadingTwice,
    MergedCells,
    SheetEmpty,
    TooManyRows,
)
from gis.imports.limits import MOST_ROWS, named

Cell = str | float | int | date | None
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, each from 1."""
LOOK_FOR_HEADING = 20
MOST_HEADING_ROWS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One record: its row's number in the file, its filled cells by heading, its shape if any."""

    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, str]
    geometry: BaseGeometry | None = None

    def ref(self, heading: str) -> str:
        """Return the address of a cell, as a spreadsheet shows it (or the field's name)."""
        column = self.columns.get(heading)
        return f"{column}{self.number}" if column else f"{heading} #{self.number}"

    @property
    def refs(self) -> dict[str, str]:
        """The addresses of all its cells by heading."""
        return {heading: self.ref(heading) for heading in self.columns}


class Defect(Term):
    """Why a cell of a workbook does not hold one value of its own."""

    FORMULA = "FORMULA", "公式", "a formula"
    BROKEN = "BROKEN", "错误值", "an error value"
    MERGED = "MERGED", "合并单元格", "a merged cell"


class Blemish(NamedTuple):
    """A cell, or a range of them, that holds no value of its own, and the headings above it."""

    defect: Defect
    row: int
    cell: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What one sheet or layer holds.

    ``sheet`` was read of ``sheets``; ``epsg`` is the CRS of the lines' shapes where the file names
    one, and ``crs_name`` what it calls it.
    """

    sheet: str
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[Line, ...]
    has_shapes: bool = False
    epsg: int | None = None
    crs_name: str = ""
    blemishes: tuple[Blemish, ...] = ()

    def require_whole(self, headings: Container[str]) -> None:
        """Refuse cells without a value of their own below some headings.

        Raises MergedCells, FormulaCells, BrokenCells.
        """
        for defect, refusal in REFUSALS.items():
            cells = [
                one.cell
                for one in self.blemishes
                if one.defect is defect and any(heading in headings for heading in one.headings)
            ]
            if cells:
                raise refusal(cells=named(cells), count=len(cells))


REFUSALS: dict[Defect, type[BadInput]] = {
    Defect.MERGED: MergedCells,
    Defect.FORMULA: FormulaCells,
    Defect.BROKEN: BrokenCells,
}


def letters(column: int) -> str:
    """Return a column's letters.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


Row = tuple[int, list[Cell]]
"""A row's number in the file, and its cells from column A on."""


def from_rows(
    rows: Iterable[Row], sheet: str, sheets: Sequence[str], merges: Sequence[Merge] = ()
) -> Table:
    """Return the table in a sheet's rows: the heading is found, titles above it are passed over.

    Rows without a filled cell are left out. Raises SheetEmpty, HeadingTwice, TooManyRows.
    """
    filled = [(number, cells) for number, cells in rows if any(c is not None for c in cells)]
    if not filled:
        raise SheetEmpty(sheet=sheet)
    at = _heading_at(filled[:LOOK_FOR_HEADING])
    top = filled[at][0]
    bottom = _heading_bottom(top, merges)
    heads = [row for row in filled if top <= row[0] <= bottom]
    body = [row for row in filled if row[0] > bottom]
    if body and _is_counting(body[0][1]):
        body = body[1:]
    if not body:
        raise SheetEmpty(sheet=sheet)
    if len(body) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    columns = _columns(heads, merges)
    place = {heading: letters(column) for column, heading in columns.items()}
    lines = tuple(
        Line(
            number,
            {h: cells[c - 1] for c, h in columns.items() if c <= len(cells)},
            place,
        )
        for number, cells in body
    )
    return Table(sheet, tuple(sheets), tuple(columns.values()), lines)


def _heading_at(first: Sequence[Row]) -> int:
    """Return which of the first rows is the heading: the first that is all words and wide enough.

    A title fills a cell or two, the heading nearly as many as the widest row.
    """
    widest = max(len(_texts(cells)) for _, cells in first)
    for index, (_, cells) in enumerate(first):
        texts = _texts(cells)
        filled = sum(cell is not None for cell in cells)
        is_varied = 2 * len(set(texts)) >= filled
        if len(texts) == filled and is_varied and filled >= max(1, 0.6 * widest):
            return index
    return max(range(len(first)), key=lambda index: len(_texts(first[index][1])))


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell for cell in cells if isinstance(cell, str) and not _is_number(cell)]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdecimal()


def _heading_bottom(top: int, merges: Sequence[Merge]) -> int:
    """Return the last row of a heading of several storeys, which merged cells give away."""
    mine = [merge for merge in merges if merge[0] == top]
    if not any(last_column > first_column for _, first_column, _, last_column in mine):
        return top
    deep = max((merge[2] for merge in mine), default=top)
    return min(max(deep, top + 1), top + MOST_HEADING_ROWS - 1)


def _is_counting(cells: Sequence[Cell]) -> bool:
    """Say whether a row only numbers the columns: 1, 2, 3 under the headings."""
    said = [str(cell).rstrip(".0") or "0" for cell in cells if cell is not None]
    return len(said) > 2 and said == [str(n).rstrip(".0") or "0" for n in range(1, len(said) + 1)]


def _columns(heads: Sequence[Row], merges: Sequence[Merge]) -> dict[int, str]:
    """Return each filled column's heading; storeys are joined by a stroke."""
    grid = {(number, c): cell for number, cells in heads for c, cell in enumerate(cells, start=1)}
    for first_row, first_column, last_row, last_column in merges:
        if (first_row, first_column) in grid:
            for column in range(first_column, last_column + 1):
                for row in range(first_row, last_row + 1):
                    grid[row, column] = grid[first_row, first_column]
    numbers = [number for number, _ in heads]
    found: dict[int, str] = {}
    for column in range(1, max(column for _, column in grid) + 1):
        parts = [str(grid[n, column]) for n in numbers if grid.get((n, column)) is not None]
        if parts:
            found[column] = "/".join(dict.fromkeys(" ".join(part.split()) for part in parts))
    for heading in found.values():
        same = [f"{letters(c)}{numbers[0]}" for c, other in found.items() if other == heading]
        if len(same) > 1:
            raise HeadingTwice(heading=heading, cells=named(same))
    return found
