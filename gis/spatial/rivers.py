"""Where places lie along a district's rivers: river, distance, reach, chainage and bank.

rivers = Rivers(reaches, district.metric_epsg, rules)
rivers.locate(outlines)          outlines in metres, ten thousand at a time

A place is of the nearest river, the main stem first where it is near enough; its chainage and bank
are those of its centre, its distance that of its edge.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString

from gis.domain.reach import Reach, ReachRules
from gis.domain.sites.surroundings import Bank
from gis.spatial import crs
from gis.spatial.feature_index import PIECE_SEGMENTS, Floats, Ints, Shapes, as_shapes

LOOK_M = 50.0
"""How far up and down the river its direction is taken."""


class Position(NamedTuple):
    """A place's river and the metres to it, and its reach with chainage and bank, if it has one."""

    river: str
    river_distance_m: float
    reach: Reach | None
    chainage_m: float | None
    bank: Bank | None


class _Place(NamedTuple):
    """Where on one river a point lies; no reach is beyond its ends."""

    reach: Reach | None
    chainage_m: float
    bank: Bank


def _pieces(corners: Floats) -> Shapes:
    """Return a line in pieces of a few segments: near ones are found without the whole."""
    starts = range(0, len(corners) - 1, PIECE_SEGMENTS)
    return as_shapes([LineString(corners[k : k + PIECE_SEGMENTS + 1]) for k in starts])


class _River:
    """One river's reaches in metres, with the pieces of its main channel."""

    def __init__(self, reaches: Sequence[Reach], metric_epsg: int) -> None:
        self.reaches = sorted(reaches, key=lambda reach: reach.from_m)
        self.name = self.reaches[0].river
        self.is_main_stem = self.reaches[0].is_main_stem
        starts, steps, pieces, begins = [], [], [], []
        for reach in self.reaches:
            corners = shapely.get_coordinates(crs.to_metric(reach.line, metric_epsg))
            lengths = np.hypot(*np.diff(corners, axis=0).T)
            along = reach.from_m + np.concatenate([[0.0], np.cumsum(lengths)[:-1]])
            starts.append(along)
            begins.append(along[::PIECE_SEGMENTS])
            steps.append(np.stack([corners[:-1], corners[1:]], axis=1))
            pieces.append(_pieces(corners))
        self._steps = np.concatenate(steps)
        self._starts = np.concatenate(starts)
        self._begins = np.concatenate(begins)
        self.pieces: Shapes = np.concatenate(pieces)
        self._tree = shapely.STRtree(self.pieces)
        sides = [side for reach in reaches if reach.sides for side in reach.sides.geoms]
        moved = crs.all_to_metric(sides, metric_epsg)
        self.side_pieces = [_pieces(shapely.get_coordinates(line)) for line in moved]

    def locate(self, centres: Shapes, beyond_end_m: float) -> list[_Place]:
        """Return reach, chainage and bank of each of many points in metres."""
        which, piece = self._tree.query_nearest(centres)
        nearest = np.full(len(centres), len(self.pieces), dtype=np.int64)
        np.minimum.at(nearest, which, piece)
        along = shapely.line_locate_point(self.pieces[nearest], centres)
        chainages = np.round(self._begins[nearest] + along, 1)
        xy = shapely.get_coordinates(centres)
        lefts = self._is_left(xy, chainages)
        past = self._past_the_ends(xy, nearest, along)
        return [
            _Place(
                None if far > beyond_end_m else self._reach_at(float(at)),
                float(at),
                "LEFT" if is_left else "RIGHT",
            )
            for at, far, is_left in zip(chainages, past, lefts, strict=True)
        ]

    def _reach_at(self, chainage_m: float) -> Reach | None:
        """Return the reach from whose beginning, and before whose end, a chainage lies."""
        for reach in self.reaches:
            if reach.from_m <= chainage_m < reach.to_m:
                return reach
        last = self.reaches[-1]
        return last if chainage_m >= last.to_m else None

    def _at(self, chainages: Floats) -> Floats:
        """Return the points of the main channel at some chainages."""
        ends = self._steps[-1, 1]
        lengths = np.hypot(*(self._steps[-1, 1] - self._steps[-1, 0]))
        known = np.append(self._starts, self._starts[-1] + lengths)
        corners = np.vstack([self._steps[:, 0], ends])
        return np.column_stack([np.interp(chainages, known, corners[:, k]) for k in (0, 1)])

    def _is_left(self, xy: Floats, chainages: Floats) -> NDArray[np.bool_]:
        length = self.reaches[-1].to_m - self.reaches[0].from_m
        step = min(LOOK_M, length / 4)
        behind, ahead = self._at(chainages - step), self._at(chainages + step)
        way, off = ahead - behind, xy - behind
        left: NDArray[np.bool_] = way[:, 0] * off[:, 1] - way[:, 1] * off[:, 0] > 0
        return left

    def _past_the_ends(self, xy: Floats, nearest: Ints, along: Floats) -> Floats:
        """Return how far each point lies past the river's first or last point, along its line."""
        first, last = self._steps[0], self._steps[-1]
        upper, lower = _onward(xy, first[1], first[0]), _onward(xy, last[0], last[1])
        is_upper = (nearest == 0) & (along <= 0)
        is_lower = (nearest == len(self.pieces) - 1) & (along >= self.pieces[-1].length - 1e-6)
        past: Floats = np.where(is_upper, upper, np.where(is_lower, lower, 0.0))
        return past


