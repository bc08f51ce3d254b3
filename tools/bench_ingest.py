"""Which compression an analysis copy should have: size, seconds to write, seconds to read.

Usage: python tools/bench_ingest.py IMAGE.tif [SIDE]
The image is repeated to SIDE x SIDE pixels (default 4096), written as a COG in each way, and read
back in the windows of a detection run. Every copy is compared with the image, pixel by pixel.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import rasterio
import rasterio.shutil
from rasterio.windows import Window

WAYS = {
    "DEFLATE 6": {"compress": "DEFLATE", "predictor": "YES", "level": 6},
    "ZSTD 1": {"compress": "ZSTD", "predictor": "YES", "level": 1},
    "ZSTD 9": {"compress": "ZSTD", "predictor": "YES", "level": 9},
    "LERC_ZSTD 9": {"compress": "LERC_ZSTD", "max_z_error": 0, "level": 9},
}


def repeated(path: Path, side: int) -> tuple[np.ndarray, dict[str, object]]:
    """Return an image's pixels repeated to a square, and its profile."""
    with rasterio.open(path, driver="GTiff") as dataset:
        pixels, profile = dataset.read(), dict(dataset.profile)
    times = (-(-side // pixels.shape[1]), -(-side // pixels.shape[2]))
    return np.tile(pixels, (1, *times))[:, :side, :side], profile


def main() -> None:
    """Print the table."""
    path, side = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4_096
    pixels, profile = repeated(path, side)
    profile = {k: profile[k] for k in ("crs", "transform", "dtype", "nodata", "count")}
    print(f"{path.name}: {pixels.shape}, {pixels.dtype}, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        flat, out = Path(name) / "flat.tif", Path(name) / "out.tif"
        with rasterio.open(
            flat, "w", driver="GTiff", width=side, height=side, tiled=True, **profile
        ) as dataset:
            dataset.write(pixels)
        for way, options in WAYS.items():
            began = perf_counter()
            rasterio.shutil.copy(
                flat, out, driver="COG", blocksize=512, overviews="NONE", **options
            )
            wrote = perf_counter() - began
            began = perf_counter()
            with rasterio.open(out, driver="GTiff") as dataset:
                for row in range(0, side, 512):
                    for col in range(0, side, 512):
                        part = Window(col, row, 512, 512).intersection(Window(0, 0, side, side))
                        found = dataset.read(window=part)
                        here = pixels[:, row : row + 512, col : col + 512]
                        assert (found == here).all(), way
            read = perf_counter() - began
            size = out.stat().st_size / 1e6
            print(f"{way:20} {size:8.2f} MB  write {wrote:6.2f} s  read {read:6.2f} s")


if __name__ == "__main__":
    main()
