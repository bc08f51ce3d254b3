"""What a received photograph is: its true kind, its own record, its copies, what it looks like."""

from dataclasses import dataclass
from pathlib import Path

from gis.domain.photos.picture_record import PictureRecord
from gis.store import drawing, fingerprint
from gis.store.pictures import DISPLAY_PX, THUMB_PX

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
HEAD_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Examined:
    """A received file looked at; without ``display`` it cannot be shown, and ``fault`` says why."""

    media_type: str
    width: int | None = None
    height: int | None = None
    record: PictureRecord | None = None
    display: bytes | None = None
    thumb: bytes | None = None
    look: int | None = None
    fault_zh: str | None = None
    fault_en: str | None = None


def examine(path: Path) -> Examined:
    """Return what a file is by its content; nothing that it holds makes this raise."""
    media_type, zh, en = _kind(path)
    if zh:
        return Examined(media_type, fault_zh=zh, fault_en=en)
    try:
        with path.open("rb") as file, drawing.drawn(file, media_type, DISPLAY_PX) as found:
            display = drawing.smaller(found.picture, DISPLAY_PX)
    except drawing.PictureFault as fault:
        return Examined(media_type, fault_zh=fault.zh, fault_en=fault.en)
    return Examined(
        media_type,
        found.width,
        found.height,
        found.record,
        display=drawing.as_jpeg(display),
        thumb=drawing.as_jpeg(drawing.smaller(display, THUMB_PX)),
        look=fingerprint.look_of(display),
    )


def _kind(path: Path) -> tuple[str, str, str]:
    """Return the media type by the first bytes, and what is wrong with it as a picture, if any."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg", "", ""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png", "", ""
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return "image/heic", "", ""
    if head.startswith(b"%PDF-"):
        return "application/pdf", "实际是 PDF 文件", "is really a PDF"
    if b"<svg" in head.lower():
        return "image/svg+xml", "实际是 SVG 矢量图", "is really an SVG drawing"
    return "application/octet-stream", "不是可识别的照片", "is no known kind of picture"
