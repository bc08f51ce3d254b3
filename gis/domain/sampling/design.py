"""How many increments, of what mass, in how many layers, where, at what cost: HJ 298-2019."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.sampling.draw import shuffled
from gis.domain.sampling.errors import (
    FewerThanTable,
    LayersTooFew,
    MassUnknown,
    NothingToSample,
    ReductionReasonMissing,
    ReductionTooLow,
    ReductionUnknown,
)
from gis.domain.sampling.rules import RuleKind, SamplingRule, SamplingRules
from gis.domain.sampling.sampling_plan import Increment, increment_code
from gis.domain.sites.site import Site
from gis.domain.terms import WasteClass, WasteNature


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """A plan as it is asked for: ``id`` was made by who asks, once; None is "as is known"."""

    id: UUID
    site_code: str
    waste_kind: WasteClass | None = None
    mass_t: float | None = None
    mass_basis: str | None = None
    height_m: float | None = None
    grain_cm: float | None = None
    number: int | None = None
    reduction: str | None = None
    reduction_reason: str | None = None
    layers: int | None = None
    seed: int | None = None
    note: str = ""

    def content_hash(self) -> str:
        """Return the SHA-256 of what was asked."""
        return sha256_of(
            *(self.site_code, self.waste_kind, self.mass_t, self.mass_basis, self.height_m),
            *(self.grain_cm, self.number, self.reduction, self.reduction_reason, self.layers),
            *(self.seed, self.note),
        )


@dataclass(frozen=True, slots=True)
class Design:
    """What the rules make of an asked plan; ``rests_on`` are the ids of the rows used."""

    mass_t: float
    mass_basis: str
    height_m: float | None
    increment_mass_g: float
    n_table: int
    n_planned: int
    layers: int
    cells: int
    cost_yuan: float
    days: int
    rests_on: list[str]


def design(asked: PlanAsked, site: Site, rules: SamplingRules) -> Design:
    """Work a plan out.

    An unknown height is taken as more than the layers' bound and an unknown grain as the coarsest,
    so that what is not known never makes a plan smaller. Raises NothingToSample, MassUnknown,
    FewerThanTable, ReductionUnknown, ReductionReasonMissing, ReductionTooLow, LayersTooFew.
    """
    if site.waste_class is WasteClass.NONE or site.nature is WasteNature.NO_WASTE:
        raise NothingToSample(site=site.name)
    height_m = asked.height_m if asked.height_m is not None else site.height_m
    mass_t, mass_basis, mass_rows = _mass(asked, site, height_m, rules)
    table = rules.least_number(mass_t)
    n_table = int(table.value)
    number, reduction = _number(asked, n_table, rules)
    layers, layer_rows = _layers(asked.layers, height_m, rules)
    n_planned = layers * math.ceil(number / layers)
    grain = rules.increment_mass(asked.grain_cm)
    per_cell = rules.one(RuleKind.CELLS)
    cost_yuan, days, cost_rows = cost(n_planned, rules)
    used = [*mass_rows, table, *reduction, grain, per_cell, *layer_rows, *cost_rows]
    return Design(
        mass_t=mass_t,
        mass_basis=mass_basis,
        height_m=height_m,
        increment_mass_g=grain.value,
        n_table=n_table,
        n_planned=n_planned,
        layers=layers,
        cells=int(per_cell.value) * n_planned,
        cost_yuan=cost_yuan,
        days=days,
        rests_on=[row.id for row in used],
    )


def _mass(
    asked: PlanAsked, site: Site, height_m: float | None, rules: SamplingRules
) -> tuple[float, str, list[SamplingRule]]:
    """Return the stacked mass of 4.2.2: as given, as listed, or from area and height."""
    stacked = rules.one(RuleKind.STACKED_MASS)
    if asked.mass_t is not None:
        return asked.mass_t, asked.mass_basis or "编制方案时填报", [stacked]
    if site.mass_t is not None:
        return site.mass_t, site.mass_basis or "台账", [stacked]
    if height_m is None:
        raise MassUnknown(site=site.name)
    density = rules.one(RuleKind.DENSITY)
    mass_t = round(site.area_m2 * height_m * density.value, 1)
    return mass_t, f"面积×堆高×{density.value:g} {density.unit}", [stacked, density]


def _number(
    asked: PlanAsked, n_table: int, rules: SamplingRules
) -> tuple[int, tuple[SamplingRule, ...]]:
    """Return how many are to be taken, and the row of 4.2.4 where they are fewer than table 1."""
    number = n_table if asked.number is None else asked.number
    if asked.reduction is None:
        if number < n_table:
            raise FewerThanTable(asked=number, least=n_table)
        return number, ()
    cases = {row.id: row for row in rules.of(RuleKind.REDUCTION)}
    case = cases.get(asked.reduction)
    if case is None:
        raise ReductionUnknown(reduction=asked.reduction, known="、".join(cases))
    clause = f"{case.standard} {case.clause}"
    if not (asked.reduction_reason or "").strip():
        raise ReductionReasonMissing(clause=clause)
    least = min(int(case.value), n_table)
    number = least if asked.number is None else asked.number
    if number < least:
        raise ReductionTooLow(asked=number, least=least, clause=clause)
    return number, (case,)


def _layers(
    asked: int | None, height_m: float | None, rules: SamplingRules
) -> tuple[int, list[SamplingRule]]:
    above = rules.one(RuleKind.LAYERED_ABOVE)
    if height_m is not None and height_m <= above.value:
        return asked or 1, [above]
    least = rules.one(RuleKind.LAYERS_LEAST)
    if asked is not None:
        if asked < least.value:
            raise LayersTooFew(asked=asked, least=int(least.value))
        return asked, [above, least]
    if height_m is None:
        return int(least.value), [above, least]
    thickness, most = rules.one(RuleKind.LAYER_THICKNESS), rules.one(RuleKind.LAYERS_MOST)
    layers = min(max(math.ceil(height_m / thickness.value), least.value), most.value)
    return int(layers), [above, least, thickness, most]


def cost(number: int, rules: SamplingRules) -> tuple[float, int, list[SamplingRule]]:
    """Return yuan and working days of one team for ``number`` increments at one site."""
    taking, laboratory = rules.one(RuleKind.COST_TAKING), rules.one(RuleKind.COST_LABORATORY)
    site, per_day = rules.one(RuleKind.COST_SITE), rules.one(RuleKind.PER_DAY)
    yuan = site.value + number * (taking.value + laboratory.value)
    return yuan, math.ceil(number / per_day.value), [taking, laboratory, site, per_day]


def lay_out(
    plan_code: str,
    site_code: str,
    made: Design,
    seed: int,
    points: Sequence[tuple[float, float]],
) -> list[Increment]:
    """Draw the plan's increments from its cells, given the lon/lat of each cell in order.

    In the order of the draw they are dealt to the layers in turn, which gives each layer equally
    many, spread over the whole outline; they are then numbered along the cells, for a short walk.
    """
    drawn = shuffled(seed, range(1, made.cells + 1))[: made.n_planned]
    layer_of = {cell: place % made.layers + 1 for place, cell in enumerate(drawn)}
    thickness = None if made.height_m is None else made.height_m / made.layers
    return [
        Increment(
            code=increment_code(plan_code, number),
            plan_code=plan_code,
            site_code=site_code,
            number=number,
            cell=cell,
            layer=layer_of[cell],
            depth_from_m=_depth(thickness, layer_of[cell] - 1),
            depth_to_m=_depth(thickness, layer_of[cell]),
            lon=points[cell - 1][0],
            lat=points[cell - 1][1],
        )
        for number, cell in enumerate(sorted(drawn), start=1)
    ]


def _depth(thickness_m: float | None, layers: int) -> float | None:
    return None if thickness_m is None else round(thickness_m * layers, 2)
