"""Verbs on conclusions: drawn by one, signed by one, passed by another, superseded by the next."""

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import NotInRegister
from gis.domain.identification import Evidence, Finding, as_record, identify
from gis.domain.identification.conclusion import (
    Conclusion,
    ConclusionIdReused,
    ConclusionSent,
    EvidenceMoved,
    require_complete,
    require_doubt,
)
from gis.domain.sampling.sampling_plan import SamplingPlan
from gis.domain.sites.lineage import require_on_list
from gis.domain.sites.site import Site
from gis.domain.terms import (
    ConclusionBasis,
    ConclusionState,
    IdentificationStep,
    WasteClass,
    WasteNature,
)
from gis.ledger import rules
from gis.ledger.book import Book, Entry
from gis.ledger.grading import put_grade
from gis.rules import standards
from gis.store import identification, register, sampling, shape, sites, tables


def put_conclusion(
    entry: Entry,
    after: Conclusion,
    before: Conclusion | None = None,
    *,
    verb: str = "record_conclusion",
) -> None:
    """Store a version of a conclusion; the caller grades the site anew."""
    shape.insert(entry.connection, tables.conclusions, [after])
    entry.log(verb, "site", after.site_code, before=before, after=after)


def propose(book: Book, sent: ConclusionSent) -> tuple[Conclusion, bool]:
    """Draw a conclusion; return it and whether it is new. Older drafts of the site give way.

    By the standards it is drawn from all results of the plan; a report says it itself; an expert
    decides what the standards leave in doubt. Raises ConclusionIncomplete, ConclusionIdReused,
    DateInFuture, NotInDoubt, NotInRegister.
    """
    with book.entry() as entry:
        connection = entry.connection
        site = sites.site(connection, sent.site_code)
        known = identification.known_conclusion(connection, sent.id)
        if known is not None:
            if known.body_sha256 != sent.content_hash():
                raise ConclusionIdReused(id=sent.id)
            return known, False
        require_on_list(site)
        require_complete(sent, entry.now.astimezone(register.CHINA).date())
        _plan_of(connection, site, sent.plan_code)
        draft = _drawn(entry, site, sent)
        for older in identification.conclusions_of(connection, site.code):
            if older.state is ConclusionState.DRAFT:
                gone = older.superseded(draft.id, entry.now)
                put_conclusion(entry, gone, older, verb="supersede_conclusion")
        put_conclusion(entry, draft, verb="propose_conclusion")
        return draft, True


def sign(book: Book, conclusion_id: UUID) -> Conclusion:
    """Sign a draft, with the rows of the standards that nobody has compared with the text yet.

    Raises NotInRegister, ConclusionMoved, EvidenceMoved, OutcomeOpen.
    """
    with book.entry() as entry:
        before = _current(entry, conclusion_id)
        after = before.signed(entry.actor, entry.now, _unchecked(entry, before))
        put_conclusion(entry, after, before, verb="sign_conclusion")
        return after


def review(book: Book, conclusion_id: UUID, accepted: bool, comment: str) -> Conclusion:
    """Pass a signed conclusion or return it; what passes drives the site's facts and its grade.

    The conclusion that was in force is superseded. Raises NotInRegister, ConclusionMoved,
    SamePerson, ConclusionIncomplete, EvidenceMoved.
    """
    with book.entry() as entry:
        connection = entry.connection
        before = _current(entry, conclusion_id) if accepted else _known(entry, conclusion_id)
        after = before.reviewed(entry.actor, entry.now, accepted, comment)
        if accepted:
            for older in identification.conclusions_of(connection, after.site_code):
                if older.state is ConclusionState.IN_FORCE:
                    gone = older.superseded(after.id, entry.now)
                    put_conclusion(entry, gone, older, verb="supersede_conclusion")
        put_conclusion(entry, after, before, verb="review_conclusion")
        if accepted:
            _conclude(entry, after)
        return after


