"""What a camera wrote into its picture, read from whatever bytes stand there."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gis.domain.photos.picture_record import PictureRecord, record_of
from gis.domain.terms import TimeBasis
from gis.store import exif
from tests.pictures import picture


def written(main=(), shot=(), gps=()) -> PictureRecord:
    """What is read of a JPEG that was written with these tags."""
    record = Image.Exif()
    record.update(dict(main))
    record.get_ifd(0x8769).update(dict(shot))
    record.get_ifd(0x8825).update(dict(gps))
    return exif.read(Image.open(io.BytesIO(picture(8, 8, exif=record))).getexif())


PLACE = {1: "N", 2: (40.0, 42.0, 18.0), 3: "E", 4: (109.0, 42.0, 3.6)}


def test_a_phones_whole_record():
    found = written(
        {0x010F: "Redmi", 0x0110: "Note 13", 0x0131: "MIUI Camera"},
        {0x9003: "2026:06:01 09:30:05", 0x9011: "+08:00"},
        {
            **PLACE,
            5: b"\x00",
            6: 1067.4,
            7: (1.0, 30.0, 2.0),
            16: "M",
            17: 271.5,
            29: "2026:06:01",
        },
    )
    satellite = datetime(2026, 6, 1, 1, 30, 2, tzinfo=UTC)
    assert (found.lon, found.lat, found.altitude_m) == (109.701, 40.705, 1067.4)
    assert (found.bearing_deg, found.is_magnetic) == (271.5, True)
    assert (found.taken_at, found.time_basis) == (satellite, TimeBasis.SATELLITE)
    assert found.camera_at == datetime(2026, 6, 1, 1, 30, 5, tzinfo=UTC)
    assert (found.camera, found.software) == ("Redmi Note 13", "MIUI Camera")
    assert record_of(found.stored()) == found


@pytest.mark.parametrize(
    ("shot", "hour", "basis"),
    [
        ({0x9003: "2026:06:01 09:30:00", 0x9011: "+09:00"}, 0, TimeBasis.ZONED),
        ({0x9003: "2026:06:01 09:30:00"}, 1, TimeBasis.LOCAL),
        ({0x9003: "2026:06:01 09:30:00", 0x9011: "rubbish"}, 1, TimeBasis.LOCAL),
    ],
)
def test_a_cameras_clock_in_its_zone_or_beijings(shot, hour, basis):
    found = written(shot=shot)
    assert (found.taken_at.hour, found.time_basis) == (hour, basis)


@pytest.mark.parametrize(
    "said",
    ["0000:00:00 00:00:00", "1970:01:01 00:00:00", "9999:99:99 99:99:99", "yesterday", "2026"],
)
def test_a_clock_that_was_never_set_says_nothing(said):
    assert written(shot={0x9003: said}).taken_at is None


@pytest.mark.parametrize(
    "change",
    [
        {2: (200.0, 0.0, 0.0)},
        {4: (0.0, 0.0, 0.0), 2: (0.0, 0.0, 0.0)},
        {1: "X"},
        {2: (40.0, 75.0, 0.0)},
        {2: (40.0, 42.0)},
    ],
    ids=["off-globe", "null-island", "no-hemisphere", "75-minutes", "two-parts"],
)
def test_a_position_that_cannot_be_is_unknown(change):
    assert (written(gps=PLACE | change).lon, written(gps=PLACE | change).lat) == (None, None)


def test_the_other_hemispheres_and_a_negative_height():
    found = written(gps=PLACE | {1: "S", 3: "W", 5: b"\x01", 6: 12.0})
    assert (found.lon, found.lat, found.altitude_m) == (-109.701, -40.705, -12.0)


VALUES = st.one_of(
    st.none(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.binary(max_size=30),
    st.tuples(st.floats(), st.floats(), st.floats()),
    st.lists(st.one_of(st.text(max_size=5), st.integers()), max_size=5).map(tuple),
)


class Odd:
    """EXIF as a decoder gives it, with any value under any tag, or failing when asked."""

    def __init__(self, main, folders, fails):
        self.main, self.folders, self.fails = main, folders, fails

    def get(self, tag):
        if self.fails:
            raise ValueError("broken")
        return self.main.get(tag)

    def get_ifd(self, tag):
        if self.fails:
            raise SyntaxError("broken")
        return self.folders.get(tag, {})


@settings(max_examples=300)
@given(
    main=st.dictionaries(st.sampled_from([0x010F, 0x0110, 0x0131, 0x0132]), VALUES),
    shot=st.dictionaries(st.sampled_from([0x9003, 0x9011]), VALUES),
    gps=st.dictionaries(st.integers(0, 31), VALUES),
    fails=st.booleans(),
)
def test_any_record_is_read_or_unknown_and_comes_back_as_stored(main, shot, gps, fails):
    found = exif.read(Odd(main, {0x8769: shot, 0x8825: gps}, fails))
    assert record_of(found.stored()) == found
    assert found.lon is None or (abs(found.lon) <= 180 and abs(found.lat) <= 90)
    assert found.bearing_deg is None or 0 <= found.bearing_deg < 360
    assert found.software.isprintable() and len(found.camera) <= 121


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_random_bytes_where_the_record_stands(noise):
    content = picture(8, 8)
    body = b"Exif\x00\x00" + noise
    spoiled = content[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + content[2:]
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened = Image.open(io.BytesIO(spoiled))
        assert isinstance(exif.read(opened.getexif()), PictureRecord)
