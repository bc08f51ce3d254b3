"""A grading decision in words: each factor's facts, points and clause, and what is unchecked."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from gis.domain.grading.fact_words import values_word
from gis.domain.grading.rule_set import Factor, Override, RuleSet
from gis.domain.sites.surroundings import in_english
from gis.ledger.grading import rules_of
from gis.ledger.rules import to_check
from gis.rules.catalogue import grading_rows

WORDS = ("index", "name_zh", "name_en", "most", "clause", "certainty", "source")
"""What the rule set says of a factor; rows of the first release repeat it."""


def graded(
    connection: sa.Connection, row: dict[str, Any] | None, layers: Mapping[str, str] | None
) -> dict[str, Any] | None:
    """Return a grading row with the words of its rule set, or None where there is no row."""
    if row is None:
        return None
    rules = rules_of(connection, row["rule_sha256"])
    open_ = [] if rules is None else to_check(connection, grading_rows(rules))
    return grading(row, rules, layers or {}, open_)


def grading(
    row: dict[str, Any], rules: RuleSet | None, layers: Mapping[str, str], open_: Collection[str]
) -> dict[str, Any]:
    """Return a grading row as pages read it.

    ``layers`` say which layer of which date a measured fact rests on, ``open_`` are the rows of
    the rule set that nobody has compared with the text. ``unchecked`` are those of them that this
    decision rests on.
    """
    decision = row["decision"]
    levels = [4 - index["level"] for index in decision["indices"]]
    total = "+".join(str(points) for points in levels) + f"={sum(levels)}"
    cell = "".join(str(index["level"]) for index in decision["indices"])
    factors = {} if rules is None else {factor.id: factor for factor in rules.factors}
    overrides = {} if rules is None else {o.id: o for o in (rules.gate, *rules.overrides)}
    applied = [_override(one, overrides, rules) for one in decision["overrides"]]
    reasons = [_reason(r, factors.get(r["factor"]), rules, layers) for r in decision["reasons"]]
    rests_on = [one["row"] for one in (*reasons, *applied)]
    if rules is not None:
        rests_on += [rules.row_id(part) for part in ("L1", "L2", "CONF", f"C{cell}")]
    unchecked = [id_ for id_ in rests_on if id_ in open_]
    return {
        "grade": row["grade"].value,
        "provisional": row["is_provisional"],
        "confidence": row["confidence"],
        "rule_set": row["rule_set"],
        "rule_sha256": row["rule_sha256"],
        "graded_at": row["graded_at"],
        "indices": [_index(one, rules) for one in decision["indices"]],
        "reasons": [{**one, "checked": one["row"] not in open_} for one in reasons],
        "overrides": [{**one, "checked": one["row"] not in open_} for one in applied],
        "unchecked": unchecked,
        "cell_row": None if rules is None else rules.row_id(f"C{cell}"),
        "matrix_zh": f"{total} → {row['grade'].zh}",
        "matrix_en": f"{total} → {row['grade'].en}",
    }


def _index(one: dict[str, Any], rules: RuleSet | None) -> dict[str, Any]:
    names = {} if rules is None else rules.index_names[one["index"]]
    return {f"name_{language}": name for language, name in names.items()} | one


def _reason(
    said: dict[str, Any], factor: Factor | None, rules: RuleSet | None, layers: Mapping[str, str]
) -> dict[str, Any]:
    value = said["value"]
    words = {name: getattr(factor, name) for name in WORDS} if factor else {}
    rests = dict.fromkeys(layers[fact] for fact in value if fact in layers)
    return {
        **words,
        **{name: said[name] for name in ("factor", "points", *WORDS) if name in said},
        "value_zh": values_word(value, "zh"),
        "value_en": values_word(value, "en"),
        "known": said["is_known"],
        "layers_zh": list(rests),
        "layers_en": [in_english(layer) for layer in rests],
        "row": None if rules is None else rules.row_id(said["factor"]),
    }


def _override(
    said: str | dict[str, Any], known: dict[str, Override], rules: RuleSet | None
) -> dict[str, Any]:
    names = ("name_zh", "name_en", "grade", "clause")
    if isinstance(said, dict):
        return {name: said[name] for name in names} | {"row": None}
    assert rules is not None, "a row that names overrides by id names its rule set"
    return {name: getattr(known[said], name) for name in names} | {"row": rules.row_id(said)}
