"""Rule sets that were adopted, newest first, with the whole text of each."""

from uuid import UUID

import sqlalchemy as sa

from gis.domain.grading.rule_check import AdoptedRules
from gis.store import shape
from gis.store.tables import rule_sets


def all_adopted(connection: sa.Connection) -> list[AdoptedRules]:
    """Return every adoption, newest first."""
    query = sa.select(rule_sets).order_by(rule_sets.c.adopted_at.desc(), rule_sets.c.id)
    return shape.select_all(connection, AdoptedRules, query)


def newest(connection: sa.Connection) -> AdoptedRules | None:
    """Return the adoption in force, or None where none was ever made."""
    query = sa.select(rule_sets).order_by(rule_sets.c.adopted_at.desc(), rule_sets.c.id).limit(1)
    return shape.select_one(connection, AdoptedRules, query)


def adoption(connection: sa.Connection, adoption_id: UUID) -> AdoptedRules | None:
    """Return one adoption, or None."""
    query = sa.select(rule_sets).where(rule_sets.c.id == adoption_id)
    return shape.select_one(connection, AdoptedRules, query)


def text_of(connection: sa.Connection, sha256: str) -> str | None:
    """Return the text of the rules with this hash, or None where they were never adopted."""
    query = sa.select(rule_sets.c.text).where(rule_sets.c.sha256 == sha256).limit(1)
    found: str | None = connection.scalar(query)
    return found
