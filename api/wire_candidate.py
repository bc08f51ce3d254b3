"""Candidates as lists and their panel read them."""

from typing import Any

from api import wire
from gis.domain.candidate import Candidate


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
    one: Candidate, sightings: list[dict[str, Any]], checks: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return a candidate with its sightings and checks."""
    return {
        **candidate_item(one),
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
            for seen in sightings
        ],
        "checks": checks,
    }
