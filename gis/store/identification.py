"""Laboratory batches, their results, and conclusions: the newest version is what holds."""

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.errors import NotInRegister
from gis.domain.identification.conclusion import Conclusion
from gis.domain.sampling.lab_batch import LabBatch
from gis.domain.sampling.lab_result import LabResult
from gis.domain.sampling.result_sheet import Known
from gis.domain.terms import ConclusionState, CustodyStep
from gis.store import sampling, shape, sight
from gis.store.register import CHINA
from gis.store.tables import conclusions, lab_batches, lab_results

TAKEN = CustodyStep.TAKEN


def batch(connection: sa.Connection, batch_id: UUID) -> LabBatch | None:
    """Return a batch, or None."""
    query = sa.select(lab_batches).where(lab_batches.c.id == batch_id)
    return shape.select_one(connection, LabBatch, query)


def batches_of_file(connection: sa.Connection, plan_code: str, file_sha256: str) -> list[LabBatch]:
    """Return the batches that sheets of this file made for this plan, withdrawn ones left out."""
    query = sa.select(lab_batches).where(
        lab_batches.c.plan_code == plan_code,
        lab_batches.c.file_sha256 == file_sha256,
        lab_batches.c.withdrawn_at.is_(None),
    )
    return shape.select_all(connection, LabBatch, query)


def result_ids(connection: sa.Connection, batch_id: UUID) -> set[UUID]:
    """Return the ids of a batch's results."""
    query = sa.select(lab_results.c.id).where(lab_results.c.batch_id == batch_id)
    return set(connection.scalars(query))


def results_of(connection: sa.Connection, plan_code: str) -> list[LabResult]:
    """Return the results of a plan's increments, those of withdrawn batches left out."""
    query = (
        sa.select(lab_results)
        .join_from(lab_results, lab_batches, lab_results.c.batch_id == lab_batches.c.id)
        .where(lab_batches.c.plan_code == plan_code, lab_batches.c.withdrawn_at.is_(None))
        .order_by(lab_results.c.increment_code, lab_results.c.analyte, lab_results.c.id)
    )
    return shape.select_all(connection, LabResult, query)


def known_of(connection: sa.Connection, plan_code: str, today: date) -> Known:
    """Return what a new results file of a plan is held against; raises NotInRegister."""
    sampling.plan(connection, plan_code)
    codes = [one.code for one in sampling.increments(connection, plan_code)]
    custody = sampling.custody(connection, codes)
    taken = {
        code: next(
            (e.at.astimezone(CHINA).date() for e in custody.get(code, ()) if e.step is TAKEN), None
        )
        for code in codes
    }
    files = {one.id: one.file_name for one in batches_of_plan(connection, plan_code)}
    stored = {one.key: files[one.batch_id] for one in results_of(connection, plan_code)}
    return Known(plan_code, taken, stored, today)


def batches_of_plan(connection: sa.Connection, plan_code: str) -> list[LabBatch]:
    """Return a plan's batches, newest first."""
    query = (
        sa.select(lab_batches)
        .where(lab_batches.c.plan_code == plan_code)
        .order_by(lab_batches.c.recorded_at.desc(), lab_batches.c.id)
    )
    return shape.select_all(connection, LabBatch, query)


def evidence_hash(connection: sa.Connection, plan_code: str) -> str:
    """Return a hash of the ids of a plan's results: results are never edited, only withdrawn."""
    query = (
        sa.select(lab_results.c.id)
        .join_from(lab_results, lab_batches, lab_results.c.batch_id == lab_batches.c.id)
        .where(lab_batches.c.plan_code == plan_code, lab_batches.c.withdrawn_at.is_(None))
        .order_by(lab_results.c.id)
    )
    digest = hashlib.sha256()
    for result_id in connection.scalars(query):
        digest.update(result_id.bytes)
    return digest.hexdigest()


def withdraw(connection: sa.Connection, batch: LabBatch) -> None:
    """Store that a batch was taken back."""
    shape.replace(connection, lab_batches, batch)


def _newest(*conditions: sa.ColumnElement[bool]) -> sa.Subquery:
    return (
        sa.select(conclusions)
        .where(*conditions)
        .ext(distinct_on(conclusions.c.id))
        .order_by(conclusions.c.id, conclusions.c.version.desc())
        .subquery("newest_conclusions")
    )


def conclusion(connection: sa.Connection, conclusion_id: UUID) -> Conclusion:
    """Return the newest version of a conclusion on a site that is seen; raises NotInRegister."""
    seen = sight.sites_seen(connection, conclusions.c.site_code)
    query = sa.select(_newest(conclusions.c.id == conclusion_id, seen))
    found = shape.select_one(connection, Conclusion, query)
    if found is None:
        raise NotInRegister(id=conclusion_id)
    return found


def known_conclusion(connection: sa.Connection, conclusion_id: UUID) -> Conclusion | None:
    """Return the newest version of a conclusion, or None."""
    query = sa.select(_newest(conclusions.c.id == conclusion_id))
    return shape.select_one(connection, Conclusion, query)


def conclusions_of(
    connection: sa.Connection, site_code: str, as_of: datetime | None = None
) -> list[Conclusion]:
    """Return each of a site's conclusions as it stood at a moment, the latest drawn first."""
    held = [] if as_of is None else [conclusions.c.recorded_at <= as_of]
    newest = _newest(conclusions.c.site_code == site_code, *held)
    began = (
        sa.select(conclusions.c.id, sa.func.min(conclusions.c.recorded_at).label("began"))
        .where(conclusions.c.site_code == site_code)
        .group_by(conclusions.c.id)
        .subquery("began")
    )
    query = (
        sa.select(newest)
        .join_from(newest, began, newest.c.id == began.c.id)
        .order_by(began.c.began.desc(), newest.c.id)
    )
    return shape.select_all(connection, Conclusion, query)


def in_force(connection: sa.Connection, site_code: str) -> Conclusion | None:
    """Return the conclusion that holds for a site now, or None."""
    newest = newest_in_force(conclusions.c.site_code == site_code).subquery("in_force")
    return shape.select_one(connection, Conclusion, sa.select(newest))


def newest_in_force(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Return the select of the conclusion in force of each site; of two the later recorded."""
    newest = _newest(*conditions)
    return (
        sa.select(newest)
        .where(newest.c.state == ConclusionState.IN_FORCE)
        .ext(distinct_on(newest.c.site_code))
        .order_by(newest.c.site_code, newest.c.recorded_at.desc(), newest.c.id)
    )
