"""The queue itself: procrastinate's tables, in a schema of their own beside the register's.

An entry only wakes a worker; how a scene stands is told by its own row in `detection_jobs`. Entries
are written in the transaction of the verb that asks for them, and `tidy` makes the queue agree with
the rows again wherever a kill came between the two.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.batch import DetectionJob
from gis.domain.detection.retraining import Retraining
from gis.domain.terms import JobState
from gis.store import shape
from gis.store.tables import detection_jobs, retrainings

if TYPE_CHECKING:
    from procrastinate.manager import JobManager

SCHEMA = "jobs"
SEARCH_PATH = f"{SCHEMA},public"
QUEUE, TASK, TRAINING = "detection", "detect_scene", "train_model"
"""One queue for both tasks: on a small server detection and training take turns."""

_entries = sa.table(
    "procrastinate_jobs",
    *(sa.column(name) for name in ("id", "status", "queueing_lock", "worker_id")),
    schema=SCHEMA,
)
_workers = sa.table(
    "procrastinate_workers", sa.column("id"), sa.column("last_heartbeat"), schema=SCHEMA
)


def put(connection: sa.Connection, jobs: Iterable[DetectionJob]) -> None:
    """Queue jobs in the caller's transaction; one that waits in the queue already stays once.

    Jobs of the same key share a lock: only one of them runs at a time.
    """
    _put(connection, TASK, [(job.id, str(job.key)) for job in jobs])


def put_training(connection: sa.Connection, trainings: Iterable[Retraining]) -> None:
    """Queue trainings in the caller's transaction; one runs at a time."""
    _put(connection, TRAINING, [(one.id, TRAINING) for one in trainings])


def _put(connection: sa.Connection, task: str, wanted: list[tuple[UUID, str]]) -> None:
    from procrastinate.jobs import Job

    there = _waiting(connection, [one for one, _ in wanted])
    new = [
        Job(
            id=None, queue=QUEUE, task_name=task, lock=lock, queueing_lock=str(one),
            task_kwargs={"job_id": str(one)}, priority=0,
        )
        for one, lock in wanted
        if str(one) not in there
    ]  # fmt: skip
    if new:
        with _driver(connection) as driver:
            _manager().batch_defer_jobs(new, connection=driver)


def take_out(connection: sa.Connection, jobs: Iterable[DetectionJob]) -> None:
    """Take jobs that wait out of the queue; entries that a worker has are left to it."""
    _take_out(connection, [job.id for job in jobs])


def take_out_training(connection: sa.Connection, trainings: Iterable[Retraining]) -> None:
    """Take trainings that wait out of the queue."""
    _take_out(connection, [one.id for one in trainings])


def _take_out(connection: sa.Connection, ids: list[UUID]) -> None:
    for entry in _waiting(connection, ids).values():
        with _driver(connection) as driver:
            _manager().cancel_job_by_id(entry, delete_job=True, connection=driver)


def workers(connection: sa.Connection, within: timedelta) -> int:
    """Return how many workers have said within that time that they are alive."""
    recent = _workers.c.last_heartbeat > sa.func.now() - within
    return connection.scalar(sa.select(sa.func.count()).where(recent)) or 0


def tidy(connection: sa.Connection, silence: timedelta) -> None:
    """Make the queue agree with the rows: drop entries of dead workers, put back what is missing.

    A worker that was silent so long is dead to the queue; an entry whose scene runs is left alone,
    for its row knows better.
    """
    with _path(connection):
        dead = _entries.c.id.in_(_of_the_dead(silence))
        connection.execute(sa.delete(_entries).where(dead))
    put(connection, shape.select_all(connection, DetectionJob, _without_entry()))


def is_tidy(connection: sa.Connection, silence: timedelta) -> bool:
    """Say whether `tidy` would change nothing."""
    wrong = sa.or_(_of_the_dead(silence).exists(), _without_entry().exists())
    return not connection.scalar(sa.select(wrong))


def _of_the_dead(silence: timedelta) -> sa.Select[Any]:
    entry = _entries.c
    alive = sa.select(_workers.c.id).where(_workers.c.last_heartbeat > sa.func.now() - silence)
    running = sa.union_all(
        *(
            sa.select(sa.cast(table.c.id, sa.Text)).where(table.c.state == JobState.RUNNING)
            for table in (detection_jobs, retrainings)
        )
    )
    return sa.select(entry.id).where(
        sa.cast(entry.status, sa.Text) == "doing",
        entry.worker_id.is_(None) | entry.worker_id.not_in(alive),
        entry.queueing_lock.not_in(running),
    )


def trainings_without_entry(connection: sa.Connection) -> list[Retraining]:
    """Return trainings that wait and that no entry of the queue stands for."""
    return shape.select_all(connection, Retraining, _without_entry(retrainings))


def _without_entry(table: sa.Table = detection_jobs) -> sa.Select[Any]:
    entry = _entries.c
    held = sa.select(entry.queueing_lock).where(
        sa.cast(entry.status, sa.Text).in_(("todo", "doing")), entry.queueing_lock.is_not(None)
    )
    return sa.select(table).where(
        table.c.state == JobState.WAITING, sa.cast(table.c.id, sa.Text).not_in(held)
    )


def _waiting(connection: sa.Connection, ids: list[UUID]) -> dict[str, int]:
    """Return, of these jobs, the entries that no worker has yet."""
    entry = _entries.c
    query = sa.select(entry.queueing_lock, entry.id).where(
        sa.cast(entry.status, sa.Text) == "todo",
        entry.queueing_lock.in_([str(one) for one in ids]),
    )
    return {row.queueing_lock: row.id for row in connection.execute(query)}


def _manager() -> "JobManager":
    from procrastinate.manager import JobManager
    from procrastinate.sync_psycopg_connector import SyncPsycopgConnector

    return JobManager(SyncPsycopgConnector())


@contextmanager
def _driver(connection: sa.Connection) -> Iterator[Any]:
    """Yield the driver's own connection, whose statements find the library's tables."""
    with _path(connection):
        yield connection.connection.driver_connection


@contextmanager
def _path(connection: sa.Connection) -> Iterator[None]:
    """Let names without a schema be the library's for a while; its triggers name none."""
    before = connection.scalar(sa.func.current_setting("search_path"))
    connection.execute(sa.select(sa.func.set_config("search_path", SEARCH_PATH, True)))
    yield
    connection.execute(sa.select(sa.func.set_config("search_path", before, True)))
