"""Opens pictures and draws them anew from their pixels, upright, in the size that is asked for.

Whatever else the sender's file held (a web page, a zip archive behind the picture, where and with
what it was taken) does not come along.
"""

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from gis.domain.photos.picture_record import PictureRecord
from gis.store import exif

MOST_PIXELS = 80_000_000
MOST_DRAFT_PIXELS = 250_000_000
"""A plain JPEG is unpacked at the half, a quarter or an eighth: the phones' largest are welcome."""
FORMS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIF"}
TURN = threading.BoundedSemaphore(2)
"""Unpacked pictures are large: two at a time, however many phones come home at once."""


class PictureFault(Exception):
    """A picture that cannot be drawn, and why, in both languages; the doors decide what follows."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture upright and in colour, at least as large as asked, with its true size."""

    picture: Any
    width: int
    height: int
    record: PictureRecord


@contextmanager
def drawn(file: IO[bytes], media_type: str, least_px: int) -> Iterator[Drawn]:
    """Yield a picture whose longer side is ``least_px`` or more, if it has so many.

    Raises PictureFault. Only the decoder of ``media_type`` is asked, whatever the file holds.
    """
    with TURN:
        found = _unpacked(file, FORMS[media_type], least_px)
        try:
            yield found
        finally:
            found.picture.close()


def _unpacked(file: IO[bytes], form: str, least_px: int) -> Drawn:
    from PIL import Image, ImageOps

    if form == "HEIF":
        from pi_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            Image.MAX_IMAGE_PIXELS = MOST_DRAFT_PIXELS  # else the phones' largest are refused
            picture: Any = Image.open(file, formats=[form])
        width, height = picture.size
        is_plain = form == "JPEG" and not picture.info.get("progressive")
        if width * height > (MOST_DRAFT_PIXELS if is_plain else MOST_PIXELS):
            raise PictureFault(f"像素过多（{width}×{height}）", f"has {width} by {height} pixels")
        own = picture.getexif()
        record = exif.read(own)
        if form == "JPEG":
            picture.draft("RGB", _at_least(width, height, least_px))
        picture.load()
        turned = own.get(0x0112) in {5, 6, 7, 8}
        upright = _in_colour(ImageOps.exif_transpose(picture))
    except PictureFault:
        raise
    except Image.DecompressionBombError as error:
        raise PictureFault("像素过多", "has far too many pixels") from error
    except Exception as error:  # a decoder fails in as many ways as a file can lie
        raise PictureFault("图像已损坏或不完整", "is damaged or cut short") from error
    return Drawn(upright, *((height, width) if turned else (width, height)), record)


def _at_least(width: int, height: int, least_px: int) -> tuple[int, int]:
    share = min(1.0, least_px / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))


def _in_colour(picture: Any) -> Any:
    """Return it as RGB; what lies behind a transparent one is white."""
    from PIL import Image

    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
        picture = Image.alpha_composite(white, picture)
    return picture.convert("RGB")


def smaller(picture: Any, longest_px: int) -> Any:
    """Return a copy whose longer side is ``longest_px`` at most, with nothing but its pixels."""
    from PIL import Image

    small = picture.copy()
    small.thumbnail((longest_px, longest_px))
    copy = Image.new("RGB", small.size)
    copy.paste(small)
    return copy


def as_jpeg(picture: Any) -> bytes:
    """Return a picture's pixels as a JPEG file."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
