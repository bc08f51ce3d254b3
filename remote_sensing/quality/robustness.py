"""Whether a model says the same of one scene however its file came: the protocol's robustness.

The middle of an image is written in other CRSs, in four files, with another offset, in a frame of
nodata and without a band, each is detected, and its outlines are compared with those of the plain
file. Every variant must agree, or be refused with a clear error.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.transform import array_bounds
from rasterio.warp import calculate_default_transform, reproject
from shapely.geometry.base import BaseGeometry

from gis.errors import QingfeiError
from remote_sensing.model import Model
from remote_sensing.pipeline import detect
from remote_sensing.quality import judging, truth
from remote_sensing.quality.per_object import on_places
from remote_sensing.scene import GDAL_OPTIONS, Scene, open_scene, opened

SIDE = 768
FRAME_PX = 40
OVERLAP_PX = 48
"""Files of a scene that was cut share so much: more than detection looks round a pixel."""
AGREE = 0.9
"""Outlines agree when their union shares so much: resampling alone moves borders half a pixel."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which the scene came, and how its outlines agree with the plain ones.

    ``iou`` is of all ground under outlines, ``found`` the share of plain outlines met again;
    ``refused`` is the code of the error that it was refused with.
    """

    name: str
    iou: float
    found: float
    outlines: int
    refused: str | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it agrees, or was refused where it had to be."""
        if self.name.startswith("without "):
            return self.refused is not None
        return self.refused is None and (self.iou >= AGREE or self.outlines == 0 == self.iou)


@dataclass(frozen=True, slots=True)
class _Part:
    """Pixels of an image as a file would hold them: (bands, height, width) and their place."""

    pixels: NDArray[Any]
    transform: Affine
    crs: Any


Told = dict[str, Any]


def check(scene: Scene, model: Model, model_path: Path, work: Path) -> Iterator[Variant]:
    """Yield each variant's agreement; ``work`` is a folder that may be filled.

    The plain scene comes first, detected twice: it must agree to the last corner.
    """
    plain = _middle(scene)
    told: Told = {
        "bands": scene.band_names,
        "scale": scene.radiometry.scale,
        "offset": scene.radiometry.offset,
    }

    def found(name: str, parts: Sequence[_Part], **other: Any) -> list[BaseGeometry]:
        outlines: list[BaseGeometry] = []
        for number, part in enumerate(parts):
            path = work / f"{name}_{number}.tif"
            _write(path, part, scene)
            said = open_scene(path, **(told | other), acquired_on=scene.acquired_on)
            made = detect(said, model, work / "out", model_path=model_path, overwrite=True)
            outlines += [c.outline_lonlat for c in made.candidates]
        return outlines

    base = found("plain", [plain])
    again = found("again", [plain])
    same = sorted(o.wkb for o in base) == sorted(o.wkb for o in again)
    yield Variant("again", 1.0 if same else 0.0, 1.0 if same else 0.0, len(again))
    for name, make, other in _variants(plain, scene):
        yield _compared(name, base, partial(_made, found, name, make, other))


def _made(
    found: Callable[..., list[BaseGeometry]],
    name: str,
    make: Callable[[], list[_Part]],
    other: dict[str, Any],
) -> list[BaseGeometry]:
    return found(name.replace(" ", "_").replace(":", "_"), make(), **other)


