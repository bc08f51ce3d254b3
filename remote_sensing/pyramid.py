"""A raster of a run as a COG, written from the top in strips, with its overviews, and read back.

Every size is made from the next larger while the strips come by and lies as it is until GDAL joins
them (`cog`). The same pixels give the same bytes, however high the strips are.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window as RasterWindow

from remote_sensing import cog, safe_files
from remote_sensing.classes import NODATA_CODE
from remote_sensing.cog import BLOCK
from remote_sensing.scene import GDAL_OPTIONS, Scene

Bands = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Look:
    """What a raster says of itself, apart from its pixels.

    ``halve(wide, half)`` fills an overview's rows from those of the next larger size, both even.
    """

    descriptions: tuple[str, ...]
    tags: Mapping[str, str]
    halve: Callable[[Bands, Bands], None]
    colours: Mapping[int, tuple[int, int, int, int]] | None = None


def write(
    path: Path, aside: Path, scene: Scene, look: Look, strips: Callable[[], Iterable[Bands]]
) -> None:
    """Write strips (bands, rows, width) that lie on the scene's grid, compare, rename.

    Drafts lie in the folder ``aside``. Raises DiskFull or OutputUnwritable.
    """
    drafts = _drafts(aside / path.name, scene)

    def make(to: Path) -> None:
        with rasterio.Env(**GDAL_OPTIONS):
            written = _write_sizes(drafts, scene, look, strips())
            cog.join(drafts, to)
            found = [_digest_of(to, number) for number in range(len(drafts))]
        if found != written:
            raise OSError(f"{to.name} reads back other pixels than were written")

    try:
        safe_files.replace(path, aside / path.name, make)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _drafts(path: Path, scene: Scene) -> list[Path]:
    """Return one path for each size; the smallest is one block."""
    sizes = max((max(scene.width, scene.height) - 1) // BLOCK, 0).bit_length() + 1
    return [path.with_name(f"{path.name}.{number}") for number in range(sizes)]


def _write_sizes(
    drafts: Sequence[Path], scene: Scene, look: Look, strips: Iterable[Bands]
) -> list[str]:
    """Write every size from the top and return the digests of their pixels."""
    with ExitStack() as stack:
        smaller = None
        sizes = []
        for number in reversed(range(len(drafts))):
            width, height = (-(-side // 2**number) for side in (scene.width, scene.height))
            raster = stack.enter_context(_new(drafts[number], scene, look, width, height))
            smaller = _Size(raster, look.halve, smaller)
            sizes.append(smaller)
        whole = sizes[-1]
        whole.raster.descriptions = look.descriptions
        whole.raster.update_tags(**look.tags)
        for strip in strips:
            whole.add(strip)
        whole.end()
        return [size.digest.hex() for size in reversed(sizes)]


def _new(path: Path, scene: Scene, look: Look, width: int, height: int) -> Any:
    profile = {
        "driver": "GTiff",
        "width": width,
        "height": height,
        "count": len(look.descriptions),
        "dtype": "uint8",
        "crs": scene.crs,
        "transform": scene.transform,
        "nodata": NODATA_CODE,
        "interleave": "band",
        "tiled": True,
        "blockxsize": BLOCK,
        "blockysize": BLOCK,
        "bigtiff": "IF_SAFER",
    }
    raster = rasterio.open(path, "w", **profile)
    if look.colours:
        raster.write_colormap(1, look.colours)
    return raster


class _Size:
    """One size of a raster, written block row by block row, and what is made smaller from it."""

    def __init__(
        self, raster: Any, halve: Callable[[Bands, Bands], None], smaller: "_Size | None"
    ) -> None:
        self.raster, self.digest = raster, _Digest(raster.count)
        self._halve, self._smaller = halve, smaller
        self._row = 0
        self._waiting: list[Bands] = []

    def add(self, strip: Bands) -> None:
        """Take the next rows; whole rows of blocks are written."""
        self._waiting.append(strip)
        while sum(part.shape[1] for part in self._waiting) >= BLOCK:
            rows = self._gathered()
            self._waiting = [rows[:, BLOCK:]] if rows.shape[1] > BLOCK else []
            self._put(rows[:, :BLOCK])

    def end(self) -> None:
        """Write what is left."""
        if self._waiting:
            self._put(self._gathered())
        if self._smaller:
            self._smaller.end()

    def _gathered(self) -> Bands:
        return self._waiting[0] if len(self._waiting) == 1 else np.concatenate(self._waiting, 1)

    def _put(self, rows: Bands) -> None:
        count, height, width = rows.shape
        self.raster.write(rows, window=RasterWindow(0, self._row, width, height))
        self._row += height
        self.digest.update(rows)
        if self._smaller:
            if height % 2 or width % 2:
                odd = ((0, 0), (0, height % 2), (0, width % 2))
                rows = np.pad(rows, odd, constant_values=NODATA_CODE)
            half = np.empty((count, rows.shape[1] // 2, rows.shape[2] // 2), np.uint8)
            self._halve(rows, half)
            self._smaller.add(half)


def _digest_of(path: Path, size: int) -> str:
    """Return the digest of the whole raster, or of the overview of that number."""
    level = {"overview_level": size - 1} if size else {}
    with rasterio.open(path.resolve(), driver="GTiff", **level) as source:
        digest = _Digest(source.count)
        for top in range(0, source.height, BLOCK):
            rows = min(BLOCK, source.height - top)
            digest.update(source.read(window=RasterWindow(0, top, source.width, rows)))
    return digest.hex()


class _Digest:
    """A hash of pixels that does not depend on the height of the strips it is fed with."""

    def __init__(self, bands: int) -> None:
        self._bands = [hashlib.sha256() for _ in range(bands)]

    def update(self, strip: Bands) -> None:
        for hashed, band in zip(self._bands, strip, strict=True):
            hashed.update(np.ascontiguousarray(band).data)

    def hex(self) -> str:
        return "".join(hashed.hexdigest() for hashed in self._bands)
