"""Reads what the standards of identification say from their tables, one file a table."""

import csv
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gis.domain.identification.standards import (
    Analyte,
    ClassRow,
    CountRule,
    Limit,
    RequiredTest,
    Row,
    Standards,
    plain_name,
)
from gis.domain.terms import (
    Comparison,
    IdentificationStep,
    LeachMethod,
    Quantity,
    WasteClass,
    WasteNature,
)

FOLDER = Path(__file__).parent
LIMITS = ("radioactivity.csv", "gb_5085_others.csv", "gb_5085_3.csv", "gb_8978.csv")
FILES = (
    *("analytes.csv", *LIMITS, "verdict_counts.csv", "required_tests.csv"),
    *("identification_clauses.csv", "waste_classes.csv", "hw_codes.csv"),
)
EVERY = "ALL"

Cells = dict[str, str]


def table(name: str) -> Iterator[Cells]:
    """Yield the rows of one file by heading."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def hashes() -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in FILES}


@cache
def current() -> Standards:
    """Return the tables in use."""
    analytes = {row["id"]: _analyte(row) for row in table("analytes.csv")}
    classes = {one.waste_class: one for one in map(_class, table("waste_classes.csv"))}
    bands = _bands()
    together = "\n".join(f"{name} {sha256}" for name, sha256 in hashes().items())
    return Standards(
        analytes=analytes,
        limits=tuple(_limit(row, analytes) for name in LIMITS for row in table(name)),
        counts=tuple(map(_count, table("verdict_counts.csv"))),
        required=tuple(_required(row, bands) for row in table("required_tests.csv")),
        clauses={row["id"]: _plain(row) for row in table("identification_clauses.csv")},
        classes=classes,
        hw_codes={row["id"]: _plain(row) for row in table("hw_codes.csv")},
        sha256=hashlib.sha256(together.encode()).hexdigest(),
        names=_names(analytes),
    )


def _names(analytes: dict[str, Analyte]) -> dict[str, str]:
    """Return every name of what a laboratory can report, plain, to the analyte's id."""
    names: dict[str, str] = {}
    for one in (one for one in analytes.values() if one.quantities):
        for name in (one.id, one.zh, one.en, *one.aliases):
            if names.setdefault(plain_name(name), one.id) != one.id:
                raise ValueError(f"{name} names {one.id} and {names[plain_name(name)]}")
    return names


def _analyte(row: Cells) -> Analyte:
    return Analyte(
        id=row["id"],
        zh=row["zh"],
        en=row["en"],
        cas=row["cas"] or None,
        aliases=tuple(name for name in row["aliases"].split(";") if name),
        quantities=tuple(Quantity.of(word) for word in row["quantities"].split()),
    )


def _base(row: Cells, zh: str, en: str) -> dict[str, str]:
    plain = {key: row[key] for key in ("id", "standard", "clause", "certainty", "source")}
    return plain | {"zh": zh, "en": en}


def _plain(row: Cells) -> Row:
    return Row(**_base(row, row["zh"], row["en"]))


def _limit(row: Cells, analytes: dict[str, Analyte]) -> Limit:
    analyte = analytes[row["analyte"]]
    leach = LeachMethod.of(row["leach_method"]) if row["leach_method"] else None
    comparison = Comparison.of(row["comparison"])
    amount = "" if comparison is Comparison.DETECTED else f" {row['value']} {row['unit']}".rstrip()
    by = (f"（{leach.standard} 浸出液）", f" ({leach.standard} leachate)") if leach else ("", "")
    return Limit(
        **_base(
            row,
            f"{analyte.zh}{by[0]}{comparison.zh}{amount}",
            f"{analyte.en}{by[1]} {comparison.en}{amount}",
        ),
        step=IdentificationStep.of(row["step"]),
        analyte=analyte.id,
        quantity=Quantity.of(row["quantity"]),
        leach_method=leach,
        comparison=comparison,
        value=float(row["value"]),
        unit=row["unit"],
    )


def _count(row: Cells) -> CountRule:
    return CountRule(
        **_base(row, row["zh"], row["en"]),
        step=IdentificationStep.of(row["step"]) if row["step"] else None,
        n=int(row["n"]),
        value=int(row["value"]),
        doubt_from=int(row["doubt_from"]) if row["doubt_from"] else None,
    )


def _bands() -> dict[str, frozenset[WasteClass]]:
    found: dict[str, set[WasteClass]] = {EVERY: set()}
    for row in table("waste_classes.csv"):
        one = WasteClass.of(row["id"])
        found[EVERY].add(one)
        found.setdefault(row["band"], set()).add(one)
    return {band: frozenset(classes) for band, classes in found.items()}


def _required(row: Cells, bands: dict[str, frozenset[WasteClass]]) -> RequiredTest:
    """Return a row; its classes are codes and bands, less those with a minus before them."""
    classes: frozenset[WasteClass] = frozenset()
    for word in row["classes"].split():
        name = word.removeprefix("-")
        meant = bands.get(name) or frozenset({WasteClass.of(name)})
        classes = classes - meant if word.startswith("-") else classes | meant
    return RequiredTest(
        **_base(row, row["zh"], row["en"]),
        step=IdentificationStep.of(row["step"]),
        classes=classes,
        is_expected=row["is_expected"] == "yes",
        analyte=row["analyte"] or None,
        least=int(row["least"]) if row["least"] else None,
    )


def _class(row: Cells) -> ClassRow:
    return ClassRow(
        **_base(row, row["zh"], row["en"]),
        waste_class=WasteClass.of(row["id"]),
        is_divided=row["is_divided"] == "yes",
        nature=WasteNature.of(row["nature"]),
    )
