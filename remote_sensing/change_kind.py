"""What kind of change a new or grown object is: mining, other human work, or nature's own.

Two patches of the same ground are described twice: by figures of the whole (how bands, ratios and
their unevenness differ) and by the share of each *word*, a kind of pixel with its surroundings
before and after that was met in training. A judge of each description tells shares; their mean
counts. Patches are float or int (patches, 6 bands, rows, cols), reflectance * 10,000.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from remote_sensing.errors import ModelLacksBands
from remote_sensing.scene import Scene
from remote_sensing.windows import Window

KINDS = ("mining", "human", "natural")
BANDS = ("B02", "B03", "B04", "B08", "B11", "B12")
SIDE = 48
"""Rows and columns of a patch, at 10 m."""
WORDS = 150
STEP = 2
"""Every second pixel of every second row is read for words."""
DRAWN = 15_000
LIKENESSES = 200
"""Patches of the training set to which a new one is likened."""

_SHARES = (5, 25, 50, 75, 95)
_SPANS = (1, 3, 7)

Patches = NDArray[Any]
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ChangeKinds:
    """A trained judge of changes; ``card`` says what it learnt from and how it was tried.

    ``middle`` and ``spread`` bring a pixel's figures to one scale, ``words`` are the kinds of
    pixel in that scale (words, figures).
    """

    card: dict[str, Any]
    middle: Table = field(repr=False)
    spread: Table = field(repr=False)
    words: Table = field(repr=False)
    by_figures: Any = field(repr=False)
    by_words: Any = field(repr=False)

    def shares(self, before: Patches, after: Patches) -> Table:
        """Return how likely each kind is, float64 (patches, kinds) in the order of KINDS."""
        told: Table = self.by_figures.predict_proba(figures(before, after))
        told = told + self.by_words.predict_proba(self._words(before, after))
        return told / 2

    def of_ground(self, before: Scene, after: Scene, lon: float, lat: float) -> dict[str, float]:
        """Return each kind's share for the ground round a point, read from two scenes at 10 m.

        Ground that either scene does not show is filled with what lies around it; raises
        ModelLacksBands, TruncatedRaster.
        """
        pair = [patch(scene, lon, lat)[None] for scene in (before, after)]
        return dict(zip(KINDS, self.shares(*pair)[0].tolist(), strict=True))

    def _words(self, before: Patches, after: Patches) -> Table:
        return shares_of_words(pixels(before, after), self.middle, self.spread, self.words)


def train(
    before: Patches, after: Patches, kinds: Sequence[str], card: dict[str, Any], seed: int = 0
) -> ChangeKinds:
    """Learn from patches whose kind is known."""
    from sklearn.cluster import MiniBatchKMeans
    from threadpoolctl import threadpool_limits

    target = np.array([KINDS.index(kind) for kind in kinds])
    met = pixels(before, after)
    flat = met.reshape(-1, met.shape[-1])
    middle, spread = flat.mean(axis=0), np.maximum(flat.std(axis=0), 1e-6)
    draw = np.random.default_rng(seed).permutation(len(flat))[:DRAWN]
    count = min(WORDS, len(draw))
    # One thread: sums in another order could make another word, and other bytes.
    found = MiniBatchKMeans(count, random_state=seed, n_init=1, batch_size=2048, max_iter=20)
    with threadpool_limits(1):
        words = found.fit((flat[draw] - middle) / spread).cluster_centers_.astype(np.float64)
        told = shares_of_words(met, middle, spread, words)
        by_figures = _judge(True, len(target), seed).fit(figures(before, after), target)
        by_words = _judge(False, len(target), seed).fit(told, target)
    return ChangeKinds(card, middle, spread, words, by_figures, by_words)


def _judge(of_figures: bool, known: int, seed: int) -> Any:
    """Return an untrained judge: a logistic regression on likeness to what was met."""
    from sklearn.kernel_approximation import Nystroem
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import QuantileTransformer

    like = Nystroem(
        gamma=None if of_figures else 2.0, n_components=min(LIKENESSES, known), random_state=seed
    )
    told = LogisticRegression(C=10.0, class_weight="balanced", max_iter=500)
    if not of_figures:
        return make_pipeline(like, told)
    even = QuantileTransformer(
        n_quantiles=min(50, known), output_distribution="normal", random_state=seed
    )
    return make_pipeline(even, like, told)


def patch(scene: Scene, lon: float, lat: float) -> NDArray[np.float64]:
    """Return the patch round a point, float64 (6, SIDE, SIDE); what is not valid is the median."""
    missing = scene.lacking(BANDS)
    if missing:
        raise ModelLacksBands(file=scene.path.name, missing=", ".join(missing))
    x, y = Transformer.from_crs("EPSG:4326", scene.crs.to_wkt(), always_xy=True).transform(lon, lat)
    col, row = ~scene.transform @ (x, y)
    side = max(round(SIDE * 10 / scene.pixel_m), 2)
    chip = scene.read(Window(round(col - side / 2), round(row - side / 2), side, side))
    spread = np.arange(SIDE) * side // SIDE
    bands = chip.reflectance[[chip.band_names.index(name) for name in BANDS]].astype(np.float64)
    for band in bands:
        band[~chip.valid] = np.median(band[chip.valid]) if chip.valid.any() else 0.0
    return bands[:, spread][:, :, spread]


def layers(patches: Patches) -> NDArray[np.float64]:
    """Return bands, ratios in ten-thousandths and brightness: float64 (patches, 15, rows, cols)."""
    blue, green, red, near, swir, far = np.moveaxis(patches.astype(np.float64), 1, 0)
    pairs = (
        (near, red), (green, swir), (green, near), (swir, near),
        (swir, far), (red, blue), (red, green), (near, far),
    )  # fmt: skip
    ratios = [(a - b) * 10_000 / np.maximum(a + b, 1) for a, b in pairs]
    bands = (blue, green, red, near, swir, far)
    return np.stack([*bands, *ratios, (blue + green + red) / 3], axis=1)


def figures(before: Patches, after: Patches) -> Table:
    """Return what describes each pair as a whole, float64 (patches, figures)."""
    one, other = layers(before), layers(after)
    rows, cols = one.shape[-2:]
    core = (..., slice(rows // 3, rows - rows // 3), slice(cols // 3, cols - cols // 3))
    parts = []
    for layer in (one, other, other - one):
        flat = layer.reshape(*layer.shape[:2], -1)
        parts += [*np.percentile(flat, _SHARES, axis=2), flat.mean(axis=2), flat.std(axis=2)]
        parts.append(layer[core].mean(axis=(2, 3)))
    for layer in (one, other):
        steps = np.abs(np.diff(layer, axis=2)).mean(axis=(2, 3))
        parts.append(steps + np.abs(np.diff(layer, axis=3)).mean(axis=(2, 3)))
    for layer in (other, other - one):
        parts += [_box(layer, span).std(axis=(2, 3)) for span in _SPANS]
    return np.concatenate(parts, axis=1)


def pixels(before: Patches, after: Patches) -> NDArray[np.float64]:
    """Return what describes single pixels, float64 (patches, pixels, figures).

    Means of 3 by 3 pixels and deviations of 5 by 5, of bands (their logarithm) and ratios.
    """
    shown = []
    for patches in (before, after):
        bands = np.log1p(np.maximum(patches.astype(np.float64), 0)) * 800
        shown += [bands, layers(patches)[:, [6, 7, 10, 11, 12, 14]]]
    both = np.concatenate(shown, axis=1)
    spread = np.sqrt(np.maximum(_box(both * both, 2) - _box(both, 2) ** 2, 0))
    found = np.concatenate([_box(both, 1), spread], axis=1)[..., ::STEP, ::STEP]
    return np.moveaxis(found.reshape(*found.shape[:2], -1), 1, 2)


def shares_of_words(met: NDArray[np.float64], middle: Table, spread: Table, words: Table) -> Table:
    """Return the root of each word's share among a patch's pixels, float64 (patches, words)."""
    out = np.zeros((len(met), len(words)))
    lengths = (words**2).sum(axis=1)
    for row, patch in zip(out, met, strict=True):
        nearest = (lengths - 2 * ((patch - middle) / spread) @ words.T).argmin(axis=1)
        row[:] = np.bincount(nearest, minlength=len(words)) / len(nearest)
    return np.sqrt(out)


def _box(layer: NDArray[np.float64], radius: int) -> NDArray[np.float64]:
    from scipy.ndimage import uniform_filter

    side = 2 * radius + 1
    found: NDArray[np.float64] = uniform_filter(
        layer, (*(0,) * (layer.ndim - 2), side, side), mode="nearest"
    )
    return found
