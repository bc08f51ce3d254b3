"""疑似图斑: outlines with a class, a score and measures, and their file.

Areas and perimeters are geodesic on WGS 84 along the lon/lat outline (holes taken off the area,
their edges counted in the perimeter), so they do not depend on the image's CRS.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely import Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from remote_sensing import objects
from remote_sensing.classes import all_classes
from remote_sensing.errors import CandidatesUnreadable
from remote_sensing.objects import Patch
from remote_sensing.scene import Scene

if TYPE_CHECKING:
    from remote_sensing.second_stage.finding import Found

MIN_AREA_M2 = 2_000.0
"""0.2 ha, 20 pixels of Sentinel-2: smaller specks are mostly mixed pixels along edges."""

_NAMESPACE = UUID("6f0c8a52-54f1-5a0e-9d0c-7f4f0c1b8a11")
_LONGEST_EDGE_PX = 256
"""A straight border longer than this gets vertices in between, for it is no straight line in
lon/lat: over a whole Sentinel-2 tile it would be off by more than 200 m."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One suspected place in one scene.

    ``confidence`` is what the model's judge of objects says, else the mean score inside, which is
    also ``score_mean``, 0 to 1 as are ``score_min`` and ``score_max``; ``outline_lonlat`` is
    EPSG:4326, longitude first, shell counter-clockwise (RFC 7946, 3.1.6). ``is_kept`` says that the
    model's thresholds let it be a candidate; ``look_alike`` names what else it looks like;
    ``is_ignored`` that it lies in an ignore zone.
    """

    id: UUID
    class_name: str
    confidence: float
    score_min: float
    score_max: float
    pixels: int
    area_m2: float
    perimeter_m: float
    outline_lonlat: Polygon
    score_mean: float | None = None
    is_kept: bool = True
    look_alike: str | None = None
    is_isolated: bool = False
    is_ignored: bool = False


def from_found(
    found: Sequence["Found"],
    scene: Scene,
    model_sha256: str,
    *,
    min_area_m2: float = MIN_AREA_M2,
    ignored: BaseGeometry | None = None,
) -> tuple[tuple["Found", Candidate], ...]:
    """Return every object that is large enough, kept or not, with what stands in the files.

    One of which half or more lies in ``ignored`` (lon/lat) is marked, not dropped.
    """
    outlines = [one.outline_px for one in found]
    marked = []
    for one, plain in zip(found, objects.smooth(outlines), strict=True):
        candidate = _of(one.patch, plain, one.outline_px, scene, model_sha256)
        if candidate.area_m2 < min_area_m2:
            continue
        said = replace(
            candidate,
            confidence=candidate.confidence if one.confidence is None else one.confidence,
            is_kept=one.is_kept,
            look_alike=one.look_alike,
            is_isolated=one.is_isolated,
            is_ignored=ignored is not None and _lies_in(candidate.outline_lonlat, ignored),
        )
        marked.append((one, said))
    return tuple(marked)


def from_patches(
    patches: Sequence[Patch],
    outlines_px: Sequence[Polygon],
    scene: Scene,
    model_sha256: str,
    *,
    min_area_m2: float = MIN_AREA_M2,
    min_confidence: float = 0.0,
) -> tuple[Candidate, ...]:
    """Return the patches that are large and sure enough, surest first.

    ``outlines_px`` are the patches' true outlines in pixel corners (column, row); the pixels'
    stairs are taken off them here, except where rounded lon/lat would then cross itself.
    """
    smooth = objects.smooth(outlines_px)
    found = [
        _of(patch, plain, true, scene, model_sha256)
        for patch, plain, true in zip(patches, smooth, outlines_px, strict=True)
    ]
    kept = [c for c in found if c.area_m2 >= min_area_m2 and c.confidence >= min_confidence]
    return tuple(sorted(kept, key=_surest_first))


def _of(patch: Patch, plain: Polygon, true: Polygon, scene: Scene, model_sha256: str) -> Candidate:
    outline = to_lonlat(plain, scene)
    outline = outline if outline.is_valid else to_lonlat(true, scene)
    area_m2, perimeter_m = measures(outline)
    confidence = round(patch.score_sum / patch.pixels / 100, 4)
    name = next(info.name for info in all_classes().values() if info.code == patch.code)
    return Candidate(
        id=_identity(scene.sha256, model_sha256, name, outline),
        class_name=name,
        confidence=confidence,
        score_min=patch.score_min / 100,
        score_max=patch.score_max / 100,
        pixels=patch.pixels,
        area_m2=area_m2,
        perimeter_m=perimeter_m,
        outline_lonlat=outline,
        score_mean=confidence,
    )


def _lies_in(outline: Polygon, zones: BaseGeometry) -> bool:
    return bool(outline.intersection(zones).area >= outline.area / 2)


def to_lonlat(outline_px: Polygon, scene: Scene) -> Polygon:
    """Return an outline of pixel corners in lon/lat, rounded to about a centimetre or finer."""
    transformer = _lonlat_of(scene.crs.to_wkt())
    places = 7 if scene.pixel_m >= 0.1 else 9

    def project(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        col, row = corners.T
        t = scene.transform
        x, y = t.a * col + t.b * row + t.c, t.d * col + t.e * row + t.f
        return np.round(np.column_stack(transformer.transform(x, y)), places)

    dense = shapely.segmentize(outline_px, _LONGEST_EDGE_PX)
    return shapely.orient_polygons(shapely.transform(dense, project))


def measures(outline_lonlat: Polygon) -> tuple[float, float]:
    """Return geodesic area (m2) and perimeter with that of holes (m), to a tenth."""
    outline = shapely.orient_polygons(outline_lonlat)
    area, _ = _wgs84().geometry_area_perimeter(outline)
    rings = (outline.exterior, *outline.interiors)
    return round(abs(area), 1), round(fsum(map(_wgs84().geometry_length, rings)), 1)


def to_geojson(candidates: Iterable[Candidate], about: dict[str, Any]) -> bytes:
    """Return the file's bytes: one line per candidate, surest first; ``about`` stands on top."""
    head = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)[:-1]
    lines = [
        json.dumps(_feature(c), ensure_ascii=False) for c in sorted(candidates, key=_surest_first)
    ]
    body = ",\n".join(lines)
    return f'{head}, "features": [\n{body}\n]}}\n'.encode()


