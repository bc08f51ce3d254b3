"""沿革: how sites became others, by merge or split; codes are kept for ever."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import shapely
from shapely import MultiPolygon

from gis.domain.site import Site
from gis.domain.site_errors import LineageRefused
from gis.domain.terms import LineageKind, OutlineBasis, SiteState


@dataclass(frozen=True, slots=True)
class Lineage:
    """One site that became another, wholly (merge) or in part (split); ``act_id`` joins a deed."""

    from_code: str
    to_code: str
    act_id: UUID
    kind: LineageKind
    recorded_at: datetime
    recorded_by: str
    reason: str


def require_on_list(site: Site) -> None:
    """Refuse a site that has already become another. Raises LineageRefused."""
    if not site.state.is_on_list:
        raise LineageRefused(
            code_=site.code, why_zh=f"状态为“{site.state.zh}”", why_en=f"is “{site.state.en}”"
        )


def joined(outlines: Sequence[MultiPolygon]) -> MultiPolygon:
    """Return the union of outlines that are each valid."""
    union = shapely.union_all(list(outlines))
    return union if isinstance(union, MultiPolygon) else MultiPolygon([union])


def merged(survivor: Site, others: Collection[Site], recorded_at: datetime) -> Site:
    """Return the survivor's next version with the ground and the mass of all.

    A mass that one of them lacks makes the whole unknown: a sum that leaves a part out would pass
    for the whole. Other facts stay the survivor's.
    """
    masses = [site.mass_t for site in (survivor, *others)]
    known = [mass for mass in masses if mass is not None]
    years = [site.stored_from for site in (survivor, *others) if site.stored_from is not None]
    return survivor.corrected(
        recorded_at,
        outline=joined([site.outline for site in (survivor, *others)]),
        mass_t=sum(known) if len(known) == len(masses) else None,
        mass_basis="合并各点位之和" if len(known) == len(masses) else None,
        stored_from=min(years, default=None),
    )


def part_of(origin: Site, code: str, name: str, outline: MultiPolygon, at: datetime) -> Site:
    """Return the first version of a part of ``origin``; what was measured of the whole is unknown.

    Mass and height are not shared out: nobody measured the parts.
    """
    return replace(
        origin,
        code=code,
        version=1,
        recorded_at=at,
        name=name,
        outline=outline,
        outline_basis=OutlineBasis.DRAWN,
        height_m=None,
        mass_t=None,
        mass_basis=None,
        state=SiteState.LISTED,
        accepted_on=None,
        acceptance_no=None,
        closed_on=None,
    )


def require_parts(origin: Site, parts: Sequence[MultiPolygon]) -> None:
    """Refuse parts that are fewer than two or that overlap each other. Raises LineageRefused."""
    if len(parts) < 2:
        raise LineageRefused(code_=origin.code, why_zh="至少要拆成两处", why_en="needs two parts")
    for number, part in enumerate(parts):
        for other in parts[number + 1 :]:
            if part.intersection(other).area > 1e-3 * min(part.area, other.area):
                raise LineageRefused(
                    code_=origin.code,
                    why_zh="拆分后的边界互相重叠",
                    why_en="has parts that overlap",
                )
