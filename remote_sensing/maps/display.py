"""The copy of a scene that the map draws: eight bits, Web Mercator, the same stretch every date.

It is for eyes only; nothing is measured or classified on it.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import rasterio
import rasterio.shutil
import rasterio.windows
from numpy.typing import NDArray

from remote_sensing import safe_files
from remote_sensing.scene import GDAL_OPTIONS, Chip, Scene, opened
from remote_sensing.windows import plan

_RECIPES = {
    "natural": (("B04", "B03", "B02"),),
    "swir": (("B12", "B8A", "B04"), ("B12", "B08", "B04"), ("B11", "B08", "B04")),
}
_WHITE = {"natural": (3_200, 3_200, 3_200), "swir": (4_800, 6_800, 3_600)}
"""Reflectance in ten-thousandths that each colour is full at."""
_GAMMA = {"natural": 0.62, "swir": 0.85}
_STRETCHED_WHITE = 3_558
"""What a file that is a display stretch already holds as 255; it is drawn as it came."""

NODATA = 0


def views_of(scene: Scene) -> dict[str, tuple[str, str, str]]:
    """Return the views that the scene's bands allow, each with its red, green and blue band."""
    found = {}
    for view, recipes in _RECIPES.items():
        fitting = [recipe for recipe in recipes if not scene.lacking(recipe)]
        if fitting:
            found[view] = fitting[0]
    return found


def write_display_copy(scene: Scene, out: Path) -> None:
    """Write the display copy to ``out``, which appears only when it is whole.

    A COG in EPSG:3857 on the grid of web map tiles, uint8, three bands per view, 0 nodata; the tag
    VIEWS says as JSON which bands make which view.
    """
    views = views_of(scene)
    flat = out.with_name(f".{out.stem}.flat.part.tif")

    def write(draft: Path) -> None:
        _write_flat(scene, views, flat)
        with rasterio.Env(**GDAL_OPTIONS):
            rasterio.shutil.copy(
                flat,
                draft,
                driver="COG",
                tiling_scheme="GoogleMapsCompatible",
                # The nearest zoom may be coarser than the pixels; no detail is given away.
                zoom_level_strategy="UPPER",
                add_alpha="NO",
                compress="DEFLATE",
                predictor="YES",
                warp_resampling="BILINEAR",
                overview_resampling="AVERAGE",
                bigtiff="IF_SAFER",
            )
        with opened(draft) as dataset:
            dataset.checksum(1)

    with safe_files.writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    try:
        safe_files.replace(out, out.with_name(f".{out.stem}.part.tif"), write)
    finally:
        flat.unlink(missing_ok=True)


def picture(scene: Scene, chip: Chip) -> NDArray[np.uint8] | None:
    """Return a chip in natural colours, uint8 (height, width, 3); None without these bands."""
    recipe = views_of(scene).get("natural")
    if recipe is None:
        return None
    stored = scene.dtype == "uint8"
    white = _STRETCHED_WHITE if stored else _WHITE["natural"][0]
    gamma = 1.0 if stored else _GAMMA["natural"]
    layers = [chip.reflectance[chip.band_names.index(band)] for band in recipe]
    return np.stack([stretched(one, chip.valid, white, gamma) for one in layers], axis=-1)


def stretched(
    reflectance: NDArray[np.int16], valid: NDArray[np.bool_], white: int, gamma: float
) -> NDArray[np.uint8]:
    """Return display values 1..255 of reflectance in ten-thousandths, 0 where not valid."""
    table = 1 + 254 * np.clip(np.arange(20_001) / white, 0, 1) ** gamma
    drawn = np.rint(table).astype(np.uint8)[reflectance]
    return np.where(valid, drawn, np.uint8(NODATA))


def _write_flat(scene: Scene, views: Mapping[str, tuple[str, str, str]], path: Path) -> None:
    """Write the stretched bands on the scene's own grid, for the COG driver to warp."""
    count = 3 * len(views)
    with (
        rasterio.Env(**GDAL_OPTIONS),
        rasterio.open(
            path,
            "w",
            driver="GTiff",
            width=scene.width,
            height=scene.height,
            count=count,
            dtype="uint8",
            crs=scene.crs,
            transform=scene.transform,
            nodata=NODATA,
            tiled=True,
            compress="DEFLATE",
            bigtiff="IF_SAFER",
        ) as dataset,
    ):
        places = {view: [3 * n + k for k in (1, 2, 3)] for n, view in enumerate(views)}
        dataset.update_tags(VIEWS=json.dumps(places))
        dataset.descriptions = [f"{view} {band}" for view in views for band in views[view]]
        for tile in plan(scene.width, scene.height):
            chip = scene.read(tile.inner)
            part = rasterio.windows.Window(
                tile.inner.col, tile.inner.row, tile.inner.width, tile.inner.height
            )
            for view, recipe in views.items():
                whites, gamma = _WHITE[view], _GAMMA[view]
                if scene.dtype == "uint8":
                    whites, gamma = (_STRETCHED_WHITE,) * 3, 1.0
                for place, band, white in zip(places[view], recipe, whites, strict=True):
                    layer = chip.reflectance[chip.band_names.index(band)]
                    dataset.write(stretched(layer, chip.valid, white, gamma), place, window=part)
