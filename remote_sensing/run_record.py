"""``run.json``: what was run on what, and the hash of what came out.

Everything that differs from one run to the next stands under ``timing``; all else is the same
bytes for the same inputs, and ``checksum`` covers it.
"""

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import rasterio
from rasterio.errors import RasterioError

from remote_sensing import classify
from remote_sensing.features import FEATURES_VERSION
from remote_sensing.model import Model
from remote_sensing.safe_files import sha256_of
from remote_sensing.scene import Scene, opened

RECORD = "run.json"
SCORES, CLASSES, CANDIDATES = "scores.tif", "classes.tif", "candidates.geojson"
OBJECTS = "objects.geojson"
"""Every object with its confidence, also those that the thresholds do not let be candidates."""
OUTPUTS = (SCORES, CLASSES, CANDIDATES, OBJECTS)

Record = dict[str, Any]


def inputs_of(scene: Scene, model: Model, parameters: Mapping[str, object]) -> Record:
    """Return what decides the results; two runs with equal inputs give equal results."""
    radiometry = scene.radiometry
    beside = {
        key: one.sha256
        for key, one in (("mask_sha256", scene.mask), ("dem_sha256", scene.dem))
        if one is not None
    }
    return {
        "image": {
            "name": scene.path.name,
            "sha256": scene.sha256,
            "width": scene.width,
            "height": scene.height,
            "crs": scene.crs.to_string(),
            "pixel_m": scene.pixel_m,
            "bands": list(scene.band_names),
            "acquired_on": scene.acquired_on and scene.acquired_on.isoformat(),
            "radiometry": {"scale": radiometry.scale, "offset": radiometry.offset},
            **({"levels": list(scene.levels.middle)} if scene.levels else {}),
            **beside,
        },
        "model": {
            "name": model.card.name,
            "sha256": model.sha256,
            "classes": list(model.card.classes),
        },
        "parameters": dict(parameters),
    }


def versions() -> dict[str, str]:
    """Return the versions of what the results were computed with."""
    names = ("numpy", "pyproj", "rasterio", "scikit-learn", "scipy", "shapely")
    return {
        "features": str(FEATURES_VERSION),
        "smoothing": str(classify.SMOOTHING_PX),
        "gdal": rasterio.__gdal_version__,
        **{name: version(name) for name in names},
    }


def key_of(content: object) -> str:
    """Return a hash of JSON content that does not depend on the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def assemble(
    folder: Path,
    inputs: Record,
    scene: Scene,
    *,
    windows: Mapping[str, int],
    found: Mapping[str, Mapping[str, float]],
    timing: Mapping[str, object],
    audited: Mapping[str, int] | None = None,
) -> bytes:
    """Return the bytes of ``run.json`` for the outputs that lie in ``folder``."""
    radiometry = scene.radiometry
    lasting: Record = {
        "inputs": inputs,
        "inputs_sha256": key_of(inputs),
        "assumptions": {
            "radiometry_from": radiometry.source,
            "zh": [radiometry.assumption_zh] if radiometry.assumption_zh else [],
            "en": [radiometry.assumption_en] if radiometry.assumption_en else [],
        },
        "windows": dict(windows),
        "versions": versions(),
        "candidates": dict(found),
        "outputs": {name: sha256_of(folder / name) for name in OUTPUTS},
    }
    if audited is not None:
        lasting["audit"] = dict(audited)
    record = {**lasting, "checksum": key_of(lasting), "timing": dict(timing)}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def read(folder: Path) -> Record | None:
    """Return the record in ``folder``, or None where there is none or it is damaged."""
    try:
        record: Record = json.loads((folder / RECORD).read_bytes())
        lasting = {k: v for k, v in record.items() if k not in ("checksum", "timing")}
        return record if record["checksum"] == key_of(lasting) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def key_in(folder: Path, parts: Path) -> str | None:
    """Return the key of the inputs whose results ``folder`` holds, finished or under way.

    "" means that there are results of which nothing says what they were made from; None that there
    are none. A finished run says it in its record, a run under way in its parts, and where the
    record is lost the scores still do.
    """
    record = read(folder)
    if record:
        return str(record["inputs_sha256"])
    started = begun(parts)
    if started:
        return str(started["inputs_sha256"])
    try:
        with opened(folder / SCORES) as scores:
            return str(scores.tags().get("INPUTS", ""))
    except RasterioError:
        return "" if any((folder / name).exists() for name in (RECORD, *OUTPUTS)) else None


def begun(parts: Path) -> Record | None:
    """Return what the windows in the folder ``parts`` were made from, or None."""
    try:
        started = json.loads((parts / "inputs.json").read_bytes())
        return started if isinstance(started, dict) and "inputs_sha256" in started else None
    except (OSError, ValueError):
        return None


def sound_outputs(folder: Path, record: Record | None) -> frozenset[str]:
    """Return those outputs that are still what ``record`` says they are.

    When one has to be made again by other versions than made the rest, all are.
    """
    if record is None:
        return frozenset()
    recorded = record["outputs"]
    paths = {name: folder / name for name in OUTPUTS}
    sound = frozenset(
        name
        for name, path in paths.items()
        if path.is_file() and sha256_of(path) == recorded.get(name)
    )
    return sound if len(sound) == len(OUTPUTS) or record["versions"] == versions() else frozenset()
