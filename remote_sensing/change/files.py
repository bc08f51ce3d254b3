"""The changes as GeoJSON, and the record of how they were found: the same runs, the same bytes."""

import json
from collections import Counter
from collections.abc import Sequence
from math import isnan
from pathlib import Path
from typing import Any

import shapely

from remote_sensing import run_record
from remote_sensing.change.compare import Changed, Changes, Look, Swing
from remote_sensing.change.runs import DatedRun
from remote_sensing.safe_files import sha256_of, writing

CHANGES, RECORD = "changes.geojson", "change.json"


def write(
    folder: Path,
    runs: Sequence[DatedRun],
    found: Changes,
    position_error_m: float | None,
    judge: Path | None = None,
) -> None:
    """Write ``changes.geojson`` and ``change.json``; ``judge`` is what told kinds of change.

    Raises DiskFull, OutputUnwritable.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    geojson = _geojson(found)
    with writing(folder / CHANGES):
        (folder / CHANGES).write_bytes(geojson)
    record = {
        "runs": [_run(one) for one in runs],
        "parameters": {"position_error_m": position_error_m},
        "judge": judge and {"name": judge.name, "sha256": sha256_of(judge)},
        "pairs": [_swing(one) for one in found.swings],
        "not_compared": [
            {
                "before": one.before.isoformat(),
                "after": one.after.isoformat(),
                "steady_ground_kept": round(one.steadiness, 4),
            }
            for one in found.unlike
        ],
        "states": counts(found),
        "versions": run_record.versions(),
        "outputs": {CHANGES: sha256_of(folder / CHANGES)},
    }
    with writing(folder / RECORD):
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        (folder / RECORD).write_text(text, encoding="utf-8")


def counts(found: Changes) -> dict[str, int]:
    """Return how many places are in each state on the latest date that saw them."""
    return dict(sorted(Counter(one.last.state for one in found.places).items()))


def _geojson(found: Changes) -> bytes:
    lines = ",\n".join(json.dumps(_feature(one), ensure_ascii=False) for one in found.places)
    head = '{"type": "FeatureCollection", "measures": "m2; uncertainty is the half-width of 95 %"'
    return f'{head}, "features": [\n{lines}\n]}}\n'.encode()


def _feature(one: Changed) -> dict[str, Any]:
    days = [n for n, own in enumerate(one.place.dates) if own]
    newest = days[-1]
    surest = max(one.place.dates[newest], key=lambda c: (c.confidence, str(c.id)))
    last = one.last
    return {
        "type": "Feature",
        "id": str(one.place.id),
        "properties": {
            "id": str(one.place.id),
            "class": surest.class_name,
            "confidence": surest.confidence,
            "state": last.state,
            "on": last.on.isoformat(),
            "compared_with": last.compared_with and last.compared_with.isoformat(),
            "area_m2": last.area_m2,
            "change_m2": last.change_m2,
            "uncertainty_m2": last.uncertainty_m2,
            "change_kind": one.kind,
            "change_kinds": one.kinds and {name: round(p, 4) for name, p in one.kinds.items()},
            "first_seen_on": one.looks[days[0]].on.isoformat(),
            "last_seen_on": one.looks[newest].on.isoformat(),
            "looks": [_look(look) for look in one.looks],
            "candidates": [str(c.id) for own in one.place.dates for c in own],
        },
        "geometry": shapely.geometry.mapping(shapely.orient_polygons(one.place.outline(newest))),
    }


def _look(look: Look) -> dict[str, Any]:
    return {
        "on": look.on.isoformat(),
        "state": look.state,
        "seen_share": look.seen_share,
        "area_m2": look.area_m2,
        "compared_with": look.compared_with and look.compared_with.isoformat(),
        "gained_m2": look.gained_m2,
        "lost_m2": look.lost_m2,
        "change_m2": look.change_m2,
        "uncertainty_m2": look.uncertainty_m2,
    }


def _run(run: DatedRun) -> dict[str, Any]:
    return {
        "run": run.name,
        "on": run.on.isoformat(),
        "image_sha256": run.image_sha256,
        "image_at_hand": run.image is not None,
        "model_sha256": run.record["inputs"]["model"]["sha256"],
        "outputs": run.record["outputs"],
    }


def _swing(one: Swing) -> dict[str, Any]:
    return {
        "before": one.before.isoformat(),
        "after": one.after.isoformat(),
        "borders_moved_alike_m": round(one.borders.alike_m, 2),
        "borders_scatter_m": round(one.borders.apart_m, 2),
        "places_that_tell": one.borders.places,
        "steady_ground_kept": None if isnan(one.steadiness) else round(one.steadiness, 4),
    }
