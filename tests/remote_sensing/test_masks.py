"""Cloud, shadow and snow told from ground by what bands there are, and each date's clear pixels."""

import json
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import rasterio

from gis.domain.terms import MaskHow
from remote_sensing.composite import NO_DATE, Source, compose, in_order
from remote_sensing.masks import limits, masking
from remote_sensing.masks.classes import Hides
from remote_sensing.masks.limits import MASKS_FILE, MaskRules
from remote_sensing.scene import Scene, SceneMask, open_scene
from remote_sensing.scene_errors import CompositeUnfit, MaskUnfit
from remote_sensing.windows import Window
from tests.remote_sensing.made_ground import CLOUD, SNOW
from tests.remote_sensing.make_scene import make_scene, write_raster

SHADE = (250, 260, 220, 240, 300, 330, 350, 360, 300, 200)
BRIGHT_ROCK = (3300, 3700, 4000, 4100, 4200, 4250, 4300, 4350, 4700, 4500)
CLOUD_AT = (slice(20, 34), slice(50, 66))
SHADE_AT = (slice(6, 16), slice(30, 44))  # a low cloud's: north-west of it on a June morning
LAKE_SHADE_AT = (slice(50, 60), slice(70, 84))  # as dark, but towards the sun
ROCK_AT = (slice(40, 56), slice(4, 24))
SNOW_AT = (slice(60, 70), slice(30, 60))


def cloudy(path: Path, bands: tuple[str, ...] | None = None, *, clear: bool = False) -> Scene:
    """A scene with a cloud, its shadow, a place as dark, pale rock, snow and a bright roof."""
    made = make_scene(path, added=0, seed=5, frame=1)
    with rasterio.open(path) as dataset:
        values, names = dataset.read(), dataset.descriptions
    for at, spectrum in [
        (ROCK_AT, BRIGHT_ROCK),
        *([] if clear else [(CLOUD_AT, CLOUD), (SHADE_AT, SHADE), (SNOW_AT, SNOW)]),
        (LAKE_SHADE_AT, SHADE),
        ((slice(3, 6), slice(70, 73)), CLOUD),
    ]:
        values[:, *at] = np.array(spectrum, np.uint16)[:, None, None]
    chosen = [names.index(name) for name in bands or names]
    write_raster(path, values[chosen], nodata=0, names=tuple(names[n] for n in chosen))
    return open_scene(made.path, acquired_on=date(2023, 6, 19), scale=1e-4, offset=0)


def codes(path: Path) -> np.ndarray:
    with rasterio.open(path) as dataset:
        found: np.ndarray = dataset.read(1)
    return found


def test_with_swir_cloud_shadow_and_snow_part(tmp_path: Path) -> None:
    scene = cloudy(tmp_path / "s.tif")
    made = masking.write_mask(scene, tmp_path / "mask.tif")
    assert made is not None and made.how is MaskHow.SPECTRAL
    found = codes(made.path)
    assert (found[CLOUD_AT] == Hides.CLOUD).all()
    assert (found[SNOW_AT] == Hides.SNOW).all()
    assert (found[SHADE_AT] == Hides.SHADOW).mean() > 0.9
    assert (found[LAKE_SHADE_AT] == 0).all() and (found[ROCK_AT] == 0).all()
    assert (found[0] == 255).all()
    assert found[4, 71] == 0, "a roof of three pixels is no cloud"
    shares = made.shares
    assert shares.valid == pytest.approx(94 * 78 / (96 * 80))
    assert shares.snow == pytest.approx((found == Hides.SNOW).sum() / (94 * 78))
    with rasterio.open(made.path) as dataset:
        assert json.loads(dataset.tags()["CLASSES"])["1"] == "cloud"
        assert dataset.tags()["RULES"] == limits.current().sha256


def test_every_window_gives_the_same_mask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = cloudy(tmp_path / "s.tif")
    masking.write_mask(scene, tmp_path / "whole.tif")
    plan = masking.plan
    monkeypatch.setattr(masking, "plan", lambda w, h, size, halo=0: plan(w, h, size=37, halo=halo))
    masking.write_mask(scene, tmp_path / "parts.tif")
    assert (codes(tmp_path / "whole.tif") == codes(tmp_path / "parts.tif")).all()


@pytest.mark.parametrize(
    ("bands", "how", "snow"),
    [
        (("B02", "B03", "B04", "B08"), MaskHow.VISIBLE_NIR, Hides.CLOUD),
        (("B02", "B03", "B04"), MaskHow.BRIGHT, Hides.CLOUD),
    ],
)
def test_fewer_bands_tell_less_and_say_so(
    tmp_path: Path, bands: tuple[str, ...], how: MaskHow, snow: Hides
) -> None:
    made = masking.write_mask(cloudy(tmp_path / "s.tif", bands), tmp_path / "mask.tif")
    assert made is not None and made.how is how
    found = codes(made.path)
    assert (found[CLOUD_AT] == Hides.CLOUD).all() and (found[SNOW_AT] == snow).all()
    assert (found[ROCK_AT] == 0).all()
    assert made.shares.snow == 0


def test_bands_or_flights_that_tell_nothing(tmp_path: Path) -> None:
    lacking = cloudy(tmp_path / "s.tif", ("B04", "B08", "B11"))
    assert masking.write_mask(lacking, tmp_path / "mask.tif") is None
    assert not (tmp_path / "mask.tif").exists()


