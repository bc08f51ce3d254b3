"""Claimed work of the queue: the heartbeat while it is done, and how it ends whatever happens."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.batch import DetectionJob
from gis.domain.detection.batch_errors import JobNotYours, UnexpectedFault
from gis.domain.detection.queued import Line, with_line
from gis.domain.detection.retraining import Retraining
from gis.errors import QingfeiError
from gis.ledger import Book
from gis.store import batches
from gis.store.engine import DatabaseDown

logger = logging.getLogger(__name__)
Done = TypeVar("Done")
WORKER = f"{socket.gethostname()}:{os.getpid()}"
PATIENCE = 2.0
"""Seconds between two attempts to reach a database that is away."""


Beat = Callable[
    [sa.Connection, UUID, UUID, datetime, tuple[int, int, int] | None, Sequence[Line] | None],
    bool | None,
]
"""Says that a worker is alive: whether to stop, or None where the work is no longer its own."""


class Stopped(Exception):
    """The work was cancelled, given to another worker, or the worker has to stop."""


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
        """Write a line of the work's log; raises Stopped where it is to be let go."""
        self._log = with_line(self._log, self._book.clock(), zh, en)
        self._tell()

    def window(self, done: int, total: int) -> None:
        """Take note of a window; raises Stopped where the work is to be let go."""
        kept = done - 1 if self._windows is None else self._windows[0]
        self._windows = (kept, done, total)
        self._tell()

    def _tell(self) -> None:
        self._told = False
        self._wake.set()
        self.heed()

    def heed(self) -> None:
        """Raise Stopped where the work is to be let go."""
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


def carried_out(
    deed: Callable[[], Done],
    *,
    fail: Callable[[QingfeiError], Done],
    stop: Callable[[], Done],
    stopping: Callable[[], bool],
) -> Done | None:
    """Do claimed work and return its row, which says how it ended: done, failed, or let go.

    None where it is no longer this worker's, or where nobody hears how it ended: its silence tells.
    """
    end = stop
    try:
        return deed()
    except Stopped:
        pass
    except JobNotYours:
        return None
    except QingfeiError as error:
        end = partial(fail, error)
    except Exception as error:
        logger.exception("claimed work")
        end = partial(fail, UnexpectedFault(reason=f"{type(error).__name__}: {error}"[:300]))
    try:
        return patiently(end, stopping)
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
