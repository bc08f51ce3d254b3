"""Made-up pits with room and a book of loads, by the verbs of the office; again adds nothing."""

import tomllib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from gis.domain.backfill.book import LoadSent
from gis.domain.pits.survey import SurveySent
from gis.domain.terms import PitVoid, SurveyBasis
from gis.ledger import Book
from gis.ledger.backfill import FactsSent, state_facts
from gis.ledger.backfill_book import book_load
from gis.ledger.pits import record_survey
from gis.store import backfill, sites

LEVEL_M = 1070.0
NOTE = "演示数据：容积为虚构"


def add_backfill(book: Book, district_code: str, path: Path) -> None:
    """State the made-up facts of a file, record its surveys, and book its loads."""
    about = tomllib.loads(path.read_text(encoding="utf-8"))
    with book.reading() as connection:
        names = {row["name"] for row in about["site"]}
        names |= {row[end] for row in about["load"] for end in ("pit", "source")}
        codes = {name: sites.code_named(connection, district_code, name) for name in names}
        known = {code: name for name, code in codes.items() if code is not None}
        stated = backfill.stated_of(connection, known)
    for row in about["site"]:
        code = codes[row["name"]]
        if code is None:
            continue
        if code not in stated:
            state_facts(book, code, _facts(row, about["evidence"]))
        for survey in row["surveys"]:
            record_survey(book, _survey(code, survey))
    for row in about["load"]:
        pit, source = codes[row["pit"]], codes[row["source"]]
        if pit is not None and source is not None:
            book_load(book, _load(pit, source, row, about))


def _facts(row: dict[str, Any], evidence: str) -> FactsSent:
    void = PitVoid.of(row["void"]) if "void" in row else None
    return FactsSent(None, void, row.get("mining_area"), None, evidence)


def _survey(code: str, row: dict[str, Any]) -> SurveySent:
    nothing = dict.fromkeys(SurveySent.__slots__)
    said = {
        "id": _id(code, "survey", row["on"].isoformat()),
        "site_code": code,
        "surveyed_on": row["on"],
        "basis": SurveyBasis.STATED,
        "level_m": LEVEL_M,
        "free_volume_m3": float(row["free_volume_m3"]),
        "free_volume_sigma_m3": float(row["sigma_m3"]),
        "note": NOTE,
    }
    return SurveySent(**nothing | said)  # type: ignore[arg-type]


def _load(pit: str, source: str, row: dict[str, Any], about: dict[str, Any]) -> LoadSent:
    nothing = dict.fromkeys(LoadSent.__slots__)
    said = {
        "id": _id(pit, "load", row["ticket"]),
        "pit_code": pit,
        "source_code": source,
        "tonnes": float(row["tonnes"]),
        "tipped_on": row["on"],
        "ticket_no": row["ticket"],
        "unit": about["unit"],
        "received_by": about["received_by"],
        "note": "演示数据",
    }
    return LoadSent(**nothing | said)  # type: ignore[arg-type]


def _id(*parts: str) -> UUID:
    return uuid5(NAMESPACE_URL, " ".join(("demo", *parts)))
