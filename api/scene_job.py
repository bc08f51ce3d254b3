"""One scene of a batch, from the claim to its candidates on file."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import sqlalchemy as sa

from api.settings import Settings
from gis.domain.detection.batch import BEAT, DetectionBatch, DetectionJob, Line, with_line
from gis.domain.detection.batch_errors import JobNotYours, UnexpectedFault
from gis.domain.detection.limits import MASKED, ZONES, zones_of
from gis.domain.detection.retraining import Retraining
from gis.domain.place import STORE_EPSG
from gis.errors import QingfeiError
from gis.ledger import Book, batch_work
from gis.ledger.detection import Filed
from gis.spatial import crs
from gis.store import batches, imagery, models, zones
from gis.store.engine import DatabaseDown

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from remote_sensing.runner import Runner

logger = logging.getLogger(__name__)
Done = TypeVar("Done")
WGS84_EPSG = 4326
WORKER = f"{socket.gethostname()}:{os.getpid()}"
PATIENCE = 2.0
"""Seconds between two attempts to reach a database that is away."""


Beat = Callable[
    [sa.Connection, UUID, UUID, datetime, tuple[int, int, int] | None, Sequence[Line] | None],
    bool | None,
]
"""Says that a worker is alive: whether to stop, or None where the work is no longer its own."""


class Stopped(Exception):
    """The scene was cancelled, given to another worker, or the worker has to stop."""


class Pulse:
    """Beats for a scene or a training while it is worked on, and hears whether it should be let go.

    A database that is away for a while stops nothing: windows are kept on the disk, and the beats
    go on when it is back.
    """

    def __init__(
        self,
        book: Book,
        job: DetectionJob | Retraining,
        asked: Callable[[], bool],
        every: float,
        beat: Beat | None = None,
    ) -> None:
        assert job.claim is not None
        self._book, self._job, self._claim, self._asked = book, job, job.claim, asked
        self._every, self._heart = every, beat or batches.beat
        self._windows: tuple[int, int, int] | None = None
        self._log: list[Line] = job.log
        self._told = True
        self._quit, self._halt, self._wake = (threading.Event() for _ in range(3))
        self._thread = threading.Thread(target=self._beat, name=f"pulse of {job.id}", daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._quit.set()
        self._wake.set()
        self._thread.join()
        self._once()  # the last windows and lines are told as well

    def step(self, zh: str, en: str) -> None:
        """Write a line of the scene's log; raises Stopped where it is to be let go."""
        self._log = with_line(self._log, self._book.clock(), zh, en)
        self._tell()

    def window(self, done: int, total: int) -> None:
        """Take note of a window; raises Stopped where the scene is to be let go."""
        kept = done - 1 if self._windows is None else self._windows[0]
        self._windows = (kept, done, total)
        self._tell()

    def _tell(self) -> None:
        self._told = False
        self._wake.set()
        self.heed()

    def heed(self) -> None:
        """Raise Stopped where the scene is to be let go."""
        if self._halt.is_set() or self._asked():
            raise Stopped

    def _beat(self) -> None:
        while not self._quit.is_set():
            self._wake.wait(self._every)
            self._wake.clear()
            self._once()

    def _once(self) -> None:
        told, self._told = self._told, True
        windows, lines = (None, None) if told else (self._windows, self._log)
        try:
            with self._book.engine.begin() as connection:
                now = self._book.clock()
                cancelled = self._heart(connection, self._job.id, self._claim, now, windows, lines)
        except Exception:  # whatever it is, the pixels do not depend on it
            self._told = told
            return
        if cancelled is None or cancelled:
            self._halt.set()


