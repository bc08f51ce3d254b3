"""Where a layer lies: moved to the stored CRS, and refused where its district is not near.

A wrong coordinate system is the commonest fault of a layer, so a refusal tries the systems in use
here and says which of them would bring it home (STANDARDS 7.2: zone prefixes, swapped axes).
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import ProjError

from gis.domain.place import STORE_EPSG, District
from gis.imports.layer_errors import LayerElsewhere, LayerShapeInvalid
from gis.spatial import crs

Shapes = NDArray[np.object_]

WITHIN_KM = 50
IN_USE = (
    *(4490, 4326, 4525, 4546, 4524, 4545, 4526, 4547, 4508, 4509, 4497, 4498),
    *(32649, 32648, 3857, 2347, 2368, 2325, 2346, 2367, 4610, 4214),
)
"""CGCS2000 by degrees, 3-degree and 6-degree zones; UTM, Web Mercator; Xi'an 80, Beijing 54."""


def in_store_crs(shapes: Shapes, epsg: int, *, is_swapped: bool = False) -> Shapes:
    """Return shapes as lon/lat in EPSG:4490; of swapped ones the first number is north."""
    if is_swapped:
        shapes = shapely.transform(shapes, lambda xy: xy[:, ::-1])
    return crs.all_transformed(shapes, epsg, STORE_EPSG)


def require_near(
    shapes: Shapes, name: str, district: District, epsg: int, *, is_swapped: bool = False
) -> Shapes:
    """Return shapes moved to the stored CRS; raises LayerElsewhere, LayerShapeInvalid."""
    moved = in_store_crs(shapes, epsg, is_swapped=is_swapped)
    if not _is_near(moved, district):
        zh, en = _hint(shapes, district, (epsg, is_swapped))
        raise LayerElsewhere(
            name=name, district=district.name_zh, within_km=WITHIN_KM, hint_zh=zh, hint_en=en
        )
    for row, valid in enumerate(shapely.is_valid(moved), start=1):
        if not valid:
            raise LayerShapeInvalid(row=row, reason=shapely.is_valid_reason(moved[row - 1]))
    return moved


def _is_near(moved: Shapes, district: District) -> bool:
    """Return whether any shape lies within WITHIN_KM of the district."""
    whole = np.isfinite(shapely.bounds(moved)).all(axis=1)
    on_earth = moved[whole & (np.abs(shapely.bounds(moved)) <= 180).all(axis=1)]
    if not len(on_earth):
        return False
    west, south, east, north = district.outline.bounds
    margin = WITHIN_KM / 111 / np.cos(np.radians(min(abs(north), 80)))
    box = shapely.box(west - margin, south - margin, east + margin, north + margin)
    close = on_earth[shapely.intersects(shapely.envelope(on_earth), box)]
    home = crs.to_metric(district.outline, district.metric_epsg)
    metric = crs.all_to_metric(list(close), district.metric_epsg)
    return bool(len(metric)) and bool(shapely.dwithin(metric, home, WITHIN_KM * 1_000).any())


def _hint(shapes: Shapes, district: District, tried: tuple[int, bool]) -> tuple[str, str]:
    sample = shapes[:: max(1, len(shapes) // 50)]
    for is_swapped in (False, True):
        for epsg in IN_USE:
            if (epsg, is_swapped) != tried and _would_fit(sample, district, epsg, is_swapped):
                option = f"--crs {epsg}" + (" --swap-axes" if is_swapped else "")
                return f"按 {option} 读取则落在本区，请核实后加上", f"read with {option} it fits"
    return "请用 --crs 指明正确的坐标系，或核对图层与区域", "say the right one with --crs"


def _would_fit(sample: Shapes, district: District, epsg: int, is_swapped: bool) -> bool:
    try:
        return _is_near(in_store_crs(sample, epsg, is_swapped=is_swapped), district)
    except ProjError:
        return False
