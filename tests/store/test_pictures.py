"""What is taken in as a paper or picture, and what of it reaches a page (RELIABILITY F20)."""

import io
from datetime import date

import pytest
from PIL import Image

from gis.domain.sites.attachment import MOST_BYTES
from gis.domain.sites.errors import FileRefused, FileTooLarge
from gis.store.pictures import DISPLAY_PX, THUMB_PX, examine
from tests.pictures import DOCX, PDF, XLSX, bomb_png, package, photo, picture


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture(), "image/jpeg"),
        (picture(form="PNG"), "image/png"),
        (PDF, "application/pdf"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
    ids=["jpg", "png", "pdf", "docx", "xlsx"],
)
def test_a_file_is_what_its_content_says_whatever_its_name(content, kind):
    assert examine("照片.exe", content).media_type == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"GIF89a" + b"\x00" * 50,
        picture()[:200],
        picture()[:-400],
        picture(form="PNG")[:60],
        b"\xff\xd8\xff" + b"\x00" * 300,
        PDF[:-7],
        package("a.txt"),
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        DOCX[:-30],
        b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
        bomb_png(),
    ],
    ids=[
        *("empty", "html", "svg", "gif", "cut-jpg", "cut-jpg-tail", "cut-png", "noise", "cut-pdf"),
        *("zip", "macros", "cut-docx", "heic", "bomb"),
    ],
)
def test_what_is_refused_is_refused_in_words(content):
    with pytest.raises(FileRefused) as refused:
        examine("坏文件.jpg", content)
    assert "坏文件.jpg" in refused.value.sentence("zh-CN")


def test_a_package_that_unpacks_to_far_too_much():
    with pytest.raises(FileRefused, match="unpack"):
        examine("a.xlsx", package("a", "b", "c", "d", content=b"\x00" * 80_000_000))


def test_a_file_over_the_cap():
    with pytest.raises(FileTooLarge, match="50 MB"):
        examine("a.pdf", b"%PDF-" + bytes(MOST_BYTES))


def test_a_photographs_own_record_is_read_and_left_out_of_the_copies():
    paper = examine("a.jpg", photo())
    assert (paper.taken_on, paper.lon, paper.lat) == (date(2026, 6, 1), 109.701, 40.705)
    for copy in (paper.display, paper.thumb):
        assert len(opened(copy).getexif()) == 0
        assert "王工".encode() not in copy and b"Camera" not in copy


def test_a_turned_photograph_stands_upright():
    paper = examine("a.jpg", photo(orientation=6))
    assert (paper.width, paper.height) == (480, 640)
    red = opened(paper.display).getpixel((240, 20))
    assert red[0] > 150 > 60 > red[2]


@pytest.mark.parametrize("tail", [b"<?php system($_GET['c']); ?>", DOCX], ids=["php", "zip"])
def test_what_hides_behind_a_picture_does_not_reach_a_page(tail):
    paper = examine("a.jpg", picture() + tail)
    assert paper.media_type == "image/jpeg"
    assert tail not in paper.display and tail not in paper.thumb


def test_copies_are_small_enough_for_a_page():
    paper = examine("a.png", picture(4000, 3000, "PNG"))
    assert (paper.width, paper.height) == (4000, 3000)
    assert max(opened(paper.display).size) == DISPLAY_PX
    assert max(opened(paper.thumb).size) == THUMB_PX


def test_a_place_off_the_globe_is_unknown():
    exif = Image.Exif()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (200.0, 0.0, 0.0), "E", (109.0, 0.0, 0.0)
    paper = examine("a.jpg", picture(exif=exif))
    assert (paper.lon, paper.lat) == (None, None)
