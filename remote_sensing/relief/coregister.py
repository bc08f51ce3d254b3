"""Bringing two elevation models together: how far the later one lies off, and how high.

Nuth & Kääb 2011 (The Cryosphere 5, 271-290): on stable ground a shift shows in the difference dh
as dh / tan(slope) = a cos(b - aspect) + c. It is solved here times tan(slope), so that every
pixel's error counts alike and flat ground, which says nothing of a shift, weighs nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remote_sensing.relief.elevation import Surface
from remote_sensing.relief.errors import NoStableGround, TooFarApart
from remote_sensing.relief.heights import sample
from remote_sensing.relief.spread import BLOCK, nmad
from remote_sensing.relief.terrain import gradients

LEAST_STABLE = 100
MOST_ROUNDS = 15
MOST_SHIFT_PIXELS = 20
ENOUGH_PIXELS = 0.005
UNSURE_PIXELS = 0.5
STEEPEST = 1.2
"""Rise per metre beyond which a surface is too broken to tell of shifts."""

HORN = 12 / 64
"""Variance of a slope by Horn's kernel where heights are noise of variance 1, per pixel squared."""
MOST_NOISE = 2.0

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Registration:
    """How the later model lies to the earlier one, estimated on stable ground and taken out.

    ``dx_m`` east, ``dy_m`` north, ``dz_m`` up; ``shift_sigma_m`` is the error of each horizontal
    part. ``is_horizontal`` is False where the ground is too flat to see a shift: none was applied.
    """

    dx_m: float
    dy_m: float
    dz_m: float
    shift_sigma_m: float
    is_horizontal: bool
    rounds: int
    stable_pixels: int
    nmad_before_m: float
    nmad_after_m: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Later minus earlier height on the earlier one's grid, registered; (rows, cols), NaN unknown.

    ``stable`` marks the pixels that the registration rests on.
    """

    height_m: Array
    stable: Mask
    registration: Registration


def difference(before: Surface, after: Surface, may_be_stable: Mask) -> Difference:
    """Register ``after`` to ``before`` and return what has changed.

    ``may_be_stable`` (rows, cols) is the ground outside every outline. Raises NoStableGround,
    TooFarApart.
    """
    east, north = gradients(before)
    usable = may_be_stable & np.isfinite(east + north) & (np.hypot(east, north) < STEEPEST)
    raw = sample(after, before) - before.heights
    first = nmad(raw[_kept(raw, usable)])
    most, side = MOST_SHIFT_PIXELS * before.pixel_m, before.pixel_m
    shift = np.zeros(2)
    sigma, horizontal, rounds = np.inf, True, 0
    while rounds < MOST_ROUNDS:
        rounds += 1
        dh = sample(after, before, *shift) - before.heights
        kept = _kept(dh, usable)
        step, sigma = _step(dh[kept], east[kept], north[kept], side)
        if sigma > UNSURE_PIXELS * side:
            horizontal, shift = False, np.zeros(2)
            break
        shift = shift + step
        if float(np.hypot(*shift)) > most:
            raise TooFarApart(shift_m=round(float(np.hypot(*shift))), most_m=round(most))
        if float(np.hypot(*step)) < ENOUGH_PIXELS * side:
            break
    dh = sample(after, before, *shift) - before.heights
    kept = _kept(dh, usable)
    rise = float(np.median(dh[kept]))
    return Difference(
        dh - rise,
        kept,
        Registration(
            dx_m=float(shift[0]),
            dy_m=float(shift[1]),
            dz_m=rise,
            shift_sigma_m=float(sigma) if horizontal else 0.0,
            is_horizontal=horizontal,
            rounds=rounds,
            stable_pixels=int(kept.sum()),
            nmad_before_m=first,
            nmad_after_m=nmad(dh[kept]),
        ),
    )


def _kept(dh: Array, usable: Mask) -> Mask:
    """Return the stable pixels: known in both and within 3 NMAD of the median."""
    known = usable & np.isfinite(dh)
    if known.sum() < LEAST_STABLE:
        raise NoStableGround(pixels=int(known.sum()), least=LEAST_STABLE)
    off = np.abs(dh - np.median(dh[known]))
    return known & (off <= max(3 * nmad(dh[known]), 1e-6))


def _step(dh: Array, east: Array, north: Array, pixel_m: float) -> tuple[Array, float]:
    """Solve dh = a tan(slope) cos(b - aspect) + c; return the shift still there and its error.

    With the later model ``d`` off and sampled at ``s``, dh = gradient . (s - d) + c. The error is
    infinite where slopes are no more than the models' own noise makes of level ground: fitted to
    those, a shift of half a pixel would win, for interpolation smooths the noise.
    """
    rows = np.column_stack([-east, -north, np.ones_like(dh)])
    found, *_ = np.linalg.lstsq(rows, dh, rcond=None)
    normal = rows.T @ rows
    if np.linalg.matrix_rank(normal) < 3:
        return np.zeros(2), np.inf
    noise = nmad(dh - rows @ found)
    of_noise = HORN * (noise / np.sqrt(2) / pixel_m) ** 2
    if min(np.var(east), np.var(north)) <= MOST_NOISE * of_noise:
        return np.zeros(2), np.inf
    spread = noise**2 * np.linalg.inv(normal) * BLOCK**2
    return np.asarray(found[:2]), float(np.sqrt(max(spread[0, 0], spread[1, 1])))
