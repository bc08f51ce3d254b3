"""What the phone sends: one hash for one content, and nothing that its verdict lacks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.errors import CheckIncomplete, DateInFuture
from gis.domain.field_check import CLOCK_TOLERANCE, CheckSent, FieldCheck, require_complete
from gis.domain.terms import LookAlike, SiteKind, Verdict, WasteClass
from tests.makers import NOON

CHECK = FieldCheck(
    id=UUID(int=1),
    candidate_id=UUID(int=2),
    seen_version=1,
    verdict=Verdict.CONFIRMED,
    kind=SiteKind.WASTE_PILE,
    waste_class=WasteClass.SW01,
    look_alike=None,
    note="",
    checked_at=NOON,
    received_at=NOON,
    checked_by="王工",
    has_conflict=False,
    body_sha256="",
)
BODY = {
    "candidate_id": UUID(int=2),
    "seen_version": 1,
    "verdict": Verdict.CONFIRMED,
    "kind": SiteKind.WASTE_PILE,
    "waste_class": WasteClass.SW01,
    "look_alike": None,
    "note": "堆高 6 m",
    "checked_at": NOON,
}


def body_hash(**content):
    return CheckSent(id=UUID(int=1), **content).content_hash()


def test_a_whole_confirmation_is_taken():
    require_complete(CHECK)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.integers(-14 * 60, 14 * 60),
)
def test_the_hash_is_the_same_in_every_time_zone(moment, minutes):
    elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))
    here = body_hash(**BODY | {"checked_at": moment})
    assert here == body_hash(**BODY | {"checked_at": elsewhere})
    later = moment + timedelta(microseconds=1)
    assert here != body_hash(**BODY | {"checked_at": later})


@pytest.mark.parametrize(
    "change",
    [
        {"candidate_id": UUID(int=3)},
        {"seen_version": 2},
        {"verdict": Verdict.GONE},
        {"kind": SiteKind.MINE_PIT},
        {"kind": None},
        {"waste_class": WasteClass.SW02},
        {"look_alike": LookAlike.SNOW},
        {"note": "堆高 7 m"},
        {"note": "堆高 6 m "},
    ],
)
def test_every_part_of_the_content_is_in_the_hash(change):
    assert body_hash(**BODY) != body_hash(**BODY | change)


def test_text_cannot_move_between_fields_unseen():
    one = body_hash(**BODY | {"note": '", "SW01'})
    assert one != body_hash(**BODY | {"note": ""})


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"kind": None}, "site kind"),
        ({"waste_class": None}, "waste class"),
        ({"verdict": Verdict.LOOK_ALIKE}, "look-alike"),
    ],
)
def test_a_verdict_without_what_it_needs_is_refused(change, missing):
    with pytest.raises(CheckIncomplete, match=missing) as caught:
        require_complete(replace(CHECK, **change))
    assert "请补填" in caught.value.sentence("zh-CN")


@pytest.mark.parametrize("verdict", [Verdict.GONE, Verdict.UNREACHABLE])
def test_gone_and_unreachable_need_nothing_more(verdict):
    require_complete(replace(CHECK, verdict=verdict, kind=None, waste_class=None))


def test_a_device_clock_may_be_off_by_a_day_and_no_more():
    require_complete(replace(CHECK, checked_at=NOON + CLOCK_TOLERANCE))
    with pytest.raises(DateInFuture, match="2026-06-20"):
        too_late = NOON + CLOCK_TOLERANCE + timedelta(seconds=1)
        require_complete(replace(CHECK, checked_at=too_late))
