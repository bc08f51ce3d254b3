"""疑似图斑: what detection suspects, from its first sighting to a field team's verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.terms import CandidateState, Verdict

T = TypeVar("T")

SAME_PLACE_SHARE = 0.3
"""Outlines that share so much of the smaller one show the same place."""

STATE_AFTER: Mapping[Verdict, CandidateState] = {
    Verdict.WASTE: CandidateState.CONFIRMED,
    Verdict.PIT: CandidateState.CONFIRMED,
    Verdict.LOOK_ALIKE: CandidateState.LOOK_ALIKE,
    Verdict.GONE: CandidateState.GONE,
    Verdict.UNREACHABLE: CandidateState.UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One detection of a candidate in one scene by one run.

    ``outline`` is lon/lat in EPSG:4490, ``confidence`` 0 to 1. ``facts`` is what detection said of
    it besides, by detection's own names.
    """

    id: UUID
    candidate_id: UUID
    run_id: UUID
    scene_id: UUID
    acquired_on: date | None
    class_name: str
    confidence: float
    area_m2: float
    outline: MultiPolygon
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suspected place: its best-known outline and where its check stands.

    ``area_m2`` and ``perimeter_m`` are in the district's metric CRS, ``area_geodesic_m2`` is the
    check on them; ``outline`` is lon/lat in EPSG:4490. ``town`` is the one under the outline by the
    layers in force, None where none says it. ``version`` grows with every change of the place.
    ``is_above`` says whether a sighting of it reaches the threshold of its run: lists and the map
    show it then, and in any case once a person has judged it.
    ``merged_into`` is the candidate that covers it since a later image, None where it stands alone.
    """

    id: UUID
    district_code: str
    class_name: str
    confidence: float
    state: CandidateState
    area_m2: float
    area_geodesic_m2: float
    perimeter_m: float
    first_seen_on: date | None
    last_seen_on: date | None
    sightings: int
    site_code: str | None
    town: str | None
    version: int
    outline: MultiPolygon
    is_above: bool = True
    merged_into: UUID | None = None

    def merged(self, into: UUID) -> "Candidate":
        """Return the candidate as part of another; its sightings stay its own."""
        state = CandidateState.MERGED
        return replace(self, state=state, merged_into=into, version=self.version + 1)

    def judged(self, verdict: Verdict, site_code: str | None) -> "Candidate":
        """Return the candidate after a verdict that was given on its present version."""
        return replace(
            self,
            state=STATE_AFTER[verdict],
            site_code=site_code or self.site_code,
            version=self.version + 1,
        )

    def seen_again(self, later: "Candidate") -> "Candidate":
        """Return the candidate with ``later``, a sighting of the same place, taken in.

        The newest image's outline and class stand for the place, for they show it as it is now; a
        verdict already given is not touched.
        """
        days = [d for d in (self.last_seen_on, later.last_seen_on) if d is not None]
        first = [d for d in (self.first_seen_on, later.first_seen_on) if d is not None]
        is_newer = later.last_seen_on is not None and (
            self.last_seen_on is None or later.last_seen_on > self.last_seen_on
        )
        seen = later if is_newer else self
        return replace(
            self,
            class_name=seen.class_name,
            confidence=seen.confidence,
            area_m2=seen.area_m2,
            area_geodesic_m2=seen.area_geodesic_m2,
            perimeter_m=seen.perimeter_m,
            outline=seen.outline,
            town=seen.town,
            first_seen_on=min(first, default=None),
            last_seen_on=max(days, default=None),
            sightings=self.sightings + 1,
            is_above=self.is_above or later.is_above,
            version=self.version + 1,
        )


def best_match(outline: MultiPolygon, known: Iterable[tuple[T, MultiPolygon]]) -> T | None:
    """Return the known place that ``outline`` shows again, or None.

    The largest overlap wins.
    """
    best: T | None = None
    most = 0.0
    for name, other in known:
        overlap = outline.intersection(other).area
        if overlap > most and overlap >= SAME_PLACE_SHARE * min(outline.area, other.area):
            best, most = name, overlap
    return best
