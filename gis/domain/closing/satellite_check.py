"""卫星复核: what the images after the works say of a site; not detected is never called restored.

Each observation is compared with the one before it, which may be after the works too; the check
therefore holds the newest one against the last that was seen before the works began.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.domain.follow_up.observation import Observation
from gis.domain.terms import FootprintState, SatelliteResult

CAME_BACK = frozenset({FootprintState.NEW, FootprintState.GROWN})
WENT = frozenset({FootprintState.GONE, FootprintState.SHRUNK})


@dataclass(frozen=True, slots=True)
class Interval:
    """An area on the ground in m2 with the ends of its interval."""

    m2: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SatelliteCheck:
    """The check with what it rests on; ``why`` says in words why there is none."""

    result: SatelliteResult
    observed_on: date | None = None
    observation_id: str | None = None
    scene_id: str | None = None
    after: Interval | None = None
    before: Interval | None = None
    before_on: date | None = None
    bare: Interval | None = None
    why_zh: str = ""
    why_en: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON, as the register keeps it."""
        return {
            "result": self.result.value,
            "observed_on": None if self.observed_on is None else self.observed_on.isoformat(),
            "observation_id": self.observation_id,
            "scene_id": self.scene_id,
            "after": _row(self.after),
            "before": _row(self.before),
            "before_on": None if self.before_on is None else self.before_on.isoformat(),
            "bare": _row(self.bare),
            "why_zh": self.why_zh,
            "why_en": self.why_en,
        }


def _row(one: Interval | None) -> list[float] | None:
    return None if one is None else [one.m2, one.low, one.high]


def footprint_of(one: Observation) -> Interval | None:
    """Return the disturbed ground that an observation measured."""
    return _interval(one.footprint_m2, one.footprint_low_m2, one.footprint_high_m2)


def bare_of(one: Observation) -> Interval | None:
    """Return the bare ground that an observation measured."""
    return _interval(one.bare_m2, one.bare_low_m2, one.bare_high_m2)


def _interval(m2: float | None, low: float | None, high: float | None) -> Interval | None:
    if m2 is None:
        return None
    return Interval(m2, m2 if low is None else low, m2 if high is None else high)


def check(
    observations: Iterable[Observation],
    began_on: date | None,
    ended_on: date | None,
    valid_share: float,
) -> SatelliteCheck:
    """Return what the observations say of the time after the works ended."""
    if ended_on is None:
        return _none("没有施工结束日期", "the day the works ended is not known")
    series = sorted(observations, key=lambda one: (one.observed_on, one.observed_at))
    later = [one for one in series if one.observed_on > ended_on]
    if not later:
        return _none(
            f"施工结束（{ended_on}）后没有影像", f"no image since the works ended on {ended_on}"
        )
    usable = [one for one in later if one.is_seen and one.valid_share >= valid_share]
    if not usable:
        return _veiled(later[-1], valid_share)
    first = ended_on if began_on is None else began_on
    earlier = [one for one in series if one.is_seen and one.observed_on <= first]
    return _compared(usable, earlier[-1] if earlier else None)


def _compared(usable: Sequence[Observation], earlier: Observation | None) -> SatelliteCheck:
    newest = usable[-1]
    after = footprint_of(newest)
    before = None if earlier is None else footprint_of(earlier)
    result, why_zh, why_en = _result(usable, after, before)
    return SatelliteCheck(
        result=result,
        observed_on=newest.observed_on,
        observation_id=str(newest.id),
        scene_id=str(newest.scene_id),
        after=after,
        before=before,
        before_on=None if earlier is None else earlier.observed_on,
        bare=bare_of(newest),
        why_zh=why_zh,
        why_en=why_en,
    )


def _result(
    usable: Sequence[Observation], after: Interval | None, before: Interval | None
) -> tuple[SatelliteResult, str, str]:
    newest = usable[-1]
    grew = [
        number
        for number, one in enumerate(usable)
        if one.state in CAME_BACK and not any(later.state in WENT for later in usable[number:])
    ]
    if grew or (after is not None and before is not None and after.low > before.high):
        return SatelliteResult.GROWN, "", ""
    if newest.state is FootprintState.GONE or (after is not None and after.m2 == 0):
        return SatelliteResult.NOT_DETECTED, "", ""
    if after is None or before is None:
        return (
            SatelliteResult.NOT_CHECKED,
            "施工前没有可比的影像",
            "no image before the works to compare with",
        )
    if after.high < before.low:
        return SatelliteResult.REDUCED, "", ""
    return SatelliteResult.NOT_REDUCED, "", ""


def _none(zh: str, en: str) -> SatelliteCheck:
    return SatelliteCheck(SatelliteResult.NOT_CHECKED, why_zh=zh, why_en=en)


def _veiled(newest: Observation, valid_share: float) -> SatelliteCheck:
    """Say why the images after the works tell nothing; the newest of them is named."""
    day, seen = newest.observed_on, round(newest.valid_share * 100)
    if newest.valid_share < valid_share:
        zh = f"{day} 的影像只看到点位的 {seen}%（云、雪或阴影遮挡）"
        en = f"the image of {day} sees {seen}% of the site only (cloud, snow or shadow)"
    else:
        zh, en = f"{day} 的影像无法判断", f"the image of {day} does not tell"
    found = _none(zh, en)
    return SatelliteCheck(
        result=found.result,
        observed_on=day,
        observation_id=str(newest.id),
        scene_id=str(newest.scene_id),
        why_zh=zh,
        why_en=en,
    )
