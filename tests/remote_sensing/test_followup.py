"""Looks at a made pit: what grew, what did not, what cannot be told, each with its reason."""

from datetime import date

import numpy as np
import pytest
from shapely.geometry import shape as as_shape

from gis.rules import follow_up
from remote_sensing.follow_up.followup import observe
from remote_sensing.follow_up.looks import Look, Place
from tests.remote_sensing.made_ground import NEXT_SUMMER, PIT, SUMMER, Drawn, draw, lonlat

RULES = follow_up.current()
PIXEL = 100.0
SITE = lonlat(*PIT)
WINTER = date(2026, 2, 9)


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return draw(tmp_path_factory.mktemp("before") / "before.tif", SUMMER, Drawn(added=0))


@pytest.fixture
def look(before, tmp_path):
    def look(drawn: Drawn, *, day=NEXT_SUMMER, place=None, first=False, outline=SITE) -> Look:
        scene = draw(tmp_path / "now.tif", day, drawn)
        place = place or Place("a", outline, earlier=None if first else "before")
        earlier = {} if first else {"before": (before, SUMMER)}
        (found,) = observe(scene, day, [place], RULES, all_outlines=[SITE], earlier=earlier)
        return found

    return look


def codes(look: Look) -> list[str]:
    return [reason.code for reason in look.reasons]


def grown(by: float, **also: object) -> Drawn:
    """The pit, dug further east by so many pixels along its whole side of thirty."""
    west, north, east, south = PIT
    return Drawn(pits=((west, north, east + by, south),), seed=1, **also)  # type: ignore[arg-type]


def test_the_first_look_measures_and_compares_with_nothing(look):
    found = look(Drawn(), first=True)
    assert found.state == "FIRST" and codes(found)[-1] == "first"
    assert found.valid_share == 1.0 and found.change_m2 is None
    true = 40 * 30 * PIXEL
    for value, low, high in (found.bare_m2, found.footprint_m2):
        assert low <= true <= high and value == pytest.approx(true, rel=0.02)
    assert found.fvc[0] < 0.1 and found.fvc_reference > 0.5
    assert found.fvc_ratio[1] <= found.fvc_ratio[0] <= found.fvc_ratio[2] < 0.2
    assert found.footprint.is_valid and SITE.intersection(found.footprint).area > 0.9 * SITE.area


@pytest.mark.parametrize("by", [2, 3, 6])
def test_a_pit_that_grew_is_named_so_and_by_how_much(look, by):
    found = look(grown(by))
    assert found.state == "GROWN"
    assert abs(found.change_m2 - by * 30 * PIXEL) <= 2 * found.change_sigma_m2 + 30 * PIXEL / 2


def test_growth_below_the_uncertainty_is_no_change(look):
    found = look(grown(0.3))
    assert found.state == "UNCHANGED"
    assert abs(found.change_m2) < RULES.change_sigmas * found.change_sigma_m2


@pytest.mark.parametrize("added", [0, 1_000])
def test_the_radiometric_offset_changes_nothing(look, added):
    found = look(Drawn(added=added, seed=2))
    assert found.state == "UNCHANGED" and abs(found.change_m2) <= 5 * PIXEL


@pytest.mark.parametrize(("right", "down"), [(0.4, 0.0), (0.4, -0.4), (-1.4, 0.6)])
def test_a_shifted_image_is_set_right_and_not_taken_for_change(look, right, down):
    found = look(Drawn(right=right, down=down, seed=3))
    # The earlier image lies off the other way.
    assert found.shift_m == pytest.approx((-right * 10, down * 10), abs=1.0)
    assert found.state == "UNCHANGED" and "shift_taken_back" in codes(found)


def test_growth_is_found_under_a_shift_too(look):
    assert look(grown(3, right=0.4, down=0.2)).state == "GROWN"


def test_a_pit_that_was_filled_is_not_detectable_never_restored(look):
    found = look(Drawn(pits=(), seed=4))
    assert found.state == "GONE" and "not_detectable" in codes(found)
    assert found.footprint_m2[0] < RULES.detectable_px * PIXEL and found.footprint is None
    half = look(Drawn(pits=((110, 110, 130, 140),), seed=4))
    assert half.state == "SHRUNK"
    assert half.change_m2 == pytest.approx(-20 * 30 * PIXEL, rel=0.1)


