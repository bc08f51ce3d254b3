"""A display copy of made-up ground, for tests that look at tiles and not at what is in them."""

import json
from pathlib import Path

import numpy as np
import rasterio
import rasterio.shutil
from rasterio.transform import from_bounds
from rasterio.warp import transform_bounds

FOOTPRINT = (109.6, 40.6, 109.9, 40.9)


def display_copy(path: Path, seed: int = 0, pixel_m: float = 13.0) -> None:
    """Write a COG of smooth hills with some noise over the footprint, in EPSG:3857."""
    west, south, east, north = transform_bounds("EPSG:4490", "EPSG:3857", *FOOTPRINT)
    width, height = int((east - west) / pixel_m), int((north - south) / pixel_m)
    rows, cols = np.mgrid[0:height, 0:width]
    noise = np.random.default_rng(seed).integers(0, 90, (3, height, width))
    hills = 110 + 80 * np.sin(rows / 90 + seed) * np.cos(cols / 120)
    pixels = np.clip(hills + noise, 1, 255).astype(np.uint8)
    flat = path.with_suffix(".flat.tif")
    with rasterio.open(
        flat,
        "w",
        driver="GTiff",
        width=width,
        height=height,
        count=3,
        dtype="uint8",
        crs="EPSG:3857",
        transform=from_bounds(west, south, east, north, width, height),
        nodata=0,
    ) as dataset:
        dataset.write(pixels)
        dataset.update_tags(VIEWS=json.dumps({"natural": [1, 2, 3]}))
    rasterio.shutil.copy(
        flat,
        path,
        driver="COG",
        tiling_scheme="GoogleMapsCompatible",
        add_alpha="NO",
        compress="NONE",
    )
    flat.unlink()
