"""From a file of outside to rows in the register, for both doors: look, report, load."""

import hashlib
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from gis.domain.import_list import Checked, Decision, ImportList, ListSent
from gis.domain.import_problems import ListRefused, RowProblem
from gis.domain.place import District
from gis.domain.terms import Datum, RowFate
from gis.imports import mapping as mappings
from gis.imports import positions
from gis.imports.drafts import ListRead, read_list
from gis.imports.mapping import Mapping
from gis.imports.sheets import Table, read_table
from gis.ledger import Book
from gis.ledger.imports import load_list
from gis.ledger.matching import check
from gis.store import imports, places, sight
from gis.store.register import CHINA


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks of a file: whose list it is, and how it is to be read."""

    path: Path
    file_name: str
    district_code: str
    list_name: str
    sheet: str | None = None
    mapping: Mapping | None = None
    decisions: Pairs[int, Decision] | None = None
    others: RowFate | None = None
    """What becomes of every row with a proposed match that no decision names."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it was read, with what the register knows of its rows."""

    district: District
    table: Table
    read: ListRead
    checked: tuple[Checked, ...]
    problems: tuple[RowProblem, ...]
    suggested: tuple[Datum, float] | None

    @property
    def faults(self) -> tuple[RowProblem, ...]:
        """The problems that stop the list."""
        return tuple(problem for problem in self.problems if not problem.is_warning)

    @property
    def open_rows(self) -> tuple[Checked, ...]:
        """The rows of which a person must say what they are."""
        return tuple(one for one in self.checked if one.matches and one.settled is None)


def _read(book: Book, asked: Asked) -> tuple[District, Table, ListRead]:
    with book.reading() as connection:
        sight.require_whole(connection)
        district = places.district(connection, asked.district_code)
    table = read_table(asked.path, asked.file_name, asked.sheet, is_whole=False)
    mapping = mappings.suggested(table, asked.mapping)
    today = book.clock().astimezone(CHINA).date()
    return district, table, read_list(table, mapping, district, today)


def look(book: Book, asked: Asked) -> Looked:
    """Read a file and compare its rows with the register; nothing is stored.

    Raises the errors of files and mappings, DistrictUnknown, DatumUnconvertible, WholeDistrictOnly.
    """
    district, table, read = _read(book, asked)
    with book.reading() as connection:
        checked, problems = check(connection, district, asked.list_name, read.drafts)
        found = None
        if read.mapping.datum is None and read.points is not None and read.reading is not None:
            centres = imports.centres_by_name(connection, district.code)
            names = list(read.names)
            found = positions.suggested_datum(read.points, names, read.reading, centres)
    every = sorted((*read.problems, *problems), key=lambda p: (p.is_warning, p.row))
    return Looked(district, table, read, tuple(checked), tuple(every), found)


def load(book: Book, asked: Asked, import_id: UUID) -> tuple[ImportList, bool]:
    """Load a file whose rows all hold; return the record and whether anything was stored.

    Raises ListRefused with its report, and what `look` and `load_list` raise.
    """
    district, table, read = _read(book, asked)
    if read.faults:
        raise ListRefused.of(read.faults)
    decisions = dict(asked.decisions or {})
    if asked.others is not None:
        with book.reading() as connection:
            checked, _ = check(connection, district, asked.list_name, read.drafts)
        for one in checked:
            if one.matches and one.settled is None:
                decisions.setdefault(one.draft.row, _of(one, asked.others))
    sent = ListSent(
        id=import_id,
        district_code=asked.district_code,
        name=asked.list_name,
        file_name=asked.file_name,
        file_sha256=sha256_of(asked.path),
        sheet=table.sheet,
        mapping=read.mapping.as_dict(),
        drafts=read.drafts,
        decisions=decisions,
    )
    return load_list(book, sent)


def _of(one: Checked, fate: RowFate) -> Decision:
    needs_site = fate in {RowFate.UPDATED, RowFate.LINKED}
    return Decision(fate, one.matches[0].site_code if needs_site else None)


def sha256_of(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def with_datum(mapping: Mapping | None, **wish: Any) -> Mapping:
    """Return a mapping with some of its settings as the terminal names them."""
    given = {key: value for key, value in wish.items() if value is not None}
    chosen = replace(mapping or Mapping(), **given)
    mappings.require_sound(chosen)
    return chosen
