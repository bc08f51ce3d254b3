"""A scene: one GeoTIFF that was checked, whose bands, place and radiometry are known."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio
import rasterio.windows
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import ColorInterp
from rasterio.errors import RasterioError, RasterioIOError
from shapely import Polygon

from remote_sensing.errors import DemDoesNotReach, TruncatedRaster
from remote_sensing.intake.radiometry import Radiometry
from remote_sensing.rarity import ROUND
from remote_sensing.relative import RELATIVE, VISIBLE, Levels, levels_of
from remote_sensing.windows import Window

if TYPE_CHECKING:
    from remote_sensing.relief.elevation import Elevation

TERRAIN = ("slope", "relief")
"""Bands that an elevation model joined to a scene adds; see `remote_sensing.relief.slope`."""

MASK_NODATA = 255

GDAL_OPTIONS = {
    # Files lying beside an image (.aux.xml, .ovr, .msk, .tfw) could change what it says.
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_GEOREF_SOURCES": "INTERNAL",
    # In bytes; GDAL's own bound is a twentieth of the machine's memory.
    "GDAL_CACHEMAX": 128 * 2**20,
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A window's pixels, still knowing where they lie.

    ``reflectance`` is int16 (bands, height, width), reflectance * 10,000 in 0..20,000, 0 where not
    valid; ``valid`` is bool (height, width); ``transform`` is that of the window. ``hidden`` is
    uint8 (height, width), what a mask says hides the ground (`remote_sensing.masks.classes`), 0
    where nothing does; None where the scene has no mask. A hidden pixel is not valid.
    """

    reflectance: NDArray[np.int16]
    valid: NDArray[np.bool_]
    transform: Affine
    crs: CRS
    band_names: tuple[str, ...]
    pixel_m: float
    hidden: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class SceneMask:
    """A raster on a scene's own grid that says which pixels cloud, shadow or snow hides."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One checked image.

    ``band_places`` are the 1-based places in the file of ``band_names``, which stand in canonical
    order; ``pixel_m`` is the side of a square as large as a pixel on the ground;
    ``footprint_lonlat`` is EPSG:4326, longitude first. Where an elevation model ``dem`` is joined,
    ``band_names`` ends with TERRAIN, and where ``levels`` were taken with RELATIVE before it, which
    have no places; what ``mask`` hides is not valid.
    """

    path: Path
    sha256: str
    width: int
    height: int
    crs: CRS
    transform: Affine
    band_names: tuple[str, ...]
    band_places: tuple[int, ...]
    dtype: str
    nodata: float | None
    radiometry: Radiometry
    acquired_on: date | None
    pixel_m: float
    footprint_lonlat: Polygon
    mask: SceneMask | None = None
    dem: "Elevation | None" = None
    levels: Levels | None = None

    def with_mask(self, mask: SceneMask | None) -> "Scene":
        """Return the scene without what ``mask``, which lies on its grid, says is hidden."""
        return replace(self, mask=mask)

    def with_dem(self, dem: "Elevation") -> "Scene":
        """Return the scene with slope and relief as further bands; raises DemDoesNotReach."""
        missing = self.footprint_lonlat.difference(dem.footprint_lonlat).area
        if missing > 0.001 * self.footprint_lonlat.area:
            raise DemDoesNotReach(file=dem.name, scene=self.path.name)
        named = tuple(name for name in self.band_names if name not in TERRAIN)
        return replace(self, band_names=(*named, *TERRAIN), dem=dem)

    def with_levels(self) -> "Scene":
        """Return the scene with brightness and colour beside its own as further bands.

        Every pixel is read once. A scene without the visible bands is returned as it is.
        """
        if self.levels or self.lacking(VISIBLE):
            return self
        spectral = len(self.band_places)
        names = (*self.band_names[:spectral], *RELATIVE, *self.band_names[spectral:])
        return replace(self, band_names=names, levels=levels_of(self))

    def read(self, window: Window) -> Chip:
        """Read a window, which may stick out of the scene; there pixels are not valid.

        Opens the file anew, so that threads and processes need share nothing; raises
        TruncatedRaster when pixels cannot be read.
        """
        part = window.inside(self.width, self.height)
        if not (part.width and part.height):
            return self.read_from(None, window)
        try:
            with opened(self.path) as dataset:
                return self.read_from(dataset, window)
        except RasterioIOError as error:
            raise TruncatedRaster(file=self.path.name) from error

    def read_from(self, dataset: Any, window: Window) -> Chip:
        """Read a window as `read` does, from the scene's own file that the caller holds open.

        Who reads many windows keeps the blocks that they share; raises as `read`.
        """
        around = 0 if self.levels is None else ROUND
        wide = window.grown(around)
        part = wide.inside(self.width, self.height)
        seen = np.zeros((len(self.band_places), wide.height, wide.width), np.int16)
        valid = np.zeros(seen.shape[1:], bool)
        hidden = None if self.mask is None else np.zeros(seen.shape[1:], np.uint8)
        if dataset is not None and part.width and part.height:
            stored, mask = read_part(dataset, self.band_places, part, self.path.name)
            rows = slice(part.row - wide.row, part.row_end - wide.row)
            cols = slice(part.col - wide.col, part.col_end - wide.col)
            if self.mask is not None and hidden is not None:
                hides = np.where(mask, read_mask(self.mask, part), 0)
                hidden[rows, cols] = hides
                mask &= hides == 0
            valid[rows, cols] = mask
            own = self.radiometry.ten_thousandths(stored)
            seen[:, rows, cols] = np.where(mask, own, 0)
        inner = (slice(around, -around or None),) * 2
        further = []
        if self.levels is not None:
            visible = seen[[self.band_names.index(name) for name in VISIBLE]]
            further.append(self.levels.bands(visible, valid))
            seen, valid = seen[:, *inner], valid[inner]
            hidden = None if hidden is None else hidden[inner]
        if self.dem is not None:
            from remote_sensing.relief.slope import terrain_of  # it reads scenes' files itself

            further.append(terrain_of(self, self.dem, window) * valid)
        return Chip(
            np.concatenate([seen, *further]) if further else seen,
            valid,
            self.transform @ Affine.translation(window.col, window.row),
            self.crs,
            self.band_names,
            self.pixel_m,
            hidden,
        )

    def lacking(self, bands: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``bands`` that the scene does not have."""
        return tuple(name for name in bands if name not in self.band_names)


@contextlib.contextmanager
def opened(path: Path, threads: int | str = 1) -> Iterator[Any]:
    """Open a GeoTIFF for reading, by its driver's name only.

    Any other driver could be made to read other files of this machine (a VRT, a WMS file).
    ``threads`` unpack the blocks of large windows side by side.
    """
    with (
        rasterio.Env(**GDAL_OPTIONS),
        rasterio.open(path.resolve(), driver="GTiff", num_threads=threads) as dataset,
    ):
        yield dataset


def read_part(
    dataset: Any, places: Sequence[int], part: Window, file: str
) -> tuple[NDArray[np.generic], NDArray[np.bool_]]:
    """Read a window that lies inside: stored numbers (bands, h, w) and which pixels are valid.

    A pixel is valid when no band is nodata, masked or NaN; in a file that declares none of these,
    numbers that are zero in every band are fill as well. Where nodata is 0, a lone zero among more
    than six bands is dark water in that band.
    """
    window = rasterio.windows.Window(part.col, part.row, part.width, part.height)
    try:
        stored = dataset.read(list(places), window=window)
        unseen = _unseen(dataset, places, stored, window)
        # GDAL itself heeds an alpha band only in files of two or four bands.
        alpha = [n for n, c in enumerate(dataset.colorinterp, 1) if c is ColorInterp.alpha]
        seen = (dataset.read(alpha, window=window) > 0).all(axis=0) if alpha else True
    except RasterioError as error:
        raise TruncatedRaster(file=file) from error
    lone = 1 if dataset.nodata == 0 and len(places) > 6 else 0
    mask: NDArray[np.bool_] = unseen <= lone
    mask &= seen
    if stored.dtype.kind == "f":
        mask &= np.isfinite(stored).all(axis=0)
    if all("all_valid" in {flag.name for flag in flags} for flags in dataset.mask_flag_enums):
        mask &= (stored != 0).any(axis=0)
    return stored, mask


def _unseen(
    dataset: Any, places: Sequence[int], stored: NDArray[np.generic], window: Any
) -> NDArray[np.uint8]:
    """Return how many bands are masked or nodata, (h, w).

    Where a file's only mask is one whole number, GDAL need not be asked, which takes it longer than
    reading.
    """
    nodata = dataset.nodata
    kinds = {flag.name for flags in dataset.mask_flag_enums for flag in flags}
    plain = kinds == {"nodata"} and len(set(dataset.nodatavals)) == 1
    unseen = np.zeros(stored.shape[1:], np.uint8)
    if plain and stored.dtype.kind == "u" and nodata in range(256**stored.dtype.itemsize):
        for band in stored:
            unseen += band == int(nodata)
    else:
        for mask in dataset.read_masks(list(places), window=window):
            unseen += mask == 0
    return unseen


def read_mask(mask: SceneMask, part: Window) -> NDArray[np.uint8]:
    """Read what a mask hides within a window that lies inside; nodata of the mask hides nothing."""
    window = rasterio.windows.Window(part.col, part.row, part.width, part.height)
    try:
        with opened(mask.path) as dataset:
            codes: NDArray[np.uint8] = dataset.read(1, window=window)
    except RasterioError as error:
        raise TruncatedRaster(file=mask.path.name) from error
    return np.where(codes == MASK_NODATA, np.uint8(0), codes)


def open_scene(
    path: Path,
    *,
    bands: Sequence[str] | None = None,
    scale: float | None = None,
    offset: float | None = None,
    acquired_on: date | None = None,
) -> Scene:
    """Check a GeoTIFF and return it as a scene; every pixel is read once on the way.

    ``bands`` names the file's bands in order (``-`` skips one); ``scale`` and ``offset`` give
    reflectance = number * scale + offset. What is not given is taken from the file. Raises one of
    the errors of this package, each of which names the cure.
    """
    from remote_sensing.intake.geotiff import take_in

    return take_in(path, bands, scale, offset, acquired_on)
