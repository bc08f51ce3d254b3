"""Changes between dates: the words for them, what leaves them in doubt, runs that do not fit."""

import json
from datetime import date

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.warp import Resampling, calculate_default_transform, reproject
from typer.testing import CliRunner

from api.cli import build
from gis.rules import follow_up
from remote_sensing.change import compare, files, places
from remote_sensing.change.errors import (
    DatesMiscounted,
    ModelsDiffer,
    NotARun,
    RunChanged,
    RunsApart,
    RunUndated,
    SameDay,
    TooFewRuns,
)
from remote_sensing.change.runs import read_runs, with_images
from remote_sensing.safe_files import sha256_of
from tests.remote_sensing.made_runs import CLOUD, GRID, PIT, ground, make_run
from tests.remote_sensing.make_scene import SPECTRA, write_raster

SUMMER, NEXT, AFTER = "2021-06-19", "2022-06-19", "2023-06-25"
OLD = (10, 10, 40, 50)
STAY = [(60, 10 + 22 * n, 70, 20 + 22 * n) for n in range(6)]


def compared(tmp_path, *dated, **options):
    """Return the changes over (day, codes) pairs."""
    folders = [make_run(tmp_path / day, codes, day) for day, codes in dated]
    return compare.changes(read_runs(folders), follow_up.current(), **options)


def states(found):
    return sorted(one.last.state for one in found.places)


def state_of(found, pit):
    """Return what is said of the place that holds a pit's middle."""
    from shapely import Point

    from remote_sensing.quality.truth import moved

    top, left, bottom, right = pit
    spot = moved(Point(GRID @ ((left + right) / 2, (top + bottom) / 2)), "EPSG:32649", "EPSG:4326")
    (one,) = [p for p in found.places if p.place.zone.intersects(spot)]
    return one


# the words


def test_new_grown_shrunk_gone_and_unchanged_are_told_apart(tmp_path):
    grown, shrunk, gone, new = (
        (10, 80, 30, 100),
        (10, 110, 30, 130),
        (90, 10, 105, 30),
        (90, 60, 105, 80),
    )
    found = compared(
        tmp_path,
        (SUMMER, ground(OLD, grown, shrunk, gone)),
        (NEXT, ground(OLD, (10, 80, 30, 108), (10, 110, 30, 119), new)),
    )  # fmt: skip
    asked = {"old": OLD, "grown": grown, "shrunk": (10, 110, 30, 118), "gone": gone, "new": new}
    words = {name: state_of(found, pit).last.state for name, pit in asked.items()}
    assert words == {
        "old": "UNCHANGED", "grown": "GROWN", "shrunk": "SHRUNK", "gone": "GONE", "new": "NEW",
    }  # fmt: skip
    look = state_of(found, grown).last
    assert look.change_m2 == pytest.approx(20 * 8 * 100, rel=0.05)
    assert 0 < look.uncertainty_m2 < look.change_m2
    assert look.compared_with == date(2021, 6, 19)
    assert state_of(found, gone).last.change_m2 == pytest.approx(-15 * 20 * 100, rel=0.01)


def test_half_a_pixel_all_round_is_no_change(tmp_path):
    found = compared(tmp_path, (SUMMER, ground(OLD)), (NEXT, ground((10, 10, 40, 51))))
    assert states(found) == ["UNCHANGED"]
    surer = compared(
        tmp_path / "b", (SUMMER, ground(OLD)), (NEXT, ground((10, 10, 40, 51))), position_error_m=0
    )
    assert surer.places[0].last.uncertainty_m2 < found.places[0].last.uncertainty_m2


def test_what_all_borders_do_alike_is_the_season_and_taken_back(tmp_path):
    wider = [(t - 1, a - 1, b + 1, c + 1) for t, a, b, c in STAY]
    really = (t, a, b, c) = (20, 100, 40, 120)
    found = compared(
        tmp_path, (SUMMER, ground(*STAY, really)), (NEXT, ground(*wider, (t, a, b, c + 15)))
    )
    (swing,) = found.swings
    assert swing.borders.places == 7 and swing.borders.alike_m > 5
    assert {state_of(found, pit).last.state for pit in STAY} == {"UNCHANGED"}
    assert state_of(found, really).last.state == "GROWN"


def test_too_few_places_leave_more_doubt_between_seasons_than_within_one(tmp_path):
    same = compared(tmp_path / "a", (SUMMER, ground(OLD)), (NEXT, ground(OLD)))
    other = compared(tmp_path / "b", (SUMMER, ground(OLD)), ("2021-10-19", ground(OLD)))
    assert same.swings[0].borders.places is None
    assert other.places[0].last.uncertainty_m2 > same.places[0].last.uncertainty_m2


def test_a_date_is_compared_with_its_own_season(tmp_path):
    bigger = (10, 10, 40, 65)
    found = compared(
        tmp_path, (SUMMER, ground(OLD)), ("2021-12-01", ground(OLD)), (NEXT, ground(bigger))
    )
    assert found.places[0].last.compared_with == date(2021, 6, 19)
    assert found.places[0].last.state == "GROWN"


