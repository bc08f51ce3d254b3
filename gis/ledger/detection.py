"""Filing what a detection run found: new places are added, known ones are seen again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import shapely
from shapely import MultiPolygon

from gis.domain.detection.candidate import Candidate, Sighting, best_match
from gis.domain.detection.candidate_change import KindTold, Remains
from gis.domain.detection.candidate_match import Matched, match
from gis.domain.detection.imagery import DetectionRun, threshold_of
from gis.domain.detection.limits import KINDS
from gis.domain.place import District
from gis.domain.terms import CandidateState
from gis.ledger.book import Book, Entry
from gis.ledger.candidate_changes import changes_of, judge_changes
from gis.ledger.look_back import look_back_at_candidate
from gis.ledger.places import around_of
from gis.spatial import measure
from gis.spatial.crs import as_multipolygon
from gis.store import candidates, imagery, places, shape, sites, tables, zones

NAMESPACE = UUID("6f1d2c3a-6a0e-5d0c-9f0b-71696e676665")


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate as detection reports it; ``outline`` is lon/lat in EPSG:4490.

    ``facts`` is what detection says of it besides, plain JSON by detection's own names.
    """

    id: UUID
    class_name: str
    confidence: float
    outline: MultiPolygon
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunReport:
    """A finished run as detection reports it.

    ``remains`` says what it shows within an outline that it did not find, ``kinds`` what kind of
    change there was at an outline since a day, or since an earlier image; None: nobody can say.
    """

    scene_sha256: str
    model_name: str
    model_sha256: str
    parameters: dict[str, Any]
    record: dict[str, Any]
    found: Sequence[Found]
    remains: Callable[[MultiPolygon], Remains] | None = None
    kinds: Callable[[MultiPolygon, date | None], KindTold | None] | None = None


class Filed(NamedTuple):
    """What filing a run did, in places that lists show; ``is_new_run`` False: filed before."""

    run_id: UUID
    is_new_run: bool
    new: int
    seen_again: int


def file_candidates(book: Book, scene_id: UUID, report: RunReport) -> Filed:
    """File a run's candidates in one transaction.

    The same scene, model and parameters make the same run, so filing twice adds nothing; with a
    judge of changes a run on file is told their kinds, no second run of the same finds. A find
    that overlaps a known candidate is a further sighting of it; one on a listed site is marked as
    that site's; a place that fell in two or took in another stays one. All finds are filed,
    whatever their confidence; those below the run's threshold are not shown.
    Raises NotInRegister, GeometryInvalid, OutsideDistrict.
    """
    with book.entry() as entry:
        scene = imagery.scene(entry.connection, scene_id)
        run_id = uuid5(
            scene.id,
            f"{report.scene_sha256} {report.model_sha256} {sorted(report.parameters.items())}",
        )
        if imagery.run(entry.connection, run_id) is not None:
            return Filed(run_id, False, 0, 0)
        known = imagery.run_of_pixels(
            entry.connection, scene.id, report.model_sha256, report.parameters
        )
        if known is not None:
            judge_changes(entry, known, report.parameters.get(KINDS), report.kinds)
            return Filed(known.id, False, 0, 0)
        run = DetectionRun(
            id=run_id,
            scene_id=scene.id,
            model_name=report.model_name,
            model_sha256=report.model_sha256,
            parameters=report.parameters,
            record=report.record,
            candidates_found=len(report.found),
            filed_at=entry.now,
            filed_by=entry.actor,
            threshold=threshold_of(report.parameters),
        )
        shape.insert(entry.connection, tables.detection_runs, [run])
        district = places.district(entry.connection, scene.district_code)
        outlines = [measure.require_fit(f.outline, str(f.id), district) for f in report.found]
        near = {
            one.id: one
            for outline in outlines
            for one, _ in candidates.near(entry.connection, district.code, outline)
        }
        matched = match(outlines, sorted(near.values(), key=lambda one: str(one.id)))
        filed = [
            _file(entry, district, run, scene.acquired_on, report.found, one) for one in matched
        ]
        shown = [is_new for _, is_new, is_shown in filed if is_shown]
        seen = [one for one, _, _ in filed]
        changes = changes_of(entry, district, scene, run, seen, report.remains, report.kinds)
        shape.insert(entry.connection, tables.candidate_changes, changes)
        entry.log("file_candidates", "run", run_id, after=run)
        return Filed(run_id, True, sum(shown), len(shown) - sum(shown))


