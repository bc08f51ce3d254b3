"""Verbs of sampling: draw sites, plan a site's increments, end a plan, record their custody."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from gis.domain.sampling.custody import (
    CustodyEvent,
    CustodySent,
    event,
    is_said,
    require_complete,
    require_later,
    require_next,
)
from gis.domain.sampling.design import PlanAsked, design, lay_out
from gis.domain.sampling.errors import (
    CustodyIdReused,
    IncrementUnknown,
    PlanEnded,
    PlanIdReused,
    PlanOpen,
    TakenOutside,
)
from gis.domain.sampling.sampling_plan import Increment, SamplingPlan, plan_code, state_of
from gis.domain.sampling.site_selection import SelectionAsked, SiteSelection, select
from gis.domain.sites.lineage import require_on_list
from gis.domain.terms import CustodyStep, PlanState
from gis.ledger.book import Book, Entry
from gis.rules import sampling as rules
from gis.spatial import position
from gis.spatial.cells import cut
from gis.store import identification, places, sampling, shape, sites, tables

SEEDS = 1_000_000_000


def select_sites(book: Book, asked: SelectionAsked) -> tuple[SiteSelection, bool]:
    """Draw sites and keep the draw; return it and whether it is new.

    Raises DistrictUnknown, NobodyToSelect, SelectionTooSmall, ShareUnfit, PlanIdReused.
    """
    with book.entry() as entry:
        known = sampling.selection(entry.connection, asked.id)
        if known is not None:
            if known.body_sha256 != asked.content_hash():
                raise PlanIdReused(id=asked.id)
            return known, False
        district = places.district(entry.connection, asked.district_code)
        drawn = select(asked, sampling.selectable(entry.connection, district.code), rules.current())
        selection = SiteSelection(
            id=asked.id,
            district_code=district.code,
            made_at=entry.now,
            made_by=entry.actor,
            by=[by.value for by in asked.by],
            size_by=asked.size_by,
            size=asked.size,
            allocation=asked.allocation,
            seed=asked.seed,
            rules_sha256=rules.current().sha256,
            body_sha256=asked.content_hash(),
            **asdict(drawn),
        )
        shape.insert(entry.connection, tables.site_selections, [selection])
        entry.log("select_sites", "district", district.code, after=selection)
        return selection, True


def plan_sampling(book: Book, asked: PlanAsked) -> tuple[SamplingPlan, bool]:
    """Plan a site's increments; return the plan and whether it is new.

    A plan for the same waste that nobody has begun gives way to the new one; one that has been
    begun must be finished or ended first. Raises NotInRegister, PlanIdReused, PlanOpen,
    OutlineTooSmall, and what `design` raises.
    """
    with book.entry() as entry:
        site = sites.site(entry.connection, asked.site_code)
        known = sampling.plan_with_id(entry.connection, asked.id)
        if known is not None:
            if known.body_sha256 != asked.content_hash():
                raise PlanIdReused(id=asked.id)
            return known, False
        require_on_list(site)
        made = design(asked, site, rules.current())
        earlier = sampling.plans_of(entry.connection, site.code)
        waste_kind = asked.waste_kind or site.waste_class
        code = plan_code(site.code, len(earlier) + 1)
        _give_way(entry, [one for one in earlier if one.waste_kind is waste_kind], code)
        district = places.district(entry.connection, site.district_code)
        cells = cut(site.outline, made.cells, district.metric_epsg, site.name)
        area_m2 = position.area_m2(site.outline, district.metric_epsg)
        plan = SamplingPlan(
            **asdict(made),
            code=code,
            id=asked.id,
            site_code=site.code,
            site_version=site.version,
            number=len(earlier) + 1,
            planned_at=entry.now,
            planned_by=entry.actor,
            waste_kind=waste_kind,
            grain_cm=asked.grain_cm,
            reduction=asked.reduction,
            reduction_reason=asked.reduction_reason if asked.reduction else None,
            cell_area_m2=round(area_m2 / made.cells, 2),
            seed=asked.id.int % SEEDS if asked.seed is None else asked.seed,
            rules_sha256=rules.current().sha256,
            note=asked.note,
            is_demo=site.is_demo,
            body_sha256=asked.content_hash(),
            ended_at=None,
            ended_by=None,
            ended_reason=None,
            outline=site.outline,
        )
        points = [(cell.point.x, cell.point.y) for cell in cells]
        laid = lay_out(code, site.code, made, plan.seed, points)
        shape.insert(entry.connection, tables.sampling_plans, [plan])
        shape.insert(entry.connection, tables.increments, laid)
        entry.log("plan_sampling", "site", site.code, after={"plan": plan, "increments": laid})
        return plan, True


def _give_way(entry: Entry, earlier: Sequence[SamplingPlan], code: str) -> None:
    reached = sampling.progress(entry.connection, [plan.code for plan in earlier])
    for plan in earlier:
        state = state_of(plan, reached[plan.code])
        batches = identification.batches_of_plan(entry.connection, plan.code)
        has_results = any(batch.withdrawn_by is None for batch in batches)
        if state is PlanState.STARTED or (state is PlanState.PLANNED and has_results):
            raise PlanOpen(plan=plan.code)
        if state is PlanState.PLANNED:
            _end(entry, plan, f"由 {code} 取代")


def end_plan(book: Book, code: str, reason: str) -> SamplingPlan:
    """End a plan: nothing more is taken by it; again it changes nothing. Raises NotInRegister."""
    with book.entry() as entry:
        plan = sampling.plan(entry.connection, code)
        return plan if plan.ended_at is not None else _end(entry, plan, reason)


def _end(entry: Entry, plan: SamplingPlan, reason: str) -> SamplingPlan:
    ended = replace(plan, ended_at=entry.now, ended_by=entry.actor, ended_reason=reason)
    sampling.end_plan(entry.connection, ended)
    entry.log("end_plan", "site", plan.site_code, before=plan, after=ended)
    return ended


def record_custody(book: Book, sent: CustodySent) -> tuple[list[CustodyEvent], bool]:
    """Record one step of all the increments named, or of none; return them and whether new.

    Raises CustodyIncomplete, DateInFuture, IncrementUnknown, CustodyOrder, CustodyTimeBackwards,
    PlanEnded, TakenOutside, CustodyIdReused.
    """
    with book.entry() as entry:
        known = sampling.custody_batch(entry.connection, sent.id)
        if known:
            if known[0].body_sha256 != sent.content_hash():
                raise CustodyIdReused(id=sent.id)
            return known, False
        require_complete(sent, entry.now)
        codes = list(dict.fromkeys(sent.codes))
        found = sampling.increments_by_code(entry.connection, codes)
        if unknown := [code for code in codes if code not in found]:
            raise IncrementUnknown(codes="、".join(unknown[:5]) + ("…" if unknown[5:] else ""))
        before = sampling.custody(entry.connection, codes)
        for code in codes:
            require_next(code, sent.step, before.get(code, []))
            require_later(code, sent.at, before.get(code, []))
        off = _taken(entry, sent, list(found.values())) if sent.step is CustodyStep.TAKEN else {}
        events = [event(sent, code, off.get(code), entry.now, entry.actor) for code in codes]
        shape.insert(entry.connection, tables.custody_events, events)
        for site_code in sorted({increment.site_code for increment in found.values()}):
            entry.log("record_custody", "site", site_code, after=sent)
        return sorted(events, key=lambda one: one.increment_code), True


def _taken(entry: Entry, sent: CustodySent, taken: Sequence[Increment]) -> dict[str, float | None]:
    """Return how far from its planned point each was taken; refuse what was taken off the pile."""
    off: dict[str, float | None] = {}
    plans = {one.plan_code: sampling.plan(entry.connection, one.plan_code) for one in taken}
    for plan in plans.values():
        if plan.ended_at is not None:
            raise PlanEnded(plan=plan.code)
        site = sites.site(entry.connection, plan.site_code)
        epsg = places.district(entry.connection, site.district_code).metric_epsg
        for one in (increment for increment in taken if increment.plan_code == plan.code):
            off[one.code] = _off_m(sent, one, plan, epsg)
    return off


def _off_m(sent: CustodySent, increment: Increment, plan: SamplingPlan, epsg: int) -> float | None:
    if sent.lon is None or sent.lat is None or sent.accuracy_m is None:
        return None  # `require_complete` has asked for the reason
    here = (sent.lon, sent.lat)
    outside_m = position.off_outline_m(here, plan.outline, epsg)
    if outside_m > sent.accuracy_m and not is_said(sent.reason):
        raise TakenOutside(
            code=increment.code, off_m=round(outside_m), accuracy_m=round(sent.accuracy_m)
        )
    return position.apart_m(here, (increment.lon, increment.lat), epsg)
