"""Slope, aspect, and the steep faces of a surface."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from remote_sensing.relief.elevation import Surface

STEEP_DEG = 40.0
"""From here on a face counts as highwall: above the angle of repose of loose rock (33–38°)."""


MOST_FACES = 8
MOST_WIDTH = 60
"""Faces looked at, those of the widest span first, and the most pixels that one is wide."""


@dataclass(frozen=True, slots=True)
class Highwall:
    """The highest steep face: what it rises, how steep it is, how far it runs along the map."""

    height_m: float
    slope_deg: float
    length_m: float


def gradients(surface: Surface) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return rise per metre eastwards and northwards (Horn, 3 by 3), NaN at edges and holes."""
    east, north, pixel_m = surface.heights, surface.heights, surface.pixel_m
    smooth = np.array([1.0, 2.0, 1.0]) / 4
    step = np.array([1.0, 0.0, -1.0]) / 2  # convolution turns it round
    for axis, values in ((0, smooth), (1, step)):
        east = ndimage.convolve1d(east, values, axis=axis, mode="constant", cval=np.nan)
    for axis, values in ((1, smooth), (0, -step)):
        north = ndimage.convolve1d(north, values, axis=axis, mode="constant", cval=np.nan)
    return east / pixel_m, north / pixel_m


def slope_deg(surface: Surface) -> NDArray[np.float64]:
    """Return the slope in degrees, (rows, cols), NaN where a neighbour is unknown."""
    east, north = gradients(surface)
    return np.degrees(np.arctan(np.hypot(east, north)))


def highwall(
    surface: Surface, slope: NDArray[np.float64], where: NDArray[np.bool_]
) -> Highwall | None:
    """Return the steep face within ``where`` that rises highest, or None where nothing is steep.

    A face is a group of touching pixels of at least STEEP_DEG; its height is the most it rises
    across its own width, its length the longer side of its extent.
    """
    faces, many = ndimage.label(where & (slope >= STEEP_DEG), structure=np.ones((3, 3)))
    if not many:
        return None
    # Labelled pixels alone: ndimage's own minimum and maximum would sort the whole surface.
    on_face = faces > 0
    number, heights = faces[on_face] - 1, surface.heights[on_face]
    low, high = np.full(many, np.inf), np.full(many, -np.inf)
    np.minimum.at(low, number, heights)
    np.maximum.at(high, number, heights)
    span = high - low
    places = ndimage.find_objects(faces)
    rises = {
        int(at): _rise(surface.heights[places[at]], faces[places[at]] == at + 1)
        for at in np.argsort(span)[::-1][:MOST_FACES]
    }
    best = max(rises, key=lambda at: rises[at])
    rows, cols = places[best]
    mean = float(slope[rows, cols][faces[rows, cols] == best + 1].mean())
    # A face one pixel wide still rises by its slope across that pixel.
    height = max(rises[best], float(np.tan(np.radians(mean))) * surface.pixel_m)
    length = max(rows.stop - rows.start, cols.stop - cols.start) * surface.pixel_m
    return Highwall(round(height, 2), round(mean, 1), round(float(length), 1))


def _rise(heights: NDArray[np.float64], face: NDArray[np.bool_]) -> float:
    """Return the most that a face rises within its own width.

    A wall that runs round a pit on a hillside spans the hillside too; across it one does not.
    """
    framed = np.pad(face, 1)
    width = int(np.ceil(2 * ndimage.distance_transform_edt(framed).max()))
    size = 2 * min(width, MOST_WIDTH) + 1
    top = ndimage.maximum_filter(np.where(face, heights, -np.inf), size)
    foot = ndimage.minimum_filter(np.where(face, heights, np.inf), size)
    return float((top - foot)[face].max())
