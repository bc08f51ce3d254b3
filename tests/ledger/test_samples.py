"""Passed checks teach the next run: labelled, dated, never twice, frozen for good."""

import json
import os
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from shapely.geometry import box

from gis.domain.checks.answers import Answers
from gis.domain.detection.sample import OF_KIND, OF_WASTE, Sample, label_of, on_images
from gis.domain.detection.training_set import is_place_kept_back, with_doubts
from gis.domain.terms import LeftOut, LookAlike, ReviewAct, SiteKind, Verdict, WasteClass
from gis.exports.samples import write_set
from gis.ledger.checks import record_field_check
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.ledger.reviews import ReviewAsked, review_check
from gis.ledger.samples import (
    NoSamples,
    SetExists,
    SetNameUnfit,
    all_sets,
    freeze_if_new,
    freeze_samples,
)
from gis.spatial.crs import as_multipolygon, transform
from gis.store import checks, samples, training_sets
from remote_sensing.classes import all_classes
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest
from remote_sensing.training.labels import read_vector
from remote_sensing.training.train import train
from tests.ledger.looking import all_candidates, rows, verbs
from tests.makers import NOON, a_check, a_look_alike, a_run, a_scene, square
from tests.remote_sensing.make_scene import make_scene

DAY = date(2026, 6, 19)


def on_ground(left, top, right, bottom):
    """A rectangle of the made scene's pixels, as lon/lat."""
    east, north = 398_000, 4_501_000
    there = box(east + 10 * left, north - 10 * bottom, east + 10 * right, north - 10 * top)
    return as_multipolygon(transform(there, 32649, 4490))


PIT, SOIL = on_ground(16, 14, 29, 27), on_ground(1, 1, 15, 15)


@pytest.fixture
def image(book, tmp_path):
    """A scene with real pixels: a pit and bare soil, both found by a run."""
    made = make_scene(tmp_path / "s2.tif")
    opened = open_scene(made.path, acquired_on=DAY)
    there = a_scene(
        name="s2_real",
        path=str(made.path),
        footprint=opened.footprint_lonlat,
        sha256=opened.sha256,
        radiometry={"scale": 1e-4, "offset": -0.1},
    )
    found = add_scene(book, there)
    file_candidates(book, found.id, a_run(PIT, SOIL))
    book.clock.tick()
    return found


def received(book, sent):
    check, _ = record_field_check(book, sent, at_once=False)
    book.clock.tick()
    return check


def review(book, check, act=ReviewAct.APPROVE, comment="", **changes):
    with book.reading() as connection:
        version = checks.check(connection, check.id).version
    done = review_check(book, ReviewAsked(uuid4(), check.id, act, comment, changes, version))
    book.clock.tick()
    return done


def places(book):
    found = all_candidates(book)
    return {
        "pit": next(one for one in found if one.outline == PIT),
        "soil": next(one for one in found if one.outline == SOIL),
    }


def both_passed(book):
    there = places(book)
    pit = a_check(there["pit"], verdict=Verdict.PIT, kind="MINE_PIT", waste_class="NONE")
    soil = a_look_alike(there["soil"], look_alike="bare_soil")
    return [review(book, received(book, sent)) for sent in (pit, soil)]


def test_verdicts_of_the_field_train_the_next_model(book, image, tmp_path):
    both_passed(book)
    made = freeze_samples(book, tmp_path / "samples", "第一批", "150203", write_set)
    assert (made.record["samples"], made.record["taught"]) == (2, 2)
    assert made.record["labels"] == {"bare_soil": 1, "open_pit": 1}
    read = manifest.read(made.folder / "manifest.toml")
    assert read.classes == ("open_pit", "bare_soil")
    (there,) = read.scenes
    assert (there.acquired_on, there.offset) == (DAY, -0.1)
    model = train(read)
    assert set(model.card.classes) == {"open_pit", "bare_soil"}
    assert model.card.samples["open_pit"] > 100 and model.card.samples["bare_soil"] > 150
    frame = read_vector(made.folder / "samples.gpkg")
    assert list(frame["label"]) == list(frame.sort_values("found_on")["label"])
    assert set(frame["verdict"]) == {"PIT", "LOOK_ALIKE"}
    assert set(frame["found_on"]) == {DAY.isoformat()}
    assert frame.crs.to_epsg() == 4490


