"""Pairs of patches and images whose kind of change is known."""

from pathlib import Path

import numpy as np

from remote_sensing.change import kind_judge, kind_training
from remote_sensing.change.kind_judge import BANDS, KINDS, ChangeKinds
from tests.remote_sensing.made_runs import GRID
from tests.remote_sensing.make_scene import write_raster

FOREST = np.array([300, 500, 350, 2900, 1500, 700])
BARE = np.array([900, 1200, 1700, 2300, 3200, 2700])
WATER = np.array([700, 800, 700, 180, 80, 50])


def pair_of(kind: str, draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Forest before; after it bare ground with ponds, one even field, or a wide river."""
    before = np.tile(FOREST, (24, 24, 1)).astype(float)
    after = before.copy()
    if kind == "mining":
        after[4:20, 4:20] = BARE
        for row, col in draw.integers(5, 17, (8, 2)):
            after[row : row + 2, col : col + 2] = WATER
    elif kind == "human":
        after[2:22, 2:22] = BARE
    else:
        after[:, 8:16] = WATER
    noise = [1 + 0.05 * draw.standard_normal(before.shape) for _ in range(2)]
    return before * noise[0], after * noise[1]


def made_judge() -> ChangeKinds:
    """Return a judge that has met six made-up pairs of each kind."""
    draw, kinds = np.random.default_rng(0), [kind for kind in KINDS for _ in range(6)]
    pairs = [pair_of(kind, draw) for kind in kinds]
    before, after = (np.moveaxis(np.stack(day), 3, 1) for day in zip(*pairs, strict=True))
    return kind_judge.train(before, after, kinds, {"version": kind_training.VERSION})


def image_with_pits(path: Path, on: str, pits: tuple[tuple[int, ...], ...], bands: int = 6) -> Path:
    """Write forest with pits, each bare ground with ponds in it."""
    draw = np.random.default_rng(int(on[:4]))
    shown = np.tile(FOREST, (120, 160, 1)).astype(float)
    for top, left, bottom, right in pits:
        shown[top:bottom, left:right] = BARE
        for row in range(top + 2, bottom - 2, 5):
            for col in draw.integers(left, right - 2, (right - left) // 8):
                shown[row : row + 2, col : col + 2] = WATER
    shown *= 1 + 0.05 * draw.standard_normal(shown.shape)
    written = np.moveaxis(shown.round().astype(np.uint16), 2, 0)[:bands]
    return write_raster(path, written, names=BANDS[:bands], tags={"ACQUIRED": on}, transform=GRID)