def _onward(xy: Floats, start: Floats, end: Floats) -> Floats:
    """Return how far points lie beyond ``end``, in the direction from ``start`` to it."""
    way = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    onward: Floats = (xy - end) @ way
    return onward


class _Near(NamedTuple):
    """Of each outline the metres to the nearest river of some, and which that is; -1 is none."""

    metres: Floats
    rivers: Ints


class _Index:
    """The channels of some rivers in pieces, found by place."""

    def __init__(self, rivers: Sequence[_River], numbers: Sequence[int]) -> None:
        owners: list[int] = []
        pieces: list[Shapes] = []
        for river, number in zip(rivers, numbers, strict=True):
            mine = np.concatenate([river.pieces, *river.side_pieces])
            pieces.append(mine)
            owners += [number] * len(mine)
        self._owners = np.array(owners, dtype=np.int64)
        self._tree = shapely.STRtree(np.concatenate(pieces) if pieces else [])

    def nearest(self, outlines: Shapes) -> _Near:
        metres = np.full(len(outlines), np.inf)
        rivers = np.full(len(outlines), len(self._owners), dtype=np.int64)
        if not len(self._owners):
            return _Near(metres, np.full(len(outlines), -1))
        (which, piece), far = self._tree.query_nearest(outlines, return_distance=True)
        metres[which] = far
        np.minimum.at(rivers, which, self._owners[piece])
        return _Near(metres, rivers)


class Rivers:
    """The rivers of a district's reaches in force, ready to say where outlines lie."""

    def __init__(self, reaches: Sequence[Reach], metric_epsg: int, rules: ReachRules) -> None:
        by_code: dict[str, list[Reach]] = {}
        for reach in reaches:
            by_code.setdefault(reach.river_code, []).append(reach)
        self._rules = rules
        self._rivers = [_River(mine, metric_epsg) for _, mine in sorted(by_code.items())]
        self._stems, self._others = (
            _Index(
                [river for river in self._rivers if river.is_main_stem is is_stem],
                [n for n, river in enumerate(self._rivers) if river.is_main_stem is is_stem],
            )
            for is_stem in (True, False)
        )

    def __bool__(self) -> bool:
        return bool(self._rivers)

    def locate(self, outlines: Shapes) -> list[Position]:
        """Return the position of each outline (metres); far from every river it has no reach."""
        stem, other = self._stems.nearest(outlines), self._others.nearest(outlines)
        rules = self._rules
        stem_serves = stem.metres <= rules.stem_far_m
        other_serves = other.metres <= rules.tributary_far_m
        wins = (stem.metres <= rules.stem_first_m) | (stem.metres <= other.metres)
        is_stem = np.where(stem_serves & other_serves, wins, stem_serves)
        is_none = ~stem_serves & ~other_serves
        is_stem = np.where(is_none, stem.metres <= other.metres, is_stem)
        rivers = np.where(is_stem, stem.rivers, other.rivers)
        metres = np.round(np.where(is_stem, stem.metres, other.metres), 1)
        found: list[Position] = [
            Position(self._rivers[river].name, float(far), None, None, None)
            for river, far in zip(rivers, metres, strict=True)
        ]
        for number in np.unique(rivers[~is_none]):
            mine = np.flatnonzero((rivers == number) & ~is_none)
            river = self._rivers[int(number)]
            centres = shapely.centroid(outlines[mine])
            located = river.locate(centres, rules.beyond_end_m)
            for k, (reach, at, bank) in zip(mine, located, strict=True):
                if reach is not None:
                    found[k] = found[k]._replace(reach=reach, chainage_m=at, bank=bank)
        return found
