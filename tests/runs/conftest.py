"""A register with two small scenes of real files, a small model, and batches over them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from api.intake import SceneSent, add_scene
from api.model_shelf import put_model
from api.settings import Settings
from gis.domain.detection.batch import DetectionBatch, DetectionJob
from gis.domain.detection.imagery import SceneRecord
from gis.domain.detection.model_record import ModelRecord
from gis.ledger import Book, places
from gis.ledger.batches import BatchAsked, start_batch
from gis.ledger.models import publish_model
from gis.store import batches, log
from gis.store.engine import make_engine
from remote_sensing.model import Model, save
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest, train
from tests.makers import KUNDULUN, a_district
from tests.remote_sensing.make_scene import make_manifest, make_scene

WINDOW = 16
LIMITS = {"min_area_m2": 2000.0, "min_confidence": 0.0}
CUT = {**LIMITS, "window_size": WINDOW}
"""Thirty windows out of a scene of 96 by 80 pixels."""


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return train.train(manifest.read(make_manifest(tmp_path_factory.mktemp("training"))))


@pytest.fixture(scope="session")
def model_path(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "small.qfm"
    save(model, path)
    return path


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("scenes")
    return [  # of two coordinate systems, as batches of an office are
        make_scene(folder / f"kundulun_2023061{n}.tif", seed=n, shift=n, frame=1, crs=crs).path
        for n, crs in ((7, "EPSG:32649"), (9, "EPSG:4546"))
    ]


@dataclass(frozen=True)
class Office:
    """The register, its folder, its scenes, and how a batch is asked for."""

    settings: Settings
    book: Book
    scenes: list[SceneRecord]
    record: ModelRecord

    def start(self, *scenes: SceneRecord, name: str = "一批", **limits: Any) -> DetectionBatch:
        return start_batch(self.book, self.asked(*scenes, name=name, **limits))[0]

    def asked(self, *scenes: SceneRecord, name: str = "一批", **limits: Any) -> BatchAsked:
        return BatchAsked(
            id=uuid4(),
            district_code=KUNDULUN,
            name=name,
            scene_ids=[one.id for one in scenes or self.scenes[:1]],
            model_id=self.record.id,
            parameters=LIMITS | limits,
        )

    def jobs(self, batch: DetectionBatch) -> list[DetectionJob]:
        with self.book.reading() as connection:
            return batches.jobs(connection, [batch.id])

    def folder(self, job: DetectionJob) -> Path:
        return self.settings.runs_dir / str(job.key) / "scene"


@pytest.fixture
def office(
    database_url: str,
    tmp_path: Path,
    model: Model,
    images: list[Path],
    display: Callable[[], None],
) -> Iterator[Office]:
    settings = Settings(database_url=database_url, data_dir=tmp_path)
    engine = make_engine(database_url)
    book = Book(engine, "wang")
    places.add_district(book, a_district())
    scenes = [
        add_scene(book, settings, SceneSent(open_scene(path), KUNDULUN, path.stem, "made", ""))
        for path in images
    ]
    record, _ = put_model(book, settings, model, "小模型")
    yield Office(settings, book, scenes, publish_model(book, record.id))
    with book.reading() as connection:
        assert log.verify(connection).broken_at is None
    engine.dispose()


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """No display copies: nobody looks at these scenes."""
    from api import intake

    monkeypatch.setattr(intake, "write_display_copy", lambda scene, path: path.touch())
    return lambda: None
