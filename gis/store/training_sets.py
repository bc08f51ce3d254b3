"""Queries on frozen sets of samples and on comparisons of models."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.model_comparison import ModelComparison
from gis.domain.detection.training_set import TrainingRow, TrainingSet
from gis.store import samples, shape
from gis.store.tables import model_comparisons, models, training_rows, training_sets


def named(connection: sa.Connection, name: str) -> TrainingSet | None:
    """Return the set of that name, or None."""
    query = sa.select(training_sets).where(training_sets.c.name == name)
    return shape.select_one(connection, TrainingSet, query)


def sets_of(connection: sa.Connection, district_code: str) -> list[TrainingSet]:
    """Return a district's sets, the newest first."""
    query = (
        sa.select(training_sets)
        .where(training_sets.c.district_code == district_code)
        .order_by(training_sets.c.made_at.desc(), training_sets.c.name.desc())
    )
    return shape.select_all(connection, TrainingSet, query)


def newest(connection: sa.Connection, district_code: str) -> TrainingSet | None:
    """Return a district's newest set, or None."""
    return next(iter(sets_of(connection, district_code)), None)


def names(connection: sa.Connection) -> dict[UUID, str]:
    """Return the name of every set by its id."""
    query = sa.select(training_sets.c.id, training_sets.c.name)
    return {row.id: row.name for row in connection.execute(query)}


def waiting(connection: sa.Connection, district_code: str) -> int:
    """Return how many of a district's samples are not in its newest set as they stand now."""
    last = newest(connection, district_code)
    query = sa.select(training_rows.c.check_id, training_rows.c.check_version)
    known = set()
    if last is not None:
        rows = connection.execute(query.where(training_rows.c.set_id == last.id))
        known = {(row.check_id, row.check_version) for row in rows}
    found = {one.place_key: one for one in samples.samples_in(connection, district_code)}
    return sum((one.check_id, one.check_version) not in known for one in found.values())


def rows_of_set(connection: sa.Connection, set_id: UUID) -> list[TrainingRow]:
    """Return a set's rows in their order."""
    query = (
        sa.select(training_rows)
        .where(training_rows.c.set_id == set_id)
        .order_by(training_rows.c.number)
    )
    return shape.select_all(connection, TrainingRow, query)


def counts_of(connection: sa.Connection, set_id: UUID) -> dict[str, Any]:
    """Return how many rows of a set are kept back, and how many left out by reason."""
    row = training_rows.c
    query = (
        sa.select(row.left_out, row.is_kept_back, sa.func.count().label("n"))
        .where(row.set_id == set_id)
        .group_by(row.left_out, row.is_kept_back)
    )
    found = connection.execute(query).all()
    left: dict[str, int] = {}
    for one in found:
        if one.left_out is not None:
            left[one.left_out.value] = left.get(one.left_out.value, 0) + one.n
    kept = sum(one.n for one in found if one.is_kept_back and one.left_out is None)
    return {"kept_back": kept, "left_out": left}


def comparisons(connection: sa.Connection) -> list[dict[str, Any]]:
    """Return every comparison with the other model's name, the newest first."""
    other = models.alias("other")
    query = (
        sa.select(model_comparisons, other.c.name.label("against"))
        .join(other, other.c.id == model_comparisons.c.against_id)
        .order_by(model_comparisons.c.made_at.desc(), model_comparisons.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def comparison(connection: sa.Connection, comparison_id: UUID) -> ModelComparison | None:
    """Return one comparison, or None."""
    query = sa.select(model_comparisons).where(model_comparisons.c.id == comparison_id)
    return shape.select_one(connection, ModelComparison, query)
