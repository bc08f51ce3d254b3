"""训练样本集: what passed field checks taught on one day, frozen (A13)."""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.detection.kept_back import cell_of, is_kept_back
from gis.domain.detection.sample import Sample
from gis.domain.terms import LeftOut, Verdict

LEAST_PIXELS = 4
"""A place smaller than that is all edge: its pixels are mixed with what lies around it."""
METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """A district's samples as they stood on ``as_of``; a changed register makes a new set.

    ``samples`` counts its rows and ``taught`` those with a class, ``labels`` by class; ``sha256``
    is of the rows' content alone, so that the same samples are never frozen twice.
    """

    id: UUID
    district_code: str
    name: str
    as_of: date
    samples: int
    taught: int
    labels: dict[str, int]
    sha256: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One sample of a set: a field check (its version then), an image, an outline, a class.

    ``place`` is a site's code or a candidate's id. Either the row teaches ``class_name``, or
    ``left_out`` says why it does not; ``is_kept_back`` rows judge models and train none.
    """

    set_id: UUID
    number: int
    check_id: UUID
    check_version: int
    place: str
    scene_id: UUID | None
    found_on: date
    verdict: Verdict
    class_name: str | None
    left_out: LeftOut | None
    is_kept_back: bool
    outline: MultiPolygon


def with_doubts(samples: Sequence[Sample]) -> list[Sample]:
    """Return the samples, each that teaches nothing with the reason why.

    Left out are: a verdict that names no class of ground, a place without an image of its time,
    one of hardly any pixels, and places of two classes that share ground on the same image.
    """
    doubtful = [replace(one, left_out=_doubt(one)) for one in samples]
    taught = [one for one in doubtful if one.left_out is None]
    torn = {
        id_
        for n, one in enumerate(taught)
        for other in taught[n + 1 :]
        if one.scene == other.scene and one.label != other.label
        if one.outline.intersection(other.outline).area > 0
        for id_ in (one.check_id, other.check_id)
    }
    return [
        replace(one, left_out=LeftOut.CONTRADICTED)
        if one.check_id in torn and one.left_out is None
        else one
        for one in doubtful
    ]


def _doubt(one: Sample) -> LeftOut | None:
    if one.label is None:
        return LeftOut.NO_CLASS
    if one.scene is None:
        return LeftOut.NO_IMAGE
    latitude = math.radians(one.outline.centroid.y)
    area_m2 = one.outline.area * METRES_PER_DEGREE**2 * math.cos(latitude)
    return LeftOut.TOO_SMALL if area_m2 < LEAST_PIXELS * one.scene.pixel_m**2 else None


def rows_of(set_id: UUID, samples: Sequence[Sample]) -> list[TrainingRow]:
    """Return a set's rows, in the order of the samples."""
    return [
        TrainingRow(
            set_id=set_id,
            number=number,
            check_id=one.check_id,
            check_version=one.check_version,
            place=one.place_key,
            scene_id=one.scene.id if one.scene else None,
            found_on=one.found_on,
            verdict=one.verdict,
            class_name=one.label if one.left_out is None else None,
            left_out=one.left_out,
            is_kept_back=is_place_kept_back(one.outline),
            outline=one.outline,
        )
        for number, one in enumerate(samples, start=1)
    ]


def is_place_kept_back(outline: MultiPolygon) -> bool:
    """Say whether a place as a whole is kept for judging: by a point inside it."""
    inside = outline.representative_point()
    return is_kept_back(cell_of(inside.x, inside.y))


def content_hash(rows: Sequence[TrainingRow]) -> str:
    """Return the hash of what rows say, whatever set they are of."""
    said = [
        (
            *(str(row.check_id), row.check_version, row.place, str(row.scene_id)),
            *(row.found_on.isoformat(), row.verdict.value, row.class_name),
            *(row.left_out.value if row.left_out else None, row.outline.wkb_hex),
        )
        for row in rows
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
