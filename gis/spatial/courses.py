"""A river's course: its pieces connected, its main channel found, and turned to run downstream."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, Point

from gis.domain.reach import Finding
from gis.domain.river_errors import (
    QuarterUnknown,
    RiverClosed,
    RiverDirectionOpen,
)
from gis.spatial.channels import Channel, ends_of, farthest, main_channel
from gis.spatial.gaps import Asked, Group
from gis.spatial.river_lines import Part

QUARTERS = {
    "N": (0.0, 1.0),
    "NE": (0.7071, 0.7071),
    "E": (1.0, 0.0),
    "SE": (0.7071, -0.7071),
    "S": (0.0, -1.0),
    "SW": (-0.7071, -0.7071),
    "W": (-1.0, 0.0),
    "NW": (-0.7071, 0.7071),
}
PLAIN_SHARE = 0.25
"""A river whose ends lie less than this share of their distance towards a quarter does not say."""


class Course(NamedTuple):
    """A river's main channel, downstream, and the channels beside it (metres)."""

    line: LineString
    sides: tuple[LineString, ...]


def quarter(word: str) -> tuple[float, float]:
    """Return a quarter of the compass as a step east and north; raises QuarterUnknown."""
    found = QUARTERS.get(word.strip().upper())
    if found is None:
        raise QuarterUnknown(word=word)
    return found


def course(
    group: Group, points: Sequence[Point], asked: Asked, towards: str | None, mouth: int | None
) -> Course:
    """Return a group's main channel turned downstream, and its side channels.

    It flows to ``mouth`` where that is known, else ``towards`` a quarter, else as most of it was
    drawn. Raises QuarterUnknown, RiverClosed, RiverDirectionOpen.
    """
    source, end = _terminals(group, points, asked, mouth)
    channel = main_channel(group.edges, source, end)
    if mouth is None and _runs_up(channel, points[source], points[end], asked, towards):
        turned = tuple(part.turned() for part in reversed(channel.parts))
        channel = Channel(turned, channel.sides)
    _say_turned(channel, asked, towards, is_mouth_known=mouth is not None)
    sides = [_line(edge.parts) for edge in (*channel.sides, *group.loose)]
    line = _line(channel.parts)
    if sides:
        at = ", ".join(
            f"{line.project(Point(side.coords[0])) / 1000:.1f}" for side in sides[:5]
        ) + ("…" if len(sides) > 5 else "")
        asked.say(
            Finding(
                "BRAIDED",
                f"“{asked.river}”有 {len(sides)} 条旁汊（{at} km 处），最长的一支作主槽，"
                "旁汊归入同一河段。",
                f"“{asked.river}” has {len(sides)} side channels (at {at} km); the longest way is "
                "the main channel, they are of its reaches.",
            )
        )
    return Course(line, tuple(sides))


def _terminals(
    group: Group, points: Sequence[Point], asked: Asked, mouth: int | None
) -> tuple[int, int]:
    every = sorted({point for edge in group.edges for point in (edge.start, edge.end)})
    ends = ends_of(group.edges)
    if mouth is None and not ends:
        lon, lat = asked.lon_lat(points[every[0]])
        raise RiverClosed(river=asked.river, lon=lon, lat=lat)
    end = farthest(group.edges, ends[0], ends) if mouth is None else mouth
    among = [p for p in ends if p != end] or [p for p in every if p != end]
    if not among:
        lon, lat = asked.lon_lat(points[every[0]])
        raise RiverClosed(river=asked.river, lon=lon, lat=lat)
    return farthest(group.edges, end, among), end


def _runs_up(
    channel: Channel, source: Point, end: Point, asked: Asked, towards: str | None
) -> bool:
    """Return whether a channel must be turned; raises RiverDirectionOpen."""
    if towards is not None:
        east, north = quarter(towards)
        along = (end.x - source.x) * east + (end.y - source.y) * north
        if abs(along) >= PLAIN_SHARE * source.distance(end):
            return along < 0
    with_m = sum(part.line.length for part in channel.parts if part.flow > 0)
    against_m = sum(part.line.length for part in channel.parts if part.flow < 0)
    if max(with_m, against_m) < asked.rules.decided_share * (with_m + against_m):
        raise RiverDirectionOpen(
            river=asked.river,
            with_km=round(with_m / 1000, 1),
            against_km=round(against_m / 1000, 1),
        )
    return against_m > with_m


def _say_turned(
    channel: Channel, asked: Asked, towards: str | None, *, is_mouth_known: bool
) -> None:
    """Say which stretches ran against the flow, or that the whole line did."""
    drawn = [part for part in channel.parts if part.flow]
    against = [part for part in drawn if part.flow < 0]
    if not against:
        return
    zh, en = (
        ("按汇入处判定", "by its confluence")
        if is_mouth_known
        else ("按说明的流向", "as its flow is stated")
        if towards
        else ("按多数线段的画向", "as most of it is drawn")
    )
    if len(against) == len(drawn):
        asked.say(
            Finding(
                "TURNED_WHOLE",
                f"“{asked.river}”整条线自下游画向上游，已掉转（{zh}）。",
                f"The whole line of “{asked.river}” runs upstream; it was turned ({en}).",
            )
        )
        return
    at = 0.0
    for part in channel.parts:
        to = at + part.line.length
        if part.flow < 0:
            lon, lat = asked.lon_lat(Point(part.line.coords[0]))
            asked.say(
                Finding(
                    "TURNED",
                    f"“{asked.river}” {at / 1000:.1f}–{to / 1000:.1f} km（起于 {lon:.5f}, "
                    f"{lat:.5f}）的线段逆流，已掉转（{zh}）。",
                    f"“{asked.river}” {at / 1000:.1f}–{to / 1000:.1f} km (from {lon:.5f}, "
                    f"{lat:.5f}) ran against the flow; it was turned ({en}).",
                )
            )
        at = to


def _line(parts: Sequence[Part]) -> LineString:
    corners = np.concatenate([shapely.get_coordinates(part.line) for part in parts])
    line: LineString = shapely.remove_repeated_points(LineString(corners))
    return line