def test_ground_dug_where_nothing_was_is_new(look):
    green = lonlat(40, 150, 60, 170)
    found = look(Drawn(pits=(PIT, (42, 152, 58, 168)), seed=5), outline=green)
    assert found.state == "NEW"
    assert found.change_m2 == pytest.approx(16 * 16 * PIXEL, rel=0.12)
    still = look(Drawn(seed=5), outline=green)
    assert still.state == "UNCHANGED" and "not_detectable" in codes(still)


@pytest.mark.parametrize("day", [WINTER, NEXT_SUMMER])
def test_snow_is_insufficient_view_and_never_a_pit_that_is_gone(look, day):
    found = look(Drawn(snow=True, seed=6), day=day)
    assert found.state == "UNSEEN" and codes(found) == ["no_land"]
    patchy = look(Drawn(seed=6), day=day)
    assert patchy.state != "GONE"


def test_snow_on_a_part_of_the_image_hides_what_it_lies_on(before, tmp_path):
    scene = draw(tmp_path / "now.tif", WINTER, Drawn(seed=6, cloud=None))
    whole = draw(tmp_path / "snow.tif", WINTER, Drawn(seed=6, snow=True))
    import rasterio

    with rasterio.open(scene.path, "r+") as now, rasterio.open(whole.path) as snow:
        part = now.read()
        part[:, 105:145, 105:155] = snow.read()[:, 105:145, 105:155]
        now.write(part)
    place = Place("a", SITE, earlier="before")
    (found,) = observe(
        scene, WINTER, [place], RULES, all_outlines=[SITE], earlier={"before": (before, SUMMER)}
    )
    assert found.state == "UNSEEN" and codes(found) == ["snow"]
    assert found.snow_share > 0.95 and found.bare_m2 is None


def test_half_a_cloud_hides_half_the_site(look):
    found = look(Drawn(cloud=(90, 90, 130, 160), seed=7))
    assert found.cloud_share == pytest.approx(0.5, abs=0.08)
    assert found.state == "UNSEEN" and codes(found) == ["cloud"]


def test_a_corner_under_cloud_widens_what_may_be_bare(look):
    found = look(Drawn(cloud=(90, 90, 120, 160), seed=7))
    assert found.state == "UNCHANGED" and 0.6 <= found.valid_share < 0.8
    value, low, high = found.bare_m2
    assert value < 40 * 30 * PIXEL * 0.8 and low <= value and high >= 40 * 30 * PIXEL


def test_rgb_alone_says_what_it_lacks(look):
    found = look(Drawn(bands=("B02", "B03", "B04"), seed=8))
    assert found.state == "UNSEEN" and found.bare_m2 is None and found.fvc is None
    assert found.reasons[0].row() == {"code": "no_bands", "missing": ["B08"]}


def test_without_short_wave_a_summer_is_told_and_a_winter_is_not(look):
    four = ("B02", "B03", "B04", "B08")
    summer = look(Drawn(bands=four, seed=8))
    assert summer.state == "UNCHANGED" and "snow_cloud_untold" in codes(summer)
    assert codes(look(Drawn(bands=four, seed=8), day=WINTER)) == ["snow_untold"]


def test_a_harvest_beside_the_pit_is_not_its_growth(look):
    found = look(Drawn(bare_fields=True, seed=9))
    assert found.state == "UNCHANGED" and abs(found.change_m2) < 30 * PIXEL


def test_an_outline_outside_the_scene_gives_no_look_at_all(before):
    place = Place("a", lonlat(400, 400, 420, 420))
    assert list(observe(before, SUMMER, [place], RULES)) == []


def test_a_tiny_outline_is_too_small_to_tell(look):
    found = look(Drawn(), outline=lonlat(112, 112, 115, 115))
    assert found.state == "UNSEEN" and codes(found) == ["too_small"]
    assert found.reasons[0].facts["pixels"] == pytest.approx(9, abs=0.1)


