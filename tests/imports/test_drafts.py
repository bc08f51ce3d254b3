"""A list under its mapping: drafts in the register's words, and a report that names each cell."""

import json
from datetime import date

import numpy as np
import pytest
from shapely.geometry import Point, box

from gis.domain.import_problems import RowFault
from gis.domain.terms import (
    Datum,
    OutlineBasis,
    Responsibility,
    SiteKind,
    TailingsRisk,
    WasteClass,
    WasteNature,
)
from gis.imports import mapping as mappings
from gis.imports.drafts import read_list
from gis.imports.errors import FormulaCells
from gis.imports.mapping import Mapping
from gis.imports.sheets import read_table
from gis.spatial import crs, datum
from tests.imports.files import layer, workbook
from tests.makers import a_district

TODAY = date(2026, 6, 19)
HEADINGS = ["编号", "名称", "经度", "纬度", "占地面积（亩）", "类型"]
ROW = ["A-1", "一号渣堆", 109.75, 40.70, 15, "渣堆"]


def read(tmp_path, *rows, headings=HEADINGS, **wanted):
    path = workbook(tmp_path / "list.xlsx", headings, *rows)
    table = read_table(path, "list.xlsx", is_whole=False)
    wish = Mapping(**{"datum": "CGCS2000"} | wanted)
    return read_list(table, mappings.suggested(table, wish), a_district(), TODAY)


def faults(found):
    return [(p.row, p.cell, p.fault) for p in found.faults]


def test_a_row_becomes_a_draft_in_the_registers_words(tmp_path):
    headings = [
        *HEADINGS,
        "镇（街道）",
        "堆高",
        "堆存量（万t）",
        "堆存起止年份",
        "废物种类",
        "属性",
        "责任主体类型",
        "三防情况",
        "尾矿库环境风险等级",
        "发现日期",
        "备注",
        "无关列",
    ]
    row = [
        *ROW,
        "昆河镇",
        "约6.5米",
        1.2,
        "1998—2006年",
        "钢渣",
        "待鉴别",
        "无主",
        "防扬散有；防流失无；防渗漏待核实",
        "较大",
        "2024年5月1日",
        "近铁路",
        "x",
    ]
    found = read(tmp_path, row, headings=headings)
    assert found.faults == () and "无关列" not in found.mapping.columns
    (draft,) = found.drafts
    assert dict(draft.facts) == {
        "name": "一号渣堆",
        "kind": SiteKind.WASTE_PILE,
        "town": "昆河镇",
        "height_m": 6.5,
        "mass_t": 12_000,
        "stored_from": 1998,
        "stored_to": 2006,
        "waste_class": WasteClass.SW01,
        "nature": WasteNature.UNIDENTIFIED,
        "responsibility": Responsibility.OWNERLESS,
        "has_dust_control": True,
        "has_runoff_control": False,
        "tailings_risk": TailingsRisk.CONSIDERABLE,
        "found_on": date(2024, 5, 1),
        "note": "近铁路",
    }
    assert draft.key == "A-1" and draft.raw["无关列"] == "x"
    assert draft.stated_position == "109.75 40.7" and draft.stated_crs == "LON_LAT:4490 CGCS2000"
    assert draft.outline_basis is OutlineBasis.CIRCLE
    metric = crs.to_metric(draft.outline, 4546)
    assert metric.area == pytest.approx(15 * 666.67, rel=1e-4)
    assert draft.outline.centroid.distance(Point(109.75, 40.70)) < 1e-6


@pytest.mark.parametrize(
    ("change", "fault", "cell"),
    [
        ({"名称": None}, RowFault.NAME_MISSING, "B2"),
        ({"类型": None}, RowFault.KIND_MISSING, "F2"),
        ({"类型": "垃圾山"}, RowFault.WORD_UNKNOWN, "F2"),
        ({"经度": None}, RowFault.POSITION_MISSING, "C2"),
        ({"经度": None, "纬度": None}, RowFault.POSITION_MISSING, "C2"),
        ({"纬度": "四十度"}, RowFault.POSITION_UNREAD, "D2"),
        ({"经度": 116.4}, RowFault.OUTSIDE, "C2"),
        ({"占地面积（亩）": None}, RowFault.AREA_MISSING, ""),
        ({"占地面积（亩）": -3}, RowFault.VALUE_UNFIT, "E2"),
        ({"占地面积（亩）": "很大"}, RowFault.NUMBER_UNREAD, "E2"),
        ({"占地面积（亩）": "12 t"}, RowFault.UNIT_UNFIT, "E2"),
        ({"发现日期": "2027-01-01"}, RowFault.DAY_AHEAD, "G2"),
        ({"发现日期": "去年"}, RowFault.DAY_UNREAD, "G2"),
        ({"堆存起止年份": "2010-1990"}, RowFault.YEARS_TURNED, "G2"),
        ({"堆存起止年份": "上世纪"}, RowFault.YEARS_UNREAD, "G2"),
        ({"堆高": 4000}, RowFault.VALUE_UNFIT, "G2"),
        ({"防渗漏": "也许"}, RowFault.VALUE_UNFIT, "G2"),
    ],
    ids=lambda value: str(value) if isinstance(value, RowFault) else None,
)
def test_a_faulty_row_is_reported_by_its_cell_with_what_to_do(tmp_path, change, fault, cell):
    headings = [*HEADINGS, *(h for h in change if h not in HEADINGS)]
    row = [change.get(h, dict(zip(HEADINGS, ROW, strict=True)).get(h)) for h in headings]
    found = read(tmp_path, row, ["A-2", "二号", 109.76, 40.71, 3, "矿坑"], headings=headings)
    assert (2, cell, fault) in faults(found)
    assert [draft.row for draft in found.drafts] == [3]
    for problem in found.problems:
        assert "{" not in problem.zh + problem.en and problem.zh.endswith("。")


