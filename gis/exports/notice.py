"""A notice as a Word file in the look of official papers; the same notice gives the same bytes."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gis.domain.works import notice_words
from gis.domain.works.notice import LaggingNotice
from gis.store.register import CHINA

BODY, TITLE, HEAD = "仿宋", "方正小标宋简体", "黑体"
SIZE = Pt(16)
"""三号, as GB/T 9704 sets the text of official papers; the title is 二号, 22 points."""
WIDTHS_MM = (10, 52, 34, 24, 28, 14)
EPOCH = (1980, 1, 1, 0, 0, 0)


def write(notice: LaggingNotice, path: Path) -> None:
    """Write the notice; what it says stands in `gis.domain.works.notice_words`."""
    document = Document()
    _page(document)
    symbol = notice.symbol or "（草稿，印发时编号）"
    _line(document, notice_words.sender(notice), TITLE, Pt(26), centre=True, red=True)
    _line(document, symbol, BODY, SIZE, centre=True)
    _line(document, "", BODY, SIZE)
    _line(document, notice.title, TITLE, Pt(22), centre=True)
    _line(document, "", BODY, SIZE)
    _line(document, notice_words.addressees(notice), BODY, SIZE)
    for text in notice_words.paragraphs(notice):
        _line(document, text, BODY, SIZE, indent=True)
    _line(document, "", BODY, SIZE)
    signed = notice.issued_at or notice.drafted_at
    for text in (
        notice_words.sender(notice),
        notice_words.day_zh(signed.astimezone(CHINA).date()),
    ):
        _line(document, text, BODY, SIZE, right=True)
    _table(document, notice)
    _line(document, notice_words.footnote(notice), BODY, Pt(9))
    about = document.core_properties
    about.title, about.author, about.last_modified_by = notice.title, "清废", "清废"
    about.subject = symbol
    about.created = about.modified = _plain(signed)
    made = io.BytesIO()
    document.save(made)
    path.write_bytes(_same_bytes(made.getvalue()))


def _plain(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, microsecond=0)


def _page(document: Any) -> None:
    """Set A4 with the margins of official papers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY, SIZE
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    normal.paragraph_format.line_spacing = Pt(28)
    normal.paragraph_format.space_after = Pt(0)


def _line(
    document: Any,
    text: str,
    font: str,
    size: Any,
    *,
    centre: bool = False,
    right: bool = False,
    indent: bool = False,
    red: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if indent:
        paragraph.paragraph_format.first_line_indent = size * 2
    if size > Pt(22):
        paragraph.paragraph_format.line_spacing = Pt(38)
    _write(paragraph, text, font, size, red=red)


def _write(paragraph: Any, text: str, font: str, size: Any, *, red: bool = False) -> None:
    run = paragraph.add_run(_printable(text))
    run.font.name, run.font.size = font, size
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if red:
        run.font.color.rgb = RGBColor(0xC0, 0x00, 0x00)


def _printable(text: str) -> str:
    """Return text without the control characters that no XML can hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n")


def _table(document: Any, notice: LaggingNotice) -> None:
    document.add_page_break()
    _line(document, "附表  逾期工作清单", HEAD, SIZE, centre=True)
    works = notice.facts["works"]
    table = document.add_table(rows=1 + len(works), cols=len(notice_words.HEADINGS))
    table.style, table.autofit = "Table Grid", False
    lines = [notice_words.HEADINGS, *(notice_words.row(n, w) for n, w in enumerate(works, 1))]
    for line, row in zip(lines, table.rows, strict=True):
        is_head = line is notice_words.HEADINGS
        for cell, text, width in zip(row.cells, line, WIDTHS_MM, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = Pt(14)
            _write(paragraph, text, HEAD if is_head else BODY, Pt(10.5))
    again = OxmlElement("w:tblHeader")  # the heading is repeated on every page
    table.rows[0]._tr.get_or_add_trPr().append(again)


def _same_bytes(content: bytes) -> bytes:
    """Return the package with the times of its parts set to one, so that no clock shows in it."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as parts,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in sorted(parts.namelist()):
            package.writestr(zipfile.ZipInfo(name, EPOCH), parts.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