def _conclude(entry: Entry, conclusion: Conclusion) -> None:
    """Bring a conclusion's facts into the site's next version, and grade it."""
    before = sites.site(entry.connection, conclusion.site_code)
    require_on_list(before)
    said: dict[str, Any] = {
        "nature": conclusion.nature,
        "waste_class": conclusion.waste_class,
        "radioactivity_bq_g": conclusion.radioactivity_bq_g,
    }
    if conclusion.nature is WasteNature.HAZARDOUS and conclusion.hw_code:
        said |= {"hw_code": conclusion.hw_code, "waste_class": WasteClass.HW}
    known = {name: value for name, value in said.items() if value is not None}
    if known.get("waste_class", before.waste_class) is not WasteClass.HW:
        known["hw_code"] = None  # a code of the list fits hazardous waste only
    changes = {name: value for name, value in known.items() if value != getattr(before, name)}
    if changes:
        after = before.corrected(entry.now, **changes)
        shape.insert(entry.connection, tables.sites, [after])
        entry.log("conclude_site", "site", after.code, before=before, after=after)
    put_grade(entry, conclusion.site_code)


def _known(entry: Entry, conclusion_id: UUID) -> Conclusion:
    return identification.conclusion(entry.connection, conclusion_id)


def _current(entry: Entry, conclusion_id: UUID) -> Conclusion:
    """Return a conclusion whose results are still those it was drawn from."""
    known = _known(entry, conclusion_id)
    if known.plan_code is not None and known.evidence_sha256 is not None:
        now = identification.evidence_hash(entry.connection, known.plan_code)
        if now != known.evidence_sha256:
            raise EvidenceMoved(id=known.id)
    return known


def _drawn(entry: Entry, site: Site, sent: ConclusionSent) -> Conclusion:
    said: dict[str, Any] = {field.name: getattr(sent, field.name) for field in fields(sent)}
    finding: dict[str, Any] | None = None
    evidence: str | None = None
    if sent.basis is not ConclusionBasis.REPORT:
        found = finding_of(entry.connection, site, sent)
        if sent.basis is ConclusionBasis.EXPERT:
            require_doubt(found)
        else:
            said |= {"nature": found.nature, "concluded_on": _last_day(entry, sent.plan_code)}
        said |= {
            "leach_multiple": found.leach_multiple,
            "radioactivity_bq_g": found.radioactivity_bq_g,
        }
        finding = as_record(found, standards.current())
        if sent.plan_code is not None:
            evidence = identification.evidence_hash(entry.connection, sent.plan_code)
    return Conclusion(
        **said,
        version=1,
        recorded_at=entry.now,
        state=ConclusionState.DRAFT,
        body_sha256=sent.content_hash(),
        finding=finding,
        evidence_sha256=evidence,
        unchecked=[],
        proposed_by=entry.actor,
        signed_by=None,
        signed_at=None,
        reviewed_by=None,
        reviewed_at=None,
        review_comment="",
        superseded_by=None,
        is_demo=site.is_demo,
    )


def finding_of(connection: sa.Connection, site: Site, sent: ConclusionSent) -> Finding:
    """Identify a site's waste from the results of a plan and what is stated; stores nothing."""
    plan = _plan_of(connection, site, sent.plan_code)
    results = [] if plan is None else identification.results_of(connection, plan.code)
    increments = [] if plan is None else sampling.increments(connection, plan.code)
    activity = sent.radioactivity_bq_g
    evidence = Evidence(
        waste_class=sent.waste_class or (site.waste_class if plan is None else plan.waste_kind),
        increments=tuple(one.code for one in increments),
        n_table=None if plan is None else plan.n_table,
        reduction=None if plan is None else plan.reduction,
        results=tuple(results),
        is_solid_waste=sent.is_solid_waste,
        is_listed=sent.is_listed,
        hw_code=sent.hw_code or None,
        excluded=frozenset(IdentificationStep.of(step) for step in sent.excluded),
        radioactivity_bq_g=site.radioactivity_bq_g if activity is None else activity,
    )
    return identify(evidence, standards.current())


def _plan_of(connection: sa.Connection, site: Site, plan_code: str | None) -> SamplingPlan | None:
    """Return the plan that a conclusion names; raises NotInRegister where another site has it."""
    plan = None if plan_code is None else sampling.plan(connection, plan_code)
    if plan is not None and plan.site_code != site.code:
        raise NotInRegister(id=plan_code)
    return plan


def _last_day(entry: Entry, plan_code: str | None) -> date:
    """Return the day that a finding speaks of: that of its last test, or today."""
    today = entry.now.astimezone(register.CHINA).date()
    if plan_code is None:
        return today
    results = identification.results_of(entry.connection, plan_code)
    return max((one.tested_on for one in results if one.tested_on), default=today)


def _unchecked(entry: Entry, conclusion: Conclusion) -> list[str]:
    rests_on = (conclusion.finding or {}).get("rests_on", [])
    return rules.unchecked(entry.connection, rests_on)
