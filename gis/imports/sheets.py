"""The one door for files from outside: any kind that offices send, as a table of lines."""

from collections.abc import Callable
from pathlib import Path

from gis.imports import delimited, geojson, geopackages, shapefiles, workbooks
from gis.imports.errors import FormatUnread, OldWorkbook
from gis.imports.limits import require_size
from gis.imports.table import Cell, Line, Table

__all__ = ["KNOWN", "Cell", "Line", "Table", "read_table"]

Reader = Callable[[Path, str, str | None], Table]

READERS: dict[str, Reader] = {
    ".xlsx": workbooks.read,
    ".xlsm": workbooks.read,
    ".csv": lambda path, name, sheet: delimited.read(path, name),
    ".txt": lambda path, name, sheet: delimited.read(path, name),
    ".tsv": lambda path, name, sheet: delimited.read(path, name),
    ".zip": shapefiles.read,
    ".shp": shapefiles.read,
    ".gpkg": geopackages.read,
    ".geojson": lambda path, name, sheet: geojson.read(path, name),
    ".json": lambda path, name, sheet: geojson.read(path, name),
}
KNOWN = ".xlsx、.csv、.zip（Shapefile）、.gpkg、.geojson"
OLD = {".xls", ".et", ".xlsb", ".ods"}
OLE = b"\xd0\xcf\x11\xe0"
"""How a workbook of before 2007 begins, and one that is locked by a password."""


def read_table(path: Path, name: str, sheet: str | None = None, *, is_whole: bool = True) -> Table:
    """Return the table in a file whose sender calls it ``name``; ``sheet`` is a sheet or layer.

    ``name`` only chooses the reader: what the file holds must bear it out. Where ``is_whole`` is
    False the caller asks `Table.require_whole` of the columns that it reads. Raises the errors of
    `gis.imports.errors`.
    """
    require_size(path, name)
    suffix = Path(name).suffix.lower()
    with path.open("rb") as file:
        is_old = file.read(4) == OLE
    if suffix in OLD or (is_old and suffix in READERS):
        raise OldWorkbook(name=name)
    if suffix not in READERS:
        raise FormatUnread(name=name, known=KNOWN)
    table = READERS[suffix](path, name, sheet)
    if is_whole:
        table.require_whole(table.headings)
    return table
