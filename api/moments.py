"""Moments and days as requests may name them: any that a clock of this age can show.

Beyond the years of the calendar the database still stores what nobody can read again, so that one
device's mad clock would hide the whole list in which its record stands.
"""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from gis.domain.errors import DateInFuture
from gis.store.register import day_of, end_of

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
Day = Annotated[date, Field(ge=EARLIEST.date(), le=LATEST.date())]


def moment_of(as_of: date | None, now: datetime) -> datetime:
    """Return the moment that is asked for: now, or the end of a day; raises DateInFuture."""
    if as_of is None:
        return now
    if as_of > day_of(now):
        raise DateInFuture(day=as_of)
    return min(end_of(as_of), now)
