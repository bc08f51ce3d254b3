"""From nouns to the JSON that pages read."""

from collections.abc import Callable
from typing import Any, TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from api.pit_words import PIT_WORDS
from gis.domain import terms
from gis.domain.detection.imagery import SceneRecord
from gis.domain.place import District
from gis.store.page import Page
from remote_sensing.classes import all_classes

N = TypeVar("N")

WORDS: tuple[type[terms.Term], ...] = (
    terms.Role,
    terms.Right,
    terms.SessionKind,
    *(terms.BackfillMaterial, terms.BackfillPaper, terms.PitVoid, terms.PairStanding),
    *(terms.HaulBasis, terms.MatchAim, terms.Unplaced, terms.BookFlag),
    terms.SiteKind,
    terms.WasteClass,
    terms.WasteNature,
    terms.Responsibility,
    terms.Verdict,
    terms.LookAlike,
    terms.Unreachable,
    terms.HeightBasis,
    terms.HeapShape,
    terms.OutlineBy,
    terms.FixPurpose,
    terms.ReviewState,
    terms.Standing,
    terms.ReviewAct,
    terms.Severity,
    terms.CandidateState,
    *(terms.ModelState, terms.ModelTells),
    *(terms.TeachReason, terms.LeftOut, terms.Comparative),
    *(terms.OfficeSays, terms.ZoneKind),
    terms.Change,
    terms.SiteState,
    terms.CloseOutAct,
    terms.CloseOutState,
    terms.FindingState,
    terms.Head,
    terms.LookBackBy,
    terms.LookBackResult,
    terms.PhotoSide,
    terms.SatelliteResult,
    terms.Datum,
    terms.Axes,
    terms.RowFate,
    terms.MatchReason,
    terms.ChangeKind,
    terms.FootprintState,
    terms.MaskHow,
    terms.SceneKind,
    terms.ReferenceHow,
    terms.Grade,
    terms.DeadlineState,
    terms.WorkKind,
    terms.ExtensionState,
    terms.NoticeKind,
    terms.NoticeState,
    terms.AnswerState,
    terms.ProjectStage,
    terms.ProjectVariant,
    terms.MineFinding,
    terms.AttachmentKind,
    terms.PhotoSource,
    terms.PhotoState,
    terms.OutboxFate,
    terms.TimeBasis,
    terms.LineageKind,
    terms.Completeness,
    terms.PastRecord,
    terms.Ground,
    terms.OutlineBasis,
    terms.TailingsRisk,
    terms.LayerKind,
    *PIT_WORDS,
    terms.PlanState,
    terms.CustodyStep,
    terms.Stratifier,
    terms.SizeBy,
    terms.Allocation,
    terms.WhySampled,
    terms.SourceLevel,
    terms.ReachBasis,
    terms.ConclusionBasis,
    terms.ConclusionState,
    terms.Quantity,
    terms.LeachMethod,
    terms.IdentificationStep,
    terms.NamedBy,
    terms.WorkState,
    terms.JobState,
)


def vocabulary() -> dict[str, Any]:
    """Return every controlled word and detection class."""
    return {
        "terms": {
            word.__name__: [{"value": m.value, "zh": m.zh, "en": m.en} for m in word]
            for word in WORDS
        },
        "classes": [
            {
                "code": info.code,
                "name": info.name,
                "zh": info.zh,
                "en": info.en,
                "role": info.role,
                "colour": info.colour,
                "site_kind": info.site_kind,
            }
            for info in all_classes().values()
        ],
    }


def page(found: Page[N], item: Callable[[N], dict[str, Any]]) -> dict[str, Any]:
    """Return a page of items."""
    return {"items": [item(n) for n in found.items], "next": found.next, "total": found.total}


def where(outline: BaseGeometry) -> dict[str, Any]:
    """Return a point on an outline and the box round it."""
    point = outline.representative_point()
    return {
        "centre": [round(point.x, 6), round(point.y, 6)],
        "bounds": [round(value, 6) for value in outline.bounds],
    }


def geojson(outline: BaseGeometry) -> Any:
    """Return a geometry as GeoJSON, seven decimals."""
    return shapely.geometry.mapping(shapely.set_precision(outline, 1e-7, mode="pointwise"))


def district(
    place: District, revision: int, scenes: list[SceneRecord], counts: dict[str, Any]
) -> dict[str, Any]:
    """Return a district with its scenes and counts."""
    return {
        "code": place.code,
        "name_zh": place.name_zh,
        "name_en": place.name_en,
        "is_demo": place.is_demo,
        "bounds": [round(value, 6) for value in place.outline.bounds],
        "revision": revision,
        "scenes": [
            {
                "id": scene.id,
                "name": scene.name,
                "sensor": scene.sensor,
                "acquired_on": scene.acquired_on,
                "notice": scene.notice,
                "bounds": [round(value, 6) for value in scene.footprint.bounds],
                "views": ["natural", "swir"] if {"B12", "B04"} <= set(scene.bands) else ["natural"],
                "pixel_m": scene.pixel_m,
            }
            for scene in scenes
        ],
        "counts": counts,
    }


def site_item(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the register as lists show it."""
    plain = (
        *("code", "name", "kind", "waste_class", "nature", "grade", "state", "town", "reach"),
        *("area_m2", "mass_t", "deadline", "due_on", "is_demo"),
    )
    return {
        **{name: row[name] for name in plain},
        "provisional": row["is_provisional"],
        **where(row["outline"]),
    }
