"""Reads how rivers are cut and asked from their data file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.reach import ReachRules

REACHES_FILE = Path(__file__).with_name("reaches.toml")


@cache
def _file() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(REACHES_FILE.read_text("utf-8"))


def rows() -> list[dict[str, Any]]:
    """Return the file's rows of numbers, each with standard, clause, value and source."""
    return _file()["row"]


def flows() -> list[dict[str, Any]]:
    """Return the file's rows that say which way a river flows."""
    return _file()["flow"]


@cache
def reach_rules() -> ReachRules:
    """Return the rules in force."""
    return ReachRules(
        **{row["measure"]: float(row["value"]) for row in rows()},
        flows=tuple((row["river"], row["towards"]) for row in flows()),
    )
