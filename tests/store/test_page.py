"""Pages that together are the whole list, and marks that were not ours."""

import base64
import hashlib
import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.terms import CandidateState
from gis.store import candidates, shape, tables
from gis.store.engine import make_engine
from gis.store.page import CursorUnknown, _pack, _unpack
from tests.makers import KUNDULUN, a_candidate, a_district

CONFIDENCES = [0.5, 0.1 + 0.2, 0.30000000000000004, 0.9, 0.9, 0.9, 1 / 3, 0.0, 1.0, 0.9]

LIST = hashlib.sha256(repr((KUNDULUN, None, None, 0.0)).encode()).hexdigest()[:12]


@pytest.fixture
def connection(database_url):
    """Ten candidates, four of them equally likely, and one of another district."""
    engine = make_engine(database_url)
    with engine.connect() as connection:
        other = a_district(code="150204", name_zh="青山区")
        shape.insert(connection, tables.districts, [a_district(), other])
        shape.insert(
            connection,
            tables.candidates,
            [a_candidate(id=UUID(int=99 - i), confidence=c) for i, c in enumerate(CONFIDENCES)]
            + [a_candidate(district_code="150204")],
        )
        yield connection
    engine.dispose()


def pages(connection, limit, **wanted):
    mark, found = None, []
    for _ in range(20):
        page = candidates.page(connection, KUNDULUN, limit=limit, after=mark, **wanted)
        found.append(page)
        if (mark := page.next) is None:
            return found
    raise AssertionError("the list does not end")


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 9, 10, 11, 1000])
def test_all_pages_together_are_the_list_in_order(connection, limit):
    found = pages(connection, limit)
    items = [item for page in found for item in page.items]
    keys = [(-item.confidence, item.id) for item in items]
    assert keys == sorted(keys)
    assert sorted(item.confidence for item in items) == sorted(CONFIDENCES)
    assert len({item.id for item in items}) == len(CONFIDENCES)
    assert {page.total for page in found} == {10}
    assert all(len(page.items) == limit for page in found[:-1])


def test_what_is_asked_for_holds_on_every_page(connection):
    found = pages(connection, 2, min_confidence=0.9)
    assert [len(page.items) for page in found] == [2, 2, 1]
    assert pages(connection, 2, state=CandidateState.GONE)[0].items == []
    assert pages(connection, 2, class_name="ash_pile")[0].total == 0


def test_a_row_added_meanwhile_is_neither_doubled_nor_does_it_hide_one(connection):
    first = candidates.page(connection, KUNDULUN, limit=4)
    newcomer = a_candidate(confidence=0.95)
    shape.insert(connection, tables.candidates, [newcomer])
    rest = candidates.page(connection, KUNDULUN, limit=100, after=first.next)
    seen = [item.id for item in first.items + rest.items]
    assert len(seen) == len(set(seen)) == 10


def packed(thing):
    return base64.urlsafe_b64encode(json.dumps(thing).encode()).decode()


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "x",
        "!!!!",
        "甲乙丙丁",
        "\ud800",
        packed(None),
        packed({}),
        packed([]),
        packed([LIST, 10, "0.9"]),
        packed([LIST, 10, "0.9", str(UUID(int=1)), "more"]),
        packed([LIST, 10, "much", str(UUID(int=1))]),
        packed([LIST, 10, "0.9", "no uuid"]),
        packed([LIST, 10, "1e999", str(UUID(int=1))]),
        packed([LIST, 10, "0.9'; drop table candidates; --", str(UUID(int=1))]),
        packed([LIST, 10, {}, []]),
        packed([LIST, 10, "\x00", "\x00"]),
        packed([LIST, -1, "0.9", str(UUID(int=1))]),
        packed([LIST, "10", "0.9", str(UUID(int=1))]),
        packed([LIST, True, "0.9", str(UUID(int=1))]),
        packed(["another list", 10, "0.9", str(UUID(int=1))]),
        packed("\x00\x00"),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
    ids=range(23),
)
def test_a_mark_that_is_not_ours_is_refused_in_words(connection, mark):
    with pytest.raises(CursorUnknown) as caught:
        candidates.page(connection, KUNDULUN, limit=4, after=mark)
    assert "第一页" in caught.value.sentence("zh-CN")


@given(st.lists(st.text() | st.none(), max_size=4), st.integers(min_value=0))
def test_a_mark_reads_back(values, total):
    assert _unpack(_pack(values, total, "list"), len(values), "list") == (values, total)


@given(st.text() | st.binary().map(lambda b: base64.urlsafe_b64encode(b).decode()))
def test_any_other_text_is_a_mark_of_ours_or_refused(mark):
    try:
        marks, total = _unpack(mark, 2, "list")
        assert len(marks) == 2 and total >= 0
    except CursorUnknown:
        pass


def test_the_counts_are_those_of_the_rows(connection):
    counts = candidates.counts(connection, KUNDULUN)
    assert counts == {"total": 10, "by_state": {"TO_CHECK": 10}, "by_class": {"slag_pile": 10}}
    assert candidates.areas_by_class(connection, KUNDULUN) == [("slag_pile", 10, 375_000.0)]
