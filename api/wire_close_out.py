"""Close-outs and look-backs as pages and the terminal read them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from api.moments import moment_of
from gis.domain.closing.close_out import CloseOut, CloseOutStep
from gis.domain.closing.gate import said_of
from gis.domain.closing.look_back import LookBack, due_on, standing
from gis.domain.sites.site import Site
from gis.domain.terms import (
    DeadlineState,
    FindingState,
    Head,
    ProjectStage,
    SatelliteResult,
    SiteState,
)
from gis.ledger.close_out_facts import pictures_of
from gis.rules import close_out as rules
from gis.store import (
    checks,
    close_outs,
    imagery,
    look_backs,
    people,
    places,
    register,
    site_papers,
    sites,
    works,
)


def of_site(
    connection: sa.Connection, code: str, now: datetime, as_of: date | None
) -> dict[str, Any]:
    """Return a site's close-outs and look-backs at a moment; raises NotInRegister, DateInFuture."""
    moment = moment_of(as_of, now)
    row = register.one(connection, moment, code)
    held = close_outs.of_site(connection, code, moment)
    steps = close_outs.steps_of(connection, [one.id for one in held])
    papers = {one.id: (one.title, one.kind) for one in site_papers.attachments_of(connection, code)}
    looks = look_backs.of_site(connection, code, moment)
    scenes = {one.id: one.name for one in imagery.all_scenes(connection, row["district_code"])}
    who = {step.by for taken in steps.values() for step in taken}
    who |= {name for one in looks for name in (one.recorded_by, one.decided_by) if name}
    names = {
        one.username: one.display_name
        for one in people.all_users(connection)
        if one.username in who
    }
    due = None
    if row["state"] is SiteState.CLOSED and row["closed_on"] is not None:
        told = [one.looked_on for one in looks if one.result != "UNCLEAR"]
        due = due_on(row["closed_on"], told, rules.current().look_back)
    return {
        "code": code,
        "state": row["state"],
        "closed_on": row["closed_on"],
        "is_closable": row["state"] in {"LISTED", "IN_REMEDIATION", "ACCEPTED"},
        "close_outs": [
            item(one)
            | {
                "heads": _heads(one, papers),
                "steps": [_step(step) for step in steps[one.id] if step.at <= moment],
            }
            for one in held
        ],
        "look_backs": [
            look(one, moment) | {"scene": scenes.get(one.scene_id) if one.scene_id else None}
            for one in looks
        ],
        "people": names,
        "due_on": due,
        "due_state": standing(due, register.day_of(moment), rules.current().look_back),
    }


def item(one: CloseOut) -> dict[str, Any]:
    """Return a close-out with what the gate saw at its last step."""
    plain = (
        *("id", "site_code", "version", "state", "works_began_on", "works_ended_on"),
        *("accepted_on", "acceptance_no", "note", "waiver", "proposed_by", "proposed_at"),
        *("first_by", "first_at", "second_by", "second_at", "closed_on", "reopened_at", "is_demo"),
    )
    return {
        **{name: getattr(one, name) for name in plain},
        "photos": [
            row | {"address": picture_address(one.site_code, row["ref"])}
            for row in one.evidence["photos"]
        ],
        "satellite": _satellite(one.evidence["satellite"]),
    }


def picture_address(code: str, ref: str) -> dict[str, str]:
    """Return where the copies of a picture are fetched."""
    kind, _, key = ref.partition(":")
    if kind == "photo":
        return {size: f"/api/photos/{key}/{size}" for size in ("thumb", "display")}
    address = f"/api/sites/{code}/attachments/{key}"
    return {size: f"{address}/{size}.jpg" for size in ("thumb", "display")}


def _satellite(row: Mapping[str, Any]) -> dict[str, Any]:
    effect = rules.current().effects[SatelliteResult.of(row["result"])]
    return {**row, "effect": effect}


def _heads(one: CloseOut, papers: Mapping[Any, tuple[str, str]]) -> list[dict[str, Any]]:
    found = []
    for head in Head:
        said = said_of(one.heads.get(head.value))
        named = [
            {
                "id": paper,
                "title": papers[paper][0] if paper in papers else None,
                "address": f"/api/sites/{one.site_code}/attachments/{paper}/original",
            }
            for paper in said.papers
        ]
        found.append(
            {"head": head, "papers": named, "statement": said.statement, "reason": said.reason}
        )
    return found


def _step(one: CloseOutStep) -> dict[str, Any]:
    plain = ("id", "number", "act", "at", "by", "role", "comment")
    return {name: getattr(one, name) for name in plain}


