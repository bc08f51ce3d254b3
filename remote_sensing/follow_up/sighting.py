"""A place as it lies in an image: its window, its masks, and what its pixels show."""

from dataclasses import dataclass

import numpy as np
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.greenness import Greenness
from remote_sensing.follow_up.ground import Floats, Ground, Mask, ground_of
from remote_sensing.follow_up.images import Image, mask_of
from remote_sensing.windows import Window

AROUND_PERCENTILE = 75


@dataclass(frozen=True, slots=True)
class Sight:
    """A place as it lies in an image: its window and masks, and what its pixels show."""

    image: Image
    window: Window
    outline_px: Polygon | MultiPolygon
    inside: Mask
    near: Mask
    around: Mask
    ground: Ground
    cover: Floats
    greenness: Greenness

    @property
    def around_cover(self) -> float:
        """FVC of the greener ground round the outline, 0 where none is seen."""
        return around_cover(self.cover, self.around & self.ground.seen)


def around_cover(cover: Floats, around: Mask) -> float:
    """Return the FVC that the greener quarter of some ground reaches, 0 of no ground."""
    seen = cover[around]
    return float(np.percentile(seen, AROUND_PERCENTILE)) if len(seen) else 0.0


def sight_of(
    image: Image, outline: Polygon | MultiPolygon, others: BaseGeometry, rules: FollowUpRules
) -> Sight:
    """Read a place, whose outline is in the image's pixels; the image must have its ends."""
    pixel_m = image.scene.pixel_m
    reach = rules.reach_m / pixel_m
    left, top, right, bottom = outline.bounds
    col, row = int(np.floor(left)), int(np.floor(top))
    box = Window(col, row, int(np.ceil(right)) - col, int(np.ceil(bottom)) - row)
    window = box.grown(int((rules.reach_m + rules.shift_window_m) / pixel_m))
    chip = image.read(window)
    ground = ground_of(chip, rules)
    assert image.greenness is not None
    inside = mask_of(outline, window)
    surroundings = outline.buffer(rules.surroundings_m / pixel_m).difference(outline.buffer(2))
    return Sight(
        image,
        window,
        outline,
        inside,
        mask_of(outline.buffer(reach).difference(others), window) | inside,
        mask_of(surroundings.difference(others), window),
        ground,
        image.greenness.ends.cover(ground.ndvi),
        image.greenness,
    )
