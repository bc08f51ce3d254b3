"""What laboratories write in cells."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.imports.lab_values import Reading, day, number, reading
from gis.rules import lab_columns

WORDS = lab_columns.current()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (3, 3.0),
        ("0.05", 0.05),
        ("０．０５", 0.05),
        (" 1 250 ", 1250.0),
        ("1,250.5", 1250.5),
        ("1.2E-3", 0.0012),
        ("1.2×10^-3", 0.0012),
        ("1.2x10-3", 0.0012),
        ("−3.5", -3.5),
        (".5", 0.5),
        ("", None),
        (".", None),
        ("e5", None),
        ("约3", None),
        ("3.5.1", None),
        ("1,25", None),
        ("nan", None),
        ("inf", None),
        ("1e400", None),
        (True, None),
        (None, None),
        (date(2026, 6, 1), None),
    ],
)
def test_a_number_is_read_as_written_or_not_at_all(cell, expected):
    assert number(cell) == expected


@pytest.mark.parametrize(
    ("cell", "limit", "expected"),
    [
        ("0.05", "0.01", Reading(0.05, False, 0.01)),
        (0.05, None, Reading(0.05, False, None)),
        ("ND", "0.01", Reading(None, True, 0.01)),
        ("未检出", 0.01, Reading(None, True, 0.01)),
        ("n.d.", None, Reading(None, True, None)),
        ("<0.01", None, Reading(None, True, 0.01)),
        ("＜0.01", "0.02", Reading(None, True, 0.01)),
        ("≤ 0.01", None, Reading(None, True, 0.01)),
        ("小于0.01", None, Reading(None, True, 0.01)),
        ("0.004L", None, Reading(None, True, 0.004)),
        ("4×10^-5L", None, Reading(None, True, 4e-5)),
        ("-2", None, Reading(-2.0, False, None)),
        ("很低", None, None),
        ("<", None, None),
        ("L", None, None),
        ("", None, None),
        (None, "0.01", None),
    ],
)
def test_below_detection_is_kept_as_such(cell, limit, expected):
    assert reading(cell, limit, WORDS.below) == expected


@given(st.floats(min_value=0, max_value=1e9, allow_nan=False))
def test_every_number_that_a_program_writes_is_read_back(value):
    assert number(repr(value)) == value
    assert reading(f"<{value!r}", None, WORDS.below) == Reading(None, True, value)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(2026, 6, 3), date(2026, 6, 3)),
        (datetime(2026, 6, 3, 9, 30), date(2026, 6, 3)),
        ("2026-06-03", date(2026, 6, 3)),
        ("2026/6/3", date(2026, 6, 3)),
        ("2026.6.3", date(2026, 6, 3)),
        ("2026年6月3日", date(2026, 6, 3)),
        ("2026-06-03 10:00", date(2026, 6, 3)),
        (20260603, date(2026, 6, 3)),
        (20260603.0, date(2026, 6, 3)),
        ("2026-02-30", None),
        ("6月3日", None),
        (46176, None),
        (None, None),
    ],
)
def test_a_day_is_read_as_written_or_not_at_all(cell, expected):
    assert day(cell) == expected


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("样品编号", "increment"),
        ("样品 编号", "increment"),
        ("Sample ID", "increment"),
        ("检测结果（mg/L）", "value"),
        ("浸出方法", "leach_method"),
        ("方法检出限", "limit"),
        ("备注", None),
        ("铜（mg/L）", None),
    ],
)
def test_headings_are_known_by_their_names(heading, field):
    assert WORDS.column(heading) == field


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("HJ/T 299-2007", "HJ_T_299"),
        ("硫酸硝酸法（HJ/T299）", "HJ_T_299"),
        ("HJ 557-2010 水平振荡法", "HJ_557"),
        ("hj557", "HJ_557"),
        ("GB/T 15555.12-1995", "GB_T_15555_12"),
        ("HJ/T 300-2007", "HJ_T_300"),
        ("HJ 557 或 HJ/T 299", None),
        ("TCLP", None),
        ("", None),
    ],
)
def test_a_leaching_method_is_known_by_its_number_or_name(text, word):
    assert WORDS.leach_method(text) == word
