"""How fast this server's own runs were, from the timing that each run's record keeps."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from gis.domain.detection.costs import LEAST_PX
from gis.store.tables import detection_runs

NEWEST = 200


class Measured(NamedTuple):
    """Sums over runs: how many, pixels, seconds, bytes written, and the most memory of any."""

    runs: int
    pixels: float
    seconds: float
    output_bytes: float
    memory_mb: float


def measured(connection: sa.Connection) -> Measured | None:
    """Return what the newest whole runs over large scenes took; None where there is none.

    A run that went on from another's windows is left out: its seconds are not those of its pixels.
    """
    timing: Any = detection_runs.c.record["timing"]

    def figure(name: str) -> sa.ColumnElement[float]:
        return sa.cast(timing[name].astext, sa.Double)

    newest = (
        sa.select(
            figure("pixels_made").label("pixels"),
            figure("seconds").label("seconds"),
            figure("output_bytes").label("output_bytes"),
            figure("peak_memory_mb").label("memory_mb"),
        )
        .where(
            figure("pixels_made") >= LEAST_PX,
            figure("windows_resumed") == 0,
            figure("seconds") > 0,
        )
        .order_by(detection_runs.c.filed_at.desc())
        .limit(NEWEST)
        .subquery()
    )
    total = sa.func.sum
    row = connection.execute(
        sa.select(
            sa.func.count(),
            *(total(newest.c[name]) for name in ("pixels", "seconds", "output_bytes")),
            sa.func.max(newest.c.memory_mb),
        )
    ).one()
    return Measured(*row) if row[0] else None
