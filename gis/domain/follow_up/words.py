"""Why an observation says what it says, in sentences; never "restored" of what was not detected."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from gis.domain.follow_up.observation import Observation
from gis.domain.terms import FootprintState

Tongue = Literal["zh", "en"]


class Words(NamedTuple):
    """A sentence in both languages, with the names of its facts in braces."""

    zh: str
    en: str


REASONS: dict[str, Words] = {
    "cloud": Words(
        "点位范围的 {share} 被云遮挡，视野不足，不作判断。",
        "Cloud hides {share} of the outline: insufficient view, nothing is concluded.",
    ),
    "common_view": Words(
        "两期都能看清的部分只有 {share}，视野不足，不作对比。",
        "Only {share} is seen on both dates: insufficient view, no comparison.",
    ),
    "compared": Words("与 {on} 的影像逐像元对比。", "Compared with the image of {on} by pixels."),
    "contrast": Words(
        "周边植被覆盖仅 {fvc}（枯草期或荒漠），裸地与周边难以区分，不判断范围变化。",
        "Plants around cover only {fvc} (dormant season or desert): bare ground cannot be told "
        "apart, so nothing is concluded of its extent.",
    ),
    "contrast_before": Words(
        "上期影像周边植被覆盖仅 {fvc}，裸地与周边难以区分，不作对比。",
        "Plants around covered only {fvc} in the earlier image: no comparison.",
    ),
    "ends_held": Words(
        "影像中裸土或植被像元不足，植被覆盖度端元按规则取值。",
        "The image has too little bare soil or full cover; the rules' ends were taken.",
    ),
    "first": Words(
        "首次观测，没有可比的前期影像。", "First observation; there is no earlier image to compare."
    ),
    "no_bands": Words(
        "影像缺少波段 {missing}，无法测算裸地、植被覆盖与范围。",
        "The image lacks {missing}: bare ground, cover and footprint cannot be measured.",
    ),
    "no_land": Words(
        "影像几乎全被雪、云或水覆盖，不作判断。",
        "Snow, cloud or water covers almost the whole image: nothing is concluded.",
    ),
    "nodata": Words(
        "点位范围的 {share} 没有影像数据，不作判断。",
        "The image has no data for {share} of the outline: nothing is concluded.",
    ),
    "not_detectable": Words(
        "未检出裸露的扰动地表（检出下限 {limit_m2} m²）；未检出不等于已恢复。",
        "No disturbed bare ground was detectable (limit {limit_m2} m²); "
        "not detected does not mean restored.",
    ),
    "other_season": Words(
        "没有同季节的前期影像，两期季节不同，放宽了判断界限。",
        "No earlier image of the same season: the limits were widened.",
    ),
    "patch_chosen": Words(
        "参照斑块按规则在周边未扰动植被中自动选取。",
        "The reference patch was chosen by rule among undisturbed plants around.",
    ),
    "patch_lost": Words(
        "原参照斑块已看不清或不再有植被，已重新选取。",
        "The earlier reference patch is hidden or has lost its plants; another was looked for.",
    ),
    "patch_none": Words(
        "周边找不到合格的参照斑块，植被覆盖度没有参照。",
        "No fit reference patch was found around: cover has nothing to be compared with.",
    ),
    "patch_unseen": Words(
        "给定的参照斑块本期看不清，植被覆盖度没有参照。",
        "The given reference patch is not seen: cover has nothing to be compared with.",
    ),
    "runs_on": Words(
        "扰动地表连到 {metres} 米以外，此处只计到该距离。",
        "The disturbed ground runs on beyond {metres} m and is counted up to there.",
    ),
    "shadow": Words(
        "点位范围的 {share} 在阴影中，不作判断。",
        "Shadow hides {share} of the outline: nothing is concluded.",
    ),
    "shift_taken_back": Words(
        "两期影像错位 {metres} 米，已改正后再对比。",
        "The two images lay {metres} m apart, which was corrected before comparing.",
    ),
    "shift_unknown": Words(
        "无法估计两期影像的错位，按 {pixels} 像元计入不确定度。",
        "How far the images lie apart could not be estimated; {pixels} pixels were allowed for.",
    ),
    "snow": Words(
        "点位范围的 {share} 有积雪，视野不足，不作判断。",
        "Snow covers {share} of the outline: insufficient view, nothing is concluded.",
    ),
    "snow_cloud_untold": Words(
        "影像缺少波段 {missing}，无法识别云和雪，请对照影像查看。",
        "Without {missing} cloud and snow cannot be told; look at the image.",
    ),
    "snow_untold": Words(
        "影像没有短波红外波段，{month} 月可能积雪而无法识别，不作判断。",
        "Without short-wave infrared snow cannot be told in month {month}: nothing is concluded.",
    ),
    "too_small": Words(
        "点位范围只有 {pixels} 个像元，对这幅影像来说太小，无法判断。",
        "The outline has only {pixels} pixels: too small for this image to tell.",
    ),
    "water": Words(
        "点位范围的 {share} 是水面，水下情况看不到。",
        "Water covers {share} of the outline; what lies below is not seen.",
    ),
}

SHARES = frozenset({"share", "fvc"})


def reason(row: Mapping[str, Any], tongue: Tongue) -> str:
    """Return the sentence of one of an observation's reasons.

    >>> reason({"code": "too_small", "pixels": 9.0}, "en")
    'The outline has only 9 pixels: too small for this image to tell.'
    """
    words = REASONS[row["code"]]
    facts = {name: _said(name, value, tongue) for name, value in row.items() if name != "code"}
    return getattr(words, tongue).format(**facts)  # type: ignore[no-any-return]


def summary(one: Observation, tongue: Tongue) -> str:
    """Return what came of an observation in one sentence, with its uncertainty."""
    zh = tongue == "zh"
    if one.state is FootprintState.UNSEEN:
        return "视野不足，本期不能判断。" if zh else "Insufficient view: this image does not tell."
    if one.state is FootprintState.FIRST or one.change_m2 is None or one.change_sigma_m2 is None:
        area = _m2(one.footprint_m2)
        if zh:
            return f"首次观测，扰动地表约 {area}。"
        return f"First observation: about {area} of disturbed ground."
    change = f"{abs(one.change_m2):,.0f} ± {1.96 * one.change_sigma_m2:,.0f} m²"
    words = {
        FootprintState.NEW: ("新出现扰动地表 {}。", "{} of disturbed ground is new."),
        FootprintState.GROWN: ("扰动地表扩大 {}。", "The disturbed ground grew by {}."),
        FootprintState.SHRUNK: ("扰动地表缩小 {}。", "The disturbed ground shrank by {}."),
        FootprintState.GONE: (
            "扰动地表已不能检出（减少 {}）；未检出不等于已恢复。",
            "Disturbed ground is no longer detectable (less by {}); that is not to say restored.",
        ),
        FootprintState.UNCHANGED: (
            "未见超出不确定度的变化（差值 {}）。",
            "No change beyond the uncertainty (difference {}).",
        ),
    }
    return words[one.state][0 if zh else 1].format(change)


def _m2(value: float | None) -> str:
    return "—" if value is None else f"{value:,.0f} m²"


def _said(name: str, value: Any, tongue: Tongue) -> str:
    if name in SHARES:
        return f"{value:.0%}"
    if isinstance(value, list):
        return ("、" if tongue == "zh" else ", ").join(map(str, value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:,.1f}".removesuffix(".0")
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 1000 else str(value)
