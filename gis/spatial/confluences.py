"""Which river each tributary flows into, where, and the stream orders that follow from it.

Rivers are placed one by one, always the one that comes nearest to those placed before: a
tributary of a tributary so finds its own river, not the main stem beyond a watershed.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from gis.domain.reach import Finding, ReachRules
from gis.spatial.channels import ends_of
from gis.spatial.courses import Course, course
from gis.spatial.feature_index import as_shapes
from gis.spatial.gaps import Asked, Group
from gis.spatial.river_lines import Say


@dataclass(frozen=True, slots=True)
class RiverLine:
    """A river: its main channel downstream and its side channels, in metres.

    ``joins`` is the name of the river that it flows into, at ``joins_at_m`` of that one's chainage.
    ``stream_order`` is Strahler's, at its mouth, of the rivers that the layers show.
    """

    name: str
    name_en: str
    is_main_stem: bool
    line: LineString
    sides: tuple[LineString, ...]
    layer_id: UUID
    joins: str | None
    joins_at_m: float | None
    stream_order: int

    def shape(self) -> BaseGeometry:
        """Return all its channels."""
        return shapely.MultiLineString([self.line, *self.sides])


class Unplaced(NamedTuple):
    """A river's lines before it is known where it flows."""

    asked: Asked
    name_en: str
    layer_id: UUID
    towards: str | None
    group: Group
    points: Sequence[Point]


class _Meeting(NamedTuple):
    """How near a river's end comes to a river placed before."""

    metres: float
    end: int
    with_river: RiverLine


def placed(rivers: Sequence[Unplaced], rules: ReachRules, say: Say) -> list[RiverLine]:
    """Return the rivers with their confluences and orders, those that others join first."""
    found: list[RiverLine] = []
    best: dict[int, _Meeting] = {}
    waiting = dict(enumerate(rivers))
    ends = _Ends(rivers)

    def put(key: int, river: RiverLine) -> None:
        found.append(river)
        del waiting[key]
        for other, meeting in ends.meeting(river, waiting, rules):
            if other not in best or meeting.metres < best[other].metres:
                best[other] = meeting

    for key, river in enumerate(rivers):
        if river.asked.is_main_stem:
            put(key, _flowing(river, _course(river, None), None, None))
    while waiting:
        near = [key for key in waiting if key in best and best[key].metres <= rules.join_m]
        if near:
            key = min(near, key=lambda k: (best[k].metres, k))
            put(key, _tributary(waiting[key], best[key], rules))
            continue
        key = max(waiting, key=lambda k: (waiting[k].group.length, -k))
        river = waiting[key]
        _say_alone(river, best.get(key))
        put(key, _flowing(river, _course(river, None), None, None))
    return _with_orders(found)


def _course(river: Unplaced, mouth: int | None) -> Course:
    return course(river.group, river.points, river.asked, river.towards, mouth)


def _flowing(
    river: Unplaced, way: Course, joins: RiverLine | None, at_m: float | None
) -> RiverLine:
    return RiverLine(
        name=river.asked.river,
        name_en=river.name_en,
        is_main_stem=river.asked.is_main_stem,
        line=way.line,
        sides=way.sides,
        layer_id=river.layer_id,
        joins=joins.name if joins else None,
        joins_at_m=at_m,
        stream_order=1,
    )


class _Ends:
    """The ends of all rivers, so that one question finds how near each comes to another river."""

    def __init__(self, rivers: Sequence[Unplaced]) -> None:
        pairs = [(key, end) for key, r in enumerate(rivers) for end in ends_of(r.group.edges)]
        owners = np.array([key for key, _ in pairs], dtype=np.int64)
        keys, starts = np.unique(owners, return_index=True)
        stops = [*starts.tolist(), len(pairs)][1:]
        self._mine = [(int(k), slice(a, b)) for k, a, b in zip(keys, starts, stops, strict=True)]
        self._numbers = [end for _, end in pairs]
        self._places = as_shapes([rivers[key].points[end] for key, end in pairs])

    def meeting(
        self, river: RiverLine, waiting: Container[int], rules: ReachRules
    ) -> Iterator[tuple[int, _Meeting]]:
        """Yield each waiting river's end nearest to a river; of those that touch it the lowest."""
        metres = shapely.distance(self._places, river.shape())
        for key, mine in self._mine:
            if key not in waiting:
                continue
            near = metres[mine]
            touching = np.flatnonzero(near <= rules.snap_m)
            if len(touching) > 1:
                places = self._places[mine]
                k = int(max(touching, key=lambda n: river.line.project(places[n])))
            else:
                k = int(np.argmin(near))
            yield key, _Meeting(float(near[k]), self._numbers[mine.start + k], river)


