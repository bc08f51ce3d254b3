"""Reads how laboratories write their results sheets: headings, marks, leaching methods."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LAB_COLUMNS_FILE = Path(__file__).with_name("lab_columns.toml")
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class LabColumns:
    """Plain forms of what sheets write, each to what it means here."""

    columns: dict[str, str]
    lines: dict[str, str]
    below: frozenset[str]
    leach: dict[str, str]

    def column(self, heading: str) -> str | None:
        """Return the field that a heading names, or None."""
        return self.columns.get(plain(heading)) or self.columns.get(plain(unbracketed(heading)))

    def leach_method(self, text: str) -> str | None:
        """Return the stored word of the one leaching method that a text names, or None."""
        written = compact(text)
        found = {word for name, word in self.leach.items() if name in written}
        return found.pop() if len(found) == 1 else None


def plain(text: str) -> str:
    """Return a text without spaces, case and full-width forms.

    >>> plain("样品 编号（Ｎo.）")
    '样品编号(no.)'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def compact(text: str) -> str:
    """Return a text as letters, digits and points only.

    >>> compact("HJ/T 299-2007"), compact("硫酸-硝酸法")
    ('hjt2992007', '硫酸硝酸法')
    """
    return "".join(c for c in plain(text) if c.isalnum() or c == ".")


def unbracketed(text: str) -> str:
    """Return a heading without what it says in brackets.

    >>> unbracketed("检测值（mg/L）")
    '检测值'
    """
    return BRACKETED.sub("", unicodedata.normalize("NFKC", text)).strip()


@cache
def current() -> LabColumns:
    """Return the names in use."""
    data = tomllib.loads(LAB_COLUMNS_FILE.read_text(encoding="utf-8"))
    return LabColumns(
        columns={plain(name): to for to, names in data["column"].items() for name in names},
        lines={plain(name): to for to, names in data["line"].items() for name in names},
        below=frozenset(plain(word) for word in data["below"]["words"]),
        leach={compact(name): to for to, names in data["leach"].items() for name in names},
    )
