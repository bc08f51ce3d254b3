"""Queries on candidates and their sightings."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import shapely
import sqlalchemy as sa
from shapely import MultiPolygon

from gis.domain.detection.candidate import Candidate, Sighting
from gis.domain.errors import NotInRegister
from gis.domain.terms import CandidateState
from gis.store import log, shape, shown, sight
from gis.store.page import Key, Page, keyset
from gis.store.tables import candidates, scenes, sightings


def candidate(
    connection: sa.Connection, candidate_id: UUID, *, for_update: bool = False
) -> Candidate:
    """Return one that is seen, locked until the transaction ends if asked; raises NotInRegister."""
    seen = sight.candidates_seen(connection)
    query = sa.select(candidates).where(candidates.c.id == candidate_id, seen)
    if for_update:
        query = query.with_for_update()
    found = shape.select_one(connection, Candidate, query)
    if found is None:
        raise NotInRegister(id=candidate_id)
    return found


def filed(connection: sa.Connection, candidate_id: UUID) -> Candidate | None:
    """Return one candidate, or None."""
    query = sa.select(candidates).where(candidates.c.id == candidate_id)
    return shape.select_one(connection, Candidate, query)


def standing(connection: sa.Connection, candidate_id: UUID) -> Candidate | None:
    """Return one candidate, or the one that it became part of; None where there is none."""
    one = filed(connection, candidate_id)
    while one is not None and one.merged_into is not None:
        one = filed(connection, one.merged_into)
    return one


def repoint(connection: sa.Connection, gone: UUID, into: UUID) -> None:
    """Lead what became part of one candidate to the one that took that in."""
    query = sa.update(candidates).where(candidates.c.merged_into == gone)
    connection.execute(query.values(merged_into=into))


def near(
    connection: sa.Connection, district_code: str, outline: MultiPolygon
) -> list[tuple[Candidate, MultiPolygon]]:
    """Return the district's candidates whose box meets the outline's, with their outlines."""
    query = sa.select(candidates).where(
        candidates.c.district_code == district_code,
        candidates.c.outline.op("&&")(shape.stored(outline)),
    )
    return [(c, c.outline) for c in shape.select_all(connection, Candidate, query)]


def outline_at(connection: sa.Connection, one: Candidate, version: int) -> MultiPolygon:
    """Return a candidate's outline in an earlier version, as the log keeps it; else the present."""
    for line in log.told(connection, str(one.id)):
        said = json.loads(line["after"] or "{}")
        if line["subject_kind"] == "candidate" and said.get("version") == version:
            outline = shapely.from_wkb(said["outline"])
            return outline if isinstance(outline, MultiPolygon) else one.outline
    return one.outline


def has_changed(connection: sa.Connection, one: Candidate, version: int) -> bool:
    """Say whether the place itself is another than in an earlier version.

    What the office says by the image makes versions too, but leaves the place as it was.
    """
    marked = 0
    for line in log.told(connection, str(one.id)):
        if line["verb"] == "mark_candidate":
            marked += json.loads(line["after"])["version"] > version
    return one.version - version != marked


def sightings_of(connection: sa.Connection, candidate_id: UUID) -> list[dict[str, Any]]:
    """Return a candidate's sightings by date, each with the name of its scene.

    Those of candidates that became part of it are its own.
    """
    owner = sa.func.coalesce(candidates.c.merged_into, candidates.c.id)
    query = (
        sa.select(sightings, scenes.c.name.label("scene_name"))
        .join_from(sightings, scenes)
        .join(candidates, candidates.c.id == sightings.c.candidate_id)
        .where((owner == candidate_id) | (candidates.c.id == candidate_id))
        .order_by(sightings.c.acquired_on, sightings.c.id)
    )
    return [shape.loaded(row) for row in connection.execute(query).mappings()]


def sighting(connection: sa.Connection, sighting_id: UUID) -> Sighting | None:
    """Return one sighting, or None."""
    query = sa.select(sightings).where(sightings.c.id == sighting_id)
    return shape.select_one(connection, Sighting, query)


def page(
    connection: sa.Connection,
    district_code: str,
    *,
    state: CandidateState | None = None,
    class_name: str | None = None,
    min_confidence: float = 0.0,
    limit: int,
    after: str | None = None,
) -> Page[Candidate]:
    """Return a page of the candidates that are shown, best confidence first."""
    chosen = sa.and_(candidates.c.district_code == district_code, sight.candidates_seen(connection))
    chosen &= (candidates.c.confidence >= min_confidence) & shown.is_on_show()
    if state is not None:
        chosen &= shown.state() == state
    if class_name is not None:
        chosen &= candidates.c.class_name == class_name
    return keyset(
        connection,
        sa.select(*_as_shown()).where(chosen),
        order=(Key(candidates.c.confidence, True), Key(candidates.c.id)),
        read=lambda row: shape.noun_of(Candidate, row),
        about=(district_code, state, class_name, min_confidence),
        limit=limit,
        after=after,
    )


def _as_shown() -> list[sa.ColumnElement[Any]]:
    """Return the columns of a candidate, its state as it is shown."""
    plain = [one for one in candidates.c if one.name != "state"]
    return [*plain, shown.state().label("state")]


def shown_state(connection: sa.Connection, candidate_id: UUID) -> CandidateState:
    """Return the state that a candidate is shown in."""
    query = sa.select(shown.state()).where(candidates.c.id == candidate_id)
    return CandidateState.of(connection.execute(query).scalar_one())


def counts(connection: sa.Connection, district_code: str) -> dict[str, Any]:
    """Return how many candidates are shown, by state and by class."""
    mine = (
        sa.select(shown.state().label("state"), candidates.c.class_name)
        .where(candidates.c.district_code == district_code, sight.candidates_seen(connection))
        .where(shown.is_on_show())
        .subquery("mine")
    )
    number = sa.func.count().label("n")
    query = sa.select(*mine.c, number).group_by(*mine.c)
    by_state: dict[str, int] = {}
    by_class: dict[str, int] = {}
    for row in connection.execute(query):
        by_state[row.state.value] = by_state.get(row.state.value, 0) + row.n
        by_class[row.class_name] = by_class.get(row.class_name, 0) + row.n
    return {"total": sum(by_state.values()), "by_state": by_state, "by_class": by_class}


def areas_by_class(connection: sa.Connection, district_code: str) -> list[tuple[str, int, float]]:
    """Return class, number of candidates and their area in m2, most first."""
    number = sa.func.count()
    query = (
        sa.select(candidates.c.class_name, number, sa.func.sum(candidates.c.area_m2))
        .where(candidates.c.district_code == district_code, sight.candidates_seen(connection))
        .where(shown.is_on_show())
        .group_by(candidates.c.class_name)
        .order_by(number.desc(), candidates.c.class_name)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def places_of(
    connection: sa.Connection, district_code: str
) -> list[tuple[UUID, MultiPolygon, str | None]]:
    """Return id, outline and town of all candidates of a district."""
    about = (candidates.c.id, candidates.c.outline, candidates.c.town)
    query = sa.select(*about).where(candidates.c.district_code == district_code)
    rows = (shape.loaded(row) for row in connection.execute(query).mappings())
    return [(row["id"], row["outline"], row["town"]) for row in rows]


def put_towns(connection: sa.Connection, towns: Mapping[UUID, str | None]) -> None:
    """Store the town of some candidates, and nothing else of them."""
    if towns:
        query = sa.update(candidates).where(candidates.c.id == sa.bindparam("of_id"))
        rows = [{"of_id": key, "town": town} for key, town in towns.items()]
        connection.execute(query.values(town=sa.bindparam("town")), rows)
