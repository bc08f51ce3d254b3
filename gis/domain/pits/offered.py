"""观测值: what images and surveys already tell of a unit's indicators; offered, never decided.

Only what was measured is offered: where nothing bare was detectable, or bare ground bounds what can
be restored, that is said without a value that could be taken over.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from math import cos, degrees, radians, sqrt
from typing import Any
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.follow_up.observation import Observation
from gis.domain.follow_up.peaks import Peak
from gis.domain.pits.restoration import MOST, UnitSent, UnitValue
from gis.domain.pits.restoration_errors import OfferChanged, OfferMissing, OfferOlder
from gis.domain.pits.survey import PitSurvey
from gis.domain.terms import Indicator, OfferBasis

Z95 = 1.96
M2_PER_HA = 1e4
HORN = sqrt(3) / 4
"""Noise of a slope by Horn's 3 by 3, as a share of the heights' noise over the pixel."""


@dataclass(frozen=True, slots=True)
class OfferRules:
    """When a value needs a word of caution: its age, the width of its model's pixels."""

    old_days: int
    coarse_m: float


@dataclass(frozen=True, slots=True)
class Known:
    """What the system knows of a unit's site.

    ``peaks`` are its years, the earliest first; ``scenes`` names their images, ``outlines_m2`` is
    the area of the site's outline by version; ``surveys`` stand, the newest first.
    """

    peaks: Sequence[Peak]
    scenes: Mapping[UUID, str]
    outlines_m2: Mapping[int, float]
    surveys: Sequence[PitSurvey]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An observed value of an indicator, in its unit, with the ends of its 95 % interval.

    ``value`` None cannot be taken over: ``high`` is then a bound, or nothing was told at all.
    ``source_id`` is the observation or the survey, ``source`` what its image or files are called;
    ``cautions`` are rows of ``code`` and facts, whose words stand in `offer_words`.
    """

    indicator: Indicator
    basis: OfferBasis
    source_id: UUID
    source: str
    measured_on: date
    value: float | None
    low: float | None
    high: float | None
    cautions: list[dict[str, Any]]

    def is_older(self, held: UnitValue | None) -> bool:
        """Say whether the value that counts is of a later day; this one would change nothing."""
        return held is not None and self.measured_on < held.measured_on


@dataclass(frozen=True, slots=True)
class Taking:
    """That a person takes over the value which a source offers; ``value`` is the one they saw."""

    id: UUID
    unit_id: UUID
    indicator: Indicator
    source_id: UUID
    value: float

    def content_hash(self) -> str:
        """Return the SHA-256 of the content."""
        return sha256_of("taken", *astuple(self)[1:])


def offers(unit: UnitSent, known: Known, limits: OfferRules, today: date) -> tuple[Offer, ...]:
    """Return what is observed of a unit; values that its indicator cannot have are left out."""
    found = []
    for offer in (*_of_images(unit, known), *_of_surveys(known.surveys, limits)):
        if offer.value is not None and offer.value > MOST.get(offer.indicator, offer.value):
            continue
        more: list[dict[str, Any]] = [{"code": "whole_site"}] if unit.outline is not None else []
        if (days := (today - offer.measured_on).days) > limits.old_days:
            more.append({"code": "old", "days": days})
        found.append(replace(offer, cautions=[*offer.cautions, *more]))
    return tuple(found)


def taken(offered: Iterable[Offer], taking: Taking, held: UnitValue | None) -> Offer:
    """Return the offer that a person takes over in place of the value that counts now.

    Raises OfferMissing, OfferChanged, OfferOlder.
    """
    named = {"indicator_zh": taking.indicator.zh, "indicator_en": taking.indicator.en}
    for offer in offered:
        if (offer.indicator, offer.source_id) != (taking.indicator, taking.source_id):
            continue
        if offer.value is not None:
            if offer.value != taking.value:
                raise OfferChanged(**named, yours=taking.value, current=offer.value)
            if held is not None and offer.is_older(held):
                raise OfferOlder(**named, yours=offer.measured_on, newest=held.measured_on)
            return offer
    raise OfferMissing(**named, id=taking.source_id)


def _of_images(unit: UnitSent, known: Known) -> Iterable[Offer]:
    """Yield cover and bare ground at the newest seasonal peak that tells them."""
    if (one := _newest(known.peaks, lambda one: one.fvc_ratio)) is not None:
        ratio, low, high = _times(100, one.fvc_ratio, one.fvc_ratio_low, one.fvc_ratio_high)
        yield _seen(known, one, Indicator.FVC_RATIO, ratio, low, high)
    if (one := _newest(known.peaks, lambda one: one.fvc)) is not None:
        cover, low, high = _times(100, one.fvc, one.fvc_low, one.fvc_high)
        yield _seen(known, one, Indicator.GRASS, cover, low, high, {"code": "all_plants"})
    one = _newest(known.peaks, lambda one: one.bare_m2)
    whole_m2 = None if one is None else known.outlines_m2.get(one.site_version)
    if one is not None and whole_m2:
        yield _bare(known, one, whole_m2)
        if unit.outline is None:
            yield _restored(known, one, whole_m2)


def _bare(known: Known, one: Observation, whole_m2: float) -> Offer:
    bare, low, high = _times(100 / whole_m2, one.bare_m2, one.bare_low_m2, one.bare_high_m2)
    high = None if high is None else min(high, 100.0)
    if not bare:
        return _seen(known, one, Indicator.BARE, None, None, high, {"code": "not_detected"})
    return _seen(known, one, Indicator.BARE, bare, low, high)


def _restored(known: Known, one: Observation, whole_m2: float) -> Offer:
    """Say what bare ground leaves of the area restored: at most the rest, and never that much."""
    low, high = (one.bare_low_m2 or 0.0), (one.bare_high_m2 or one.bare_m2 or 0.0)
    if not one.bare_m2:
        return _seen(known, one, Indicator.AREA, None, None, None, {"code": "not_detected"})
    said = {"low": f"{low / M2_PER_HA:.2f}", "high": f"{high / M2_PER_HA:.2f}"}
    most = max(whole_m2 - low, 0.0) / M2_PER_HA
    return _seen(known, one, Indicator.AREA, None, None, most, {"code": "bare_left", **said})


def _of_surveys(surveys: Sequence[PitSurvey], limits: OfferRules) -> Iterable[Offer]:
    """Yield the newest slope of the pit, and the newest fill between two surveys."""
    sloped = next((one for one in surveys if one.steepest_deg is not None), None)
    if sloped is not None:
        yield _slope(sloped, limits)
    filled = next((one for one in surveys if one.volume_change_m3 is not None), None)
    if filled is not None and (filled.volume_change_m3 or 0.0) > 0:
        yield _fill(filled)


def _slope(one: PitSurvey, limits: OfferRules) -> Offer:
    slope = one.steepest_deg or 0.0
    cautions: list[dict[str, Any]] = [{"code": "percentile"}]
    noise_m, pixel_m = (one.details.get("doubt") or {}).get("noise_m"), one.details.get("pixel_m")
    low = high = None
    if noise_m is not None and pixel_m:
        half = Z95 * degrees(HORN * noise_m / pixel_m * cos(radians(slope)) ** 2)
        low, high = max(slope - half, 0.0), min(slope + half, 90.0)
    else:
        cautions.append({"code": "no_interval"})
    if one.highwall_m is not None and (one.highwall_deg or 0.0) > slope:
        wall = {"height": f"{one.highwall_m:.1f}", "slope": f"{one.highwall_deg:.0f}"}
        cautions.append({"code": "highwall", **wall})
    if pixel_m is not None and pixel_m > limits.coarse_m:
        cautions.append({"code": "coarse", "pixel": f"{pixel_m:g}"})
    return _measured(one, Indicator.SLOPE, slope, low, high, cautions)


def _fill(one: PitSurvey) -> Offer:
    fill, sigma = one.volume_change_m3 or 0.0, one.volume_change_sigma_m3
    since = "—" if one.compared_on is None else one.compared_on.isoformat()
    cautions: list[dict[str, Any]] = [{"code": "net", "since": since}]
    if sigma is None:
        cautions.append({"code": "no_interval"})
        return _measured(one, Indicator.BACKFILLED, fill, None, None, cautions)
    low, high = max(fill - Z95 * sigma, 0.0), fill + Z95 * sigma
    return _measured(one, Indicator.BACKFILLED, fill, low, high, cautions)


def _newest(
    peaks: Sequence[Peak], value: Callable[[Observation], float | None]
) -> Observation | None:
    looks = (peak.observation for peak in reversed(peaks))
    return next((one for one in looks if one is not None and value(one) is not None), None)


def _times(
    factor: float, value: float | None, low: float | None, high: float | None
) -> tuple[float | None, float | None, float | None]:
    one, least, most = (None if v is None else factor * v for v in (value, low, high))
    return one, least, most


def _seen(
    known: Known,
    one: Observation,
    indicator: Indicator,
    value: float | None,
    low: float | None,
    high: float | None,
    *cautions: dict[str, Any],
) -> Offer:
    return Offer(
        indicator=indicator,
        basis=OfferBasis.IMAGE,
        source_id=one.id,
        source=known.scenes[one.scene_id],
        measured_on=one.observed_on,
        value=value,
        low=low,
        high=high,
        cautions=list(cautions),
    )


def _measured(
    one: PitSurvey,
    indicator: Indicator,
    value: float,
    low: float | None,
    high: float | None,
    cautions: list[dict[str, Any]],
) -> Offer:
    return Offer(
        indicator=indicator,
        basis=OfferBasis.SURVEY,
        source_id=one.id,
        source="、".join(str(file["name"]) for file in one.sources) or one.basis.zh,
        measured_on=one.surveyed_on,
        value=value,
        low=low,
        high=high,
        cautions=cautions,
    )
