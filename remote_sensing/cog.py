"""A cloud-optimised GeoTIFF, laid down from a raster and its smaller copies.

Each size is a tiled GeoTIFF of its own whose blocks are compressed already; they are moved as they
are, which costs no more than copying. First come the directories, the largest size first, then the
blocks, the smallest size first: who wants an overview reads the file's beginning only.
"""

import struct
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

_SUBFILE, _OFFSETS, _LENGTHS = 254, 324, 325
_OF_THE_WHOLE = {33550, 33922, 34264, 34735, 34736, 34737, 42112}
"""Where it lies on the ground and what its bands are called, said once."""
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 16: 8}
_SHORT, _LONG, _LONG8 = 3, 4, 16
_NUMBERS = {_SHORT: "<u2", _LONG: "<u4", _LONG8: "<u8"}
_PROMISE = b"\n".join((
    b"LAYOUT=IFDS_BEFORE_DATA",
    b"BLOCK_ORDER=ROW_MAJOR",
    b"BLOCK_LEADER=SIZE_AS_UINT4",
    b"BLOCK_TRAILER=LAST_4_BYTES_REPEATED",
    b"KNOWN_INCOMPATIBLE_EDITION=NO",
    b" INTERLEAVE=BAND",
    b"",
))  # fmt: skip
"""What GDAL knows a COG by; whoever edits the file in place turns the NO into a YES."""
_LEADER, _TRAILER = 4, 4
_MOST = 2**32 - 1
"""Bytes of which a classic TIFF can say where they stand."""

Numbers = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One value of a directory: the type and number of its parts, and their bytes."""

    kind: int
    count: int
    value: bytes


Directory = Mapping[int, _Entry]


def join(sizes: Sequence[Path], to: Path) -> None:
    """Write ``to`` from little-endian tiled GeoTIFFs, the whole first, then ever smaller copies.

    Raises OSError where a block is not there.
    """
    with ExitStack() as stack, to.open("wb") as out:
        files = [stack.enter_context(path.open("rb")) for path in sizes]
        known = [_directory(file) for file in files]
        lengths = [_numbers(directory[_LENGTHS]) for directory in known]
        places = [np.zeros_like(each) for each in lengths]
        room = [each + np.uint64(_LEADER + _TRAILER) for each in lengths]
        data = sum(int(each.sum()) for each in room)
        big = len(_head(known, lengths, places, big=False)) + data > _MOST
        at = len(_head(known, lengths, places, big=big))
        for number in reversed(range(len(sizes))):
            before = np.cumsum(room[number]) - room[number]
            places[number] = before + np.uint64(at + _LEADER)
            at += int(room[number].sum())
        out.write(_head(known, lengths, places, big=big))
        for file, directory in zip(reversed(files), reversed(known), strict=True):
            _move_blocks(file, directory, out)


def _move_blocks(file: BinaryIO, directory: Directory, out: BinaryIO) -> None:
    places, lengths = (_numbers(directory[tag]).tolist() for tag in (_OFFSETS, _LENGTHS))
    for place, length in zip(places, lengths, strict=True):
        file.seek(place)
        block = file.read(length)
        if not length or len(block) != length:
            raise OSError("a block that should have been written is not there")
        out.write(struct.pack("<I", length) + block + block[-_TRAILER:])


def _directory(file: BinaryIO) -> Directory:
    """Read the first directory of a TIFF, classic or big."""
    big = file.read(4) == b"II+\0"
    row, inline = ("<HHQ8s", 8) if big else ("<HHI4s", 4)
    file.seek(8 if big else 4)
    file.seek(_number(file, inline))
    found = {}
    rows = _number(file, 8 if big else 2)
    for tag, kind, count, value in struct.iter_unpack(row, file.read(rows * struct.calcsize(row))):
        size = _BYTES[kind] * count
        if size > inline:
            file.seek(int.from_bytes(value, "little"))
            value = file.read(size)
        found[tag] = _Entry(kind, count, value[:size])
    return found


def _head(
    known: Sequence[Directory], lengths: Sequence[Numbers], places: Sequence[Numbers], *, big: bool
) -> bytes:
    """Return all that stands before the blocks."""
    said = b"GDAL_STRUCTURAL_METADATA_SIZE=%06d bytes\n" % len(_PROMISE) + _PROMISE
    start = 16 if big else 8
    first = start + len(said) + len(said) % 2
    header = struct.pack("<2sHHHQ", b"II", 43, 8, 0, first) if big else (
        struct.pack("<2sHI", b"II", 42, first)
    )  # fmt: skip
    out = header + said.ljust(first - start, b"\0")
    for number, directory in enumerate(known):
        entries = dict(directory)
        if number:
            entries = {tag: one for tag, one in entries.items() if tag not in _OF_THE_WHOLE}
            entries[_SUBFILE] = _Entry(_LONG, 1, struct.pack("<I", 1))
        entries[_LENGTHS] = _entry(lengths[number], _LONG)
        entries[_OFFSETS] = _entry(places[number], _LONG8 if big else _LONG)
        out += _laid(entries, len(out), is_last=number == len(known) - 1, big=big)
    return out


def _laid(entries: Directory, at: int, *, is_last: bool, big: bool) -> bytes:
    """Return the bytes of a directory that begins at ``at``, with what does not fit into its rows.

    The next one follows at once.
    """
    count, row, inline, pointer = ("<Q", "<HHQ", 8, "<Q") if big else ("<H", "<HHI", 4, "<I")
    high = struct.calcsize(row) + inline
    beside = at + struct.calcsize(count) + high * len(entries) + struct.calcsize(pointer)
    rows, values = struct.pack(count, len(entries)), b""
    for tag, entry in sorted(entries.items()):
        value = entry.value
        if len(value) > inline:
            value = struct.pack(pointer, beside + len(values))
            values += entry.value + b"\0" * (len(entry.value) % 2)
        rows += struct.pack(row, tag, entry.kind, entry.count) + value.ljust(inline, b"\0")
    return rows + struct.pack(pointer, 0 if is_last else beside + len(values)) + values


def _entry(numbers: Numbers, kind: int) -> _Entry:
    return _Entry(kind, len(numbers), numbers.astype(_NUMBERS[kind]).tobytes())


def _numbers(entry: _Entry) -> Numbers:
    return np.frombuffer(entry.value, _NUMBERS[entry.kind]).astype(np.uint64)


def _number(file: BinaryIO, size: int) -> int:
    return int.from_bytes(file.read(size), "little")
