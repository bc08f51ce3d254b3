"""The design, the points' table for the interpreter, and the key that stays with the analyst.

The table does not say what the map shows at a point, for whoever interprets it must not know; the
key does, and holds the hash of every map.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remote_sensing.classes import all_classes
from remote_sensing.errors import LabelsUnreadable
from remote_sensing.reference.design import Design, Stratum, design
from remote_sensing.reference.drawing import Point
from remote_sensing.reference.errors import (
    PlanChanged,
    PlanUnreadable,
    PointsDoubled,
    PointsMissing,
    PointsStrange,
    PointsUnreadable,
    ReferenceUnknown,
)
from remote_sensing.safe_files import sha256_of, writing
from remote_sensing.training import labels

UNSURE = ("unsure", "看不清")
"""What an interpreter writes where the picture does not tell."""
LONLAT = "EPSG:4326"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """A design and the class maps it was made for, with their hashes."""

    design: Design
    maps: tuple[Path, ...]
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What the map says at each point, and the strata that the points were drawn from."""

    strata: tuple[Stratum, ...]
    mapped: Mapping[str, str]
    seed: int


def write_plan(path: Path, made: Design, maps: Sequence[Path]) -> None:
    """Write a design; the maps are named relative to it where they lie below its folder."""
    folder = path.absolute().parent
    content = {
        "kind": "qingfei reference design",
        "target_se": made.target_se,
        "size": made.needed,
        "strata": [
            _row(one) | {"points": n} for one, n in zip(made.strata, made.sizes, strict=True)
        ],
        "maps": [
            {
                "file": str(
                    one.absolute().relative_to(folder)
                    if one.absolute().is_relative_to(folder)
                    else one.absolute()
                ),
                "sha256": sha256_of(one),
            }
            for one in maps
        ],
    }
    _write(path, _json(content))


def read_plan(path: Path) -> Plan:
    """Read a design whose maps must be what they were; raises PlanUnreadable, PlanChanged."""
    content = _read(path, "qingfei reference design")
    try:
        strata = tuple(_stratum(row) for row in content["strata"])
        sizes = tuple(int(row["points"]) for row in content["strata"])
        maps = tuple(path.absolute().parent / row["file"] for row in content["maps"])
        hashes = tuple(str(row["sha256"]) for row in content["maps"])
        made = design(strata, target_se=float(content["target_se"]), size=int(content["size"]))
        fits = len(made.strata) == len(sizes) and all(
            0 <= n <= one.pixels for n, one in zip(sizes, strata, strict=True)
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as problem:
        raise PlanUnreadable(file=path.name) from problem
    if not fits:
        raise PlanUnreadable(file=path.name)
    for one, sha256 in zip(maps, hashes, strict=True):
        if not one.is_file() or sha256_of(one) != sha256:
            raise PlanChanged(file=one.name)
    made = Design(made.strata, made.target_se, made.needed, sizes, made.overall_se, made.users_se)
    return Plan(made, maps, hashes)


def write_points(path: Path, points: Sequence[Point]) -> None:
    """Write the interpreter's table as GPKG, GeoJSON or CSV; the class column is empty.

    Raises PointsUnreadable for another kind of file, DiskFull, OutputUnwritable.
    """
    blank = [{"point": p.name, "scene": p.scene, "reference": "", "note": ""} for p in points]
    kind = path.suffix.lower()
    if kind == ".csv":
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(["point", "lon", "lat", "scene", "reference", "note"])
        for p in points:
            table.writerow([p.name, f"{p.lon:.7f}", f"{p.lat:.7f}", _text(p.scene), "", ""])
        _write(path, "\ufeff".encode() + text.getvalue().encode())  # so that Excel reads UTF-8
    elif kind in {".geojson", ".json"}:
        features = [
            {
                "type": "Feature",
                "id": p.name,
                "properties": row,
                "geometry": {"type": "Point", "coordinates": [p.lon, p.lat]},
            }
            for p, row in zip(points, blank, strict=True)
        ]
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in features)
        _write(path, f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode())
    elif kind == ".gpkg":
        import geopandas
        import shapely

        frame = geopandas.GeoDataFrame(
            blank, geometry=[shapely.Point(p.lon, p.lat) for p in points], crs=LONLAT
        )
        with writing(path):
            path.unlink(missing_ok=True)
            frame.to_file(path, layer="points", driver="GPKG", engine="pyogrio")
    else:
        raise PointsUnreadable(file=path.name)


