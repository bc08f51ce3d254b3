"""A check's hash, its clock, and what its verdict needs before it may take effect."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.checks.answers import ANSWERS, Answers, answers_of
from gis.domain.checks.errors import CheckIncomplete
from gis.domain.checks.field_check import (
    CLOCK_TOLERANCE,
    FieldCheck,
    clock_offset_s,
    corrected,
    require_complete,
    sha256_of,
)
from gis.domain.terms import ReviewState, SiteKind, Standing, Verdict, Via, WasteClass
from tests.makers import NOON, a_candidate, a_check, square

SENT = a_check(a_candidate())


def kept(**changes) -> FieldCheck:
    answers = {name: changes.pop(name) for name in [*changes] if name in ANSWERS}
    values = {name: getattr(SENT, name) for name in SENT.__dataclass_fields__}
    values["answers"] = values["answers"] | answers
    whole = FieldCheck(
        **values,
        district_code="150203",
        seen_outline=square(),
        received_at=NOON,
        received_by="王工",
        clock_offset_s=0.0,
        found_at=NOON,
        review=ReviewState.RECEIVED,
        standing=Standing.PLAIN,
        version=1,
        problems=[],
    )
    return replace(whole, **changes)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_the_hash_is_that_of_the_text_in_utf_8(text):
    assert sha256_of(text) == sha256(text.encode("utf-8")).hexdigest()


def test_whole_verdicts_are_taken():
    require_complete(kept())
    require_complete(kept(verdict=Verdict.PIT, kind="MINE_PIT", waste_class=None))
    require_complete(kept(verdict=Verdict.LOOK_ALIKE, look_alike="snow"))


@pytest.mark.parametrize("verdict", [Verdict.GONE, Verdict.UNREACHABLE])
def test_gone_and_unreachable_need_nothing_more(verdict):
    require_complete(kept(verdict=verdict, kind=None, waste_class=None))


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"kind": None}, "site kind"),
        ({"waste_class": None}, "waste class"),
        ({"verdict": Verdict.PIT, "kind": None}, "site kind"),
        ({"verdict": Verdict.LOOK_ALIKE}, "look-alike"),
    ],
)
def test_a_verdict_without_what_it_needs_takes_no_effect(change, missing):
    with pytest.raises(CheckIncomplete, match=missing) as caught:
        require_complete(kept(**change))
    assert "请补填" in caught.value.sentence("zh-CN")


def test_a_reviewers_words_stand_before_the_teams():
    edited = {"verdict": "PIT", "answers": {"kind": "SAND_PIT", "height_m": 4.0}}
    check = kept(edited=edited)
    assert (check.final_verdict, check.said.kind) == (Verdict.PIT, SiteKind.SAND_PIT)
    assert (check.said.height_m, check.said.waste_class) == (4.0, WasteClass.SW01)
    assert (check.verdict, check.answers["kind"]) == (Verdict.WASTE, "WASTE_PILE")


def test_answers_come_back_as_they_went():
    said = Answers(kind=SiteKind.SAND_PIT, has_odour=False, height_m=2.5, note="七")
    assert answers_of(said.plain()) == said
    assert answers_of({"kind": "MINE"}).kind is SiteKind.MINE
    with pytest.raises(KeyError):
        answers_of({"kind": "CASTLE"})


moments = st.datetimes(datetime(2000, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC))


@given(moments, st.integers(-10_000_000, 10_000_000), st.integers(0, 100_000))
def test_whatever_the_clock_says_the_time_of_the_visit_is_right(received_at, wrong_s, before_s):
    true = received_at - timedelta(seconds=before_s)
    off = timedelta(seconds=wrong_s)
    sent = replace(SENT, checked_at=true + off, sent_at=received_at + off)
    offset = clock_offset_s(sent, received_at)
    assert offset == -wrong_s
    assert abs(corrected(sent.checked_at, offset) - true) <= CLOCK_TOLERANCE


def test_a_file_says_nothing_of_the_clock():
    sent = replace(SENT, sent_at=NOON - timedelta(days=3), via=Via.FILE)
    assert clock_offset_s(sent, NOON) is None
    assert corrected(sent.checked_at, None) == sent.checked_at


def test_a_clock_at_the_end_of_time_is_no_fault_of_ours():
    last = datetime(9999, 12, 31, 23, tzinfo=UTC)
    assert corrected(last, 1e9) == last
