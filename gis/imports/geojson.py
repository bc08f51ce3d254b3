"""GeoJSON: RFC 7946 is lon/lat; the older "crs" member is believed where it stands."""

import json
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from gis.imports.delimited import decoded
from gis.imports.errors import FileDamaged, GeometryUnread
from gis.imports.features import table_of
from gis.imports.table import Table


def read(path: Path, name: str) -> Table:
    """Return the features of a collection; raises FileDamaged, GeometryUnread, those of rows."""
    try:
        content = json.loads(decoded(path.read_bytes(), name))
    except (ValueError, RecursionError) as error:
        raise FileDamaged(name=name, reason="JSON") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise FileDamaged(name=name, reason="FeatureCollection")
    records = [_flat(feature.get("properties")) for feature in features]
    shapes = [_shape(feature.get("geometry"), n) for n, feature in enumerate(features, start=1)]
    return table_of(name, [name], records, shapes, _crs(content))


def _flat(properties: Any) -> dict[str, Any]:
    if not isinstance(properties, dict):
        return {}
    return {
        str(key): json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for key, value in properties.items()
    }


def _shape(geometry: Any, number: int) -> BaseGeometry | None:
    if geometry is None:
        return None
    try:
        return shape(geometry)
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise GeometryUnread(row=number, reason="GeoJSON") from error


def _crs(content: dict[str, Any]) -> str:
    said = content.get("crs")
    named = said.get("properties") if isinstance(said, dict) else None
    text = named.get("name") if isinstance(named, dict) else None
    return text if isinstance(text, str) else "EPSG:4326"
