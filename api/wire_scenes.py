"""Scenes as STAC items: what a catalogue tells of them, and never where the server keeps them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from shapely.geometry import mapping

from gis.domain.detection.imagery import SceneRecord
from gis.domain.place import STORE_EPSG
from gis.spatial import crs

STAC_VERSION = "1.1.0"
EXTENSIONS = [
    "https://stac-extensions.github.io/eo/v2.0.0/schema.json",
    "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
]
WGS84_EPSG = 4326
COMMON = {
    "B02": "blue", "B03": "green", "B04": "red", "B05": "rededge", "B06": "rededge",
    "B07": "rededge", "B08": "nir", "B8A": "nir08", "B11": "swir16", "B12": "swir22",
}  # fmt: skip


def collection(found: Sequence[SceneRecord], number: int) -> dict[str, Any]:
    """Return scenes as a STAC ItemCollection with how many there are beyond those returned."""
    return {
        "type": "FeatureCollection",
        "features": [item(one) for one in found],
        "numberMatched": number,
        "numberReturned": len(found),
        "links": [{"rel": "self", "href": "/api/scenes", "type": "application/geo+json"}],
    }


def item(one: SceneRecord) -> dict[str, Any]:
    """Return a scene as a STAC Item; what is ours stands under ``qingfei:``."""
    footprint = crs.transform(one.footprint, STORE_EPSG, WGS84_EPSG)
    return {
        "type": "Feature",
        "stac_version": STAC_VERSION,
        "stac_extensions": EXTENSIONS,
        "id": str(one.id),
        "geometry": mapping(footprint),
        "bbox": [round(value, 6) for value in footprint.bounds],
        "properties": _properties(one),
        "links": [{"rel": "self", "href": f"/api/scenes/{one.id}", "type": "application/geo+json"}],
        "assets": {
            "tiles": {
                "href": f"/imagery/{one.id}/natural/{{z}}/{{x}}/{{y}}.webp",
                "type": "image/webp",
                "roles": ["overview"],
                "title": "XYZ tiles",
            }
        },
    }


def _properties(one: SceneRecord) -> dict[str, Any]:
    said: dict[str, Any] = {
        "title": one.name,
        **_days(one),
        "instruments": [one.sensor],
        "gsd": one.pixel_m,
        "proj:code": one.crs if one.crs.startswith("EPSG:") else None,
        "proj:shape": [one.height, one.width],
        "bands": [{"name": name, "eo:common_name": COMMON.get(name)} for name in one.bands],
        "qingfei:district": one.district_code,
        "qingfei:kind": one.kind.value,
        "qingfei:crs": one.crs,
        "qingfei:sha256": one.sha256,
        "qingfei:source_sha256": one.source_sha256,
        "qingfei:radiometry": one.radiometry,
        "qingfei:processing": one.processing,
        "qingfei:notice": one.notice,
        "qingfei:mask": one.mask_how and one.mask_how.value,
        "qingfei:nodata_percent": _percent(
            None if one.valid_share is None else 1 - one.valid_share
        ),
        "qingfei:shadow_percent": _percent(one.shadow_share),
    }
    if one.cloud_share is not None:
        said["eo:cloud_cover"] = _percent(one.cloud_share)
        said["eo:snow_cover"] = _percent(one.snow_share)
    if one.added_at is not None:
        said["created"] = _moment(one.added_at)
    return said


def _days(one: SceneRecord) -> dict[str, Any]:
    """Return the item's time; a span where it has two ends, null where nobody knows it.

    STAC wants a moment: noon in China stands for a day of which no hour is kept.
    """
    if one.acquired_on is None:
        start = datetime(2000, 1, 1, tzinfo=UTC)
        end = one.added_at or datetime.now(UTC)
        return {
            "datetime": None, "start_datetime": _moment(start), "end_datetime": _moment(end),
            "qingfei:acquired_on": None,
        }  # fmt: skip
    day = f"{one.acquired_on.isoformat()}T04:00:00Z"
    said: dict[str, Any] = {"datetime": day, "qingfei:acquired_on": one.acquired_on.isoformat()}
    if one.first_on is not None:
        said |= {"start_datetime": f"{one.first_on.isoformat()}T04:00:00Z", "end_datetime": day}
    return said


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)
