"""GeoPackages, read as the SQLite files they are.

GDAL's driver runs whatever SQL a file's views and triggers hold, with functions that read other
files; here only tables are read, by a connection that may do nothing else.
"""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from typing import Any

from gis.imports.errors import FileDamaged, GeometryUnread, SheetEmpty, SheetUnknown
from gis.imports.features import table_of
from gis.imports.limits import MOST_ROWS
from gis.imports.table import Table

SIGN = b"SQLite format 3\0"
ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Bytes of the envelope by its indicator (OGC 12-128r18, 2.1.3)."""
ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
HARMLESS = {"coalesce", "lower"}
TABLES = """
select c.table_name, g.column_name, c.srs_id
from gpkg_contents c join gpkg_geometry_columns g on g.table_name = c.table_name
where c.data_type = 'features' and exists (
    select 1 from sqlite_master m where m.type = 'table' and m.name = c.table_name
    and m.sql not like 'create virtual%')
order by c.table_name
"""
SYSTEM = "select organization, organization_coordsys_id, definition from gpkg_spatial_ref_sys "


def read(path: Path, name: str, sheet: str | None) -> Table:
    """Return the records of a layer, the only or first one unless another is named.

    Raises FileDamaged, SheetUnknown, SheetEmpty, GeometryUnread, and those of rows.
    """
    with path.open("rb") as file:
        if file.read(16) != SIGN:
            raise FileDamaged(name=name, reason="not a GeoPackage")
    address = f"file:{path.resolve().as_posix()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("pragma trusted_schema = off")
            connection.execute("pragma cell_size_check = on")
            connection.set_authorizer(_allow)
            return _read(connection, name, sheet)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise FileDamaged(name=name, reason="SQLite") from error


def _allow(action: int, first: str | None, second: str | None, *rest: object) -> int:
    is_plain = action in ALLOWED or (action == sqlite3.SQLITE_FUNCTION and second in HARMLESS)
    is_like = action == sqlite3.SQLITE_FUNCTION and second == "like"
    return sqlite3.SQLITE_OK if is_plain or is_like else sqlite3.SQLITE_DENY


def _read(connection: sqlite3.Connection, name: str, sheet: str | None) -> Table:
    layers = {row[0]: row[1:] for row in connection.execute(TABLES)}
    if not layers:
        raise SheetEmpty(sheet=name)
    layer = sheet or next(iter(layers))
    if layer not in layers:
        raise SheetUnknown(sheet=layer, known="、".join(layers))
    column, srs_id = layers[layer]
    rows = connection.execute(f"select * from {_quoted(layer)} limit {MOST_ROWS + 1}")
    names = [about[0] for about in rows.description]
    records: list[dict[str, Any]] = []
    shapes: list[bytes | None] = []
    for number, row in enumerate(rows, start=1):
        record = dict(zip(names, row, strict=True))
        shapes.append(wkb_of(record.pop(column, None), number))
        records.append({k: v for k, v in record.items() if not isinstance(v, bytes) and k != "fid"})
    return table_of(layer, list(layers), records, shapes, _crs(connection, srs_id))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _crs(connection: sqlite3.Connection, srs_id: int) -> str | None:
    row = connection.execute(SYSTEM + "where srs_id = ?", (srs_id,)).fetchone()
    if row is None or srs_id <= 0:
        return None
    return f"EPSG:{row[1]}" if str(row[0]).upper() == "EPSG" else str(row[2])


def wkb_of(blob: object, number: int) -> bytes | None:
    """Return the WKB in a GeoPackage's geometry; raises GeometryUnread."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        raise GeometryUnread(row=number, reason="GeoPackageBinary")
    (flags,) = struct.unpack_from("B", blob, 3)
    if flags & 0b100000 or (flags >> 1) & 0b111 not in ENVELOPES:
        raise GeometryUnread(row=number, reason="GeoPackageBinary")
    return None if flags & 0b10000 else blob[8 + ENVELOPES[(flags >> 1) & 0b111] :]