def read_geojson(path: Path) -> tuple[Candidate, ...]:
    """Read a candidates file; raises CandidatesUnreadable."""
    try:
        features = json.loads(path.read_bytes())["features"]
        return tuple(_candidate(feature) for feature in features)
    except (OSError, ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as problem:
        raise CandidatesUnreadable(file=path.name) from problem


def _feature(candidate: Candidate) -> dict[str, Any]:
    rings = [candidate.outline_lonlat.exterior, *candidate.outline_lonlat.interiors]
    return {
        "type": "Feature",
        "id": str(candidate.id),
        "properties": {
            "id": str(candidate.id),
            "class": candidate.class_name,
            "confidence": candidate.confidence,
            "area_m2": candidate.area_m2,
            "perimeter_m": candidate.perimeter_m,
            "score_min": candidate.score_min,
            "score_max": candidate.score_max,
            "pixels": candidate.pixels,
            "score_mean": candidate.score_mean,
            "kept": candidate.is_kept,
            "look_alike": candidate.look_alike,
            "isolated": candidate.is_isolated,
            "ignored": candidate.is_ignored,
        },
        "geometry": {"type": "Polygon", "coordinates": [list(ring.coords) for ring in rings]},
    }


def _candidate(feature: dict[str, Any]) -> Candidate:
    said = feature["properties"]
    outline = shape(feature["geometry"])
    if not isinstance(outline, Polygon) or not outline.is_valid:
        raise ValueError("a candidate without a valid polygon")
    return Candidate(
        id=UUID(said["id"]),
        class_name=all_classes()[said["class"]].name,
        confidence=float(said["confidence"]),
        score_min=float(said["score_min"]),
        score_max=float(said["score_max"]),
        pixels=int(said["pixels"]),
        area_m2=float(said["area_m2"]),
        perimeter_m=float(said["perimeter_m"]),
        outline_lonlat=outline,
        score_mean=None if said.get("score_mean") is None else float(said["score_mean"]),
        is_kept=bool(said.get("kept", True)),
        look_alike=None if (alike := said.get("look_alike")) is None else all_classes()[alike].name,
        is_isolated=bool(said.get("isolated", False)),
        is_ignored=bool(said.get("ignored", False)),
    )


def _identity(scene_sha256: str, model_sha256: str, name: str, outline: Polygon) -> UUID:
    ground = shapely.to_wkt(shapely.normalize(outline), rounding_precision=9)
    return uuid5(_NAMESPACE, "\n".join((scene_sha256, model_sha256, name, ground)))


def _surest_first(candidate: Candidate) -> tuple[float, str]:
    return -candidate.confidence, str(candidate.id)


@cache
def _wgs84() -> Geod:
    return Geod(ellps="WGS84")


@cache
def _lonlat_of(wkt: str) -> Transformer:
    # Making one takes longer than using it on an outline; a thread gets its own from pyproj.
    return Transformer.from_crs(wkt, "EPSG:4326", always_xy=True)
