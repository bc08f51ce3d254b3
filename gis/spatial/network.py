"""A district's river network: every river's line downstream, and what it flows into.

    network = build(drawn, rules, district.metric_epsg, district.outline)
    network.rivers       main stems first, each tributary with its confluence and stream order
    network.findings     what was bridged, turned, left out, one sentence each

Pure: lines in, rivers out. Refusals are those of `gis.domain.river_errors`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import shapely
from shapely import MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from gis.domain.place import STORE_EPSG
from gis.domain.reach import Finding, ReachRules
from gis.spatial import crs
from gis.spatial.confluences import RiverLine, Unplaced, placed
from gis.spatial.feature_index import as_shapes
from gis.spatial.gaps import Asked, groups
from gis.spatial.river_lines import clusters, read_lines

STRETCH = re.compile(r"[（(][^（）()]*(?:段| reach)[）)]$")
"""Ends the name of a layer's feature that is a stretch of a river, not a river."""
NO_STEM = "干流"
NAMELESS = "无名支流"


class Drawn(NamedTuple):
    """A line of a river as a layer draws it (lon/lat, EPSG:4490); the name may be empty."""

    name_zh: str
    name_en: str
    is_main_stem: bool
    shape: BaseGeometry
    layer_id: UUID
    towards: str | None = None


class _Named(NamedTuple):
    """A river's name and its lines."""

    name: str
    lines: list[Drawn]


@dataclass(frozen=True, slots=True)
class Network:
    """A district's rivers and what the check of their lines found."""

    rivers: tuple[RiverLine, ...]
    findings: tuple[Finding, ...]


def river_name(name: str) -> str:
    """Return the river of which a feature is a stretch.

    >>> river_name("黄河（包头段）"), river_name("昆都仑河（示意）")
    ('黄河', '昆都仑河（示意）')
    >>> river_name("Yellow River (Baotou reach)")
    'Yellow River'
    """
    return STRETCH.sub("", name.strip()).strip()


def build(
    drawn: Sequence[Drawn], rules: ReachRules, metric_epsg: int, outline: MultiPolygon
) -> Network:
    """Return the network of some lines; areas among them say nothing and are passed over.

    Raises the errors of `gis.domain.river_errors`.
    """
    return _Building(rules, metric_epsg, outline).of(drawn)


class _Building:
    """One building of a network, with what was said on the way."""

    def __init__(self, rules: ReachRules, metric_epsg: int, outline: MultiPolygon) -> None:
        self._rules = rules
        self._epsg = metric_epsg
        self._home = crs.to_metric(outline, metric_epsg)
        self._findings: list[Finding] = []

    def of(self, drawn: Sequence[Drawn]) -> Network:
        lines = [one for one in drawn if shapely.get_dimensions(one.shape) == 1]
        rivers = [river for named in self._named(lines) for river in self._read(named)]
        found = placed(rivers, self._rules, self._say)
        return Network(tuple(found), tuple(self._findings))

    def _say(self, finding: Finding) -> None:
        self._findings.append(finding)

    def _lon_lat(self, point: Point) -> tuple[float, float]:
        moved = crs.transform(point, self._epsg, STORE_EPSG)
        return round(moved.x, 5), round(moved.y, 5)

    def _metric(self, drawn: Sequence[Drawn]) -> list[BaseGeometry]:
        return list(crs.all_to_metric([one.shape for one in drawn], self._epsg))

    def _named(self, lines: Sequence[Drawn]) -> list[_Named]:
        """Return lines by their river, main stems first; those without a name are given one."""
        stems: dict[str, list[Drawn]] = {}
        others: dict[str, list[Drawn]] = {}
        for one in lines:
            name = river_name(one.name_zh)
            (stems if one.is_main_stem else others).setdefault(name, []).append(one)
        if nameless := stems.pop("", None):
            usual = next((river for river, _ in self._rules.flows), NO_STEM)
            name = next(iter(stems)) if len(stems) == 1 else usual
            stems[name] = stems.get(name, []) + nameless
            self._say_nameless(len(nameless), name)
        if nameless := others.pop("", None):
            mine = self._clustered(nameless)
            others |= {f"{NAMELESS}{k}": lines_ for k, lines_ in enumerate(mine, start=1)}
            self._say_nameless(len(nameless), f"{NAMELESS}1–{len(mine)}")
        for name in stems.keys() & others.keys():
            stems[name] += [one._replace(is_main_stem=True) for one in others.pop(name)]
        return [_Named(*item) for group in (stems, others) for item in group.items()]

    def _say_nameless(self, count: int, name: str) -> None:
        self._say(
            Finding(
                "NAMELESS",
                f"有 {count} 条河线没有名称，记为“{name}”；请在图层中补上名称（--name-column）。",
                f"{count} river lines have no name and are called “{name}”; name them in the layer "
                "(--name-column).",
            )
        )

    def _clustered(self, drawn: Sequence[Drawn]) -> list[list[Drawn]]:
        """Return nameless lines by which of them hang together, the northernmost first."""
        shapes = as_shapes(self._metric(drawn))
        numbers = clusters(shapes, self._rules.snap_m)
        found: dict[int, list[Drawn]] = {}
        for number, one in zip(numbers, drawn, strict=True):
            found.setdefault(int(number), []).append(one)
        return sorted(found.values(), key=lambda mine: -max(d.shape.bounds[3] for d in mine))

    def _read(self, named: _Named) -> list[Unplaced]:
        """Return the river of some lines, or the rivers that share a name far apart."""
        name, lines = named
        first, rules = lines[0], self._rules
        shapes = self._metric(lines)
        if self._is_out_of_view(name, shapes):
            return []
        asked = Asked(name, first.is_main_stem, rules, self._say, self._lon_lat)
        read = read_lines(name, shapes, rules, self._say, self._lon_lat)
        if not read.edges:
            return []
        found = groups(read, asked)
        stated = next((one.towards for one in lines if one.towards), None)
        names = [name] if len(found) == 1 else [f"{name}（{k}）" for k in range(1, len(found) + 1)]
        if len(found) > 1:
            self._say_namesakes(name, names)
        return [
            Unplaced(
                asked._replace(river=called),
                river_name(first.name_en) or called,
                first.layer_id,
                stated or dict(rules.flows).get(name),
                group,
                read.points,
            )
            for called, group in zip(names, found, strict=True)
        ]

    def _say_namesakes(self, name: str, names: Sequence[str]) -> None:
        zh, en = "、".join(names), ", ".join(names)
        self._say(
            Finding(
                "NAMESAKES",
                f"有 {len(names)} 条相距很远的河同名“{name}”，分别记为{zh}；请在图层中分别命名。",
                f"{len(names)} rivers far apart share the name “{name}”; they are called {en}: "
                "name them apart in the layer.",
            )
        )

    def _is_out_of_view(self, name: str, shapes: Sequence[BaseGeometry]) -> bool:
        metres = float(shapely.distance(as_shapes(list(shapes)), self._home).min())
        if metres <= self._rules.out_of_view_m:
            return False
        self._say(
            Finding(
                "OUT_OF_VIEW",
                f"“{name}”距本区 {metres / 1000:.0f} km，未列入河网。",
                f"“{name}” is {metres / 1000:.0f} km from the district; it was left out.",
            )
        )
        return True
