"""A notice in Word: what it says, where, and that the same notice is the same file."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

from docx import Document

from gis.domain.terms import NoticeKind, NoticeState
from gis.domain.works.notice import LaggingNotice
from gis.domain.works.notice_facts import LaggingWork, ListVersion, facts, facts_sha256
from gis.exports import notice as export
from tests.makers import a_district

NOW = datetime(2026, 6, 19, 4, 0, tzinfo=UTC)


def a_work(**changes):
    work = LaggingWork(
        key=f"task:{uuid4()}",
        kind="TASK",
        site_code="150203-W00001-D",
        site_name="<b>一号</b>渣堆\x0b",
        town="昆河镇",
        reach="黄河 5–10 km",
        bank="LEFT",
        title="清运",
        lead_unit="区执法局",
        supporting=("昆河镇",),
        due_on=date(2026, 5, 31),
        original_due_on=date(2023, 12, 31),
        times_put_off=2,
        days_late=19,
    )
    return work._replace(**changes)


def a_notice(kind=NoticeKind.URGE, units=("区执法局",), works=None, **changes):
    works = works or [a_work()]
    version = ListVersion(7, "0" * 64)
    stated = facts(a_district(), NOW, date(2026, 6, 19), version, units, works)
    notice = LaggingNotice(
        id=uuid4(),
        district_code="150203",
        kind=kind,
        units=units,
        remark="请高度重视。\n<script>alert(1)</script>",
        reply_by=date(2026, 6, 29),
        as_of=NOW,
        wish={},
        facts=stated,
        facts_sha256=facts_sha256(stated),
        body_sha256="",
        state=NoticeState.ISSUED,
        drafted_at=NOW,
        drafted_by="wang",
        year=2026,
        number=1,
        issued_at=NOW,
        issued_by="wang",
        closed_at=None,
        closed_by=None,
        closing_note="",
    )
    return replace(notice, **changes)


def written(notice, tmp_path):
    path = tmp_path / "notice.docx"
    export.write(notice, path)
    return path.read_bytes()


def test_an_order_reads_as_official_papers_do(tmp_path):
    document = Document(io.BytesIO(written(a_notice(), tmp_path)))
    lines = [p.text for p in document.paragraphs if p.text.strip()]
    assert lines[0] == "昆都仑区“无废城市”建设工作领导小组办公室"
    assert lines[1] == "昆督〔2026〕1号"
    assert lines[2] == "关于加快推进1项逾期工作的督办单"
    assert lines[3] == "区执法局："
    assert "截至2026年6月19日" in lines[4] and "最长逾期19天" in lines[4]
    assert "2026年6月29日前书面答复" in lines[5]
    assert lines[7] == "<script>alert(1)</script>"  # text, never markup
    assert "2026年6月19日" in lines
    assert lines[-1].startswith("数据截至 2026-06-19；台账日志第 7 条；数据校验值 ")
    fonts = {run.font.name for p in document.paragraphs for run in p.runs}
    assert "仿宋" in fonts
    (table,) = document.tables
    assert [cell.text for cell in table.rows[1].cells] == [
        "1",
        "<b>一号</b>渣堆（150203-W00001-D） 昆河镇，黄河 5–10 km左岸",
        "清运",
        "区执法局",
        "原定 2023-12-31，经批准延期至 2026-05-31（延期 2 次）",
        "19",
    ]


def test_a_circular_says_the_figures_of_each_unit(tmp_path):
    units = ("区执法局", "昆河镇")
    works = [a_work(), a_work(lead_unit="昆河镇", kind="TAG", days_late=400)]
    document = Document(io.BytesIO(written(a_notice(NoticeKind.CIRCULAR, units, works), tmp_path)))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "昆通〔2026〕1号" in text and "区执法局、昆河镇：" in text
    assert "区执法局1项，最长逾期19天；昆河镇1项，最长逾期400天。现予通报。" in text
    assert document.tables[0].rows[2].cells[2].text == "清运（计划任务）"


def test_a_draft_has_no_number(tmp_path):
    draft = a_notice(number=None, year=None, issued_at=None, issued_by=None)
    document = Document(io.BytesIO(written(draft, tmp_path)))
    assert "（草稿，印发时编号）" in [p.text for p in document.paragraphs]


def test_the_same_notice_is_the_same_file(tmp_path):
    notice = a_notice()
    first = written(notice, tmp_path)
    assert written(notice, tmp_path) == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert package.testzip() is None
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
