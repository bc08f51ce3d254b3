"""Run folders as detection leaves them, made from class codes whose every pixel is known."""

import json
from pathlib import Path
from uuid import uuid5

import numpy as np
from affine import Affine
from rasterio.features import shapes
from rasterio.warp import transform_geom
from shapely.geometry import shape

from remote_sensing import candidates, run_record
from remote_sensing.candidates import Candidate, measures
from remote_sensing.change.places import _NAMESPACE
from remote_sensing.classes import class_of
from remote_sensing.safe_files import sha256_of
from tests.remote_sensing.make_scene import write_raster

PIT, SOIL, FOREST, CLOUD = (
    class_of(name).code for name in ("open_pit", "bare_soil", "forest", "cloud")
)
NAMES = ("open_pit", "bare_soil", "forest")
GRID = Affine(10, 0, 398_000, 0, -10, 4_501_000)


def ground(*pits: tuple[int, int, int, int], height: int = 120, width: int = 160) -> np.ndarray:
    """Return forest and bare soil with pits, each (top, left, bottom, right)."""
    codes = np.full((height, width), SOIL, np.uint8)
    codes[:, : width // 2] = FOREST
    for top, left, bottom, right in pits:
        codes[top:bottom, left:right] = PIT
    return codes


def make_run(
    folder: Path,
    codes: np.ndarray,
    on: str | None,
    *,
    model: str = "m",
    crs: str = "EPSG:32649",
    grid: Affine = GRID,
    pit_percent: np.ndarray | None = None,
    image: tuple[str, str] = ("image.tif", ""),
    least_px: int = 20,
) -> Path:
    """Write a run's four files; ``pit_percent`` overrides the scores of pits."""
    folder.mkdir(parents=True)
    scores = np.stack([np.where(codes == class_of(n).code, 90, 2) for n in NAMES])
    if pit_percent is not None:
        scores[0] = pit_percent
    scores = np.where(codes == 255, 255, scores).astype(np.uint8)
    write_raster(folder / "classes.tif", codes[None], crs=crs, transform=grid, nodata=255)
    write_raster(folder / "scores.tif", scores, crs=crs, transform=grid, nodata=255, names=NAMES)
    found = []
    for outline, _ in shapes((codes == PIT).astype(np.uint8), codes == PIT, 8, grid):
        if shape(outline).area < least_px * grid.a**2:
            continue
        lonlat = shape(transform_geom(crs, "EPSG:4326", outline, precision=7))
        area_m2, perimeter_m = measures(lonlat)
        name = uuid5(_NAMESPACE, f"{folder} {lonlat.wkt}")
        pixels = round(area_m2 / 100)
        found.append(Candidate(name, "open_pit", 0.9, 0.8, 1, pixels, area_m2, perimeter_m, lonlat))
    for name in ("candidates.geojson", "objects.geojson"):
        (folder / name).write_bytes(candidates.to_geojson(found, {}))
    lasting = {
        "inputs": {
            "image": {
                "name": image[0],
                "sha256": image[1],
                "acquired_on": on,
                "pixel_m": 10.0,
                "radiometry": {"scale": 1e-4, "offset": 0.0},
            },
            "model": {"sha256": model},
        },
        "outputs": {name: sha256_of(folder / name) for name in run_record.OUTPUTS},
    }
    record = {**lasting, "checksum": run_record.key_of(lasting), "timing": {}}
    (folder / "run.json").write_text(json.dumps(record))
    return folder
