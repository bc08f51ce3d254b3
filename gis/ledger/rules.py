"""Verbs on rules: adopt a rule set, tick a row against the standard's text, take a tick back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from gis.domain.grading.rule_check import AdoptedRules, RuleCheck
from gis.domain.grading.rule_errors import (
    AdoptionIdReused,
    CheckRepeated,
    EditionMissing,
    ReasonMissing,
    RowMoved,
    RowUnknown,
    RulesVersionTaken,
)
from gis.domain.grading.rule_row import RuleRow
from gis.ledger.book import Book
from gis.ledger.grading import put_grades, rules_in_force
from gis.rules import catalogue
from gis.rules import grading as rules_file
from gis.store import rule_checks, rule_sets, shape, sight, tables


def adopt(book: Book, adoption_id: UUID, text: str, reason: str) -> tuple[AdoptedRules, bool]:
    """Put a rule set in force and grade every site by it; return it and whether it is new.

    All in one transaction; earlier grades are kept. Raises RulesUnreadable, RulesUnsound,
    ReasonMissing, RulesVersionTaken, AdoptionIdReused.
    """
    rules = rules_file.parse(text)
    if not reason.strip():
        raise ReasonMissing()
    with book.entry() as entry:
        connection = entry.connection
        sight.require_whole(connection)
        known = rule_sets.adoption(connection, adoption_id)
        if known is not None:
            if (known.sha256, known.reason) != (rules.sha256, reason.strip()):
                raise AdoptionIdReused(id=adoption_id)
            return known, False
        before = rules_in_force(connection)
        earlier = rule_sets.all_adopted(connection)
        names = {(one.scheme, one.version): one.sha256 for one in earlier}
        names |= {(one.id, one.version): sha for sha, one in rules_file.past().items()}
        if names.get((rules.id, rules.version), rules.sha256) != rules.sha256:
            raise RulesVersionTaken(name=rules.name)
        moves = put_grades(entry, rules)
        adopted = AdoptedRules(
            id=adoption_id,
            scheme=rules.id,
            version=rules.version,
            sha256=rules.sha256,
            text=text,
            adopted_at=entry.now,
            adopted_by=entry.actor,
            reason=reason.strip(),
            moved=len(moves),
        )
        shape.insert(connection, tables.rule_sets, [adopted])
        was = {"rule_set": before.name, "sha256": before.sha256}
        entry.log("adopt_rules", "rule_set", rules.name, before=was, after=adopted)
        return adopted, True


@dataclass(frozen=True, slots=True)
class CheckSent:
    """A tick as a page sends it: which row as it was seen, ticked or not, and by which edition."""

    id: UUID
    row_id: str
    row_sha256: str
    is_checked: bool
    edition: str
    note: str


def check_row(book: Book, sent: CheckSent) -> tuple[RuleCheck, bool]:
    """Keep a person's word on a row; return it and whether it is new.

    Raises WholeDistrictOnly, RowUnknown, RowMoved, EditionMissing, ReasonMissing, CheckRepeated.
    """
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        known = rule_checks.check(entry.connection, sent.id)
        if known is not None:
            if any(getattr(known, name) != getattr(sent, name) for name in CheckSent.__slots__):
                raise CheckRepeated(id=sent.id)
            return known, False
        rows = {row.id: row for row in all_rows(entry.connection)}
        if sent.row_id not in rows:
            raise RowUnknown(id=sent.row_id[:80])
        if rows[sent.row_id].sha256 != sent.row_sha256:
            raise RowMoved(id=sent.row_id)
        if sent.is_checked and not sent.edition.strip():
            raise EditionMissing()
        if not sent.is_checked and not sent.note.strip():
            raise ReasonMissing()
        before = rule_checks.newest(entry.connection).get(sent.row_id)
        check = RuleCheck(
            id=sent.id,
            row_id=sent.row_id,
            row_sha256=sent.row_sha256,
            is_checked=sent.is_checked,
            edition=sent.edition,
            note=sent.note,
            checked_by=entry.actor,
            checked_at=entry.now,
        )
        shape.insert(entry.connection, tables.rule_checks, [check])
        verb = "check_rule" if sent.is_checked else "uncheck_rule"
        entry.log(verb, "rule", sent.row_id, before=before, after=check)
        return check, True


def text_in_force(connection: sa.Connection) -> str:
    """Return the text of the rule set in force."""
    adopted = rule_sets.newest(connection)
    return rules_file.shipped() if adopted is None else adopted.text


def all_rows(connection: sa.Connection) -> list[RuleRow]:
    """Return every row of the rules as they are in force."""
    return catalogue.all_rows(rules_in_force(connection))


def to_check(connection: sa.Connection, rows: Iterable[RuleRow]) -> list[str]:
    """Return the ids of those rows that nobody has compared with the text as they now stand."""
    ticks = rule_checks.newest(connection)
    return [row.id for row in rows if not row.is_read and not is_ticked(row, ticks)]


def is_ticked(row: RuleRow, ticks: dict[str, RuleCheck]) -> bool:
    """Say whether a person's tick holds for this very value of a row."""
    tick = ticks.get(row.id)
    return tick is not None and tick.is_checked and tick.row_sha256 == row.sha256


def unchecked(connection: sa.Connection, row_ids: Collection[str]) -> list[str]:
    """Return which of ``row_ids`` are 待核对原文 now; an id that no file holds is one of them."""
    rows = {row.id: row for row in all_rows(connection)}
    open_ = set(to_check(connection, (rows[id_] for id_ in row_ids if id_ in rows)))
    return sorted(id_ for id_ in set(row_ids) if id_ in open_ or id_ not in rows)


def ticked_ids(connection: sa.Connection) -> set[str]:
    """Return the ids of all rows that were read in the text, or ticked as they now stand."""
    rows = all_rows(connection)
    return {row.id for row in rows} - set(to_check(connection, rows))
