"""What the list says of papers: photos and the conclusion in force, as they stood at a moment."""

from dataclasses import replace
from uuid import uuid4

import pytest

from gis.domain.terms import AttachmentKind, ConclusionState
from gis.ledger import places
from gis.ledger.attachments import AttachmentSent, attach, withdraw_attachment
from gis.store import register, shape, tables
from tests.makers import Clock, a_conclusion, a_district, list_site, open_book
from tests.pictures import PDF, picture


@pytest.fixture
def book(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield book


def row(book, code, as_of):
    with book.reading() as connection:
        return register.one(connection, as_of, code)


def test_photos_are_counted_as_of_a_moment(book, tmp_path):
    code = list_site(book).code
    listed = book.clock()
    book.clock.tick()
    papers = []
    for content in (picture(), picture(320, 240), PDF):
        sent = AttachmentSent(uuid4(), code, AttachmentKind.PHOTO, "照片", "a.jpg")
        papers.append(attach(book, tmp_path, sent, content)[0])
    attached = book.clock()
    book.clock.tick()
    withdraw_attachment(book, code, papers[0].id, "重复")
    assert row(book, code, listed)["photos"] == 0
    assert row(book, code, attached)["photos"] == 2
    assert row(book, code, book.clock())["photos"] == 1


def test_the_conclusion_in_force_as_of_a_moment(book):
    code = list_site(book).code
    before = book.clock()
    at = book.clock.tick()
    first = a_conclusion(code, recorded_at=at, report_no="YS-1")
    later = book.clock.tick()
    ended = replace(first, version=2, recorded_at=later, state=ConclusionState.SUPERSEDED)
    second = a_conclusion(code, recorded_at=later, report_no="YS-2")
    with book.entry() as entry:
        shape.insert(entry.connection, tables.conclusions, [first, ended, second])
    told = [row(book, code, moment)["conclusion_report_no"] for moment in (before, at, later)]
    assert told == [None, "YS-1", "YS-2"]
    assert row(book, code, later)["conclusion_basis"] is first.basis
