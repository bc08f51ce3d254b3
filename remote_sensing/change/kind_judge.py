"""What kind of change a new or grown object is: mining, other human work, or nature's own.

Two patches of the same ground are cut into windows, and each window is likened to some that were
met in training (``change_windows``). The mean likeness of a patch's windows is what a mean of ridge
regressions reads; how sharply its scores tell is learnt from scores of places left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from remote_sensing.change import kind_windows
from remote_sensing.errors import ModelLacksBands
from remote_sensing.scene import Scene
from remote_sensing.windows import Window

KINDS = ("mining", "human", "natural")
BANDS = ("B02", "B03", "B04", "B08", "B11", "B12")
SIDE = 48
"""Rows and columns of a patch, at 10 m."""
MET = 600
"""Windows of the training set to which new ones are likened."""
STIFFNESS = (0.001, 0.003, 0.01, 0.03)
"""Ridges whose mean is taken: a choice among them by so few places would be chance."""
SHARPNESS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
"""What scores may be multiplied by before they become shares."""

Patches = NDArray[Any]
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ChangeKinds:
    """A trained judge of changes; ``card`` says what it learnt from and how it was tried.

    ``met`` are windows of the training set (windows, figures), ``width`` the squared distance at
    which likeness falls to 1/e, ``weights`` (windows, kinds) make a score of likeness, and
    ``sharpness`` is how steeply shares follow from scores.
    """

    card: dict[str, Any]
    met: Table = field(repr=False)
    width: Table = field(repr=False)
    weights: Table = field(repr=False)
    sharpness: Table = field(repr=False)

    def shares(self, before: Patches, after: Patches) -> Table:
        """Return how likely each kind is, float64 (patches, kinds) in the order of KINDS.

        All kinds weigh alike, however many of each were met.
        """
        windows = kind_windows.figures(before, after)
        scores = _likeness(windows, self.met, float(self.width)) @ self.weights
        return _shares(scores, float(self.sharpness))

    def require_bands(self, scene: Scene) -> None:
        """Raise ModelLacksBands unless a scene has what is read."""
        missing = scene.lacking(BANDS)
        if missing:
            raise ModelLacksBands(file=scene.path.name, missing=", ".join(missing))

    def of_ground(self, before: Scene, after: Scene, lon: float, lat: float) -> dict[str, float]:
        """Return each kind's share for the ground round a point, read from two scenes at 10 m.

        Ground that either scene does not show is filled with what lies around it; raises
        ModelLacksBands, TruncatedRaster.
        """
        for scene in (before, after):
            self.require_bands(scene)
        pair = [patch(scene, lon, lat)[None] for scene in (before, after)]
        return dict(zip(KINDS, self.shares(*pair)[0].tolist(), strict=True))


def train(
    before: Patches,
    after: Patches,
    kinds: Sequence[str],
    card: dict[str, Any],
    seed: int = 0,
    places: Sequence[str] | None = None,
) -> ChangeKinds:
    """Learn from patches whose kind is known; without ``places`` each patch is its own."""
    from threadpoolctl import threadpool_limits

    target = np.array([KINDS.index(kind) for kind in kinds])
    place = np.unique(range(len(target)) if places is None else places, return_inverse=True)[1]
    # One thread: sums in another order could make other bytes.
    with threadpool_limits(1):
        windows = kind_windows.figures(before, after)
        flat = windows.reshape(-1, windows.shape[-1])
        met = flat[np.random.default_rng(seed).permutation(len(flat))[:MET]]
        apart = _apart(met, met)
        width = max(float(np.median(apart[np.triu_indices(len(met), 1)])), 1e-6)
        sizes, axes = np.linalg.eigh(np.exp(-apart / width))
        root = axes[:, sizes > 1e-6] / np.sqrt(sizes[sizes > 1e-6])
        learnt, held = _learnt(_likeness(windows, met, width) @ root, target, place)
    told = [_shares(held, sharpness)[np.arange(len(target)), target] for sharpness in SHARPNESS]
    surest = int(np.argmax([np.log(np.maximum(own, 1e-9)).mean() for own in told]))
    return ChangeKinds(card, met, np.array(width), root @ learnt, np.array(SHARPNESS[surest]))


def patch(scene: Scene, lon: float, lat: float) -> NDArray[np.float64]:
    """Return the patch round a point, float64 (6, SIDE, SIDE); what is not valid is the median."""
    x, y = Transformer.from_crs("EPSG:4326", scene.crs.to_wkt(), always_xy=True).transform(lon, lat)
    col, row = ~scene.transform @ (x, y)
    side = max(round(SIDE * 10 / scene.pixel_m), 2)
    chip = scene.read(Window(round(col - side / 2), round(row - side / 2), side, side))
    spread = np.arange(SIDE) * side // SIDE
    bands = chip.reflectance[[chip.band_names.index(name) for name in BANDS]].astype(np.float64)
    for band in bands:
        band[~chip.valid] = np.median(band[chip.valid]) if chip.valid.any() else 0.0
    return bands[:, spread][:, :, spread]


def _learnt(
    likes: Table, target: NDArray[np.int64], place: NDArray[np.int64]
) -> tuple[Table, Table]:
    """Return the weights of the ridges' mean, and what it scores each place without having met it.

    ``likes`` are (patches, any), weights (any, kinds), scores (patches, kinds).
    """
    sides = np.where(target[:, None] == np.arange(len(KINDS)), 1.0, -1.0)
    counts = np.bincount(target, minlength=len(KINDS))
    heed = (len(target) / len(KINDS) / counts)[target]
    found, held = np.zeros((likes.shape[1], len(KINDS))), np.zeros_like(sides)
    for stiffness in STIFFNESS:
        moment = likes.T @ (heed[:, None] * likes) + stiffness * np.eye(likes.shape[1])
        inverse = np.linalg.inv(moment)
        weights = inverse @ likes.T @ (heed[:, None] * sides)
        missed = sides - likes @ weights
        for number in range(place.max() + 1):
            # What the rest alone would have said, without fitting it anew.
            own = place == number
            pull = likes[own] @ inverse @ (likes[own].T * heed[own])
            missed[own] = np.linalg.solve(np.eye(len(pull)) - pull, missed[own])
        found += weights / len(STIFFNESS)
        held += (sides - missed) / len(STIFFNESS)
    return found, held


def _shares(scores: Table, sharpness: float) -> Table:
    raised = sharpness * (scores - scores.max(axis=1, keepdims=True))
    shares: Table = np.exp(raised) / np.exp(raised).sum(axis=1, keepdims=True)
    return shares


def _likeness(windows: Table, met: Table, width: float) -> Table:
    """Return how like a patch's windows are to each met, in the mean: (patches, met windows)."""
    return np.stack([np.exp(-_apart(own, met) / width).mean(axis=0) for own in windows])


def _apart(one: Table, other: Table) -> Table:
    """Return squared distances (rows of one, rows of other)."""
    lengths = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)
    apart: Table = np.maximum(lengths - 2 * one @ other.T, 0)
    return apart
