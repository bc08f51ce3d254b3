"""Rivers, reaches and strips as pages read them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gis.domain.place import ReferenceLayer
from gis.domain.reach import Finding, Reach
from gis.domain.sites.surroundings import in_english
from gis.rules.reaches import rows as rule_rows
from gis.store.strip import Strip, empty, summed

PLAIN = (
    *("code", "river", "is_main_stem", "ordinal", "from_m", "to_m", "name_zh", "name_en"),
    *("stream_order", "joins", "joins_at_m", "adopted_at", "ended_at"),
)
MARK = (
    *("code", "name", "reach", "chainage_m", "bank", "river_distance_m", "area_m2"),
    *("is_provisional", "lon", "lat", "is_demo"),
)
SAID = ("REACH-STEM-FIRST", "REACH-STEM-FAR", "REACH-TRIBUTARY-FAR", "REACH-BEYOND")
"""Rules that say which reach a site is of; the page shows them."""


def reach(
    one: Reach, counts: Mapping[str, Any], layers: Mapping[str, ReferenceLayer]
) -> dict[str, Any]:
    """Return a reach with its counts and the layer that its line is of."""
    layer = layers.get(str(one.layer_id))
    return {
        **{name: getattr(one, name) for name in PLAIN},
        "river_code": one.river_code,
        "basis": one.basis.value,
        "layer_zh": layer.label if layer else None,
        "layer_en": in_english(layer.label) if layer else None,
        **counts,
    }


def listing(
    reaches: Sequence[Reach],
    counted: Mapping[str | None, Mapping[str, Any]],
    layers: Mapping[str, ReferenceLayer],
) -> dict[str, Any]:
    """Return a district's rivers and reaches with their counts, and how many sites have none.

    Sites that bear the name of a reach that is none any more are counted among those without.
    """
    known = {one.name_zh for one in reaches}
    by_reach = {one.code: dict(counted.get(one.name_zh) or empty()) for one in reaches}
    english = {one.river: one.river_en for one in reaches}
    rest = [dict(counts) for name, counts in counted.items() if name not in known]
    return {
        "rivers": [_river(mine, by_reach, english) for mine in _by_river(reaches)],
        "reaches": [reach(one, by_reach[one.code], layers) for one in reaches],
        "without": summed(rest)["total"],
        "rules": [
            {"id": row["id"], "zh": row["name_zh"], "en": row["name_en"], "value": row["value"]}
            for row in rule_rows()
            if row["id"] in SAID
        ],
    }


def _by_river(reaches: Sequence[Reach]) -> list[list[Reach]]:
    found: dict[str, list[Reach]] = {}
    for one in reaches:
        found.setdefault(one.river_code, []).append(one)
    return sorted(found.values(), key=lambda mine: (not mine[0].is_main_stem, mine[0].code))


def _river(
    mine: Sequence[Reach], by_reach: Mapping[str, dict[str, Any]], english: Mapping[str, str]
) -> dict[str, Any]:
    first, last = mine[0], mine[-1]
    return {
        "code": first.river_code,
        "name_zh": first.river,
        "name_en": first.river_en,
        "is_main_stem": first.is_main_stem,
        "from_m": first.from_m,
        "to_m": last.to_m,
        "stream_order": first.stream_order,
        "joins_zh": first.joins,
        "joins_en": english.get(first.joins or "", first.joins),
        "joins_at_m": first.joins_at_m,
        "reaches": len(mine),
        **summed([by_reach[one.code] for one in mine]),
    }


def strip(mine: Sequence[Reach], confluences: Sequence[Reach], found: Strip) -> dict[str, Any]:
    """Return a strip: its stretch, its reaches, what flows in, and the sites or cells along it."""
    from_m, to_m = mine[0].from_m, mine[-1].to_m
    names = ("code", "name_zh", "name_en", "from_m", "to_m")
    return {
        "river_zh": mine[0].river,
        "river_en": mine[0].river_en,
        "from_m": from_m,
        "to_m": to_m,
        "farthest_m": found.farthest_m,
        "total": found.total,
        "reaches": [{name: getattr(one, name) for name in names} for one in mine],
        "confluences": [
            {"name_zh": one.river, "name_en": one.river_en, "at_m": one.joins_at_m}
            for one in confluences
            if one.joins_at_m is not None and from_m <= one.joins_at_m <= to_m
        ],
        "marks": [_mark(row) for row in found.marks],
        "cells": found.cells,
    }


def _mark(row: Mapping[str, Any]) -> dict[str, Any]:
    words = {name: str(row[name]) if row[name] else None for name in ("grade", "state", "kind")}
    deadline = row["deadline"]
    return {
        **{name: row[name] for name in MARK},
        **words,
        "deadline": str(deadline) if deadline else None,
    }


def lines(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the lines of reaches as GeoJSON."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": row["code"],
                "properties": {name: row[name] for name in row if name != "geometry"},
                "geometry": json.loads(row["geometry"]),
            }
            for row in rows
        ],
    }


def findings(found: Sequence[Finding]) -> list[dict[str, str]]:
    """Return what the check of the river lines found."""
    return [one._asdict() for one in found]
