"""The stamped copy: what it says, that it can be read, and that it covers nothing."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import numpy as np
import pytest
from PIL import Image

from gis.domain.photos.errors import FontMissing
from gis.domain.photos.label import PhotoLabel, label_of
from gis.domain.photos.photo import Photo
from gis.domain.photos.picture_record import PictureRecord
from gis.domain.terms import PhotoSource, PhotoState
from gis.store import stamping
from gis.store.stamping import GROUND, HEADING, TEXT, stamp

THEN = datetime(2026, 6, 19, 2, 0, 3, tzinfo=UTC)
RECORD = PictureRecord(lon=109.701, lat=40.705, taken_at=THEN, camera="Redmi")
PHOTO = Photo(
    id=UUID(int=1),
    check_id=uuid4(),
    sha256="a1b2c3d4" + "0" * 56,
    size_bytes=9,
    file_name="IMG.JPG",
    source=PhotoSource.CAMERA,
    chosen_at=THEN,
    fix={"lon": 109.7, "lat": 40.7, "accuracy_m": 5, "at": None},
    heading_deg=None,
    recorded_by="waiye",
    announced_at=THEN,
    announced_by="waiye",
    state=PhotoState.RECEIVED,
    received_at=THEN,
    media_type="image/jpeg",
    width=640,
    height=480,
    record=RECORD.stored(),
    judgement={"distance_m": 126.7, "bearing_deg": 268.0},
    fault_zh=None,
    fault_en=None,
)
LABEL = label_of(PHOTO, "一号渣堆", "150203-W00001-D", "外业一组")


def test_a_stamp_says_place_position_bearing_time_person_and_hash():
    assert LABEL.lines == (
        "150203-W00001-D　一号渣堆",
        "位置　109.701000°E 40.705000°N（CGCS2000，照片记录）　　距图斑 127 m",
        "方位　西 268°　　拍摄　2026-06-19 10:00:03（北京时间）",
        "核实人　外业一组　　原片 SHA-256 前 8 位　a1b2c3d4",
    )


def test_what_is_unknown_is_said_and_the_phones_position_is_named_as_such():
    bare = replace(PHOTO, record=None, judgement=None)
    text = "\n".join(label_of(bare, "候选图斑", "7f8c0a3a", "甲").lines)
    assert "109.700000°E 40.700000°N（CGCS2000，手机定位）" in text
    assert "方位　未知" in text and "时间未知" in text
    assert "位置　未知" in label_of(replace(bare, fix=None), "", "", "甲").lines[1]


def display(tmp_path, size, level):
    path = tmp_path / "display.jpg"
    Image.new("RGB", size, (level,) * 3).save(path, quality=95)
    return path


@pytest.mark.parametrize("level", [0, 128, 255], ids=["dark", "grey", "light"])
@pytest.mark.parametrize("size", [(1600, 1200), (1200, 1600), (320, 240)], ids=str)
def test_the_bar_stands_below_the_picture_and_covers_nothing(tmp_path, size, level):
    found = Image.open(io.BytesIO(stamp(display(tmp_path, size, level), LABEL)))
    picture = np.asarray(found.crop((0, 0, size[0], size[1] - 16)))
    assert abs(picture.astype(int) - level).max() <= 3
    bar = np.asarray(found.crop((0, size[1] + 8, *found.size)).convert("L"))
    assert found.width == size[0] and 60 < bar.shape[0] <= size[1]
    assert (bar > 200).mean() > 0.01 and not (bar[:, -10:] > 100).any(), "no line is cut"


def luminance(colour):
    parts = [(c / 255 + 0.055) / 1.055 for c in colour]
    linear = [(p if p > 0.0937 else 0) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [TEXT, HEADING])
def test_the_text_stands_out_seven_to_one(colour):
    assert (luminance(colour) + 0.05) / (luminance(GROUND) + 0.05) >= 7


def test_a_name_as_long_as_a_book_ends_in_dots(tmp_path):
    label = PhotoLabel(("150203-W00001-D　" + "渣" * 200, *LABEL.lines[1:]))
    found = Image.open(io.BytesIO(stamp(display(tmp_path, (640, 480), 80), label)))
    assert found.width == 640
    assert not (np.asarray(found.crop((632, 490, 640, found.height)).convert("L")) > 100).any()


def test_without_a_chinese_font_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    stamping._font.cache_clear()
    with pytest.raises(FontMissing, match="fonts-noto-cjk"):
        stamp(display(tmp_path, (640, 480), 80), LABEL)
    stamping._font.cache_clear()
