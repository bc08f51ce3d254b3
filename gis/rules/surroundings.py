"""Reads how far "near" reaches from its data file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.sites.surroundings import Nearness

SURROUNDINGS_FILE = Path(__file__).with_name("surroundings.toml")


def rows() -> list[dict[str, Any]]:
    """Return the file's rows, each with standard, clause, value, certainty and source."""
    found: list[dict[str, Any]] = tomllib.loads(SURROUNDINGS_FILE.read_text("utf-8"))["row"]
    return found


@cache
def nearness() -> Nearness:
    """Return the distances in force."""
    return Nearness(**{row["measure"]: float(row["value"]) for row in rows()})
