"""What lies round a site, in words: each receptor with the layer and date it rests on."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from gis.domain.sites.surroundings import in_english


class Receptor(NamedTuple):
    """One measured fact: its field, its names, and how its value reads."""

    field: str
    zh: str
    en: str
    kind: str


RECEPTORS = (
    Receptor("river", "最近的河流", "River", "text"),
    Receptor("river_distance_m", "距该河流", "To that river", "length"),
    Receptor("reach", "所在河段", "Reach", "text"),
    Receptor("chainage_m", "沿河里程", "Chainage", "length"),
    Receptor("bank", "岸别", "Bank", "word"),
    Receptor("main_stem_distance_m", "距黄河干流", "To the main stem", "length"),
    Receptor("tributary_distance_m", "距重要支流", "To an important tributary", "length"),
    Receptor("any_tributary_distance_m", "距任一支流", "To any tributary", "length"),
    Receptor("in_river_zone", "在河道管理范围内", "In the river zone", "flag"),
    Receptor("source_level", "饮用水水源保护区", "Drinking-water source zone", "word"),
    Receptor("source_distance_m", "距水源保护区", "To a source zone", "length"),
    Receptor("dwelling_distance_m", "距居民点", "To dwellings", "length"),
    Receptor("protected_land", "保护地（合并判断）", "Protected land, taken together", "word"),
    Receptor("farmland_distance_m", "距永久基本农田", "To basic farmland", "length"),
    Receptor("red_line_distance_m", "距生态保护红线", "To the ecological red line", "length"),
    Receptor("reserve_distance_m", "距自然保护地", "To a nature reserve", "length"),
    Receptor("in_priority_area", "在重点防治区域内", "In a priority area", "flag"),
    Receptor("priority_area_distance_m", "距重点防治区域", "To a priority area", "length"),
    Receptor("sensitive_area_distance_m", "距环境敏感区", "To a sensitive area", "length"),
    Receptor("measured_town", "量算所在镇街", "Town as measured", "text"),
    Receptor("measured_village", "量算所在村", "Village as measured", "text"),
    Receptor("land_class", "三调地类", "Land-use class", "text"),
    Receptor("land_ownership", "土地权属（图层）", "Land ownership by the layer", "text"),
)

WORDS: dict[str, tuple[str, str]] = {
    "LEFT": ("左岸", "left bank"),
    "RIGHT": ("右岸", "right bank"),
    "LEVEL_1": ("一级保护区", "level 1"),
    "LEVEL_2": ("二级保护区", "level 2"),
    "QUASI": ("准保护区", "quasi zone"),
    "INSIDE": ("在范围内", "inside"),
    "NEAR": ("邻近", "near"),
    "NONE": ("不涉及", "none"),
}
UNKNOWN, YES, NO = ("未知：尚无图层", "unknown: no layer yet"), ("是", "yes"), ("否", "no")


def receptors(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the receptors of a register's row; a fact without a layer is unknown, never far.

    With a river but no reach a site is too far from it, or beyond its ends, which is known.
    """
    layers: Mapping[str, str] = row["layers"] or {}
    is_far = row.get("river") is not None and row.get("reach") is None
    return [_wire(one, row.get(one.field), layers, is_far=is_far) for one in RECEPTORS]


def _wire(one: Receptor, value: Any, layers: Mapping[str, str], *, is_far: bool) -> dict[str, Any]:
    is_of_none = is_far and value is None and one.field in ON_REACH
    zh, en = OF_NO_REACH if is_of_none else _said(one.kind, value)
    layer = layers.get(one.field) or layers.get("reach" if one.field in ON_REACH else "")
    return {
        "field": one.field,
        "name_zh": one.zh,
        "name_en": one.en,
        "value_zh": zh,
        "value_en": en,
        "is_known": value is not None or is_of_none,
        "layer_zh": layer,
        "layer_en": layer and in_english(layer),
    }


ON_REACH = {"reach", "chainage_m", "bank", "river", "river_distance_m"}
"""Facts that one measure answers together."""
OF_NO_REACH = (
    "不属任何河段：距河过远或越过河流端点",
    "of no reach: too far, or past the river's end",
)


def _said(kind: str, value: Any) -> tuple[str, str]:
    if value is None:
        return UNKNOWN
    if kind == "flag":
        return YES if value else NO
    if kind == "word":
        return WORDS[value]
    if kind == "length":
        said = f"{value / 1000:,.2f} km" if value >= 1000 else f"{value:,.0f} m"
        return said, said
    return str(value), str(value)
