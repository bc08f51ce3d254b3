"""The cells of the control list: how each follows from a row of the register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from gis.domain.terms import LookBackResult, SatelliteResult, SiteKind, Term

Row = Mapping[str, Any]
Cell = str | float | int | date | None


class Said(NamedTuple):
    """A cell's words in both languages, where no stored term has them."""

    zh: str
    en: str


Found = Cell | Term | Said
"""What a row says for a column, before a language is chosen."""

UNKNOWN = Said("待核实", "to be checked")
YES_NO = {None: UNKNOWN, True: Said("是", "yes"), False: Said("否", "no")}
HAS = {None: UNKNOWN, True: Said("有", "yes"), False: Said("无", "no")}
SOURCE_ZONE = {
    "LEVEL_1_2": Said("一、二级保护区内", "in zone 1 or 2"),
    "QUASI_OR_NEAR": Said("准保护区内或1 km以内", "in the quasi zone or within 1 km"),
    "NONE": YES_NO[False],
}
SOURCE_LEVEL = {
    "LEVEL_1": Said("一级保护区内", "in zone 1"),
    "LEVEL_2": Said("二级保护区内", "in zone 2"),
    "QUASI": Said("准保护区内", "in the quasi zone"),
}
PROTECTED = {
    "INSIDE": YES_NO[True],
    "NEAR": Said("500 m以内", "within 500 m"),
    "NONE": YES_NO[False],
}
RECEPTORS = (
    ("main_stem_distance_m", "黄河干流", "main stem"),
    ("tributary_distance_m", "重要支流", "important tributary"),
    ("source_distance_m", "水源保护区", "source zone"),
    ("dwelling_distance_m", "居民点", "dwellings"),
    ("farmland_distance_m", "永久基本农田", "basic farmland"),
    ("red_line_distance_m", "生态保护红线", "red line"),
    ("reserve_distance_m", "自然保护地", "reserve"),
    ("sensitive_area_distance_m", "环境敏感区", "sensitive area"),
)
PROTECTED_PARTS = (
    ("red_line_distance_m", "生态保护红线", "red line"),
    ("farmland_distance_m", "永久基本农田", "basic farmland"),
    ("reserve_distance_m", "自然保护地", "reserve"),
)
BANK = {"LEFT": Said("左岸", "left"), "RIGHT": Said("右岸", "right")}
DEMO = {True: Said("演示数据", "made up for the demo"), False: Said("正式数据", "real")}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell follows from a row; ``by`` is the register's column that orders it, if any."""

    by: str | None
    find: Callable[[Row], Found]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: headings, short name, width in characters, and how its cell is found."""

    zh: str
    en: str
    short: str
    width: int
    look: Look
    form: str = "General"

    def cell(self, row: Row, language: str = "zh-CN") -> Cell:
        """Return what a row of the register says here, in words of ``language``."""
        found = self.look.find(row)
        if isinstance(found, Term | Said):
            return found.en if language.startswith("en") else found.zh
        return found


def dms(degrees: float) -> str:
    """Return an angle as degrees, minutes, seconds.

    >>> dms(109.8)
    '109°48′00.00″'
    """
    hundredths = round(degrees * 360_000)
    whole, rest = divmod(abs(hundredths), 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return f"{'-' if hundredths < 0 else ''}{whole}°{minutes:02d}′{seconds / 100:05.2f}″"


def plain(name: str) -> Look:
    """Return a look at a column as it is."""
    return Look(name, lambda row: row[name])


def told(name: str) -> Look:
    """Return a look at a text that the list is not ordered by; empty says nothing."""
    return Look(None, lambda row: row[name] or None)


def find_number(row: Row) -> Found:
    """Return the row's number on the list."""
    number: int = row["number"]
    return number


def rounded(name: str, digits: int) -> Look:
    """Return a look at a number to so many digits."""
    return Look(name, lambda row: None if row[name] is None else round(row[name], digits))


def kilometres(name: str) -> Look:
    """Return a look at metres as kilometres."""
    return Look(name, lambda row: None if row[name] is None else round(row[name] / 1000, 2))


def centre(axis: int, form: Callable[[float], Found]) -> Look:
    """Return a look at one axis of the centre."""
    return Look(("lon", "lat")[axis], lambda row: form(row["centre"][axis]))


def worded(name: str, words: Mapping[Any, Said], unknown: Said | None = UNKNOWN) -> Look:
    """Return a look at a stored word in words of both languages."""
    return Look(name, lambda row: words.get(row[name], unknown))


