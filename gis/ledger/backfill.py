"""Verbs on what is stated for backfill, and on the papers of clause 8.2."""

from dataclasses import dataclass, replace
from uuid import UUID

from gis.domain.backfill.errors import (
    AssessmentSettled,
    AssessmentUnfit,
    PitUnfit,
    SamePersonApproves,
)
from gis.domain.backfill.parts import BackfillAssessment, BackfillFacts
from gis.domain.sites.errors import IdReused, ReasonMissing
from gis.domain.sites.lineage import require_on_list
from gis.domain.sites.site import Site
from gis.domain.terms import BackfillMaterial, BackfillPaper, PitVoid, SiteKind
from gis.ledger.book import Book, Entry
from gis.rules import backfill as rules_file
from gis.store import backfill, shape, site_papers, sites, tables


@dataclass(frozen=True, slots=True)
class FactsSent:
    """What somebody states of a site for backfill, with what it rests on; None is unknown."""

    material: BackfillMaterial | None
    void: PitVoid | None
    mining_area: str | None
    is_filling_open: bool | None
    evidence: str


@dataclass(frozen=True, slots=True)
class AssessmentSent:
    """An assessment as it is proposed; ``papers`` are attachments of the pit's site by kind."""

    id: UUID
    pit_code: str
    source_code: str | None
    source_name: str | None
    material: BackfillMaterial
    papers: dict[BackfillPaper, UUID]
    monitoring_per_year: int | None
    document_no: str


def state_facts(book: Book, code: str, sent: FactsSent) -> tuple[BackfillFacts, bool]:
    """State what backfill asks of a site; return it and whether it says anything new.

    Raises NotInRegister, ReasonMissing, PitUnfit.
    """
    if not sent.evidence.strip():
        raise ReasonMissing()
    with book.entry() as entry:
        site = sites.site(entry.connection, code)
        require_on_list(site)
        if sent.void is not None or sent.is_filling_open is not None:
            require_pit(site)
        before = backfill.stated_of(entry.connection, [code]).get(code)
        after = BackfillFacts(
            site_code=code,
            recorded_at=entry.now,
            recorded_by=entry.actor,
            material=sent.material,
            void=sent.void,
            mining_area=(sent.mining_area or "").strip() or None,
            is_filling_open=sent.is_filling_open,
            evidence=sent.evidence.strip(),
            is_demo=site.is_demo,
        )
        if before is not None and before == replace(
            after, recorded_at=before.recorded_at, recorded_by=before.recorded_by
        ):
            return before, False
        shape.insert(entry.connection, tables.backfill_facts, [after])
        entry.log("state_backfill_facts", "site", code, before=before, after=after)
        return after, True


def require_pit(site: Site) -> None:
    """Refuse what is no pit. Raises PitUnfit."""
    _require_kind(site, rules_file.current().pit_kinds)


def require_source(site: Site) -> None:
    """Refuse what is no source of waste. Raises PitUnfit."""
    _require_kind(site, rules_file.current().waste_kinds)


def _require_kind(site: Site, wanted: tuple[SiteKind, ...]) -> None:
    if site.kind not in wanted:
        raise PitUnfit(
            code_=site.code,
            kind_zh=site.kind.zh,
            kind_en=site.kind.en,
            wanted_zh="或".join(kind.zh for kind in wanted),
            wanted_en=" or ".join(kind.en.lower() for kind in wanted),
        )


def propose_assessment(book: Book, sent: AssessmentSent) -> tuple[BackfillAssessment, bool]:
    """Propose the papers that would open a pair; return them and whether they are new.

    Raises NotInRegister, PitUnfit, AssessmentUnfit, IdReused.
    """
    with book.entry() as entry:
        pit = sites.site(entry.connection, sent.pit_code)
        known = backfill.find_assessment(entry.connection, sent.id)
        drawn = _drawn(entry, sent, pit.is_demo)
        if known is not None:
            if _content(known) != _content(drawn):
                raise IdReused(id=sent.id)
            return known, False
        require_pit(pit)
        if sent.source_code is not None:
            require_source(sites.site(entry.connection, sent.source_code))
        _require_papers(entry, sent)
        shape.insert(entry.connection, tables.backfill_assessments, [drawn])
        entry.log("propose_backfill_assessment", "site", pit.code, after=drawn)
        return drawn, True


def _drawn(entry: Entry, sent: AssessmentSent, is_demo: bool) -> BackfillAssessment:
    return BackfillAssessment(
        id=sent.id,
        pit_code=sent.pit_code,
        source_code=sent.source_code,
        source_name=(sent.source_name or "").strip() or None,
        material=sent.material,
        papers={kind.value: str(paper) for kind, paper in sent.papers.items()},
        monitoring_per_year=sent.monitoring_per_year,
        document_no=sent.document_no.strip(),
        proposed_at=entry.now,
        proposed_by=entry.actor,
        approved_at=None,
        approved_by=None,
        refused_at=None,
        comment="",
        is_demo=is_demo,
    )


def _content(one: BackfillAssessment) -> tuple[object, ...]:
    source = (one.source_code, one.source_name)
    return (one.pit_code, *source, one.material, one.papers, one.document_no)


def _require_papers(entry: Entry, sent: AssessmentSent) -> None:
    """Refuse papers that nobody attached, or that promise too little. Raises AssessmentUnfit."""
    if not sent.document_no.strip() or not sent.papers:
        raise AssessmentUnfit(
            why_zh="须有文号和至少一份材料", why_en="it needs its number and at least one paper"
        )
    if not (sent.source_code or (sent.source_name or "").strip()):
        raise AssessmentUnfit(why_zh="须写明来源", why_en="it must name the source")
    held = {one.id for one in site_papers.attachments_of(entry.connection, sent.pit_code)}
    if absent := [kind for kind, paper in sent.papers.items() if paper not in held]:
        raise AssessmentUnfit(
            why_zh=f"{'、'.join(kind.zh for kind in absent)}不在矿坑 {sent.pit_code} 的材料中",
            why_en=f"{', '.join(k.en for k in absent)} is no paper of pit {sent.pit_code}",
        )
    least = int(rules_file.current().numbers["monitoring_per_year"])
    if BackfillPaper.MONITORING in sent.papers and (sent.monitoring_per_year or 0) < least:
        raise AssessmentUnfit(
            why_zh=f"监测每年不得少于 {least} 次（GB 18599-2020 8.2）",
            why_en=f"it must monitor at least {least} time a year (GB 18599-2020 8.2)",
        )


def settle_assessment(
    book: Book, assessment_id: UUID, accepted: bool, comment: str
) -> BackfillAssessment:
    """Approve an assessment, or refuse it with a reason; by somebody who did not propose it.

    Raises NotInRegister, SamePersonApproves, AssessmentSettled, ReasonMissing.
    """
    with book.entry() as entry:
        before = backfill.assessment(entry.connection, assessment_id)
        if before.is_approved or before.refused_at is not None:
            raise AssessmentSettled(document=before.document_no)
        if entry.actor == before.proposed_by:
            raise SamePersonApproves(by=entry.actor)
        if not accepted and not comment.strip():
            raise ReasonMissing()
        after = replace(
            before,
            approved_at=entry.now if accepted else None,
            approved_by=entry.actor if accepted else None,
            refused_at=None if accepted else entry.now,
            comment=comment.strip(),
        )
        shape.replace(entry.connection, tables.backfill_assessments, after)
        entry.log("settle_backfill_assessment", "site", after.pit_code, before=before, after=after)
        return after
