"""What the list says of papers: photos and the conclusion in force, as they stood at a moment."""

from dataclasses import fields, replace
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gis.domain.checks.field_check import CheckSent, FieldCheck
from gis.domain.terms import (
    AttachmentKind,
    CandidateState,
    ConclusionState,
    PhotoState,
    ReviewState,
    Standing,
)
from gis.ledger import places
from gis.ledger.attachments import AttachmentSent, attach, withdraw_attachment
from gis.store import listing, papers_held, register, shape, tables
from tests.makers import (
    KUNDULUN,
    Clock,
    a_candidate,
    a_check,
    a_conclusion,
    a_district,
    list_site,
    open_book,
)
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


def taken(book, as_of, codes=None):
    with book.reading() as connection:
        return papers_held.photos_taken(connection, as_of, codes)


def file_photos(book, check_id, *states):
    """File photographs of a check in those states, received now."""
    rows = [
        {
            "id": uuid4(),
            "check_id": check_id,
            "sha256": uuid4().hex * 2,
            "size_bytes": 10,
            "file_name": "a.jpg",
            "source": "CAMERA",
            "chosen_at": book.clock(),
            "recorded_by": "zhao",
            "announced_at": book.clock(),
            "announced_by": "zhao",
            "state": state,
            "received_at": None if state is PhotoState.WAITING else book.clock(),
        }
        for state in states
    ]
    with book.entry() as entry:
        entry.connection.execute(sa.insert(tables.photos), rows)


def file_check(book, place, review=ReviewState.APPROVED):
    """File a check of a site's code or a candidate's id, in force since now where it passed."""
    at = book.clock()
    sent = a_check(place)
    made = {"district_code": KUNDULUN, "seen_outline": place.outline, "received_at": at}
    made |= {"received_by": "zhao", "clock_offset_s": None, "found_at": at, "review": review}
    made |= {"standing": Standing.PLAIN, "version": 1, "problems": []}
    made["effect_at"] = at if review.is_passed else None
    check = FieldCheck(**{name: getattr(sent, name) for name in FIELDS} | made)
    with book.entry() as entry:
        shape.insert(entry.connection, tables.field_checks, [check])
    return check.id


FIELDS = [field.name for field in fields(CheckSent)]


def test_photos_of_passed_checks_count_from_when_they_did(book):
    site = list_site(book)
    before = book.clock()
    book.clock.tick()
    passed = file_check(book, site)
    file_photos(book, passed, PhotoState.RECEIVED, PhotoState.RECEIVED, PhotoState.UNREADABLE)
    file_photos(book, passed, PhotoState.WAITING)
    waiting = file_check(book, site, ReviewState.RECEIVED)
    file_photos(book, waiting, PhotoState.RECEIVED)
    refused = file_check(book, site, ReviewState.REJECTED)
    file_photos(book, refused, PhotoState.RECEIVED)
    assert taken(book, before) == {}
    assert taken(book, book.clock()) == {site.code: 2}
    assert taken(book, book.clock(), [site.code]) == {site.code: 2}
    assert taken(book, book.clock(), ["150203-W99999-D"]) == {}


def test_a_site_counts_the_photos_of_the_candidate_that_it_was(book):
    site = list_site(book)
    candidate = a_candidate(site_code=site.code, state=CandidateState.CONFIRMED)
    with book.entry() as entry:
        shape.insert(entry.connection, tables.candidates, [candidate])
    file_photos(book, file_check(book, candidate), PhotoState.RECEIVED)
    file_photos(book, file_check(book, site), PhotoState.RECEIVED)
    assert taken(book, book.clock()) == {site.code: 2}
    scope = listing.Scope(KUNDULUN, book.clock(), is_now=True)
    with book.reading() as connection:
        (whole,) = listing.rows(connection, scope)
        (asked,) = listing.page(connection, scope, limit=5, has_photos=True).items
        (spared,) = listing.page(connection, scope, limit=5).items
    assert (whole["photos"], asked["photos"], spared["photos"]) == (2, 2, 0)
