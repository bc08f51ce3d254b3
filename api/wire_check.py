"""Field checks and the form's rules as pages and phones read them."""

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from api import wire, wire_candidate, wire_photo, wire_site
from gis.domain.checks.agreement import differing
from gis.domain.checks.field_check import FieldCheck
from gis.domain.checks.rules import FormRules
from gis.domain.photos.photo import Photo
from gis.domain.terms import PhotoState, Severity, Standing
from gis.store import candidates, checks, photos, sight


def receipt(one: FieldCheck) -> dict[str, Any]:
    """Return what the phone compares with what it sent."""
    return {
        "id": one.id,
        "sha256": one.body_sha256,
        "received_at": one.received_at,
        "clock_offset_s": one.clock_offset_s,
    }


def item(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the office's queue."""
    plain = (
        *("id", "review", "standing", "version", "verdict", "recorded_by", "recorder", "found_at"),
        *("received_at", "via", "site_code", "name", "class_name", "town", "is_warned"),
        *("photos_announced", "photos_known", "problems"),
    )
    code, candidate_id = row["site_code"], row["candidate_id"]
    return {
        "key": f"site:{code}" if candidate_id is None else f"candidate:{candidate_id}",
        **{name: row[name] for name in plain},
        "is_in_force": row["effect_at"] is not None,
        "centre": wire.where(row["seen_outline"])["centre"],
    }


def mine(row: dict[str, Any], shots: list[Photo]) -> dict[str, Any]:
    """Return what the office said of somebody's check; before it did, what the rules said."""
    plain = ("id", "review", "standing", "received_at", "problems", "reviewed_at", "site_code")
    code, candidate_id = row["of_site"], row["candidate_id"]
    hard = [one["zh"] for one in row["problems"] if one["severity"] == Severity.HARD]
    return {
        "key": f"site:{code}" if candidate_id is None else f"candidate:{candidate_id}",
        **{name: row[name] for name in plain},
        "comment": row["comment"] or "\n".join(hard),
        "problems": row["problems"],
        "reviewed_by": row["reviewer"] or row["reviewed_by"],
        "photos": [{"id": one.id, "state": one.state, "judgement": one.judgement} for one in shots],
    }


def check(one: FieldCheck, shots: list[Photo] | None = None) -> dict[str, Any]:
    """Return a check with what was sent and how it stands."""
    states = {str(shot.id): shot.state for shot in shots or ()}
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
        "photos": [
            {**photo, "state": states.get(photo["id"], PhotoState.WAITING)} for photo in one.photos
        ],
    }


def whole(connection: sa.Connection, one: FieldCheck) -> dict[str, Any]:
    """Return a check as the office opens it: pictures, place then and now, rivals, every step."""
    together = [
        other
        for other in checks.of_place(connection, one.candidate_id, one.site_code)
        if other.id != one.id and sight.sees(connection, one.candidate_id, one.site_code)
    ]
    shots = photos.of_checks(connection, [one.id, *(other.id for other in together)])
    names = checks.names_of(connection)
    rivals = [other for other in together if other.standing is not Standing.PLAIN]
    return {
        **opened(one, shots[one.id], names),
        "place": place(connection, one),
        "others": [opened(other, shots[other.id], names) for other in together],
        "differing": differing([one, *rivals]) if rivals else [],
        "steps": [
            {**asdict(step), "name": names.get(step.by, step.by)}
            for step in checks.reviews_of(connection, one.id)
        ],
    }


def opened(one: FieldCheck, shots: list[Photo], names: dict[str, str]) -> dict[str, Any]:
    """Return a check with its photographs and the outline that was looked at."""
    return {
        **check(one, shots),
        "seen_outline": wire.geojson(one.seen_outline),
        "recorder": names.get(one.recorded_by, one.recorded_by),
        "pictures": [wire_photo.photo(shot) for shot in shots],
    }


def place(connection: sa.Connection, one: FieldCheck) -> dict[str, Any] | None:
    """Return the place of a check as it is now: the candidate, and the site where there is one.

    None where the sender cannot see it, whose check was kept all the same.
    """
    if not sight.sees(connection, one.candidate_id, one.site_code):
        return None
    candidate, code = None, one.site_code
    if one.candidate_id is not None:
        found = candidates.candidate(connection, one.candidate_id)
        code = found.site_code
        candidate = wire_candidate.candidate(
            connection,
            found,
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