def write_key(path: Path, plan: Plan, points: Sequence[Point], seed: int) -> None:
    """Write what the map says at each point."""
    content = {
        "kind": "qingfei reference key",
        "seed": seed,
        "strata": [_row(one) for one in plan.design.strata],
        "maps": [{"sha256": one} for one in plan.hashes],
        "points": {p.name: p.mapped for p in sorted(points, key=lambda p: p.name)},
    }
    _write(path, _json(content))


def read_key(path: Path) -> Key:
    """Read a key; raises PlanUnreadable."""
    content = _read(path, "qingfei reference key")
    try:
        strata = tuple(_stratum(row) for row in content["strata"])
        mapped = {str(name): str(said) for name, said in content["points"].items()}
        if not mapped or {*mapped.values()} - {one.name for one in strata}:
            raise ValueError("a point of no stratum")
        return Key(strata, mapped, int(content["seed"]))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise PlanUnreadable(file=path.name) from problem


def read_answers(path: Path, key: Key) -> dict[str, str | None]:
    """Return the interpreter's class of every point of a key; None where it was unsure.

    Classes are named in English or Chinese. Raises PointsUnreadable, PointsDoubled, PointsStrange,
    PointsMissing, ReferenceUnknown.
    """
    given = list(_answers(path))
    often = sorted(name for name, n in Counter(name for name, _ in given).items() if n > 1)
    if often:
        raise PointsDoubled(file=path.name, points=_some(often))
    strange = sorted({name for name, _ in given} - {*key.mapped})
    if strange:
        raise PointsStrange(file=path.name, points=_some(strange))
    said = {name: answer for name, answer in given if answer}
    missing = [name for name in key.mapped if name not in said]
    if missing:
        raise PointsMissing(file=path.name, count=len(missing), points=_some(missing))
    known = {word: one.name for one in all_classes().values() for word in (one.name, one.zh)}
    unknown = sorted({a for a in said.values() if a not in known and a.lower() not in UNSURE})
    if unknown:
        names = ", ".join(all_classes())
        raise ReferenceUnknown(file=path.name, names=_some(unknown), known=names)
    return {name: known.get(said[name]) for name in key.mapped}


def _answers(path: Path) -> Iterator[tuple[str, str]]:
    try:
        for row in rows(path):
            name, answer = row["point"], row["reference"]
            if name is not None and str(name).strip():
                yield str(name).strip(), "" if answer is None else str(answer).strip()
    except (OSError, ValueError, KeyError, csv.Error, LabelsUnreadable) as problem:
        raise PointsUnreadable(file=path.name) from problem


def rows(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table of points as they stand; raises what reading it raises."""
    if path.suffix.lower() == ".csv":
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030")  # as Excel in China saves a CSV
        yield from csv.DictReader(io.StringIO(text, newline=""))
    elif path.suffix.lower() in labels.VECTORS:
        frame = labels.read_vector(path)
        if not {"point", "reference"} <= {*frame.columns}:
            raise ValueError("columns are lacking")
        for name, answer in zip(frame["point"], frame["reference"], strict=True):
            yield {"point": name, "reference": answer if isinstance(answer, str) else None}
    else:
        raise ValueError("a file of another kind")


def _row(one: Stratum) -> dict[str, Any]:
    return {
        "class": one.name,
        "pixels": one.pixels,
        "area_m2": one.area_m2,
        "expected_users_accuracy": one.expected,
    }


def _stratum(row: Mapping[str, Any]) -> Stratum:
    expected = float(row["expected_users_accuracy"])
    if row["class"] not in all_classes() or not 0 <= expected <= 1 or not row["area_m2"] > 0:
        raise ValueError("no stratum")
    return Stratum(row["class"], int(row["pixels"]), float(row["area_m2"]), expected)


def _read(path: Path, kind: str) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
        if content["kind"] != kind:
            raise ValueError("another kind of file")
        return dict(content)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise PlanUnreadable(file=path.name) from problem


def _write(path: Path, content: bytes) -> None:
    with writing(path):
        path.write_bytes(content)


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
