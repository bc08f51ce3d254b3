"""The checks that a GeoTIFF passes before it is a scene, cheapest first."""

import re
import warnings
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp
from rasterio.errors import NotGeoreferencedWarning, RasterioIOError

from remote_sensing.errors import (
    ImageMissing,
    KeptSceneChanged,
    NotARaster,
    NoValidPixels,
    RadiometryUnclear,
    RasterTooLarge,
)
from remote_sensing.intake import bands as band_names_of
from remote_sensing.intake import gaofen, radiometry
from remote_sensing.intake.georeference import footprint_lonlat, ground_pixel_m, require_north_up
from remote_sensing.intake.radiometry import Radiometry, Sample
from remote_sensing.safe_files import sha256_of
from remote_sensing.scene import Scene, SceneMask, opened, read_part
from remote_sensing.scene_errors import SceneToConvert
from remote_sensing.windows import Window

MOST_BYTES = 64 * 2**30
MOST_BANDS = 64
MOST_BLOCK_BYTES = 64 * 2**20
MOST_EXPANSION = 10_000
"""Declared bytes to file bytes; DEFLATE cannot pass 1,032, a decompression bomb does."""

_SAMPLES = 200_000
_AT_ONCE = 64 * 2**20
"""Bytes that are read at a time: enough blocks for all processors."""


def take_in(
    path: Path,
    bands: Sequence[str] | None,
    scale: float | None,
    offset: float | None,
    acquired_on: date | None,
) -> Scene:
    """Return the scene in ``path``; see ``open_scene``."""
    file = path.name
    if path.is_dir() or path.suffix.lower() == ".zip":
        raise SceneToConvert(file=file)
    if not path.is_file():
        raise ImageMissing(file=file)
    told = gaofen.facts_of(path)
    try:
        with warnings.catch_warnings():
            # A missing position is our own NoCrs below.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with opened(path, threads="ALL_CPUS") as dataset:
                require_openable(dataset, path, file)
                require_north_up(dataset, file)
                footprint = footprint_lonlat(dataset, file)
                if bands is None and told and dataset.count == 4 and not any(dataset.descriptions):
                    bands = gaofen.BANDS
                places = _places(dataset, file, bands)
                day = acquired_on or (told and told.acquired_on)
                day = day or _day_of(dataset.tags(), path.stem)
                pixels = _read_all(dataset, tuple(places.values()), file)
                return Scene(
                    path=path,
                    sha256=sha256_of(path),
                    width=dataset.width,
                    height=dataset.height,
                    crs=dataset.crs,
                    transform=dataset.transform,
                    band_names=tuple(places),
                    band_places=tuple(places.values()),
                    dtype=dataset.dtypes[0],
                    nodata=dataset.nodata,
                    radiometry=_radiometry(
                        dataset, places, pixels, scale, offset, day, file, told is not None
                    ),
                    acquired_on=day,
                    pixel_m=ground_pixel_m(dataset),
                    footprint_lonlat=footprint,
                )
    except RasterioIOError as error:
        raise NotARaster(file=file) from error


def again(
    path: Path,
    sha256: str,
    band_names: Sequence[str],
    band_places: Sequence[int] | None,
    said: dict[str, Any],
    acquired_on: date | None,
) -> Scene:
    """Return the scene of a file that was taken in before, by what was found out then.

    ``said`` is its radiometry; pixels are not read again, but the bytes must still be the same:
    raises KeptSceneChanged. Where places were not kept, the file's own names tell them.
    """
    if sha256_of(path) != sha256:
        raise KeptSceneChanged(file=path.name)
    with opened(path) as dataset:
        places = band_places
        if places is None:
            named = _places(dataset, path.name, None)
            places = [named[name] for name in band_names]
        return Scene(
            path=path,
            sha256=sha256,
            width=dataset.width,
            height=dataset.height,
            crs=dataset.crs,
            transform=dataset.transform,
            band_names=tuple(band_names),
            band_places=tuple(places),
            dtype=dataset.dtypes[0],
            nodata=dataset.nodata,
            radiometry=Radiometry(**said),
            acquired_on=acquired_on,
            pixel_m=ground_pixel_m(dataset),
            footprint_lonlat=footprint_lonlat(dataset, path.name),
        )


def mask_again(path: Path, sha256: str) -> SceneMask:
    """Return the mask that was kept beside a scene; raises KeptSceneChanged."""
    if not path.is_file() or sha256_of(path) != sha256:
        raise KeptSceneChanged(file=path.name)
    return SceneMask(path, sha256)


