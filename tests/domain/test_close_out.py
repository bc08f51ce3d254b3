"""The gate of a close-out: each piece of evidence missing in its turn, and what stands for what."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from gis.domain.closing import satellite_check
from gis.domain.closing.before_after import SitePhoto, judged, named
from gis.domain.closing.gate import CloseOutFacts, HeadSaid, Waiver, WorkLeft, missing
from gis.domain.closing.satellite_check import SatelliteCheck
from gis.domain.terms import (
    AttachmentKind,
    FootprintState,
    Head,
    PhotoSide,
    Responsibility,
    SatelliteResult,
)
from gis.rules import close_out as rules
from tests.makers import NOON, a_scene, a_site
from tests.makers_follow_up import an_observation

BEGAN, ENDED, TODAY = date(2026, 3, 1), date(2026, 5, 20), date(2026, 6, 19)
RULES = rules.current()
PAPER, NOTICE, FINE = uuid4(), uuid4(), uuid4()
OWNERLESS = Responsibility.OWNERLESS


def a_photo(side, **changes):
    day = BEGAN - timedelta(days=30) if side is PhotoSide.BEFORE else ENDED + timedelta(days=5)
    one = replace(SitePhoto("paper:1", "东侧", day, 40.0), **changes)
    return judged(one, side, BEGAN, ENDED, RULES.photo_distance_m)


def facts(**changes) -> CloseOutFacts:
    """All that a close-out of an ownerless site needs."""
    whole = CloseOutFacts(
        responsibility=OWNERLESS,
        began_on=BEGAN,
        ended_on=ENDED,
        today=TODAY,
        heads={
            Head.CLEARING: HeadSaid(papers=(PAPER,)),
            Head.TRACING: HeadSaid(statement="走访三个村，无人认领"),
            Head.PENALTY: HeadSaid(reason="无责任主体"),
            Head.PUBLICATION: HeadSaid(statement="6 月 1 日在区政府网站公示"),
        },
        papers={
            PAPER: AttachmentKind.ACCEPTANCE,
            NOTICE: AttachmentKind.NOTICE,
            FINE: AttachmentKind.PENALTY,
        },
        photos=[a_photo(PhotoSide.BEFORE), a_photo(PhotoSide.AFTER)],
        satellite=SatelliteCheck(SatelliteResult.REDUCED, observed_on=date(2026, 6, 10)),
        waiver=None,
        work_left=[],
    )
    return replace(whole, **changes)


def lacks(**changes):
    return [one.code for one in missing(facts(**changes), RULES)]


def without(head):
    return {key: said for key, said in facts().heads.items() if key is not head}


def test_what_is_whole_lacks_nothing():
    assert lacks() == []


@pytest.mark.parametrize("head", Head)
def test_each_head_is_missed_by_name(head):
    (lack,) = missing(facts(heads=without(head)), RULES)
    assert lack.code == f"head_{head.value.lower()}"
    assert head.zh in lack.zh and head.en in lack.en and not lack.is_waivable


@pytest.mark.parametrize(
    ("head", "said", "who", "is_enough"),
    [
        (Head.CLEARING, HeadSaid(statement="已清理"), OWNERLESS, False),
        (Head.CLEARING, HeadSaid(reason="不适用"), OWNERLESS, False),
        (Head.CLEARING, HeadSaid(papers=(NOTICE,)), OWNERLESS, False),
        (Head.CLEARING, HeadSaid(papers=(uuid4(),)), OWNERLESS, False),
        (Head.TRACING, HeadSaid(statement="走访无果"), OWNERLESS, True),
        (Head.TRACING, HeadSaid(statement="某厂"), Responsibility.OWNER, False),
        (Head.TRACING, HeadSaid(reason="不适用"), OWNERLESS, False),
        (Head.TRACING, HeadSaid(statement="  "), OWNERLESS, False),
        (Head.PENALTY, HeadSaid(reason="无责任主体"), Responsibility.OWNER, False),
        (Head.PENALTY, HeadSaid(papers=(NOTICE,)), Responsibility.OWNER, False),
        (Head.PENALTY, HeadSaid(papers=(FINE,)), Responsibility.OWNER, True),
        (Head.PUBLICATION, HeadSaid(papers=(NOTICE,)), OWNERLESS, True),
    ],
)
def test_what_answers_a_head(head, said, who, is_enough):
    heads = without(head) | {head: said}
    found = lacks(heads=heads, responsibility=who)
    assert (f"head_{head.value.lower()}" not in found) is is_enough


def test_days_and_work_left():
    assert lacks(began_on=None) == ["began_on"]
    assert lacks(ended_on=TODAY + timedelta(days=1)) == ["ended_on"]
    assert lacks(work_left=[WorkLeft("项目在施工", "at works")]) == ["work_left"]


@pytest.mark.parametrize("side", PhotoSide)
def test_a_side_without_a_photograph(side):
    other = [one for one in facts().photos if one.side is not side]
    assert lacks(photos=other) == [f"photo_{side.value.lower()}"]


@pytest.mark.parametrize(
    ("side", "changes", "why"),
    [
        (PhotoSide.AFTER, {"taken_on": ENDED - timedelta(days=1)}, "早于施工结束"),
        (PhotoSide.BEFORE, {"taken_on": BEGAN + timedelta(days=1)}, "晚于施工开始"),
        (PhotoSide.AFTER, {"distance_m": 2_000.0}, "2000 m"),
        (PhotoSide.AFTER, {"distance_m": None}, "没有拍摄位置"),
        (PhotoSide.BEFORE, {"taken_on": None}, "没有拍摄时间"),
        (PhotoSide.AFTER, {"warnings": (("同一张照片", "the same file"),)}, "同一张照片"),
    ],
)
def test_a_photograph_that_does_not_pass_is_named_with_why(side, changes, why):
    bad = a_photo(side, **changes)
    others = [one for one in facts().photos if one.side is not side]
    (lack,) = missing(facts(photos=[bad, *others]), RULES)
    assert lack.code == f"photo_{side.value.lower()}" and why in lack.zh and "东侧" in lack.zh
    good = a_photo(side)
    assert lacks(photos=[bad, good, *others]) == [], "one that passes is enough"


def test_on_the_very_day_a_photograph_counts_for_either_side():
    assert a_photo(PhotoSide.BEFORE, taken_on=BEGAN).passed
    assert a_photo(PhotoSide.AFTER, taken_on=ENDED).passed


def test_a_photograph_that_is_gone_is_said():
    (one,) = named(["paper:x"], {}, PhotoSide.AFTER, BEGAN, ENDED, 200.0)
    assert not one.passed and "撤下" in one.plain()["why_zh"]


NOT_CHECKED = SatelliteCheck(SatelliteResult.NOT_CHECKED, why_zh="没有影像", why_en="no image")


def test_a_missing_satellite_check_is_waived_by_a_reason_and_a_later_visit_only():
    (lack,) = missing(facts(satellite=NOT_CHECKED), RULES)
    assert lack.is_waivable and "没有影像" in lack.zh
    late, early = ENDED + timedelta(days=1), ENDED
    assert lacks(satellite=NOT_CHECKED, waiver=Waiver("阴雨", late)) == []
    assert lacks(satellite=NOT_CHECKED, waiver=Waiver(" ", late)) == ["satellite"]
    assert lacks(satellite=NOT_CHECKED, waiver=Waiver("阴雨", early)) == ["waiver_visit"]
    assert lacks(satellite=NOT_CHECKED, waiver=Waiver("阴雨", None)) == ["waiver_visit"]


def test_growth_is_refused_whatever_is_said():
    grown = SatelliteCheck(SatelliteResult.GROWN, observed_on=TODAY)
    (lack,) = missing(facts(satellite=grown, waiver=Waiver("已核实", TODAY)), RULES)
    assert not lack.is_waivable


SITE, SCENE = a_site(), a_scene()


def look(day, m2=10_000.0, sigma=500.0, state=FootprintState.UNCHANGED, **changes):
    sizes = {"footprint_m2": m2, "footprint_low_m2": m2 - sigma, "footprint_high_m2": m2 + sigma}
    when = datetime(day.year, day.month, day.day, 4, tzinfo=NOON.tzinfo)
    return an_observation(
        SITE, SCENE, id=uuid4(), observed_on=day, observed_at=when, state=state, **sizes | changes
    )


BEFORE = look(date(2026, 2, 10))


def check(*looks):
    return satellite_check.check(looks, BEGAN, ENDED, RULES.valid_share)


@pytest.mark.parametrize(
    ("later", "result"),
    [
        ([], SatelliteResult.NOT_CHECKED),
        ([look(ENDED, 0.0)], SatelliteResult.NOT_CHECKED),
        ([look(TODAY, 2_000.0, state=FootprintState.SHRUNK)], SatelliteResult.REDUCED),
        ([look(TODAY, 0.0, state=FootprintState.GONE)], SatelliteResult.NOT_DETECTED),
        ([look(TODAY, 9_800.0)], SatelliteResult.NOT_REDUCED),
        ([look(TODAY, 12_000.0)], SatelliteResult.GROWN),
        ([look(TODAY, 3_000.0, state=FootprintState.NEW)], SatelliteResult.GROWN),
        ([look(TODAY, state=FootprintState.UNSEEN)], SatelliteResult.NOT_CHECKED),
        ([look(TODAY, 100.0, valid_share=0.3, cloud_share=0.7)], SatelliteResult.NOT_CHECKED),
    ],
    ids=lambda value: value.value if isinstance(value, SatelliteResult) else None,
)
def test_what_the_image_after_the_works_says(later, result):
    found = check(BEFORE, *later)
    assert found.result is result
    assert found.result is not SatelliteResult.NOT_CHECKED or found.why_zh


def test_the_check_is_against_the_time_before_the_works_not_against_the_last_image():
    cleared = look(date(2026, 5, 25), 1_000.0, state=FootprintState.SHRUNK)
    still = look(TODAY, 1_000.0, state=FootprintState.UNCHANGED)
    found = check(BEFORE, cleared, still)
    assert found.result is SatelliteResult.REDUCED
    assert (found.observed_on, found.before_on) == (TODAY, BEFORE.observed_on)


def test_growth_since_the_works_that_was_not_cleared_again_refuses():
    grew = look(date(2026, 5, 25), 3_000.0, state=FootprintState.GROWN)
    assert check(BEFORE, grew, look(TODAY, 3_000.0)).result is SatelliteResult.GROWN
    cleared = look(TODAY, 500.0, state=FootprintState.SHRUNK)
    assert check(BEFORE, grew, cleared).result is SatelliteResult.REDUCED


def test_without_an_image_before_the_works_only_gone_tells():
    assert check(look(TODAY, 1_000.0)).result is SatelliteResult.NOT_CHECKED
    gone = look(TODAY, 0.0, state=FootprintState.GONE)
    assert check(gone).result is SatelliteResult.NOT_DETECTED
    assert "恢复" not in SatelliteResult.NOT_DETECTED.zh
