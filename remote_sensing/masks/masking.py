"""The raster of what hides a scene's ground: told by the image's own colours, or brought along.

Written as a COG on the scene's grid, uint8, codes of `mask_classes`, 255 where there is no pixel;
its tags say how it was come by. Memory is bounded by a window; codes lie in a file meanwhile.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import rasterio.shutil
import rasterio.windows
from numpy.typing import NDArray
from rasterio.errors import RasterioIOError
from scipy import ndimage

from gis.domain.terms import MaskHow
from remote_sensing import safe_files
from remote_sensing.errors import ImageMissing, TruncatedRaster
from remote_sensing.masks import limits
from remote_sensing.masks.classes import NAMES, Hides
from remote_sensing.masks.limits import MaskRules
from remote_sensing.masks.sun import sun_at
from remote_sensing.masks.tests import FULL, MAYBE_SHADOW, codes_of, halo_px, how_of, margin_px
from remote_sensing.scene import (
    GDAL_OPTIONS,
    MASK_NODATA,
    Scene,
    SceneMask,
    opened,
    read_part,
)
from remote_sensing.scene_errors import MaskUnfit
from remote_sensing.windows import Window, plan

COARSE_M = 60
"""Side of the cells in which a cloud's shadow is projected."""
SHADOW_STEP_M = 300
LEAST_PIXEL_M = 1.0
"""A finer image was taken from below the clouds."""

Codes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shares:
    """``valid`` of the frame; the others of the valid pixels."""

    valid: float
    cloud: float
    shadow: float
    snow: float

    @property
    def clear(self) -> float:
        """Share of the valid pixels that show ground."""
        return 1 - self.cloud - self.shadow - self.snow


@dataclass(frozen=True, slots=True)
class Masked:
    """A mask that was written."""

    path: Path
    sha256: str
    how: MaskHow
    shares: Shares


def write_mask(scene: Scene, out: Path, rules: MaskRules | None = None) -> Masked | None:
    """Judge every pixel of a scene by its colours and write the mask to ``out``.

    Returns None where the bands do not allow it or the image was taken from below the clouds.
    Raises TruncatedRaster, DiskFull, OutputUnwritable.
    """
    rules = rules or limits.current()
    how = how_of(scene.band_names)
    if how is None or scene.pixel_m < LEAST_PIXEL_M:
        return None
    draft = out.with_name(f".{out.stem}.codes.part")
    try:
        with safe_files.writing(out):
            shape = (scene.height, scene.width)
            codes = np.memmap(draft, np.uint8, "w+", shape=shape)
        zone = _project(scene, _first_look(scene, codes, rules), rules)
        reach = halo_px(scene.pixel_m, rules)

        def read(window: Window) -> Codes:
            return _second_look(codes, zone, window, reach, scene)

        tags = {"HOW": how.value, "RULES": rules.sha256}
        return Masked(out, *_write(scene, out, read, tags), how, _shares(out))
    finally:
        draft.unlink(missing_ok=True)


def keep_mask(scene: Scene, out: Path, read: Callable[[Window], Codes]) -> Masked:
    """Write the mask that came with the image; ``read`` gives its codes on the scene's grid."""
    how = MaskHow.GIVEN
    return Masked(out, *_write(scene, out, read, {"HOW": how.value}), how, _shares(out))


def given_mask(scene: Scene, path: Path) -> SceneMask:
    """Return a mask that a person names, which must lie on the scene's own grid.

    Raises MaskUnfit, ImageMissing, TruncatedRaster.
    """
    if not path.is_file():
        raise ImageMissing(file=path.name)
    unfit = MaskUnfit(file=path.name, scene=scene.path.name)
    try:
        with opened(path) as dataset:
            same = (dataset.width, dataset.height, dataset.crs) == (
                scene.width, scene.height, scene.crs
            )  # fmt: skip
            near = dataset.transform.almost_equals(scene.transform, 1e-6)
            if dataset.count != 1 or dataset.dtypes[0] != "uint8" or not (same and near):
                raise unfit
        known = {*map(int, Hides), MASK_NODATA}
        if any(set(np.unique(codes).tolist()) - known for codes in _strips(path)):
            raise unfit
    except RasterioIOError as error:
        raise TruncatedRaster(file=path.name) from error
    return SceneMask(path.resolve(), safe_files.sha256_of(path))