def look(one: LookBack, moment: datetime | None = None) -> dict[str, Any]:
    """Return a look-back, its finding as it stood at a moment."""
    plain = (
        *("id", "site_code", "by", "scene_id", "candidate_id", "looked_on", "recorded_at"),
        *("recorded_by", "result", "reasons", "measures", "note", "finding", "decided_at"),
        *("decided_by", "decided_reason", "is_demo"),
    )
    row = {name: getattr(one, name) for name in plain}
    row["reasons"] = [
        {"code": said["code"], "text_zh": said["zh"], "text_en": said["en"]} for said in one.reasons
    ]
    if moment is not None and one.decided_at is not None and one.decided_at > moment:
        undone = dict.fromkeys(("decided_at", "decided_by", "decided_reason"))
        row |= undone | {"finding": FindingState.TO_VERIFY}
    return row


def offers(connection: sa.Connection, code: str) -> dict[str, Any]:
    """Return what a proposal can name; raises NotInRegister."""
    site = sites.site(connection, code)
    papers = site_papers.attachments_of(connection, code)
    asked = rules.current()
    heads = [
        {
            "head": rule.head,
            "kinds": sorted(rule.kinds),
            "says_zh": rule.zh,
            "says_en": rule.en,
            "may_state": site.responsibility in rule.statement_alone,
            "may_not_apply": site.responsibility in rule.not_applicable,
        }
        for rule in asked.heads.values()
    ]
    photos = [
        {
            "ref": one.ref,
            "title": one.title,
            "taken_on": one.taken_on,
            "distance_m": None if one.distance_m is None else round(one.distance_m),
            "is_near": one.distance_m is not None and one.distance_m <= asked.photo_distance_m,
            "warnings_zh": [zh for zh, _ in one.warnings],
            "warnings_en": [en for _, en in one.warnings],
            "address": picture_address(code, one.ref),
        }
        for one in pictures_of(connection, site, papers).values()
    ]
    began, ended = _works(connection, site)
    return {
        "heads": heads,
        "papers": [
            {"id": one.id, "title": one.title, "kind": one.kind}
            for one in papers
            if not one.is_picture
        ],
        "photos": sorted(photos, key=lambda row: (row["taken_on"] is None, str(row["taken_on"]))),
        "works_began_on": began,
        "works_ended_on": ended,
        "accepted_on": site.accepted_on,
        "acceptance_no": site.acceptance_no,
        "visits": [
            {"id": one.id, "found_on": register.day_of(one.found_at), "verdict": one.final_verdict}
            for one in checks.of_place(connection, None, code)
            if one.review.is_passed
        ],
    }


def _works(connection: sa.Connection, site: Site) -> tuple[date | None, date | None]:
    """Return when works began and ended, as far as the steps of the newest project say."""
    began = ended = None
    for project in works.projects_of(connection, site.code):
        for step in works.steps_of(connection, project.id):
            if step.to_stage is ProjectStage.WORKS:
                began, ended = step.took_place_on, None
            elif step.from_stage is ProjectStage.WORKS:
                ended = step.took_place_on
    return began, ended


def waiting(connection: sa.Connection, district: str, now: datetime) -> dict[str, Any]:
    """Return what waits in a district for somebody's word; raises DistrictUnknown."""
    places.district(connection, district)
    return {
        "close_outs": [
            item(one) | {"site_name": name}
            for one, name in close_outs.waiting(connection, district)
        ],
        "findings": [
            look(found.look_back) | {"site_name": found.site_name}
            for found in look_backs.to_verify(connection, district)
        ],
        "due": due_list(look_backs.closed(connection, district), register.day_of(now)),
    }


def due_list(closed: Sequence[look_backs.Closed], today: date) -> list[dict[str, Any]]:
    """Return the closed sites whose look-back is due, the most pressing first."""
    asked = rules.current().look_back
    rows = []
    for one in closed:
        due = due_on(one.closed_on, one.looks, asked)
        state = standing(due, today, asked)
        if due is not None and state in {DeadlineState.RED, DeadlineState.AMBER}:
            rows.append(
                {
                    "code": one.code,
                    "name": one.name,
                    "town": one.town,
                    "closed_on": one.closed_on,
                    "last_look_on": one.looks[-1] if one.looks else None,
                    "due_on": due,
                    "due_state": state,
                }
            )
    return sorted(rows, key=lambda row: (row["due_on"], row["code"]))
