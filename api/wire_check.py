"""Field checks and the form's rules as pages and phones read them."""

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from api import wire, wire_site
from gis.domain.check_rules import FormRules
from gis.domain.field_check import FieldCheck
from gis.store import candidates, checks


def receipt(one: FieldCheck) -> dict[str, Any]:
    """Return what the phone compares with what it sent."""
    return {
        "id": one.id,
        "sha256": one.body_sha256,
        "received_at": one.received_at,
        "clock_offset_s": one.clock_offset_s,
    }


def check(one: FieldCheck) -> dict[str, Any]:
    """Return a check with what was sent and how it stands."""
    plain = (
        *("id", "candidate_id", "site_code", "seen_version", "verdict", "answers", "outline_by"),
        *("fixes", "overrides", "opened_at", "checked_at", "found_at", "received_at"),
        *("received_by", "recorded_by", "clock_offset_s", "via", "review", "standing", "version"),
        *("problems", "edited", "effects", "effect_at"),
    )
    return {
        "key": one.place_key,
        **{name: getattr(one, name) for name in plain},
        "final_verdict": one.final_verdict,
        "final_answers": one.said.plain(),
        "outline": None if one.outline is None else wire.geojson(one.outline),
        "photos": [{**photo, "state": "WAITING"} for photo in one.photos],
    }


def place(connection: sa.Connection, one: FieldCheck) -> dict[str, Any]:
    """Return the place of a check as it is now: the candidate, and the site where there is one."""
    candidate, code = None, one.site_code
    if one.candidate_id is not None:
        found = candidates.candidate(connection, one.candidate_id)
        code = found.site_code
        candidate = wire.candidate(
            found,
            candidates.sightings_of(connection, found.id),
            [check(other) for other in checks.of_place(connection, found.id, None)],
        )
    return {
        "key": one.place_key,
        "candidate": candidate,
        "site": None if code is None else wire_site.site_of(connection, code),
    }


def rules(form: FormRules) -> dict[str, Any]:
    """Return the form's rules as the phone evaluates them."""
    return {
        "sha256": form.sha256,
        "limits": form.limits,
        "rules": [
            {
                "id": rule.id,
                "severity": rule.severity,
                "zh": rule.zh,
                "en": rule.en,
                "when": [
                    [one.fact, one.op] + ([] if one.op in {"missing", "present"} else [one.value])
                    for one in rule.when
                ],
            }
            for rule in form.rules
        ],
        "fields": [asdict(field) for field in form.fields],
        "shapes": [asdict(shape) for shape in form.shapes],
        "densities": [asdict(density) for density in form.densities],
    }