def test_only_what_was_passed_is_a_sample_and_as_it_was_passed(book, image):
    there = places(book)
    pit = received(book, a_check(there["pit"], recorded_by="甲"))
    rival = received(book, a_look_alike(there["pit"], recorded_by="乙"))
    soil = received(book, a_check(there["soil"], recorded_by="甲"))
    with book.reading() as connection:
        assert samples.samples_in(connection, "150203") == []
    review(book, pit, ReviewAct.SETTLE, "照片可见采坑", verdict="PIT", kind="SAND_PIT")
    review(book, soil, ReviewAct.REJECT, "走错了地方")
    with book.reading() as connection:
        (one,) = samples.samples_in(connection, "150203")
    assert (one.check_id, one.label, one.verdict) == (pit.id, "sand_pit", Verdict.PIT)
    assert rival.id != one.check_id


def test_a_place_checked_again_counts_once_an_image(book, image):
    pit, _ = both_passed(book)
    (site_code,) = (key.split(":")[1] for key in pit.effects if key.startswith("site:"))
    again = a_check(
        places(book)["pit"],
        verdict=Verdict.PIT,
        kind="MINE_PIT",
        checked_at=NOON + timedelta(days=1),
        outline=on_ground(15, 13, 30, 28),
        outline_by="DRAWN",
    )
    later = review(book, received(book, again))
    with book.reading() as connection:
        found = samples.samples_in(connection, "150203")
        assert [one.place_key for one in found].count(site_code) == 2
        on = on_images(found, [image], 180)
    (mine,) = [one for one in on if one.place_key == site_code]
    assert (mine.check_id, mine.is_redrawn) == (later.id, True)
    assert mine.outline == on_ground(15, 13, 30, 28)


def test_a_wrong_clock_does_not_date_the_sample(book, image):
    wrong = NOON - timedelta(days=400)
    sent = replace(
        a_check(places(book)["pit"], checked_at=wrong), sent_at=book.clock() - timedelta(days=400)
    )
    review(book, received(book, sent))
    with book.reading() as connection:
        (one,) = samples.samples_in(connection, "150203")
    assert one.found_on == DAY


def test_a_frozen_set_stays_and_tells_when_it_was_touched(book, image, tmp_path):
    both_passed(book)
    shelf = tmp_path / "samples"
    freeze_samples(book, shelf, "a", "150203", write_set)
    with pytest.raises(SetExists):
        freeze_samples(book, shelf, "a", "150203", write_set)
    again = freeze_samples(book, shelf, "b", "150203", write_set)
    one, other = all_sets(shelf)
    assert (one.damaged, other.damaged) == ([], [])
    assert one.record["files"] == other.record["files"], "the same checks make the same bytes"
    with (again.folder / "samples.gpkg").open("ab") as stream:
        stream.write(b"x")
    assert [found.damaged for found in all_sets(shelf)] == [[], ["samples.gpkg"]]
    assert verbs(book).count("freeze_samples") == 2
    assert json.loads((again.folder / "set.json").read_text("utf-8")) == again.record


def test_nothing_is_left_of_a_set_that_could_not_be_frozen(book, image, tmp_path):
    shelf = tmp_path / "samples"
    with pytest.raises(NoSamples):
        freeze_samples(book, shelf, "a", "150203", write_set)
    for name in ("", "../up", "a/b", "x" * 61, "."):
        with pytest.raises(SetNameUnfit):
            freeze_samples(book, shelf, name, "150203", write_set)
    assert os.listdir(shelf) == [] and "freeze_samples" not in verbs(book)
    assert rows(book, "field_checks") == {"field_checks": 0}


def test_every_label_is_a_class_of_imagery():
    known = set(all_classes())
    assert set(OF_KIND.values()) | set(OF_WASTE.values()) <= known
    looks = {label_of(Verdict.LOOK_ALIKE, Answers(look_alike=one), None) for one in LookAlike}
    assert looks - {None} <= known