# what is not seen is not gone


@pytest.mark.parametrize("hidden", [CLOUD, 255])
def test_what_a_cloud_hides_is_unseen_and_never_gone(tmp_path, hidden):
    clouded = ground(OLD)
    clouded[5:45, 5:55] = hidden
    found = compared(
        tmp_path, (SUMMER, ground(OLD, *STAY[:2])), (NEXT, clouded), (AFTER, ground(OLD))
    )
    one = state_of(found, OLD)
    assert [look.state for look in one.looks] == ["FIRST", "UNSEEN", "UNCHANGED"]
    assert one.looks[2].compared_with == date(2021, 6, 19)
    assert one.looks[1].seen_share == 0
    assert state_of(found, STAY[0]).last.state == "GONE"


def test_half_hidden_places_change_only_where_both_dates_see(tmp_path):
    clouded = ground(OLD)
    clouded[5:20, 5:55] = CLOUD  # a third of the pit
    found = compared(tmp_path, (SUMMER, ground(OLD)), (NEXT, clouded))
    assert states(found) == ["UNCHANGED"]


def test_snow_that_only_the_image_shows_hides_a_pit(tmp_path):
    reflectance = np.zeros((10, 120, 160), np.uint16)
    reflectance[:] = np.array(SPECTRA["bare_soil"], np.uint16)[:, None, None]
    snow = (9000, 9000, 9000, 9000, 8500, 8500, 8000, 8000, 800, 600)
    reflectance[:, :60, :80] = np.array(snow, np.uint16)[:, None, None]
    from remote_sensing.intake.bands import CANONICAL

    path = write_raster(
        tmp_path / "winter.tif", reflectance, names=CANONICAL,
        tags={"ACQUIRED": NEXT}, transform=GRID,
    )  # fmt: skip
    first = make_run(tmp_path / "a", ground(OLD), SUMMER)
    second = make_run(tmp_path / "b", ground(), NEXT, image=("winter.tif", sha256_of(path)))
    blind = compare.changes(read_runs([first, second]), follow_up.current())
    assert states(blind) == ["GONE"]
    runs = with_images(read_runs([first, second]), [tmp_path])
    assert [run.image is not None for run in runs] == [False, True]
    (one,) = compare.changes(runs, follow_up.current()).places
    assert [look.state for look in one.looks] == ["FIRST", "UNSEEN"]


def test_a_score_that_only_wavers_is_no_change(tmp_path):
    weak = np.full((120, 160), 2)
    weak[10:40, 10:50] = 40  # the class is another by a little
    first = make_run(tmp_path / "a", ground(OLD), SUMMER)
    second = make_run(tmp_path / "b", ground(), NEXT, pit_percent=weak)
    assert states(compare.changes(read_runs([first, second]), follow_up.current())) == ["UNCHANGED"]


def test_a_date_of_another_radiometry_is_not_compared(tmp_path):
    strange = np.where(ground() == PIT, PIT, np.roll(ground(), 80, axis=1))  # all classes swapped
    found = compared(tmp_path, (SUMMER, ground(OLD)), (NEXT, strange), (AFTER, ground(OLD)))
    one = state_of(found, OLD)
    assert [look.state for look in one.looks] == ["FIRST", "UNSEEN", "UNCHANGED"]
    assert [(pair.before.year, pair.after.year) for pair in found.unlike] == [
        (2021, 2022), (2022, 2023),
    ]  # fmt: skip


# one place, whatever the outlines do


def test_a_place_that_splits_and_one_that_merges_stay_one_place(tmp_path):
    halves = [(10, 10, 40, 28), (10, 32, 40, 50)]
    found = compared(tmp_path, (SUMMER, ground(OLD)), (NEXT, ground(*halves)), (AFTER, ground(OLD)))
    (one,) = found.places
    assert [len(own) for own in one.place.dates] == [1, 2, 1]
    assert one.looks[1].change_m2 == pytest.approx(-30 * 4 * 100)


def test_jittered_outlines_make_no_second_place(tmp_path):
    dice = np.random.default_rng(4)
    pits = [
        (10 + 25 * r, 10 + 25 * c, 24 + 25 * r, 24 + 25 * c) for r in range(4) for c in range(6)
    ]
    jittered = [tuple(int(n + dice.integers(-3, 4)) for n in pit) for pit in pits]
    found = compared(tmp_path, (SUMMER, ground(*pits)), (NEXT, ground(*jittered)))
    assert len(found.places) == len(pits)


def test_places_have_one_name_whatever_the_order_of_the_runs(tmp_path):
    folders = [
        make_run(tmp_path / "a", ground(OLD), SUMMER),
        make_run(tmp_path / "b", ground(OLD), NEXT),
    ]
    one, other = (
        places.join([run.found for run in read_runs(order)]) for order in (folders, folders[::-1])
    )
    assert [p.id for p in one] == [p.id for p in other]


