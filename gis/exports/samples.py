"""Samples as files: one GeoPackage of all, labels by image, and a manifest for `qingfei train`."""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gis.domain.detection.imagery import SceneRecord
from gis.domain.detection.sample import RECORD, Sample
from gis.domain.place import STORE_EPSG
from gis.exports.layers import write_frame

if TYPE_CHECKING:
    import geopandas

LAYER = "samples"
ALL = "samples.gpkg"
MANIFEST = "manifest.toml"


def write_set(folder: Path, name: str, day: date, samples: Sequence[Sample]) -> dict[str, Any]:
    """Write a set into an empty folder; return its record, which names the hash of each file."""
    write_frame(folder / ALL, "GPKG", day, _frame(samples), LAYER, "MultiPolygon")
    taught = [sample for sample in samples if sample.left_out is None]
    rows = []
    for scene in {sample.scene.id: sample.scene for sample in taught if sample.scene}.values():
        mine = [one for one in taught if one.scene is not None and one.scene.id == scene.id]
        file = f"labels-{re.sub(r'[^A-Za-z0-9_-]', '_', scene.name)[:60]}-{scene.id.hex[:6]}.gpkg"
        write_frame(folder / file, "GPKG", day, _frame(mine), LAYER, "MultiPolygon")
        rows.append(_scene(scene, file))
    if rows:
        labels = sorted({str(sample.label) for sample in taught})
        legend = "".join(f"{label} = {_quoted(label)}\n" for label in labels)
        text = "# 由已通过的现场核实生成。 Made from field checks that were passed.\n"
        text += f"[legend]\n{legend}" + "".join(rows)
        (folder / MANIFEST).write_text(text, encoding="utf-8")
    files = sorted(path for path in folder.iterdir() if path.name != RECORD)
    record = {
        "name": name,
        "day": day.isoformat(),
        "samples": len(samples),
        "taught": len(taught),
        "labels": {
            label: sum(one.label == label for one in taught)
            for label in sorted({str(one.label) for one in taught})
        },
        "checks": [
            {
                "check": str(one.check_id),
                "version": one.check_version,
                "verdict": one.verdict.value,
                "label": one.label,
                "left_out": one.left_out.value if one.left_out else None,
                "found_on": one.found_on.isoformat(),
                "scene": one.scene.name if one.scene else None,
                "scene_sha256": one.scene.sha256 if one.scene else None,
            }
            for one in samples
        ],
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    text = json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8")
    return record


def _frame(samples: Sequence[Sample]) -> "geopandas.GeoDataFrame":
    import geopandas

    data = {
        "label": [one.label or "" for one in samples],
        "verdict": [one.verdict.value for one in samples],
        "found_on": [one.found_on.isoformat() for one in samples],
        "place": [one.place_key for one in samples],
        "check_id": [str(one.check_id) for one in samples],
        "left_out": [one.left_out.value if one.left_out else "" for one in samples],
        "is_redrawn": [int(one.is_redrawn) for one in samples],
        "scene": [one.scene.name if one.scene else "" for one in samples],
    }
    return geopandas.GeoDataFrame(data, geometry=[one.outline for one in samples], crs=STORE_EPSG)


def _scene(scene: SceneRecord, labels: str) -> str:
    """Return a scene's part of the manifest: this server's own file, as it was taken in."""
    lines = [
        "\n[[scene]]",
        f"image = {_quoted(scene.path)}",
        f"labels = {_quoted(labels)}",
        'field = "label"',
    ]
    if scene.acquired_on is not None:
        lines.append(f"date = {scene.acquired_on.isoformat()}")
    for key in ("scale", "offset"):
        value = scene.radiometry.get(key)
        if isinstance(value, int | float):
            lines.append(f"{key} = {float(value)!r}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
