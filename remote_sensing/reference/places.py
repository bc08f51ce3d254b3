"""Where the points of a table lie, as far as the table that came back still says so."""

import csv
from math import isfinite
from pathlib import Path
from typing import Any

from remote_sensing.errors import LabelsUnreadable
from remote_sensing.quality import truth
from remote_sensing.reference.files import LONLAT, rows
from remote_sensing.training import labels

LonLat = tuple[float, float]


def places_of(path: Path) -> dict[str, LonLat]:
    """Return longitude and latitude (EPSG:4326) of points by name; those without are left out.

    The estimate needs none of it, so a table that lost its columns or its geometry is no error.
    """
    try:
        if path.suffix.lower() == ".csv":
            found = [(row.get("point"), row.get("lon"), row.get("lat")) for row in rows(path)]
        else:
            frame = labels.read_vector(path)
            middles = truth.moved(frame.geometry.centroid.array, frame.crs or LONLAT, LONLAT)
            found = [(n, p.x, p.y) for n, p in zip(frame["point"], middles, strict=True) if p]
    except (OSError, ValueError, KeyError, AttributeError, csv.Error, LabelsUnreadable):
        return {}
    known = ((str(name).strip(), _number(lon), _number(lat)) for name, lon, lat in found if name)
    return {
        name: (lon, lat)
        for name, lon, lat in known
        if lon is not None and lat is not None and -180 <= lon <= 180 and -90 <= lat <= 90
    }


def _number(said: Any) -> float | None:
    try:
        value = float(said)
    except (TypeError, ValueError):
        return None
    return value if isfinite(value) else None
