"""The national survey's table of mines taken in: what both doors share."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gis.errors import QingfeiError
from gis.imports import mines
from gis.imports.sheets import read_table
from gis.ledger import Book
from gis.ledger.restoration import set_mine
from gis.store import places, restoration


@dataclass(frozen=True, slots=True)
class MineList:
    """A table of the survey; ``name`` is what its sender calls the file."""

    path: Path
    name: str
    district_code: str


@dataclass(frozen=True, slots=True)
class MinesTaken:
    """How many rows were kept, how many say what is known, and what was wrong with the others."""

    taken: int
    same: int
    problems: list[dict[str, Any]]


def take_mines(book: Book, sent: MineList) -> MinesTaken:
    """Keep every row of a table that is sound; each other is told by its line.

    Raises DistrictUnknown and what reading a table raises.
    """
    with book.reading() as connection:
        places.district(connection, sent.district_code)
        codes = restoration.codes_by_patch(connection, sent.district_code)
    found = mines.read(read_table(sent.path, sent.name), codes)
    problems = [
        {
            "line": one.line,
            "zh": f"“{one.heading}”无法识别：{one.said}",
            "en": f"{one.heading} cannot be read: {one.said}",
        }
        for one in found.problems
    ]
    taken = same = 0
    for line, row in found.rows:
        try:
            _, is_new = set_mine(book, row)
        except QingfeiError as error:
            zh, en = error.sentence("zh-CN"), error.sentence("en")
            problems.append({"line": line, "zh": zh, "en": en})
            continue
        taken, same = taken + is_new, same + (not is_new)
    return MinesTaken(taken, same, sorted(problems, key=lambda one: int(one["line"])))
