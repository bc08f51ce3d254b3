"""From a Sentinel-2 L2A product, a folder or a zip, to one GeoTIFF of ten bands at 10 m.

Bands of 20 m are interpolated to 10 m in whole numbers, so that no seam shows where a strip ends;
the scene classification, where it is there, becomes the mask.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.windows
from numpy.typing import NDArray
from rasterio.errors import RasterioError, RasterioIOError
from shapely import Polygon

from remote_sensing import safe_files
from remote_sensing.errors import BandsUnknown, RadiometryUnclear, TruncatedRaster
from remote_sensing.intake import bands as band_names_of
from remote_sensing.intake.georeference import footprint_lonlat
from remote_sensing.intake.geotiff import require_openable
from remote_sensing.intake.sentinel_metadata import METADATA, Product, find_root, read_product
from remote_sensing.intake.unzip import unpack
from remote_sensing.masks.classes import of_scl
from remote_sensing.scene import GDAL_OPTIONS
from remote_sensing.scene_errors import BandsDisagree, SafeIncomplete
from remote_sensing.windows import Window

FINE = ("B02", "B03", "B04", "B08")
STRIP_ROWS = 512

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Stack:
    """The files of a product: band name → JPEG 2000 file, and its scene classification."""

    product: Product
    files: dict[str, Path]
    scl: Path | None


def is_product(path: Path) -> bool:
    """Say whether a path looks like a Sentinel-2 product rather than one image."""
    return path.is_dir() or path.suffix.lower() == ".zip"


def open_product(path: Path, aside: Path, bands: Sequence[str] | None = None) -> Stack:
    """Return a product's files; a zip is unpacked, as far as needed, into the folder ``aside``.

    Raises ArchiveDamaged, ArchiveUnsafe, SafeNotL2A, SafeUnreadable, SafeIncomplete, BandsUnknown.
    """
    name, folder = path.name, path
    if not path.is_dir():
        folder = aside
        unpack(path, folder, _is_needed)
    product = read_product(find_root(folder, name), name)
    wanted: tuple[str, ...] = band_names_of.CANONICAL
    if bands is not None:
        known = {band_names_of.canonical(band) for band in bands}
        if None in known:
            raise BandsUnknown(file=name, found=", ".join(bands))
        wanted = tuple(band for band in band_names_of.CANONICAL if band in known)
    found = {band: _file_of(product.root, band, 10 if band in FINE else 20) for band in wanted}
    missing = [band for band, file in found.items() if file is None]
    if missing or not any(band in FINE for band in wanted):
        raise SafeIncomplete(file=name, missing=", ".join(missing) or "B02/B03/B04/B08")
    files = {band: file for band, file in found.items() if file is not None}
    return Stack(product, files, _file_of(product.root, "SCL", 20))


def _is_needed(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return last == METADATA or ("/IMG_DATA/" in name and last.endswith(("_10m.jp2", "_20m.jp2")))


def _file_of(root: Path, band: str, resolution: int) -> Path | None:
    """Return a band's file; a link that leads out of the product is no file of it."""
    inside = root.resolve()
    found = sorted(root.glob(f"GRANULE/*/IMG_DATA/**/*_{band}_{resolution}m.jp2"))
    own = [path for path in found if path.resolve().is_relative_to(inside) and path.is_file()]
    return own[0] if own else None


def write_stack(stack: Stack, out: Path, tell: Progress | None = None) -> None:
    """Write the ten bands to ``out``: uint16, nodata 0, numbers as the product stores them.

    Tags say the radiometry, the day and the processing. Raises TruncatedRaster, BandsDisagree,
    RadiometryUnclear, RasterTooLarge, DiskFull, OutputUnwritable.
    """
    product, names = stack.product, list(stack.files)
    added = {product.offsets[name] for name in names}
    if len(added) > 1:
        raise RadiometryUnclear(file=product.name)
    fine = next(name for name in names if name in FINE)
    with opened_jp2(stack.files[fine]) as first:
        grid = {"crs": first.crs, "transform": first.transform}
        grid |= {"width": first.width, "height": first.height}
    tags = {
        "BOA_QUANTIFICATION_VALUE": f"{product.quantification:g}",
        "BOA_ADD_OFFSET": f"{added.pop():g}",
        "PROCESSING_BASELINE": product.baseline,
        "PRODUCT_START_TIME": product.acquired_on.isoformat(),
        "SENSOR": product.spacecraft,
    }
    with (
        safe_files.writing(out),
        rasterio.Env(**GDAL_OPTIONS),
        rasterio.open(
            out, "w", driver="GTiff", count=len(names), dtype="uint16", nodata=0, tiled=True,
            blockxsize=512, blockysize=512, interleave="band", compress="ZSTD", zstd_level=1,
            predictor=2, bigtiff="IF_SAFER", **grid,
        ) as target,
    ):  # fmt: skip
        target.update_tags(**tags)
        target.descriptions = names
        for place, name in enumerate(names, 1):
            with opened_jp2(stack.files[name]) as source:
                side = _side(source, grid, product.name, name, fine)
                for row in range(0, target.height, STRIP_ROWS):
                    rows = min(STRIP_ROWS, target.height - row)
                    read = _read_fine if side == 1 else _read_doubled
                    strip = read(source, row, rows, stack.files[name].name)
                    part = rasterio.windows.Window(0, row, target.width, rows)
                    target.write(strip, place, window=part)
            if tell:
                tell(place, len(names))