def _variants(
    plain: _Part, scene: Scene
) -> Iterator[tuple[str, Callable[[], list[_Part]], dict[str, Any]]]:
    utm = int(scene.footprint_lonlat.centroid.x // 6) + 31
    south = "7" if scene.footprint_lonlat.centroid.y < 0 else "6"
    beside = utm + 1 if utm < 60 else utm - 1
    for epsg in ("4326", "3857", f"32{south}{beside:02d}"):
        yield f"EPSG:{epsg}", partial(_moved, plain, f"EPSG:{epsg}"), {}
    yield "four files", partial(_quarters, plain), {}
    yield "nodata frame", partial(_framed, plain), {}
    is_whole = np.issubdtype(plain.pixels.dtype, np.integer) and plain.pixels.dtype.itemsize > 1
    if is_whole and plain.pixels.max(initial=0) < 60_000:
        shift = scene.radiometry.offset - 1_000 * scene.radiometry.scale
        yield "another offset", partial(_lifted, plain, 1_000), {"offset": shift}
    bands = scene.band_names[:-1]
    yield f"without {scene.band_names[-1]}", partial(_short, plain), {"bands": bands}


def _short(part: _Part) -> list[_Part]:
    return [_Part(part.pixels[:-1], part.transform, part.crs)]


def _compared(
    name: str, base: list[BaseGeometry], find: Callable[[], list[BaseGeometry]]
) -> Variant:
    try:
        own = find()
    except QingfeiError as refused:
        return Variant(name, nan, nan, 0, refused.code)
    if not base and not own:
        return Variant(name, 1.0, 1.0, 0)
    every = shapely.GeometryCollection([*base, *own])
    plane = judging.plane_round(every.centroid)
    ours, theirs = (
        [truth.moved(shape, judging.LONLAT, plane) for shape in group] for group in (own, base)
    )
    one, other = shapely.union_all(ours), shapely.union_all(theirs)
    either = one.union(other).area
    _, met, _ = on_places(ours, theirs)
    iou = one.intersection(other).area / either if either else nan
    return Variant(name, iou, float(met.mean()) if len(met) else nan, len(own))


def _middle(scene: Scene) -> _Part:
    """Return the middle of an image, its bands in the scene's order."""
    wide, high = min(SIDE, scene.width), min(SIDE, scene.height)
    col, row = (scene.width - wide) // 2, (scene.height - high) // 2
    with opened(scene.path) as dataset:
        window = rasterio.windows.Window(col, row, wide, high)
        pixels = dataset.read(list(scene.band_places), window=window)
    return _Part(pixels, scene.transform @ Affine.translation(col, row), scene.crs)


def _write(path: Path, part: _Part, scene: Scene) -> None:
    count, height, width = part.pixels.shape
    fill = 0 if scene.nodata is None else scene.nodata
    with (
        rasterio.Env(**GDAL_OPTIONS),
        rasterio.open(
            path, "w", driver="GTiff", width=width, height=height, count=count,
            dtype=part.pixels.dtype, crs=part.crs, transform=part.transform, nodata=fill,
        ) as dataset,
    ):  # fmt: skip
        dataset.write(part.pixels)


def _moved(part: _Part, crs: str) -> list[_Part]:
    count, height, width = part.pixels.shape
    bounds = array_bounds(height, width, part.transform)
    there, wide, high = calculate_default_transform(part.crs, crs, width, height, *bounds)
    moved = np.zeros((count, high, wide), part.pixels.dtype)
    reproject(
        part.pixels, moved, src_transform=part.transform, src_crs=part.crs, dst_transform=there,
        dst_crs=crs, resampling=Resampling.nearest, src_nodata=0, dst_nodata=0,
    )  # fmt: skip
    return [_Part(moved, there, rasterio.crs.CRS.from_user_input(crs))]


def _quarters(part: _Part) -> list[_Part]:
    _, height, width = part.pixels.shape
    parts = []
    for top, bottom in ((0, height // 2 + OVERLAP_PX), (height // 2 - OVERLAP_PX, height)):
        for left, right in ((0, width // 2 + OVERLAP_PX), (width // 2 - OVERLAP_PX, width)):
            top_, left_ = max(top, 0), max(left, 0)
            own = part.pixels[:, top_:bottom, left_:right]
            parts.append(_Part(own, part.transform @ Affine.translation(left_, top_), part.crs))
    return parts


def _framed(part: _Part) -> list[_Part]:
    pixels = np.pad(part.pixels, ((0, 0), (FRAME_PX,) * 2, (FRAME_PX,) * 2))
    return [_Part(pixels, part.transform @ Affine.translation(-FRAME_PX, -FRAME_PX), part.crs)]


def _lifted(part: _Part, by: int) -> list[_Part]:
    seen = part.pixels > 0
    lifted = np.where(seen, part.pixels + np.array(by, part.pixels.dtype), part.pixels)
    return [_Part(lifted.astype(part.pixels.dtype), part.transform, part.crs)]
