"""The quarries of the Strzegom labels as places to look at, and the looks at them."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from followup_truth import Mask
from pyproj import Transformer
from rasterio.features import rasterize
from shapely import MultiPolygon, Polygon

from gis.rules import follow_up
from remote_sensing.follow_up.followup import observe
from remote_sensing.follow_up.looks import Look, Place
from remote_sensing.scene import Scene

RULES = follow_up.current()
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:32633", always_xy=True)
AS = {"NEW": "GROWN", "GONE": "SHRUNK", "FIRST": "UNCHANGED"}


def day_of(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def metres(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(
        shape, lambda p: np.column_stack(TO_METRES.transform(p[:, 0], p[:, 1]))
    )


def degrees(shape: MultiPolygon) -> MultiPolygon:
    def back(p: np.ndarray) -> np.ndarray:
        return np.column_stack(TO_METRES.transform(p[:, 0], p[:, 1], direction="INVERSE"))

    return shapely.transform(shape, back)


def read_labels(data: Path) -> dict[str, shapely.Geometry]:
    """Return what is labelled quarry on each date, in metres."""
    said = json.loads((data / "quarry_polygons_by_date.geojson").read_text("utf-8"))["features"]
    found: dict[str, list[shapely.Geometry]] = {}
    for one in said:
        shape = metres(shapely.geometry.shape(one["geometry"]))
        found.setdefault(one["properties"]["date"].replace("-", ""), []).append(shape)
    return {day: shapely.union_all(shapes) for day, shapes in found.items()}


def quarries_of(labels: dict[str, shapely.Geometry]) -> list[Polygon]:
    """Return one area a quarry, which holds its labels of every date."""
    every = shapely.union_all(list(labels.values())).buffer(15).buffer(-15)
    return sorted(every.geoms, key=lambda one: -one.area)


def labelled(label: shapely.Geometry, quarry: Polygon) -> MultiPolygon:
    parts = shapely.get_parts(label.intersection(quarry.buffer(30)))
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def look(
    scenes: dict[str, Scene],
    before: str | None,
    after: str,
    outlines: list[MultiPolygon],
    only: int | None = None,
) -> list[Look]:
    """Return a look at each quarry, in their order, or at one of them."""
    lonlat = [degrees(one) for one in outlines]
    places = [
        Place(str(n), one, earlier=before) for n, one in enumerate(lonlat) if only in (None, n)
    ]
    earlier = {} if before is None else {before: (scenes[before], day_of(before))}
    found = observe(
        scenes[after], day_of(after), places, RULES, all_outlines=lonlat, earlier=earlier
    )
    return sorted(found, key=lambda one: int(one.place.key))


def measured(found: Look) -> str:
    if found.change_m2 is None or found.change_sigma_m2 is None:
        return "-"
    return f"{found.change_m2:+.0f}~{found.change_sigma_m2:.0f}"


def hectares(found: Look) -> str:
    if found.footprint_m2 is None:
        return "-"
    value, low, high = (area / 1e4 for area in found.footprint_m2)
    return f"{value:.2f} ({low:.2f}-{high:.2f})"


def inside_of(scene: Scene, shape: shapely.Geometry) -> Mask:
    size = scene.height, scene.width
    if shape.is_empty:
        return np.zeros(size, bool)
    return rasterize([(shape, 1)], size, transform=scene.transform) > 0
