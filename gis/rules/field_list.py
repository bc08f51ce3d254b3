"""Reads what belongs on a field team's list from its data file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.people.assignment import ListRules

LIST_FILE = Path(__file__).with_name("field_list.toml")


def rows() -> list[dict[str, Any]]:
    """Return the file's rows, each with value, both sentences, certainty and source."""
    found: list[dict[str, Any]] = tomllib.loads(LIST_FILE.read_text("utf-8"))["row"]
    return found


@cache
def list_rules() -> ListRules:
    """Return the rules in force."""
    return ListRules(**{row["id"]: int(row["value"]) for row in rows()})
