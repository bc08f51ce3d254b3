"""A photograph in pieces: nothing lost, nothing doubled, whatever is cut, killed or sent again."""

import hashlib
import os
import random
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.photos import photo as nouns
from gis.domain.photos.errors import (
    PhotoDiffers,
    PhotoNotYours,
    PhotoTooLarge,
    PieceDamaged,
    PieceUnfit,
    TooMuchUnfinished,
)
from gis.domain.photos.photo import PIECE_BYTES, PhotoSent, piece_size, pieces_of
from gis.domain.sites.errors import IdReused
from gis.domain.terms import PhotoSource, PhotoState
from gis.errors import DiskFull
from gis.ledger import Book
from gis.ledger.photos import DISPLAY, THUMB, Shelves, add_piece, announce
from gis.store import files, pieces
from tests.ledger.looking import everything, rows, verbs
from tests.makers import NOON
from tests.pictures import PDF, photo

BIG = photo() + random.Random(4).randbytes(3 * PIECE_BYTES)
"""A photograph of four pieces; what lies behind a JPEG's end is kept and never shown."""


@pytest.fixture
def shelves(tmp_path):
    return Shelves(tmp_path / "incoming", tmp_path / "photos")


def sent(content: bytes, **changes) -> PhotoSent:
    one = PhotoSent(
        id=uuid4(),
        check_id=uuid4(),
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        file_name="IMG_0001.JPG",
        source=PhotoSource.CAMERA,
        chosen_at=NOON,
        fix={"lon": 109.701, "lat": 40.705, "accuracy_m": 6.0, "at": None},
        heading_deg=12.0,
        recorded_by="王工",
    )
    return replace(one, **changes)


def piece(content: bytes, number: int) -> bytes:
    return content[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]


def put(book, shelves, one, content, number):
    part = piece(content, number)
    digest = hashlib.sha256(part).hexdigest()
    return add_piece(book, shelves, one.id, number, part, digest)


def put_all(book, shelves, one, content):
    for number in range(pieces_of(len(content))):
        found = put(book, shelves, one, content, number)
    return found


def test_a_photograph_arrives_in_pieces_in_any_order(book, shelves):
    one = sent(BIG)
    first, is_new = announce(book, shelves, one)
    assert is_new and first.state is PhotoState.WAITING and first.pieces == 4
    for number in (3, 0, 2):
        assert put(book, shelves, one, BIG, number).state is PhotoState.WAITING
    assert pieces.have(shelves.incoming, first) == [0, 2, 3]
    found = put(book, shelves, one, BIG, 1)
    assert (found.state, found.received_at) == (PhotoState.RECEIVED, NOON)
    original = files.place_of(shelves.kept, one.sha256)
    assert original.read_bytes() == BIG
    assert stat.S_IMODE(original.stat().st_mode) & 0o222 == 0
    for copy in (DISPLAY, THUMB):
        assert files.place_of(shelves.kept, one.sha256, copy).read_bytes()[:3] == b"\xff\xd8\xff"
    assert list(shelves.incoming.iterdir()) == []
    assert found.record["lon"] == 109.701 and found.record["taken_at"].startswith("2026-06-01")
    assert verbs(book)[-2:] == ["announce_photo", "receive_photo"]


def test_the_same_announcement_and_piece_five_times_change_nothing(book, shelves):
    one = sent(BIG)
    for _ in range(5):
        announce(book, shelves, one)
        put(book, shelves, one, BIG, 0)
    done = put_all(book, shelves, one, BIG)
    before = everything(book)
    for _ in range(5):
        assert announce(book, shelves, one) == (done, False)
        assert put(book, shelves, one, BIG, 2) == done
    assert everything(book) == before
    assert rows(book, "photos") == {"photos": 1}
    assert list(shelves.incoming.iterdir()) == []


