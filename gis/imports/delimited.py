"""CSV and its like: the encoding and the separator are found, every value is text."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from gis.imports.errors import CellTooLong, EncodingUnread, FileDamaged, TooManyColumns
from gis.imports.limits import MOST_CELL, MOST_COLUMNS
from gis.imports.table import Row, Table, from_rows, letters

SEPARATORS = ",\t;|，"


def read(path: Path, name: str) -> Table:
    """Return the table of a text file; raises EncodingUnread, FileDamaged and those of rows."""
    text = decoded(path.read_bytes(), name)
    return from_rows(_rows(text, name), name, [name])


def decoded(content: bytes, name: str) -> str:
    """Return a text in UTF-8 (with its mark or not), UTF-16 with its mark, or GB18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise EncodingUnread(name=name)


def _separator(text: str) -> str:
    """Return the sign that stands most often, and alike often, in the first lines."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]

    def score(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        most = max(counts, default=0)
        return (sum(count == most for count in counts) if most else 0, most)

    return max(SEPARATORS, key=score)


def _rows(text: str, name: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        number = 1
        for cells in reader:
            values = [cell.strip().strip("\u3000") or None for cell in cells]
            while values and values[-1] is None:
                values.pop()
            if len(values) > MOST_COLUMNS:
                raise TooManyColumns(most=MOST_COLUMNS, cell=f"{letters(len(values))}{number}")
            for column, value in enumerate(values, start=1):
                if value is not None and len(value) > MOST_CELL:
                    raise CellTooLong(cell=f"{letters(column)}{number}", most=MOST_CELL)
            yield number, list(values)
            number += 1
    except csv.Error as error:
        raise FileDamaged(name=name, reason=str(error)) from error
