"""How much is taken from a file of outside, and what an archive may unpack to."""

import zipfile
from pathlib import Path

from gis.imports.errors import ArchiveUnsafe, FileDamaged, FileTooLarge

MOST_BYTES = 50_000_000
MOST_UNPACKED = 400_000_000
MOST_MEMBERS = 2_000
MOST_RATIO = 250
"""Sheets of real lists pack 10 to 60 to one; a bomb packs 1000."""
SMALL = 5_000_000
"""A member this small cannot hurt, however dense."""
MOST_ROWS = 50_000
MOST_COLUMNS = 300
MOST_CELL = 8_000
MOST_NAMED = 8
"""So many cells are named in one sentence."""


def require_size(path: Path, name: str) -> None:
    """Refuse a file of more bytes than are taken, or of none; raises FileTooLarge, FileDamaged."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise FileTooLarge(name=name, most_mb=MOST_BYTES // 1_000_000)
    if size == 0:
        raise FileDamaged(name=name, reason="0 bytes")


def require_sane(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse an archive that would unpack to too much; raises ArchiveUnsafe.

    What the directory declares is a bound: zipfile never gives more of a member than its declared
    size.
    """
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    dense = any(
        member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MOST_MEMBERS or total > MOST_UNPACKED or dense:
        raise ArchiveUnsafe(name=name, most_mb=MOST_UNPACKED // 1_000_000)


def named(cells: list[str]) -> str:
    """Return the first few of some cells, as a sentence names them.

    >>> named(["A1", "B2"])
    'A1、B2'
    """
    more = "…" if len(cells) > MOST_NAMED else ""
    return "、".join(cells[:MOST_NAMED]) + more
