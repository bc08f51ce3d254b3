"""Verbs that grade: one site by what changed, or all of them by the rules in force."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.grading.grading import Decision, Scale, grade
from gis.domain.grading.rule_set import RuleSet
from gis.domain.terms import Grade
from gis.ledger.book import Book, Entry
from gis.rules import grading as rules_file
from gis.store import facts, gradings, rule_sets

AT_ONCE = 5_000


class Move(NamedTuple):
    """A site whose grade changed; ``old`` is None before its first."""

    code: str
    old: Grade | None
    new: Grade


@lru_cache(maxsize=8)
def _read(text: str) -> RuleSet:
    return rules_file.read(text)


def rules_in_force(connection: sa.Connection) -> RuleSet:
    """Return the rule set last adopted, or the one that comes with the program."""
    adopted = rule_sets.newest(connection)
    return rules_file.current() if adopted is None else _read(adopted.text)


def rules_of(connection: sa.Connection, sha256: str) -> RuleSet | None:
    """Return the rule set with this hash, from the program or the register; None if neither."""
    shipped = rules_file.past().get(sha256)
    if shipped is not None:
        return shipped
    text = rule_sets.text_of(connection, sha256)
    return None if text is None else _read(text)


def put_grade(entry: Entry, code: str) -> Decision:
    """Grade a site by the rules in force and store the decision with its reasons."""
    known = next(facts.stream(entry.connection, codes=[code]), None)
    if known is None:
        raise NotInRegister(id=code)
    row = _graded(entry, known, Scale(rules_in_force(entry.connection)))
    _store(entry, [(known, row)])
    return row.decision


def put_grades_of(entry: Entry, codes: Sequence[str]) -> None:
    """Grade many sites by the rules in force, in the caller's transaction."""
    scale = Scale(rules_in_force(entry.connection))
    for start in range(0, len(codes), AT_ONCE):
        known = list(facts.stream(entry.connection, codes=codes[start : start + AT_ONCE]))
        _store(entry, [(one, _graded(entry, one, scale)) for one in known])


def _graded(entry: Entry, one: facts.Known, scale: Scale) -> gradings.Graded:
    at = _after(one.graded_at, entry.now)
    return gradings.graded(one.code, one.version, at, grade(one.facts, scale.rules, scale))


def _store(entry: Entry, decided: list[tuple[facts.Known, gradings.Graded]]) -> None:
    gradings.put(entry.connection, [row for _, row in decided])
    for one, row in decided:
        before = None if one.grade is None else _in_short(one)
        entry.log("grade_site", "site", one.code, before=before, after=gradings.in_short(row))


def _in_short(one: facts.Known) -> dict[str, object]:
    """Return how a site was graded before, by name and hash."""
    return {
        "grade": one.grade,
        "rule_sha256": one.rule_sha256,
        "decision_sha256": one.decision_sha256,
    }


def _after(before: datetime | None, now: datetime) -> datetime:
    """Return ``now``, or the moment after the last grading of the same transaction."""
    return now if before is None or before < now else before + timedelta(microseconds=1)


def regrade(book: Book, district_code: str | None = None) -> list[Move]:
    """Grade every site by the rules in force; return those whose grade moves.

    A site whose decision stays the same to the last reason gets no new row.
    """
    with book.entry() as entry:
        return put_grades(entry, rules_in_force(entry.connection), district_code)


def put_grades(entry: Entry, rules: RuleSet, district_code: str | None = None) -> list[Move]:
    """Grade every site on the list by ``rules``, in the caller's transaction."""
    moves: list[Move] = []
    pending: list[tuple[facts.Known, gradings.Graded]] = []
    scale = Scale(rules)
    for one in facts.stream(entry.connection, district_code):
        row = _graded(entry, one, scale)
        if (one.grade, one.decision_sha256) == (row.decision.grade, row.sha256):
            continue
        pending.append((one, row))
        if one.grade is not row.decision.grade:
            moves.append(Move(one.code, one.grade, row.decision.grade))
        if len(pending) == AT_ONCE:
            _store(entry, pending)
            pending = []
    _store(entry, pending)
    return moves
