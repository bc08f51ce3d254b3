"""The hollow of a pit below a level, and a heap above its base, on one elevation model.

Volumes are sums over pixels of share inside the outline times depth. A pixel's height stands for
its whole cell, so an even surface is exact and a curved one off by less than the grid term.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from gis.domain.terms import RimBasis
from remote_sensing.relief.elevation import Elevation
from remote_sensing.relief.errors import LevelAboveRim, LevelBelowBottom, NoHollow
from remote_sensing.relief.holes import Filled, fill
from remote_sensing.relief.notes import Note, notes_on
from remote_sensing.relief.outline import Laid, lay
from remote_sensing.relief.spread import in_blocks, nmad
from remote_sensing.relief.terrain import Highwall, highwall, slope_deg

Array = NDArray[np.float64]
CURVE_STEPS = 24
TOUCHING_M = 1e-6


@dataclass(frozen=True, slots=True)
class Doubt:
    """Parts of a volume's error, each one standard deviation in m3; their squares add up.

    ``random`` is the noise of pixels, alike within blocks; ``systematic`` what moves all heights
    (the rim's or base's own error, or the stated accuracy where the level is a number); ``grid``
    what the pixel's size can hide; ``holes`` what unknown heights can.
    """

    random_m3: float
    systematic_m3: float
    grid_m3: float
    holes_m3: float
    noise_m: float
    independent: float

    @property
    def sigma_m3(self) -> float:
        """Return the whole error."""
        parts = (self.random_m3, self.systematic_m3, self.grid_m3, self.holes_m3)
        return float(np.sqrt(sum(part**2 for part in parts)))


@dataclass(frozen=True, slots=True)
class Hollow:
    """A pit on one model; levels are metres above the model's datum.

    ``rim_low_m`` is the lowest point of the outline, where the pit would run over; ``rim_m`` is the
    rim by ``rim_basis`` (for a plane its mean height). ``curve`` is rows of level, area, volume.
    """

    rim_m: float
    rim_basis: RimBasis
    rim_low_m: float
    bottom_m: float
    depth_m: float
    level_m: float
    area_m2: float
    filled_area_m2: float
    volume_m3: float
    doubt: Doubt
    slope_deg: float
    steepest_deg: float
    highwall: Highwall | None
    curve: list[list[float]]
    pixel_m: float
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Heap:
    """A heap on one model above a plane fitted to the ground round it; ``below_m3`` lies under."""

    area_m2: float
    volume_m3: float
    below_m3: float
    height_m: float
    doubt: Doubt
    slope_deg: float
    steepest_deg: float
    pixel_m: float
    notes: tuple[Note, ...]


def measure_hollow(
    elevation: Elevation,
    outline: BaseGeometry,
    crs: CRS,
    level: float | RimBasis = RimBasis.LOW_POINT,
    accuracy_m: float | None = None,
) -> Hollow:
    """Measure a pit whose ``outline`` is in the metric ``crs``, up to a level or up to its rim.

    ``accuracy_m`` is the stated vertical error of the whole model, one standard deviation; it
    counts where ``level`` is a number, for a rim read on the same model moves with it. Raises
    NoHollow, LevelAboveRim, LevelBelowBottom, and what laying the outline raises.
    """
    laid = lay(elevation, outline, crs)
    filled = fill(laid.surface.heights, laid.weights)
    heights, inside = filled.heights, laid.weights > 0
    x, y, rim = laid.rim()
    low, bottom = float(rim.min()), float(heights[inside].min())
    plane = _plane(x, y, rim)
    by_plane = level is RimBasis.PLANE
    rim_m = float(np.mean(_over(plane, x, y))) if by_plane else low
    if bottom >= rim_m - TOUCHING_M:
        raise NoHollow(rim=round(rim_m, 2), bottom=round(bottom, 2))
    if isinstance(level, RimBasis):
        top: Array | float = _over(plane, *laid.surface.centres()) if by_plane else low
        level_m = rim_m
    else:
        top = level_m = float(level)
        if level_m > low + TOUCHING_M:
            raise LevelAboveRim(level=round(level_m, 2), rim=round(low, 2))
        if level_m <= bottom:
            raise LevelBelowBottom(level=round(level_m, 2), bottom=round(bottom, 2))
    depths = np.where(inside, np.maximum(top - heights, 0.0), 0.0)
    slope = slope_deg(laid.surface)
    is_stated = not isinstance(level, RimBasis)
    rim_error = nmad(rim - _over(plane, x, y)) / np.sqrt(max(len(rim) / 5, 1)) if by_plane else None
    mean, steepest = _slopes(slope, laid.weights)
    near = ndimage.binary_dilation(inside, np.ones((3, 3)))
    return Hollow(
        rim_m=rim_m,
        rim_basis=RimBasis.PLANE if by_plane else RimBasis.LOW_POINT,
        rim_low_m=low,
        bottom_m=bottom,
        depth_m=rim_m - bottom,
        level_m=level_m,
        area_m2=laid.area_m2,
        filled_area_m2=float(laid.weights[depths > 0].sum() * laid.surface.pixel_m2),
        volume_m3=float((laid.weights * depths).sum() * laid.surface.pixel_m2),
        doubt=_doubt(laid, filled, depths, rim_error, accuracy_m if is_stated else None),
        slope_deg=mean,
        steepest_deg=steepest,
        highwall=highwall(laid.surface, slope, near),
        curve=_curve(heights[inside], laid.weights[inside], bottom, level_m, laid.surface.pixel_m2),
        pixel_m=laid.surface.pixel_m,
        notes=notes_on(elevation, laid, filled),
    )


def measure_heap(elevation: Elevation, outline: BaseGeometry, crs: CRS) -> Heap:
    """Measure a heap above the plane that fits the ground 2 to 10 pixels outside its outline.

    Raises what laying the outline raises.
    """
    laid = lay(elevation, outline, crs)
    filled = fill(laid.surface.heights, laid.weights)
    east, north = laid.surface.centres()
    ring = laid.ring(2, 10) & np.isfinite(laid.surface.heights)
    x, y, ground = east[ring], north[ring], laid.surface.heights[ring]
    plane = _plane(x, y, ground)
    rise = np.where(laid.weights > 0, filled.heights - _over(plane, east, north), 0.0)
    base_error = nmad(ground - _over(plane, x, y)) / np.sqrt(max(len(ground) / 25, 1))
    slope = slope_deg(laid.surface)
    mean, steepest = _slopes(slope, laid.weights)
    area = laid.surface.pixel_m2
    return Heap(
        area_m2=laid.area_m2,
        volume_m3=float((laid.weights * np.maximum(rise, 0)).sum() * area),
        below_m3=float((laid.weights * np.maximum(-rise, 0)).sum() * area),
        height_m=float(rise.max()),
        doubt=_doubt(laid, filled, np.maximum(rise, 0), base_error, None),
        slope_deg=mean,
        steepest_deg=steepest,
        pixel_m=laid.surface.pixel_m,
        notes=notes_on(elevation, laid, filled),
    )


def _plane(x: Array, y: Array, heights: Array) -> Array:
    """Fit height = a + b x + c y, twice: the second time without what lies beyond 3 NMAD."""
    middle = np.array([x.mean(), y.mean()])
    rows = np.column_stack([np.ones_like(x), x - middle[0], y - middle[1]])
    found = np.linalg.lstsq(rows, heights, rcond=None)[0]
    rest = heights - rows @ found
    kept = np.abs(rest - np.median(rest)) <= max(3 * nmad(rest), 1e-9)
    if kept.sum() >= 8:
        found = np.linalg.lstsq(rows[kept], heights[kept], rcond=None)[0]
    return np.concatenate([found, middle])


def _over(plane: Array, x: Array, y: Array) -> Array:
    return np.asarray(plane[0] + plane[1] * (x - plane[3]) + plane[2] * (y - plane[4]))


def _slopes(slope: Array, weights: Array) -> tuple[float, float]:
    """Return the mean slope inside the outline and its 95th percentile, in degrees."""
    known = (weights > 0) & np.isfinite(slope)
    if not known.any():
        return float("nan"), float("nan")
    mean = float(np.average(slope[known], weights=weights[known]))
    return mean, float(np.percentile(slope[known & (weights >= 0.5)], 95))


def _doubt(
    laid: Laid, filled: Filled, depths: Array, level_error_m: float | None, stated_m: float | None
) -> Doubt:
    """Return the error of Σ share x depth; without a rim's own error it is one pixel's noise."""
    surface, weights = laid.surface, laid.weights
    noise = _noise(laid)
    spread = in_blocks(noise, surface.pixel_m)
    area = float(weights[depths > 0].sum() * surface.pixel_m2)
    level = noise if level_error_m is None else level_error_m
    volume = float((weights * depths).sum() * surface.pixel_m2)
    return Doubt(
        random_m3=spread.mean_sigma_m(area) * area,
        systematic_m3=area * (level if stated_m is None else stated_m),
        grid_m3=abs(volume - _coarser(weights, depths) * surface.pixel_m2) / 3,
        holes_m3=filled.doubt_m * laid.area_m2,
        noise_m=noise,
        independent=spread.independent(area),
    )


def _noise(laid: Laid) -> float:
    """Return the NMAD of heights against their neighbours' mean, on the ground round the outline.

    Of independent noise s the difference to the mean of eight has s * sqrt(9/8).
    """
    kernel = np.ones((3, 3)) / 8
    kernel[1, 1] = 0
    heights = laid.surface.heights
    rest = heights - ndimage.convolve(heights, kernel, mode="constant", cval=np.nan)
    return nmad(rest[laid.ring(1, 10)]) / float(np.sqrt(9 / 8))


def _coarser(weights: Array, depths: Array) -> float:
    """Return the same sum on pixels of twice the side."""
    rows, cols = (size // 2 * 2 for size in depths.shape)
    cut = (rows // 2, 2, cols // 2, 2)
    share = weights[:rows, :cols].reshape(cut).mean(axis=(1, 3))
    return float((share * depths[:rows, :cols].reshape(cut).mean(axis=(1, 3))).sum() * 4)


def _curve(
    heights: Array, weights: Array, bottom: float, level: float, pixel_m2: float
) -> list[list[float]]:
    """Return level, area and volume below it, from the bottom up to the level."""
    order = np.argsort(heights)
    heights, weights = heights[order], weights[order] * pixel_m2
    area = np.concatenate([[0.0], np.cumsum(weights)])
    moment = np.concatenate([[0.0], np.cumsum(weights * heights)])
    levels = np.linspace(bottom, level, CURVE_STEPS + 1)
    below = np.searchsorted(heights, levels, side="right")
    volumes = levels * area[below] - moment[below]
    return [
        [round(float(one), 3), round(float(area[at]), 1), round(max(float(volume), 0.0), 1)]
        for one, at, volume in zip(levels, below, volumes, strict=True)
    ]
