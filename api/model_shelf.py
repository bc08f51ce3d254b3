"""The shelf of models: files come in by their hash, and leave only as models that still load."""

from pathlib import Path
from uuid import UUID

from api.settings import Settings
from gis.domain.detection.model_record import ModelRecord, require_name
from gis.ledger import Book
from gis.ledger import models as verbs
from gis.store import files, models, sight
from remote_sensing.errors import ModelOfOtherFeatures
from remote_sensing.features import FEATURES_VERSION
from remote_sensing.model import Model, load

SUFFIX = ".qfm"


def put_model(
    book: Book,
    settings: Settings,
    model: Model,
    name: str,
    *,
    training_set_id: UUID | None = None,
    kept_back: str | None = None,
) -> tuple[ModelRecord, bool]:
    """Keep a model's file and register it as a draft; the same again is the same model.

    The file is put first, so that every record has one; a file that was lost or spoilt is made
    whole again. Raises DiskFull, ModelNameUnfit, ModelNameTaken, ModelKnown.
    """
    require_name(name)
    path = files.place_of(settings.models_dir.absolute(), model.sha256, SUFFIX)
    files.put(path, model.content)
    card = model.card.as_dict()
    sent = verbs.ModelSent(name, model.sha256, str(path), card, training_set_id, kept_back)
    return verbs.add_model(book, sent)


def publish(book: Book, model_id: UUID) -> ModelRecord:
    """Let detection use a model that this program can still run.

    Raises NotInRegister, ModelFileGone, ModelFileChanged, ModelOfOtherFeatures.
    """
    with book.reading() as connection:
        sight.require_whole(connection)
        record = models.model(connection, model_id)
    theirs = record.card.get("features_version")
    if theirs != FEATURES_VERSION:
        raise ModelOfOtherFeatures(file=record.name, theirs=theirs, ours=FEATURES_VERSION)
    return verbs.publish_model(book, model_id)


def loaded(record: ModelRecord) -> tuple[Model, Path]:
    """Return a registered model, read from its own file.

    Raises ModelFileGone, ModelFileChanged, NotAModel, ModelOfOtherFeatures.
    """
    path = models.require_file(record)
    return load(path), path
