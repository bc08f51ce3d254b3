"""抽样点位: which of a district's sites are sampled, and why those."""

import heapq
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.sampling.design import cost
from gis.domain.sampling.draw import shuffled
from gis.domain.sampling.errors import NobodyToSelect, SelectionTooSmall, ShareUnfit
from gis.domain.sampling.rules import SamplingRules
from gis.domain.terms import (
    Allocation,
    Responsibility,
    SiteKind,
    SizeBy,
    Stratifier,
    WasteClass,
    WasteNature,
    WhySampled,
)


@dataclass(frozen=True, slots=True)
class SiteSelection:
    """A draw of sites as the register keeps it, with all that makes it again.

    ``strata`` and ``picks`` are the result as it was shown. ``cost_yuan`` and ``days`` leave out
    the ``unsized`` sites, whose mass nobody knows.
    """

    id: UUID
    district_code: str
    made_at: datetime
    made_by: str
    by: list[str]
    size_by: SizeBy
    size: float | None
    allocation: Allocation
    seed: int
    population: int
    strata: list[dict[str, Any]]
    picks: list[dict[str, Any]]
    cost_yuan: float
    days: int
    unsized: int
    rules_sha256: str
    body_sha256: str


@dataclass(frozen=True, slots=True)
class Selectable:
    """What a draw looks at in a site; None is unknown."""

    code: str
    name: str
    kind: SiteKind
    waste_class: WasteClass
    nature: WasteNature
    responsibility: Responsibility
    mass_t: float | None
    reach: str | None

    def why_sampled(self) -> list[WhySampled]:
        """Return why the plan's task 5 sends this site to sampling; nothing where it does not."""
        if self.waste_class is WasteClass.NONE or self.nature is WasteNature.NO_WASTE:
            return []
        reasons = {
            WhySampled.NOBODY_RESPONSIBLE: self.responsibility
            in (Responsibility.OWNERLESS, Responsibility.UNCLEAR),
            WhySampled.CLASS_UNKNOWN: self.waste_class is WasteClass.UNIDENTIFIED,
            WhySampled.NATURE_UNKNOWN: self.nature is WasteNature.UNIDENTIFIED,
        }
        return [reason for reason, holds in reasons.items() if holds]


@dataclass(frozen=True, slots=True)
class SelectionAsked:
    """A draw as it is asked for; ``size`` is a number of sites, or a share from 0 to 1."""

    id: UUID
    district_code: str
    by: tuple[Stratifier, ...]
    size_by: SizeBy
    size: float | None
    allocation: Allocation
    seed: int

    def content_hash(self) -> str:
        """Return the SHA-256 of what was asked."""
        said = (self.district_code, self.by, self.size_by, self.size, self.allocation, self.seed)
        return sha256_of(*said)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The outcome of a draw; the same sites, rules and seed give the same."""

    population: int
    strata: list[dict[str, Any]]
    picks: list[dict[str, Any]]
    cost_yuan: float
    days: int
    unsized: int


def select(asked: SelectionAsked, sites: Sequence[Selectable], rules: SamplingRules) -> Drawn:
    """Draw sites by strata, at least one of each.

    Raises NobodyToSelect, SelectionTooSmall, ShareUnfit.
    """
    wanted = [(site, why) for site in sites if (why := site.why_sampled())]
    if not wanted:
        raise NobodyToSelect()
    groups: dict[tuple[str | None, ...], list[tuple[Selectable, list[WhySampled]]]] = {}
    for site, why in wanted:
        key = tuple(_value(site, by, rules) for by in asked.by)
        groups.setdefault(key, []).append((site, why))
    ordered = sorted(groups.items(), key=lambda item: [part or "" for part in item[0]])
    members = [group for _, group in ordered]
    spreads = _spreads([[site.mass_t for site, _ in group] for group in members])
    sizes = [len(group) for group in members]
    shares = _allot(_size(asked, len(wanted), len(ordered)), sizes, spreads, asked.allocation)
    strata, picks = [], []
    for number, ((key, group), spread, share) in enumerate(
        zip(ordered, spreads, shares, strict=True)
    ):
        values = dict(zip(asked.by, key, strict=True))
        strata.append({"by": values, "population": len(group), "spread_t": spread, "drawn": share})
        by_code = {site.code: (site, why) for site, why in group}
        drawn = sorted(shuffled(asked.seed, by_code)[:share])
        picks += [_pick(*by_code[code], number, rules) for code in drawn]
    return Drawn(
        population=len(wanted),
        strata=strata,
        picks=picks,
        cost_yuan=sum(pick["cost_yuan"] or 0 for pick in picks),
        days=sum(pick["days"] or 0 for pick in picks),
        unsized=sum(pick["mass_t"] is None for pick in picks),
    )


def _value(site: Selectable, by: Stratifier, rules: SamplingRules) -> str | None:
    if by is Stratifier.MASS_BAND:
        return None if site.mass_t is None else rules.least_number(site.mass_t).id
    value: str | None = getattr(site, by.value)
    return value


def _size(asked: SelectionAsked, population: int, strata: int) -> int:
    wish = asked.size or 0
    if asked.size_by is SizeBy.SHARE and wish > 1:
        raise ShareUnfit(share=f"{wish:g}")
    size = {
        SizeBy.ALL: population,
        SizeBy.NUMBER: min(int(wish), population),
        SizeBy.SHARE: min(math.ceil(wish * population), population),
    }[asked.size_by]
    if size < strata:
        raise SelectionTooSmall(asked=size, strata=strata)
    return size


def _spreads(masses: list[list[float | None]]) -> list[float]:
    """Return each stratum's standard deviation of mass; where two are not known, that of all."""
    known = [[mass for mass in group if mass is not None] for group in masses]
    everything = [mass for group in known for mass in group]
    pooled = statistics.pstdev(everything) if len(everything) > 1 else 0.0
    return [round(statistics.pstdev(g) if len(g) > 1 else pooled, 1) for g in known]


def _allot(
    size: int, populations: list[int], spreads: list[float], allocation: Allocation
) -> list[int]:
    """Share ``size`` out: one for each stratum, then to the one that is furthest behind its due.

    The due is its population, for Neyman times its spread; no stratum gives more than it has.
    """
    is_neyman = allocation is Allocation.NEYMAN and any(spreads)
    dues = [n * s if is_neyman else float(n) for n, s in zip(populations, spreads, strict=True)]
    shares = [1] * len(populations)
    waiting = [(-due / 1.5, i) for i, due in enumerate(dues) if populations[i] > 1]
    heapq.heapify(waiting)
    for _ in range(size - len(shares)):
        _, i = heapq.heappop(waiting)
        shares[i] += 1
        if shares[i] < populations[i]:
            heapq.heappush(waiting, (-dues[i] / (shares[i] + 0.5), i))
    return shares


def _pick(
    site: Selectable, why: list[WhySampled], stratum: int, rules: SamplingRules
) -> dict[str, Any]:
    number = None if site.mass_t is None else int(rules.least_number(site.mass_t).value)
    yuan, days, _ = (None, None, None) if number is None else cost(number, rules)
    return {
        "code": site.code,
        "name": site.name,
        "stratum": stratum,
        "why": [reason.value for reason in why],
        "mass_t": site.mass_t,
        "n_table": number,
        "cost_yuan": yuan,
        "days": days,
    }
