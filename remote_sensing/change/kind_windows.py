"""What small windows of a pair of patches look like, as figures that may be compared by distance.

A window is told by what its pixels show on both days (six bands, as logarithms, and how steep four
of them are): their means, and the logarithm of the matrix of how they vary together. Such matrices
lie in a curved space; their logarithms in a flat one, where plain distances compare texture, colour
and what kept its pattern between the days alike (log-Euclidean: Arsigny et al. 2006, SIAM J. Matrix
Anal. Appl. 29). Turned or mirrored ground gives the same windows.
"""

import numpy as np
from numpy.typing import NDArray

SIDE = 12
"""Rows and columns of a window; the windows of a patch cover all of it."""

_STEEP = (1, 2, 3, 4)
_EVEN = 1e-4
"""What is added to each variance, so that even ground has a logarithm too: 1 % of reflectance."""

Table = NDArray[np.float64]


def figures(before: NDArray[np.generic], after: NDArray[np.generic]) -> Table:
    """Return what describes windows, float64 (patches, windows, figures).

    Patches are (patches, 6 bands, rows, cols), reflectance * 10,000, of SIDE rows and more.
    """
    days = [np.log1p(np.maximum(day.astype(np.float64), 0)) for day in (before, after)]
    steep = [np.hypot(*np.gradient(day[:, _STEEP], axis=(2, 3))) for day in days]
    shown = np.concatenate([*days, *steep], axis=1)
    rows, cols = (_starts(length) for length in shown.shape[2:])
    parts = [shown[..., row : row + SIDE, col : col + SIDE] for row in rows for col in cols]
    return np.stack([_described(part.reshape(*part.shape[:2], -1)) for part in parts], axis=1)


def _starts(length: int) -> NDArray[np.int64]:
    """Return where windows begin: side by side, or lapping over where they do not fit evenly."""
    return np.linspace(0, length - SIDE, -(-length // SIDE)).round().astype(np.int64)


def _described(pixels: Table) -> Table:
    """Return means and the logarithm of covariance, (patches, figures) of (patches, shown, n)."""
    means = pixels.mean(axis=2)
    apart = pixels - means[..., None]
    count = pixels.shape[1]
    together = apart @ apart.transpose(0, 2, 1) / pixels.shape[2] + _EVEN * np.eye(count)
    sizes, axes = np.linalg.eigh(together)
    sizes = np.log(np.maximum(sizes, _EVEN / 2))
    logs = (axes * sizes[:, None]) @ axes.transpose(0, 2, 1)
    one, other = np.triu_indices(count)
    # Each pair stands twice in the matrix, so that it counts twice in a squared distance.
    return np.concatenate([logs[:, one, other] * np.where(one == other, 1, 2**0.5), means], axis=1)
