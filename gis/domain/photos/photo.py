"""现场照片: a photograph of a field check, announced by the phone and received in pieces."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.terms import PhotoSource, PhotoState

PIECE_BYTES = 262_144
"""Small enough to get through a poor signal at once, large enough for few requests."""

MOST_BYTES = 60 * 1024 * 1024
"""The largest original that a phone of today writes is some 50 MB."""

MOST_UNFINISHED = 4 * 1024**3
"""What one account may have announced and not finished: a week's photographs of a team."""


@dataclass(frozen=True, slots=True)
class PhotoSent:
    """A photograph as the phone announces it: ``id`` was made there, once.

    ``fix`` is where the phone itself stood ({lon, lat, accuracy_m, at}), ``heading_deg`` where it
    pointed, clockwise from north; both may be unknown. ``recorded_by`` is who worked on the phone.
    """

    id: UUID
    check_id: UUID
    sha256: str
    size_bytes: int
    file_name: str
    source: PhotoSource
    chosen_at: datetime
    fix: dict[str, Any] | None
    heading_deg: float | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Photo(PhotoSent):
    """A photograph as the register keeps it; the file itself lies sealed under its SHA-256.

    ``record`` is what the camera wrote into the picture (`gis.domain.photos.picture_record`),
    ``judgement`` what was made of it (`gis.domain.photos.judgement`). Of a file that is no readable
    picture, ``fault_zh`` and ``fault_en`` say why.
    """

    announced_at: datetime
    announced_by: str
    state: PhotoState
    received_at: datetime | None
    media_type: str | None
    width: int | None
    height: int | None
    record: dict[str, Any] | None
    judgement: dict[str, Any] | None
    fault_zh: str | None
    fault_en: str | None

    @property
    def pieces(self) -> int:
        """Return how many pieces it comes in."""
        return pieces_of(self.size_bytes)

    @property
    def is_picture(self) -> bool:
        """Say whether pages can show it."""
        return self.state is PhotoState.RECEIVED


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a picture looks like, in 64 bits; the bands are its quarters, by which it is found."""

    photo_id: UUID
    look: int
    band_0: int
    band_1: int
    band_2: int
    band_3: int


def pieces_of(size_bytes: int) -> int:
    """Return how many pieces a file of this size comes in.

    >>> pieces_of(262_144), pieces_of(262_145)
    (1, 2)
    """
    return -(-size_bytes // PIECE_BYTES)


def piece_size(size_bytes: int, number: int) -> int:
    """Return how long piece ``number`` is, counted from 0; only the last may be shorter.

    >>> piece_size(262_145, 1)
    1
    """
    return min(PIECE_BYTES, size_bytes - number * PIECE_BYTES)
