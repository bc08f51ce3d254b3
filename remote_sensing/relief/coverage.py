"""How much of each pixel lies inside an outline, exactly."""

from typing import Any

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


def fractions(
    outline: BaseGeometry, transform: Affine, shape: tuple[int, int]
) -> NDArray[np.float64]:
    """Return the share of each pixel of a north-up grid that an outline covers.

    Array: float64 (rows, cols), 0..1; ``outline`` is in the grid's CRS. Every edge is cut at the
    grid's lines; a piece inside one pixel covers what lies to its right, so that a running sum
    along the row gives signed areas. Nothing is sampled: the sum is the polygon's own area.
    """
    rows, cols = shape
    grown = np.zeros((rows, cols + 2))
    for ring in _rings(outline):
        x, y = ~transform @ (ring[:, 0], ring[:, 1])
        _add(grown, np.asarray(x), np.asarray(y))
    covered: NDArray[np.float64] = np.cumsum(grown, axis=1)[:, :cols]
    return np.clip(covered, 0.0, 1.0)


def _rings(outline: BaseGeometry) -> list[NDArray[np.float64]]:
    """Return every ring's points, shells counter-clockwise on the map and holes clockwise."""
    turned = shapely.orient_polygons(outline)
    polygons = [part for part in shapely.get_parts(turned) if part.geom_type == "Polygon"]
    rings = shapely.get_rings(np.array(polygons, dtype=object))
    return [shapely.get_coordinates(ring) for ring in rings]


def _add(grown: NDArray[np.float64], x: NDArray[Any], y: NDArray[Any]) -> None:
    x0, y0, x1, y1 = _pieces(x, y)
    rows, cols = grown.shape[0], grown.shape[1] - 2
    middle_x = np.clip((x0 + x1) / 2, 0.0, float(cols) + 0.5)
    row = np.floor((y0 + y1) / 2).astype(int)
    col = np.floor(middle_x).astype(int)
    inside = (row >= 0) & (row < rows)
    row, col, middle_x, fall = row[inside], col[inside], middle_x[inside], (y1 - y0)[inside]
    # Rows count downwards: a shell that runs counter-clockwise goes down on its left side.
    np.add.at(grown, (row, col), fall * (col + 1 - middle_x))
    np.add.at(grown, (row, col + 1), fall * (middle_x - col))


def _pieces(
    x: NDArray[Any], y: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Cut a ring's edges at every line of the grid."""
    edge = np.arange(len(x) - 1)
    at = [np.zeros(len(edge)), np.ones(len(edge))]
    of = [edge, edge]
    for start, end in ((x[:-1], x[1:]), (y[:-1], y[1:])):
        low, high = np.minimum(start, end), np.maximum(start, end)
        first, last = np.ceil(low), np.floor(high)
        count = np.maximum(last - first + 1, 0).astype(int)
        count[start == end] = 0
        which = np.repeat(edge, count)
        step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        line = first[which] + step
        at.append((line - start[which]) / (end - start)[which])
        of.append(which)
    share, which = np.clip(np.concatenate(at), 0.0, 1.0), np.concatenate(of)
    order = np.lexsort((share, which))
    share, which = share[order], which[order]
    same = which[1:] == which[:-1]
    a, b, edge = share[:-1][same], share[1:][same], which[1:][same]
    run_x, run_y = (x[1:] - x[:-1])[edge], (y[1:] - y[:-1])[edge]
    return x[edge] + a * run_x, y[edge] + a * run_y, x[edge] + b * run_x, y[edge] + b * run_y
