from datetime import date
from pathlib import Path

import numpy as np
import pytest

from remote_sensing.intake.radiometry import Radiometry, from_tags
from remote_sensing.scene import Scene, open_scene
from tests.remote_sensing.make_scene import CANONICAL, make_scene, write_raster

RGB = ("B02", "B03", "B04")


def stretched(path: Path, values: np.ndarray, **more: object) -> Scene:
    return open_scene(write_raster(path, values, names=CANONICAL[: len(values)], **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bands", "added", "day"),
    [
        (bands, added, day)
        for bands in (CANONICAL, (*RGB, "B08"), RGB)
        for added in (0, 1_000)
        for day in ("", "_20210619", "_20230619")
        # Without B08 an early image with the 1,000 looks like an early image of a desert.
        if (bands, added, day) != (RGB, 1_000, "_20210619")
    ],
)
def test_the_added_thousand_is_seen_in_the_pixels_whatever_the_date(
    tmp_path: Path, bands: tuple[str, ...], added: int, day: str
) -> None:
    made = make_scene(tmp_path / f"scene{day}.tif", added=added, bands=bands)
    found = open_scene(made.path).radiometry
    assert found.scale == 1e-4
    assert found.offset == pytest.approx(-added / 1e4)
    assert found.source == "inferred"
    assert ("- 1000" in (found.assumption_zh or "")) == (added == 1_000)
    unusual = bool(day) and (added == 1_000) != (day == "_20230619")
    assert ("unlike" in (found.assumption_en or "")) == unusual


def test_both_processings_of_one_ground_read_as_the_same_reflectance(tmp_path: Path) -> None:
    from remote_sensing.windows import Window

    one, other = (
        open_scene(make_scene(tmp_path / f"{added}.tif", added=added, seed=3).path)
        for added in (0, 1_000)
    )
    window = Window(0, 0, one.width, one.height)
    assert (one.read(window).reflectance == other.read(window).reflectance).all()


@pytest.mark.parametrize(
    ("day", "offset"),
    [(None, -0.1), (date(2022, 1, 25), -0.1), (date(2022, 1, 24), 0.0)],
)
def test_over_bright_bare_ground_the_date_decides(
    tmp_path: Path, day: date | None, offset: float
) -> None:
    desert = np.random.default_rng(0).integers(1_900, 3_500, (3, 40, 40), np.uint16)
    path = write_raster(tmp_path / "desert.tif", desert, names=RGB)
    assert open_scene(path, acquired_on=day).radiometry.offset == pytest.approx(offset)


def test_sixteen_bits_filled_are_told_from_ten_thousandths(tmp_path: Path) -> None:
    made = make_scene(tmp_path / "plain.tif", added=0)
    filled = np.clip(made.reflectance * 6.5535, 1, 65_535).astype(np.uint16)
    found = stretched(tmp_path / "filled.tif", filled)
    assert found.radiometry.scale == pytest.approx(1 / 65_535)
    assert found.radiometry.offset == 0


def test_snow_and_cloud_are_not_taken_for_sixteen_bits(tmp_path: Path) -> None:
    snow = np.full((10, 40, 40), 9_800, np.uint16)
    snow[8:] = 1_500
    snow[:, :4] = 400
    assert stretched(tmp_path / "snow.tif", snow).radiometry.scale == 1e-4


def test_fractions_and_display_stretches_are_recognised(tmp_path: Path) -> None:
    fractions = np.random.default_rng(0).uniform(0.02, 0.5, (3, 40, 40)).astype(np.float32)
    assert stretched(tmp_path / "fractions.tif", fractions).radiometry.scale == 1
    eight = np.random.default_rng(0).integers(20, 255, (3, 40, 40)).astype(np.uint8)
    found = stretched(tmp_path / "eight.tif", eight).radiometry
    assert 255 * found.scale == pytest.approx(0.3558)
    assert "display" in (found.assumption_en or "")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"BOA_ADD_OFFSET": "-1000", "BOA_QUANTIFICATION_VALUE": "10000"}, (1e-4, -0.1)),
        ({"PROCESSING_BASELINE": "04.00"}, (1e-4, -0.1)),
        ({"PROCESSING_BASELINE": "03.01"}, (1e-4, 0.0)),
        ({"BOA_ADD_OFFSET_PRESENT": "no"}, (1e-4, 0.0)),
        ({"BOA_ADD_OFFSET_PRESENT": "likely"}, (None, None)),
        ({"QUANTIFICATION_VALUE": "10000"}, (1e-4, None)),
        ({"SCALE": "reflectance approx DN / 65535"}, (1 / 65_535, None)),
        ({"AREA_OR_POINT": "Area"}, (None, None)),
        ({"PROCESSING_BASELINE": "unknown"}, (None, None)),
    ],
)
def test_tags_say_what_they_say(
    tags: dict[str, str], expected: tuple[float | None, float | None]
) -> None:
    assert from_tags(tags) == expected


def test_options_win_over_tags_and_tags_over_pixels(tmp_path: Path) -> None:
    path = make_scene(tmp_path / "tagged.tif", tags={"BOA_ADD_OFFSET": "0"}).path
    assert open_scene(path).radiometry == Radiometry(1e-4, 0.0, "tags")
    assert open_scene(path, offset=-0.1).radiometry == Radiometry(1e-4, -0.1, "option")
    assert open_scene(path, scale=2e-4).radiometry == Radiometry(2e-4, 0.0, "option")


def test_reflectance_is_rounded_clipped_and_never_nan() -> None:
    stored = np.array([0, 999, 1_000, 1_500, 40_000, np.nan])
    found = Radiometry(1e-4, -0.1, "option").ten_thousandths(stored)
    assert found.tolist() == [0, 0, 0, 500, 20_000, 0]
    assert found.dtype == np.int16
