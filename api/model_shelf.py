"""The shelf of models: files come in by their hash, and leave only as models that still load."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.settings import Settings
from gis.domain.detection.model_record import ModelRecord, require_name, require_tells
from gis.domain.errors import NotInRegister
from gis.domain.terms import ModelTells
from gis.ledger import Book
from gis.ledger import models as verbs
from gis.store import files, models, sight
from remote_sensing.errors import ModelOfOtherFeatures
from remote_sensing.features import FEATURES_VERSION
from remote_sensing.model import Model, load

if TYPE_CHECKING:
    from remote_sensing.change.kind_judge import ChangeKinds

SUFFIXES = {ModelTells.GROUND: ".qfm", ModelTells.CHANGE: ".qfc"}


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
    sha256, path = _kept(settings, model.content, name, ModelTells.GROUND)
    card = model.card.as_dict()
    sent = verbs.ModelSent(name, sha256, str(path), card, training_set_id, kept_back)
    return verbs.add_model(book, sent)


def put_judge(
    book: Book, settings: Settings, content: bytes, name: str
) -> tuple[ModelRecord, bool]:
    """Keep the file of a judge of kinds of change and register it as a draft, as `put_model` does.

    Raises NotAModel as well.
    """
    from remote_sensing.change import kind_training

    card = kind_training.loads(content, name).card
    sha256, path = _kept(settings, content, name, ModelTells.CHANGE)
    sent = verbs.ModelSent(name, sha256, str(path), card, tells=ModelTells.CHANGE)
    return verbs.add_model(book, sent)


def put_file(book: Book, settings: Settings, file: Path, name: str) -> tuple[ModelRecord, bool]:
    """Register a file as the model, or the judge of kinds of change, that it holds.

    Raises what `put_model` raises, NotAModel and ModelOfOtherFeatures.
    """
    from remote_sensing.change import kind_training

    if kind_training.is_judge(file):
        return put_judge(book, settings, file.read_bytes(), name)
    return put_model(book, settings, load(file), name)


def publish(book: Book, model_id: UUID) -> ModelRecord:
    """Let detection use a model that this program can still run.

    Raises NotInRegister, ModelFileGone, ModelFileChanged, ModelOfOtherFeatures.
    """
    with book.reading() as connection:
        sight.require_whole(connection)
        record = models.model(connection, model_id)
    theirs, ours = versions(record)
    if theirs != ours:
        raise ModelOfOtherFeatures(file=record.name, theirs=theirs, ours=ours)
    return verbs.publish_model(book, model_id)


def versions(record: ModelRecord) -> tuple[Any, int]:
    """Return of which version a model's figures are, and of which this program makes them."""
    if record.tells is ModelTells.GROUND:
        return record.card.get("features_version"), FEATURES_VERSION
    from remote_sensing.change.kind_training import VERSION

    return record.card.get("version"), VERSION


def loaded(record: ModelRecord) -> tuple[Model, Path]:
    """Return a registered model, read from its own file.

    Raises ModelTellsOther, ModelFileGone, ModelFileChanged, NotAModel, ModelOfOtherFeatures.
    """
    path = models.require_file(require_tells(record, ModelTells.GROUND))
    return load(path), path


def loaded_judge(book: Book, sha256: str) -> "ChangeKinds":
    """Return the registered judge of kinds of change whose file has these bytes.

    Raises NotInRegister, ModelTellsOther, ModelFileGone, ModelFileChanged, NotAModel.
    """
    from remote_sensing.change import kind_training

    with book.reading() as connection:
        record = models.model_of_file(connection, sha256)
    if record is None:
        raise NotInRegister(id=sha256)
    return kind_training.load(models.require_file(require_tells(record, ModelTells.CHANGE)))


def _kept(settings: Settings, content: bytes, name: str, tells: ModelTells) -> tuple[str, Path]:
    """Keep a file under its hash, once its name is known to be fit; raises ModelNameUnfit."""
    require_name(name)
    folder = settings.models_dir.absolute()
    sha256 = files.keep(folder, content, SUFFIXES[tells])
    return sha256, files.place_of(folder, sha256, SUFFIXES[tells])
