"""What an attached file really is, and the copies of pictures that pages show."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date

from gis.domain.sites.attachment import MOST_BYTES, OFFICE, PICTURES, SIGNATURES
from gis.domain.sites.errors import FileRefused, FileTooLarge
from gis.store import drawing, exif

MOST_UNPACKED = 300_000_000
DISPLAY_PX = 1600
THUMB_PX = 320


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
    try:
        with drawing.drawn(io.BytesIO(content), media_type, DISPLAY_PX) as found:
            display = drawing.smaller(found.picture, DISPLAY_PX)
            record = found.record
    except drawing.PictureFault as fault:
        raise _refused(name, fault.zh, fault.en) from fault
    return Paper(
        media_type,
        found.width,
        found.height,
        taken_on=exif.day_of(record),
        lon=record.lon,
        lat=record.lat,
        display=drawing.as_jpeg(display),
        thumb=drawing.as_jpeg(drawing.smaller(display, THUMB_PX)),
    )
