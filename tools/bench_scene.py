"""A made-up ten-band scene of any size for the benchmarks, and a forest that knows its classes."""

import subprocess
from importlib.metadata import version
from pathlib import Path

import numpy as np
import rasterio
from scipy import ndimage

from remote_sensing import binning, features, figures
from remote_sensing.intake.bands import CANONICAL
from remote_sensing.model import Model, ModelCard
from remote_sensing.scene import Scene, open_scene
from remote_sensing.windows import Window, plan

CLASSES = (
    "open_pit", "tailings", "forest", "cropland", "water", "built_up", "bare_soil", "grassland",
)  # fmt: skip
SPECTRA = np.array([
    (2000, 2400, 2700, 2800, 2900, 2950, 3000, 3050, 3500, 3300),
    (2300, 2600, 2800, 2850, 2900, 2950, 3000, 3000, 2900, 2500),
    (300, 500, 350, 900, 2400, 2900, 3100, 3300, 1500, 700),
    (450, 800, 600, 1200, 2900, 3500, 3700, 3900, 2000, 1100),
    (500, 450, 300, 280, 200, 180, 160, 150, 80, 50),
    (1300, 1400, 1500, 1650, 1800, 1900, 2000, 2050, 2100, 1900),
    (900, 1200, 1700, 1950, 2100, 2250, 2350, 2450, 3200, 2700),
    (500, 850, 900, 1400, 2300, 2600, 2800, 2900, 2400, 1500),
])  # fmt: skip
NAMES = (
    *CANONICAL, "ndvi", "ndwi", "mndwi", "ndbi", "iron", "clay",
    "bright_mean1", "bright_mean3", "bright_dev1", "bright_dev3",
    "ndvi_mean3", "ndvi_dev1", "B11_dev3", "B04_dev3",
)  # fmt: skip
TREES, DEPTH, SAMPLES = 200, 18, 60_000
_STRIP, _PATCH = 512, 40


def make(path: Path, side: int, seed: int = 0) -> None:
    """Write a scene of ``side`` pixels, uint16 with 1,000 added, in tiles, strip by strip."""
    with _new(path, side) as out:
        for top in range(0, side, _STRIP):
            rows = min(_STRIP, side - top)
            window = rasterio.windows.Window(0, top, side, rows)
            out.write(_strip(side, top, rows, seed), window=window)


