"""One scene out of the clear pixels of several dates, and which date each pixel is of.

Windowed: a window of every source is in memory, never a whole scene. Values are whole numbers; the
same sources give the same bytes.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import rasterio
import rasterio.windows
from numpy.typing import NDArray
from pyproj import Transformer

from remote_sensing import safe_files
from remote_sensing.follow_up.images import Image
from remote_sensing.intake.bands import CANONICAL
from remote_sensing.intake.georeference import to_lonlat
from remote_sensing.scene import GDAL_OPTIONS, Chip, Scene, opened
from remote_sensing.scene_errors import CompositeUnfit
from remote_sensing.windows import plan

How = Literal["median", "best"]
LEAST_SOURCES, MOST_SOURCES = 2, 40
LEAST_BANDS = 3
NO_DATE = 255
_NEVER = np.iinfo(np.int16).max

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A scene, without what its mask hides, under the name that the catalogue knows it by."""

    name: str
    scene: Scene


def in_order(sources: Sequence[Source]) -> list[Source]:
    """Return what can be composed, the newest first; raises CompositeUnfit."""
    if not LEAST_SOURCES <= len(sources) <= MOST_SOURCES:
        raise _unfit(
            f"需要 {LEAST_SOURCES} 至 {MOST_SOURCES} 景影像，现有 {len(sources)} 景",
            f"{LEAST_SOURCES} to {MOST_SOURCES} scenes are needed, not {len(sources)}",
        )
    for one in sources:
        if one.scene.acquired_on is None:
            raise _unfit(f"{one.name} 没有成像日期", f"{one.name} has no day")
        if one.scene.dtype == "uint8":
            zh = f"{one.name} 为 8 位显示拉伸，并非反射率"
            raise _unfit(zh, f"{one.name} is an 8-bit stretch, not reflectance")
    if len(shared_bands(sources)) < LEAST_BANDS:
        raise _unfit("共有波段不足 3 个", "they share fewer than three bands")
    first = sources[0].scene.footprint_lonlat
    for one in sources[1:]:
        if not one.scene.footprint_lonlat.intersects(first):
            zh = f"{one.name} 与 {sources[0].name} 没有重叠"
            raise _unfit(zh, f"{one.name} does not overlap {sources[0].name}")
    return sorted(sources, key=lambda one: (str(one.scene.acquired_on), one.name), reverse=True)


def shared_bands(sources: Sequence[Source]) -> tuple[str, ...]:
    """Return the bands that every source has."""
    return tuple(b for b in CANONICAL if all(b in one.scene.band_names for one in sources))


def compose(
    sources: Sequence[Source], how: How, out: Path, dates: Path, tell: Progress | None = None
) -> None:
    """Write the composite to ``out`` and the date of each pixel to ``dates``.

    ``out`` is uint16 reflectance * 10,000 on the finest source's grid, nodata 0; ``dates`` is
    uint8, the place in the tag SOURCES of the source that a pixel is of, 255 for none. ``median``
    takes each band's median, and names the source nearest to it; ``best`` takes that source's own
    pixel, the newer of equals. Raises CompositeUnfit, TruncatedRaster, DiskFull, OutputUnwritable.
    """
    ordered = in_order(sources)
    bands = shared_bands(ordered)
    grid = min(ordered, key=lambda one: one.scene.pixel_m).scene
    said = [
        {"name": one.name, "day": str(one.scene.acquired_on), "sha256": one.scene.sha256}
        for one in ordered
    ]
    tags = {
        "BOA_QUANTIFICATION_VALUE": "10000",
        "BOA_ADD_OFFSET": "0",
        "DATE": str(ordered[0].scene.acquired_on),
        "SOURCES": json.dumps(said, ensure_ascii=False),
    }
    tiles = plan(grid.width, grid.height)
    with safe_files.writing(out), rasterio.Env(**GDAL_OPTIONS), ExitStack() as stack:
        images = [_image(_only(one.scene, bands), stack) for one in ordered]
        reference = images[[one.scene.sha256 for one in ordered].index(grid.sha256)]
        profile = {
            "width": grid.width, "height": grid.height, "crs": grid.crs,
            "transform": grid.transform, "tiled": True, "compress": "ZSTD", "bigtiff": "IF_SAFER",
        }  # fmt: skip
        made = stack.enter_context(
            rasterio.open(
                out, "w", driver="GTiff", count=len(bands), dtype="uint16", nodata=0, **profile
            )
        )
        days = stack.enter_context(
            rasterio.open(
                dates, "w", driver="GTiff", count=1, dtype="uint8", nodata=NO_DATE, **profile
            )
        )
        made.update_tags(**tags)
        made.descriptions = bands
        days.update_tags(SOURCES=tags["SOURCES"])
        for done, tile in enumerate(tiles, 1):
            window = tile.inner
            chips = _chips(images, reference, reference.read(window))
            values, place = _one_of(chips, how)
            at = rasterio.windows.Window(window.col, window.row, window.width, window.height)
            made.write(values, window=at)
            days.write(place, 1, window=at)
            if tell:
                tell(done, len(tiles))


def _image(scene: Scene, stack: ExitStack) -> Image:
    dataset = stack.enter_context(opened(scene.path))
    back = Transformer.from_crs("EPSG:4326", scene.crs.to_wkt(), always_xy=True)
    return Image(scene, dataset, back, to_lonlat(scene.crs), None)


def _only(scene: Scene, bands: tuple[str, ...]) -> Scene:
    places = dict(zip(scene.band_names, scene.band_places, strict=False))
    return replace(
        scene, band_names=bands, band_places=tuple(places[name] for name in bands), dem=None
    )


def _chips(images: Sequence[Image], reference: Image, grid: Chip) -> list[Chip]:
    return [grid if image is reference else image.read_on(grid) for image in images]


def _one_of(chips: Sequence[Chip], how: How) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return a window's values, uint16 (bands, height, width), and whose they are."""
    valid = np.stack([chip.valid for chip in chips])
    stack = np.stack([chip.reflectance for chip in chips])
    count = valid.sum(axis=0)
    ranked = np.sort(np.where(valid[:, None], stack, _NEVER), axis=0)
    low, high = np.maximum(count - 1, 0) // 2, np.minimum(count // 2, len(chips) - 1)
    twice = _nth(ranked, low) + _nth(ranked, high)
    # Twice the numbers, so that two dates are as far from their middle and the newer is taken.
    away = np.abs(2 * stack.astype(np.int32) - twice).sum(axis=1)
    place = np.where(valid, away, np.iinfo(np.int32).max).argmin(axis=0)
    values = twice // 2 if how == "median" else _nth(stack, place)
    seen = count > 0
    # Zero is nodata, so the darkest ground is one ten-thousandth bright.
    return (
        np.where(seen, np.maximum(values, 1), 0).astype(np.uint16),
        np.where(seen, place, NO_DATE).astype(np.uint8),
    )


def _nth(stack: NDArray[np.int16], place: NDArray[np.generic]) -> NDArray[np.int32]:
    found = np.take_along_axis(stack, np.broadcast_to(place, (1, *stack.shape[1:])), axis=0)
    nth: NDArray[np.int32] = found[0].astype(np.int32)
    return nth


def _unfit(zh: str, en: str) -> CompositeUnfit:
    return CompositeUnfit(reason_zh=zh, reason_en=en)
