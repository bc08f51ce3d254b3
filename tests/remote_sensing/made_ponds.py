"""Made ground of three bands: ponds of tailings that are right, strips of the same colour not."""

from pathlib import Path

import numpy as np
from rasterio.transform import Affine

from tests.remote_sensing.make_scene import write_raster

VISIBLE = ("B02", "B03", "B04")
SIDE = 160


def ground(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return DN (3, SIDE, SIDE) of dark plants with ponds and strips, and the ponds."""
    draw = np.random.default_rng(seed)
    rows, cols = np.mgrid[:SIDE, :SIDE]
    ponds = np.zeros((SIDE, SIDE), bool)
    strips = ponds.copy()
    for number in range(9):
        row, col = 27 + 50 * (number // 3), 27 + 50 * (number % 3)
        if (number + seed) % 2:
            ponds |= (rows - row) ** 2 + (cols - col) ** 2 <= draw.integers(9, 13) ** 2
        else:
            strips[row - 6 : row + 7, col - 21 : col + 21] = True
    values = np.array([400, 600, 500])[:, None, None] * np.ones((1, SIDE, SIDE))
    values[:, ponds | strips] = np.array([1_500, 1_800, 2_300])[:, None]
    values *= 1 + 0.05 * draw.standard_normal(values.shape)
    return np.clip(values, 1, 20_000).astype(np.uint16), ponds


def _write(folder: Path, seed: int) -> None:
    values, ponds = ground(seed)
    # Far enough apart to be places of their own.
    grid = Affine(10, 0, 398_000 + 20_000 * seed, 0, -10, 4_501_000)
    write_raster(folder / f"s{seed}.tif", values, transform=grid, names=VISIBLE, nodata=0)
    write_raster(folder / f"l{seed}.tif", ponds[None].astype(np.uint8), transform=grid, nodata=0)


def lessons(folder: Path, scenes: int) -> Path:
    """Write scenes and a manifest, ``m.toml``, of all but the last, which is left to be found."""
    lines = ["[legend]", '1 = "tailings"']
    for seed in range(scenes):
        _write(folder, seed)
        if seed < scenes - 1:
            lines += ["[[scene]]", f'image = "s{seed}.tif"', f'labels = "l{seed}.tif"']
            lines += ['background = "grassland"']
    (folder / "m.toml").write_text("\n".join(lines) + "\n")
    return folder
