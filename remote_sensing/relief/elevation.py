"""An elevation model: a checked GeoTIFF of one band of heights, read in windows onto metric grids.

Everything is measured on a north-up grid of square-metre geometry. A model in a projection that is
true to 1 % keeps its own grid; one in degrees, feet or Web Mercator is interpolated onto a grid of
its own resolution in the metric CRS that the caller names.
"""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import NotGeoreferencedWarning, RasterioIOError
from scipy import ndimage
from shapely import Polygon

from gis.domain.terms import SurveyBasis
from remote_sensing.errors import ImageMissing, NotARaster
from remote_sensing.intake.georeference import footprint_lonlat, ground_pixel_m, require_north_up
from remote_sensing.intake.geotiff import require_openable
from remote_sensing.relief.errors import NotElevation, UnitNotMetre
from remote_sensing.safe_files import sha256_of
from remote_sensing.scene import opened

METRES = {"", "m", "metre", "metres", "meter", "meters", "unknown"}
UNTRUE = 0.01

Box = tuple[float, float, float, float]
"""West, south, east, north."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Heights on a north-up metric grid.

    ``heights`` is float64 (rows, cols) in metres above the model's datum, NaN where unknown.
    """

    heights: NDArray[np.float64]
    transform: Affine
    crs: CRS

    @property
    def pixel_m(self) -> float:
        """Return the side of a pixel; rows and columns are as wide."""
        return float(abs(self.transform.a * self.transform.e) ** 0.5)

    @property
    def pixel_m2(self) -> float:
        """Return the area of a pixel."""
        return float(abs(self.transform.a * self.transform.e))

    def centres(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return east and north of every pixel's centre, (rows, cols) each."""
        rows, cols = self.heights.shape
        x = self.transform.c + self.transform.a * (np.arange(cols) + 0.5)
        y = self.transform.f + self.transform.e * (np.arange(rows) + 0.5)
        east, north = np.meshgrid(x, y)
        return east, north

    def at(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return heights interpolated bilinearly; NaN off the grid or beside an unknown height.

        Half a pixel beyond the outermost centres the edge's own height goes on.
        """
        col, row = ~self.transform @ (x, y)
        rows, cols = self.heights.shape
        off = (col < 0) | (row < 0) | (col > cols) | (row > rows)
        places = np.stack([np.asarray(row) - 0.5, np.asarray(col) - 0.5])
        found = ndimage.map_coordinates(self.heights, places, order=1, mode="nearest")
        return np.where(off, np.nan, found)


@dataclass(frozen=True, slots=True)
class Elevation:
    """One checked elevation model, called ``name`` by whoever sent it.

    ``basis`` is DEM (bare ground) or DSM (with trees and roofs).
    """

    path: Path
    name: str
    sha256: str
    basis: SurveyBasis
    width: int
    height: int
    crs: CRS
    transform: Affine
    pixel_m: float
    footprint_lonlat: Polygon

    @property
    def is_metric(self) -> bool:
        """Say whether the file's own grid measures true metres, within 1 %."""
        if not self.crs.is_projected or abs(self.crs.linear_units_factor[1] - 1) > 1e-9:
            return False
        side = abs(self.transform.a * self.transform.e) ** 0.5
        return bool(abs(side / self.pixel_m - 1) < UNTRUE)

    def facts(self, role: str = "") -> dict[str, Any]:
        """Return what a record keeps of the file."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "crs": self.crs.to_string()[:200],
            "pixel_m": round(self.pixel_m, 3),
            "role": role or self.basis.value,
        }


def open_elevation(path: Path, basis: SurveyBasis | None = None, name: str = "") -> Elevation:
    """Check a GeoTIFF of heights and return it; its pixels are read later, window by window.

    Without ``basis`` the file's own name decides: a DSM says so. Raises ImageMissing, NotARaster,
    RasterTooLarge, NotElevation, UnitNotMetre, and what its georeference is refused for.
    """
    file = name or path.name
    if not path.is_file():
        raise ImageMissing(file=file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # NoCrs says it
            with opened(path) as dataset:
                require_openable(dataset, path, file)
                if dataset.count != 1:
                    raise NotElevation(file=file, bands=dataset.count)
                require_north_up(dataset, file)
                if (unit := _unit(dataset)) not in METRES:
                    raise UnitNotMetre(file=file, unit=unit)
                return Elevation(
                    path=path,
                    name=file,
                    sha256=sha256_of(path),
                    basis=basis or basis_of(file),
                    width=dataset.width,
                    height=dataset.height,
                    crs=dataset.crs,
                    transform=dataset.transform,
                    pixel_m=ground_pixel_m(dataset),
                    footprint_lonlat=footprint_lonlat(dataset, file),
                )
    except RasterioIOError as error:
        raise NotARaster(file=file) from error


def basis_of(file: str) -> SurveyBasis:
    """Return which kind of model a file's name says it is.

    >>> basis_of("pit_2024_DSM.tif").value, basis_of("srtm30.tif").value
    ('DSM', 'DEM')
    """
    said = re.search(r"(?<![a-z])dsm(?![a-z])", file.lower())
    return SurveyBasis.DSM if said else SurveyBasis.DEM


def _unit(dataset: Any) -> str:
    """Return the unit of the heights as the band, or the vertical CRS, states it."""
    stated = (dataset.units[0] or "").strip().lower()
    if stated:
        return str(stated)
    vertical = re.search(r'VERT_?CS(?:CRS)?\[.*?UNIT\["([^"]+)"', dataset.crs.to_wkt(), re.S | re.I)
    return vertical[1].lower() if vertical else ""
