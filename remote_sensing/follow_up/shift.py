"""How far two images of one place lie apart, to a fraction of a pixel, by phase correlation."""

from typing import NamedTuple

import numpy as np

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.ground import Floats, Mask

LEAST_SIDE = 32


class Shift(NamedTuple):
    """Content of the second image lies ``right`` and ``down`` pixels from where the first has it.

    ``peak`` is how far the correlation stands out from its noise.
    """

    right: float
    down: float
    peak: float


def shift_between(first: Floats, second: Floats, valid: Mask, rules: FollowUpRules) -> Shift | None:
    """Return how far two (height, width) images lie apart, or None where that cannot be told.

    Edges are compared, not brightness, so that fields which turned from green to bare still fit.
    """
    if min(first.shape) < LEAST_SIDE or valid.mean() < rules.valid_least:
        return None
    window = np.outer(np.hanning(first.shape[0]), np.hanning(first.shape[1]))
    spectra = [np.fft.fft2(_edges(image, valid) * window) for image in (first, second)]
    cross = spectra[1] * np.conj(spectra[0])
    size = np.abs(cross)
    if not size.max() > 0:
        return None
    down, right = np.meshgrid(*map(np.fft.fftfreq, first.shape), indexing="ij")
    smooth = np.exp(-(down**2 + right**2) / (2 * rules.shift_smooth**2))
    peaks = np.fft.ifft2(cross / np.maximum(size, 1e-9 * size.max()) * smooth).real
    row, col = map(int, np.unravel_index(int(np.argmax(peaks)), peaks.shape))
    around = np.roll(peaks, (5 - row, 5 - col), (0, 1))
    noise = around.copy()
    noise[:11, :11] = np.nan
    spread = 1.4826 * np.nanmedian(np.abs(noise - np.nanmedian(noise)))
    peak = float(around[5, 5] / max(spread, 1e-12))
    found = Shift(
        _signed(col, first.shape[1]) + _between(*around[5, 4:7]),
        _signed(row, first.shape[0]) + _between(*around[4:7, 5]),
        peak,
    )
    is_sure = peak >= rules.shift_peak_least
    return found if is_sure and np.hypot(found.right, found.down) <= rules.shift_most_px else None


def _edges(image: Floats, valid: Mask) -> Floats:
    filled = np.where(valid, image, np.median(image[valid]))
    down, right = np.gradient(filled)
    edges = np.hypot(down, right)
    edges[~valid] = 0
    # A few very strong edges (roofs, water) would otherwise speak for all.
    most = max(float(np.percentile(edges[valid], 99)), 1e-9)
    edges = np.minimum(edges, most)
    return np.where(valid, edges - edges[valid].mean(), 0)


def _signed(place: int, length: int) -> int:
    return place - length if place > length // 2 else place


def _between(before: float, at: float, after: float) -> float:
    """Return where between three samples of a bell its top lies, -0.5..0.5."""
    low, mid, high = np.log(np.maximum([before, at, after], 1e-12 + 1e-3 * at))
    bend = low - 2 * mid + high
    return 0.0 if bend >= 0 else float(np.clip(0.5 * (low - high) / bend, -0.5, 0.5))
