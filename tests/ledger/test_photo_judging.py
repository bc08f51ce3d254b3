"""Photographs held against their checks, whichever comes first."""

import hashlib
import io
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image

from gis.domain.photos.photo import PIECE_BYTES, PhotoSent, pieces_of
from gis.domain.terms import PhotoSource
from gis.ledger.checks import record_field_check
from gis.ledger.photos import Shelves, add_piece, announce
from gis.store import photos, shape, tables
from tests.ledger.looking import verbs
from tests.makers import NOON, a_candidate, a_check

EAST_OF_IT = (109.7035, 40.701)
"""Some 127 m east of the candidate's square (109.700 to 109.702 E, 40.700 to 40.702 N)."""


@pytest.fixture
def shelves(tmp_path):
    return Shelves(tmp_path / "incoming", tmp_path / "photos")


@pytest.fixture
def candidate(book):
    one = a_candidate()
    with book.entry() as entry:
        shape.insert(entry.connection, tables.candidates, [one])
    return one


def scenery(seed=1, where=EAST_OF_IT, bearing=270.0, taken="2026:06:19 10:00:00", quality=85):
    """A JPEG of ``seed``'s scenery, taken there, looking there, then."""
    record = Image.Exif()
    record[0x010F] = "Redmi"
    record.get_ifd(0x8769)[0x9003] = taken
    gps = record.get_ifd(0x8825)
    if where:
        gps[1], gps[2] = "N", (where[1], 0.0, 0.0)
        gps[3], gps[4] = "E", (where[0], 0.0, 0.0)
    if bearing is not None:
        gps[16], gps[17] = "T", bearing
    noise = np.random.default_rng(seed).integers(0, 255, (12, 12, 3), dtype=np.uint8)
    picture = Image.fromarray(noise).resize((640, 480), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=record, quality=quality)
    return out.getvalue()


def sent(book, shelves, check_id, content, **changes):
    values = {
        "id": uuid4(),
        "check_id": check_id,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
        "file_name": "IMG_0001.JPG",
        "source": PhotoSource.CAMERA,
        "chosen_at": NOON,
        "fix": None,
        "heading_deg": None,
        "recorded_by": "王工",
    }
    one = PhotoSent(**values | changes)
    announce(book, shelves, one)
    for number in range(pieces_of(len(content))):
        part = content[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
        digest = hashlib.sha256(part).hexdigest()
        found = add_piece(book, shelves, one.id, number, part, digest)
    return found


def codes(photo):
    return [one["code"] for one in photo.judgement["warnings"]]


def again(book, photo):
    with book.reading() as connection:
        return photos.photo(connection, photo.id)


def test_a_photograph_after_its_check_is_judged_at_once(book, shelves, candidate):
    check, _ = record_field_check(book, a_check(candidate), at_once=True)
    found = sent(book, shelves, check.id, scenery()).judgement
    assert found["distance_m"] == pytest.approx(126.7, abs=1)
    assert (found["is_looking_at"], found["off_axis_deg"]) == (True, 0.0)
    assert (found["minutes_from_visit"], found["warnings"]) == (0.0, [])
    assert found["awaits_check"] is False


def test_a_photograph_before_its_check_is_judged_anew_when_it_comes(book, shelves, candidate):
    check = a_check(candidate)
    before = sent(book, shelves, check.id, scenery(bearing=90.0))
    assert before.judgement["awaits_check"] and before.judgement["distance_m"] is None
    record_field_check(book, check, at_once=True)
    after = again(book, before)
    assert after.judgement["distance_m"] == pytest.approx(126.7, abs=1)
    assert (after.judgement["is_looking_at"], codes(after)) == (False, ["looking_away"])
    assert verbs(book).count("judge_photo") == 1
    record_field_check(book, check, at_once=True)
    assert verbs(book).count("judge_photo") == 1


def test_far_at_another_time_and_looking_away_are_said_and_refuse_nothing(book, shelves, candidate):
    check, _ = record_field_check(book, a_check(candidate), at_once=True)
    content = scenery(where=(109.75, 40.71), bearing=90.0, taken="2025:06:19 10:00:00")
    found = sent(book, shelves, check.id, content)
    assert {*codes(found)} >= {"far_from_place", "looking_away", "time_apart"}
    assert found.received_at is not None


def test_without_its_own_position_the_phones_is_used_and_said(book, shelves, candidate):
    check, _ = record_field_check(book, a_check(candidate), at_once=True)
    fix = {"lon": EAST_OF_IT[0], "lat": EAST_OF_IT[1], "accuracy_m": 5.0, "at": None}
    content = scenery(where=None, bearing=None)
    found = sent(book, shelves, check.id, content, fix=fix, heading_deg=-90.0).judgement
    assert (found["position_from"], found["has_position"]) == ("PHONE", False)
    assert found["distance_m"] == pytest.approx(126.7, abs=1)
    assert (found["bearing_deg"], found["is_looking_at"]) == (270.0, True)


def test_its_own_position_against_the_phones(book, shelves, candidate):
    check, _ = record_field_check(book, a_check(candidate), at_once=True)
    fix = {"lon": 109.7035, "lat": 40.712, "accuracy_m": 5.0, "at": None}
    assert codes(sent(book, shelves, check.id, scenery(), fix=fix)) == ["positions_differ"]


def test_the_same_picture_in_another_check_saved_again_or_as_it_is(book, shelves, candidate):
    first, _ = record_field_check(book, a_check(candidate), at_once=True)
    original = sent(book, shelves, first.id, scenery(), chosen_at=NOON - timedelta(days=3))
    elsewhere = uuid4()
    assert codes(sent(book, shelves, elsewhere, scenery())) == ["same_file"]
    copy = sent(book, shelves, uuid4(), scenery(quality=40))
    assert codes(copy) == ["same_picture"] and str(original.id) in copy.judgement["same_as"]
    assert codes(sent(book, shelves, uuid4(), scenery(seed=2))) == []


def test_twice_in_the_same_check_is_said_mildly(book, shelves):
    check_id = uuid4()
    first = sent(book, shelves, check_id, scenery(seed=5))
    second = sent(book, shelves, check_id, scenery(seed=5, quality=60))
    assert codes(second) == ["repeated_here"]
    assert second.judgement["same_here"] == [str(first.id)] and second.judgement["same_as"] == []
