"""沿革: how sites became others, by merge or split; codes are kept for ever."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.ops import split

from gis.domain.sites.errors import LineageRefused
from gis.domain.sites.site import Site
from gis.domain.terms import LineageKind, OutlineBasis, Responsibility, SiteState, WasteNature

T = TypeVar("T")


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
    return MultiPolygon(list(shapely.get_parts(shapely.union_all(list(outlines)))))


AGREED = (
    *("has_dust_control", "has_runoff_control", "has_seepage_control", "retaining", "monitoring"),
    *("history", "is_bare", "is_steep_or_high", "is_dumping_active", "ground", "height_m"),
    *("radioactivity_bq_g", "tailings_risk", "responsible_party", "stated_ownership"),
)
"""Facts that hold of the whole only where every part has them alike."""

WORST_NATURES = (WasteNature.RADIOACTIVE, WasteNature.HAZARDOUS)


def merged(survivor: Site, others: Sequence[Site], recorded_at: datetime) -> Site:
    """Return the survivor's next version, holding the ground of all and what is true of all.

    What the parts do not share is unknown of the whole: a mass that leaves a part out would pass
    for the whole, and a nature that one part has would spare the other its identification.
    """
    parts = (survivor, *others)
    agreed = {name: _common(getattr(site, name) for site in parts) for name in AGREED}
    masses = [site.mass_t for site in parts if site.mass_t is not None]
    is_weighed = len(masses) == len(parts)
    years = [site.stored_from for site in parts if site.stored_from is not None]
    return survivor.corrected(
        recorded_at,
        **agreed,
        outline=joined([site.outline for site in parts]),
        mass_t=sum(masses) if is_weighed else None,
        mass_basis="合并各点位之和" if is_weighed else None,
        stored_from=min(years, default=None),
        nature=_nature_of([site.nature for site in parts]),
        responsibility=_common(site.responsibility for site in parts) or Responsibility.UNCLEAR,
    )


def _common(values: Iterable[T]) -> T | None:
    first, *rest = values
    return first if all(value == first for value in rest) else None


def _nature_of(natures: Sequence[WasteNature]) -> WasteNature:
    for worst in WORST_NATURES:
        if worst in natures:
            return worst
    return _common(natures) or WasteNature.UNIDENTIFIED


def are_apart(outlines: Sequence[MultiPolygon]) -> bool:
    """Say whether the outlines lie in more than one piece with ground between them."""
    reached, rest = [outlines[0]], list(outlines[1:])
    while near := [one for one in rest if any(one.intersects(other) for other in reached)]:
        reached += near
        rest = [one for one in rest if not any(one is other for other in near)]
    return bool(rest)


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


def cut(origin: Site, line: LineString) -> list[tuple[str, MultiPolygon]]:
    """Return the pieces of a site along a line that crosses it, named by number, west first.

    Raises LineageRefused where the line does not cut it.
    """
    pieces = [
        piece
        for polygon in origin.outline.geoms
        for piece in split(polygon, line).geoms
        if isinstance(piece, Polygon)
    ]
    if len(pieces) <= len(origin.outline.geoms):
        raise LineageRefused(
            code_=origin.code, why_zh="分割线没有穿过边界", why_en="is not crossed by the line"
        )
    pieces.sort(key=lambda piece: piece.bounds)
    return [
        (f"{origin.name}（{number}）", MultiPolygon([piece]))
        for number, piece in enumerate(pieces, start=1)
    ]


def require_parts(origin: Site, parts: Sequence[MultiPolygon]) -> None:
    """Refuse parts that are fewer than two, invalid, overlap, or lie off; LineageRefused."""
    why = None
    if len(parts) < 2:
        why = ("至少要拆成两处", "needs two parts or more")
    elif not all(part.is_valid for part in parts):
        why = ("有一处的边界自相交或不完整", "has a part whose outline crosses itself")
    elif not all(part.intersects(origin.outline) for part in parts):
        why = ("有一处不在原边界上", "has a part off its outline")
    elif any(_overlap(one, other) for n, one in enumerate(parts) for other in parts[n + 1 :]):
        why = ("拆分后的边界互相重叠", "has parts that overlap")
    if why is not None:
        raise LineageRefused(code_=origin.code, why_zh=why[0], why_en=why[1])


def _overlap(one: MultiPolygon, other: MultiPolygon) -> bool:
    """Say whether two outlines share more than the slivers of a hand-drawn common edge."""
    return bool(one.intersection(other).area > 1e-3 * min(one.area, other.area))
