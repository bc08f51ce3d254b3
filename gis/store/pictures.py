"""What an attached file really is, and the copies of pictures that pages show.

The copy is drawn anew from the pixels: whatever else the sender's file held (a web page, a zip
archive behind the picture, where and with what it was taken) does not come along.
"""

import io
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gis.domain.attachment import MOST_BYTES, OFFICE, PICTURES, SIGNATURES
from gis.domain.site_errors import FileRefused, FileTooLarge

MOST_PIXELS = 80_000_000
MOST_UNPACKED = 300_000_000
DISPLAY_PX = 1600
THUMB_PX = 320
GPS, TAKEN, ORIGINAL = 0x8825, 0x8769, 0x9003


@dataclass(frozen=True, slots=True)
class Paper:
    """A checked file: its true type; of a picture its size, copies, and its own record."""

    media_type: str
    width: int | None = None
    height: int | None = None
    taken_on: date | None = None
    lon: float | None = None
    lat: float | None = None
    display: bytes | None = None
    thumb: bytes | None = None


def examine(name: str, content: bytes) -> Paper:
    """Return what a file is, by its content. Raises FileRefused, FileTooLarge."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge(most_mb=MOST_BYTES // 1_000_000)
    if not content:
        raise _refused(name, "是空文件", "is empty")
    media_type = _type_of(name, content)
    if media_type in PICTURES:
        return _picture(name, media_type, content)
    if media_type == "application/pdf" and b"%%EOF" not in content[-2048:]:
        raise _refused(name, "PDF 不完整（可能未传完）", "is a PDF cut short")
    return Paper(media_type)


def _refused(name: str, zh: str, en: str) -> FileRefused:
    return FileRefused(name=name[:120], why_zh=zh, why_en=en)


def _type_of(name: str, content: bytes) -> str:
    for signature, media_type, _ in SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _office_type(name, content)
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"}:
        raise _refused(
            name, "HEIC 照片请先在手机上转为 JPG", "is a HEIC photo; save it as JPG first"
        )
    raise _refused(name, "内容不是所支持的格式", "holds none of the known formats")


def _office_type(name: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = {member.filename: member.file_size for member in package.infolist()}
    except zipfile.BadZipFile as error:
        raise _refused(name, "压缩结构已损坏", "is a damaged package") from error
    if sum(members.values()) > MOST_UNPACKED:
        raise _refused(name, "解压后过大", "would unpack to far too much")
    if any(part.endswith("vbaProject.bin") for part in members):
        raise _refused(name, "含有宏", "holds macros")
    for part, (media_type, _) in OFFICE.items():
        if part in members and "[Content_Types].xml" in members:
            return media_type
    raise _refused(name, "是压缩包", "is an archive")


def _picture(name: str, media_type: str, content: bytes) -> Paper:
    from PIL import Image, ImageOps

    form = {"image/jpeg": "JPEG", "image/png": "PNG"}[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Any = Image.open(io.BytesIO(content), formats=[form])
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise _refused(name, f"像素过多（{width}×{height}）", f"has {width} by {height} pixels")
        exif = picture.getexif()
        own = _own_record(exif)
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    except FileRefused:
        raise
    except Exception as error:  # a decoder fails in as many ways as a file can lie
        raise _refused(name, "图像已损坏或不完整", "is damaged or cut short") from error
    return Paper(
        media_type,
        *upright.size,
        **own,
        display=_drawn(upright, DISPLAY_PX),
        thumb=_drawn(upright, THUMB_PX),
    )


def _drawn(picture: Any, longest_px: int) -> bytes:
    from PIL import Image

    copy = Image.new("RGB", picture.size)
    copy.paste(picture)
    copy.thumbnail((longest_px, longest_px))
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=85)
    return out.getvalue()


def _own_record(exif: Any) -> dict[str, Any]:
    """Return the day and place that the camera wrote; what cannot be read is unknown."""
    return {"taken_on": _taken_on(exif), **dict(zip(("lon", "lat"), _position(exif), strict=True))}


def _taken_on(exif: Any) -> date | None:
    try:
        said = exif.get_ifd(TAKEN).get(ORIGINAL) or exif.get(0x0132)
        return datetime.strptime(str(said)[:10], "%Y:%m:%d").date()
    except (ValueError, TypeError, AttributeError):
        return None


def _position(exif: Any) -> tuple[float | None, float | None]:
    try:
        gps = exif.get_ifd(GPS)
        lat, lon = (
            sum(float(part) / 60**power for power, part in enumerate(gps[tag])) for tag in (2, 4)
        )
        lat, lon = (lat if gps[1] == "N" else -lat), (lon if gps[3] == "E" else -lon)
    except (KeyError, ValueError, TypeError, ZeroDivisionError, AttributeError):
        return None, None
    return (round(lon, 6), round(lat, 6)) if abs(lon) <= 180 and abs(lat) <= 90 else (None, None)
