"""What a filter asks for, in words."""

from dataclasses import fields
from datetime import date

from gis.domain.listing import LABELS, Box, Span, Wanted, describe
from gis.domain.terms import Grade, SiteKind


def test_a_filter_that_asks_for_nothing_says_nothing():
    assert Wanted().items() == []
    assert describe(Wanted()) == ("", "")


def test_every_field_has_its_words():
    assert {field.name for field in fields(Wanted)} <= set(LABELS)


def test_a_filter_is_said_in_both_languages():
    wanted = Wanted(
        grade=(Grade.HIGH, Grade.MEDIUM),
        kind=(SiteKind.MINE_PIT,),
        bank=("LEFT",),
        is_provisional=False,
        mass_t=Span(0.0, 12_345_678.5),
        found_on=Span(None, date(2026, 6, 19)),
        unknown=("height_m",),
        known=("reach", "town"),
        box=Box(109.6, 40.6, 109.9, 40.9),
        text="渣堆",
    )
    said = describe(wanted)
    assert said.zh == (
        "风险等级：高风险、中风险；类型：废弃矿坑；岸别：左岸；暂定等级：否；"
        "堆存量（t）：0 – 12345678.5；发现影像日期：≤ 2026-06-19；缺项：堆高；"
        "已掌握：河段、镇（街道）；"
        "中心位于范围：109.60000, 40.60000, 109.90000, 40.90000；文字：“渣堆”"
    )
    assert said.en.startswith("Grade: High, Medium; Kind: Abandoned mine pit; Bank: left; ")
    assert "Not known: Height" in said.en
