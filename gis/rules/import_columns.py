"""Reads what earlier lists call their columns, their units, their words and their code lists."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain import inventory, terms
from gis.domain.sites.facts import FACTS
from gis.rules.lab_columns import compact, plain, unbracketed

IMPORT_COLUMNS_FILE = Path(__file__).with_name("import_columns.toml")
SURVEY = "survey_"


@dataclass(frozen=True, slots=True)
class CodeList:
    """One code list of the survey: code → (zh, en), and what a code means for kind and party."""

    id: str
    standard: str
    clause: str
    certainty: str
    source: str
    codes: Mapping[str, tuple[str, str]]
    kind: Mapping[str, str]
    responsibility: Mapping[str, str]

    def read(self, text: str) -> str | None:
        """Return the code that a cell names by its code or words, or None."""
        code = text.strip().upper().removesuffix(".0")
        if code in self.codes:
            return code
        written = compact(text)
        for known, (zh, _) in self.codes.items():
            if written in {compact(zh), compact(known + zh)}:
                return known
        return None


@dataclass(frozen=True, slots=True)
class ImportColumns:
    """All of it; keys of ``names`` and ``words`` are plain forms."""

    names: Mapping[str, str]
    forms: Mapping[str, str]
    titles: Mapping[str, tuple[str, str]]
    units: Mapping[str, Mapping[str, float]]
    words: Mapping[str, Mapping[str, str]]
    flags: Mapping[str, bool | None]
    survey: Mapping[str, CodeList]

    def field_of(self, heading: str) -> str | None:
        """Return the field that a heading names, or None."""
        for form in (heading, unbracketed(heading)):
            if (found := self.names.get(compact(form))) is not None:
                return found
        return None

    def unit_in(self, field: str, text: str) -> str | None:
        """Return the unit of a field's kind that a text ends in or brackets, or None."""
        family = self.units.get(self.forms.get(field, ""), {})
        written = plain(text).rstrip(")]")
        for unit in sorted(family, key=len, reverse=True):
            if written.endswith(plain(unit)):
                return unit
        return None


def _names(data: dict[str, Any]) -> dict[str, str]:
    found = {compact(name): field for field, names in data["column"].items() for name in names}
    for column in inventory.COLUMNS:  # the control list comes back as it went
        field = found.get(compact(unbracketed(column.zh))) or found.get(compact(column.zh))
        if field is not None:
            for name in (column.en, column.short):
                found.setdefault(compact(name), field)
    for fact in FACTS.values():
        for name in (fact.name, fact.zh, unbracketed(fact.zh), fact.en, unbracketed(fact.en)):
            found.setdefault(compact(name), fact.name)
    return found


def _words(data: dict[str, Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, rows in data["word"].items():
        vocabulary: type[terms.Term] = getattr(terms, name)
        mine = {compact(word): value for value, words in rows.items() for word in words}
        for member in vocabulary:
            for word in (member.value, member.zh, member.en):
                mine.setdefault(compact(word), member.value)
            for part in member.zh.split(" ", 1) + member.en.split(" ", 1):
                if vocabulary is terms.WasteClass:
                    mine.setdefault(compact(part), member.value)
        found[name] = mine
    return found


@cache
def import_columns() -> ImportColumns:
    """Return the columns, units, words and code lists of the data file."""
    data = tomllib.loads(IMPORT_COLUMNS_FILE.read_text(encoding="utf-8"))
    titles = {field: (zh, en) for field, (zh, en) in data["title"].items()}
    for fact in FACTS.values():
        titles.setdefault(fact.name, (fact.zh, fact.en))
    said: dict[str, bool | None] = {"yes": True, "no": False, "unknown": None}
    return ImportColumns(
        names=_names(data),
        forms=data["form"],
        titles={field: titles[field] for field in data["column"]},
        units=data["unit"],
        words=_words(data),
        flags={plain(word): said[kind] for kind, words in data["flag"].items() for word in words},
        survey={
            row["id"]: CodeList(
                **{key: row[key] for key in ("id", "standard", "clause", "certainty", "source")},
                codes={code: (zh, en) for code, (zh, en) in row["codes"].items()},
                kind=row.get("kind", {}),
                responsibility=row.get("responsibility", {}),
            )
            for row in data["survey"]
        },
    )
