"""Queries on the surveys of pits."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.errors import NotInRegister
from gis.domain.pits.survey import PitSurvey
from gis.store import shape, sight
from gis.store.tables import pit_surveys

survey = pit_surveys.c


def of_site(connection: sa.Connection, code: str, as_of: datetime | None = None) -> list[PitSurvey]:
    """Return a site's surveys that stand, now or at a moment, the newest day first."""
    query = sa.select(pit_surveys).where(
        survey.site_code == code, sight.sites_seen(connection, survey.site_code), _stands(as_of)
    )
    return shape.select_all(connection, PitSurvey, query.order_by(*_newest_first()))


def newest_capacities(
    connection: sa.Connection, codes: Collection[str], as_of: datetime | None = None
) -> dict[str, PitSurvey]:
    """Return each site's newest survey that says how much fits in, by code; sites seen only."""
    query = (
        sa.select(pit_surveys)
        .where(survey.site_code.in_(list(codes)), survey.free_volume_m3.is_not(None))
        .where(sight.sites_seen(connection, survey.site_code), _stands(as_of))
        .order_by(survey.site_code, *_newest_first())
        .ext(distinct_on(survey.site_code))
    )
    return {one.site_code: one for one in shape.select_all(connection, PitSurvey, query)}


def with_id(connection: sa.Connection, survey_id: UUID) -> PitSurvey | None:
    """Return the survey that was sent under a client's id, or None."""
    query = sa.select(pit_surveys).where(survey.id == survey_id)
    return shape.select_one(connection, PitSurvey, query)


def one(connection: sa.Connection, code: str, survey_id: UUID) -> PitSurvey:
    """Return one survey of a site that is seen; raises NotInRegister."""
    query = sa.select(pit_surveys).where(
        survey.id == survey_id,
        survey.site_code == code,
        sight.sites_seen(connection, survey.site_code),
    )
    found = shape.select_one(connection, PitSurvey, query)
    if found is None:
        raise NotInRegister(id=survey_id)
    return found


def _stands(as_of: datetime | None) -> sa.ColumnElement[bool]:
    if as_of is None:
        return survey.withdrawn_at.is_(None)
    return (survey.recorded_at <= as_of) & (
        survey.withdrawn_at.is_(None) | (survey.withdrawn_at > as_of)
    )


def _newest_first() -> tuple[sa.UnaryExpression[Any], ...]:
    return survey.surveyed_on.desc(), survey.recorded_at.desc(), survey.id.desc()