def test_one_row_with_swapped_axes_is_told_from_a_swapped_list(tmp_path):
    rows = [[f"A-{n}", f"{n}号", 109.70 + n / 100, 40.70, 15, "渣堆"] for n in range(5)]
    rows[2][2:4] = rows[2][3], rows[2][2]
    assert faults(read(tmp_path, *rows)) == [(4, "C4", RowFault.SWAPPED)]
    for row in rows:
        row[2:4] = sorted(row[2:4])
    found = read(tmp_path, *rows)
    assert found.faults == () and found.reading.code == "LAT_LON:4490"


def test_the_datum_is_asked_for_and_undone(tmp_path):
    shown = [
        float(axis[0]) for axis in datum.bd09_from_wgs84(*(np.array([v]) for v in (109.75, 40.70)))
    ]
    row = ["A-1", "一号", *shown, 15, "渣堆"]
    assert faults(read(tmp_path, row, datum=None)) == [(0, "", RowFault.DATUM_ASKED)]
    (draft,) = read(tmp_path, row, datum="BD09").drafts
    assert draft.outline.centroid.distance(Point(109.75, 40.70)) < 1e-6
    assert draft.stated_crs.endswith("BD09")


def test_headings_hint_at_a_datum_but_do_not_settle_it(tmp_path):
    headings = ["编号", "名称", "经度（百度）", "纬度（百度）", "面积（亩）", "类型"]
    found = read(tmp_path, ROW, headings=headings, datum=None)
    assert found.hint is Datum.BD09 and (0, "", RowFault.DATUM_ASKED) in faults(found)


def test_metres_with_a_zone_are_placed(tmp_path):
    east, north = crs.move_points(*(np.array([v]) for v in (109.75, 40.70)), 4490, 4525)
    headings = ["编号", "名称", "X坐标", "Y坐标", "面积（亩）", "类型"]
    found = read(
        tmp_path, ["A-1", "一号", float(north[0]), float(east[0]), 15, "渣堆"], headings=headings
    )
    assert found.faults == () and found.reading.code == "NORTH_EAST:4525"
    assert found.drafts[0].outline.centroid.distance(Point(109.75, 40.70)) < 1e-6


def test_degrees_minutes_and_seconds_may_stand_in_columns_of_their_own(tmp_path):
    headings = ["名称", "经度度", "经度分", "经度秒", "纬度度", "纬度分", "面积（亩）", "类型"]
    found = read(tmp_path, ["一号", 109, 45, 0, 40, 42, 15, "渣堆"], headings=headings)
    assert found.faults == ()
    assert found.drafts[0].outline.centroid.distance(Point(109.75, 40.70)) < 1e-6


def test_a_number_that_stands_twice_is_a_fault(tmp_path):
    found = read(tmp_path, ROW, [*ROW[:1], "二号", *ROW[2:]])
    assert faults(found) == [(3, "", RowFault.KEY_TWICE)] or found.faults[0].row == 3
    assert "第 2 行" in found.faults[0].zh


def test_lines_below_the_list_are_passed_over(tmp_path):
    found = read(tmp_path, ROW, ["合计", None, None, None, 15], ["填表人：某某"])
    assert found.faults == () and len(found.drafts) == 1


def test_a_stated_class_waits_for_a_conclusion(tmp_path):
    found = read(tmp_path, [*ROW, "Ⅱ类"], headings=[*HEADINGS, "属性"])
    (draft,) = found.drafts
    assert "nature" not in draft.facts and "第Ⅱ类一般工业固体废物" in draft.facts["note"]
    assert RowFault.IDENTIFICATION_NEEDED in {p.fault for p in found.problems}


