"""The field checks of one place, as the site's page and the candidate's panel read them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from api import wire_check, wire_photo
from gis.domain.checks.field_check import FieldCheck
from gis.domain.photos.photo import Photo
from gis.domain.terms import FixPurpose
from gis.ledger.check_facts import best_fix
from gis.rules import field_check as form
from gis.store import candidates, checks, photos, sites, teams

PLAIN = (
    *("id", "candidate_id", "site_code", "review", "standing", "verdict", "final_verdict"),
    *("found_at", "received_at", "recorded_by", "via", "problems", "effect_at"),
)


def of_candidate(connection: sa.Connection, candidate_id: UUID) -> list[dict[str, Any]]:
    """Return the checks of a candidate, also as the site it became; raises NotInRegister."""
    found = candidates.candidate(connection, candidate_id)
    return _shown(connection, found.district_code, found.id, None)


def of_site(connection: sa.Connection, code: str) -> list[dict[str, Any]]:
    """Return the checks of a site, also as the candidate it was; raises NotInRegister."""
    return _shown(connection, sites.site(connection, code).district_code, None, code)


def _shown(
    connection: sa.Connection, district_code: str, candidate_id: UUID | None, code: str | None
) -> list[dict[str, Any]]:
    """Return those checks of a place that are seen, what was found last first."""
    found = checks.shown_of_place(connection, candidate_id, code)
    shots = photos.of_checks(connection, [one.id for one in found])
    names = checks.names_of(connection)
    known = teams.teams_in(connection, district_code)
    return [
        {
            **_said(one, shots[one.id]),
            "recorder": names.get(one.recorded_by, one.recorded_by),
            "teams": [team.name for team in known if one.recorded_by in team.members],
        }
        for one in found
    ]


def _said(one: FieldCheck, shots: list[Photo]) -> dict[str, Any]:
    best = best_fix(one, form.current().limits["map_accuracy_m"])
    return {
        **{name: getattr(one, name) for name in PLAIN},
        "key": one.place_key,
        "final_answers": one.said.plain(),
        "is_edited": one.edited is not None,
        "accuracy_m": None if best is None else best[0],
        "is_by_map": best is not None and best[1]["purpose"] == FixPurpose.MAP,
        "photos": wire_check.check(one, shots)["photos"],
        "pictures": [wire_photo.photo(shot) for shot in shots],
    }
