"""Reads the sampling rules from their data file."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from gis.domain.sampling.rules import RuleKind, SamplingRule, SamplingRules

SAMPLING_FILE = Path(__file__).with_name("sampling.toml")


def parse(text: str) -> SamplingRules:
    """Return the rules written in ``text`` (the format of ``sampling.toml``)."""
    rows = tuple(
        SamplingRule(**row | {"kind": RuleKind(row["kind"])}) for row in tomllib.loads(text)["row"]
    )
    return SamplingRules(rows, hashlib.sha256(text.encode()).hexdigest())


@cache
def current() -> SamplingRules:
    """Return the rules in force."""
    return parse(SAMPLING_FILE.read_text(encoding="utf-8"))
