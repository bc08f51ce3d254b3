"""The brief: the board's figures in an office's paper, the same bytes for the same data."""

import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from gis.domain.board import PARTS, Board, Figures, Money, Slice, UnitWork
from gis.domain.listing import Wanted
from gis.domain.terms import Change, Grade
from gis.exports.brief import Brief, write

DAY = date(2026, 11, 28)
ALL = Figures(3, 25_000.0, 123_456.0, 2)


def parts(**some):
    return {name: some.get(name, ()) for name in PARTS}


def a_board(**changes) -> Board:
    high, rest = (
        Slice("HIGH", Figures(1, 5_000.0, 0.0, 0), {"HIGH": 1}),
        Figures(2, 2e4, 123_456.0, 2),
    )
    found = parts(
        grade=(high, Slice(None, rest, {None: 2})),
        kind=(Slice("WASTE_PILE", ALL, {"HIGH": 1, None: 2}),),
        state=(Slice("LISTED", rest, {}), Slice("CLOSED", Figures(1, 0.0, 0.0, 0), {})),
        town=(Slice("昆河镇\x0b", ALL, {"HIGH": 1}),),
        reach=tuple(Slice(f"黄河 {n} km", ALL, {"HIGH": n}) for n in range(12)),
    )
    board = Board(
        district_code="150203",
        day=DAY,
        since=date(2026, 10, 28),
        wanted=Wanted(grade=(Grade.HIGH,)),
        began_on=date(2026, 1, 5),
        total=ALL,
        parts=found,
        main_stems=(),
        changes=dict.fromkeys(Change, 0) | {Change.LISTED: 2},
        newly_red=1,
        units=(
            UnitWork("区自然资源分局", 4, 1, 2, 1, 1, 0, 33, 1),
            UnitWork("", 1, 0, 0, 0, 0, 1, 0, 0),
        ),
        stages={"WORKS": 2},
        money=Money(2, 1_000_000.0, 250_000.0, 1),
    )
    return replace(board, **changes)


def a_brief(**changes) -> Brief:
    brief = Brief("昆都仑区（演示数据）", True, a_board(), "规则一", "ab" * 32)
    return replace(brief, **changes)


@pytest.fixture
def opened(tmp_path):
    def open_again(brief: Brief):
        write(brief, tmp_path / "简报.docx")
        return Document(str(tmp_path / "简报.docx"))

    return open_again


def text_of(document) -> str:
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_it_says_the_board_s_figures_in_words_and_tables(opened):
    paper = opened(a_brief())
    text = text_of(paper)
    for said in (
        "工作简报",
        "（2026年第11期）",
        "演示数据，不代表实际情况",
        "昆都仑区“无废城市”建设工作专班\t2026年11月28日",
        "在列点位3处，占地2.50公顷，堆存量12.35万吨（已掌握堆存量的2处）",
        "已销号点位1处，占在列点位的33.3%",
        "已到完成时限的2项，完成1项，到期完成率50.0%",
        "预算资金100.00万元（1个项目未填预算），已支付25.00万元，支付率25.0%",
        "与2026年10月28日相比，新列入清单2处，整治工作新逾期的点位1处。",
        "区自然资源分局逾期1项（涉及点位1处），最长逾期33天",
        "高风险点位较多的10段，共12段",
        "未明确牵头单位",
        "风险等级：高风险",
        "规则一",
        "ab" * 32,
    ):
        assert said in text, said
    grades = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert grades[1] == ["高风险", "1", "0.50", "—", "0", "33.3%"]
    assert grades[2][0] == "未分级"
    assert grades[-1] == ["合计", "3", "2.50", "12.35", "2", "100.0%"]
    assert "黄河 11 km" in text and "黄河 1 km" not in text


def test_it_looks_as_the_office_writes(opened):
    paper = opened(a_brief())
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "PAGE" in section.footer._element.xml
    runs = [run for line in paper.paragraphs for run in line.runs if run.text.strip()]
    for run in runs:
        fonts = run._r.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii")) != None  # noqa: E711
    assert {"仿宋", "黑体"} <= {run.font.name for run in runs}
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in paper.tables[:-1])


def test_the_same_data_are_the_same_bytes_and_other_data_others(tmp_path):
    one, two, other = (tmp_path / name for name in ("a.docx", "b.docx", "c.docx"))
    write(a_brief(), one)
    write(a_brief(), two)
    write(a_brief(issue="12"), other)
    assert one.read_bytes() == two.read_bytes() != other.read_bytes()
    with zipfile.ZipFile(one) as parts_of:
        assert {entry.date_time[0] for entry in parts_of.infolist()} == {1980}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"began_on": None}, "清单中还没有点位。"),
        ({"day": date(2025, 1, 1)}, "清单尚未建立（首个点位登记于2026年1月5日）"),
        ({}, "没有符合筛选范围的点位。"),
    ],
)
def test_a_board_without_sites_says_why(opened, changes, said):
    none = a_board(
        total=Figures(), parts=parts(), units=(), stages={}, newly_red=0,
        changes=dict.fromkeys(Change, 0), money=Money(0, 0.0, 0.0, 0), **changes,
    )  # fmt: skip
    text = text_of(opened(a_brief(board=none)))
    assert said in text
    assert "尚无整治项目" in text and "均无变化" in text and "没有单位的整治工作逾期" in text
