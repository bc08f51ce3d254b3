"""Ignore zones: ground whose objects are marked, never dropped."""

from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from remote_sensing.errors import (
    FieldMissing,
    LabelOutlineInvalid,
    LabelsUnreadable,
    ZonesUnreadable,
)
from remote_sensing.quality import truth
from remote_sensing.training import labels


def read_zones(path: Path) -> BaseGeometry:
    """Return the zones of a vector file as one geometry, EPSG:4326, longitude first.

    Raises ZonesUnreadable for a file that is no vector or holds no polygon.
    """
    if path.suffix.lower() not in labels.VECTORS:
        raise ZonesUnreadable(file=path.name)
    try:
        known = truth.read(path, None, None)
    except (LabelsUnreadable, LabelOutlineInvalid, FieldMissing) as error:
        raise ZonesUnreadable(file=path.name) from error
    zones = truth.moved(shapely.union_all(list(known.places)), known.crs, "EPSG:4326")
    if not zones.area > 0:
        raise ZonesUnreadable(file=path.name)
    joined: BaseGeometry = zones
    return joined
