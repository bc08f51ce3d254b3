"""Verbs on models: add, publish, withdraw."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from gis.domain.detection.model_comparison import ModelComparison
from gis.domain.detection.model_errors import ModelKnown, ModelNameTaken, ModelWithdrawn
from gis.domain.detection.model_record import ModelRecord, require_name, require_tells
from gis.domain.sites.errors import ReasonMissing
from gis.domain.terms import ModelState, ModelTells
from gis.ledger.book import Book, Entry
from gis.store import models, shape, sight, tables


@dataclass(frozen=True, slots=True)
class ModelSent:
    """A model whose file is kept already at ``path``."""

    name: str
    sha256: str
    path: str
    card: dict[str, Any]
    training_set_id: UUID | None = None
    kept_back: str | None = None
    tells: ModelTells = ModelTells.GROUND


def add_model(book: Book, sent: ModelSent) -> tuple[ModelRecord, bool]:
    """Register a model as a draft; return it and whether it is new.

    The same file under the same name again is the same model. Raises ModelNameUnfit,
    ModelNameTaken (another file bears the name), ModelKnown (the file bears another name).
    """
    name = require_name(sent.name)
    with book.entry() as entry:
        known = models.model_of_file(entry.connection, sent.sha256)
        if known is not None:
            if known.name != name:
                raise ModelKnown(name=known.name)
            return known, False
        for other in models.all_models(entry.connection):
            if other.name == name:
                raise ModelNameTaken(name=name, sha256=other.sha256[:12])
        record = ModelRecord(
            id=uuid5(NAMESPACE_URL, f"model {sent.sha256}"),
            tells=sent.tells,
            name=name,
            sha256=sent.sha256,
            path=sent.path,
            card=sent.card,
            training_set_id=sent.training_set_id,
            kept_back=sent.kept_back,
            state=ModelState.DRAFT,
            made_at=entry.now,
            made_by=entry.actor,
            changed_at=entry.now,
            changed_by=entry.actor,
            reason="",
        )
        shape.insert(entry.connection, tables.models, [record])
        entry.log("add_model", "model", record.id, after=_said(record))
        return record, True


def publish_model(book: Book, model_id: UUID) -> ModelRecord:
    """Let detection use a model, also one that was withdrawn; again it changes nothing.

    Raises NotInRegister, ModelFileGone, ModelFileChanged.
    """
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        before = models.model(entry.connection, model_id)
        models.require_file(before)
        if before.state is ModelState.PUBLISHED:
            return before
        return _move(entry, "publish_model", before, ModelState.PUBLISHED, "")


def withdraw_model(book: Book, model_id: UUID, reason: str) -> ModelRecord:
    """Take a model out of use; what it found, and the file, are kept.

    The last one published may go too: without a model of ground no run can be started until
    another is published.
    Raises NotInRegister, ReasonMissing, ModelWithdrawn.
    """
    if not reason.strip():
        raise ReasonMissing()
    with book.entry() as entry:
        sight.require_whole(entry.connection)
        before = models.model(entry.connection, model_id)
        if before.state is ModelState.WITHDRAWN:
            raise ModelWithdrawn(name=before.name, by=before.changed_by, reason=before.reason)
        return _move(entry, "withdraw_model", before, ModelState.WITHDRAWN, reason.strip())


def record_comparison(book: Book, found: ModelComparison) -> ModelComparison:
    """Keep how a model of ground compares with another; raises NotInRegister, ModelTellsOther."""
    with book.entry() as entry:
        for one_id in (found.against_id, found.model_id):
            model = models.model(entry.connection, one_id)
            require_tells(model, ModelTells.GROUND)
        made = replace(found, made_at=entry.now, made_by=entry.actor)
        shape.insert(entry.connection, tables.model_comparisons, [made])
        entry.log("compare_models", "model", model.id, after=made)
        return made


def _move(
    entry: Entry, verb: str, before: ModelRecord, state: ModelState, reason: str
) -> ModelRecord:
    after = before.moved(state, entry.now, entry.actor, reason)
    shape.replace(entry.connection, tables.models, after)
    entry.log(verb, "model", before.id, before=_said(before), after=_said(after))
    return after


def _said(record: ModelRecord) -> dict[str, Any]:
    """Return what the log keeps: the card's bytes are under the file's hash already."""
    said = ("tells", "name", "sha256", "training_set_id", "kept_back", "state", "reason")
    return {name: getattr(record, name) for name in said}
