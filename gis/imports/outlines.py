"""The outline of each row: its shape as it came, or a circle of its area about its point."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.validation import explain_validity

from gis.domain.import_problems import RowFault, RowProblem
from gis.domain.place import District
from gis.domain.terms import Axes, OutlineBasis
from gis.imports import positions
from gis.imports.mapping import Mapping
from gis.imports.table import Line, Table
from gis.spatial import crs
from gis.spatial.circles import circles
from gis.spatial.coordinates import Place, Reading

MOST_AREA_OFF = 0.1
TURNED = {
    Axes.LON_LAT: Axes.LAT_LON,
    Axes.LAT_LON: Axes.LON_LAT,
    Axes.EAST_NORTH: Axes.NORTH_EAST,
    Axes.NORTH_EAST: Axes.EAST_NORTH,
}


@dataclass(slots=True)
class Outlines:
    """What is found for each row; ``shapes`` holds None where a row has none that fits."""

    shapes: NDArray[np.object_]
    basis: list[OutlineBasis]
    written: list[str]
    crs_name: str = ""
    problems: list[RowProblem] = field(default_factory=list)
    ways: list[tuple[Reading, Place]] = field(default_factory=list)
    reading: Reading | None = None
    points: positions.Points | None = None
    circles: int = 0


def outlines(
    table: Table, mapping: Mapping, district: District, areas: list[float | None]
) -> Outlines:
    """Return an outline for each row, in EPSG:4490; raises DatumUnconvertible."""
    count = len(table.rows)
    found = Outlines(
        np.full(count, None, dtype=object), [OutlineBasis.IMPORTED] * count, [""] * count
    )
    lon = np.full(count, np.nan)
    lat = np.full(count, np.nan)
    if table.has_shapes:
        _shapes(table, mapping, found, lon, lat)
    else:
        _points(table, mapping, district, found, lon, lat)
    _round(table, mapping, district, areas, found, lon, lat)
    _fit(table, district, areas, found)
    return found


def _whole(fault: RowFault) -> RowProblem:
    return RowProblem(0, "", "", "", fault)


def _shapes(
    table: Table,
    mapping: Mapping,
    found: Outlines,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> None:
    epsg = mapping.epsg or table.epsg
    if epsg is None:
        found.problems.append(_whole(RowFault.CRS_ASKED))
        return
    shapes = positions.shapes(table, epsg, mapping.chosen_datum())
    found.crs_name = f"EPSG:{epsg}" + (f" {mapping.datum}" if mapping.datum else "")
    for k, shape in enumerate(shapes):
        if shape is None:
            continue
        if shapely.get_dimensions(shape) == 2:
            found.shapes[k] = shape
        elif shape.geom_type == "Point":
            lon[k], lat[k] = shape.x, shape.y
            found.written[k] = positions.where(table.rows[k].geometry or shape)


def _points(
    table: Table,
    mapping: Mapping,
    district: District,
    found: Outlines,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> None:
    points = positions.points(table, mapping)
    if points is None:
        found.problems.append(_whole(RowFault.POSITION_MISSING))
        return
    found.points = points
    found.written = points.written
    found.ways = positions.ways(points, district, mapping.chosen_datum())
    found.reading = mapping.chosen_reading() or (found.ways[0][0] if found.ways else None)
    if mapping.datum is None:
        found.problems.append(_whole(RowFault.DATUM_ASKED))
    for k, line in enumerate(table.rows):
        if np.isnan(points.first[k]) or np.isnan(points.second[k]):
            found.problems.append(_unread(line, points, k))
    if found.reading is None:
        return
    found.crs_name = f"{found.reading.code} {mapping.datum or ''}".strip()
    lon[:], lat[:] = found.reading.locate(points.first, points.second)
    _say_outside(table, district, found, points, lon, lat)


def _unread(line: Line, points: positions.Points, k: int) -> RowProblem:
    at = 0 if np.isnan(points.first[k]) else -1
    heading = points.headings[at]
    value = str(line.cells.get(heading) or "")
    fault = RowFault.POSITION_UNREAD if value else RowFault.POSITION_MISSING
    return RowProblem(line.number, line.ref(heading), heading, value[:80], fault)


def _say_outside(
    table: Table,
    district: District,
    found: Outlines,
    points: positions.Points,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> None:
    """Report the points outside the district, those apart that lie inside when turned round."""
    assert found.reading is not None
    shapely.prepare(district.outline)
    written = np.isfinite(points.first) & np.isfinite(points.second)
    outside = written & ~shapely.contains_xy(district.outline, lon, lat)
    if not outside.any():
        return
    other = Reading(TURNED[found.reading.axes], found.reading.epsg, found.reading.datum)
    turned = other.locate(points.first, points.second)
    fits = shapely.contains_xy(district.outline, *turned)
    for k in np.flatnonzero(outside):
        line = table.rows[k]
        place = "—" if np.isnan(lon[k]) else positions.where((lon[k], lat[k]))
        fault = RowFault.SWAPPED if fits[k] else RowFault.OUTSIDE
        heading = points.headings[0]
        found.problems.append(
            RowProblem(
                *(line.number, line.ref(heading), heading, points.written[k][:80], fault),
                {"where": place},
            )
        )
    lon[outside] = lat[outside] = np.nan


def _round(
    table: Table,
    mapping: Mapping,
    district: District,
    areas: list[float | None],
    found: Outlines,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> None:
    stated = np.array([np.nan if area is None else area for area in areas], dtype=float)
    has_point = np.isfinite(lon)
    heading = mapping.column("area_m2") or ""
    for k in np.flatnonzero(has_point & np.isnan(stated)):
        line = table.rows[k]
        if line.cells.get(heading) is not None:  # it is there and reported as unfit
            continue
        found.problems.append(RowProblem(line.number, "", "", "", RowFault.AREA_MISSING))
    drawn = np.flatnonzero(has_point & np.isfinite(stated))
    if len(drawn):
        found.shapes[drawn] = circles(lon[drawn], lat[drawn], stated[drawn], district.metric_epsg)
        found.circles = len(drawn)
        for k in drawn:
            found.basis[k] = OutlineBasis.CIRCLE


def _fit(table: Table, district: District, areas: list[float | None], found: Outlines) -> None:
    """Refuse shapes that are invalid or elsewhere, and compare their areas with those stated."""
    reported = {problem.row for problem in found.problems}
    has = np.array([shape is not None for shape in found.shapes], dtype=bool)
    for k in np.flatnonzero(~has):
        line = table.rows[k]
        if table.has_shapes and line.number not in reported and 0 not in reported:
            found.problems.append(RowProblem(line.number, "", "", "", RowFault.POSITION_MISSING))
    valid, inside = np.ones(len(has), bool), np.ones(len(has), bool)
    valid[has] = shapely.is_valid(found.shapes[has])
    shapely.prepare(district.outline)
    inside[has & valid] = shapely.intersects(district.outline, found.shapes[has & valid])
    for k in np.flatnonzero(has & ~(valid & inside)):
        line, shape = table.rows[k], found.shapes[k]
        found.shapes[k] = None
        if not valid[k]:
            facts = {"reason": explain_validity(shape)}
            fault = RowFault.SHAPE_UNFIT
        else:
            facts = {"where": positions.where(shape.envelope.centroid)}
            fault = RowFault.OUTSIDE
        found.problems.append(RowProblem(line.number, "", "", "", fault, facts))
    for k in np.flatnonzero(has & valid & inside):
        found.shapes[k] = crs.as_multipolygon(found.shapes[k])
        stated = areas[k]
        if stated and found.basis[k] is OutlineBasis.IMPORTED:
            measured = crs.to_metric(found.shapes[k], district.metric_epsg).area
            off = abs(stated / measured - 1)
            if off > MOST_AREA_OFF:
                facts = {"measured": f"{measured:,.0f}", "percent": f"{off * 100:,.0f}"}
                line = table.rows[k]
                found.problems.append(
                    RowProblem(line.number, "", "", f"{stated:,.0f}", RowFault.AREA_DIFFERS, facts)
                )
