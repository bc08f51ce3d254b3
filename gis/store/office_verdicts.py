"""Queries on what the office said of candidates."""

from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.office_verdict import OfficeVerdict
from gis.domain.errors import NotInRegister
from gis.domain.terms import Standing
from gis.store import shape, sight
from gis.store.tables import candidates, office_verdicts

UNSETTLED = (Standing.PARALLEL, Standing.PROPOSAL)


def filed(connection: sa.Connection, verdict_id: UUID) -> OfficeVerdict | None:
    """Return one verdict, or None."""
    query = sa.select(office_verdicts).where(office_verdicts.c.id == verdict_id)
    return shape.select_one(connection, OfficeVerdict, query)


def verdict(connection: sa.Connection, verdict_id: UUID) -> OfficeVerdict:
    """Return one verdict on a candidate that is seen; raises NotInRegister."""
    query = (
        sa.select(office_verdicts)
        .join_from(office_verdicts, candidates)
        .where(office_verdicts.c.id == verdict_id, sight.candidates_seen(connection))
    )
    found = shape.select_one(connection, OfficeVerdict, query)
    if found is None:
        raise NotInRegister(id=verdict_id)
    return found


def of_candidate(connection: sa.Connection, candidate_id: UUID) -> list[OfficeVerdict]:
    """Return what was said of a candidate, the newest first."""
    query = (
        sa.select(office_verdicts)
        .where(office_verdicts.c.candidate_id == candidate_id)
        .order_by(office_verdicts.c.given_at.desc(), office_verdicts.c.id)
    )
    return shape.select_all(connection, OfficeVerdict, query)


def unsettled(connection: sa.Connection, candidate_id: UUID) -> list[OfficeVerdict]:
    """Return the verdicts that were kept without effect and not settled since."""
    return [
        one
        for one in of_candidate(connection, candidate_id)
        if one.standing in UNSETTLED and one.undone_at is None
    ]