def repeat(base: Path, path: Path, side: int) -> None:
    """Write a scene of ``side`` pixels that repeats a smaller one, which is sooner made."""
    with rasterio.open(base) as source, _new(path, side) as out:
        for top in range(0, side, _STRIP):
            rows = min(_STRIP, side - top)
            high = rasterio.windows.Window(0, top % source.height, source.width, rows)
            strip = source.read(window=high)
            strip = np.tile(strip, (1, 1, -(-side // source.width)))[:, :, :side]
            out.write(strip, window=rasterio.windows.Window(0, top, side, rows))


def _new(path: Path, side: int) -> rasterio.io.DatasetWriter:
    profile = {
        "driver": "GTiff", "width": side, "height": side, "count": 10, "dtype": "uint16",
        "crs": "EPSG:32649", "transform": rasterio.Affine(10, 0, 400_000, 0, -10, 4_500_000),
        "nodata": 0, "tiled": True, "blockxsize": 512, "blockysize": 512, "interleave": "band",
        "compress": "ZSTD", "zstd_level": 1, "predictor": 2, "bigtiff": "IF_SAFER",
    }  # fmt: skip
    out = rasterio.open(path, "w", **profile)
    out.descriptions = CANONICAL
    out.update_tags(BOA_ADD_OFFSET="-1000", BOA_QUANTIFICATION_VALUE="10000")
    return out


def truth(
    side: int, top: int, rows: int, seed: int = 0, left: int = 0, width: int | None = None
) -> np.ndarray:
    """Return the class positions of a part of a scene of ``side`` pixels."""
    coarse = np.random.default_rng(seed).standard_normal((len(CLASSES), *(side // _PATCH + 3,) * 2))
    coarse[:2] -= 1.1  # what is sought is rare
    return _spread(coarse, left, side if width is None else width, top, rows).argmax(axis=0)


def _strip(side: int, top: int, rows: int, seed: int) -> np.ndarray:
    kind = truth(side, top, rows, seed)
    draw = np.random.default_rng([seed, top])
    shade = ndimage.gaussian_filter(draw.standard_normal((rows, side)).astype(np.float32), 1.5)
    # Grain differs by class, so that texture tells something that colour does not.
    grain = np.array([0.16, 0.05, 0.14, 0.08, 0.04, 0.22, 0.09, 0.12], np.float32)[kind]
    light = 1 + 0.5 * shade + grain * draw.standard_normal((rows, side)).astype(np.float32)
    out = np.empty((10, rows, side), np.uint16)
    for band, spectrum in zip(out, SPECTRA.T, strict=True):
        noise = 1 + 0.08 * draw.standard_normal((rows, side)).astype(np.float32)
        band[:] = np.clip(spectrum[kind] * light * noise + 1_000, 1_001, 20_000)
    return out


def _spread(coarse: np.ndarray, left: int, width: int, top: int, rows: int) -> np.ndarray:
    y = (np.arange(top, top + rows) / _PATCH)[:, np.newaxis]
    x = (np.arange(left, left + width) / _PATCH)[np.newaxis]
    row, col = y.astype(int), x.astype(int)
    down, right = (y - row).astype(np.float32), (x - col).astype(np.float32)
    grid = coarse.astype(np.float32)
    upper = grid[:, row, col] * (1 - right) + grid[:, row, col + 1] * right
    lower = grid[:, row + 1, col] * (1 - right) + grid[:, row + 1, col + 1] * right
    return upper * (1 - down) + lower * down


def samples(scene: Scene, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return figures (pixels, features) and class positions, some of them wrong as in the field."""
    draw = np.random.default_rng([seed, 1])
    size = 256
    tiles = plan(scene.width, scene.height, size=size, halo=features.HALO)
    tiles = [tile for tile in tiles if tile.inner.width == tile.inner.height == size]
    chosen = draw.permutation(len(tiles))[: min(len(tiles), 64)]
    x, y = [], []
    for number in chosen:
        tile = tiles[number]
        stack = figures.stack(scene.read(tile.outer), NAMES, features.HALO).reshape(len(NAMES), -1)
        kind = truth(scene.width, tile.inner.row, size, seed, tile.inner.col, size).ravel()
        pick = draw.choice(kind.size, SAMPLES // len(chosen), replace=False)
        x.append(stack[:, pick].T)
        y.append(kind[pick])
    target = np.concatenate(y).astype(np.int32)
    wrong = draw.random(len(target)) < 0.05
    target[wrong] = draw.integers(0, len(CLASSES), wrong.sum())
    return np.concatenate(x), target


def trained(x: np.ndarray, target: np.ndarray) -> Model:
    """Return a model of 200 trees, 18 deep, fitted to codes."""
    from sklearn.ensemble import RandomForestClassifier

    forest = RandomForestClassifier(TREES, max_depth=DEPTH, random_state=0, n_jobs=-1)
    binning.fit(forest, x, target).set_params(n_jobs=1)
    card = ModelCard(
        name="bench", classes=CLASSES, features=NAMES, bands=CANONICAL, pixel_m=10.0,
        trained_on=(), samples={}, data_sha256="", seed=0, parameters={},
        versions={"scikit-learn": version("scikit-learn")}, validated={},
    )  # fmt: skip
    return Model.of(card, forest)


def train_otb(work: Path, x: np.ndarray, target: np.ndarray) -> None:
    """Let Orfeo ToolBox train its own forest of the same size on the same samples, if not done."""
    import geopandas
    import shapely

    path = work / "otb.model"
    if path.exists():
        return
    columns = {f"f{number}": column.astype(float) for number, column in enumerate(x.T)}
    points = shapely.points(np.zeros((len(x), 2)))
    frame = geopandas.GeoDataFrame({**columns, "kind": target}, geometry=points, crs="EPSG:32649")
    frame.to_file(work / "samples.gpkg", driver="GPKG")
    command = [
        "otbcli_TrainVectorClassifier", "-io.vd", str(work / "samples.gpkg"), "-feat", *columns,
        "-cfield", "kind", "-classifier", "rf", "-classifier.rf.max", str(DEPTH),
        "-classifier.rf.min", "2", "-classifier.rf.nbtrees", str(TREES),
        "-classifier.rf.acc", "0", "-io.out", str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def write_stack(image: Path, out: Path) -> None:
    """Write the figures of a whole small scene as the float32 bands that Orfeo ToolBox reads."""
    scene = open_scene(image)
    stack = figures.stack(scene.read(Window(0, 0, scene.width, scene.height)), NAMES, 0)
    profile = {"driver": "GTiff", "count": len(stack), "dtype": "float32", "interleave": "pixel"}
    place = {name: getattr(scene, name) for name in ("width", "height", "crs", "transform")}
    with rasterio.open(out, "w", **profile, **place) as raster:
        raster.write(stack.astype(np.float32))
