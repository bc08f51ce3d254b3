"""What an object is like: shape, scores, colour and texture inside against the ring around it.

Every figure is taken from pixels of the scene and of its scores near the object, never from the
windows in which the scene was classified.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from remote_sensing.classes import ClassInfo
from remote_sensing.objects import Patch
from remote_sensing.scene import Chip
from remote_sensing.second_stage.outlining import target_score
from remote_sensing.windows import Window

GAP_PX, RING_PX = 2, 14
"""The ring round an object begins beyond its blurred edge; sides of a square pixel of 10 m."""
MOST_SIDE = 640
"""A longer object is looked at by every second, third … pixel, so that memory is bounded."""
NEAR_M, WIDE_M = 1_000.0, 3_000.0
"""Objects within these distances are its neighbours; one without any is isolated."""

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

SHAPE = ("log_area", "compactness", "elongation", "holes", "depth", "extent")
SCORES = ("score", "score_dev", "score_high", "score_max", "score_ring", "score_step")
NEIGHBOURS = ("near_count", "near_share", "wide_count", "wide_share", "nearest", "scene_share")


@dataclass(frozen=True, slots=True)
class Reader:
    """Where an object's pixels come from.

    ``chip`` reads a window of the scene, ``percents`` of its scores (uint8 (classes, h, w)),
    ``codes`` of what they decide; ``layers`` turns a chip into the named ``layer_names``, int16
    (layers, height, width).
    """

    chip: Callable[[Window], Chip]
    percents: Callable[[Window], NDArray[np.uint8]]
    codes: Callable[[Window], NDArray[np.uint8]]
    layers: Callable[[Chip], NDArray[np.int16]]
    layer_names: tuple[str, ...]
    classes: tuple[ClassInfo, ...]
    width: int
    height: int
    pixel_m: float


def names_of(layer_names: Sequence[str], classes: Sequence[ClassInfo]) -> tuple[str, ...]:
    """Return the names of the figures of `describe`, in their order."""
    of_layers = [
        f"{name}_{how}" for name in layer_names for how in ("in", "dev", "ring", "ringdev", "step")
    ]
    others = [info.name for info in classes if not info.is_target]
    of_classes = [f"{name}_{where}" for name in others for where in ("in", "ring")]
    return (*SHAPE, *SCORES, *of_layers, *of_classes, *NEIGHBOURS)


def describe(patches: Sequence[Patch], reader: Reader, ground_px: int) -> Floats:
    """Return float64 (objects, figures), the columns named by `names_of`.

    ``ground_px`` are the scene's valid pixels; neighbours are sought among ``patches``.
    """
    wide = len(names_of(reader.layer_names, reader.classes))
    rows = [_own(patch, reader) for patch in patches]
    own = np.array(rows, np.float64).reshape(len(patches), wide - len(NEIGHBOURS))
    near = neighbours(patches, reader.pixel_m, ground_px)
    whole: Floats = np.round(np.hstack([own, near]), 6).astype(np.float64)
    return whole


def neighbours(patches: Sequence[Patch], pixel_m: float, ground_px: int) -> Floats:
    """Return NEIGHBOURS of each patch: how many and how much others within two distances hold.

    Distances are between the boxes round patches; "nearest" ends at WIDE_M.
    """
    out = np.zeros((len(patches), len(NEIGHBOURS)))
    boxes = np.array([(b.col, b.row, b.col_end, b.row_end) for b in (p.box for p in patches)])
    pixels = np.array([patch.pixels for patch in patches], np.float64)
    for place, patch in enumerate(patches):
        apart = np.maximum(
            np.maximum(boxes[:, :2] - boxes[place, 2:], boxes[place, :2] - boxes[:, 2:]), 0
        )
        far = np.hypot(*apart.T) * pixel_m
        far[place] = np.inf
        for column, reach in ((0, NEAR_M), (2, WIDE_M)):
            within = far <= reach
            out[place, column] = within.sum()
            out[place, column + 1] = np.log1p(pixels[within].sum() / patch.pixels)
        out[place, 4] = min(far.min(), WIDE_M)
        out[place, 5] = pixels.sum() / max(ground_px, 1)
    return out


def _own(patch: Patch, reader: Reader) -> list[float]:
    """Return the figures of one object but those of its neighbours."""
    reach = GAP_PX + RING_PX
    step = max(-(-max(patch.box.width, patch.box.height) // MOST_SIDE), 1)
    window = patch.box.grown(reach * step)
    window = window.inside(reader.width, reader.height)
    chip, percents, codes = _thinned(reader, window, step)
    mask = _mask_of(patch, codes, window, step)
    score = target_score(percents, reader.classes).astype(np.float64)
    near = ndimage.binary_dilation(mask, iterations=GAP_PX)
    ring = ndimage.binary_dilation(near, iterations=RING_PX) & ~near & chip.valid
    if not ring.any():
        ring = mask
    pixels = score[mask]
    row = _shape(mask, step * step)
    row += [pixels.mean(), pixels.std(), float(np.percentile(pixels, 90)), pixels.max()]
    row += [score[ring].mean(), pixels.mean() - score[ring].mean()]
    for layer in reader.layers(chip).astype(np.float64):
        inside, around = layer[mask], layer[ring]
        row += [inside.mean(), inside.std(), around.mean(), around.std()]
        row += [inside.mean() - around.mean()]
    for band, info in zip(percents.astype(np.float64), reader.classes, strict=True):
        if not info.is_target:
            row += [band[mask].mean(), band[ring].mean()]
    return [float(figure) for figure in row]


def _shape(mask: Mask, pixels_each: int) -> list[float]:
    area = int(mask.sum())
    framed = np.pad(mask, 1)
    edges = sum(int((framed != np.roll(framed, 1, axis)).sum()) for axis in (0, 1))
    filled = int(ndimage.binary_fill_holes(framed).sum())
    rows, cols = np.nonzero(mask)
    spread = np.cov(np.stack([rows, cols]), bias=True) if area > 1 else np.zeros((2, 2))
    small, large = np.sqrt(np.linalg.eigvalsh(spread + np.eye(2) / 12))
    depth = float(ndimage.distance_transform_edt(framed).max())
    return [
        float(np.log(area * pixels_each)),
        16 * area / edges**2,
        float(large / small),
        filled / area - 1,
        depth / area**0.5,
        area / ((np.ptp(rows) + 1) * (np.ptp(cols) + 1)),
    ]


def _mask_of(patch: Patch, codes: NDArray[np.uint8], window: Window, step: int) -> Mask:
    """Return the patch's pixels; thinned, those of its code within its box stand for them."""
    if step > 1:
        rows = np.arange(window.row, window.row_end, step)
        cols = np.arange(window.col, window.col_end, step)
        in_rows = (rows >= patch.box.row) & (rows < patch.box.row_end)
        in_cols = (cols >= patch.box.col) & (cols < patch.box.col_end)
        box = in_rows[:, None] & in_cols
        same = box & (codes == patch.code)
        return same if same.any() else box
    labels, _ = ndimage.label(codes == patch.code)
    own: Mask = labels == labels[patch.row - window.row, patch.col - window.col]
    return own


