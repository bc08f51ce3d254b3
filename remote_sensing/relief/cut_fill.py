"""What was dug out and what was filled in between two elevation models of one place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS
from shapely.geometry.base import BaseGeometry

from remote_sensing.relief import coverage
from remote_sensing.relief.coregister import Registration, difference
from remote_sensing.relief.elevation import Elevation, Surface
from remote_sensing.relief.errors import SurfacesMixed
from remote_sensing.relief.heights import MOST_KEPT, read_surface
from remote_sensing.relief.holes import Filled, fill
from remote_sensing.relief.notes import Note, notes_on, spread_note
from remote_sensing.relief.outline import Laid, box_round, moved, on_surface, require_on
from remote_sensing.relief.spread import Spread, fitted
from remote_sensing.relief.terrain import gradients

LEAST_ROUND_PIXELS = 40
"""Ground read on every side of the outline, to register the two models on."""
GAP_PIXELS = 2
DETECTED = 1.96
"""A pixel counts as cut or filled beyond so many sigmas of a single difference."""


@dataclass(frozen=True, slots=True)
class Change:
    """Volumes between two models inside an outline; ``net_m3`` is later minus earlier.

    ``filled_m3`` and ``cut_m3`` count pixels that changed by more than ``detected_from_m``. Of the
    errors, ``random_m3`` is the noise with its correlation, ``systematic_m3`` the height that
    registering may have left, ``holes_m3`` what unknown heights can hide.
    """

    net_m3: float
    filled_m3: float
    cut_m3: float
    random_m3: float
    systematic_m3: float
    holes_m3: float
    detected_from_m: float
    area_m2: float
    changed_area_m2: float
    spread: Spread
    independent: float
    registration: Registration
    pixel_m: float
    notes: tuple[Note, ...]

    @property
    def sigma_m3(self) -> float:
        """Return the whole error of the net volume, one standard deviation."""
        return float(np.sqrt(self.random_m3**2 + self.systematic_m3**2 + self.holes_m3**2))


def measure_change(
    before: Elevation,
    after: Elevation,
    outline: BaseGeometry,
    crs: CRS,
    others: Sequence[BaseGeometry] = (),
) -> Change:
    """Compare two models inside an outline given in the metric ``crs``.

    Ground outside it and outside ``others`` (places that may have changed too) counts as stable.
    Raises SurfacesMixed, OutlineOffModel, HolesTooLarge, NoStableGround, TooFarApart, and what
    reading raises.
    """
    if before.basis is not after.basis:
        raise SurfacesMixed(before=before.name, after=after.name)
    for one in (before, after):
        require_on(one, outline, crs)
    earlier, later = _both(before, after, outline, crs)
    laid = on_surface(earlier, outline, crs, before.name)
    moving = [moved(one, crs, earlier.crs) for one in others]
    gone = shapely.union_all([laid.outline, *moving]).buffer(GAP_PIXELS * earlier.pixel_m, 4)
    still = coverage.fractions(gone, earlier.transform, earlier.heights.shape) == 0
    found = difference(earlier, later, still)
    east, north = earlier.centres()
    spread = fitted(
        east[found.stable], north[found.stable], found.height_m[found.stable], earlier.pixel_m
    )
    changed = on_surface(
        Surface(found.height_m, earlier.transform, earlier.crs),
        laid.outline,
        earlier.crs,
        after.name,
    )
    filled = fill(changed.surface.heights, changed.weights)
    rise = np.where(changed.weights > 0, filled.heights, 0.0)
    pixel_m2, area = earlier.pixel_m2, changed.area_m2
    least = DETECTED * spread.pixel_sigma_m
    stable_m2 = found.registration.stable_pixels * pixel_m2
    left = np.hypot(
        spread.mean_sigma_m(stable_m2), _tilted(laid.weights, earlier, found.registration)
    )
    up, down = (_volume(changed.weights, sign * rise, least, pixel_m2) for sign in (1, -1))
    return Change(
        net_m3=float((changed.weights * rise).sum() * pixel_m2),
        filled_m3=up,
        cut_m3=down,
        random_m3=spread.mean_sigma_m(area) * area,
        systematic_m3=float(left) * area,
        holes_m3=filled.doubt_m * area,
        detected_from_m=least,
        area_m2=area,
        changed_area_m2=float(changed.weights[np.abs(rise) > least].sum() * pixel_m2),
        spread=spread,
        independent=spread.independent(area),
        registration=found.registration,
        pixel_m=earlier.pixel_m,
        notes=_notes(before, after, laid, filled, spread, found.registration),
    )


def _both(
    before: Elevation, after: Elevation, outline: BaseGeometry, crs: CRS
) -> tuple[Surface, Surface]:
    """Read both with enough ground round the outline, as coarse as the coarser of the two."""
    coarse = max(before.pixel_m, after.pixel_m)
    west, south, east, north = outline.bounds
    while True:
        round_m = max(LEAST_ROUND_PIXELS * coarse, min(east - west, north - south) / 2)
        wide, high = east - west + 2 * round_m, north - south + 2 * round_m
        if wide * high / coarse**2 <= MOST_KEPT:
            break
        coarse *= 1.25
    bounds = box_round(outline, round_m)
    earlier = read_surface(before, bounds, crs, coarse)
    return earlier, read_surface(after, bounds, crs, coarse)


def _tilted(weights: NDArray[np.float64], surface: Surface, registration: Registration) -> float:
    """Return what an error of the horizontal shift does to the mean height inside the outline."""
    east, north = gradients(surface)
    known = (weights > 0) & np.isfinite(east + north)
    if not known.any() or not registration.is_horizontal:
        return 0.0
    over = weights[known]
    mean = np.average(east[known], weights=over), np.average(north[known], weights=over)
    return float(np.hypot(mean[0], mean[1]) * registration.shift_sigma_m)


def _volume(
    weights: NDArray[np.float64], rise: NDArray[np.float64], least: float, pixel_m2: float
) -> float:
    return float((weights * np.where(rise > least, rise, 0.0)).sum() * pixel_m2)


def _notes(
    before: Elevation,
    after: Elevation,
    laid: Laid,
    filled: Filled,
    spread: Spread,
    registration: Registration,
) -> tuple[Note, ...]:
    found = [note for note in notes_on(before, laid, filled) if note.code != "flat_bottom"]
    found.append(spread_note(spread.range_m, spread.independent(laid.area_m2)))
    if not registration.is_horizontal:
        found.append(
            Note(
                "too_flat",
                "轮廓外地面过于平坦，看不出水平错位，只校正了高程偏差。",
                "The ground round the outline is too flat to see a shift: only height was mended.",
            )
        )
    if not 0.5 <= before.pixel_m / after.pixel_m <= 2:
        found.append(
            Note(
                "unequal_pixels",
                f"两期像元不同（{before.pixel_m:g} 与 {after.pixel_m:g} 米），按较粗者对比。",
                f"Pixels of {before.pixel_m:g} and {after.pixel_m:g} m: compared on the coarser.",
            )
        )
    return tuple(found)
