"""Reads what the satellite follow-up is measured against from its data file."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from gis.domain.follow_up.rules import FollowUpRules

FOLLOW_UP_FILE = Path(__file__).with_name("follow_up.toml")


def parse(text: str) -> FollowUpRules:
    """Return the rules written in ``text`` (the format of ``follow_up.toml``)."""
    said = tomllib.loads(text)
    return FollowUpRules(
        **{row["id"]: float(row["value"]) for row in said["limit"]},
        peak_months={code: tuple(months) for code, months in said["peak_months"].items()},
        snow_months=tuple(said["snow_months"]),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


@cache
def current() -> FollowUpRules:
    """Return the rules in force."""
    return parse(FOLLOW_UP_FILE.read_text(encoding="utf-8"))
