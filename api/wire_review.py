"""A run's review as its page reads it: the run, its finds, one find whole; and a comparison."""

from typing import Any

import sqlalchemy as sa

from api import wire, wire_candidate, zones
from api.scores import path_of
from api.settings import Settings
from gis.domain.detection.imagery import share_of
from gis.domain.detection.run_comparison import Compared, tallies
from gis.errors import NotFound
from gis.store import run_review
from gis.store import zones as stored_zones
from remote_sensing.classes import class_of
from remote_sensing.maps import score_tiles


def run_item(run: dict[str, Any]) -> dict[str, Any]:
    """Return a run as a choice among others."""
    plain = ("id", "scene_id", "scene_name", "acquired_on", "model_name", "filed_at")
    return {name: run[name] for name in plain} | {
        "found": run["candidates_found"],
        "threshold": run["threshold"],
    }


def review(
    connection: sa.Connection, settings: Settings, run: dict[str, Any], class_name: str | None
) -> dict[str, Any]:
    """Return all that the page needs to begin, of one class or of all.

    Where finds are left out, the classes say how many there are of each.
    """
    finds, left_out = run_review.finds(connection, run["id"], class_name)
    is_part = left_out > 0 or class_name is not None
    return {
        "run": run_item(run)
        | {
            "district": run["district_code"],
            "filed_by": run["filed_by"],
            "audit": run["record"].get("audit"),
            "is_unmasked": run["parameters"].get("masked") is False,
            "isolated_extra": share_of(run["parameters"], "isolated_extra"),
            "bounds": [round(value, 6) for value in run["footprint"].bounds],
        },
        "finds": [find_item(one) for one in finds],
        "left_out": left_out,
        "only": class_name,
        "class_counts": run_review.class_counts(connection, run["id"]) if is_part else {},
        "scores": _scores(settings, run),
        "zones": zones.listing(connection, run["district_code"]),
        "runs": [run_item(one) for one in run_review.runs_of(connection, run["district_code"])],
    }


def _scores(settings: Settings, run: dict[str, Any]) -> dict[str, Any] | None:
    """Return which score maps there are and their colours; None where none are kept."""
    try:
        classes = score_tiles.classes_of(path_of(settings, run["record"]))
    except NotFound:
        return None
    return {"classes": [score_tiles.TARGET, *classes], "legend": score_tiles.legend()}


def find_item(one: dict[str, Any]) -> dict[str, Any]:
    """Return a find as the list shows it."""
    plain = (
        "id",
        "version",
        "site_code",
        "town",
        "class_name",
        "zone",
        "is_contested",
        "sightings",
    )
    return {
        **{name: one[name] for name in plain},
        "confidence": round(one["confidence"], 4),
        "area_m2": round(one["area_m2"], 1),
        "state": one["state"].value,
        "own_state": one["own_state"].value,
        "look_alike": one["look_alike"] and one["look_alike"].value,
        "centre": [round(one["lon"], 6), round(one["lat"], 6)],
        "bounds": [round(one[name], 6) for name in "wsen"],
        "facts": one["facts"],
    }


def find(connection: sa.Connection, one: dict[str, Any]) -> dict[str, Any]:
    """Return a find with its outline, what the office said, and the zones that it lies in."""
    over = stored_zones.over(connection, one["owner"])
    return {
        "id": one["owner"],
        "outline": wire.geojson(one["outline"]),
        "facts": one["facts"],
        "verdicts": [wire_candidate.verdict(said) for said in one["verdicts"]],
        "zones": [{**zone, "kind": zone["kind"].value} for zone in over],
    }


def comparison(
    a: dict[str, Any],
    b: dict[str, Any],
    rows: list[Compared],
    runs: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return what two runs found: tallies by class and state, and each place.

    ``runs`` are those that one may choose from.
    """
    return {
        "district": a["district_code"],
        "a": run_item(a) | {"bounds": list(a["footprint"].bounds)},
        "b": run_item(b) | {"bounds": list(b["footprint"].bounds)},
        "runs": [run_item(one) for one in runs or []],
        "by_class": _tallies(rows, "class_name"),
        "by_state": _tallies(rows, "state"),
        "features": [_compared(row) for row in rows],
        "type": "FeatureCollection",
    }


def _tallies(rows: list[Compared], by: Any) -> list[dict[str, Any]]:
    return [
        {"word": word, **{side: tally._asdict() for side, tally in sides.items()}}
        for word, sides in tallies(rows, by).items()
    ]


def _compared(row: Compared) -> dict[str, Any]:
    seen = row.find
    return {
        "type": "Feature",
        "id": str(seen.id),
        "geometry": wire.geojson(seen.outline),
        "properties": compared_cells(row),
    }


def compared_cells(row: Compared) -> dict[str, Any]:
    """Return a place of a comparison in plain cells, for the file as for the page."""
    cells: dict[str, Any] = {"side": row.side, "state": row.find.state.value}
    for letter, one in (("a", row.a), ("b", row.b)):
        cells[f"id_{letter}"] = None if one is None else str(one.id)
        cells[f"class_{letter}"] = None if one is None else one.class_name
        cells[f"class_{letter}_zh"] = None if one is None else class_of(one.class_name).zh
        cells[f"confidence_{letter}"] = None if one is None else round(one.confidence, 4)
        cells[f"area_m2_{letter}"] = None if one is None else round(one.area_m2, 1)
    return cells | {"shared_share": row.share, "state_zh": row.find.state.zh}
