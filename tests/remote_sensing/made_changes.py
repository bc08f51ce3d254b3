"""Pairs of patches whose kind of change is known."""

import numpy as np

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
