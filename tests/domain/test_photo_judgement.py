"""What is said of a photograph: each sentence when it must be, and not otherwise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.photos.judgement import Likeness, Seen, Visit, judge
from gis.domain.photos.picture_record import PictureRecord
from gis.domain.terms import TimeBasis
from gis.rules import photo_limits

LIMITS = photo_limits.current()
THEN = datetime(2026, 6, 1, 1, 30, tzinfo=UTC)
RECORD = PictureRecord(
    lon=109.70123,
    lat=40.70456,
    bearing_deg=90.0,
    taken_at=THEN,
    time_basis=TimeBasis.LOCAL,
    camera_at=THEN,
    camera="Redmi Note 13",
    software="MIUI Camera",
)
SOUND = Seen(
    record=RECORD,
    position_from="PHOTO",
    accuracy_m=6.0,
    bearing_deg=90.0,
    distance_m=40.0,
    off_axis_deg=3.0,
    apart_m=8.0,
    unshifted_m=500.0,
    visit=Visit(THEN, THEN),
    alike=(),
)


def said(**changes) -> list[str]:
    return [one["code"] for one in judge(replace(SOUND, **changes), LIMITS)["warnings"]]


def record(**changes) -> PictureRecord:
    return replace(RECORD, **changes)


def other(**changes) -> Likeness:
    return replace(Likeness(uuid4(), False, False), **changes)


def test_of_a_sound_photograph_nothing_is_said():
    found = judge(SOUND, LIMITS)
    assert found["warnings"] == [] and found["is_looking_at"] is True
    assert (found["distance_m"], found["minutes_from_visit"]) == (40.0, 0.0)
    assert found["has_position"] and found["has_bearing"] and found["has_time"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"distance_m": 201.0}, "far_from_place"),
        ({"distance_m": 5_000_000.0}, "far_from_place"),
        ({"off_axis_deg": 51.0}, "looking_away"),
        ({"position_from": None, "distance_m": None, "off_axis_deg": None}, "no_position"),
        ({"position_from": "PHONE", "accuracy_m": 3000.0}, "poor_fix"),
        ({"apart_m": 101.0}, "positions_differ"),
        ({"apart_m": 520.0, "unshifted_m": 12.0}, "shifted_position"),
        ({"visit": Visit(THEN, THEN + timedelta(minutes=61))}, "time_apart"),
        ({"visit": Visit(THEN, THEN - timedelta(days=400))}, "time_apart"),
        ({"record": record(satellite_at=THEN + timedelta(hours=1))}, "clocks_differ"),
        ({"alike": (other(is_same_file=True),)}, "same_file"),
        ({"alike": (other(),)}, "same_picture"),
        ({"alike": (other(is_same_check=True),)}, "repeated_here"),
        ({"record": PictureRecord()}, "no_record"),
        ({"record": record(taken_at=None, camera_at=None)}, "no_time"),
        ({"record": record(software="Adobe Photoshop 25")}, "edited"),
        ({"record": record(software="美图秀秀")}, "edited"),
        ({"record": record(lon=109.7, lat=40.71)}, "round_position"),
    ],
)
def test_one_fault_is_one_sentence(changes, code):
    assert said(**changes) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"distance_m": 200.0},
        {"off_axis_deg": 50.0},
        {"off_axis_deg": 170.0, "distance_m": 0.0},
        {"off_axis_deg": None, "bearing_deg": None},
        {"position_from": "PHOTO", "accuracy_m": 3000.0},
        {"visit": None, "distance_m": None, "off_axis_deg": None},
        {"record": record(lon=109.7, lat=40.70456)},
    ],
)
def test_what_is_within_the_limits_or_unknown_is_not_held_against_it(changes):
    assert said(**changes) == []


def test_a_satellites_time_is_held_against_the_servers_and_a_cameras_against_the_phones():
    """A phone whose clock is an hour slow: camera and check err alike, the satellites do not."""
    slow = Visit(found_at=THEN, checked_at=THEN - timedelta(hours=1))
    satellite = record(time_basis=TimeBasis.SATELLITE, satellite_at=THEN, camera_at=None)
    assert judge(replace(SOUND, visit=slow, record=satellite), LIMITS)["minutes_from_visit"] == 0
    camera = record(taken_at=THEN - timedelta(hours=1))
    assert judge(replace(SOUND, visit=slow, record=camera), LIMITS)["minutes_from_visit"] == 0


def test_the_same_picture_elsewhere_is_named():
    here, there = other(is_same_check=True), other(is_same_file=True)
    found = judge(replace(SOUND, alike=(there, here)), LIMITS)
    assert (found["same_as"], found["same_here"]) == ([str(there.id)], [str(here.id)])
    strong = {one["code"]: one["is_strong"] for one in found["warnings"]}
    assert strong == {"same_file": True, "repeated_here": False}


@given(
    distance=st.none() | st.floats(0, 2e7),
    off=st.none() | st.floats(0, 180),
    minutes=st.integers(-(10**7), 10**7),
    apart=st.none() | st.floats(0, 2e7),
)
def test_whatever_was_measured_becomes_whole_sentences_in_two_languages(
    distance, off, minutes, apart
):
    visit = Visit(THEN, THEN + timedelta(minutes=minutes))
    seen = replace(SOUND, distance_m=distance, off_axis_deg=off, visit=visit, apart_m=apart)
    found = judge(seen, LIMITS)
    for one in found["warnings"]:
        assert one["zh"].endswith("。") and one["en"].endswith(".") and "None" not in one["en"]
    assert found["minutes_from_visit"] == -minutes
