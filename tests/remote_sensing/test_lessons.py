"""Labels split for good: what judges trains nothing, and two models are judged alike."""

from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine
from scipy.ndimage import maximum_filter
from shapely.geometry import box

from gis.domain.detection.kept_back import Cell, cell_of, is_kept_back
from remote_sensing.classes import class_of
from remote_sensing.errors import NoTrainingPixels
from remote_sensing.intake.georeference import to_lonlat
from remote_sensing.model import Model, save
from remote_sensing.training import manifest as manifests
from remote_sensing.training.contest import difference, sit
from remote_sensing.training.labels import UNLABELLED
from remote_sensing.training.lessons import NOWHERE, Lessons, opened, prepare
from remote_sensing.training.manifest import Manifest
from remote_sensing.training.train import train
from tests.remote_sensing.make_scene import SPECTRA, make_scene, write_raster

GRID = Affine(100, 0, 398_000, 0, -100, 4_501_000)
"""Pixels of 100 m, so that the made scene covers some eighty cells."""
LEGEND = "\n".join(["[legend]", *(f'{class_of(name).code} = "{name}"' for name in SPECTRA)])


def write_base(folder: Path, *, every: int = 2, name: str = "base.toml", legend: str = LEGEND):
    made = make_scene(folder / "scene.tif", transform=GRID)
    rows, cols = np.indices(made.truth.shape)
    labels = np.where((rows + cols) % every == 0, made.truth, 0)
    write_raster(folder / "labels.tif", labels[None].astype(np.uint8), transform=GRID, nodata=0)
    lines = f'{legend}\n[[scene]]\nimage = "scene.tif"\nlabels = "labels.tif"\n'
    (folder / name).write_text(lines, encoding="utf-8")
    return manifests.read(folder / name)


def outline(left, top, right, bottom):
    """A rectangle of the scene's pixels, in its CRS."""
    east, north = 398_000, 4_501_000
    return box(east + 100 * left, north - 100 * bottom, east + 100 * right, north - 100 * top)


def write_field(folder: Path, *shapes: tuple[str, object]) -> Manifest:
    frame = geopandas.GeoDataFrame(
        {"label": [name for name, _ in shapes]}, geometry=[s for _, s in shapes], crs=32649
    )
    frame.to_file(folder / "field.gpkg", driver="GPKG")
    legend = "\n".join(f'{name} = "{name}"' for name in {name for name, _ in shapes})
    text = f'[legend]\n{legend}\n[[scene]]\nimage = "scene.tif"\nlabels = "field.gpkg"\n'
    (folder / "field.toml").write_text(text + 'field = "label"\n', encoding="utf-8")
    return manifests.read(folder / "field.toml")


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Manifest:
    return write_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def lessons(base: Manifest) -> Lessons:
    folder = base.path.parent / "lessons"
    folder.mkdir()
    return prepare([base], "秋", folder)


def codes(path: Path) -> np.ndarray:
    with rasterio.open(path) as dataset:
        return dataset.read(1)


def test_what_judges_trains_nothing_and_is_not_near_what_does(lessons: Lessons):
    (exam,), (item,) = lessons.exams, lessons.manifest.scenes
    taught, judging = codes(item.labels) != UNLABELLED, codes(exam.truth) != UNLABELLED
    assert judging.sum() > 300 and taught.sum() > 1_000
    assert not (maximum_filter(judging, 3) & taught).any()
    assert ((exam.places() != NOWHERE) == judging).all()
    centre = GRID * (Affine.translation(0.5, 0.5) * np.nonzero(judging)[::-1])
    lon, lat = to_lonlat(opened(item).crs).transform(*centre)
    assert all(is_kept_back(cell_of(x, y)) for x, y in zip(lon, lat, strict=True))


def free_cell(kept: bool) -> tuple[int, int]:
    """A pixel of the scene, not near its edge, in a cell that is kept back, or is not."""
    transformer = to_lonlat(rasterio.crs.CRS.from_epsg(32649))
    for row in range(20, 60):
        for col in range(20, 70):
            if is_kept_back(cell_of(*transformer.transform(*(GRID * (col, row))))) is kept:
                return col, row
    raise AssertionError(Cell)


@pytest.mark.parametrize("kept", [True, False])
def test_an_outline_is_kept_back_or_not_as_a_whole(base: Manifest, tmp_path: Path, kept: bool):
    col, row = free_cell(kept)
    shape = outline(col - 14, row - 14, col + 14, row + 14)  # over several cells
    field = write_field(base.path.parent, ("coal_yard", shape))
    made = prepare([base, field], "x", tmp_path)
    (item,) = made.manifest.scenes
    coal = class_of("coal_yard").code
    trained = int((codes(item.labels) == coal).sum())
    judged = sum(int((codes(exam.truth) == coal).sum()) for exam in made.exams)
    assert (trained > 0, judged > 0) == (not kept, kept)
    assert judged in (0, 28 * 28), "the field's verdict holds over the analyst's label"


def test_a_class_of_three_pixels_is_left_out_and_said(base: Manifest, tmp_path: Path):
    col, row = free_cell(False)
    field = write_field(base.path.parent, ("greenhouse", outline(col, row, col + 3, row + 1)))
    made = prepare([base, field], "x", tmp_path)
    assert made.too_little == {"greenhouse": 3}
    assert "greenhouse" not in made.manifest.classes


def test_one_class_alone_is_no_lesson(base: Manifest, tmp_path: Path):
    field = write_field(base.path.parent, ("open_pit", outline(10, 10, 60, 60)))
    with pytest.raises(NoTrainingPixels):
        train(prepare([field], "x", tmp_path).manifest)


def stored(model: Model, folder: Path, name: str) -> tuple[Model, Path]:
    save(model, folder / name)
    return model, folder / name


def test_a_model_that_mistakes_pits_for_soil_is_worse_beyond_chance(
    base: Manifest, lessons: Lessons, tmp_path: Path
):
    good = stored(train(lessons.manifest), tmp_path, "good.qfm")
    swap = {"open_pit": "bare_soil", "bare_soil": "open_pit"}
    turned = {key: swap.get(name, name) for key, name in lessons.manifest.legend.items()}
    wrong = Manifest(lessons.manifest.path, turned, lessons.manifest.scenes)
    bad = stored(train(wrong), tmp_path, "bad.qfm")
    ours = sit(lessons.exams, *good, tmp_path / "good")
    theirs = sit(lessons.exams, *bad, tmp_path / "bad")
    assert ours.places == theirs.places >= 5
    assert ours.figures["classes"]["open_pit"]["iou"] > 0.7
    assert ours.figures["objects"]["found"] >= 1
    apart, low, high = difference(ours.by_place, theirs.by_place)
    assert low <= apart <= high and low > 0
    assert difference(ours.by_place, ours.by_place) == (0, 0, 0)


def test_without_a_target_nothing_is_said():
    none = np.zeros((9, 3), np.int64)
    assert difference(none, none) is None
    assert difference(none[:0], none[:0]) is None