def test_the_survey_of_legacy_mines_is_read_by_its_codes(tmp_path):
    headings = [
        "图斑编号",
        "矿山名称",
        "经度",
        "纬度",
        "图斑核定面积（公顷）",
        "图斑小类",
        "图斑属性",
        "开采方式",
        "恢复治理",
        "修复方式",
        "复垦义务人",
        "关闭年度",
    ]
    row = [
        "150203-7",
        "某石灰石矿",
        109.75,
        40.7,
        1.47,
        "11",
        "采场",
        "A",
        "未治理",
        1,
        "区政府",
        2015,
    ]
    found = read(tmp_path, row, [*row[:1], *row[1:6], "9", *row[7:]], headings=headings)
    assert [(p.cell, p.fault) for p in found.faults] == [("G3", RowFault.WORD_UNKNOWN)]
    (draft,) = found.drafts
    assert draft.facts["kind"] is SiteKind.MINE_PIT
    assert draft.facts["responsibility"] is Responsibility.OWNERLESS
    assert draft.facts["responsible_party"] == "区政府" and draft.facts["stored_to"] == 2015
    assert "修复方式：1 自然恢复" in draft.facts["note"]
    assert crs.to_metric(draft.outline, 4546).area == pytest.approx(14_700)


def test_shapes_keep_their_outlines_and_are_checked(tmp_path):
    good, far = box(109.70, 40.70, 109.702, 40.702), box(16.0, 50.0, 16.1, 50.1)
    rows = [{"名称": f"{n}号", "面积": 37_000.0, "类型": "渣堆"} for n in range(3)]
    path = layer(tmp_path / "a.geojson", "GeoJSON", rows, [good, far, None], crs=4490)
    table = read_table(path, "a.geojson")
    found = read_list(table, mappings.suggested(table, Mapping()), a_district(), TODAY)
    assert [(p.row, p.fault) for p in found.faults] == [
        (2, RowFault.OUTSIDE),
        (3, RowFault.POSITION_MISSING),
    ]
    (draft,) = found.drafts
    assert draft.outline_basis is OutlineBasis.IMPORTED and draft.outline.equals(good)


def test_a_whole_list_may_be_of_one_kind(tmp_path):
    found = read(tmp_path, ROW[:-1], headings=HEADINGS[:-1], kind="SAND_PIT")
    assert found.faults == () and found.drafts[0].facts["kind"] is SiteKind.SAND_PIT


def test_a_mapping_is_kept_as_a_file_and_read_again(tmp_path):
    wish = Mapping(
        columns={'名"称': "name", "面积": "area_m2"},
        units={"面积": "亩"},
        datum="GCJ02",
        kind="MINE",
    )
    assert mappings.loads(mappings.dumps(wish)) == wish
    assert mappings.loads(json.dumps(wish.as_dict())) == wish


@pytest.mark.parametrize(
    "text",
    [
        "columns = 3",
        "[columns]\n名称 = 'nothing'",
        "[columns]\n'a' = 'name'\n'b' = 'name'",
        "datum = 'MARS'",
        "reading = 'LON_LAT:x'",
        "strange = 1",
        "[columns]\n'a' = 'area_m2'\n[units]\n'a' = 't'",
        "{",
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(text):
    with pytest.raises(mappings.MappingUnfit):
        mappings.loads(text)


def test_formulas_in_a_column_that_nobody_reads_are_pointed_out_once(tmp_path):
    rows = [["=ROW()", *ROW], ["=ROW()", "A-2", "二号", 109.76, 40.71, 9, "渣堆"], ["=ROW()"]]
    found = read(tmp_path, *rows, headings=["序", *HEADINGS])
    assert found.faults == () and len(found.drafts) == 2
    (told,) = [p for p in found.problems if p.fault is RowFault.CELLS_PASSED_OVER]
    assert (told.cell, told.column) == ("A2", "序") and "A2、A3、A4" in told.zh
    assert "a formula" in told.en and told.is_warning


def test_a_formula_in_a_column_that_is_read_stops_the_list(tmp_path):
    with pytest.raises(FormulaCells, match="E2"):
        read(tmp_path, [*ROW[:4], "=3*5", "渣堆"])


def test_rows_that_may_be_one_place_are_pointed_out(tmp_path):
    again = ["A-2", "一号堆", 109.7501, 40.7001, 15, "渣堆"]
    far = ["A-3", "一号渣堆", 109.80, 40.75, 15, "渣堆"]
    found = read(tmp_path, ROW, again, far)
    assert found.faults == () and len(found.drafts) == 3
    (told,) = [p for p in found.problems if p.fault is RowFault.SAME_PLACE]
    assert told.row == 3 and told.facts["other"] == 2 and told.is_warning
    assert "第 2 行" in told.zh and "row 2" in told.en
