"""From what detection wrote to what the register files."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from shapely import MultiPolygon

from api import scores
from api.settings import Settings
from gis.domain.detection.candidate_change import KindTold, Remains
from gis.domain.detection.imagery import SceneRecord
from gis.domain.place import STORE_EPSG
from gis.errors import NotFound
from gis.ledger import Book
from gis.ledger.detection import Filed, Found, RunReport, file_candidates
from gis.spatial import crs
from gis.store import imagery
from remote_sensing.candidates import Candidate, read_geojson
from remote_sensing.class_shares import shares_within
from remote_sensing.model import Model
from remote_sensing.pipeline import DetectionResult
from remote_sensing.run_record import OBJECTS

WGS84_EPSG = 4326


class SceneNotRegistered(NotFound):
    """Candidates of an image that the register does not know. Facts: name."""

    code = "scene_not_registered"
    zh = "影像 {name} 尚未登记：请加 --district 区域代码，或先运行 qingfei scene add。"
    en = "The image {name} is not registered: add --district CODE, or run qingfei scene add first."


def registered_scene(book: Book, sha256: str, name: str, district: str | None) -> SceneRecord:
    """Return the scene record of an image's bytes; raises SceneNotRegistered."""
    with book.reading() as connection:
        found = imagery.scene_of_file(connection, sha256)
    chosen = [s for s in found if district in (None, s.district_code)]
    if not chosen:
        raise SceneNotRegistered(name=name)
    return chosen[0]


def report_of(result: DetectionResult, model: Model) -> RunReport:
    """Return a finished run as the register files it; outlines move from WGS 84 to CGCS2000."""
    record: dict[str, Any] = result.record
    inputs = record["inputs"]
    return RunReport(
        scene_sha256=inputs["image"]["sha256"],
        model_name=model.card.name,
        model_sha256=model.sha256,
        parameters=inputs["parameters"]
        | inputs["image"]["radiometry"]
        | _thresholds(model, inputs),
        record=record,
        found=[
            Found(
                id=one.id,
                class_name=one.class_name,
                confidence=one.confidence,
                outline=crs.as_multipolygon(
                    crs.transform(one.outline_lonlat, WGS84_EPSG, STORE_EPSG)
                ),
                facts=_facts(one),
            )
            for one in _objects(result)
        ],
        remains=_remains(result),
    )


def _objects(result: DetectionResult) -> tuple[Candidate, ...]:
    """Return all that a run found, so that its threshold can be moved; older runs told less."""
    path = result.folder / OBJECTS
    return read_geojson(path) if path.is_file() else result.candidates


def _thresholds(model: Model, inputs: dict[str, Any]) -> dict[str, float]:
    """Return from which confidence on the model keeps an object, and how much more one alone."""
    judge: Any = getattr(model, "judge", None)
    if judge is None:
        return {}
    least = max(float(judge.keep_from), float(inputs["parameters"].get("min_confidence", 0.0)))
    extra = max(0.0, float(judge.keep_isolated_from) - least)
    return {"threshold": round(least, 4), "isolated_extra": round(extra, 4)}


SAID = frozenset({"id", "class_name", "confidence", "area_m2", "perimeter_m", "outline_lonlat"})
"""What of a candidate has a column of its own; all else that detection says is kept as it is."""


def _facts(one: Candidate) -> dict[str, Any]:
    return {f.name: getattr(one, f.name) for f in fields(one) if f.name not in SAID}


def _remains(result: DetectionResult) -> Callable[[MultiPolygon], Remains]:
    """Return what says how much of an outline (EPSG:4490) a run saw, and what may be a target."""

    def ask(outline: MultiPolygon) -> Remains:
        lonlat = crs.transform(outline, STORE_EPSG, WGS84_EPSG)
        return Remains(*shares_within(result.folder, lonlat))

    return ask


def file_run(
    book: Book,
    scene: SceneRecord,
    result: DetectionResult,
    model: Model,
    settings: Settings,
    apart: Mapping[str, Any] | None = None,
    kinds: Callable[[MultiPolygon, date | None], KindTold | None] | None = None,
) -> Filed:
    """File a run's candidates under its scene and keep its scores; the same run adds nothing.

    ``apart`` is what was asked of the run that its record does not say in the register's words,
    ``kinds`` what tells the kind of a change at an outline (EPSG:4490) since a day.
    """
    scores.keep(settings, result.folder, result.record)
    report = report_of(result, model)
    report = replace(report, parameters=report.parameters | dict(apart or {}), kinds=kinds)
    return file_candidates(book, scene.id, report)
