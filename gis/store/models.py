"""Queries on models, and whether their files are what was registered."""

from functools import lru_cache
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.model_errors import ModelFileChanged, ModelFileGone, ModelUnknown
from gis.domain.detection.model_record import ModelRecord
from gis.domain.errors import NotInRegister
from gis.domain.terms import ModelState, ModelTells
from gis.store import files, shape
from gis.store.tables import detection_runs, model_comparisons, models


def model(connection: sa.Connection, model_id: UUID) -> ModelRecord:
    """Return one model; raises NotInRegister."""
    query = sa.select(models).where(models.c.id == model_id)
    found = shape.select_one(connection, ModelRecord, query)
    if found is None:
        raise NotInRegister(id=model_id)
    return found


def model_named(connection: sa.Connection, name: str) -> ModelRecord:
    """Return the model of that name; raises ModelUnknown."""
    found = {one.name: one for one in all_models(connection)}
    if name not in found:
        raise ModelUnknown(name=name[:60], known="、".join(found) or "—")
    return found[name]


def model_of_file(connection: sa.Connection, sha256: str) -> ModelRecord | None:
    """Return the model whose file has these bytes, or None."""
    query = sa.select(models).where(models.c.sha256 == sha256)
    return shape.select_one(connection, ModelRecord, query)


def name_of_run() -> sa.ColumnElement[str]:
    """Return what the model of a row of `detection_runs` is called here.

    That is its name on the register's list; one that is not on it has the name in its file.
    """
    run = detection_runs.c
    listed = sa.select(models.c.name).where(models.c.sha256 == run.model_sha256)
    name = listed.limit(1).correlate(detection_runs).scalar_subquery()
    return sa.func.coalesce(name, run.model_name)


def all_models(connection: sa.Connection, tells: ModelTells | None = None) -> list[ModelRecord]:
    """Return every model, or those that tell one thing, the newest first."""
    query = sa.select(models).order_by(models.c.made_at.desc(), models.c.name)
    if tells is not None:
        query = query.where(models.c.tells == tells)
    return shape.select_all(connection, ModelRecord, query)


def published(
    connection: sa.Connection, tells: ModelTells = ModelTells.GROUND
) -> list[ModelRecord]:
    """Return the models that detection may use, the one published last first."""
    query = (
        sa.select(models)
        .where(models.c.state == ModelState.PUBLISHED, models.c.tells == tells)
        .order_by(models.c.changed_at.desc(), models.c.name)
    )
    return shape.select_all(connection, ModelRecord, query)


def is_compared(connection: sa.Connection, model_id: UUID) -> bool:
    """Say whether a model was compared with another."""
    found = sa.select(model_comparisons.c.id).where(model_comparisons.c.model_id == model_id)
    return connection.scalar(found.limit(1)) is not None


def require_file(record: ModelRecord) -> Path:
    """Return a model's file when it is there and unchanged.

    Raises ModelFileGone, ModelFileChanged.
    """
    path = Path(record.path)
    try:
        found = path.stat()
    except OSError:
        raise ModelFileGone(name=record.name) from None
    if _hash(path, found.st_ino, found.st_size, found.st_mtime_ns) != record.sha256:
        raise ModelFileChanged(name=record.name)
    return path


@lru_cache(maxsize=256)
def _hash(path: Path, inode: int, size: int, changed_ns: int) -> str:
    """Return a file's hash; a file that nobody touched is read once in a server's life."""
    return files.hash_of(path)
