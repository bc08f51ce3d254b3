"""The patch of undisturbed ground that a site's plants are compared with, chosen by rule.

Plants in a dry country stand sparse in one year and thick in the next; so a site's cover counts
only against ground near by that nobody dug. The patch is typical of its ring, not its greenest,
even in itself, and where there are two dates it is one that behaved as the ring did.
"""

from typing import NamedTuple

import numpy as np
import shapely
from scipy import ndimage
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.ground import Floats, Ground, Mask
from remote_sensing.follow_up.images import mask_of
from remote_sensing.windows import Window


class Cover(NamedTuple):
    """Mean FVC of a patch and what its own unevenness leaves in doubt."""

    mean: float
    error: float
    valid_share: float


def choose(
    window: Window,
    outline_px: BaseGeometry,
    others_px: BaseGeometry,
    pixel_m: float,
    grounds: list[Ground],
    covers: list[Floats],
    rules: FollowUpRules,
) -> Polygon | None:
    """Return the best square of the ring round an outline, in pixels; None where none will do.

    ``grounds`` and ``covers`` are those of the newest date first, and of an earlier one if any.
    """
    ring = outline_px.buffer(rules.ring_outer_m / pixel_m).difference(
        outline_px.buffer(rules.ring_inner_m / pixel_m)
    )
    kept_off = shapely.union_all([outline_px, others_px]).buffer(rules.patch_site_gap_m / pixel_m)
    side = max(int(round(rules.patch_m / pixel_m)) | 1, 3)
    may = mask_of(ring.difference(kept_off), window)
    for ground, cover in zip(grounds, covers, strict=True):
        may &= ground.seen & (cover >= rules.patch_fvc_least)
    whole = ndimage.minimum_filter(may.astype(np.uint8), side, mode="constant") > 0
    if not whole.any():
        return None
    worth = np.zeros(may.shape)
    for cover in covers:
        mean = ndimage.uniform_filter(cover, side)
        uneven = np.sqrt(np.maximum(ndimage.uniform_filter(cover**2, side) - mean**2, 0))
        typical = np.percentile(mean[whole], rules.patch_percentile)
        worth += np.abs(mean - typical) + 2 * uneven
    worth[~whole] = np.inf
    row, col = np.unravel_index(int(np.argmin(worth)), worth.shape)
    half = side // 2
    left, top = window.col + int(col) - half, window.row + int(row) - half
    return shapely.box(left, top, left + side, top + side)


def cover_of(patch: Mask, ground: Ground, cover: Floats) -> Cover | None:
    """Return the cover of a patch's pixels that are seen; None where none is."""
    seen = patch & ground.seen
    if not patch.any() or not seen.any():
        return None
    values = cover[seen]
    # Neighbours are alike: some nine pixels count as one.
    error = float(values.std() / np.sqrt(max(len(values) / 9, 1)))
    return Cover(float(values.mean()), error, float(seen.sum() / patch.sum()))