def footprint_of(stack: Stack) -> Polygon:
    """Return the product's footprint in EPSG:4326 before its pixels are read."""
    fine = next(name for name in stack.files if name in FINE)
    with opened_jp2(stack.files[fine]) as dataset:
        return footprint_lonlat(dataset, stack.product.name)


def scl_reader(stack: Stack) -> Callable[[Window], NDArray[np.uint8]] | None:
    """Return what reads the product's mask on the 10 m grid, or None where it brings none."""
    scl = stack.scl
    if scl is None:
        return None

    def read(window: Window) -> NDArray[np.uint8]:
        with opened_jp2(scl) as source:
            row, col = window.row // 2, window.col // 2
            rows, cols = -(-window.row_end // 2) - row, -(-window.col_end // 2) - col
            part = rasterio.windows.Window(col, row, cols, rows)
            codes = of_scl(_read(source, part, scl.name).astype(np.uint8))
        top, left = window.row - 2 * row, window.col - 2 * col
        fine = codes.repeat(2, axis=0).repeat(2, axis=1)
        return fine[top : top + window.height, left : left + window.width]

    return read


def opened_jp2(path: Path) -> Any:
    """Open a JPEG 2000 file by that driver's name only; raises TruncatedRaster."""
    try:
        with rasterio.Env(**GDAL_OPTIONS):
            dataset = rasterio.open(path.resolve(), driver="JP2OpenJPEG")
    except RasterioIOError as error:
        raise TruncatedRaster(file=path.name) from error
    require_openable(dataset, path, path.name)
    return dataset


def _side(source: Any, grid: dict[str, Any], file: str, band: str, against: str) -> int:
    """Return how many pixels of the grid one of the band is wide; raises BandsDisagree."""
    for side in (1, 2):
        fits = (source.width * side, source.height * side) == (grid["width"], grid["height"])
        mine, ours = source.transform, grid["transform"]
        same = np.allclose(
            [mine.a / side, mine.e / side, mine.c, mine.f], [ours.a, ours.e, ours.c, ours.f]
        )
        if fits and same and source.crs == grid["crs"]:
            return side
    raise BandsDisagree(file=file, band=band, against=against)


def _read(source: Any, part: rasterio.windows.Window, file: str) -> NDArray[np.uint16]:
    try:
        found: NDArray[np.uint16] = source.read(1, window=part)
        return found
    except RasterioError as error:
        raise TruncatedRaster(file=file) from error


def _read_fine(source: Any, row: int, rows: int, file: str) -> NDArray[np.uint16]:
    return _read(source, rasterio.windows.Window(0, row, source.width, rows), file)


def _read_doubled(source: Any, row: int, rows: int, file: str) -> NDArray[np.uint16]:
    """Return rows of the doubled grid: bilinear between centres, whole numbers, 0 stays 0."""
    first, last = row // 2, -(-(row + rows) // 2)
    above, below = max(first - 1, 0), min(last + 1, source.height)
    part = rasterio.windows.Window(0, above, source.width, below - above)
    own = _read(source, part, file).astype(np.int32)
    wide = np.pad(own, ((int(above == first), int(below == last)), (1, 1)), mode="edge")
    core = wide[1:-1, 1:-1]
    out = np.empty((2 * core.shape[0], 2 * core.shape[1]), np.uint16)
    for down in (0, 1):
        for right in (0, 1):
            near = [wide[1 + dy : wide.shape[0] - 1 + dy, 1 + dx : wide.shape[1] - 1 + dx]
                    for dy, dx in ((0, 2 * right - 1), (2 * down - 1, 0),
                                   (2 * down - 1, 2 * right - 1))]  # fmt: skip
            # What lies beside nodata goes on as it is.
            side, above_, corner = (np.where(one == 0, core, one) for one in near)
            mean = (9 * core + 3 * side + 3 * above_ + corner + 8) // 16
            out[down::2, right::2] = np.where(core == 0, 0, mean)
    top = row - 2 * first
    return out[top : top + rows]
