"""Records with shapes, from whichever kind of file, as a table."""

import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from gis.imports.errors import CellTooLong, GeometryUnread, SheetEmpty, TooManyRows
from gis.imports.limits import MOST_CELL, MOST_ROWS
from gis.imports.table import Cell, Line, Table

MOST_VERTICES = 100_000


def table_of(
    layer: str,
    layers: Sequence[str],
    records: Sequence[dict[str, Any]],
    shapes: Sequence[bytes | BaseGeometry | None],
    crs: str | None,
) -> Table:
    """Return records and their shapes (WKB or shapely) as a table whose lines count from 1.

    Raises SheetEmpty, TooManyRows, CellTooLong, GeometryUnread.
    """
    if not shapes:
        raise SheetEmpty(sheet=layer)
    if len(shapes) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    headings = tuple(dict.fromkeys(name for record in records for name in record))
    lines = tuple(
        Line(
            number,
            {name: _plain(value, name, number) for name, value in record.items()},
            {},
            _shape(shape, number),
        )
        for number, (record, shape) in enumerate(zip(records, shapes, strict=True), start=1)
    )
    epsg, name = known_crs(crs)
    return Table(layer, tuple(layers), headings, lines, True, epsg, name)


def known_crs(said: str | None) -> tuple[int | None, str]:
    """Return the EPSG code and the name of a CRS as a file writes it; (None, …) for a strange one.

    >>> known_crs("EPSG:4490")
    (4490, 'China Geodetic Coordinate System 2000')
    """
    if not said:
        return None, ""
    try:
        crs = CRS.from_user_input(said)
    except CRSError:
        return None, str(said)[:80]
    if "CRS84" in crs.name:  # as GDAL names it in GeoJSON: WGS 84 as lon/lat
        return 4326, crs.name
    epsg = crs.to_epsg(min_confidence=60)
    return epsg, CRS.from_epsg(epsg).name if epsg else crs.name


def _plain(value: Any, name: str, number: int) -> Cell:
    if hasattr(value, "item"):
        value = value.item()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float | date):
        return value
    text = str(value).strip().strip("\u3000\0")
    if len(text) > MOST_CELL:
        raise CellTooLong(cell=f"{name} #{number}", most=MOST_CELL)
    return text or None


def _shape(shape: bytes | BaseGeometry | None, number: int) -> BaseGeometry | None:
    if shape is None:
        return None
    try:
        found = shapely.from_wkb(shape) if isinstance(shape, bytes) else shape
    except ShapelyError as error:
        raise GeometryUnread(row=number, reason="WKB") from error
    if shapely.get_num_coordinates(found) > MOST_VERTICES:
        raise GeometryUnread(row=number, reason=f"> {MOST_VERTICES} vertices")
    return None if found.is_empty else shapely.force_2d(found)