def work(
    book: Book,
    settings: Settings,
    job_id: UUID,
    *,
    stopping: Callable[[], bool] = lambda: False,
    dask: str | None = None,
    beat_seconds: float = BEAT.total_seconds(),
) -> DetectionJob | None:
    """Do one scene of a batch as far as it goes; None where it no longer waits.

    However it ends, its row says so: done, failed with a sentence, cancelled, or back in line. What
    it finds is filed in the name of who asked for the batch.
    """
    taken = batch_work.take_job(book, job_id, WORKER)
    if taken is None:
        return None
    batch, job = taken
    assert job.claim is not None
    claim = job.claim
    theirs = Book(book.engine, batch.asked_by, book.clock)
    fault: QingfeiError | None = None
    try:
        with Pulse(theirs, job, stopping, beat_seconds) as pulse:
            filed, found = _detect(theirs, settings, batch, job, pulse, dask, stopping)
        return patiently(lambda: batch_work.finish_job(theirs, job_id, claim, filed, found))
    except Stopped:
        pass
    except JobNotYours:
        return None
    except QingfeiError as error:
        fault = error
    except Exception as error:
        logger.exception("scene job %s", job_id)
        fault = UnexpectedFault(reason=f"{type(error).__name__}: {error}"[:300])
    return _end(theirs, job_id, claim, fault, stopping)


def _detect(
    book: Book,
    settings: Settings,
    batch: DetectionBatch,
    job: DetectionJob,
    pulse: Pulse,
    dask: str | None,
    stopping: Callable[[], bool],
) -> tuple[Filed, int]:
    from api.filing import file_run
    from api.follow_up import follow_up_from
    from api.model_shelf import loaded
    from api.scenes import detection_scene
    from remote_sensing.pipeline import detect

    with book.reading() as connection:
        record = imagery.scene(connection, job.scene_id)
        shelved = models.model(connection, batch.model_id)
    model, path = loaded(shelved)
    asked = dict(batch.parameters)
    ignored = _ignored(book, zones_of(asked))
    apart = {name: asked.pop(name) for name in (MASKED, ZONES) if name in asked}
    result = detect(
        detection_scene(book, record, masked=apart.get(MASKED, True)),
        model,
        settings.runs_dir / str(job.key),
        model_path=path,
        run=_runner(batch.threads, dask),
        progress=pulse.window,
        step=pulse.step,
        heed=pulse.heed,
        ignored=ignored,
        **asked,
    )
    pulse.step("结果入库。", "Filing what was found.")
    filed = patiently(lambda: file_run(book, record, result, model, settings, apart), stopping)
    patiently(lambda: follow_up_from(book, record), stopping)
    return filed, len(result.candidates)


def _ignored(book: Book, zone_ids: Sequence[UUID]) -> "BaseGeometry | None":
    """Return the ground of zones as detection takes it, lon/lat in EPSG:4326."""
    import shapely

    if not zone_ids:
        return None
    with book.reading() as connection:
        outlines = zones.outlines(connection, zone_ids)
    ground = shapely.union_all(outlines)
    return crs.transform(ground, STORE_EPSG, WGS84_EPSG)


def _runner(threads: int, dask: str | None) -> "Runner":
    from remote_sensing import runner

    if dask is not None:
        return runner.dask(dask)
    return runner.serial if threads == 1 else runner.threads(threads)


def _end(
    book: Book,
    job_id: UUID,
    claim: UUID,
    fault: QingfeiError | None,
    stopping: Callable[[], bool],
) -> DetectionJob | None:
    """Say how a scene ended that is not done; where nobody hears it, its silence will tell."""

    def write() -> DetectionJob:
        if fault is None:
            return batch_work.stop_job(book, job_id, claim)
        return batch_work.fail_job(book, job_id, claim, fault)

    try:
        return patiently(write, stopping)
    except (JobNotYours, Stopped):
        return None


def patiently(write: Callable[[], Done], stopping: Callable[[], bool] = lambda: False) -> Done:
    """Write, and again for as long as the database is away; raises Stopped where asked to."""
    pause = threading.Event()
    while True:
        try:
            return write()
        except DatabaseDown:
            if stopping():
                raise Stopped from None
            pause.wait(PATIENCE)
