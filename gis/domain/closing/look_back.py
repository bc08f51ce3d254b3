"""回头看: what was seen of a site after its close-out, and what became of signs of a relapse."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gis.domain.closing.errors import NoFinding
from gis.domain.closing.rules import LookBackRules
from gis.domain.closing.satellite_check import CAME_BACK, Interval, bare_of, footprint_of
from gis.domain.follow_up.observation import Observation
from gis.domain.terms import DeadlineState, FindingState, LookBackBy, LookBackResult


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """One look at a closed site; what it saw never changes, only what became of its finding.

    ``measures`` holds the numbers, ``reasons`` what they say in words (``code``, ``zh``, ``en``).
    ``finding`` is None where nothing was found. ``decided_*`` is how a person settled it, ``note``
    what was said of the look itself.
    """

    id: UUID
    site_code: str
    close_out_id: UUID | None
    by: LookBackBy
    scene_id: UUID | None
    observation_id: UUID | None
    candidate_id: UUID | None
    looked_on: date
    recorded_at: datetime
    recorded_by: str
    result: LookBackResult
    reasons: list[dict[str, str]]
    measures: dict[str, Any]
    note: str
    finding: FindingState | None
    decided_at: datetime | None
    decided_by: str | None
    decided_reason: str | None
    is_demo: bool

    def decided(self, is_relapse: bool, by: str, at: datetime, reason: str) -> "LookBack":
        """Return it with its finding settled; raises NoFinding."""
        if self.finding is not FindingState.TO_VERIFY:
            state = self.result if self.finding is None else self.finding
            raise NoFinding(state_zh=state.zh, state_en=state.en)
        finding = FindingState.CONFIRMED if is_relapse else FindingState.DISMISSED
        return replace(
            self, finding=finding, decided_at=at, decided_by=by, decided_reason=reason.strip()
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look-back by image comes to."""

    result: LookBackResult
    reasons: list[dict[str, str]]
    measures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the image of the close-out measured; None where it had none."""

    footprint: Interval | None = None
    bare: Interval | None = None
    is_in_season: bool = False


def baseline_of(evidence: dict[str, Any], rules: LookBackRules) -> Baseline:
    """Return what a close-out's satellite check had measured."""
    found = evidence.get("satellite") or {}
    if found.get("observed_on") is None:
        return Baseline()
    day = date.fromisoformat(found["observed_on"])
    return Baseline(_read(found.get("after")), _read(found.get("bare")), rules.in_season(day))


def _read(row: list[float] | None) -> Interval | None:
    return None if row is None else Interval(*row)


def seen_on(one: Observation, baseline: Baseline, rules: LookBackRules, valid_share: float) -> Seen:
    """Return what an observation of a closed site says; poor sight is never "nothing found".

    Growth counts in any season: winter is when tipping goes unseen. Bare ground is compared in the
    growing season only, and outside of it an image can find something but clear nobody.
    """
    measures = _measures(one, baseline)
    if signs := _signs(one, baseline, rules):
        return Seen(LookBackResult.FOUND, signs, measures)
    if veils := _veils(one, rules, valid_share):
        return Seen(LookBackResult.UNCLEAR, veils, measures)
    nothing = _reason("no_sign", "未见新增或扩大，裸地未回升", "nothing new, grown or bare again")
    return Seen(LookBackResult.NOTHING, [nothing], measures)


def _reason(code: str, zh: str, en: str) -> dict[str, str]:
    return {"code": code, "zh": zh, "en": en}


def _signs(one: Observation, baseline: Baseline, rules: LookBackRules) -> list[dict[str, str]]:
    signs = []
    footprint, bare = footprint_of(one), bare_of(one)
    if one.state in CAME_BACK:
        zh, en = f"扰动地面{one.state.zh}", f"disturbed ground: {one.state.en.lower()}"
        if footprint is not None:
            zh += f"，现 {footprint.m2:,.0f} m²"
            en += f", now {footprint.m2:,.0f} m²"
        signs.append(_reason("footprint", zh, en))
    elif one.is_seen and footprint is not None and baseline.footprint is not None:
        if footprint.low > baseline.footprint.high:
            was = baseline.footprint
            signs.append(_compared("footprint", "扰动地面", "disturbed ground", footprint, was))
    if one.is_seen and rules.in_season(one.observed_on) and baseline.is_in_season:
        if bare is not None and baseline.bare is not None and bare.low > baseline.bare.high:
            signs.append(_compared("bare", "裸地", "bare ground", bare, baseline.bare))
    return signs


def _compared(code: str, zh: str, en: str, now: Interval, was: Interval) -> dict[str, str]:
    return _reason(
        code,
        f"{zh} {now.m2:,.0f} m²，多于销号时的 {was.m2:,.0f} m²，超出误差",
        f"{en} {now.m2:,.0f} m², beyond uncertainty more than {was.m2:,.0f} m² at close-out",
    )


def _veils(one: Observation, rules: LookBackRules, valid_share: float) -> list[dict[str, str]]:
    veils = []
    shares = (
        ("cloud", one.cloud_share, "云", "cloud"),
        ("snow", one.snow_share, "雪", "snow"),
        ("shadow", one.shadow_share, "阴影", "shadow"),
    )
    if one.valid_share < valid_share:
        worst = max(shares, key=lambda row: row[1])
        share = round(one.valid_share * 100)
        veils.append(
            _reason(
                worst[0],
                f"只看到点位的 {share}%（{worst[2]}遮挡）",
                f"only {share}% of the site is seen ({worst[3]})",
            )
        )
    elif not one.is_seen:
        veils.append(_reason("unseen", "影像无法判断", "the image does not tell"))
    if not rules.in_season(one.observed_on):
        veils.append(
            _reason(
                "season",
                f"{one.observed_on.month} 月不在植被生长期，裸地不能比较",
                f"month {one.observed_on.month} is outside the growing season: bare ground "
                "cannot be compared",
            )
        )
    return veils


def _measures(one: Observation, baseline: Baseline) -> dict[str, Any]:
    def row(found: Interval | None) -> list[float] | None:
        return None if found is None else [found.m2, found.low, found.high]

    return {
        "state": one.state.value,
        "valid_share": one.valid_share,
        "footprint": row(footprint_of(one)),
        "bare": row(bare_of(one)),
        "footprint_then": row(baseline.footprint),
        "bare_then": row(baseline.bare),
    }


def months_later(day: date, months: int) -> date:
    """Return the day so many months later, the month's last day where it is shorter.

    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_on(closed_on: date, looks: Sequence[date], rules: LookBackRules) -> date | None:
    """Return when a closed site is to be looked back at next; None once the rounds are over.

    ``looks`` are the days of look-backs that could tell something.
    """
    since = [day for day in looks if day >= closed_on]
    due = (
        months_later(max(since), rules.every_months)
        if since
        else months_later(closed_on, rules.first_months)
    )
    return due if due <= months_later(closed_on, rules.for_months) else None


def standing(due: date | None, today: date, rules: LookBackRules) -> DeadlineState:
    """Return how a look-back stands against its day."""
    if due is None:
        return DeadlineState.DONE
    if due < today:
        return DeadlineState.RED
    if due <= today + timedelta(days=rules.due_soon_days):
        return DeadlineState.AMBER
    return DeadlineState.ON_TIME
