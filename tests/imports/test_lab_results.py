"""A results sheet line by line: what is read, and what the sender is told."""

from datetime import date
from types import MappingProxyType

import pytest

from gis.domain.identification.standards import Analyte, Standards, plain_name
from gis.domain.sampling.result_problems import ResultFault
from gis.domain.sampling.result_sheet import Known, against
from gis.domain.terms import LeachMethod, Quantity
from gis.imports import lab_results
from gis.imports.table import from_rows
from gis.rules import lab_columns

HEADINGS = ["样品编号", "检测项目", "检测值", "单位", "检出限", "浸出方法", "检测日期"]
PLAN = "150203-W00001-D-P1"
CODE = f"{PLAN}-001"


def an_analyte(key, zh, *quantities):
    return Analyte(key, zh, key, None, (), quantities)


ANALYTES = {
    "Cu": an_analyte("Cu", "铜", Quantity.LEACHATE, Quantity.CONTENT),
    "F": an_analyte("F", "氟化物", Quantity.LEACHATE),
    "pH": an_analyte("pH", "pH 值", Quantity.PH),
    "U238": an_analyte("U238", "铀-238", Quantity.ACTIVITY),
}
STANDARDS = Standards(
    analytes=ANALYTES,
    limits=(),
    counts=(),
    required=(),
    clauses={},
    classes={},
    hw_codes={},
    sha256="0" * 64,
    names=MappingProxyType(
        {plain_name(name): one.id for one in ANALYTES.values() for name in (one.id, one.zh)}
    ),
)


def read(*rows, headings=HEADINGS, declared=None):
    numbered = list(enumerate([headings, *map(list, rows)], start=1))
    table = from_rows(numbered, "结果", ["结果"])
    return lab_results.read(table, STANDARDS, lab_columns.current(), declared)


def a_row(**changes):
    row = {
        "样品编号": CODE,
        "检测项目": "铜",
        "检测值": 0.05,
        "单位": "mg/L",
        "检出限": None,
        "浸出方法": "HJ 557-2010",
        "检测日期": date(2026, 6, 10),
    }
    return list((row | changes).values())


def known(**changes):
    said = {"taken": {CODE: date(2026, 6, 1), f"{PLAN}-002": None}, "stored": {}}
    return Known(PLAN, **(said | changes), today=date(2026, 6, 19))


def test_a_sound_line_is_read_whole_in_the_stored_unit():
    sheet = read(a_row(检测值="50", 单位="μg/L", 检出限="1"))
    assert (sheet.rows, sheet.problems) == (1, ())
    (line,) = sheet.lines
    assert (line.increment_code, line.analyte, line.quantity) == (CODE, "Cu", Quantity.LEACHATE)
    assert (line.value, line.unit, line.detection_limit) == (0.05, "mg/L", 0.001)
    assert (line.raw_value, line.raw_unit) == ("50", "μg/L")
    assert line.leach_method is LeachMethod.HJ_557
    assert line.tested_on == date(2026, 6, 10)


def test_the_unit_tells_content_from_leachate_and_content_needs_no_leaching():
    (line,) = read(a_row(单位="mg/kg", 浸出方法=None)).lines
    assert (line.quantity, line.leach_method) == (Quantity.CONTENT, None)
    (line,) = read(a_row(检测项目="U238", 检测值=300, 单位="Bq/kg")).lines
    assert (line.quantity, line.value, line.unit) == (Quantity.ACTIVITY, 0.3, "Bq/g")


@pytest.mark.parametrize("said", ["ND", "未检出", "<0.01", "0.01L"])
def test_below_detection_is_no_value_and_keeps_its_limit(said):
    (line,) = read(a_row(检测值=said, 检出限="0.01")).lines
    assert (line.is_below_detection, line.value, line.detection_limit) == (True, None, 0.01)