def test_all_pieces_at_once_complete_the_photograph_once(book, shelves):
    one = sent(BIG)
    announce(book, shelves, one)
    with ThreadPoolExecutor(8) as pool:
        numbers = [*range(4)] * 4
        found = list(pool.map(lambda n: put(book, shelves, one, BIG, n), numbers))
    assert {state.state for state in found} <= {PhotoState.WAITING, PhotoState.RECEIVED}
    assert announce(book, shelves, one)[0].state is PhotoState.RECEIVED
    assert verbs(book).count("receive_photo") == 1
    assert files.place_of(shelves.kept, one.sha256).read_bytes() == BIG


def test_a_damaged_piece_is_refused_and_not_kept(book, shelves):
    one = sent(BIG)
    found, _ = announce(book, shelves, one)
    with pytest.raises(PieceDamaged):
        add_piece(book, shelves, one.id, 0, piece(BIG, 0), "0" * 64)
    assert pieces.have(shelves.incoming, found) == []


@pytest.mark.parametrize(
    ("number", "part"),
    [(0, b""), (0, BIG[:-1][:PIECE_BYTES][:-1]), (4, b"x"), (3, BIG[-20:])],
    ids=["empty", "short", "beyond", "short-last"],
)
def test_a_piece_of_another_length_or_number_is_refused(book, shelves, number, part):
    one = sent(BIG)
    found, _ = announce(book, shelves, one)
    with pytest.raises(PieceUnfit):
        add_piece(book, shelves, one.id, number, part, hashlib.sha256(part).hexdigest())
    assert pieces.have(shelves.incoming, found) == []


def test_pieces_of_another_file_are_dropped_with_a_sentence_and_the_right_one_follows(
    book, shelves
):
    other = BIG[:-1] + bytes([BIG[-1] ^ 1])
    one = sent(BIG)
    announce(book, shelves, one)
    with pytest.raises(PhotoDiffers, match="IMG_0001"):
        put_all(book, shelves, one, other)
    found, _ = announce(book, shelves, one)
    assert found.state is PhotoState.WAITING and pieces.have(shelves.incoming, found) == []
    assert not any(path.is_file() for path in shelves.kept.rglob("*"))
    assert put_all(book, shelves, one, BIG).state is PhotoState.RECEIVED


def test_a_file_that_is_no_picture_is_kept_byte_for_byte_and_said(book, shelves):
    one = sent(PDF, file_name="照片.jpg")
    announce(book, shelves, one)
    found = put_all(book, shelves, one, PDF)
    assert (found.state, found.media_type) == (PhotoState.UNREADABLE, "application/pdf")
    assert "PDF" in found.fault_zh and found.fault_en
    assert files.place_of(shelves.kept, one.sha256).read_bytes() == PDF


def test_another_file_under_the_same_id_is_refused(book, shelves):
    one = sent(BIG)
    announce(book, shelves, one)
    before = everything(book)
    for change in ({"sha256": "1" * 64}, {"size_bytes": 9}, {"check_id": uuid4()}):
        with pytest.raises(IdReused):
            announce(book, shelves, replace(one, **change))
    assert everything(book) == before


def test_only_who_announced_it_may_send_it_and_who_holds_it_may_take_over(book, shelves):
    one = sent(BIG)
    announce(book, shelves, one)
    put(book, shelves, one, BIG, 0)
    colleague = Book(book.engine, "李工", book.clock)
    with pytest.raises(PhotoNotYours):
        put(colleague, shelves, one, BIG, 1)
    with pytest.raises(NotInRegister):
        put(book, shelves, sent(BIG), BIG, 1)
    found, is_new = announce(colleague, shelves, one)
    assert not is_new and found.recorded_by == "王工"
    assert put_all(colleague, shelves, one, BIG).state is PhotoState.RECEIVED


def test_too_large_and_too_much(book, shelves, monkeypatch):
    with pytest.raises(PhotoTooLarge, match="60 MB"):
        announce(book, shelves, sent(BIG, size_bytes=nouns.MOST_BYTES + 1))
    monkeypatch.setattr("gis.ledger.photos.MOST_UNFINISHED", 2 * len(BIG))
    announce(book, shelves, sent(BIG))
    finished = sent(BIG)
    announce(book, shelves, finished)
    put_all(book, shelves, finished, BIG)
    announce(book, shelves, sent(BIG))
    with pytest.raises(TooMuchUnfinished):
        announce(book, shelves, sent(BIG))
    assert rows(book, "photos") == {"photos": 3}


