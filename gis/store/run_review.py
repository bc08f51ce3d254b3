"""Queries for the review of a run: the run, what it found and how that stands, one find whole."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from gis.domain.detection.run_comparison import Find
from gis.domain.errors import NotInRegister
from gis.domain.terms import OfficeSays, Standing
from gis.store import office_verdicts, shape, shown, sight, tiles
from gis.store.models import name_of_run
from gis.store.tables import (
    candidates,
    detection_runs,
    ignore_zones,
    scenes,
    sightings,
    zone_candidates,
)
from gis.store.tables import office_verdicts as verdicts

MOST_FINDS = 20_000
"""So many finds are listed at once, the surest; the answer says how many were left out."""


def run_of(connection: sa.Connection, run_id: UUID) -> dict[str, Any]:
    """Return a run with its scene's name, day, place and footprint; raises NotInRegister."""
    of_scene = (scenes.c.name.label("scene_name"), scenes.c.district_code, scenes.c.acquired_on)
    query = (
        sa.select(detection_runs, *of_scene, scenes.c.footprint)
        .add_columns(name_of_run().label("listed_name"))
        .join_from(detection_runs, scenes)
        .where(detection_runs.c.id == run_id)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotInRegister(id=run_id)
    found = shape.loaded(row)
    return found | {"model_name": found.pop("listed_name")}


def runs_of(connection: sa.Connection, district_code: str) -> list[dict[str, Any]]:
    """Return a district's runs with the names of their scenes, the newest first."""
    run = detection_runs.c
    query = (
        sa.select(run.id, name_of_run().label("model_name"), run.filed_at)
        .add_columns(run.candidates_found, run.threshold, run.scene_id)
        .add_columns(scenes.c.name.label("scene_name"), scenes.c.acquired_on)
        .join_from(detection_runs, scenes)
        .where(scenes.c.district_code == district_code)
        .order_by(run.filed_at.desc(), run.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _best(connection: sa.Connection, run_id: UUID) -> sa.Subquery:
    """Return the sighting by which each candidate of a run counts: its surest.

    ``owner`` is the candidate as it stands now: one that became part of another is that other.
    """
    owner = sa.func.coalesce(candidates.c.merged_into, candidates.c.id)
    return (
        sa.select(sightings, owner.label("owner"))
        .join_from(sightings, candidates, candidates.c.id == sightings.c.candidate_id)
        .ext(distinct_on(owner))
        .where(sightings.c.run_id == run_id, sight.candidates_seen(connection))
        .order_by(owner, sightings.c.confidence.desc(), sightings.c.id)
        .subquery("best")
    )


def _zone_name() -> sa.ColumnElement[Any]:
    return (
        sa.select(ignore_zones.c.name)
        .join_from(zone_candidates, ignore_zones)
        .where(zone_candidates.c.candidate_id == candidates.c.id, shown.in_force())
        .order_by(zone_candidates.c.share.desc(), ignore_zones.c.name)
        .limit(1)
        .correlate(candidates)
        .scalar_subquery()
    )


def _kind_said() -> sa.ColumnElement[Any]:
    """Return which look-alike the office last said a candidate is."""
    return (
        sa.select(verdicts.c.look_alike)
        .where(verdicts.c.candidate_id == candidates.c.id, verdicts.c.undone_at.is_(None))
        .where(verdicts.c.made_version.is_not(None))
        .where(verdicts.c.says == OfficeSays.LOOK_ALIKE)
        .order_by(verdicts.c.made_version.desc())
        .limit(1)
        .correlate(candidates)
        .scalar_subquery()
    )


def _is_contested() -> sa.ColumnElement[bool]:
    waiting = (Standing.PARALLEL, Standing.PROPOSAL)
    mine = sa.select(verdicts.c.id).where(verdicts.c.candidate_id == candidates.c.id)
    open_ = mine.where(verdicts.c.standing.in_(waiting), verdicts.c.undone_at.is_(None))
    return open_.correlate(candidates).exists()


def _items(
    connection: sa.Connection, run_id: UUID, class_name: str | None = None
) -> sa.Select[Any]:
    best = _best(connection, run_id)
    is_wanted = sa.true() if class_name is None else best.c.class_name == class_name
    outline, st = best.c.outline, sa.func
    centre = st.st_pointonsurface(outline)
    corners = [st.st_xmin(outline), st.st_ymin(outline), st.st_xmax(outline), st.st_ymax(outline)]
    return (
        sa.select(
            *(candidates.c.id, candidates.c.version, candidates.c.site_code, candidates.c.town),
            *(best.c.class_name, best.c.confidence, best.c.area_m2, best.c.facts),
            *(shown.state().label("state"), candidates.c.state.label("own_state")),
            *(_zone_name().label("zone"), _kind_said().label("look_alike")),
            *(_is_contested().label("is_contested"), candidates.c.sightings),
            *(st.st_x(centre).label("lon"), st.st_y(centre).label("lat")),
            *(corner.label(name) for name, corner in zip("wsen", corners, strict=True)),
            sa.func.count().over().label("total"),
        )
        .join_from(best, candidates, candidates.c.id == best.c.owner)
        .where(is_wanted)
        .order_by(best.c.confidence.desc(), candidates.c.id)
    )


def finds(
    connection: sa.Connection, run_id: UUID, class_name: str | None = None
) -> tuple[list[dict[str, Any]], int]:
    """Return what a run found, or one class of it, the surest first; and how many more."""
    query = _items(connection, run_id, class_name).limit(MOST_FINDS)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return rows, (rows[0]["total"] - len(rows) if rows else 0)


def item(connection: sa.Connection, run_id: UUID, candidate_id: UUID) -> dict[str, Any]:
    """Return one find as `finds` does; raises NotInRegister."""
    query = _items(connection, run_id).where(candidates.c.id == candidate_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotInRegister(id=candidate_id)
    return dict(row)


def class_counts(connection: sa.Connection, run_id: UUID) -> dict[str, int]:
    """Return how many finds of each class a run has, the most first."""
    best = _best(connection, run_id)
    number = sa.func.count().label("number")
    query = sa.select(best.c.class_name, number).group_by(best.c.class_name)
    rows = connection.execute(query.order_by(number.desc(), best.c.class_name))
    return {row.class_name: row.number for row in rows}


def find(connection: sa.Connection, run_id: UUID, candidate_id: UUID) -> dict[str, Any]:
    """Return one find of a run with its outline; raises NotInRegister."""
    best = _best(connection, run_id)
    query = sa.select(best).where(best.c.owner == candidate_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotInRegister(id=candidate_id)
    said = office_verdicts.of_candidate(connection, candidate_id)
    return shape.loaded(row) | {"verdicts": said}


def outlines(connection: sa.Connection, run_id: UUID) -> list[Find]:
    """Return a run's finds at or above its threshold with their outlines, for a comparison."""
    best = _best(connection, run_id)
    query = (
        sa.select(
            *(candidates.c.id, best.c.class_name, best.c.confidence, best.c.area_m2),
            *(shown.state().label("state"), best.c.outline),
        )
        .join_from(best, candidates, candidates.c.id == best.c.owner)
        .join(detection_runs, detection_runs.c.id == best.c.run_id)
        .where(best.c.confidence >= shown.needed(best))
        .order_by(best.c.confidence.desc(), candidates.c.id)
    )
    return shape.select_all(connection, Find, query)


def tile(connection: sa.Connection, run_id: UUID, z: int, x: int, y: int) -> bytes:
    """Return the layer `finds` of a Web Mercator tile: a run's outlines, whatever its threshold."""
    best = _best(connection, run_id)
    rows = sa.select(
        tiles.text(best.c.owner).label("id"),
        best.c.class_name,
        sa.cast(sa.func.round(sa.cast(best.c.confidence * 1000, sa.Numeric)), sa.Integer).label(
            "permille"
        ),
        best.c.outline,
    )
    return tiles.encoded(connection, "finds", rows, "outline", z, x, y)