def require_openable(dataset: Any, path: Path, file: str) -> None:
    """Refuse what would exhaust the machine, before any pixel is read.

    Raises NotARaster, RasterTooLarge.
    """
    item = max(np.dtype(kind).itemsize for kind in dataset.dtypes)
    declared = dataset.width * dataset.height * dataset.count * item
    block = max(height * width for height, width in dataset.block_shapes) * item
    if any(np.dtype(kind).kind not in "uif" for kind in dataset.dtypes):
        raise NotARaster(file=file)
    if dataset.count > MOST_BANDS:
        reason = f"波段数 {dataset.count}", f"{dataset.count} bands"
    elif declared > MOST_BYTES:
        reason = f"共 {declared // 2**30} GiB", f"{declared // 2**30} GiB"
    elif block > MOST_BLOCK_BYTES:
        reason = f"单块 {block // 2**20} MiB", f"blocks of {block // 2**20} MiB"
    elif declared > MOST_EXPANSION * max(path.stat().st_size, 16_384):
        reason = "压缩比异常", "implausible compression"
    else:
        return
    raise RasterTooLarge(file=file, reason_zh=reason[0], reason_en=reason[1])


def _places(dataset: Any, file: str, named: Sequence[str] | None) -> dict[str, int]:
    if named is not None:
        return band_names_of.places_by_option(file, named, dataset.count)
    names = dataset.descriptions
    colours = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
    if not any(names) and set(colours) <= set(dataset.colorinterp):
        names = [colour.name for colour in dataset.colorinterp]
    return band_names_of.places_of(file, names, dataset.count)


def _read_all(dataset: Any, places: tuple[int, ...], file: str) -> NDArray[np.generic]:
    """Read every block once, because a cut or damaged file opens without complaint.

    It costs seconds at intake and saves an error in the middle of a run; the same pass shows
    whether any pixel is valid. Returns stored numbers (bands, n) of valid pixels spread evenly.
    """
    step = max(dataset.width * dataset.height // _SAMPLES, 1)
    kept: list[NDArray[np.generic]] = []
    high, across = max(dataset.block_shapes[0][0], 512), dataset.block_shapes[0][1]
    row_bytes = high * sum(np.dtype(dataset.dtypes[place - 1]).itemsize for place in places)
    wide = max(_AT_ONCE // row_bytes // across, 1) * across
    seen = 0
    for row in range(0, dataset.height, high):
        for col in range(0, dataset.width, wide):
            part = Window(col, row, wide, high).inside(dataset.width, dataset.height)
            stored, mask = read_part(dataset, places, part, file)
            valid = np.flatnonzero(mask)
            # Copied: a view would hold the whole image in memory.
            kept.append(stored.reshape(len(stored), -1)[:, valid[-seen % step :: step]])
            seen += len(valid)
    if seen == 0:
        raise NoValidPixels(file=file)
    return np.concatenate(kept, axis=1)


def _radiometry(
    dataset: Any,
    places: dict[str, int],
    pixels: NDArray[np.generic],
    scale: float | None,
    offset: float | None,
    day: date | None,
    file: str,
    is_gaofen: bool,
) -> Radiometry:
    sample: Sample = radiometry.sample_of(dict(zip(places, pixels, strict=True)))
    guess = gaofen.radiometry_of(sample, dataset.dtypes[0]) if is_gaofen else None
    guess = guess or radiometry.infer(sample, dataset.dtypes[0], day)
    if scale is not None or offset is not None:
        return Radiometry(guess.scale if scale is None else scale, offset or 0.0, "option")
    stated = {(dataset.scales[place - 1], dataset.offsets[place - 1]) for place in places.values()}
    if len(stated) > 1:
        raise RadiometryUnclear(file=file)
    if stated != {(1.0, 0.0)}:
        return Radiometry(*stated.pop(), "tags")
    tag_scale, tag_offset = radiometry.from_tags(dataset.tags())
    if tag_scale is None:
        return guess
    if tag_offset is not None:
        return Radiometry(tag_scale, tag_offset, "tags")
    if tag_scale == 1 / 10_000:
        return radiometry.infer_offset(sample, day)
    return Radiometry(tag_scale, 0.0, "tags")


def _day_of(tags: dict[str, str], stem: str) -> date | None:
    """Return the day of acquisition as tags or, last, the file's name tell it."""
    names = ("ACQUIRED", "ACQUISITION_DATE", "DATE", "DATETIME", "PRODUCT_START_TIME")
    texts = [tags[name] for name in names if name in tags]
    for text in (*texts, stem):
        found = re.search(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)", text)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None
