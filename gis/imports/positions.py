"""Where the rows of a table lie: pairs of numbers from their columns, or shapes of the file."""

from collections.abc import Mapping as Pairs
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from gis.domain.place import STORE_EPSG, District
from gis.domain.terms import Axes, Datum
from gis.imports.lab_values import number
from gis.imports.mapping import Mapping
from gis.imports.table import Line, Table
from gis.rules.lab_columns import plain
from gis.spatial import crs
from gis.spatial.coordinates import Place, Reading, angle, pair, readings
from gis.spatial.crs import GEOD

Numbers = NDArray[np.float64]

PARTS = ("degrees", "minutes", "seconds")
NEAR_M = 150.0
"""So close must the rows of known name lie for a datum to be suggested."""
HINTS = {
    Datum.BD09: ("bd09", "bd-09", "百度", "baidu"),
    Datum.GCJ02: ("gcj", "火星", "高德", "腾讯", "gaode", "amap"),
    Datum.CGCS2000: ("2000", "cgcs"),
    Datum.WGS84: ("wgs", "gps"),
    Datum.XIAN80: ("西安80", "80西安", "1980"),
    Datum.BEIJING54: ("北京54", "54北京", "1954"),
}


@dataclass(frozen=True, slots=True)
class Points:
    """A pair of numbers a row (nan where there is none) and the pair as it is written."""

    first: Numbers
    second: Numbers
    written: list[str]
    headings: tuple[str, ...]


def points(table: Table, mapping: Mapping) -> Points | None:
    """Return the pairs that a table's columns hold, or None where no columns are meant for them."""
    column = {name: heading for heading, name in mapping.columns.items()}
    for names in (("lon", "lat"), ("north", "east")):
        if set(names) <= set(column):
            headings = tuple(column[name] for name in names)
            return _of(table, headings, [_two(line, headings) for line in table.rows])
    if "lon_lat" in column:
        heading = column["lon_lat"]
        return _of(table, (heading,), [_one(line, heading) for line in table.rows])
    if {"lon_degrees", "lat_degrees"} <= set(column):
        headings = tuple(
            column[f"{axis}_{p}"]
            for axis in ("lon", "lat")
            for p in PARTS
            if f"{axis}_{p}" in column
        )
        return _of(table, headings, [_six(line, column) for line in table.rows])
    return None


def _of(table: Table, headings: tuple[str, ...], pairs: list[tuple[float, float]]) -> Points:
    values = np.array(pairs, dtype=float).reshape(-1, 2)
    written = [
        " ".join(str(line.cells[h]) for h in headings if line.cells.get(h) is not None)
        for line in table.rows
    ]
    return Points(values[:, 0], values[:, 1], written, headings)


def _number(cell: object) -> float:
    found = None if cell is None else angle(cell)
    return np.nan if found is None else found


def _two(line: Line, headings: tuple[str, ...]) -> tuple[float, float]:
    return _number(line.cells.get(headings[0])), _number(line.cells.get(headings[1]))


def _one(line: Line, heading: str) -> tuple[float, float]:
    halves = pair(line.cells.get(heading) or "")
    return (_number(halves[0]), _number(halves[1])) if halves else (np.nan, np.nan)


def _six(line: Line, column: Pairs[str, str]) -> tuple[float, float]:
    return _three(line, column, "lon"), _three(line, column, "lat")


def _three(line: Line, column: Pairs[str, str], axis: str) -> float:
    value = 0.0
    for power, part in enumerate(PARTS):
        cell = line.cells.get(column.get(f"{axis}_{part}", ""))
        found = number(cell)
        if found is None:
            if part == "degrees" or cell is not None:
                return np.nan
            continue
        if part != "degrees" and not 0 <= found < 60:
            return np.nan
        value += found / 60**power
    return value


def ways(found: Points, district: District, datum: Datum | None) -> list[tuple[Reading, Place]]:
    """Return how the pairs can be read, the likeliest first."""
    return readings(found.first, found.second, district, datum)


def hinted(texts: tuple[str, ...]) -> Datum | None:
    """Return the datum that headings or a sheet's name speak of, or None."""
    said = plain(" ".join(texts))
    return next((datum for datum, words in HINTS.items() if any(w in said for w in words)), None)


def suggested_datum(
    found: Points, names: list[str], reading: Reading, listed: Pairs[str, tuple[float, float]]
) -> tuple[Datum, float] | None:
    """Return the datum that puts rows nearest to the listed sites of their names, and how near.

    ``listed`` is name → lon, lat in EPSG:4490. None where no name is listed, or none comes near.
    """
    known = [k for k, name in enumerate(names) if name in listed and np.isfinite(found.first[k])]
    if not known or reading.is_projected:
        return None
    there = np.array([listed[names[k]] for k in known])
    best: tuple[Datum, float] | None = None
    for datum in (Datum.CGCS2000, Datum.GCJ02, Datum.BD09):
        way = Reading(reading.axes, reading.epsg, datum)
        lon, lat = way.locate(found.first[known], found.second[known])
        metres = float(np.median(GEOD.inv(lon, lat, there[:, 0], there[:, 1])[2]))
        if best is None or metres < best[1]:
            best = datum, metres
    return best if best is not None and best[1] <= NEAR_M else None


def datum_of(epsg: int) -> Datum | None:
    """Return the datum that a CRS stands for where it is one that needs care."""
    name = CRS.from_epsg(epsg).geodetic_crs
    said = "" if name is None else name.name
    if "Xian" in said:
        return Datum.XIAN80
    return Datum.BEIJING54 if "Beijing" in said else None


def shapes(table: Table, epsg: int, datum: Datum | None) -> NDArray[np.object_]:
    """Return the table's shapes in EPSG:4490, None where a row has none.

    Raises DatumUnconvertible.
    """
    found = np.empty(len(table.rows), dtype=object)
    found[:] = [line.geometry for line in table.rows]
    have = np.array([shape is not None for shape in found])
    is_geographic = CRS.from_epsg(epsg).is_geographic
    meant = datum_of(epsg) or (datum if is_geographic else None) or Datum.CGCS2000
    moved = crs.all_transformed(found[have], epsg, STORE_EPSG)
    way = Reading(Axes.LON_LAT, STORE_EPSG, meant)

    def shifted(xy: Numbers) -> Numbers:
        return np.column_stack(way.locate(xy[:, 0], xy[:, 1]))

    if meant not in {Datum.CGCS2000, Datum.WGS84}:
        moved = shapely.transform(moved, shifted)
    found[have] = moved
    return found


def where(point: BaseGeometry | tuple[float, float]) -> str:
    """Return a place as sentences name it."""
    lon, lat = point if isinstance(point, tuple) else (point.x, point.y)  # type: ignore[attr-defined]
    return f"{lon:.5f}, {lat:.5f}"
