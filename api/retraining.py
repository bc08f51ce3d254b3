"""The year's turn: what the field said becomes a model, held against the one in use."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from api import model_shelf
from api.settings import Settings
from gis.domain.detection.kept_back import RULE
from gis.domain.detection.model_comparison import ModelComparison, verdict_of
from gis.domain.detection.model_errors import ModelNameTaken, NothingTaught
from gis.domain.detection.model_record import ModelRecord, require_name, require_tells
from gis.domain.terms import ModelTells
from gis.exports.samples import MANIFEST, write_set
from gis.ledger import Book
from gis.ledger.models import record_comparison
from gis.ledger.samples import freeze_if_new, named_set
from gis.store import models, training_sets
from remote_sensing.training import manifest as manifests
from remote_sensing.training.lessons import Exam, Lessons, prepare
from remote_sensing.training.manifest import Manifest

Tell = Callable[[str, str], None]
Keep = Callable[[ModelRecord, str], None]


@dataclass(frozen=True, slots=True)
class RetrainAsked:
    """What to learn from: the analysts' manifest, a district's field checks (``set_name`` or now).

    Without ``base`` the field checks alone teach.

    ``against`` names the model to compare with; without it, the one published last.
    """

    base: Path | None
    district_code: str
    name: str
    set_name: str | None = None
    against: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Retrained:
    """The new model, a draft; the set it learnt from; how it compares, where it could be said."""

    model: ModelRecord
    set_name: str
    too_little: dict[str, int]
    comparison: ModelComparison | None


def retrain(
    book: Book,
    settings: Settings,
    asked: RetrainAsked,
    tell: Tell,
    keep: Keep = lambda model, set_name: None,
) -> Retrained:
    """Train on the analysts' labels and the field's, but for the ground that is kept back.

    The model is registered as a draft, of which ``keep`` hears with the set's name before it is
    compared: publishing it is a person's decision. Raises
    ModelNameUnfit, ModelNameTaken, ModelUnknown, NoSamples, NothingTaught, SetUnknown, SetDamaged,
    and what training and detection raise.
    """
    from remote_sensing.training.train import train

    name = require_name(asked.name)
    base = [] if asked.base is None else [manifests.read(asked.base)]
    _require_free(book, name)
    against = _against(book, asked.against)
    if against is not None:
        model_shelf.loaded(against)  # a file that is gone is said before the work, not after
    set_id, set_name, field = _field(book, settings, asked)
    with _workplace(settings) as folder:
        tell("正在整理标注与样本……", "Bringing labels and samples together…")
        lessons = prepare([*base, field], name, folder)
        tell("正在训练……", "Training…")
        made = train(lessons.manifest, seed=asked.seed)
        record, _ = model_shelf.put_model(
            book, settings, made, name, training_set_id=set_id, kept_back=RULE
        )
        keep(record, set_name)
        found = None
        if against is not None and against.id != record.id:
            found = contest(book, record, against, lessons.exams, set_id, folder, tell)
    return Retrained(record, set_name, dict(lessons.too_little), found)


def compare_trained(
    book: Book, settings: Settings, asked: RetrainAsked, model: ModelRecord, tell: Tell
) -> ModelComparison | None:
    """Compare a model that was trained before as it should have been then.

    None where nothing is published to compare it with. Raises what `retrain` raises.
    """
    base = [] if asked.base is None else [manifests.read(asked.base)]
    against = _against(book, asked.against, model)
    if against is None:
        return None
    set_id, _, field = _field(book, settings, asked)
    with _workplace(settings) as folder:
        tell("正在整理标注与样本……", "Bringing labels and samples together…")
        lessons = prepare([*base, field], asked.name, folder)
        return contest(book, model, against, lessons.exams, set_id, folder, tell)


def compare(
    book: Book, settings: Settings, names: tuple[str, str], base: Sequence[Path], tell: Tell
) -> ModelComparison:
    """Compare two registered models on the kept-back ground of some manifests.

    Raises ModelUnknown, ModelFileGone, ModelFileChanged, and what detection raises.
    """
    with book.reading() as connection:
        one, other = (
            require_tells(models.model_named(connection, name), ModelTells.GROUND) for name in names
        )
    read = [manifests.read(path) for path in base]
    with _workplace(settings) as folder:
        lessons: Lessons = prepare(read, "compare", folder)
        return contest(book, one, other, lessons.exams, None, folder, tell)


def _require_free(book: Book, name: str) -> None:
    with book.reading() as connection:
        for known in models.all_models(connection):
            if known.name == name:
                raise ModelNameTaken(name=name, sha256=known.sha256[:12])


def _against(
    book: Book, against: str | None, model: ModelRecord | None = None
) -> ModelRecord | None:
    """Return the model to compare with: the one named, or the one published last but for itself."""
    with book.reading() as connection:
        if against is not None:
            return require_tells(models.model_named(connection, against), ModelTells.GROUND)
        last = models.published(connection)
    return next((one for one in last if model is None or one.id != model.id), None)


def _field(
    book: Book, settings: Settings, asked: RetrainAsked
) -> tuple[UUID | None, str, Manifest]:
    shelf = settings.samples_dir
    set_name = asked.set_name
    if set_name is None:
        set_name = freeze_if_new(book, shelf, asked.district_code, write_set)[0].name
    found = named_set(shelf, set_name)
    if not (found.folder / MANIFEST).exists():
        raise NothingTaught(name=set_name)
    with book.reading() as connection:
        frozen = training_sets.named(connection, set_name)
    return frozen.id if frozen else None, set_name, manifests.read(found.folder / MANIFEST)


@contextmanager
def _workplace(settings: Settings) -> Iterator[Path]:
    """Yield a folder on the data's own disk that is gone afterwards, whatever happens."""
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".work-", dir=settings.models_dir.absolute()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def contest(
    book: Book,
    ours: ModelRecord,
    theirs: ModelRecord,
    exams: Sequence[Exam],
    set_id: UUID | None,
    folder: Path,
    tell: Tell,
) -> ModelComparison:
    """Let two models find what they can on the same ground, and keep how they compare."""
    from remote_sensing.runner import threads
    from remote_sensing.training.contest import difference, sit

    marks = []
    for number, record in enumerate((ours, theirs)):
        tell(f"正在用 {record.name} 识别留出地块……", f"{record.name} on the kept-back ground…")
        model, path = model_shelf.loaded(record)
        marks.append(sit(exams, model, path, folder / f"run{number}", run=threads(2)))
    apart = difference(marks[0].by_place, marks[1].by_place) or (None, None, None)
    figures: dict[str, Any] = {"ours": marks[0].figures, "theirs": marks[1].figures}
    return record_comparison(
        book,
        ModelComparison(
            id=uuid4(),
            model_id=ours.id,
            against_id=theirs.id,
            training_set_id=set_id,
            verdict=verdict_of(apart[1], apart[2], marks[0].places),
            difference=apart[0],
            low=apart[1],
            high=apart[2],
            places=marks[0].places,
            is_fair=theirs.kept_back == ours.kept_back == RULE,
            figures=figures,
            made_at=book.clock(),
            made_by=book.actor,
        ),
    )