def test_ground_beyond_the_edge_of_the_data_is_not_seen(look):
    found = look(Drawn(nodata_from=125, seed=10))
    assert found.state == "UNSEEN" and codes(found) == ["nodata"]
    mostly = look(Drawn(nodata_from=145, seed=10))
    assert mostly.state == "UNCHANGED" and mostly.valid_share == pytest.approx(0.875, abs=0.03)
    edge = look(Drawn(seed=10), outline=lonlat(-20, 100, 20, 120), first=True)
    assert edge.state == "UNSEEN" and codes(edge) == ["nodata"]


def test_the_patch_is_typical_ground_of_the_ring_and_is_kept(look):
    first = look(Drawn(), first=True)
    assert first.how == "CHOSEN"
    gap = np.hypot(*np.subtract(first.patch.centroid.coords[0], SITE.centroid.coords[0]) * 1e5)
    assert 300 < gap < 1_800 and not first.patch.intersects(SITE)
    place = Place("a", SITE, patch=first.patch, how="KEPT", earlier="before")
    kept = look(Drawn(seed=11), place=place)
    assert kept.how == "KEPT" and kept.patch == first.patch
    assert kept.fvc_reference == pytest.approx(first.fvc_reference, abs=0.05)


def test_a_patch_that_was_dug_up_is_replaced_but_a_given_one_is_not(look):
    dug = lonlat(60, 60, 71, 71)
    drawn = Drawn(pits=(PIT, (58, 58, 74, 74)), seed=12)
    lost = look(drawn, place=Place("a", SITE, patch=dug, how="KEPT", earlier="before"))
    assert lost.how == "CHOSEN" and {"patch_lost", "patch_chosen"} <= set(codes(lost))
    given = look(drawn, place=Place("a", SITE, patch=dug, how="GIVEN", earlier="before"))
    assert given.how == "GIVEN" and given.fvc_ratio is None and "patch_unseen" in codes(given)


def test_the_same_ground_in_degrees_gives_the_same_word(before, tmp_path):
    from rasterio.warp import Resampling, calculate_default_transform, reproject

    scene = draw(tmp_path / "now.tif", NEXT_SUMMER, grown(4))
    import rasterio

    with rasterio.open(scene.path) as source:
        grid, width, height = calculate_default_transform(
            source.crs, "EPSG:4326", source.width, source.height, *source.bounds
        )
        values = np.zeros((source.count, height, width), np.uint16)
        reproject(
            rasterio.band(source, list(range(1, source.count + 1))),
            values,
            dst_transform=grid,
            dst_crs="EPSG:4326",
            resampling=Resampling.cubic,
        )
        names = source.descriptions
    from remote_sensing.scene import open_scene
    from tests.remote_sensing.make_scene import write_raster

    path = write_raster(
        tmp_path / "degrees.tif", values, crs="EPSG:4326", transform=grid, nodata=0, names=names
    )
    turned = open_scene(path, acquired_on=NEXT_SUMMER)
    place = Place("a", SITE, earlier="before")
    (found,) = observe(
        turned, NEXT_SUMMER, [place], RULES, all_outlines=[SITE],
        earlier={"before": (before, SUMMER)},
    )  # fmt: skip
    assert found.state == "GROWN"
    assert found.change_m2 == pytest.approx(4 * 30 * PIXEL, rel=0.35)


def test_many_places_come_by_rows_and_one_of_them_alone_gives_the_same(before, tmp_path):
    scene = draw(tmp_path / "now.tif", NEXT_SUMMER, grown(3))
    places = [Place("pit", SITE), Place("green", lonlat(40, 150, 60, 170))]
    done = []
    every = list(
        observe(
            scene, NEXT_SUMMER, places, RULES, all_outlines=[SITE], tell=lambda *n: done.append(n)
        )
    )
    assert {look.place.key for look in every} == {"pit", "green"} and done[-1] == (2, 2)
    (alone,) = observe(scene, NEXT_SUMMER, places[:1], RULES, all_outlines=[SITE])
    assert alone == next(look for look in every if look.place.key == "pit")
    assert as_shape(alone.footprint.__geo_interface__).is_valid
