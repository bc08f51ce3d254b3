"""The workbook as the office opens it: its columns, text that stays text, days that are days."""

from datetime import date, datetime

import openpyxl
import pytest

from gis.exports.inventory import write
from tests.exports.rows import a_bare_row, a_row, an_inventory, three_sites

HEADINGS = [
    "序号", "点位编号", "名称", "旗县区", "镇（街道）", "村（社区）", "中心经度", "中心纬度",
    "经度（度分秒）", "纬度（度分秒）", "占地面积（m²）", "堆高（m）", "堆存量（t）",
    "堆存量估算方法", "堆存起止年份", "废物种类", "属性", "鉴别依据与报告编号", "来源",
    "发现影像日期", "责任主体类型", "责任主体名称", "土地权属与三调地类", "是否尾矿库",
    "尾矿库环境风险等级", "三防情况", "敏感目标及距离", "是否位于河道管理范围",
    "是否位于水源保护区", "是否涉及生态红线或基本农田", "所在河段", "里程（km）", "岸别",
    "危害性H", "敏感性S", "控制不可靠性R", "风险等级", "置信度", "整治措施", "一点一策方案",
    "整治阶段", "责任领导（岗位）", "牵头单位", "配合单位", "责任人", "完成时限",
    "时限状态", "资金来源", "资金金额（元）", "进展（%）", "状态", "验收日期/文号", "销号日期",
    "遥感复核日期", "遥感复核结果", "照片", "备注", "数据性质",
]  # fmt: skip


@pytest.fixture
def opened(tmp_path):
    """Write an inventory, open it again, and give one site's cells by heading."""

    def open_again(inventory):
        path = tmp_path / "清单.xlsx"
        write(inventory, "xlsx", path)
        return openpyxl.load_workbook(path)

    return open_again


def line(book, number=1):
    sheet = book["管控清单"]
    return {sheet.cell(2, i + 1).value: sheet.cell(2 + number, i + 1) for i in range(len(HEADINGS))}


def test_the_headings_stand_in_the_offices_order(opened):
    sheet = opened(three_sites())["管控清单"]
    assert [cell.value for cell in sheet[2]] == HEADINGS
    assert (sheet.max_row, sheet.max_column) == (5, len(HEADINGS))
    assert sheet["A1"].value == "昆都仑区历史遗留固体废物堆场分类分级管控清单（截至 2026-06-19）"
    assert sheet.freeze_panes == "D3"


def test_every_cell_says_what_the_register_says(opened):
    cells = {heading: cell.value for heading, cell in line(opened(an_inventory(a_row()))).items()}
    assert {heading: value for heading, value in cells.items() if value is not None} == {
        "序号": 1,
        "点位编号": "150203-W00001-D",
        "名称": "一号渣堆",
        "旗县区": "150203",
        "镇（街道）": "昆河镇",
        "村（社区）": "甲村",
        "中心经度": 109.701,
        "中心纬度": 40.701,
        "经度（度分秒）": "109°42′03.60″",
        "纬度（度分秒）": "40°42′03.60″",
        "占地面积（m²）": 37_500,
        "堆高（m）": 6.5,
        "堆存量（t）": 120_000,
        "堆存量估算方法": "体积×密度",
        "废物种类": "SW01 冶炼废渣",
        "属性": "待鉴别",
        "来源": "遥感",
        "发现影像日期": datetime(2026, 6, 19),
        "责任主体类型": "无主",
        "是否尾矿库": "否",
        "三防情况": "防扬散待核实；防流失待核实；防渗漏待核实",
        "敏感目标及距离": "黄河干流9.12 km；居民点0.80 km",
        "是否位于河道管理范围": "否",
        "是否位于水源保护区": "准保护区内或1 km以内",
        "是否涉及生态红线或基本农田": "待核实",
        "所在河段": "黄河 170–175 km",
        "里程（km）": 172.35,
        "岸别": "左岸",
        "危害性H": 69,
        "敏感性S": 44,
        "控制不可靠性R": 85,
        "风险等级": "高风险（暂定）",
        "置信度": 0.46,
        "整治措施": "覆盖与截排水",
        "一点一策方案": "一点一策",
        "整治阶段": "施工",
        "责任领导（岗位）": "分管副区长",
        "牵头单位": "区生态环境分局",
        "配合单位": "昆河镇",
        "责任人": "项目负责人",
        "完成时限": datetime(2026, 12, 31),
        "时限状态": "正常",
        "资金来源": "区级财政",
        "资金金额（元）": 1_000_000,
        "进展（%）": 40,
        "状态": "已列入清单",
        "照片": 0,
        "备注": cells["备注"],
        "数据性质": "演示数据",
    }
    assert cells["备注"] in (None, "")


def test_days_are_days_and_numbers_are_numbers(opened):
    cells = line(opened(an_inventory(a_row())))
    for heading in ("发现影像日期", "完成时限"):
        assert cells[heading].is_date and cells[heading].number_format == "yyyy-mm-dd"
    for heading in ("占地面积（m²）", "中心经度", "危害性H", "进展（%）", "序号"):
        assert cells[heading].data_type == "n"
    assert cells["旗县区"].data_type == "s"  # a code, not a number to sum


def test_work_without_a_day_is_ongoing_and_no_work_is_empty(opened):
    book = opened(three_sites())
    assert line(book, 3)["完成时限"].value == "持续推进"
    bare = line(book, 2)
    assert bare["完成时限"].value is None and bare["风险等级"].value is None
    assert bare["是否位于河道管理范围"].value == "待核实"


HOSTILE = [
    "=1+1",
    "+x",
    "-x",
    "@x",
    "=HYPERLINK(\"http://example.invalid\",\"点击\")",
    "=cmd|' /C calc'!A0",
    "{=1+1}",
    "\t=1+1",
    "甲\t乙",
    "甲\r乙",
    "甲\r\n乙",
    "\r",
    " 前后空格 ",
    "http://example.invalid/x",
    "mailto:a@example.invalid",
    "internal:'说明'!A1",
    "00123",
    "1e5",
    "2026-06-19",
    "TRUE",
    "#N/A",
    "_x0041_",
    "<b>&amp;</b>\"'",
    "\x01\x1f",
    "𠮷🚧",
    "备" * 2_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_stays_text(opened, text):
    cells = line(opened(an_inventory(a_row(name=text, note=text, project_title=text))))
    for heading in ("名称", "备注", "一点一策方案"):
        cell = cells[heading]
        assert cell.data_type in ("s", "inlineStr"), text
        assert openpyxl.utils.escape.unescape(cell.value) == text
        assert cell.hyperlink is None


def test_the_cover_says_what_the_list_is_and_its_hash_follows_the_cells(opened):
    def cover(inventory):
        return {row[0].value: row[1].value for row in opened(inventory)["说明"].iter_rows()}

    said = cover(three_sites())
    assert (said["条数"], said["截至日期"], said["分级规则"]) == ("3", "2026-06-19", "KDL-HSR v1")
    key = "内容校验（SHA-256）"
    assert len(said[key]) == 64
    assert cover(three_sites())[key] == said[key]
    assert cover(an_inventory(a_row()))[key] != cover(an_inventory(a_row(mass_t=1.0)))[key]


def test_an_empty_list_is_a_list_with_headings(opened):
    sheet = opened(an_inventory())["管控清单"]
    assert [cell.value for cell in sheet[2]] == HEADINGS
    assert sheet.max_row == 2


def test_a_day_is_written_as_its_own_day(opened):
    book = opened(an_inventory(a_bare_row(found_on=date(2024, 2, 29))))
    assert line(book)["发现影像日期"].value == datetime(2024, 2, 29)
