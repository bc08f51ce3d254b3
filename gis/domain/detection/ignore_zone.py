"""忽略区: ground on which finds need no visit: a licensed yard, known bare soil, a coal yard."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.terms import ZoneKind
from gis.errors import BadInput, Conflict

LEAST_SHARE = 0.5
"""A candidate lies in a zone when at least half of it does; less is a heap that has outgrown it."""
LONGEST_NAME = 80
MOST_ZONES = 2_000


class ZoneNameless(BadInput):
    """A zone without a name, or with one too long. Facts: most."""

    code = "zone_nameless"
    zh = "请填写忽略区名称（不超过 {most} 个字）。"
    en = "Give the zone a name of at most {most} characters."


class ZoneReasonMissing(BadInput):
    """A zone drawn or ended without saying why."""

    code = "zone_reason_missing"
    zh = "请说明设立或终止忽略区的理由，并注明依据（如许可证号）。"
    en = "Say why the zone is set up or ended, with what it rests on (such as a licence)."


class ZoneDaysUnfit(BadInput):
    """A zone that ends before it begins. Facts: begins, ends."""

    code = "zone_days_unfit"
    zh = "忽略区的终止日期 {ends} 早于起始日期 {begins}，请检查日期。"
    en = "The zone would end on {ends}, before it begins on {begins}; check the days."


class ZoneOver(Conflict):
    """Ending a zone that was ended. Facts: name, by."""

    code = "zone_over"
    zh = "忽略区“{name}”已由 {by} 终止，无需再次终止。"
    en = "The zone “{name}” was ended by {by} already."


class TooManyZones(BadInput):
    """A file with more shapes than zones can be. Facts: number, most."""

    code = "too_many_zones"
    zh = "文件含 {number} 个图形，一次最多 {most} 个：请拆分，或检查是否选错文件。"
    en = "The file has {number} shapes, {most} are the most: split it, or check the file."


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneSent:
    """A zone as it is handed in; ``id`` was made by the sender, once.

    ``outline`` is lon/lat in EPSG:4490. It holds from ``valid_from`` to ``valid_until``, both days
    included; None is until somebody ends it. ``source`` says whence the outline is.
    """

    id: UUID
    district_code: str
    name: str
    kind: ZoneKind
    reason: str
    valid_from: date
    valid_until: date | None
    source: str
    outline: MultiPolygon


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreZone(ZoneSent):
    """A zone as the register keeps it; ``version`` is 1 when drawn and 2 when ended by hand."""

    area_m2: float
    version: int
    body_sha256: str
    drawn_at: datetime
    drawn_by: str
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_reason: str | None = None

    def ended(self, now: datetime, by: str, reason: str) -> "IgnoreZone":
        """Return the zone ended for good; what it covered comes back at once."""
        if self.ended_at is not None:
            raise ZoneOver(name=self.name, by=self.ended_by)
        return replace(
            self, ended_at=now, ended_by=by, ended_reason=reason, version=self.version + 1
        )


@dataclass(frozen=True, slots=True)
class ZoneCandidate:
    """A candidate that lies in a zone, with the share of it that does."""

    zone_id: UUID
    candidate_id: UUID
    share: float


def require_sound(zone: ZoneSent) -> None:
    """Refuse what nobody could read later.

    Raises ZoneNameless, ZoneReasonMissing, ZoneDaysUnfit.
    """
    if not zone.name.strip() or len(zone.name) > LONGEST_NAME:
        raise ZoneNameless(most=LONGEST_NAME)
    if not zone.reason.strip():
        raise ZoneReasonMissing()
    if zone.valid_until is not None and zone.valid_until < zone.valid_from:
        raise ZoneDaysUnfit(begins=zone.valid_from, ends=zone.valid_until)
