"""GCJ-02 and BD-09: the shifts of Chinese web maps, by their public formulas, and the way back.

The formulas give shifted coordinates from true ones. The way back is found by iteration to less
than a millimetre, not by subtracting the shift once, which leaves up to a metre. Inside China only:
elsewhere both maps show WGS 84. Arrays are degrees, float64.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gis.domain.terms import Datum
from gis.errors import BadInput

Degrees = NDArray[np.float64]
Pair = tuple[Degrees, Degrees]

AXIS_M = 6378245.0
SQUARED_ECCENTRICITY = 0.00669342162296594323
"""Krasovsky's ellipsoid, as the formulas have it."""
BAIDU = np.pi * 3000.0 / 180.0
CLOSE_DEGREES = 1e-9
MOST_STEPS = 30


class DatumUnconvertible(BadInput):
    """An old national system, whose parameters are not public. Facts: datum_zh, datum_en."""

    code = "datum_unconvertible"
    zh = "{datum_zh}没有公开的转换参数：请先由测绘部门转换为 CGCS2000 后再导入。"
    en = "{datum_en}: have the survey office convert the list to CGCS2000 first."


def gcj02_from_wgs84(lon: Degrees, lat: Degrees) -> Pair:
    """Return the coordinates that Gaode and Tencent show for a place."""
    east, north = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(east))
    waves = 20.0 * np.sin(6.0 * east * np.pi) + 20.0 * np.sin(2.0 * east * np.pi)
    d_lat = (
        (-100.0 + 2.0 * east + 3.0 * north + 0.2 * north**2 + 0.1 * east * north + 0.2 * root)
        + waves * 2.0 / 3.0
        + (20.0 * np.sin(north * np.pi) + 40.0 * np.sin(north / 3.0 * np.pi)) * 2.0 / 3.0
        + (160.0 * np.sin(north / 12.0 * np.pi) + 320.0 * np.sin(north * np.pi / 30.0)) * 2.0 / 3.0
    )
    d_lon = (
        (300.0 + east + 2.0 * north + 0.1 * east**2 + 0.1 * east * north + 0.1 * root)
        + waves * 2.0 / 3.0
        + (20.0 * np.sin(east * np.pi) + 40.0 * np.sin(east / 3.0 * np.pi)) * 2.0 / 3.0
        + (150.0 * np.sin(east / 12.0 * np.pi) + 300.0 * np.sin(east / 30.0 * np.pi)) * 2.0 / 3.0
    )
    phi = np.radians(lat)
    magic = 1.0 - SQUARED_ECCENTRICITY * np.sin(phi) ** 2
    meridian_m = AXIS_M * (1.0 - SQUARED_ECCENTRICITY) / (magic * np.sqrt(magic))
    parallel_m = AXIS_M / np.sqrt(magic) * np.cos(phi)
    in_china = (lon >= 72.004) & (lon <= 137.8347) & (lat >= 0.8293) & (lat <= 55.8271)
    return (
        lon + np.where(in_china, np.degrees(d_lon / parallel_m), 0.0),
        lat + np.where(in_china, np.degrees(d_lat / meridian_m), 0.0),
    )


def bd09_from_gcj02(lon: Degrees, lat: Degrees) -> Pair:
    """Return the coordinates that Baidu shows where Gaode shows ``lon``, ``lat``."""
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BAIDU)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BAIDU)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def bd09_from_wgs84(lon: Degrees, lat: Degrees) -> Pair:
    """Return the coordinates that Baidu shows for a place."""
    return bd09_from_gcj02(*gcj02_from_wgs84(lon, lat))


def _back(forward: Callable[[Degrees, Degrees], Pair], lon: Degrees, lat: Degrees) -> Pair:
    """Return the true coordinates that ``forward`` shifts to ``lon``, ``lat``."""
    true_lon, true_lat = lon.copy(), lat.copy()
    for _ in range(MOST_STEPS):
        shown_lon, shown_lat = forward(true_lon, true_lat)
        off_lon, off_lat = shown_lon - lon, shown_lat - lat
        true_lon, true_lat = true_lon - off_lon, true_lat - off_lat
        if np.all(np.abs(off_lon) < CLOSE_DEGREES) and np.all(np.abs(off_lat) < CLOSE_DEGREES):
            break
    return true_lon, true_lat


SHIFTS: dict[Datum, Callable[[Degrees, Degrees], Pair]] = {
    Datum.GCJ02: gcj02_from_wgs84,
    Datum.BD09: bd09_from_wgs84,
}


def to_store(lon: Degrees, lat: Degrees, datum: Datum) -> Pair:
    """Return degrees of ``datum`` as the register stores them; raises DatumUnconvertible."""
    if datum in {Datum.XIAN80, Datum.BEIJING54}:
        raise DatumUnconvertible(datum_zh=datum.zh, datum_en=datum.en)
    if datum not in SHIFTS:
        return lon, lat
    return _back(SHIFTS[datum], np.asarray(lon, float), np.asarray(lat, float))
