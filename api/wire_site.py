"""A site as its panel and its page read it: everything known of it at a moment."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from api import around, explain, wire
from api.verbs import VERBS
from gis.domain.errors import DateInFuture
from gis.domain.identification.conclusion import Conclusion
from gis.domain.sites.attachment import Attachment
from gis.domain.sites.facts import BY_DEED, FACTS
from gis.domain.sites.history import differences
from gis.domain.sites.lineage import Lineage
from gis.domain.sites.tags import SiteTag, Task
from gis.domain.terms import SiteState
from gis.rules import deadlines, tasks
from gis.spatial import topology
from gis.store import identification, log, overlaps, places, register, site_papers, sites

SHOWN = (
    *("district_code", "version", "recorded_at", "registered_at", "chainage_m", "bank"),
    *("main_stem_distance_m", "candidate_id", "area_geodesic_m2", "village", "height_m"),
    *("responsibility", "responsible_party", "source", "found_on", "note"),
)


def site_of(connection: sa.Connection, code: str, as_of: date | None = None) -> dict[str, Any]:
    """Return a site with everything its pages show, now or at the end of a day.

    Raises NotInRegister, DateInFuture.
    """
    moment = now = datetime.now(UTC)
    if as_of is not None:
        if as_of > now.astimezone(register.CHINA).date():
            raise DateInFuture(day=as_of)
        moment = register.end_of(as_of)
    site = register.one(connection, moment, code)
    district = places.district(connection, site["district_code"])
    return {
        **wire.site_item(site),
        **{name: site[name] for name in SHOWN},
        "facts": {name: site[name] for name in FACTS},
        "as_of": as_of,
        "is_on_list": site["state"].is_on_list,
        "outline": wire.geojson(site["outline"]),
        "outside_share": topology.outside(site["outline"], district).share,
        "surroundings": around.receptors(site),
        "measured_at": site["measured_at"],
        "grading": explain.graded(
            connection, sites.grading_at(connection, code, moment), site["layers"]
        ),
        "conclusions": [
            conclusion_item(one) for one in identification.conclusions_of(connection, code, moment)
        ],
        "projects": register.projects_of(connection, code, moment),
        "tags": [
            tag(one, site["state"], moment) for one in site_papers.tags_of(connection, code, moment)
        ],
        "attachments": [
            attachment(one) for one in site_papers.attachments_of(connection, code, moment)
        ],
        "lineage": [
            lineage(one)
            for one in site_papers.lineage_of(connection, code)
            if one.recorded_at <= moment
        ],
        "overlaps": [
            {"code": other, "shared_m2": shared, "share": share}
            for other, shared, share in overlaps.overlaps_of(connection, code)
            if site["state"].is_on_list
        ],
        "history": [event(entry) for entry in log.history(connection, code)],
    }


def conclusion_item(one: Conclusion) -> dict[str, Any]:
    """Return a conclusion as a site's panel shows it."""
    plain = (
        *("id", "state", "basis", "nature", "concluded_on", "leach_multiple", "laboratory"),
        *("report_no", "is_demo"),
    )
    return {name: getattr(one, name) for name in plain}


def tag(one: SiteTag, state: SiteState, moment: datetime) -> dict[str, Any]:
    """Return a tag with its task and how it stands against its day."""
    about = tasks.task(one.task)
    return {
        "task": one.task,
        "name_zh": about.zh,
        "name_en": about.en,
        "clause": about.clause,
        "certainty": about.certainty,
        "lead_unit": one.lead_unit,
        "due_on": one.due_on,
        "note": one.note,
        "deadline": one.standing(
            register.day_of(moment), state is SiteState.CLOSED, deadlines.current()
        ),
        "added_at": one.added_at,
        "added_by": one.added_by,
    }


def task(one: Task) -> dict[str, Any]:
    """Return a task of the plan that a site can be given."""
    plain = ("id", "lead_unit", "supporting_units", "due_on", "standard", "clause", "certainty")
    return {
        "name_zh": one.zh,
        "name_en": one.en,
        "source": one.source,
        **{name: getattr(one, name) for name in plain},
    }


def attachment(one: Attachment) -> dict[str, Any]:
    """Return a paper or picture with the addresses of its copies."""
    plain = (
        *("id", "kind", "title", "file_name", "media_type", "size_bytes", "sha256", "width"),
        *("height", "taken_on", "lon", "lat", "added_at", "added_by"),
    )
    return {
        **{name: getattr(one, name) for name in plain},
        "is_picture": one.is_picture,
        "address": f"/api/sites/{one.site_code}/attachments/{one.id}",
    }


def lineage(one: Lineage) -> dict[str, Any]:
    """Return one step of a site's lineage."""
    plain = ("from_code", "to_code", "kind", "recorded_at", "recorded_by", "reason")
    return {name: getattr(one, name) for name in plain}


def event(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of the log as lists show it."""
    zh, en = VERBS.get(entry["verb"], (entry["verb"], entry["verb"]))
    return {"at": entry["at"], "actor": entry["actor"], "verb_zh": zh, "verb_en": en}


def history_of(connection: sa.Connection, code: str) -> list[dict[str, Any]]:
    """Return the log of a site, newest first, with each field that changed."""
    sites.site(connection, code)
    return [
        {**event(entry), "seq": entry["seq"], "changes": _changes(entry)}
        for entry in reversed(log.told(connection, code))
    ]


def _changes(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    if entry["before"] is None or entry["after"] is None:
        return []
    before, after = json.loads(entry["before"]), json.loads(entry["after"])
    if "waste_class" not in before:  # the entry is of a grade, a tag, a paper
        return []
    return [
        {
            "field": one.name,
            "name_zh": one.zh,
            "name_en": one.en,
            "old_zh": one.old_zh,
            "old_en": one.old_en,
            "new_zh": one.new_zh,
            "new_en": one.new_en,
        }
        for one in differences(before, after)
    ]


def facts() -> list[dict[str, Any]]:
    """Return the facts of a site as a form draws them; those by deed are shown only."""
    return [
        {
            "name": one.name,
            "group": one.group,
            "name_zh": one.zh,
            "name_en": one.en,
            "kind": one.form.kind,
            "words": one.form.words.__name__ if one.form.words else None,
            "optional": one.form.is_optional,
            "by_deed": one.name in BY_DEED,
            "fit_zh": one.form.zh,
            "fit_en": one.form.en,
        }
        for one in FACTS.values()
    ]
