"""Which candidates lists and the map show, and as what: thresholds and ignore zones together.

A candidate is shown when a sighting of it reaches its run's threshold, and in any case once a
person has judged it. One that nobody has judged yet and that lies in a zone in force is shown as
ignored, with the zone's name; it never vanishes, and a zone that ends brings it back. One that
became part of another is shown with that one.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.detection.imagery import SLACK
from gis.domain.terms import CandidateState
from gis.store.tables import candidates, detection_runs, ignore_zones, sightings, zone_candidates
from gis.store.tables.base import TermText

WAITING = (CandidateState.TO_VISIT, CandidateState.TO_CHECK, CandidateState.UNREACHABLE)
"""Candidates that a field team should look at."""

Column = sa.ColumnElement[Any]
Condition = sa.ColumnElement[bool]
_STATE = TermText(CandidateState)


def today() -> Column:
    """Return the register's day, which is China's."""
    return sa.cast(sa.func.timezone("Asia/Shanghai", sa.func.now()), sa.Date)


def in_force() -> Condition:
    """Return whether a row of `ignore_zones` holds today."""
    zone = ignore_zones.c
    has_come = zone.valid_from <= today()
    has_not_gone = zone.valid_until.is_(None) | (zone.valid_until >= today())
    return zone.ended_at.is_(None) & has_come & has_not_gone


def is_in_zone() -> Condition:
    """Return whether a row of `candidates` lies in a zone that holds today."""
    pairs = sa.select(zone_candidates.c.zone_id).join_from(zone_candidates, ignore_zones)
    mine = pairs.where(zone_candidates.c.candidate_id == candidates.c.id, in_force())
    return mine.correlate(candidates).exists()


def is_on_show() -> Condition:
    """Return whether a row of `candidates` is shown at all."""
    is_shown = candidates.c.is_above | (candidates.c.state != CandidateState.TO_CHECK)
    return is_shown & (candidates.c.state != CandidateState.MERGED)


def state() -> Column:
    """Return the state that a row of `candidates` is shown in."""
    is_covered = (candidates.c.state == CandidateState.TO_CHECK) & is_in_zone()
    ignored = sa.literal(CandidateState.IGNORED, _STATE)
    return sa.case((is_covered, ignored), else_=candidates.c.state)


def waits() -> Condition:
    """Return whether a row of `candidates` waits for somebody to go there."""
    is_free = (candidates.c.state != CandidateState.TO_CHECK) | ~is_in_zone()
    return candidates.c.state.in_(WAITING) & is_on_show() & is_free


def reaches_threshold() -> Condition:
    """Return whether a sighting of a row of `candidates` reaches the threshold of its run.

    One that no run has seen was put there by a person, and is shown.
    """
    mine = (
        sa.select(sightings.c.id)
        .where(sightings.c.candidate_id == candidates.c.id)
        .correlate(candidates)
    )
    of_run = mine.join_from(sightings, detection_runs)
    high = of_run.where(sightings.c.confidence >= needed(sightings))
    return ~mine.exists() | high.exists()


def needed(sighting: sa.FromClause) -> Column:
    """Return how sure a row of sightings must be to be shown, joined with its run.

    One that stands alone must be surer by what the run's parameters say.
    """
    said = detection_runs.c.parameters["isolated_extra"]
    is_number = sa.func.jsonb_typeof(said) == "number"
    is_alone = sighting.c.facts["is_isolated"].astext == "true"
    extra = sa.case((is_alone & is_number, sa.cast(said.astext, sa.Double)), else_=0.0)
    return detection_runs.c.threshold + extra - SLACK


def put_threshold(connection: sa.Connection, run_id: UUID, threshold: float) -> None:
    """Store a run's threshold, and which of its candidates reach theirs now."""
    run = detection_runs.c.id == run_id
    connection.execute(sa.update(detection_runs).where(run).values(threshold=threshold))
    of_run = sa.select(sightings.c.candidate_id).where(sightings.c.run_id == run_id)
    mine = sa.update(candidates).where(candidates.c.id.in_(of_run))
    connection.execute(mine.values(is_above=reaches_threshold()))
