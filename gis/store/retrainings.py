"""Queries on trainings that were asked for, and a worker's heartbeat, which no log keeps."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.model_errors import RetrainingUnknown
from gis.domain.detection.queued import LEFT, LOST_AFTER, Line
from gis.domain.detection.retraining import Retraining
from gis.domain.terms import JobState
from gis.store import shape
from gis.store.tables import retrainings

MOST = 10
of = retrainings.c


def filed(connection: sa.Connection, one_id: UUID) -> Retraining | None:
    """Return one training, or None."""
    return shape.select_one(connection, Retraining, sa.select(retrainings).where(of.id == one_id))


def retraining(connection: sa.Connection, one_id: UUID) -> Retraining:
    """Return one training; raises RetrainingUnknown."""
    found = filed(connection, one_id)
    if found is None:
        raise RetrainingUnknown(id=one_id)
    return found


def newest(connection: sa.Connection, district_code: str) -> list[Retraining]:
    """Return a district's trainings, the newest first, the last few of them."""
    mine = sa.select(retrainings).where(of.district_code == district_code)
    query = mine.order_by(of.asked_at.desc(), of.id).limit(MOST)
    return shape.select_all(connection, Retraining, query)


def underway(connection: sa.Connection) -> Retraining | None:
    """Return the training that waits or runs, wherever it is of; there is one at most."""
    query = sa.select(retrainings).where(of.state.in_(LEFT)).order_by(of.asked_at).limit(1)
    return shape.select_one(connection, Retraining, query)


def silent(
    connection: sa.Connection, now: datetime, silence: timedelta = LOST_AFTER
) -> list[Retraining]:
    """Return the trainings whose worker has been silent for too long."""
    is_lost = (of.state == JobState.RUNNING) & (of.beat_at <= now - silence)
    return shape.select_all(connection, Retraining, sa.select(retrainings).where(is_lost))


def trained(
    connection: sa.Connection, one_id: UUID, claim: UUID, model_id: UUID, set_name: str
) -> bool:
    """Write down what model came of a training; False where it is no longer this worker's.

    No other column is touched: the heart beats meanwhile.
    """
    mine = (of.id == one_id) & (of.claim == claim)
    change = sa.update(retrainings).where(mine).values(model_id=model_id, set_name=set_name)
    return connection.scalar(change.returning(of.id)) is not None


def beat(
    connection: sa.Connection,
    one_id: UUID,
    claim: UUID,
    now: datetime,
    windows: tuple[int, int, int] | None = None,
    log: Sequence[Line] | None = None,
) -> bool | None:
    """Say that a worker is alive and what it does; a training has no ``windows``.

    Returns whether it was cancelled meanwhile, or None where it is no longer this worker's.
    """
    said = {"beat_at": now} | ({} if log is None else {"log": list(log)})
    mine = (of.id == one_id) & (of.claim == claim)
    change = sa.update(retrainings).where(mine).values(**said)
    row = connection.execute(change.returning(of.cancelled_at)).one_or_none()
    return None if row is None else row.cancelled_at is not None
