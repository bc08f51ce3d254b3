"""回填台账: one line a load, corrected by counter-entry only, and held against the surveys."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from math import isfinite, sqrt
from typing import Protocol
from uuid import UUID

from gis.domain.backfill.errors import (
    DensityZero,
    LoadIncomplete,
    ReversedAlready,
    TonnesUnfit,
    VolumeUnfit,
)
from gis.domain.canonical import sha256_of
from gis.domain.checks.field_check import CLOCK_START
from gis.domain.errors import DateInFuture, DateTooEarly
from gis.domain.terms import BackfillMaterial, BookFlag, PairStanding, WasteClass, WasteNature

MOST_TONNES = 10_000_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSent:
    """A load as it is sent: ``id`` was made by the sender, once.

    A source that is a site speaks for itself; a named source states class, nature, material,
    activity and mine with the load. ``received_by`` is who took the ticket at the pit.
    """

    id: UUID
    pit_code: str
    source_code: str | None
    source_name: str | None
    waste_class: WasteClass | None
    nature: WasteNature | None
    material: BackfillMaterial | None
    radioactivity_bq_g: float | None
    mining_area: str | None
    tonnes: float
    tipped_on: date
    ticket_no: str
    unit: str
    received_by: str
    assessment_id: UUID | None
    note: str

    def content_hash(self) -> str:
        """Return the SHA-256 of the content in a form no serialiser can change."""
        return sha256_of(*astuple(self)[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillLoad(LoadSent):
    """A line of the book. A counter-entry has the tonnes of ``corrects`` with the sign turned.

    ``rule`` is the row that allowed the load and ``standing`` how the pair stood that day.
    """

    recorded_at: datetime
    recorded_by: str
    body_sha256: str
    standing: PairStanding
    rule: str
    corrects: UUID | None
    reason: str
    is_demo: bool

    def reversal(self, new_id: UUID, by: str, at: datetime, reason: str) -> "BackfillLoad":
        """Return the line that takes this one back. Raises ReversedAlready, LoadIncomplete."""
        if self.corrects is not None:
            raise ReversedAlready(ticket=self.ticket_no)
        if not reason.strip():
            raise LoadIncomplete(missing_zh="冲销的原因", missing_en="why it is reversed")
        return replace(
            self,
            id=new_id,
            tonnes=-self.tonnes,
            corrects=self.id,
            reason=reason.strip(),
            recorded_at=at,
            recorded_by=by,
            body_sha256=sha256_of(self.id, reason.strip()),
        )


def require_load(sent: LoadSent, today: date) -> None:
    """Refuse a load that no book can hold.

    Raises TonnesUnfit, LoadIncomplete, DateInFuture, DateTooEarly.
    """
    if not (isfinite(sent.tonnes) and 0 < sent.tonnes <= MOST_TONNES):
        raise TonnesUnfit(tonnes=f"{sent.tonnes:g}")
    texts = {
        ("联单号", "the ticket's number"): sent.ticket_no,
        ("运输或施工单位", "the unit"): sent.unit,
        ("接收人", "who received it"): sent.received_by,
    }
    missing = [name for name, text in texts.items() if not text.strip()]
    if not sent.source_code and not (sent.source_name or "").strip():
        missing.append(("来源（点位或名称）", "its source (a site or a name)"))
    if not sent.source_code and (sent.nature is None or sent.waste_class is None):
        missing.append(
            ("具名来源的废物种类与属性", "the waste class and nature of a source that is no site")
        )
    if missing:
        raise LoadIncomplete(
            missing_zh="、".join(zh for zh, _ in missing),
            missing_en=", ".join(en for _, en in missing),
        )
    if sent.tipped_on > today:
        raise DateInFuture(day=sent.tipped_on)
    if sent.tipped_on < CLOCK_START.date():
        raise DateTooEarly(day=sent.tipped_on, first=CLOCK_START.date())


class VolumeSurvey(Protocol):
    """What the check looks at of a survey."""

    @property
    def surveyed_on(self) -> date: ...
    @property
    def level_m(self) -> float | None: ...
    @property
    def free_volume_m3(self) -> float | None: ...
    @property
    def free_volume_sigma_m3(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Tolerance:
    """When book and survey disagree, as the rules say."""

    sigmas: float
    density_share: float
    level_m: float


@dataclass(frozen=True, slots=True)
class BookCheck:
    """The book between two surveys against what they measured.

    ``filled_m3`` is measured, ``booked_m3`` the tonnes over their compacted densities; both with
    one sigma. Where they cannot be compared ``why_*`` says what stands in the way.
    """

    pit_code: str
    since: date
    until: date
    loads: int
    booked_t: float
    booked_m3: float
    booked_sigma_m3: float
    filled_m3: float | None
    filled_sigma_m3: float | None
    tolerance_m3: float | None
    flag: BookFlag
    why_zh: str = ""
    why_en: str = ""


def volume_m3(tonnes: float, density_t_m3: float) -> float:
    """Return the volume of some tonnes. Raises DensityZero.

    >>> volume_m3(190.0, 1.9)
    100.0
    """
    if not density_t_m3 > 0:
        raise DensityZero(density=density_t_m3)
    return tonnes / density_t_m3


def check_book(
    pit_code: str,
    before: VolumeSurvey,
    after: VolumeSurvey,
    loads: Iterable[tuple[float, float]],
    tolerance: Tolerance,
) -> BookCheck:
    """Hold the loads between two surveys against the change they measured.

    ``loads`` are tonnes (counter-entries negative) with their compacted density; those of the
    first survey's day are in that survey, those of the second's day in the second.
    Raises DensityZero, VolumeUnfit.
    """
    lines = list(loads)
    volumes = [volume_m3(tonnes, density) for tonnes, density in lines]
    booked = sum(volumes)
    sigma = tolerance.density_share * abs(booked)
    found = BookCheck(
        pit_code=pit_code,
        since=before.surveyed_on,
        until=after.surveyed_on,
        loads=len(lines),
        booked_t=sum(tonnes for tonnes, _ in lines),
        booked_m3=booked,
        booked_sigma_m3=sigma,
        filled_m3=None,
        filled_sigma_m3=None,
        tolerance_m3=None,
        flag=BookFlag.NOT_COMPARABLE,
    )
    first, second = before.free_volume_m3, after.free_volume_m3
    if first is None or second is None:
        why = ("两次测量中有一次没有自由容积", "one of the two surveys has no free volume")
        return replace(found, why_zh=why[0], why_en=why[1])
    for value in (first, second):
        if not (isfinite(value) and value >= 0):
            raise VolumeUnfit(volume=f"{value:g}")
    levels = (before.level_m, after.level_m)
    if None in levels or abs(levels[0] - levels[1]) > tolerance.level_m:  # type: ignore[operator]
        why = (
            "两次测量的计算水平面不同或未知，容积不能相减",
            "the two surveys count to different or unknown levels: they cannot be subtracted",
        )
        return replace(found, why_zh=why[0], why_en=why[1])
    sigmas = (before.free_volume_sigma_m3, after.free_volume_sigma_m3)
    if None in sigmas:
        why = ("测量没有误差估计，不能判断是否相符", "a survey has no error bar to judge by")
        return replace(found, why_zh=why[0], why_en=why[1])
    filled = first - second
    surveyed = sqrt(sum(one * one for one in sigmas if one is not None))
    bound = tolerance.sigmas * sqrt(surveyed**2 + sigma**2)
    flag = BookFlag.AGREES
    if abs(booked - filled) > bound:
        flag = BookFlag.BOOKED_MORE if booked > filled else BookFlag.BOOKED_LESS
    return replace(found, filled_m3=filled, filled_sigma_m3=surveyed, tolerance_m3=bound, flag=flag)


__all__ = [
    "MOST_TONNES",
    "BackfillLoad",
    "BookCheck",
    "LoadSent",
    "Tolerance",
    "check_book",
    "require_load",
    "volume_m3",
]
