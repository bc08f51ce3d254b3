"""Outlines of all dates joined into places.

A place that splits in two by the next date, or two that merge, stays one place with one history:
two outlines of different dates belong together when their overlap is at least 30 % of the smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid5

import shapely
from shapely.geometry.base import BaseGeometry

from remote_sensing.candidates import Candidate

OVERLAP_LEAST = 0.3
_NAMESPACE = UUID("9d2f7f0a-2c1b-5c0e-8f5a-6368616e6765")


@dataclass(frozen=True)
class Place:
    """One place: its outlines on each date, in the order of the dates; often there is one or none.

    ``zone`` is all ground that any date showed it on, EPSG:4326.
    """

    dates: tuple[tuple[Candidate, ...], ...]

    @cached_property
    def zone(self) -> BaseGeometry:
        """All ground that any date showed the place on."""
        return shapely.union_all([c.outline_lonlat for own in self.dates for c in own])

    @property
    def id(self) -> UUID:
        """The same for the same runs, whatever their order on the command line."""
        names = sorted(str(c.id) for own in self.dates for c in own)
        return uuid5(_NAMESPACE, "\n".join(names))

    def area_m2(self, date: int) -> float:
        """Return the geodesic area of the outlines of a date."""
        return sum(c.area_m2 for c in self.dates[date])

    def perimeter_m(self, date: int) -> float:
        """Return the length of the outlines of a date."""
        return sum(c.perimeter_m for c in self.dates[date])

    def outline(self, date: int) -> BaseGeometry:
        """Return the outlines of a date as one geometry."""
        return shapely.union_all([c.outline_lonlat for c in self.dates[date]])


def join(found: Sequence[Sequence[Candidate]]) -> tuple[Place, ...]:
    """Return the places that the candidates of some dates make up, largest first."""
    every = [(date, c) for date, own in enumerate(found) for c in own]
    if not every:
        return ()
    shapes = [c.outline_lonlat for _, c in every]
    group = list(range(len(every)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for one, other in shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist():
        if one < other and every[one][0] != every[other][0]:
            common = shapes[one].intersection(shapes[other]).area
            if common >= OVERLAP_LEAST * min(shapes[one].area, shapes[other].area):
                group[max(root(one), root(other))] = min(root(one), root(other))
    members: dict[int, list[int]] = {}
    for n in range(len(every)):
        members.setdefault(root(n), []).append(n)
    places = [
        Place(
            tuple(
                tuple(every[n][1] for n in own if every[n][0] == date) for date in range(len(found))
            )
        )
        for own in members.values()
    ]
    return tuple(sorted(places, key=lambda p: (-p.zone.area, str(p.id))))
