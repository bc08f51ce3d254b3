"""Entries of the ledger's log as files: a workbook to read, lines of JSON to prove.

A line of JSON is an entry exactly as the chain hashed it, with the hash of the entry before it as
`previous`: SHA-256 of `previous` and the entry's canonical form without `hash` and `previous` is
its `hash`, so that each line proves itself and consecutive ones prove that none is missing.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from gis.domain.canonical import canonical
from gis.errors import BadInput
from gis.exports.workbook import FONT, HEADING
from gis.store.log import GENESIS
from gis.store.register import CHINA

CELL = 32_000
"""A spreadsheet's cell holds 32,767 letters."""
COLUMNS = (
    ("序号", 10), ("时间", 20), ("账号", 14), ("操作", 24), ("对象类型", 14), ("对象", 40),
    ("原内容", 60), ("新内容", 60), ("本条校验值", 24), ("前条校验值", 24),
)  # fmt: skip
Words = Callable[[str], str]


class TooManyEntries(BadInput):
    """More entries than a file takes. Facts: most."""

    code = "too_many_entries"
    zh = "符合条件的记录超过 {most} 条，一个文件放不下：请缩小日期范围或增加条件后再导出。"
    en = "More than {most} entries fit, too many for a file: narrow the days or add a condition."


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write entries as lines of JSON, as the chain hashed them; return how many."""
    number = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(canonical({**row, "previous": row["previous"] or GENESIS}) + "\n")
            number += 1
    return number


def write_xlsx(path: Path, rows: Iterable[Mapping[str, Any]], verb: Words, kind: Words) -> int:
    """Write entries as a workbook whose every cell is text; return how many.

    ``verb`` and ``kind`` put what the log says into words.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet("操作日志")
    heading, plain = book.add_format(HEADING), book.add_format(FONT)
    for number, (title, width) in enumerate(COLUMNS):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, heading)
    sheet.freeze_panes(1, 2)
    line = 0
    for line, row in enumerate(rows, start=1):
        cells = (
            *(str(row["seq"]), _moment(row["at"]), row["actor"], verb(row["verb"])),
            *(kind(row["subject_kind"]), row["subject_id"], row["before"], row["after"]),
            *(row["hash"], row["previous"] or GENESIS),
        )
        for number, value in enumerate(cells):
            sheet.write_string(line, number, (value or "")[:CELL], plain)
    book.close()
    return line


def _moment(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
