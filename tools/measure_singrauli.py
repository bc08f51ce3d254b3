"""Volumes on a real SRTM model: the eleven opencast outlines of the Singrauli set, and a pair.

No measured volume exists for this place, so this shows that the code stands real data: every pit is
measured to its rim's plane and low point with its error bar, the cost is timed, and the model is
compared with itself moved by a known shift, which must come back.

Run: QINGFEI_EVALUATION_DATA=... .venv/bin/python tools/measure_singrauli.py
"""

import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import rasterio
import shapely
from rasterio.crs import CRS

from api.settings import Settings
from gis.domain.terms import RimBasis
from gis.errors import QingfeiError
from remote_sensing.relief.cut_fill import measure_change
from remote_sensing.relief.elevation import open_elevation
from remote_sensing.relief.outline import moved
from remote_sensing.relief.volume import measure_hollow

METRIC = CRS.from_epsg(32644)
LONLAT = CRS.from_epsg(4326)


def main() -> None:
    """Print a row for each outline, then what became of a known shift."""
    folder = Settings().evaluation_data
    if folder is None:
        raise SystemExit("set QINGFEI_EVALUATION_DATA to the folder of evaluation sets")
    folder = folder / "singrauli_dem"
    model = open_elevation(folder / "singrauli_srtm30.tif")
    text = (folder / "mine_polygons_approx.geojson").read_text("utf-8")
    outlines = list(shapely.get_parts(shapely.from_geojson(text)))
    print("no  area_ha  rim_m  bottom_m  plane_Mm3  sigma  low_point_Mm3  seconds")
    for number, outline in enumerate(outlines, 1):
        _measure(model, moved(outline, LONLAT, METRIC), number)
    with tempfile.TemporaryDirectory() as made:
        _compare(model, Path(made), moved(max(outlines, key=lambda one: one.area), LONLAT, METRIC))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _measure(model, outline, number) -> None:
    start = time.perf_counter()
    said = f"{number:2d} {outline.area / 1e4:8.1f}"
    try:
        plane = measure_hollow(model, outline, METRIC, RimBasis.PLANE)
        said += f" {plane.rim_m:6.1f} {plane.bottom_m:9.1f} {plane.volume_m3 / 1e6:10.2f}"
        said += f" {plane.doubt.sigma_m3 / 1e6:6.2f}"
        low = measure_hollow(model, outline, METRIC)
        said += f" {low.volume_m3 / 1e6:14.2f}"
    except QingfeiError as error:
        said += f"  refused: {error.sentence('en')}"
    print(f"{said} {time.perf_counter() - start:8.2f}")


def _compare(model, folder: Path, outline) -> None:
    """Move the model by 0.3 of a pixel and 5 m, add noise, and ask where it went."""
    with rasterio.open(model.path) as file:
        profile, heights = file.profile, file.read(1).astype(np.float32)
    grid = profile["transform"]
    noise = np.random.default_rng(0).normal(0, 1, heights.shape)
    profile |= {
        "dtype": "float32",
        "transform": grid @ rasterio.Affine.translation(0.3, -0.2),
        "nodata": None,
    }
    path = folder / "moved.tif"
    with rasterio.open(path, "w", **profile) as file:
        file.write((heights + 5 + noise).astype(np.float32), 1)
    start = time.perf_counter()
    found = measure_change(model, open_elevation(path), outline, METRIC)
    got, side = found.registration, found.pixel_m
    print(
        f"moved by 0.3, 0.2 pixel and 5 m: found {got.dx_m / side:.3f}, {got.dy_m / side:.3f} "
        f"pixel and {got.dz_m:.2f} m; net {found.net_m3 / 1e6:.3f} +- "
        f"{found.sigma_m3 / 1e6:.3f} Mm3 over {found.area_m2 / 1e4:.0f} ha, "
        f"NMAD {got.nmad_before_m:.2f} -> {got.nmad_after_m:.2f} m, "
        f"range {found.spread.range_m:.0f} m, {time.perf_counter() - start:.2f} s"
    )


if __name__ == "__main__":
    main()
