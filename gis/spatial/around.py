"""Receptors of outlines, measured from the layers in force; prepared once, asked many times.

around = Around(layers, district.metric_epsg, near, rivers)
around.of(site.code, site.outline, now)              one site
around.of_many(codes, outlines, now)                 ten thousand, much faster than one by one
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from shapely import MultiPolygon

from gis.domain.place import ReferenceFeature, ReferenceLayer
from gis.domain.sites.surroundings import Nearness, Surroundings
from gis.domain.terms import LayerKind, SourceLevel
from gis.spatial import crs
from gis.spatial.feature_index import FeatureIndex, Floats, Ints, Shapes
from gis.spatial.findings import Findings
from gis.spatial.rivers import Rivers

STRICTEST = tuple(SourceLevel)
PROTECTED = (LayerKind.RED_LINE, LayerKind.FARMLAND, LayerKind.RESERVE)


@dataclass(frozen=True, slots=True)
class Layer:
    """A reference layer with its features, as measures take it."""

    about: ReferenceLayer
    features: Sequence[ReferenceFeature]


class Nearest(NamedTuple):
    """Of each outline the metres to the nearest feature of a kind, and which that is."""

    metres: Floats
    features: Ints


class _Kind:
    """The features of one kind, of whichever series, with the layer that each is of."""

    def __init__(self, layers: Sequence[Layer], metric_epsg: int) -> None:
        pairs = [(layer.about, feature) for layer in layers for feature in layer.features]
        self.layers = [about for about, _ in pairs]
        self.features = [feature for _, feature in pairs]
        self.metric = crs.all_to_metric([f.geometry for f in self.features], metric_epsg)
        self.index = FeatureIndex(self.metric)

    def of(self, positions: Ints) -> list[ReferenceLayer | None]:
        """Return the layers of features; None for position -1."""
        return [self.layers[k] if k >= 0 else None for k in positions]

    def words(self, positions: Ints, word: Callable[[ReferenceFeature], Any]) -> list[Any]:
        """Return what ``word`` takes of features; None for position -1 and for an empty word."""
        return [(word(self.features[k]) or None) if k >= 0 else None for k in positions]


class Around:
    """A district's layers in force, ready to be asked what lies round an outline.

    A question that no layer answers stays None. Only features of layers that have any count.
    Without ``rivers`` nothing has a reach.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        metric_epsg: int,
        near: Nearness,
        rivers: Rivers | None = None,
    ) -> None:
        self._epsg = metric_epsg
        self._near = near
        full = [layer for layer in layers if layer.features]
        self._kinds = {
            kind: _Kind(mine, metric_epsg)
            for kind in LayerKind
            if (mine := [layer for layer in full if layer.about.kind is kind])
        }
        important = [_important(layer) for layer in full if layer.about.kind is LayerKind.TRIBUTARY]
        important = [layer for layer in important if layer.features]
        self._important = _Kind(important, metric_epsg) if important else None
        zones = [layer.about.level for layer in full if layer.about.kind is LayerKind.SOURCE_ZONE]
        self._has_source_levels = None in zones or {*STRICTEST[:2]} <= {*zones}
        self._river_layers = {str(layer.about.id): layer.about for layer in layers}
        self.rivers = rivers

    def of(self, site_code: str, outline: MultiPolygon, at: datetime) -> Surroundings:
        """Measure what lies round one outline (lon/lat, EPSG:4490)."""
        return self.of_many([site_code], [outline], at)[0]

    def of_many(
        self, codes: Sequence[str], outlines: Sequence[MultiPolygon], at: datetime
    ) -> list[Surroundings]:
        """Measure what lies round each of many outlines (lon/lat, EPSG:4490)."""
        if not outlines:
            return []
        shapes = crs.all_to_metric(outlines, self._epsg)
        found = Findings(len(shapes))
        self._rivers(shapes, found)
        self._source_zones(shapes, found)
        self._protected_land(shapes, found)
        self._distance(found, LayerKind.DWELLING, shapes, "dwelling_distance_m", "dwelling_name")
        self._distance(found, LayerKind.SENSITIVE_AREA, shapes, "sensitive_area_distance_m")
        self._inside(found, LayerKind.RIVER_ZONE, shapes, "in_river_zone")
        self._inside(found, LayerKind.PRIORITY_AREA, shapes, "in_priority_area")
        self._distance(found, LayerKind.PRIORITY_AREA, shapes, "priority_area_distance_m")
        self._ground(shapes, found)
        return [found.surroundings(k, code, at) for k, code in enumerate(codes)]

    def towns(self, outlines: Sequence[MultiPolygon]) -> list[str | None]:
        """Return the town under each outline (lon/lat, EPSG:4490), as `of_many` would name it."""
        mine = self._kinds.get(LayerKind.TOWN)
        if mine is None or not outlines:
            return [None] * len(outlines)
        under = mine.index.under(crs.all_to_metric(outlines, self._epsg))
        return mine.words(under, lambda feature: feature.name_zh)

    def _distance(
        self,
        found: Findings,
        kind: LayerKind | _Kind | None,
        shapes: Shapes,
        fact: str,
        name_fact: str | None = None,
    ) -> Nearest | None:
        """Put the distance to the nearest of a kind, and that one's name, among the findings."""
        mine = self._kinds.get(kind) if isinstance(kind, LayerKind) else kind
        if mine is None:
            return None
        exact, features = mine.index.nearest(shapes)
        nearest = Nearest(np.round(exact, 1), features)
        found.put(fact, nearest.metres.tolist(), mine.of(features))
        if name_fact:
            found.put(name_fact, mine.words(features, lambda f: f.name_zh), mine.of(features))
        return nearest

    def _inside(self, found: Findings, kind: LayerKind, shapes: Shapes, fact: str) -> None:
        """Put whether an outline touches any of a kind; the nearest one says so."""
        mine = self._kinds.get(kind)
        if mine is not None:
            metres, nearest = mine.index.nearest(shapes)
            found.put(fact, (np.round(metres, 1) == 0).tolist(), mine.of(nearest))

    def _rivers(self, shapes: Shapes, found: Findings) -> None:
        self._distance(found, LayerKind.MAIN_STEM, shapes, "main_stem_distance_m")
        self._distance(found, self._important, shapes, "tributary_distance_m")
        self._distance(
            found, LayerKind.TRIBUTARY, shapes, "any_tributary_distance_m", "tributary_name"
        )
        if self.rivers:
            places = self.rivers.locate(shapes)
            reaches = [place.reach for place in places]
            layers = [self._river_layers.get(str(r.layer_id)) if r else None for r in reaches]
            found.put("reach", [reach.name_zh if reach else None for reach in reaches], layers)
            found.put("chainage_m", [place.chainage_m for place in places])
            found.put("bank", [place.bank for place in places])
            found.put("river", [place.river for place in places])
            found.put("river_distance_m", [place.river_distance_m for place in places])

    def _source_zones(self, shapes: Shapes, found: Findings) -> None:
        """A zone of unknown level is taken for one of the strict ones.

        That none is near is said only where the layers show zones of level 1 and 2, not quasi
        zones alone.
        """
        measured = self._distance(found, LayerKind.SOURCE_ZONE, shapes, "source_distance_m")
        if measured is None:
            return
        zones = self._kinds[LayerKind.SOURCE_ZONE]
        strict: list[int | None] = [None] * len(shapes)
        rank = {level: place for place, level in enumerate(STRICTEST)}
        ranks = [rank[f.level] if f.level else -1 for f in zones.features]
        for which, feature in zip(*zones.index.touching(shapes), strict=True):
            known = strict[which]
            strict[which] = ranks[feature] if known is None else min(known, ranks[feature])
        answers = [
            self._source_answer(rank_here, distance)
            for rank_here, distance in zip(strict, measured.metres, strict=True)
        ]
        layers = zones.of(measured.features)
        found.put("source_zone", [zone for zone, _ in answers], layers)
        found.put("source_level", [level for _, level in answers], layers)

    def _source_answer(self, rank: int | None, metres: float) -> tuple[str | None, str | None]:
        if rank is not None and rank < 2:
            return "LEVEL_1_2", None if rank < 0 else STRICTEST[rank].value
        if not self._has_source_levels:
            return None, None
        if rank is not None:
            return "QUASI_OR_NEAR", STRICTEST[rank].value
        return ("QUASI_OR_NEAR" if metres <= self._near.source_m else "NONE"), "NONE"

    def _protected_land(self, shapes: Shapes, found: Findings) -> None:
        """Inside one of them is inside; that none is near is said only if all three are known."""
        facts = ("red_line_distance_m", "farmland_distance_m", "reserve_distance_m")
        known = [
            (fact, nearest.metres)
            for kind, fact in zip(PROTECTED, facts, strict=True)
            if (nearest := self._distance(found, kind, shapes, fact)) is not None
        ]
        if not known:
            return
        least = np.min([metres for _, metres in known], axis=0)
        is_whole = len(known) == len(PROTECTED)
        found.combine(
            "protected_land",
            [
                "INSIDE"
                if metres == 0
                else None
                if not is_whole
                else "NEAR"
                if metres <= self._near.protected_m
                else "NONE"
                for metres in least
            ],
            [fact for fact, _ in known],
        )

    def _ground(self, shapes: Shapes, found: Findings) -> None:
        words: list[tuple[LayerKind, str, Callable[[ReferenceFeature], Any]]] = [
            (LayerKind.TOWN, "measured_town", lambda f: f.name_zh),
            (LayerKind.VILLAGE, "measured_village", lambda f: f.name_zh),
            (LayerKind.LAND_USE, "land_class", lambda f: f.land_class),
            (LayerKind.LAND_USE, "land_ownership", lambda f: f.ownership),
        ]
        under: dict[LayerKind, Ints] = {}
        for kind, fact, word in words:
            mine = self._kinds.get(kind)
            if mine is not None:
                if kind not in under:
                    under[kind] = mine.index.under(shapes)
                found.put(fact, mine.words(under[kind], word), mine.of(under[kind]))


def _important(layer: Layer) -> Layer:
    """Return the layer without the tributaries that are known to be unimportant."""
    return Layer(layer.about, [f for f in layer.features if f.is_important is not False])
