"""Reads the rules of the field form from their data file."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

from gis.domain.checks.rules import CheckRule, Density, Factor, FormField, FormRules, condition_of
from gis.domain.terms import HeapShape, Severity, WasteClass

FIELD_CHECK_FILE = Path(__file__).with_name("field_check.toml")


def parse(text: str) -> FormRules:
    """Return the rules written in ``text`` (the format of ``field_check.toml``)."""
    said = tomllib.loads(text)
    return FormRules(
        limits=said["limits"],
        rules=tuple(
            CheckRule(
                **row
                | {
                    "severity": Severity.of(row["severity"]),
                    "when": tuple(condition_of(one) for one in row["when"]),
                }
            )
            for row in said["rule"]
        ),
        fields=tuple(
            FormField(**row | {"verdicts": tuple(row["verdicts"])}) for row in said["field"]
        ),
        shapes=tuple(Factor(**row | {"id": HeapShape.of(row["id"])}) for row in said["shape"]),
        densities=tuple(
            Density(**row | {"waste_class": WasteClass.of(row["waste_class"])})
            for row in said["density"]
        ),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


@cache
def current() -> FormRules:
    """Return the rules in force."""
    return parse(FIELD_CHECK_FILE.read_text(encoding="utf-8"))
