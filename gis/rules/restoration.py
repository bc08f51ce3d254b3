"""Reads what restored units must reach and their after-care from the data file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.pits.after_care import CareRule, CareRules
from gis.domain.pits.offered import OfferRules
from gis.domain.pits.restoration import Requirement
from gis.domain.terms import Direction, Indicator, LandAim

RESTORATION_FILE = Path(__file__).with_name("restoration.toml")


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(RESTORATION_FILE.read_text("utf-8"))


@cache
def requirements() -> tuple[Requirement, ...]:
    """Return the requirements in force."""
    return tuple(_requirement(row) for row in _said()["row"])


@cache
def duties() -> CareRules:
    """Return the after-care duties in force."""
    rows = ({"needs_waste": False} | row for row in _said()["duty"])
    return CareRules(tuple(CareRule(**row) for row in rows), int(_said()["care"]["amber_days"]))


@cache
def offers() -> OfferRules:
    """Return when a value that is offered needs a word of caution."""
    said = _said()["offers"]
    return OfferRules(int(said["old_days"]), float(said["coarse_m"]))


def _requirement(row: dict[str, Any]) -> Requirement:
    value = row.get("value")
    said = {name: row[name] for name in ("id", "standard", "clause", "zh", "en")}
    return Requirement(
        **said,
        certainty=row["certainty"],
        source=row["source"],
        indicator=Indicator.of(row["indicator"]),
        directions=tuple(Direction.of(one) for one in row.get("directions", ())),
        aims=tuple(LandAim.of(one) for one in row.get("aims", ())),
        is_most=row.get("is_most", False),
        value=None if value is None else float(value),
        needs_waste=row.get("needs_waste", False),
    )
