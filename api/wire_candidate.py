"""Candidates as lists and their panel read them."""

from typing import Any

import sqlalchemy as sa

from api import wire
from gis.domain.detection.candidate import Candidate
from gis.domain.detection.office_verdict import OfficeVerdict
from gis.domain.terms import CandidateState
from gis.store import candidate_changes, candidates, office_verdicts, zones


def candidate_item(one: Candidate) -> dict[str, Any]:
    """Return a candidate as lists show it."""
    return {
        "id": one.id,
        "class_name": one.class_name,
        "confidence": one.confidence,
        "state": one.state.value,
        "area_m2": one.area_m2,
        **wire.where(one.outline),
        "first_seen_on": one.first_seen_on,
        "last_seen_on": one.last_seen_on,
        "sightings": one.sightings,
        "site_code": one.site_code,
    }


def candidate(
    connection: sa.Connection, one: Candidate, checks: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return a candidate with its sightings, changes, checks, zones, and verdicts by the image.

    One that nobody has judged is shown as ignored where a zone covers it.
    """
    over = zones.over(connection, one.id)
    is_covered = bool(over) and one.state is CandidateState.TO_CHECK
    return {
        **candidate_item(one),
        "state": (CandidateState.IGNORED if is_covered else one.state).value,
        "zones": [{**zone, "kind": zone["kind"].value} for zone in over],
        "verdicts": [verdict(v) for v in office_verdicts.of_candidate(connection, one.id)],
        "is_above": one.is_above,
        "district_code": one.district_code,
        "perimeter_m": one.perimeter_m,
        "area_geodesic_m2": one.area_geodesic_m2,
        "outline": wire.geojson(one.outline),
        "version": one.version,
        "sightings": [
            {
                "scene_id": seen["scene_id"],
                "scene_name": seen["scene_name"],
                "acquired_on": seen["acquired_on"],
                "confidence": seen["confidence"],
                "area_m2": seen["area_m2"],
                "outline": wire.geojson(seen["outline"]),
                "run_id": seen["run_id"],
            }
            for seen in candidates.sightings_of(connection, one.id)
        ],
        "merged_into": one.merged_into,
        "changes": [
            {
                "seen_on": row["seen_on"],
                "compared_on": row["compared_on"],
                "state": row["state"].value,
                "area_m2": row["area_m2"],
                "change_m2": row["change_m2"],
                "uncertainty_m2": row["uncertainty_m2"],
                "kind": row["kind"] and row["kind"].value,
                "kind_share": row["kind_share"],
            }
            for row in candidate_changes.of_candidate(connection, one.id)
        ],
        "checks": checks,
    }


def verdict(one: OfficeVerdict) -> dict[str, Any]:
    """Return a verdict by the image."""
    return {
        "id": one.id,
        "candidate_id": one.candidate_id,
        "says": one.says.value,
        "look_alike": one.look_alike and one.look_alike.value,
        "note": one.note,
        "standing": one.standing.value,
        "made_version": one.made_version,
        "given_at": one.given_at,
        "given_by": one.given_by,
        "undone_at": one.undone_at,
        "undone_by": one.undone_by,
    }
