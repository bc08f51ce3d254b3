"""An outline laid on an elevation model: the surface round it, and each pixel's share inside."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.crs import CRS
from shapely.geometry.base import BaseGeometry

from remote_sensing.relief import coverage
from remote_sensing.relief.elevation import Box, Elevation, Surface
from remote_sensing.relief.errors import HolesTooLarge, OutlineOffModel, OutlineTooSmall
from remote_sensing.relief.heights import read_surface
from remote_sensing.relief.holes import MOST_SHARE, unknown_share

LEAST_PIXELS = 9
RIM_OFF = 2**0.5
"""The farthest that a pixel reaches which bilinear interpolation takes in."""
RING = 10
"""Pixels read beyond the outline: for slopes, the noise and the base of a heap."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A surface with the outline in its CRS; ``weights`` is float64 (rows, cols), 0..1."""

    surface: Surface
    outline: BaseGeometry
    weights: NDArray[np.float64]

    @property
    def area_m2(self) -> float:
        """Return the outline's area."""
        return float(self.weights.sum() * self.surface.pixel_m2)

    def ring(self, inner: float, outer: float) -> NDArray[np.bool_]:
        """Return the pixels whose centre lies ``inner`` to ``outer`` pixels outside the outline."""
        side = self.surface.pixel_m
        band = self.outline.buffer(outer * side, 8).difference(self.outline.buffer(inner * side, 8))
        shares = coverage.fractions(band, self.surface.transform, self.surface.heights.shape)
        return np.asarray(shares >= 0.5)

    def rim(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return east, north and height of points along the outline, a pixel apart.

        They lie RIM_OFF pixels outside it: interpolated on the edge itself, the wall would be mixed
        into the rim and the pit come out too shallow.
        """
        found = []
        grown = self.outline.buffer(RIM_OFF * self.surface.pixel_m, 16)
        for part in shapely.get_parts(grown):
            ring = part.exterior
            steps = max(int(np.ceil(ring.length / self.surface.pixel_m)), 8)
            along = np.linspace(0, ring.length, steps, endpoint=False)
            found.append(shapely.get_coordinates(shapely.line_interpolate_point(ring, along)))
        x, y = np.concatenate(found).T
        heights = self.surface.at(x, y)
        known = np.isfinite(heights)
        return x[known], y[known], heights[known]


def moved(outline: BaseGeometry, crs: CRS, target: CRS) -> BaseGeometry:
    """Return an outline in another CRS, its long edges cut so that they stay where they are."""
    if crs == target:
        return outline
    way = Transformer.from_crs(crs.to_wkt(), target.to_wkt(), always_xy=True)
    west, south, east, north = outline.bounds
    fine = shapely.segmentize(outline, max(east - west, north - south) / 50)
    return shapely.transform(fine, lambda xy: np.column_stack(way.transform(xy[:, 0], xy[:, 1])))


def box_round(outline: BaseGeometry, by_m: float) -> Box:
    """Return the outline's box, wider by some metres on each side."""
    west, south, east, north = outline.bounds
    return west - by_m, south - by_m, east + by_m, north + by_m


def require_on(elevation: Elevation, outline: BaseGeometry, crs: CRS) -> None:
    """Refuse an outline that does not wholly lie on the model; raises OutlineOffModel."""
    try:
        own = moved(outline, crs, elevation.crs)
        grid = elevation.transform
        extent = shapely.box(
            grid.c, grid.f + grid.e * elevation.height, grid.c + grid.a * elevation.width, grid.f
        )
        share = own.intersection(extent).area / own.area if own.area else 0.0
    except shapely.errors.GEOSException:  # a CRS that does not reach there
        share = 0.0
    if not share >= 0.999:
        percent = int(share * 100) if np.isfinite(share) else 0
        raise OutlineOffModel(file=elevation.name, percent=percent)


def lay(
    elevation: Elevation, outline: BaseGeometry, crs: CRS, finest_m: float | None = None
) -> Laid:
    """Read the model round an outline given in the metric ``crs``.

    Raises OutlineOffModel, OutlineTooSmall, HolesTooLarge, and what reading raises.
    """
    require_on(elevation, outline, crs)
    pixel_m = max(elevation.pixel_m, finest_m or 0.0)
    if (pixels := int(outline.area / pixel_m**2)) < LEAST_PIXELS:
        raise OutlineTooSmall(file=elevation.name, pixels=pixels, least=LEAST_PIXELS)
    bounds = box_round(outline, (RING + 2) * pixel_m)
    surface = read_surface(elevation, bounds, crs, finest_m)
    return on_surface(surface, outline, crs, elevation.name)


def on_surface(surface: Surface, outline: BaseGeometry, crs: CRS, file: str) -> Laid:
    """Return the outline laid on a surface that holds it; raises HolesTooLarge."""
    own = moved(outline, crs, surface.crs)
    weights = coverage.fractions(own, surface.transform, surface.heights.shape)
    share = unknown_share(surface.heights, weights)
    if share > MOST_SHARE:
        raise HolesTooLarge(
            file=file, percent=round(share * 100), most_percent=round(MOST_SHARE * 100)
        )
    return Laid(surface, own, weights)
