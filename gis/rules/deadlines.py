"""Reads what deadlines and notices are measured by from its data file."""

import tomllib
from functools import cache
from pathlib import Path

from gis.domain.works.deadlines import AmberSpan, DeadlineRules

DEADLINES_FILE = Path(__file__).with_name("deadlines.toml")


def parse(text: str) -> DeadlineRules:
    """Return the rules written in ``text`` (the format of ``deadlines.toml``)."""
    said = tomllib.loads(text)
    names = ("id", "from_days", "zh", "en", "clause", "certainty", "source")
    spans = (AmberSpan(days=row["value"], **{n: row[n] for n in names}) for row in said["amber"])
    in_order = tuple(sorted(spans, key=lambda span: span.from_days))
    if not in_order or in_order[0].from_days != 0:
        raise ValueError("deadlines.toml: a span from 0 days on must be there")
    (reply,) = said["reply"]
    return DeadlineRules(in_order, reply_days=reply["value"])


@cache
def current() -> DeadlineRules:
    """Return the rules in force."""
    return parse(DEADLINES_FILE.read_text(encoding="utf-8"))
