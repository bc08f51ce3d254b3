"""The demo's detection: a batch of the queue like any other, worked off at once."""

from collections.abc import Callable, Sequence
from time import sleep
from typing import NamedTuple
from uuid import UUID, uuid5

from api import jobs
from api.settings import Settings
from gis.domain.detection.batch import DetectionJob
from gis.domain.detection.batch_errors import BatchDone, ModelNotPublished
from gis.domain.detection.imagery import SceneRecord
from gis.domain.detection.limits import limits
from gis.domain.detection.model_record import ModelRecord
from gis.domain.detection.queued import LEFT
from gis.domain.terms import JobState
from gis.errors import Unavailable
from gis.ledger import Book
from gis.ledger.batches import ENDED_BADLY, BatchAsked, retry_batch, start_batch
from gis.store import batches
from remote_sensing.candidates import MIN_AREA_M2

NAMESPACE = UUID("7b0f3a52-5d0c-5f0e-8d7a-64656d6f7271")
THREADS = 2

Say = Callable[[str, str], None]


class DemoDetectionFailed(Unavailable):
    """A scene of the demo was not done. Facts: reason_zh, reason_en."""

    code = "demo_detection_failed"
    zh = "演示检测未完成：{reason_zh}排除后再次运行即从断点继续。"
    en = "The demo's detection is not done: {reason_en} Mend it and run the demo again to go on."


class Found(NamedTuple):
    """What the batch added to the register."""

    new: int
    seen_again: int


def detect_demo(
    book: Book, settings: Settings, say: Say, model: ModelRecord, scenes: Sequence[SceneRecord]
) -> Found:
    """Go over the demo's scenes as a batch; again it adds nothing.

    A batch that was cut off goes on; a model that somebody withdrew is not used against their will.
    Raises DemoDetectionFailed.
    """
    asked = BatchAsked(
        id=uuid5(NAMESPACE, model.sha256),
        district_code=scenes[0].district_code,
        name=f"演示批次 {model.sha256[:6]}",
        scene_ids=[one.id for one in scenes],
        model_id=model.id,
        parameters=limits(MIN_AREA_M2, 0.0),
        threads=THREADS,
    )
    with book.reading() as connection:
        known = batches.filed(connection, asked.id)
        before = batches.jobs(connection, [asked.id])
    try:
        if known is None:
            start_batch(book, asked)
        elif any(job.state in ENDED_BADLY for job in before):
            retry_batch(book, asked.id)
    except (BatchDone, ModelNotPublished):
        return Found(0, 0)
    done = {job.id for job in before if job.state is JobState.DONE}
    names = {one.id: one.name for one in scenes}
    if len(done) < len(scenes):
        for name in names.values():
            say(f"正在检测 {name}……", f"Detecting in {name}…")
    ended = [job for job in _worked_off(book, settings, asked.id) if job.id not in done]
    return Found(
        sum(job.found_new or 0 for job in ended),
        sum((job.found or 0) - (job.found_new or 0) for job in ended),
    )


def _worked_off(book: Book, settings: Settings, batch_id: UUID) -> list[DetectionJob]:
    """Return the batch's scenes when all have ended, here or in a server's worker."""
    while True:
        jobs.work_off(settings)
        with book.reading() as connection:
            found = batches.jobs(connection, [batch_id])
        if not any(job.state in LEFT for job in found):
            break
        sleep(0.5)  # a worker beside has one of them
    for job in found:
        if job.error is not None:
            raise DemoDetectionFailed(reason_zh=job.error["zh"], reason_en=job.error["en"])
    return found