def find_controls(row: Row) -> Found:
    """Return the three protections in one line."""
    parts = (
        ("防扬散", "dust", HAS[row["has_dust_control"]]),
        ("防流失", "runoff", HAS[row["has_runoff_control"]]),
        ("防渗漏", "seepage", HAS[row["has_seepage_control"]]),
    )
    return Said(
        "；".join(f"{zh}{word.zh}" for zh, _, word in parts),
        "; ".join(f"{en} {word.en}" for _, en, word in parts),
    )


def first(*names: str) -> Look:
    """Return a look at the first column that says anything; the last one orders."""
    return Look(names[-1], lambda row: next((row[name] for name in names if row[name]), None))


def find_land(row: Row) -> Found:
    """Return ownership and class of the land, as measured, else as stated."""
    parts = [row["land_ownership"] or row["stated_ownership"], row["land_class"]]
    return "；".join(part for part in parts if part) or None


def find_receptors(row: Row) -> Found:
    """Return the receptors with their distances."""
    known = [(zh, en, row[name]) for name, zh, en in RECEPTORS if row[name] is not None]
    return Said(
        "；".join(zh + ("内" if m == 0 else f"{m / 1000:.2f} km") for zh, _, m in known),
        "; ".join(f"in {en}" if m == 0 else f"{en} {m / 1000:.2f} km" for _, en, m in known),
    )


def find_source_zone(row: Row) -> Found:
    """Return the water-source zone that the site lies in."""
    by_zone = SOURCE_ZONE.get(row["source_zone"], UNKNOWN)
    return SOURCE_LEVEL.get(row["source_level"], by_zone)


def find_protected(row: Row) -> Found:
    """Return whether protected land is touched, and which."""
    inside = [(zh, en) for name, zh, en in PROTECTED_PARTS if row[name] == 0]
    if not inside:
        return PROTECTED.get(row["protected_land"], UNKNOWN)
    zh, en = "、".join(zh for zh, _ in inside), ", ".join(en for _, en in inside)
    return Said(f"是（{zh}）", f"yes ({en})")


def find_grade(row: Row) -> Found:
    """Return the grade, marked where it is provisional."""
    grade: Term | None = row["grade"]
    if grade is None or not row["is_provisional"]:
        return grade
    return Said(f"{grade.zh}（暂定）", f"{grade.en} (provisional)")


def find_due(row: Row) -> Found:
    """Return the day of the most pressing work, or that it is ongoing."""
    if row["project_id"] is None:
        return None
    due: date | None = row["due_on"]
    return due or Said("持续推进", "Ongoing")


EMPTY = Look(None, lambda row: None)
TAILINGS = Look("kind", lambda row: YES_NO[row["kind"] is SiteKind.TAILINGS_POND])


def find_years(row: Row) -> Found:
    """Return the years of storage; an open end is a question mark, never today."""
    first_, last = row["stored_from"], row["stored_to"]
    return None if first_ is None and last is None else f"{first_ or '？'}–{last or '？'}"


def find_basis(row: Row) -> Found:
    """Return what the conclusion in force rests on, with the report's number."""
    basis: Term | None = row["conclusion_basis"]
    if basis is None:
        return None
    parts = [part for part in (row["conclusion_laboratory"], row["conclusion_report_no"]) if part]
    return Said("；".join([basis.zh, *parts]), "; ".join([basis.en, *parts]))


def find_acceptance(row: Row) -> Found:
    """Return day and number of the acceptance."""
    day: date | None = row["accepted_on"]
    parts = [day.isoformat() if day else None, row["acceptance_no"]]
    return " ".join(part for part in parts if part) or None


def find_checked_on(row: Row) -> Found:
    """Return the day of the newest image after the works that could tell something."""
    said: str | None = row["checked"]
    return None if said is None else date.fromisoformat(said.partition(" ")[0])


def find_checked(row: Row) -> Found:
    """Return what that image showed: of the close-out, or of a look-back since."""
    said: str | None = row["checked"]
    if said is None:
        return None
    word = said.partition(" ")[2]
    return LookBackResult.of(word) if word in set(LookBackResult) else SatelliteResult.of(word)


def find_class(row: Row) -> Found:
    """Return the waste class, a hazardous one with its code."""
    kind: Term = row["waste_class"]
    code: str | None = row["hw_code"]
    return kind if code is None else Said(f"{kind.zh} {code}", f"{kind.en} {code}")