# grids


def test_another_crs_and_another_pixel_size_make_no_change(tmp_path):
    codes = ground(OLD, *STAY)
    with rasterio.open(
        write_raster(tmp_path / "flat.tif", codes[None], transform=GRID, nodata=255)
    ) as flat:
        there, width, height = calculate_default_transform(
            flat.crs, "EPSG:4326", flat.width, flat.height, *flat.bounds
        )
        moved = np.full((height, width), 255, np.uint8)
        reproject(
            codes, moved, src_transform=flat.transform, src_crs=flat.crs, dst_transform=there,
            dst_crs="EPSG:4326", resampling=Resampling.nearest, dst_nodata=255, src_nodata=255,
        )  # fmt: skip
    first = make_run(tmp_path / "a", codes, SUMMER)
    second = make_run(tmp_path / "b", moved, NEXT, crs="EPSG:4326", grid=there, least_px=0)
    found = compare.changes(read_runs([first, second]), follow_up.current())
    assert states(found) == ["UNCHANGED"] * 7
    back = compare.changes(read_runs([second, first]), follow_up.current())
    assert states(back) == ["UNCHANGED"] * 7


def test_a_place_beyond_the_other_image_is_no_news(tmp_path):
    shifted = Affine(10, 0, GRID.c + 800, 0, -10, GRID.f)
    first = make_run(tmp_path / "a", ground(OLD), SUMMER)
    second = make_run(tmp_path / "b", ground((10, 120, 40, 150)), NEXT, grid=shifted)
    found = compare.changes(read_runs([first, second]), follow_up.current())
    assert [[look.state for look in one.looks] for one in found.places] == [
        ["FIRST", "UNSEEN"], ["UNSEEN", "FIRST"],
    ]  # fmt: skip


# runs that do not fit


def test_runs_that_cannot_be_compared_are_refused(tmp_path):
    first = make_run(tmp_path / "a", ground(OLD), SUMMER)
    far = Affine(10, 0, GRID.c + 90_000, 0, -10, GRID.f)
    cases = {
        TooFewRuns: [first],
        SameDay: [first, make_run(tmp_path / "same", ground(OLD), SUMMER)],
        ModelsDiffer: [first, make_run(tmp_path / "model", ground(OLD), NEXT, model="other")],
        RunsApart: [first, make_run(tmp_path / "far", ground(OLD), NEXT, grid=far)],
        RunUndated: [first, make_run(tmp_path / "undated", ground(OLD), None)],
        NotARun: [first, tmp_path],
    }
    for error, folders in cases.items():
        with pytest.raises(error):
            read_runs(folders)
    with pytest.raises(SameDay):
        read_runs([first, first])
    with pytest.raises(DatesMiscounted):
        read_runs([first, tmp_path / "undated"], [date(2021, 6, 19)])
    runs = read_runs([tmp_path / "undated", first], [date(2022, 6, 19), date(2021, 6, 19)])
    assert [run.name for run in runs] == ["a", "undated"]
    (tmp_path / "same" / "classes.tif").write_bytes(b"")
    with pytest.raises(RunChanged):
        read_runs([first, tmp_path / "same"])


def test_no_candidates_at_all_are_no_changes(tmp_path):
    assert compared(tmp_path, (SUMMER, ground()), (NEXT, ground())).places == ()


# the files and the command


def call(*words):
    return CliRunner().invoke(build(["change"]), ["change", *map(str, words)])


def test_the_command_writes_the_changes_and_their_record_the_same_each_time(tmp_path):
    gone = (90, 10, 105, 30)
    folders = [
        make_run(tmp_path / "a", ground(OLD, gone), SUMMER),
        make_run(tmp_path / "b", ground(OLD), NEXT),
    ]
    for out in ("one", "two"):
        done = call(*folders, "--out", tmp_path / out)
        assert done.exit_code == 0, done.output
    names = (files.CHANGES, files.RECORD)
    assert [(tmp_path / "one" / n).read_bytes() for n in names] == [
        (tmp_path / "two" / n).read_bytes() for n in names
    ]
    content = json.loads(
        (tmp_path / "one" / files.CHANGES).read_bytes(), parse_constant=pytest.fail
    )
    words = {f["properties"]["state"]: f for f in content["features"]}
    assert set(words) == {"UNCHANGED", "GONE"}
    assert words["GONE"]["properties"]["last_seen_on"] == SUMMER
    assert words["GONE"]["geometry"]["type"] == "Polygon"
    record = json.loads((tmp_path / "one" / files.RECORD).read_bytes(), parse_constant=pytest.fail)
    assert record["states"] == {"GONE": 1, "UNCHANGED": 1}
    assert call(*folders, "--out", tmp_path / "x", "--dates", "yesterday").exit_code == 2
    assert json.loads(call(*folders, "--out", tmp_path / "y", "--json").stdout)["places"] == 2
