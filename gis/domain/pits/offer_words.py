"""What has to be borne in mind of a value that is offered; none calls the unseen restored."""

from collections.abc import Mapping
from typing import Any

CAUTIONS: dict[str, tuple[str, str]] = {
    "all_plants": (
        "影像盖度计入全部植被，不分草种。",
        "Cover from images counts all plants, not grass alone.",
    ),
    "bare_left": (
        "峰值期影像上仍有裸地 {low}～{high} 公顷，恢复面积不会超过其余部分；这是上限，不是实测值。",
        "At the seasonal peak {low} to {high} ha of the site were still bare: no more than the "
        "rest can be restored. It is a bound, not a measurement.",
    ),
    "coarse": (
        "高程模型像元 {pixel} 米，低矮陡坎量不出来，坡度可能偏缓。",
        "The elevation model has pixels of {pixel} m: low walls do not show, slopes may read low.",
    ),
    "highwall": (
        "另有高 {height} 米的陡壁，坡度 {slope}°。",
        "There is also a wall {height} m high that slopes {slope} degrees.",
    ),
    "net": (
        "{since} 以来边界内填方减挖方的净值。",
        "Fill less cut inside the outline since {since}.",
    ),
    "no_interval": (
        "该次测量没有给出误差。",
        "The survey states no error.",
    ),
    "not_detected": (
        "影像上未检出裸地；未检出不等于已恢复，请现场测定。",
        "No bare ground was detectable in the image; that does not mean restored: measure it "
        "on the ground.",
    ),
    "old": (
        "已过去 {days} 天，请核对现状。",
        "That was {days} days ago: check how it stands now.",
    ),
    "percentile": (
        "取 95% 地面不超过的坡度。",
        "The slope that 95 % of the ground does not exceed.",
    ),
    "whole_site": (
        "量的是整个点位，不只本单元。",
        "This is of the whole site, not of this unit alone.",
    ),
}


def caution(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return a caution's sentence in Chinese and in English.

    >>> caution({"code": "old", "days": 500})[1]
    'That was 500 days ago: check how it stands now.'
    """
    facts = {name: value for name, value in row.items() if name != "code"}
    zh, en = CAUTIONS[row["code"]]
    return zh.format(**facts), en.format(**facts)