def _first_look(scene: Scene, codes: Codes, rules: MaskRules) -> NDArray[np.bool_]:
    """Fill ``codes`` window by window and return the coarse cells that hold cloud."""
    side, margin = _cell_px(scene), margin_px(scene.pixel_m, rules)
    cloudy = np.zeros((-(-scene.height // side), -(-scene.width // side)), bool)
    with opened(scene.path) as dataset:
        for tile in plan(scene.width, scene.height, size=1_024, halo=margin):
            chip = scene.with_mask(None).read_from(dataset, tile.outer)
            stretched = scene.dtype == "uint8"
            found = codes_of(chip, stretched, rules)[margin:-margin, margin:-margin]
            inner = tile.inner
            codes[inner.row : inner.row_end, inner.col : inner.col_end] = np.where(
                chip.valid[margin:-margin, margin:-margin], found, np.uint8(MASK_NODATA)
            )
            rows, cols = np.nonzero(found == Hides.CLOUD)
            cloudy[(rows + inner.row) // side, (cols + inner.col) // side] = True
    return cloudy


def _second_look(
    codes: Codes, zone: NDArray[np.bool_], window: Window, reach: int, scene: Scene
) -> Codes:
    """Return a window's codes with shadow where a dark place lies away from the sun of a cloud."""
    side = _cell_px(scene)
    part = window.grown(reach).inside(scene.width, scene.height)
    own = codes[part.row : part.row_end, part.col : part.col_end]
    rows = np.arange(part.row, part.row_end) // side
    cols = np.arange(part.col, part.col_end) // side
    shaded = (own == MAYBE_SHADOW) & zone[rows][:, cols]
    wide = ndimage.binary_dilation(shaded, FULL, iterations=reach)
    final = np.where(own == MAYBE_SHADOW, np.uint8(Hides.NOTHING), own)
    final = np.where(wide & (final == Hides.NOTHING), np.uint8(Hides.SHADOW), final)
    top, left = window.row - part.row, window.col - part.col
    return final[top : top + window.height, left : left + window.width]


def _project(scene: Scene, cloudy: NDArray[np.bool_], rules: MaskRules) -> NDArray[np.bool_]:
    """Return the coarse cells on which a cloud may throw its shadow.

    An image without a day does not tell the sun's way; then all round a cloud counts, as far as
    low clouds reach.
    """
    if not cloudy.any():
        return cloudy
    cell_m = _cell_px(scene) * scene.pixel_m
    if scene.acquired_on is None:
        away = max(round(2 * rules.cloud_base_least_m / cell_m), 1)
        return np.asarray(ndimage.binary_dilation(cloudy, FULL, iterations=away), bool)
    lat = scene.footprint_lonlat.centroid.y
    sun = sun_at(scene.acquired_on, lat, rules.overpass_solar_hour)
    zone = np.zeros_like(cloudy)
    for height_m in np.arange(rules.cloud_base_least_m, rules.cloud_base_most_m + 1, SHADOW_STEP_M):
        east, north = sun.shadow_of(float(height_m))
        down, right = round(-north / cell_m), round(east / cell_m)
        zone |= _moved(cloudy, down, right)
    return np.asarray(ndimage.binary_dilation(zone, FULL, iterations=2), bool)


def _moved(cells: NDArray[np.bool_], down: int, right: int) -> NDArray[np.bool_]:
    out = np.zeros_like(cells)
    rows, cols = cells.shape
    if abs(down) < rows and abs(right) < cols:
        out[max(down, 0) : rows + min(down, 0), max(right, 0) : cols + min(right, 0)] = cells[
            max(-down, 0) : rows + min(-down, 0), max(-right, 0) : cols + min(-right, 0)
        ]
    return out


def _cell_px(scene: Scene) -> int:
    return max(round(COARSE_M / scene.pixel_m), 1)


def _write(
    scene: Scene, out: Path, read: Callable[[Window], Codes], tags: dict[str, str]
) -> tuple[str]:
    """Write the COG and return its hash."""
    flat = out.with_name(f".{out.stem}.flat.part.tif")
    words = {str(int(code)): NAMES[code][0] for code in Hides}

    def write(draft: Path) -> None:
        with (
            rasterio.Env(**GDAL_OPTIONS),
            rasterio.open(
                flat,
                "w",
                driver="GTiff",
                width=scene.width,
                height=scene.height,
                count=1,
                dtype="uint8",
                crs=scene.crs,
                transform=scene.transform,
                nodata=MASK_NODATA,
                tiled=True,
                compress="ZSTD",
                bigtiff="IF_SAFER",
            ) as dataset,
        ):
            dataset.update_tags(CLASSES=json.dumps(words), **tags)
            dataset.descriptions = ("hides",)
            for tile in plan(scene.width, scene.height, size=1_024):
                at = _raster_window(tile.inner)
                dataset.write(read(tile.inner), 1, window=at)
        with rasterio.Env(**GDAL_OPTIONS):
            rasterio.shutil.copy(
                flat, draft, driver="COG", compress="ZSTD", blocksize=512,
                overview_resampling="MODE", bigtiff="IF_SAFER",
            )  # fmt: skip
        with opened(draft) as dataset:
            dataset.checksum(1)

    try:
        safe_files.replace(out, out.with_name(f".{out.stem}.part.tif"), write)
    finally:
        flat.unlink(missing_ok=True)
    return (safe_files.sha256_of(out),)


def _shares(path: Path) -> Shares:
    counts = np.zeros(256, np.int64)
    for codes in _strips(path):
        counts += np.bincount(codes.ravel(), minlength=256)
    valid = int(counts.sum() - counts[MASK_NODATA])
    of_valid = [
        float(counts[code] / max(valid, 1)) for code in (Hides.CLOUD, Hides.SHADOW, Hides.SNOW)
    ]
    return Shares(valid / max(int(counts.sum()), 1), *of_valid)


def _strips(path: Path) -> Iterator[Codes]:
    with opened(path) as dataset:
        for tile in plan(dataset.width, dataset.height, size=1_024):
            yield dataset.read(1, window=_raster_window(tile.inner))


def _raster_window(window: Window) -> rasterio.windows.Window:
    return rasterio.windows.Window(window.col, window.row, window.width, window.height)


def shares_of_valid(scene: Scene) -> float:
    """Return which share of a scene's frame has pixels, of a scene that has no mask."""
    valid = 0
    with opened(scene.path) as dataset:
        for tile in plan(scene.width, scene.height, size=1_024):
            _, mask = read_part(dataset, scene.band_places, tile.inner, scene.path.name)
            valid += int(mask.sum())
    return valid / (scene.width * scene.height)