def _thinned(
    reader: Reader, window: Window, step: int
) -> tuple[Chip, NDArray[np.uint8], NDArray[np.uint8]]:
    """Read every ``step``-th pixel of a window, by strips that bound the memory."""
    if step == 1:
        return reader.chip(window), reader.percents(window), reader.codes(window)
    chips, scores, codes = [], [], []
    high = 64 * step
    for row in range(window.row, window.row_end, high):
        strip = Window(window.col, row, window.width, min(high, window.row_end - row))
        chip = reader.chip(strip)
        chips.append((chip.reflectance[:, ::step, ::step], chip.valid[::step, ::step]))
        scores.append(reader.percents(strip)[:, ::step, ::step])
        codes.append(reader.codes(strip)[::step, ::step])
    pixels = np.concatenate([reflectance for reflectance, _ in chips], axis=1)
    valid = np.concatenate([seen for _, seen in chips])
    whole = Chip(pixels, valid, chip.transform, chip.crs, chip.band_names, chip.pixel_m * step)
    return whole, np.concatenate(scores, axis=1), np.concatenate(codes)


def isolated(figures: Floats, names: Sequence[str]) -> Mask:
    """Return which objects have no neighbour within NEAR_M."""
    alone: Mask = figures[:, list(names).index("near_count")] == 0
    return alone
