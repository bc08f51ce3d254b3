"""Small synthetic ten-band scenes whose every pixel's class is known."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import Affine

from remote_sensing.classes import class_of
from remote_sensing.intake.bands import CANONICAL

SPECTRA = {
    "forest": (300, 500, 350, 900, 2400, 2900, 3100, 3300, 1500, 700),
    "cropland": (450, 800, 550, 1200, 3300, 4100, 4300, 4500, 2000, 1000),
    "water": (500, 450, 300, 280, 200, 180, 160, 150, 80, 50),
    "built_up": (1300, 1400, 1500, 1650, 1800, 1900, 2000, 2050, 2100, 1900),
    "bare_soil": (900, 1200, 1700, 1950, 2100, 2250, 2350, 2450, 3200, 2700),
    "open_pit": (2000, 2500, 2800, 2900, 3000, 3050, 3100, 3150, 3600, 3700),
}
"""Reflectance in ten-thousandths, in the order of CANONICAL."""


@dataclass(frozen=True)
class Made:
    """A written scene and the truth about it: class codes (height, width)."""

    path: Path
    truth: np.ndarray
    reflectance: np.ndarray


def truth_map(width: int = 96, height: int = 80, *, shift: int = 0) -> np.ndarray:
    """Return class codes of quilted fields, a lake, a town and two pits, one with an island."""
    rows, cols = np.mgrid[0:height, 0:width]
    codes = np.where((rows // 16 + cols // 16) % 2, "forest", "cropland").astype(object)
    codes[(rows // 16 + cols // 16) % 5 == 0] = "bare_soil"
    codes[:, width // 2 - 6 : width // 2] = "built_up"
    codes[height - 14 :, :] = "water"

    def disc(row: int, col: int, radius: int) -> np.ndarray:
        found: np.ndarray = (rows - row) ** 2 + (cols - col - shift) ** 2 <= radius**2
        return found

    codes[disc(20, 22, 10)] = "open_pit"
    codes[disc(20, 22, 3)] = "forest"
    codes[disc(42, 76, 9)] = "open_pit"
    known = {name: class_of(name).code for name in SPECTRA}
    return np.vectorize(known.__getitem__)(codes).astype(np.uint8)


def make_scene(
    path: Path,
    *,
    width: int = 96,
    height: int = 80,
    seed: int = 0,
    shift: int = 0,
    added: int = 1_000,
    crs: str = "EPSG:32649",
    transform: Affine | None = None,
    frame: int = 0,
    bands: tuple[str, ...] = CANONICAL,
    named: bool = True,
    tags: dict[str, str] | None = None,
) -> Made:
    """Write a uint16 scene near Kundulun, DN = reflectance * 10,000 + ``added``, nodata 0.

    ``frame`` is the width of a nodata frame; ``shift`` moves the pits.
    """
    truth = truth_map(width, height, shift=shift)
    noise = np.random.default_rng(seed)
    table = {class_of(name).code: spectrum for name, spectrum in SPECTRA.items()}
    reflectance = np.zeros((len(CANONICAL), height, width))
    for code, spectrum in table.items():
        reflectance[:, truth == code] = np.array(spectrum)[:, None]
    # One shade over all bands, as slopes give, and a little noise in each.
    reflectance *= 1 + 0.06 * noise.standard_normal((1, height, width))
    reflectance *= 1 + 0.02 * noise.standard_normal(reflectance.shape)
    whole = np.clip(np.rint(reflectance), 1, 20_000).astype(np.uint16)
    stored = (whole + added).astype(np.uint16)[[CANONICAL.index(name) for name in bands]]
    if frame:
        inside = np.zeros((height, width), bool)
        inside[frame:-frame, frame:-frame] = True
        stored[:, ~inside] = 0
    write_raster(
        path,
        stored,
        crs=crs,
        transform=transform or Affine(10, 0, 398_000, 0, -10, 4_501_000),
        nodata=0,
        names=bands if named else None,
        tags=tags,
    )
    return Made(path, truth, whole)


def write_raster(
    path: Path,
    values: np.ndarray,
    *,
    crs: str | None = "EPSG:32649",
    transform: Affine | None = None,
    nodata: float | None = None,
    names: tuple[str, ...] | None = None,
    tags: dict[str, str] | None = None,
    **options: object,
) -> Path:
    """Write ``values`` (bands, height, width) as a GeoTIFF."""
    grid = transform or Affine(10, 0, 398_000, 0, -10, 4_501_000)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=values.shape[0],
        height=values.shape[1],
        width=values.shape[2],
        dtype=values.dtype,
        crs=crs,
        transform=grid,
        nodata=nodata,
        **options,
    ) as dataset:
        dataset.write(values)
        dataset.update_tags(**(tags or {}))
        if names:
            dataset.descriptions = names
    return path


def make_manifest(
    folder: Path, *, count: int = 2, name: str = "training.toml", every: int = 7
) -> Path:
    """Write ``count`` scenes, label rasters with one pixel in ``every`` labelled, a manifest.

    The labels hold class codes; the scenes alternate between no added offset and +1,000.
    """
    lines = ["[legend]"]
    lines += [f'{class_of(key).code} = "{key}"' for key in SPECTRA]
    for index in range(count):
        made = make_scene(
            folder / f"scene{index}.tif", seed=index, shift=3 * index, added=1_000 * (index % 2)
        )
        rows, cols = np.indices(made.truth.shape)
        labels = np.where((rows + cols) % every == 0, made.truth, 0)[None]
        write_raster(folder / f"labels{index}.tif", labels.astype(np.uint8), nodata=0)
        lines += [
            "[[scene]]",
            f'image = "scene{index}.tif"',
            f'labels = "labels{index}.tif"',
            f"date = 202{1 + index}-06-19",
        ]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
