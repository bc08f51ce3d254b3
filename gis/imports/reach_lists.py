"""A district's own list of reaches from a table or a layer: river, from, to, name.

Chainages are metres (12500), kilometres where they say so (12.5 km), or stakes (K12+500).
"""

import re
from pathlib import Path

from gis.domain.reach import Span
from gis.domain.river_errors import ReachListColumn, ReachListNumber
from gis.imports.sheets import Line, Table, read_table
from gis.spatial.reach_list import ListedReach

COLUMNS = {
    "河流": ("河流", "河流名称", "所属河流", "river"),
    "起点里程": ("起点里程", "起点里程（m）", "起点里程(m)", "起点桩号", "起点", "from_m", "from"),
    "终点里程": ("终点里程", "终点里程（m）", "终点里程(m)", "终点桩号", "终点", "to_m", "to"),
    "河段名称": ("河段名称", "河段", "名称", "name_zh", "name"),
}
ENGLISH = ("英文名称", "英文名", "name_en")
STAKE = re.compile(r"^[Kk]?(\d+)\+(\d+(?:\.\d+)?)$")
KILOMETRES = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:km|KM|Km|公里|千米)$")
METRES = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:m|M|米)?$")


def read_reaches(path: Path) -> list[ListedReach]:
    """Return the rows of a list of reaches.

    Raises the errors of `gis.imports.errors`, ReachListColumn, ReachListNumber.
    """
    table = read_table(path, path.name)
    river, start, end, name = (_column(table, wanted) for wanted in COLUMNS)
    english = next((word for word in ENGLISH if word in table.headings), None)
    return [
        ListedReach(
            line.number,
            _text(line, river),
            Span(
                _metres(line, start),
                _metres(line, end),
                _text(line, name),
                (_text(line, english) if english else "") or _text(line, name),
            ),
        )
        for line in table.rows
    ]


def _column(table: Table, wanted: str) -> str:
    found = next((word for word in COLUMNS[wanted] if word in table.headings), None)
    if found is None:
        raise ReachListColumn(column=wanted, known="、".join(table.headings) or "—")
    return found


def _text(line: Line, column: str) -> str:
    value = line.cells.get(column)
    return "" if value is None else str(value).strip()


def _metres(line: Line, column: str) -> float:
    """Return a chainage in metres.

    Negative, endless and unreadable ones raise ReachListNumber.
    """
    said = _text(line, column).replace(",", "")
    if stake := STAKE.match(said):
        return 1_000 * float(stake[1]) + float(stake[2])
    if far := KILOMETRES.match(said):
        return 1_000 * float(far[1])
    if plain := METRES.match(said):
        return float(plain[1])
    raise ReachListNumber(row=line.number, column=column, value=said[:40] or "—")
