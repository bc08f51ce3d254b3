"""Coordinates as offices write them: degrees in every form, metres with or without their zone."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from gis.domain.place import STORE_EPSG, District
from gis.domain.terms import Axes, Datum
from gis.spatial import crs, datum

Numbers = NDArray[np.float64]

NUMBER = r"\d+(?:\.\d+)?"
DMS = re.compile(
    rf"({NUMBER})\s*[°d度:\-\s]\s*(?:({NUMBER})\s*(?:['m分:\-\s]\s*(?:({NUMBER})\s*[\"s秒]?)?)?)?"
)
SIGNS = str.maketrans(
    {"″": '"', "”": '"', "“": '"', "′": "'", "’": "'", "‘": "'", "º": "°", "˚": "°"}
)
SIDES = re.compile(r"^[NSEW]|[NSEW]$|[东西南北](?:经|纬)|[经纬]度")
PAIR = re.compile(r"[,，;；/、]|\s{2,}")
ZONES_3 = range(25, 46)
ZONES_6 = range(13, 24)


def angle(written: object) -> float | None:
    """Return an angle in degrees from any form that it is written in; None where it is none.

    >>> angle("109°48′00.00″"), angle("东经109度48分"), angle("109.8"), angle("N 40 42 36")
    (109.8, 109.8, 109.8, 40.71)
    >>> angle("109°75′"), angle("昆河镇")
    (None, None)
    """
    if isinstance(written, int | float):
        return float(written) if np.isfinite(written) else None
    text = unicodedata.normalize("NFKC", str(written).translate(SIGNS)).replace("''", '"')
    text = text.strip().upper()
    sides = SIDES.findall(text)
    text = SIDES.sub("", text).strip(" :").lower()
    sign = -1.0 if text.startswith("-") or any(s[0] in "SW西南" for s in sides) else 1.0
    text = text.removeprefix("-").removeprefix("+").replace(",", "")
    if re.fullmatch(rf"{NUMBER}\s*[°度]?", text):
        return sign * float(text.rstrip("°度 "))
    found = DMS.fullmatch(text)
    if found is None:
        return None
    degrees, minutes, seconds = (float(part or 0) for part in found.groups())
    if minutes >= 60 or seconds >= 60:
        return None
    return sign * round(degrees + minutes / 60 + seconds / 3600, 10)


def pair(written: object) -> tuple[object, object] | None:
    """Return the halves of a cell that holds both coordinates.

    >>> pair("109.75, 40.7")
    ('109.75', '40.7')
    """
    parts = [part.strip() for part in PAIR.split(str(written).strip()) if part.strip()]
    if len(parts) == 1:
        parts = parts[0].split()
    return (parts[0], parts[1]) if len(parts) == 2 else None


class Place(NamedTuple):
    """Where a reading puts a list: how many of its points, how many in the district, bounds."""

    points: int
    inside: int
    bounds: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How pairs of numbers are taken: their order, their CRS, and what degrees refer to."""

    axes: Axes
    epsg: int
    datum: Datum

    @property
    def code(self) -> str:
        """The reading in one word, as pages and mapping files name it."""
        return f"{self.axes.value}:{self.epsg}"

    @property
    def is_projected(self) -> bool:
        """Say whether the numbers are metres."""
        return self.axes in {Axes.EAST_NORTH, Axes.NORTH_EAST}

    def locate(self, first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
        """Return lon, lat in EPSG:4490, nan where a pair is none; raises DatumUnconvertible."""
        is_turned = self.axes in {Axes.LAT_LON, Axes.NORTH_EAST}
        x, y = (second, first) if is_turned else (first, second)
        if self.is_projected:
            x, y = crs.move_points(x, y, self.epsg, STORE_EPSG)
            x, y = np.where(np.isfinite(x), x, np.nan), np.where(np.isfinite(y), y, np.nan)
        else:
            x, y = datum.to_store(x, y, self.datum)
        fits = (np.abs(x) <= 180) & (np.abs(y) <= 90)
        return np.where(fits, x, np.nan), np.where(fits, y, np.nan)

    def place(self, first: Numbers, second: Numbers, district: District) -> Place:
        """Say where this reading puts the points."""
        lon, lat = self.locate(first, second)
        known = np.isfinite(lon) & np.isfinite(lat)
        if not known.any():
            return Place(len(lon), 0, None)
        shapely.prepare(district.outline)
        inside = shapely.contains_xy(district.outline, lon[known], lat[known])
        bounds = (lon[known].min(), lat[known].min(), lon[known].max(), lat[known].max())
        return Place(len(lon), int(inside.sum()), tuple(round(float(b), 6) for b in bounds))  # type: ignore[arg-type]


def reading_of(code: str, datum: Datum) -> Reading:
    """Return the reading that ``code`` names; raises ValueError, KeyError."""
    axes, _, epsg = code.partition(":")
    return Reading(Axes.of(axes), int(epsg), datum)


def readings(
    first: Numbers, second: Numbers, district: District, wanted: Datum | None = None
) -> list[tuple[Reading, Place]]:
    """Return the ways in which pairs of numbers can be read, the likeliest first.

    What puts more points into the district is likelier; of equals the usual order. Degrees are
    told from metres by their size, a zone by the two digits before the easting.
    """
    known = np.isfinite(first) & np.isfinite(second)
    if not known.any():
        return []
    a, b = first[known], second[known]
    likely = wanted or Datum.CGCS2000
    found = [
        (reading, reading.place(a, b, district)) for reading in _possible(a, b, district, likely)
    ]
    return sorted(found, key=lambda one: -one[1].inside)


def _possible(a: Numbers, b: Numbers, district: District, likely: Datum) -> list[Reading]:
    if np.median(np.abs(a)) <= 180 and np.median(np.abs(b)) <= 180:
        turned = np.median(np.abs(b)) > 90
        orders = [Axes.LAT_LON] if turned else [Axes.LON_LAT, Axes.LAT_LON]
        return [Reading(axes, STORE_EPSG, likely) for axes in orders]
    found: list[Reading] = []
    for axes, easting in ((Axes.NORTH_EAST, b), (Axes.EAST_NORTH, a)):
        found += [Reading(axes, epsg, Datum.CGCS2000) for epsg in _zones(easting, district)]
    return found


def _zones(easting: Numbers, district: District) -> list[int]:
    """Return the CRS that an easting may be in: by its prefix, else those near the district."""
    middle = float(np.median(easting))
    if 10_000_000 <= middle < 50_000_000:
        zone = int(middle // 1_000_000)
        return [4488 + zone] if zone in ZONES_3 else [4478 + zone] if zone in ZONES_6 else []
    if not 100_000 <= middle < 900_000:
        return []
    near = round(district.outline.centroid.x / 3) * 3
    meridians = [m for m in (near, near - 3, near + 3) if 75 <= m <= 135]
    return list(dict.fromkeys([district.metric_epsg, *(4534 + (m - 75) // 3 for m in meridians)]))