def _tributary(river: Unplaced, meeting: _Meeting, rules: ReachRules) -> RiverLine:
    stem, asked = meeting.with_river, river.asked
    way = _course(river, meeting.end)
    line = _trimmed(way.line, stem, asked, rules)
    mouth = Point(line.coords[-1])
    at_m = float(stem.line.project(mouth))
    if line is way.line and meeting.metres > rules.snap_m:
        lon, lat = asked.lon_lat(mouth)
        asked.say(
            Finding(
                "SHORT_OF_CONFLUENCE",
                f"“{asked.river}”下游端（{lon:.5f}, {lat:.5f}）距“{stem.name}” "
                f"{meeting.metres:.0f} m，按在其 {at_m / 1000:.1f} km 处汇入计。",
                f"“{asked.river}” ends at ({lon:.5f}, {lat:.5f}), {meeting.metres:.0f} m short of "
                f"“{stem.name}”; it is taken to join it at {at_m / 1000:.1f} km.",
            )
        )
    return _flowing(river, way._replace(line=line), stem, round(at_m, 1))


def _trimmed(line: LineString, stem: RiverLine, asked: Asked, rules: ReachRules) -> LineString:
    """Return a tributary's line cut where it meets its river, if it was drawn beyond it."""
    meeting = shapely.intersection(line, stem.shape())
    places = [line.project(part.representative_point()) for part in shapely.get_parts(meeting)]
    beyond = [at for at in places if rules.snap_m < line.length - at <= rules.join_m]
    if not beyond or min(beyond) < rules.snap_m:
        return line
    at = min(beyond)
    lon, lat = asked.lon_lat(line.interpolate(at))
    asked.say(
        Finding(
            "BEYOND_CONFLUENCE",
            f"“{asked.river}”越过“{stem.name}”{line.length - at:.0f} m，已在"
            f"（{lon:.5f}, {lat:.5f}）汇入处截止。",
            f"“{asked.river}” was drawn {line.length - at:.0f} m beyond “{stem.name}”; it ends at "
            f"their confluence ({lon:.5f}, {lat:.5f}).",
        )
    )
    cut = substring(line, 0, at)
    return cut if isinstance(cut, LineString) else line


def _say_alone(river: Unplaced, nearest: _Meeting | None) -> None:
    name = river.asked.river
    zh, en = (
        (
            f"，最近的“{nearest.with_river.name}”在 {nearest.metres / 1000:.1f} km 外",
            f"; the nearest, “{nearest.with_river.name}”, is {nearest.metres / 1000:.1f} km away",
        )
        if nearest
        else ("", "")
    )
    river.asked.say(
        Finding(
            "NOT_JOINED",
            f"“{name}”未与任何河流相接{zh}；按其画向计里程。",
            f"“{name}” meets no other river{en}; its chainage runs as it was drawn.",
        )
    )


def _with_orders(rivers: Sequence[RiverLine]) -> list[RiverLine]:
    """Return rivers with Strahler's orders; a river stands behind the one that it joins."""
    joining: dict[str, list[RiverLine]] = {}
    orders: dict[str, int] = {}
    for river in reversed(rivers):
        order = 1
        for other in sorted(joining.get(river.name, []), key=lambda r: r.joins_at_m or 0.0):
            theirs = orders[other.name]
            order = order + 1 if theirs == order else max(order, theirs)
        orders[river.name] = order
        if river.joins is not None:
            joining.setdefault(river.joins, []).append(river)
    return [replace(river, stream_order=orders[river.name]) for river in rivers]