@pytest.mark.parametrize(
    ("verdict", "said", "detected", "label"),
    [
        (Verdict.WASTE, {"kind": "WASTE_PILE", "waste_class": "SW02"}, "slag_pile", "ash_pile"),
        (
            Verdict.WASTE,
            {"kind": "WASTE_PILE", "waste_class": "UNIDENTIFIED"},
            "ash_pile",
            "ash_pile",
        ),
        (Verdict.WASTE, {"kind": "WASTE_PILE", "waste_class": "HW"}, "open_pit", None),
        (Verdict.WASTE, {"kind": "TAILINGS_POND", "waste_class": "SW05"}, None, "tailings"),
        (Verdict.PIT, {"kind": "SAND_PIT"}, "open_pit", "sand_pit"),
        (Verdict.LOOK_ALIKE, {"look_alike": "operating_mine"}, "open_pit", None),
        (Verdict.GONE, {"kind": "WASTE_PILE"}, "slag_pile", None),
    ],
)
def test_what_a_check_is_an_example_of(verdict, said, detected, label):
    words = {"kind": SiteKind, "waste_class": WasteClass, "look_alike": LookAlike}
    answers = Answers(**{name: words[name](value) for name, value in said.items()})
    assert label_of(verdict, answers, detected) == label


def test_an_image_shows_a_sample_only_whole_and_near_in_time():
    sample = Sample(
        *(uuid4(), 1, "k", "150203", DAY, Verdict.PIT, "open_pit", square(), False),
    )
    whole = box(109.65, 40.65, 109.8, 40.8)
    near = a_scene(acquired_on=DAY - timedelta(days=9), footprint=whole, name="near")
    far = a_scene(acquired_on=DAY - timedelta(days=200), footprint=whole, name="far")
    part = a_scene(acquired_on=DAY, footprint=box(109.7005, 40.65, 109.8, 40.8), name="part")
    undated = a_scene(acquired_on=None, footprint=whole, name="undated")
    (on,) = on_images([sample], [far, part, undated, near], 180)
    assert on.scene == near and on.days_apart == 9
    (none,) = on_images([sample], [far, part, undated], 180)
    assert none.scene is None


def test_a_set_is_rows_of_the_register_and_made_only_when_something_changed(book, image, tmp_path):
    shelf = tmp_path / "samples"
    pit, soil = both_passed(book)
    first, is_new = freeze_if_new(book, shelf, "150203", write_set)
    assert is_new and (first.samples, first.taught) == (2, 2)
    assert first.labels == {"bare_soil": 1, "open_pit": 1}
    assert freeze_if_new(book, shelf, "150203", write_set) == (first, False)
    with book.reading() as connection:
        found = training_sets.rows_of_set(connection, first.id)
        counted = training_sets.counts_of(connection, first.id)
    classes = {row.check_id: row.class_name for row in found}
    assert classes == {pit.id: "open_pit", soil.id: "bare_soil"}
    assert {row.scene_id for row in found} == {image.id}
    assert counted["kept_back"] == sum(is_place_kept_back(row.outline) for row in found)

    other = a_look_alike(places(book)["soil"], look_alike="other", checked_at=NOON)
    review(book, received(book, other))  # the place is looked at again: nothing to learn from it
    second, is_new = freeze_if_new(book, shelf, "150203", write_set)
    assert is_new and second.name != first.name and second.labels == {"open_pit": 1}
    with book.reading() as connection:
        assert training_sets.rows_of_set(connection, first.id) == found, "a frozen set stays"
        again = training_sets.rows_of_set(connection, second.id)
        assert training_sets.counts_of(connection, second.id)["left_out"] == {"NO_CLASS": 1}
    assert {row.left_out for row in again} == {None, LeftOut.NO_CLASS}


def test_what_is_doubtful_teaches_nothing():
    scene = a_scene(footprint=box(109.65, 40.65, 109.8, 40.8))

    def sample(outline, label="open_pit", on=scene):
        said = (uuid4(), 1, "k", "150203", DAY, Verdict.PIT, label, outline, False, on)
        return Sample(*said)

    pit, apart = square(), square(109.75)
    found = with_doubts(
        [
            *(sample(pit), sample(square(109.701), "bare_soil"), sample(apart)),
            *(sample(square(109.72), None), sample(square(109.73), on=None)),
            sample(square(109.74, size=0.0002)),
            sample(square(109.7505)),  # overlaps one of its own class: no quarrel
        ]
    )
    assert [one.left_out for one in found] == [
        *(LeftOut.CONTRADICTED, LeftOut.CONTRADICTED, None),
        *(LeftOut.NO_CLASS, LeftOut.NO_IMAGE, LeftOut.TOO_SMALL, None),
    ]