def _file(
    entry: Entry,
    district: District,
    run: DetectionRun,
    acquired_on: date | None,
    finds: Sequence[Found],
    matched: Matched,
) -> tuple[Candidate, bool, bool]:
    """File the finds of one place; return its candidate, whether it is new, and whether shown."""
    parts = [finds[n] for n in matched.finds]
    shown = [one for one in parts if run.shows(one.confidence, one.facts)]
    found = max(shown or parts, key=lambda one: (one.confidence, str(one.id)))
    outline = _united([one.outline for one in shown or parts])
    town = around_of(entry.connection, district).towns([outline])[0]
    seen = _as_candidate(district, acquired_on, found, outline, town)
    seen = replace(seen, is_above=bool(shown))
    known = matched.known
    if known is None:  # the very find may be filed already, its place having moved on since
        known = candidates.standing(entry.connection, seen.id)
    if known is None:
        site = best_match(outline, sites.near(entry.connection, district.code, outline))
        if site is not None:
            seen = replace(seen, state=CandidateState.CONFIRMED, site_code=site)
        shape.insert(entry.connection, tables.candidates, [seen])
        entry.log("file_candidate", "candidate", seen.id, after=seen)
    else:
        seen = known.seen_again(seen)
        shape.replace(entry.connection, tables.candidates, seen)
        entry.log("see_again", "candidate", seen.id, before=known, after=seen)
    # Only a newer outline covers what it takes in, and only one that is shown may hide others.
    for other in matched.absorbed if seen.outline is outline and shown else ():
        merged = other.merged(seen.id)
        shape.replace(entry.connection, tables.candidates, merged)
        candidates.repoint(entry.connection, other.id, seen.id)
        entry.log("merge_candidate", "candidate", other.id, before=other, after=merged)
    sighting = Sighting(
        id=uuid5(run.id, str(found.id)),
        candidate_id=seen.id,
        run_id=run.id,
        scene_id=run.scene_id,
        acquired_on=acquired_on,
        class_name=found.class_name,
        confidence=found.confidence,
        area_m2=measure.extent(outline, district.metric_epsg).area_m2,
        outline=outline,
        facts=found.facts,
    )
    shape.insert(entry.connection, tables.sightings, [sighting])
    zones.link_candidate(entry.connection, seen)
    look_back_at_candidate(entry, seen, sighting)
    return seen, known is None, bool(shown)


def _united(outlines: Sequence[MultiPolygon]) -> MultiPolygon:
    if len(outlines) == 1:
        return outlines[0]
    return as_multipolygon(shapely.union_all(list(outlines)))


def _as_candidate(
    district: District,
    acquired_on: date | None,
    found: Found,
    outline: MultiPolygon,
    town: str | None,
) -> Candidate:
    size = measure.extent(outline, district.metric_epsg)
    return Candidate(
        id=uuid5(NAMESPACE, f"{district.code} {found.id}"),
        district_code=district.code,
        class_name=found.class_name,
        confidence=found.confidence,
        state=CandidateState.TO_CHECK,
        area_m2=size.area_m2,
        area_geodesic_m2=size.area_geodesic_m2,
        perimeter_m=size.perimeter_m,
        first_seen_on=acquired_on,
        last_seen_on=acquired_on,
        sightings=1,
        site_code=None,
        town=town,
        version=1,
        outline=outline,
    )