@pytest.mark.parametrize(
    ("changes", "fault", "cell"),
    [
        ({"样品编号": None}, ResultFault.NO_SAMPLE, "A2"),
        ({"检测项目": "钚"}, ResultFault.UNKNOWN_ANALYTE, "B2"),
        ({"检测项目": None}, ResultFault.NO_ANALYTE, "B2"),
        ({"检测值": None}, ResultFault.NO_VALUE, "C2"),
        ({"检测值": "/"}, ResultFault.NO_VALUE, "C2"),
        ({"检测值": "较低"}, ResultFault.NOT_A_NUMBER, "C2"),
        ({"检测值": -0.1}, ResultFault.NEGATIVE, "C2"),
        ({"检测值": "ND"}, ResultFault.NO_LIMIT, "C2"),
        ({"检测值": "ND", "检出限": "低"}, ResultFault.BAD_LIMIT, "E2"),
        ({"检出限": 0}, ResultFault.BAD_LIMIT, "E2"),
        ({"单位": None}, ResultFault.NO_UNIT, "D2"),
        ({"单位": "Bq/g"}, ResultFault.UNIT_UNFIT, "D2"),
        ({"检测项目": "pH值", "单位": None, "检测值": 15}, ResultFault.PH_RANGE, "C2"),
        ({"浸出方法": None}, ResultFault.NO_LEACH, "F2"),
        ({"浸出方法": "TCLP"}, ResultFault.UNKNOWN_LEACH, "F2"),
        ({"检测日期": "上周"}, ResultFault.BAD_DAY, "G2"),
    ],
)
def test_each_fault_is_told_with_its_cell_in_both_languages(changes, fault, cell):
    sheet = read(a_row(**changes))
    assert sheet.lines == ()
    (problem,) = sheet.problems
    assert (problem.fault, problem.cell, problem.row) == (fault, cell, 2)
    assert problem.zh.endswith("。") and problem.en.endswith(".")


def test_several_faults_of_a_line_are_all_told():
    sheet = read(a_row(样品编号=None, 检测值="多", 检测日期="明天"))
    assert [one.cell for one in sheet.problems] == ["A2", "C2", "G2"]


def test_the_declared_method_speaks_where_the_sheet_is_silent_and_refuses_another():
    silent = read(a_row(浸出方法=None), declared=LeachMethod.HJ_557)
    assert silent.lines[0].leach_method is LeachMethod.HJ_557
    (problem,) = read(a_row(浸出方法="HJ/T 299"), declared=LeachMethod.HJ_557).problems
    assert problem.fault is ResultFault.OTHER_LEACH
    assert "HJ 557" in problem.zh and "HJ/T 299" in problem.zh


def test_a_code_is_read_as_scanned_or_typed():
    (line,) = read(a_row(样品编号=" 150203-w00001-d-p1-001 ")).lines
    assert line.increment_code == CODE


def test_a_wide_sheet_passes_over_what_was_not_tested():
    sheet = read(
        [CODE, 0.05, "/"],
        headings=["样品编号", "铜(mg/L)", "氟化物(mg/L)"],
        declared=LeachMethod.HJ_557,
    )
    assert [(line.analyte, line.value) for line in sheet.lines] == [("Cu", 0.05)]


@pytest.mark.parametrize(
    ("changes", "fault", "cell"),
    [
        ({"样品编号": f"{PLAN}-999"}, ResultFault.UNKNOWN_SAMPLE, "A2"),
        ({"检测日期": date(2026, 6, 20)}, ResultFault.FUTURE, "G2"),
        ({"检测日期": date(2026, 5, 31)}, ResultFault.BEFORE_TAKEN, "G2"),
    ],
)
def test_the_registers_facts_refuse_a_line(changes, fault, cell):
    (problem,) = against(read(a_row(**changes)).lines, known())
    assert (problem.fault, problem.cell) == (fault, cell)
    assert problem.zh.endswith("。") and problem.en.endswith(".")


def test_two_results_for_one_analyte_are_refused_in_the_file_and_against_the_store():
    lines = read(a_row(), a_row(检测值=0.06), a_row(浸出方法="HJ/T 299")).lines
    (twice,) = against(lines, known())
    assert (twice.fault, twice.cell) == (ResultFault.TWICE, "C3")
    assert "C2" in twice.zh
    stored = against(lines[2:], known(stored={lines[2].key: "first.xlsx"}))
    assert stored[0].fault is ResultFault.STORED and "first.xlsx" in stored[0].en


def test_a_sample_of_unknown_day_is_no_reason_to_refuse():
    assert against(read(a_row(样品编号=f"{PLAN}-002")).lines, known()) == []