def test_one_file_in_two_checks_is_kept_once_and_known_twice(book, shelves):
    for _ in range(2):
        one = sent(BIG)
        announce(book, shelves, one)
        put_all(book, shelves, one, BIG)
    assert rows(book, "photos") == {"photos": 2}
    assert len([p for p in shelves.kept.rglob("*") if p.is_file()]) == 3


@pytest.mark.parametrize("full", ["write", "assemble"])
def test_a_full_disk_is_said_and_leaves_nothing_half(book, shelves, monkeypatch, full):
    one = sent(BIG)
    found, _ = announce(book, shelves, one)
    for number in range(3):
        put(book, shelves, one, BIG, number)
    calls = iter([False] * (1 if full == "assemble" else 0) + [True] * 9)
    real = os.fsync

    def fsync(handle):
        if stat.S_ISREG(os.fstat(handle).st_mode) and next(calls):
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(DiskFull):
        put(book, shelves, one, BIG, 3)
    monkeypatch.undo()
    kept = [path for path in shelves.kept.rglob("*") if path.is_file()]
    assert kept == [] and not list(shelves.incoming.rglob(".part-*"))
    assert pieces.have(shelves.incoming, found)[:3] == [0, 1, 2]
    assert put(book, shelves, one, BIG, 3).state is PhotoState.RECEIVED


def test_a_disk_that_would_fill_is_said_before_the_phone_sends(book, shelves, monkeypatch):
    monkeypatch.setattr(pieces, "LEAST_FREE", 10**18)
    before = everything(book)
    with pytest.raises(DiskFull):
        announce(book, shelves, sent(BIG))
    assert everything(book) == before


KILLED = """
import hashlib, os, signal, sys
from pathlib import Path
from uuid import UUID
from gis.ledger import Book
from gis.ledger import photos
from gis.store import files, pieces, shape
from gis.store.engine import make_engine

url, incoming, kept, identity, source, where = sys.argv[1:]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
module, name = {
    "piece": (files.os, "replace"), "assembled": (photos.photo_examining, "examine"),
    "drawn": (photos.shape, "replace"), "stored": (pieces, "drop"),
}[where]
setattr(module, name, die)
content = Path(source).read_bytes()
book = Book(make_engine(url), "王工")
last = content[3 * 262144:]
digest = hashlib.sha256(last).hexdigest()
photos.add_piece(book, photos.Shelves(Path(incoming), Path(kept)), UUID(identity), 3, last, digest)
"""


@pytest.mark.parametrize("where", ["piece", "assembled", "drawn", "stored"])
def test_a_server_killed_at_any_step_finishes_when_the_phone_asks_again(
    book, database_url, shelves, tmp_path, where
):
    one = sent(BIG)
    announce(book, shelves, one)
    for number in range(3):
        put(book, shelves, one, BIG, number)
    source = tmp_path / "source"
    source.write_bytes(BIG)
    arguments = [database_url, shelves.incoming, shelves.kept, one.id, source, where]
    done = subprocess.run([sys.executable, "-c", KILLED, *map(str, arguments)])
    assert done.returncode == -signal.SIGKILL
    again, _ = announce(book, shelves, one)
    missing = sorted({*range(4)} - {*pieces.have(shelves.incoming, again)})
    if again.state is PhotoState.WAITING:
        assert missing == [3]
        again = put(book, shelves, one, BIG, 3)
    assert again.state is PhotoState.RECEIVED
    assert files.place_of(shelves.kept, one.sha256).read_bytes() == BIG
    assert verbs(book).count("receive_photo") == 1
    assert list(shelves.incoming.iterdir()) == []


def test_the_pieces_of_a_file_are_its_bytes():
    for size in (1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 10 * PIECE_BYTES + 7):
        parts = [piece_size(size, n) for n in range(pieces_of(size))]
        assert sum(parts) == size and min(parts) > 0 and {*parts[:-1]} <= {PIECE_BYTES}
