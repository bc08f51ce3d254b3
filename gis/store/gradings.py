"""Decisions as rows: compact, with a hash by which a decision that stays the same is known."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.grading.grading import Decision
from gis.store import copying
from gis.store.tables import gradings


class Graded(NamedTuple):
    """A decision on a version of a site, at its moment, with its kept form."""

    site_code: str
    site_version: int
    graded_at: datetime
    decision: Decision
    kept: str
    sha256: str


def graded(code: str, version: int, at: datetime, decision: Decision) -> Graded:
    """Return a decision ready to be stored."""
    kept = decision.kept()
    said = f"{decision.rule_sha256} {decision.grade} {decision.is_provisional} {kept}"
    return Graded(code, version, at, decision, kept, hashlib.sha256(said.encode()).hexdigest())


def in_short(one: Graded) -> dict[str, Any]:
    """Return what the log keeps of a decision; its hash vouches for the reasons."""
    decision = one.decision
    return {
        "grade": decision.grade,
        "is_provisional": decision.is_provisional,
        "points": {score.index: score.points for score in decision.indices},
        "rule_set": decision.rule_set,
        "rule_sha256": decision.rule_sha256,
        "decision_sha256": one.sha256,
    }


def put(connection: sa.Connection, rows: Sequence[Graded]) -> None:
    """Store decisions, with all their reasons."""
    if rows:
        copying.copy_in(connection, gradings, map(_row, rows))


def _row(one: Graded) -> dict[str, Any]:
    decision = one.decision
    points = {f"points_{score.index.lower()}": score.points for score in decision.indices}
    return {
        "site_code": one.site_code,
        "graded_at": one.graded_at,
        "site_version": one.site_version,
        "grade": decision.grade.value,
        "is_provisional": decision.is_provisional,
        "confidence": decision.confidence,
        "rule_set": decision.rule_set,
        "rule_sha256": decision.rule_sha256,
        "decision": one.kept,
        "decision_sha256": one.sha256,
        **points,
    }
