"""A Word document of the office's look (GB/T 9704: A4, 仿宋, 三号), always of the same bytes.

A Chinese font must be named twice in a run, for Latin and for East Asian letters; and the parts of
the file's zip bear the time at which they were written, unless they are told another.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SONG, HEI, FANG, KAI = "宋体", "黑体", "仿宋", "楷体"
SAN_HAO, XIAO_SI, WU_HAO = Pt(16), Pt(12), Pt(10.5)
RED = RGBColor(0xC0, 0x00, 0x00)
LINE = Pt(28)
TEXT_MM, FIRST_MM = 156, 40
KEPT_ROWS = 12
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold; imported names may have them."""
Align = Literal["left", "centre", "right", "both"]
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


class Paper:
    """A document that is written from top to bottom."""

    def __init__(self, title: str, day: date) -> None:
        self._document = Document()
        self._set_page()
        _font(self._document.styles["Normal"], FANG, SAN_HAO)
        made = datetime(day.year, day.month, day.day)
        about = self._document.core_properties
        about.title, about.author, about.last_modified_by, about.comments = (
            title,
            "清废",
            "清废",
            "",
        )
        about.created = about.modified = made
        about.language = "zh-CN"

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        foot = section.footer.paragraphs[0]
        foot.alignment = ALIGN["centre"]
        _run(foot, "— ", SONG, Pt(14))
        _field(_run(foot, "", SONG, Pt(14)), "PAGE")
        _run(foot, " —", SONG, Pt(14))

    def masthead(self, name: str, issue: str, by: str, day: str, mark: str = "") -> None:
        """Write the red head: the paper's name, its issue, who issues it and when, a red line."""
        self._line(name, HEI, Pt(36), "centre", colour=RED, space=Pt(54))
        self._line(issue, FANG, SAN_HAO, "centre")
        if mark:
            self._line(mark, KAI, SAN_HAO, "centre", colour=RED)
        line = self._line(by, FANG, SAN_HAO, "left")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_MM), WD_TAB_ALIGNMENT.RIGHT)
        _run(line, f"\t{day}", FANG, SAN_HAO)
        _rule_below(line)

    def title(self, text: str) -> None:
        """Write the title, 二号 in the middle."""
        made = self._line(text, SONG, Pt(22), "centre", is_bold=True, space=Pt(36))
        made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(14)

    def heading(self, text: str) -> None:
        """Write a section's heading (一、…), 黑体."""
        made = self._line(text, HEI, SAN_HAO, "left", is_indented=True)
        made.paragraph_format.keep_with_next = True

    def text(self, text: str) -> None:
        """Write a paragraph, indented by two characters."""
        self._line(text, FANG, SAN_HAO, "both", is_indented=True)

    def table(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table with its title above; its first column is text, the others are figures."""
        caption = self._line(title, HEI, XIAO_SI, "centre", space=Pt(22))
        caption.paragraph_format.keep_with_next = True
        wide = Mm(TEXT_MM - FIRST_MM) // (len(heads) - 1)
        self._grid([heads, *rows], [Mm(FIRST_MM), *[wide] * (len(heads) - 1)], has_heads=True)
        self._line("", FANG, XIAO_SI, "left", space=Pt(14))

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Write names with their values, as a table of two columns."""
        self._grid(rows, [Mm(FIRST_MM), Mm(TEXT_MM - FIRST_MM)], has_heads=False)

    def _grid(
        self, rows: Sequence[Sequence[str]], widths: Sequence[int], *, has_heads: bool
    ) -> None:
        """Write a table; one that fits on a page is not broken over two."""
        table = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, row in enumerate(rows):
            made = table.add_row()
            _mark(made, "w:cantSplit")
            is_head = has_heads and number == 0
            if is_head:
                _mark(made, "w:tblHeader")
            is_kept = len(rows) <= KEPT_ROWS and number < len(rows) - 1
            for place, (cell, text) in enumerate(zip(made.cells, row, strict=True)):
                cell.width, cell.vertical_alignment = widths[place], WD_ALIGN_VERTICAL.CENTER
                is_name = is_head or (not has_heads and place == 0)
                figure: Align = "right" if has_heads and place else "left"
                _cell(cell, text, "centre" if is_head else figure, HEI if is_name else FANG)
                cell.paragraphs[0].paragraph_format.keep_with_next = is_kept

    def write(self, path: Path) -> None:
        """Store the document; the same content is the same bytes."""
        loose = io.BytesIO()
        self._document.save(loose)
        with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(path, "w") as fixed:
            for name in sorted(parts.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
                entry = zipfile.ZipInfo(name, ZIP_TIME)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                fixed.writestr(entry, parts.read(name))

    def _line(
        self,
        text: str,
        font: str,
        size: Pt,
        align: Align,
        *,
        colour: RGBColor | None = None,
        is_bold: bool = False,
        is_indented: bool = False,
        space: Pt = LINE,
    ) -> Any:
        line = self._document.add_paragraph()
        line.alignment = ALIGN[align]
        form = line.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, space
        if is_indented:
            form.first_line_indent = Pt(size.pt * 2)
        run = _run(line, text, font, size)
        run.bold = is_bold
        if colour is not None:
            run.font.color.rgb = colour
        return line


def _run(line: Any, text: str, font: str, size: Pt) -> Any:
    run = line.add_run(UNWRITABLE.sub("", text))
    _font(run, font, size)
    return run


def _font(styled: Any, name: str, size: Pt) -> None:
    styled.font.name, styled.font.size = name, size
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), name)


def _cell(cell: Any, text: str, align: Align, font: str) -> None:
    line = cell.paragraphs[0]
    line.alignment = ALIGN[align]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    _run(line, text, font, WU_HAO)


def _field(run: Any, code: str) -> None:
    """Make a run a field that the program works out, such as the page's number."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _rule_below(line: Any) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "4"), ("color", "C00000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    line._p.get_or_add_pPr().append(borders)


def _mark(row: Any, name: str) -> None:
    """Say of a row that it stays whole (cantSplit), or stands on each page (tblHeader)."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
