"""From work, teams and a person's list to the JSON that pages read."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from api import wire
from gis.domain.detection.imagery import SceneRecord
from gis.domain.people.accounts import User
from gis.domain.people.assignment import Assignment
from gis.domain.people.team import Team
from gis.domain.place import District

METRE_DEGREES = 1e-5


def team(one: Team, names: dict[str, str]) -> dict[str, Any]:
    """Return a team; ``names`` are what people are called by user name."""
    return {
        **{name: getattr(one, name) for name in ("id", "name", "lead", "made_at")},
        "members": [{"username": who, "name": names.get(who, who)} for who in one.members],
    }


def person(user: User) -> dict[str, Any]:
    """Return somebody that work can be given to."""
    return {
        "username": user.username,
        "name": user.display_name,
        "role": user.role.value,
        "towns": list(user.towns),
    }


def assignment(one: Assignment, to: str, progress: dict[str, Any] | None) -> dict[str, Any]:
    """Return a piece of work with how far it is."""
    plain = (
        *("id", "team_id", "username", "subject", "due_on", "note", "given_at", "given_by"),
        *("withdrawn_at", "withdrawn_by", "withdrawn_reason"),
    )
    return {
        **{name: getattr(one, name) for name in plain},
        "to": to,
        "named_by": one.named_by.value,
        "places": one.places,
        "progress": progress,
    }


def district(place: District) -> dict[str, Any]:
    """Return a district with its outline, simplified to metres."""
    simple = shapely.simplify(place.outline, METRE_DEGREES)
    return {
        **{name: getattr(place, name) for name in ("code", "name_zh", "name_en", "is_demo")},
        "bounds": [round(value, 6) for value in place.outline.bounds],
        "outline": wire.geojson(simple),
    }


def field_places(
    rows: Sequence[dict[str, Any]], scenes: Sequence[SceneRecord]
) -> list[dict[str, Any]]:
    """Return the places of a list, each with the scenes that show it, the newest first."""
    lons = np.array([float(row["lon"]) for row in rows])
    lats = np.array([float(row["lat"]) for row in rows])
    dated = sorted(
        (one for one in scenes if one.acquired_on is not None),
        key=lambda one: (one.acquired_on, one.name),
        reverse=True,
    )
    shown = [({"id": s.id, "date": s.acquired_on}, s.footprint) for s in dated]
    seen = [(scene, shapely.contains_xy(box, lons, lats)) for scene, box in shown]
    return [
        {
            **_place(row),
            "centre": [float(row["lon"]), float(row["lat"])],
            "outline": json.loads(row["outline"]),
            "assigned": _assigned(row),
            "work": row["work"],
            "last_check": _last_check(row),
            "scenes": [scene for scene, inside in seen if inside[at]],
        }
        for at, row in enumerate(rows)
    ]


def _place(row: dict[str, Any]) -> dict[str, Any]:
    said = {
        "type": row["type"],
        "version": row["version"],
        "state": row["state"],
        "town": row["town"],
        "area_m2": round(row["area_m2"], 1),
    }
    if row["type"] == "candidate":
        return said | {
            "key": f"candidate:{row['id']}",
            "id": row["id"],
            "class_name": row["class_name"],
            "confidence": round(row["confidence"], 3),
            "code": row["site_code"],
            "name": None,
            "kind": None,
            "waste_class": None,
            "grade": None,
            "reach": None,
            "height_m": None,
        }
    return said | {
        "key": f"site:{row['code']}",
        "id": row["code"],
        **{name: row[name] for name in ("code", "name", "kind", "waste_class", "grade")},
        "reach": row["reach"],
        "height_m": row["height_m"],
        "class_name": None,
        "confidence": None,
    }


def _assigned(row: dict[str, Any]) -> dict[str, Any] | None:
    if row["assignment_id"] is None:
        return None
    said = {"id": row["assignment_id"], "to": row["given_to"], "is_mine": row["is_mine"]}
    said |= {"given_at": row["given_at"]}
    return said | {
        "due_on": row["due_on"],
        "note": row["work_note"],
        "teaches": row["teaches"],
    }


def _last_check(row: dict[str, Any]) -> dict[str, Any] | None:
    if row["verdict"] is None:
        return None
    said = {"verdict": row["verdict"], "review": row["review"]}
    return said | {"at": row["found_at"], "by": row["recorded_by"]}
