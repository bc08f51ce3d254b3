"""Two models of one place: their shift found and taken out, what was dug and filled, how sure."""

import math

import numpy as np
import pytest
import shapely
from rasterio.crs import CRS

from remote_sensing.relief.cut_fill import measure_change
from remote_sensing.relief.elevation import open_elevation
from remote_sensing.relief.errors import (
    NoStableGround,
    OutlineOffModel,
    SurfacesMixed,
    TooFarApart,
)
from remote_sensing.relief.spread import Spread, fitted
from tests.remote_sensing.made_solids import CENTRE, GROUND, cone, hills, square_of, write

METRIC = CRS.from_epsg(4546)
PIT = shapely.Point(*CENTRE).buffer(60, 64)
DUG_M3 = math.pi * 50**2 * 20 / 3
SHIFT = (3.3, -2.1, 1.7)


def dug(x, y):
    return hills(x, y) + cone(50, 20)(x, y) - GROUND


def moved(heights, dx, dy, dz):
    return lambda x, y: heights(x - dx, y - dy) + dz


def noisy(sigma, seed):
    rng = np.random.default_rng(seed)
    return lambda z: z + rng.normal(0, sigma, z.shape)


@pytest.mark.parametrize("noise", [0.0, 0.15])
def test_shift_and_height_are_found_to_a_tenth_of_a_pixel_and_the_pit_comes_out(tmp_path, noise):
    before = open_elevation(write(tmp_path / "a.tif", hills, change=noisy(noise, 1)))
    after = open_elevation(
        write(tmp_path / "b.tif", moved(dug, *SHIFT), off=(0.2, 0.4), change=noisy(noise, 2))
    )
    found = measure_change(before, after, PIT, METRIC)
    got = found.registration
    assert (got.dx_m, got.dy_m, got.dz_m) == pytest.approx(SHIFT, abs=0.1)
    assert found.net_m3 == pytest.approx(-DUG_M3, rel=0.01)
    assert found.cut_m3 == pytest.approx(DUG_M3, rel=0.01)
    assert found.filled_m3 < 0.002 * DUG_M3
    assert abs(found.net_m3 + DUG_M3) < 3 * found.sigma_m3
    assert got.nmad_after_m < 0.3 * got.nmad_before_m


def test_ground_of_other_places_that_changed_is_left_out(tmp_path):
    other = shapely.box(CENTRE[0] - 145, CENTRE[1] - 145, CENTRE[0] - 70, CENTRE[1] + 145)

    def heaped(x, y):
        return hills(x, y) + 4.0 * (x < -70)

    before = open_elevation(write(tmp_path / "a.tif", hills))
    after = open_elevation(write(tmp_path / "b.tif", heaped))
    found = measure_change(before, after, PIT, METRIC, [other])
    assert abs(found.net_m3) < 50 and abs(found.registration.dz_m) < 0.01


def test_models_of_unequal_pixels_and_systems_are_compared_on_the_coarser(tmp_path):
    before = open_elevation(write(tmp_path / "a.tif", hills, pixel=3.0))
    after = open_elevation(write(tmp_path / "b.tif", dug))
    found = measure_change(before, after, PIT, METRIC)
    assert found.pixel_m == 3.0
    assert found.net_m3 == pytest.approx(-DUG_M3, rel=0.02)
    assert "unequal_pixels" in {note.code for note in found.notes}


def test_on_flat_ground_only_the_height_is_mended(tmp_path):
    def flat(x, y):
        return GROUND + 0 * x

    before = open_elevation(write(tmp_path / "a.tif", flat, change=noisy(0.1, 1)))
    after = open_elevation(
        write(tmp_path / "b.tif", moved(cone(50, 20), 0, 0, 0.8), change=noisy(0.1, 2))
    )
    found = measure_change(before, after, PIT, METRIC)
    assert not found.registration.is_horizontal and found.registration.dx_m == 0
    assert found.registration.dz_m == pytest.approx(0.8, abs=0.02)
    assert "too_flat" in {note.code for note in found.notes}
    assert abs(found.net_m3 + DUG_M3) < 3 * found.sigma_m3


def test_errors_that_are_alike_over_wide_ground_widen_the_error_bar(tmp_path):
    from scipy import ndimage

    def alike(sigma):
        def change(z):
            field = ndimage.gaussian_filter(np.random.default_rng(7).normal(size=z.shape), 12)
            return z + field / field.std() * sigma

        return change

    before = open_elevation(write(tmp_path / "a.tif", hills))
    white, wide = (
        measure_change(
            before,
            open_elevation(write(tmp_path / f"{name}.tif", dug, change=change)),
            PIT,
            METRIC,
        )
        for name, change in (("white", noisy(0.2, 5)), ("wide", alike(0.2)))
    )
    assert wide.random_m3 > 5 * white.random_m3
    assert wide.independent < white.independent / 20
    assert abs(wide.net_m3 + DUG_M3) < 3 * wide.sigma_m3


def test_pairs_that_cannot_be_compared_are_refused(tmp_path):
    ground = open_elevation(write(tmp_path / "a.tif", hills))
    surface = open_elevation(write(tmp_path / "a_dsm.tif", hills))
    with pytest.raises(SurfacesMixed):
        measure_change(ground, surface, PIT, METRIC)
    small = open_elevation(write(tmp_path / "small.tif", hills, side=121.0))
    with pytest.raises(NoStableGround):
        measure_change(small, small, square_of(120), METRIC)
    with pytest.raises(OutlineOffModel):
        measure_change(ground, small, square_of(200), METRIC)


def test_models_that_lie_too_far_apart_are_refused_not_forced(tmp_path, monkeypatch):
    monkeypatch.setattr("remote_sensing.relief.coregister.MOST_SHIFT_PIXELS", 2)
    before = open_elevation(write(tmp_path / "a.tif", hills))
    after = open_elevation(write(tmp_path / "b.tif", moved(hills, 3.5, 0, 0)))
    with pytest.raises(TooFarApart):
        measure_change(before, after, PIT, METRIC)


def test_the_mean_of_an_area_is_surer_the_more_independent_pixels_it_has():
    spread = Spread(0.0, 1.0, 50.0, 1.0)
    small, large = spread.mean_sigma_m(100.0), spread.mean_sigma_m(1e6)
    assert 0.9 < small <= 1.0
    assert large == pytest.approx(math.sqrt(50**2 * math.pi / 1e6 / 5), rel=1e-6)
    assert spread.independent(1e6) == pytest.approx(1 / large**2)
    rng = np.random.default_rng(0)
    x, y = rng.uniform(0, 500, (2, 2_000))
    white = fitted(x, y, rng.normal(0, 2, 2_000), 1.0)
    assert white.pixel_sigma_m == pytest.approx(2, rel=0.1)
    assert white.mean_sigma_m(1e4) < 0.2
