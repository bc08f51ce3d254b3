"""One scene's candidates and class map beside what is known of its ground, object by object.

What is counted here is summed up by ``quality``, for one scene or for many. Areas are compared in a
Lambert azimuthal equal-area plane round the scene, in metres.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod
from rasterio.features import rasterize
from shapely.geometry.base import BaseGeometry

from remote_sensing.candidates import Candidate
from remote_sensing.classes import NODATA_CODE, all_classes
from remote_sensing.quality import truth
from remote_sensing.quality.errors import LabelsElsewhere
from remote_sensing.quality.per_object import ENOUGH, GOOD_IOU, MIN_OBJECT_M2, meet
from remote_sensing.quality.per_pixel import Counts, counts_of
from remote_sensing.quality.truth import UNLABELLED, Raster, Truth

LONLAT = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class JudgedCandidate:
    """A candidate of 0.5 ha or more, its area in the plane and how much of it lies on places.

    ``is_labelled`` says that it holds labelled ground at all.
    """

    candidate: Candidate
    area_m2: float
    share_on_places: float
    is_labelled: bool

    @property
    def is_right(self) -> bool:
        """Whether enough of it lies on known places."""
        return self.share_on_places >= ENOUGH


@dataclass(frozen=True, slots=True)
class JudgedPlace:
    """A known place of 0.5 ha or more and how candidates meet it.

    ``found_at`` is the confidence from which on candidates cover enough of it; NaN where none do.
    """

    outline_lonlat: BaseGeometry
    area_m2: float
    covered: float
    iou: float
    found_at: float

    @property
    def is_found(self) -> bool:
        """Whether enough of it is covered."""
        return not isnan(self.found_at)

    @property
    def is_well_met(self) -> bool:
        """Whether one candidate meets it well."""
        return self.iou >= GOOD_IOU


@dataclass(frozen=True, slots=True)
class Judged:
    """One scene: its objects, and its pixels by (mapped code, labelled code).

    ``labelled`` and ``seen`` are None without a class map; ``seen`` also counts pixels without a
    label. ``mapped_m2`` is the class map's area of each class.
    """

    name: str
    candidates: tuple[JudgedCandidate, ...]
    places: tuple[JudgedPlace, ...]
    labelled: Counts | None
    seen: Counts | None
    mapped_m2: Mapping[str, float]
    ground_km2: float


def look(name: str, found: Sequence[Candidate], known: Truth, class_map: Raster | None) -> Judged:
    """Compare candidates, and a class map if there is one, with what is known of the ground.

    Raises LabelsElsewhere when no label lies in the scene.
    """
    if class_map and not _meets(known, class_map):
        raise LabelsElsewhere(scene=name)
    grid = class_map or known.ground
    plane = _plane(found, known, grid)
    counted = [c for c in found if c.area_m2 >= MIN_OBJECT_M2]
    outlines = [truth.moved(c.outline_lonlat, LONLAT, plane) for c in counted]
    places = _places(known, class_map, plane)
    touched = _on_labelled_ground(counted, outlines, known, plane)
    met = meet(outlines, places, [c.confidence for c in counted])
    pixels = counts_of(class_map.codes, known.on_grid(class_map).codes) if class_map else None
    return Judged(
        name=name,
        candidates=tuple(
            JudgedCandidate(c, float(outline.area), float(share), bool(is_in))
            for c, outline, share, is_in in zip(
                counted, outlines, met.on_places, touched, strict=True
            )
        ),
        places=tuple(
            JudgedPlace(truth.moved(place, plane, LONLAT), float(place.area), *map(float, row))
            for place, *row in zip(places, met.covered, met.iou, met.found_at, strict=True)
        ),
        labelled=pixels and pixels[0],
        seen=pixels and pixels[1],
        mapped_m2=_mapped_m2(class_map) if class_map else {},
        ground_km2=_ground_km2(grid, class_map),
    )


def _meets(known: Truth, grid: Raster) -> bool:
    """Whether any label lies in the frame; labels that say nothing at all do too."""
    if known.ground is not None:
        shapes = [known.ground.bounds]
    else:
        shapes = [shape for shape, _ in known.classed]
    if not shapes:
        return True
    frame = truth.moved(shapely.segmentize(grid.bounds, _step(grid)), grid.crs, LONLAT)
    shapely.prepare(frame)
    return any(frame.intersects(truth.moved(shape, known.crs, LONLAT)) for shape in shapes)


def _ground_km2(grid: Raster | None, class_map: Raster | None) -> float:
    """Return what was searched: the frame without the pixels that could not be judged."""
    if grid is None:
        return nan
    seen = float((class_map.codes != NODATA_CODE).mean()) if class_map else 1.0
    return _frame_km2(grid) * seen


def _mapped_m2(class_map: Raster) -> dict[str, float]:
    """Return the class map's area of each class, in m2."""
    pixel_m2 = _frame_km2(class_map) * 1e6 / class_map.codes.size
    numbers = np.bincount(class_map.codes.ravel(), minlength=256)
    return {
        info.name: int(numbers[info.code]) * pixel_m2
        for info in all_classes().values()
        if numbers[info.code]
    }


def _plane(found: Sequence[Candidate], known: Truth, grid: Raster | None) -> CRS:
    """Return an equal-area CRS whose middle lies in the scene."""
    if grid:
        middle = truth.moved(grid.bounds.centroid, grid.crs, LONLAT)
    elif found:
        middle = shapely.centroid(shapely.MultiPolygon([c.outline_lonlat for c in found]))
    else:
        middle = truth.moved(shapely.GeometryCollection(known.places).centroid, known.crs, LONLAT)
    return plane_round(middle)


def plane_round(middle: BaseGeometry) -> CRS:
    """Return the equal-area plane round a point in lon/lat."""
    x, y = (0.0, 0.0) if middle.is_empty else map(float, shapely.get_coordinates(middle)[0])
    return CRS.from_dict({"proj": "laea", "lon_0": x, "lat_0": y, "datum": "WGS84", "units": "m"})


def _places(known: Truth, class_map: Raster | None, plane: CRS) -> list[BaseGeometry]:
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
    found: Sequence[Candidate], outlines: Sequence[BaseGeometry], known: Truth, plane: CRS
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
