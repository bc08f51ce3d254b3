"""Papers and pictures of a site: what may be attached, told by content and never by name."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gis.domain.terms import AttachmentKind

MOST_BYTES = 50_000_000
"""A survey report with its annexes; a photograph of 50 megapixels is a third of it."""

SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"%PDF-", "application/pdf", ".pdf"),
)
OFFICE = {
    "word/document.xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".docx",
    ),
    "xl/workbook.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xlsx",
    ),
}
"""Main part inside the package → media type and suffix."""

PICTURES = {"image/jpeg", "image/png"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper or picture of a site; the file itself is kept sealed under its SHA-256.

    ``taken_on``, ``lon`` and ``lat`` are what the photograph's own record said, before it was
    taken out of the copy that pages show. A withdrawn one stays kept, with who, when and why.
    """

    id: UUID
    site_code: str
    kind: AttachmentKind
    title: str
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    width: int | None
    height: int | None
    taken_on: date | None
    lon: float | None
    lat: float | None
    added_at: datetime
    added_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None

    @property
    def is_picture(self) -> bool:
        """Say whether pages can show it."""
        return self.media_type in PICTURES


def suffix_of(media_type: str) -> str:
    """Return the suffix that a file of this type is given, whatever its sender called it.

    >>> suffix_of("image/jpeg")
    '.jpg'
    """
    known = {kind: suffix for _, kind, suffix in SIGNATURES} | dict(OFFICE.values())
    return known[media_type]