def test_every_limit_has_a_source_and_a_certainty() -> None:
    rows = tomllib.loads(MASKS_FILE.read_text(encoding="utf-8"))["limit"]
    assert {row["id"] for row in rows} == {f.name for f in fields(MaskRules)} - {"sha256"}
    assert all(row["source"] and row["zh"] and row["en"] for row in rows)
    assert {row["certainty"] for row in rows} <= {"published", "measured", "proposal"}


@pytest.fixture(scope="module")
def dates(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    """Three dates: one under cloud, one clear and brighter, one clear without its north."""
    folder = tmp_path_factory.mktemp("dates")
    first = cloudy(folder / "a.tif")
    made = masking.write_mask(first, folder / "mask.tif")
    assert made is not None
    first = first.with_mask(SceneMask(made.path, made.sha256))
    others = []
    for name, day, factor in (("b", date(2023, 7, 1), 1.1), ("c", date(2023, 7, 16), 1.3)):
        path = folder / f"{name}.tif"
        scene = cloudy(path, clear=True)
        with rasterio.open(path) as dataset:
            values, names = dataset.read(), dataset.descriptions
        values = np.rint(values * factor).astype(np.uint16)
        values[:, :5] = 0 if name == "c" else values[:, :5]
        write_raster(path, values, nodata=0, names=names)
        others.append(Source(name, open_scene(path, acquired_on=day, scale=1e-4, offset=0)))
        assert scene.width == 96
    return [Source("a", first), *others]


@pytest.mark.parametrize("how", ["median", "best"])
def test_a_composite_of_clear_pixels_knows_whose_they_are(
    dates: list[Source], tmp_path: Path, how: str
) -> None:
    out, days = tmp_path / "out.tif", tmp_path / "days.tif"
    compose(dates, how, out, days)  # type: ignore[arg-type]
    with rasterio.open(out) as dataset, rasterio.open(days) as when:
        values, place = dataset.read(), when.read(1)
        said = json.loads(dataset.tags()["SOURCES"])
    assert [one["name"] for one in said] == ["c", "b", "a"]
    # Under the cloud two dates are left, and the newer of equals is named; elsewhere the middle.
    assert (place[CLOUD_AT] == 0).all() and place[75, 90] == 1
    assert place[0, 0] == NO_DATE and (values[:, 0, 0] == 0).all()
    row, col = 25, 55
    both = [codes_of(one, row, col) for one in dates[1:]]
    expected = both[1] if how == "best" else (both[0].astype(int) + both[1]) // 2
    assert (values[:, row, col] == expected).all()
    scene = open_scene(out, acquired_on=date(2023, 7, 16))
    assert scene.radiometry.offset == 0 and scene.acquired_on == date(2023, 7, 16)


def codes_of(source: Source, row: int, col: int) -> np.ndarray:
    with rasterio.open(source.scene.path) as dataset:
        found: np.ndarray = dataset.read()[:, row, col]
    return found


def test_scenes_of_other_grids_are_laid_on_the_finest(dates: list[Source], tmp_path: Path) -> None:
    coarse = tmp_path / "coarse.tif"
    with rasterio.open(dates[1].scene.path) as dataset:
        values, grid, names = dataset.read()[:, ::2, ::2], dataset.transform, dataset.descriptions
    write_raster(coarse, values, nodata=0, names=names, transform=grid @ grid.scale(2))
    other = Source("d", open_scene(coarse, acquired_on=date(2023, 8, 1), scale=1e-4, offset=0))
    compose([other, dates[2]], "best", tmp_path / "out.tif", tmp_path / "days.tif")
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert dataset.shape == (80, 96)


def test_what_cannot_be_composed_is_told(dates: list[Source], tmp_path: Path) -> None:
    undated = Source("x", open_scene(make_scene(tmp_path / "x.tif").path))
    eight = tmp_path / "eight.tif"
    write_raster(eight, np.full((3, 9, 9), 80, np.uint8), names=("B02", "B03", "B04"))
    stretched = Source("y", open_scene(eight, acquired_on=date(2023, 6, 1)))
    far = make_scene(tmp_path / "far.tif", transform=rasterio.Affine(10, 0, 5e5, 0, -10, 4.6e6))
    elsewhere = Source("z", open_scene(far.path, acquired_on=date(2023, 6, 1)))
    for sources in ([dates[0]], [dates[0], undated], [dates[0], stretched], [dates[0], elsewhere]):
        with pytest.raises(CompositeUnfit):
            in_order(sources)


def test_a_mask_by_hand_must_lie_on_the_scene(dates: list[Source], tmp_path: Path) -> None:
    scene = dates[1].scene
    fit = write_raster(tmp_path / "fit.tif", np.full((1, 80, 96), 3, np.uint8))
    assert not scene.with_mask(masking.given_mask(scene, fit)).read(Window(0, 0, 9, 9)).valid.any()
    for name, values, grid in [
        ("small", np.zeros((1, 80, 95), np.uint8), scene.transform),
        ("moved", np.zeros((1, 80, 96), np.uint8), scene.transform @ scene.transform.scale(2)),
        ("codes", np.full((1, 80, 96), 9, np.uint8), scene.transform),
        ("deep", np.zeros((1, 80, 96), np.uint16), scene.transform),
    ]:
        path = write_raster(tmp_path / f"{name}.tif", values, transform=grid)
        with pytest.raises(MaskUnfit):
            masking.given_mask(scene, path)
