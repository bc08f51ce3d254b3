"""How good a run is, judged against labels by the project's protocol.

Areas are compared in a Lambert azimuthal equal-area plane round the scene, in metres.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod
from rasterio.features import rasterize
from shapely import Geometry

from remote_sensing import candidates, truth
from remote_sensing.accuracy import AreaAdjusted, area_adjusted
from remote_sensing.candidates import Candidate
from remote_sensing.classes import NODATA_CODE, class_of
from remote_sensing.object_quality import (
    MIN_OBJECT_M2,
    ConfidenceQuality,
    ObjectQuality,
    judge_confidence,
    judge_objects,
    on_places,
)
from remote_sensing.pixel_quality import PixelQuality, judge_pixels
from remote_sensing.truth import UNLABELLED, Raster, Truth

LONLAT = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a candidates file is worth.

    The ``_all`` figures count a candidate on unlabelled ground as wrong; the ``_labelled`` figures
    leave out the ``unlabelled_candidates`` that lie wholly on it. With sparse labels the truth is
    between the two. ``pixels`` and ``area`` are None without a class map beside the candidates.
    """

    objects_all: ObjectQuality
    objects_labelled: ObjectQuality
    unlabelled_candidates: int
    confidence_all: ConfidenceQuality
    confidence_labelled: ConfidenceQuality
    pixels: PixelQuality | None
    area: AreaAdjusted | None
    ground_km2: float


def evaluate(
    candidates_path: Path,
    labels_path: Path,
    *,
    legend: Mapping[str, str] | None = None,
    classes_tif: Path | None = None,
    field: str | None = None,
) -> Evaluation:
    """Judge a candidates file, and the class map beside it where there is one.

    Raises CandidatesUnreadable, and what ``truth.read`` raises.
    """
    found = candidates.read_geojson(candidates_path)
    known = truth.read(labels_path, legend, field)
    beside = classes_tif or candidates_path.with_name("classes.tif")
    class_map = truth.read_raster(beside) if classes_tif or beside.exists() else None
    return judge(found, known, class_map)


def judge(found: Sequence[Candidate], known: Truth, class_map: Raster | None) -> Evaluation:
    """Compare candidates, and a class map if there is one, with what is known of the ground."""
    grid = class_map or known.ground
    ground_km2 = _frame_km2(grid) if grid else nan
    if class_map:
        ground_km2 *= float((class_map.codes != NODATA_CODE).mean())
    plane = _plane(found, known, grid)
    counted = [c for c in found if c.area_m2 >= MIN_OBJECT_M2]
    outlines = [truth.moved(c.outline_lonlat, LONLAT, plane) for c in counted]
    places = _places(known, class_map, plane)
    labelled = _on_labelled_ground(counted, outlines, known, plane)
    right, _, _ = on_places(outlines, places)
    confidence = np.array([c.confidence for c in counted], np.float64)
    kept = [outline for outline, is_in in zip(outlines, labelled, strict=True) if is_in]
    pixels = area = None
    if class_map:
        said = known.on_grid(class_map)
        pixels = judge_pixels(class_map.codes, said.codes)
        area = _area(pixels, class_map) if pixels.names else None
    return Evaluation(
        objects_all=judge_objects(outlines, places, ground_km2),
        objects_labelled=judge_objects(kept, places, ground_km2),
        unlabelled_candidates=int((~labelled).sum()),
        confidence_all=judge_confidence(confidence, right),
        confidence_labelled=judge_confidence(confidence[labelled], right[labelled]),
        pixels=pixels,
        area=area,
        ground_km2=ground_km2,
    )


def _plane(found: Sequence[Candidate], known: Truth, grid: Raster | None) -> CRS:
    """Return an equal-area CRS whose middle lies in the scene."""
    if grid:
        middle = truth.moved(grid.bounds.centroid, grid.crs, LONLAT)
    elif found:
        middle = shapely.centroid(shapely.MultiPolygon([c.outline_lonlat for c in found]))
    else:
        middle = truth.moved(shapely.GeometryCollection(known.places).centroid, known.crs, LONLAT)
    x, y = (0.0, 0.0) if middle.is_empty else (middle.x, middle.y)
    return CRS.from_dict({"proj": "laea", "lon_0": x, "lat_0": y, "datum": "WGS84", "units": "m"})


def _places(known: Truth, class_map: Raster | None, plane: CRS) -> list[Geometry]:
    """Return the places of 0.5 ha and more, as far as they lie in the class map's frame."""
    places = [truth.moved(place, known.crs, plane) for place in known.places]
    if class_map:
        frame = truth.moved(
            shapely.segmentize(class_map.bounds, _step(class_map)), class_map.crs, plane
        )
        shapely.prepare(frame)
        places = [place.intersection(frame) for place in places if frame.intersects(place)]
    return [place for place in places if place.area >= MIN_OBJECT_M2]


def _on_labelled_ground(
    found: Sequence[Candidate], outlines: Sequence[Geometry], known: Truth, plane: CRS
) -> NDArray[np.bool_]:
    """Return which candidates hold at least one labelled pixel, or touch a labelled outline."""
    touched = np.zeros(len(found), bool)
    if known.ground is None:
        shapes = [truth.moved(shape, known.crs, plane) for shape, _ in known.classed]
        if shapes and len(outlines):
            touched[shapely.STRtree(shapes).query(list(outlines), predicate="intersects")[0]] = True
        return touched
    ground = known.ground
    shapes = [
        (truth.moved(c.outline_lonlat, LONLAT, ground.crs), number)
        for number, c in enumerate(found, start=1)
    ]
    if shapes:
        numbers = rasterize(
            shapes, ground.codes.shape, transform=ground.transform, dtype="int32", fill=0
        )
        hit = np.unique(numbers[ground.codes != UNLABELLED])
        touched[hit[hit > 0] - 1] = True
    return touched


def _frame_km2(raster: Raster) -> float:
    """Return the geodesic area of the raster's frame."""
    frame = truth.moved(shapely.segmentize(raster.bounds, _step(raster)), raster.crs, LONLAT)
    area_m2, _ = Geod(ellps="WGS84").geometry_area_perimeter(frame)
    return abs(area_m2) / 1e6


def _step(raster: Raster) -> float:
    return 256 * abs(raster.transform.a)


def _area(pixels: PixelQuality, class_map: Raster) -> AreaAdjusted:
    pixel_m2 = _frame_km2(class_map) * 1e6 / class_map.codes.size
    mapped = [
        int((class_map.codes == class_of(name).code).sum()) * pixel_m2 for name in pixels.names
    ]
    return area_adjusted(pixels.names, pixels.matrix, mapped)
