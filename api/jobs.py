"""The worker: takes scenes and trainings from the queue, one by one, until it is told to stop."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from api import database, pulse, retrain_job, scene_job
from api.settings import Settings
from gis.domain.detection.batch import DetectionJob
from gis.domain.detection.queued import BEAT, LOST_AFTER
from gis.domain.detection.retraining import Retraining
from gis.errors import QingfeiError
from gis.ledger import Book, batch_work, retraining_work
from gis.store import queue

if TYPE_CHECKING:
    import procrastinate

logger = logging.getLogger(__name__)
ACTOR = "worker"
ROUND = 10.0
"""Seconds between two looks for dead workers and for the end of the process beside it."""

Tell = Callable[[DetectionJob], None]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a worker is to do: until nothing is left, or until it is stopped.

    ``beside`` is the process that started it; the worker ends with that one.
    """

    settings: Settings
    until_empty: bool = False
    dask: str | None = None
    beside: int | None = None
    tell: Tell = lambda job: None
    told: Callable[[Retraining], None] = lambda training: None
    stop: threading.Event = field(default_factory=threading.Event)


def work_off(settings: Settings, tell: Tell = lambda job: None) -> None:
    """Do all that waits in the queue, in this process; raises DatabaseDown."""
    run(Duty(settings, until_empty=True, tell=tell))


def run(duty: Duty) -> None:
    """Work until the duty is done; a database that goes away is waited for."""
    from procrastinate.exceptions import ConnectorException
    from psycopg_pool import PoolTimeout

    engine = database.open_register(duty.settings)
    book = Book(engine, ACTOR)
    try:
        with _rounds(book, duty):
            while True:
                try:
                    asyncio.run(_shift(book, duty))
                    if duty.until_empty or duty.stop.is_set():
                        return
                except (ConnectorException, PoolTimeout, QingfeiError, ExceptionGroup) as problem:
                    if duty.until_empty or duty.stop.is_set():
                        raise
                    logger.warning("queue: %s; joining it again", problem)
                duty.stop.wait(pulse.PATIENCE)
    finally:
        engine.dispose()


async def _shift(book: Book, duty: Duty) -> None:
    """Run procrastinate's worker until it ends by itself, a signal comes, or the duty stops."""
    app = _app(book, duty)
    async with app.open_async():
        shift = asyncio.create_task(
            app.run_worker_async(
                queues=[queue.QUEUE],
                name=pulse.WORKER,
                wait=not duty.until_empty,
                concurrency=1,
                delete_jobs="always",
                install_signal_handlers=False,
                shutdown_graceful_timeout=0,  # a scene that is asked stops at its next window
                update_heartbeat_interval=BEAT.total_seconds(),
                stalled_worker_timeout=LOST_AFTER.total_seconds(),
                fetch_job_polling_interval=BEAT.total_seconds(),
            )
        )
        watch = asyncio.create_task(_until_stopped(duty, shift))
        with _heeding_signals(duty.stop), contextlib.suppress(asyncio.CancelledError):
            await shift
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch


async def _until_stopped(duty: Duty, shift: "asyncio.Task[None]") -> None:
    while not duty.stop.is_set():
        await asyncio.sleep(0.2)
    shift.cancel()


def _app(book: Book, duty: Duty) -> "procrastinate.App":
    from procrastinate import App, JobContext, PsycopgConnector

    url = book.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    options = {"options": f"-c search_path={queue.SEARCH_PATH} -c timezone=UTC"}
    app = App(connector=PsycopgConnector(conninfo=url, kwargs=options, min_size=1, max_size=4))

    def detect_scene(context: JobContext, job_id: str) -> None:
        def stopping() -> bool:
            return duty.stop.is_set() or context.should_abort()

        done = scene_job.work(book, duty.settings, UUID(job_id), stopping=stopping, dask=duty.dask)
        if done is not None:
            duty.tell(done)

    def train_model(context: JobContext, job_id: str) -> None:
        def stopping() -> bool:
            return duty.stop.is_set() or context.should_abort()

        trained = retrain_job.work(book, duty.settings, UUID(job_id), stopping=stopping)
        if trained is not None:
            duty.told(trained)

    app.task(name=queue.TASK, queue=queue.QUEUE, pass_context=True)(detect_scene)
    app.task(name=queue.TRAINING, queue=queue.QUEUE, pass_context=True)(train_model)
    return app


@contextlib.contextmanager
def _heeding_signals(stop: threading.Event) -> Iterator[None]:
    """Let SIGTERM and Ctrl+C stop the worker at its next window."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    for one in before:
        signal.signal(one, lambda *_: stop.set())
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextlib.contextmanager
def _rounds(book: Book, duty: Duty) -> Iterator[None]:
    """Look every few seconds for dead workers, and whether the process beside is still there."""
    done = threading.Event()

    def look() -> None:
        waited = ROUND
        while not done.wait(1.0):
            if duty.beside is not None and os.getppid() != duty.beside:
                duty.stop.set()
            waited += 1.0
            if waited >= ROUND:
                waited = 0.0
                with contextlib.suppress(QingfeiError, sa.exc.SQLAlchemyError):
                    retraining_work.put_back_lost(book)
                    batch_work.put_back_lost(book)

    thread = threading.Thread(target=look, name="rounds", daemon=True)
    retraining_work.put_back_lost(book)
    batch_work.put_back_lost(book)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


__all__ = ["Duty", "run", "work_off"]
