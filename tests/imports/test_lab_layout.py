"""Long and wide sheets give the same values."""

import pytest

from gis.imports.lab_layout import ResultColumnsMissing, raw_results
from gis.imports.table import from_rows
from gis.rules import lab_columns

WORDS = lab_columns.current()
KNOWN = {"铜", "氟化物", "pH", "Cu", "铬", "铬(六价)"}


def a_table(*rows):
    return from_rows(list(enumerate(map(list, rows), start=1)), "结果", ["结果"])


def read(*rows):
    return raw_results(a_table(*rows), WORDS, KNOWN.__contains__)


def said(raw):
    return {field: cell for field, cell in raw.cells.items() if cell is not None}


def test_a_long_sheet_is_one_value_a_line():
    (one,) = read(
        ["样品编号", "检测项目", "检测值", "单位", "浸出方法", "备注"],
        ["P1-001", "铜", 0.05, "mg/L", "HJ 557", "—"],
    )
    assert said(one) == {
        "increment": "P1-001",
        "analyte": "铜",
        "value": 0.05,
        "unit": "mg/L",
        "leach_method": "HJ 557",
    }
    assert (one.row, one.place("value")) == (2, ("C2", "检测值"))
    assert one.place("limit") == ("C2", "检测值"), "what has no column stands with the value"


def test_a_wide_sheet_is_one_value_a_filled_cell():
    found = read(
        ["样品编号", "铜（mg/L）", "氟化物(HJ 557)(mg/L)", "pH", "检测日期"],
        ["P1-001", 0.05, "<0.1", 7.2, "2026-06-01"],
        ["P1-002", None, 0.3, 7.1, "2026-06-01"],
    )
    assert [(one.row, one.text("analyte"), one.text("value")) for one in found] == [
        *((2, "铜", "0.05"), (2, "氟化物", "<0.1"), (2, "pH", "7.2")),
        *((3, "氟化物", "0.3"), (3, "pH", "7.1")),
    ]
    assert [one.text("unit") for one in found[:3]] == ["mg/L", "mg/L", ""]
    assert found[1].text("leach_method") == "HJ 557"
    assert {one.text("tested_on") for one in found} == {"2026-06-01"}
    assert found[0].place("value") == ("B2", "铜（mg/L）")


def test_lines_of_units_and_limits_speak_for_their_columns():
    found = read(
        ["样品编号", "铜", "氟化物"],
        ["单位", "mg/L", "mg/L"],
        ["检出限", 0.01, 0.05],
        ["P1-001", "ND", 0.3],
    )
    assert [(one.text("unit"), one.text("limit")) for one in found] == [
        ("mg/L", "0.01"),
        ("mg/L", "0.05"),
    ]
    assert [one.row for one in found] == [4, 4]


@pytest.mark.parametrize(
    ("heading", "name", "unit", "leach"),
    [
        ("Cu mg/L", "Cu", "mg/L", None),
        ("铜/mg/L", "铜", "mg/L", None),
        ("HJ 557/铜（mg/L）", "铜", "mg/L", "HJ_557"),
        ("浸出液/Cu（mg/L）", "Cu", "mg/L", None),
        ("铜[HJ/T 299][µg/L]", "铜", "μg/L", "HJ_T_299"),
        ("铜（HJ/T 299）mg/L", "铜", "mg/L", "HJ_T_299"),
        ("铜（以总铜计）（mg/L）", "铜", "mg/L", None),
        ("铬（六价）（mg/L）", "铬(六价)", "mg/L", None),
        ("铬（三价）（mg/L）", "铬(三价)", "mg/L", None),
    ],
)
def test_headings_name_analyte_unit_and_method(heading, name, unit, leach):
    (one,) = read(["样品编号", heading], ["P1-001", 1])
    assert (one.text("analyte"), one.text("unit")) == (name, unit)
    assert WORDS.leach_method(one.text("leach_method")) == leach


@pytest.mark.parametrize(
    ("headings", "named"),
    [
        (["编号甲", "铜（mg/L）"], "样品编号"),
        (["样品编号", "检测值"], "检测项目"),
        (["姓名", "电话"], "样品编号、检测项目、检测值"),
    ],
)
def test_a_sheet_of_something_else_is_refused_by_what_it_lacks(headings, named):
    with pytest.raises(ResultColumnsMissing) as refused:
        read(headings, ["甲", "乙"])
    assert named in refused.value.sentence("zh-CN")
    assert headings[0] in refused.value.sentence("en")
