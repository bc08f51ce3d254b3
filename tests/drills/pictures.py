"""Photographs as phones write them: noise that does not compress, and their own record."""

import io
import random
from pathlib import Path

from PIL import Image


def jpeg(seed: int, size_bytes: int) -> bytes:
    """Return a JPEG of about ``size_bytes`` with position, bearing and time in its record."""
    random.seed(seed)
    side = max(16, int((size_bytes / 0.9) ** 0.5))
    noise = Image.frombytes("RGB", (side, side), random.randbytes(side * side * 3))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "Phone"
    exif.get_ifd(0x8769)[0x9003] = "2026:06:19 12:00:00"
    exif.get_ifd(0x8769)[0x9011] = "+08:00"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (40.0, 42.0, float(seed % 60))
    gps[3], gps[4] = "E", (109.0, 42.0, float(seed % 50))
    gps[16], gps[17] = "T", float(seed % 360)
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def made(folder: Path, number: int, size_bytes: int, seed: int = 0) -> list[Path]:
    """Write ``number`` photographs that all differ; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(number):
        path = folder / f"IMG_{seed:03}_{index:04}.jpg"
        path.write_bytes(jpeg(seed * 10_000 + index, size_bytes))
        paths.append(path)
    return paths
