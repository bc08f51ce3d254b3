"""What a run says of each candidate on its ground against what an earlier one saw there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from shapely import MultiPolygon

from gis.domain.detection.candidate import Candidate
from gis.domain.detection.candidate_change import (
    CandidateChange,
    KindTold,
    Remains,
    Sized,
    compared,
    earlier,
    is_same_season,
    moved_m,
    not_found,
)
from gis.domain.detection.imagery import DetectionRun, SceneRecord
from gis.domain.detection.limits import KINDS
from gis.domain.follow_up.border_change import BorderSwing, swing_of
from gis.domain.place import District
from gis.domain.terms import CandidateState, FootprintState
from gis.ledger.book import Entry
from gis.spatial import measure
from gis.store import candidate_changes, candidates, shape, tables

Kinds = Callable[[MultiPolygon, date | None], KindTold | None]
"""Tells what kind of change there was at an outline since a day; None: nobody can say."""
JUDGED = (FootprintState.NEW, FootprintState.GROWN)


def changes_of(
    entry: Entry,
    district: District,
    scene: SceneRecord,
    run: DetectionRun,
    seen: Sequence[Candidate],
    remains: Callable[[MultiPolygon], Remains] | None,
    kinds: Kinds | None = None,
) -> list[CandidateChange]:
    """Return what a run says of the candidates it saw and of those on its ground it did not find.

    Only runs of one model are compared, for the difference of two models is none of the ground. An
    image without a day tells no change; what ``remains`` cannot be asked for is not called gone.
    ``kinds`` is asked what kind of change made a place new or larger.
    """
    on = scene.acquired_on
    if on is None:
        return []
    own = {one.id for one in seen}
    missed = []
    if remains is not None:
        frame = candidate_changes.within(entry.connection, district.code, scene.footprint)
        missed = [one for one in frame if one.id not in own]
    asked = [*own, *(one.id for one in missed)]
    history = _history(entry, district, asked, run.model_sha256)
    before = {key: earlier(on, sized) for key, sized in history.items()}
    now = {key: one for key in own for one in history.get(key, ()) if one.on == on}
    swings = _swings({k: (b, now[k]) for k, b in before.items() if b and k in now}, scene)
    looked_at = candidate_changes.frames_before(
        entry.connection, district.code, run.model_sha256, on
    )
    found = []
    for one in seen:
        then = before.get(one.id)
        if one.id not in now or not (one.is_above or one.state is not CandidateState.TO_CHECK):
            continue  # what lists do not show needs no history
        is_new = any(frame.covers(one.outline) for frame in looked_at)
        state = FootprintState.NEW if is_new else FootprintState.FIRST
        change: tuple[FootprintState, float | None, float | None] = (state, None, None)
        if then is not None:
            change = compared(then, now[one.id], swings[then.on], scene.pixel_m)
        row = _row(run, scene, one, then, now[one.id].area_m2, change)
        if kinds is not None and row.state in JUDGED:
            row = _told(row, one.outline, kinds)
        found.append(row)
    for one in missed:
        then = before.get(one.id)
        if then is None or remains is None:
            continue
        swing = swings.get(then.on) or swing_of([], is_same_season(then.on, on), scene.pixel_m)
        change = not_found(then, remains(one.outline), swing, scene.pixel_m)
        area = 0.0 if change[0] is FootprintState.GONE else None
        found.append(_row(run, scene, one, then, area, change))
    return found


def judge_changes(
    entry: Entry, run: DetectionRun, judge_sha256: str | None, kinds: Kinds | None
) -> None:
    """Let a judge tell the kinds of a filed run's changes; what the run found stays as it is."""
    if kinds is None or judge_sha256 is None or run.parameters.get(KINDS) == judge_sha256:
        return
    for row in candidate_changes.of_run(entry.connection, run.id):
        one = candidates.standing(entry.connection, row.candidate_id)
        if row.state in JUDGED and one is not None:
            shape.replace(
                entry.connection, tables.candidate_changes, _told(row, one.outline, kinds)
            )
    judged = replace(run, parameters=run.parameters | {KINDS: judge_sha256})
    shape.replace(entry.connection, tables.detection_runs, judged)
    entry.log("judge_changes", "run", run.id, before=run, after=judged)


def _told(row: CandidateChange, outline: MultiPolygon, kinds: Kinds) -> CandidateChange:
    told = kinds(outline, row.compared_on)
    if told is None:
        return replace(row, kind=None, kind_share=None)
    return replace(row, kind=told.kind, kind_share=told.share)


def _history(
    entry: Entry, district: District, ids: Sequence[UUID], model_sha256: str
) -> dict[UUID, list[Sized]]:
    """Return each candidate's sightings by runs of a model, those of one day taken together."""
    rows = candidate_changes.sightings_by(entry.connection, ids, model_sha256)
    extents = measure.extents([row.outline for row in rows], district.metric_epsg) if rows else []
    sized: dict[UUID, dict[tuple[object, UUID], Sized]] = {}
    for row, extent in zip(rows, extents, strict=True):
        own = sized.setdefault(row.candidate_id, {})
        key = (row.on, row.run_id)
        area, length = extent.area_m2, extent.perimeter_m
        if key in own:  # a candidate that was taken in since was seen beside it
            area, length = area + own[key].area_m2, length + own[key].perimeter_m
        own[key] = Sized(row.on, area, length)
    return {key: list(own.values()) for key, own in sized.items()}


def _swings(
    pairs: Mapping[UUID, tuple[Sized, Sized]], scene: SceneRecord
) -> dict[object, BorderSwing]:
    """Return, for each earlier day, what the places of both days tell of their borders."""
    moved: dict[object, list[float]] = {}
    for before, now in pairs.values():
        moved.setdefault(before.on, []).append(moved_m(before, now))
    days = {before.on: now.on for before, now in pairs.values()}
    return {
        day: swing_of(moved[day], is_same_season(day, on), scene.pixel_m)
        for day, on in days.items()
    }


def _row(
    run: DetectionRun,
    scene: SceneRecord,
    one: Candidate,
    before: Sized | None,
    area_m2: float | None,
    change: tuple[FootprintState, float | None, float | None],
) -> CandidateChange:
    state, change_m2, doubt_m2 = change
    assert scene.acquired_on is not None
    return CandidateChange(
        id=uuid5(run.id, f"change {one.id}"),
        candidate_id=one.id,
        run_id=run.id,
        seen_on=scene.acquired_on,
        compared_on=None if before is None else before.on,
        state=state,
        area_m2=area_m2,
        change_m2=None if change_m2 is None else round(change_m2, 1),
        uncertainty_m2=None if doubt_m2 is None else round(doubt_m2, 1),
    )
