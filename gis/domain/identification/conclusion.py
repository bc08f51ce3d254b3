"""鉴别结论: what a site's waste is, signed by one person and passed by another, never edited."""

from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.checks.field_check import CLOCK_START
from gis.domain.errors import DateInFuture, DateTooEarly
from gis.domain.identification import Finding
from gis.domain.sites.facts import HW_CODE
from gis.domain.terms import (
    ConclusionBasis,
    ConclusionState,
    Outcome,
    WasteClass,
    WasteNature,
)
from gis.errors import BadInput, Conflict, NotAllowed


class ConclusionIncomplete(BadInput):
    """A conclusion lacks what its basis needs. Facts: missing_zh, missing_en."""

    code = "conclusion_incomplete"
    zh = "结论内容不完整：请补填{missing_zh}。"
    en = "The conclusion is incomplete: fill in {missing_en}."


class OutcomeOpen(BadInput):
    """A finding that decides nothing cannot be signed. Facts: outcome_*, missing_*."""

    code = "outcome_open"
    zh = "鉴别结果为“{outcome_zh}”，不能签发：{missing_zh}。请补充后重新鉴别。"
    en = "The outcome is “{outcome_en}” and cannot be signed: {missing_en}. Mend that and redo it."


class NotInDoubt(BadInput):
    """An expert may decide what the text leaves in doubt, nothing else. Facts: outcome_*."""

    code = "not_in_doubt"
    zh = "鉴别结果为“{outcome_zh}”，不适用专家意见：只有“存疑”的结果可以由专家判定。"
    en = "The outcome is “{outcome_en}”: expert opinion decides doubtful outcomes only."


class ConclusionMoved(Conflict):
    """The conclusion is not in the state that the step needs. Facts: id, state_*."""

    code = "conclusion_moved"
    zh = "结论 {id} 当前状态为“{state_zh}”，不能进行此操作，请刷新后查看。"
    en = "Conclusion {id} is “{state_en}”: this step does not fit; reload and look again."


class ConclusionIdReused(Conflict):
    """A conclusion with this client id and other content was received before. Facts: id."""

    code = "conclusion_id_reused"
    zh = "编号 {id} 的结论已收到，但内容不同：原结论保持不变，请另建一条提交。"
    en = "Conclusion {id} was received before with other content: send this one under a new id."


class EvidenceMoved(Conflict):
    """Results came in, or went, after the conclusion was drawn. Facts: id."""

    code = "evidence_moved"
    zh = "结论 {id} 起草后检测结果有变化，请重新鉴别后再签发或审核。"
    en = "The results changed after conclusion {id} was drawn: identify again, then sign or review."


class SamePerson(NotAllowed):
    """Whoever signed a conclusion may not review it. Facts: by."""

    code = "same_person"
    zh = "结论由 {by} 签发，审核须由另一人进行。"
    en = "{by} signed this conclusion; somebody else has to review it."


@dataclass(frozen=True, slots=True)
class ConclusionSent:
    """A conclusion as somebody proposes it: ``id`` was made on the page, once.

    By the standards (IDENTIFICATION) the nature and the figures come from the results, and what is
    sent of them is passed over; a REPORT says them itself; an EXPERT says the nature and why.
    What identification cannot measure is stated: whether it is solid waste at all, whether the
    national list has it (GB 5085.7-2019, 4.1 and 4.2), which characteristics its origin excludes,
    the single-nuclide activity that a survey measured.
    """

    id: UUID
    site_code: str
    plan_code: str | None
    basis: ConclusionBasis
    nature: WasteNature
    waste_class: WasteClass | None
    concluded_on: date | None
    leach_multiple: float | None
    radioactivity_bq_g: float | None
    laboratory: str | None
    report_no: str | None
    reason: str
    is_solid_waste: bool | None
    is_listed: bool | None
    hw_code: str | None
    excluded: list[str]

    def content_hash(self) -> str:
        """Return the SHA-256 of the content in a form no serialiser can change."""
        return sha256_of(*astuple(self)[1:])


@dataclass(frozen=True, slots=True)
class Conclusion(ConclusionSent):
    """A version of a conclusion as the register keeps it.

    ``leach_multiple`` is the highest HJ 557 concentration over its GB 8978-1996 limit
    (GB 18599-2020, 3.6). ``finding`` holds the steps of the identification, and
    ``evidence_sha256`` the results it was drawn from. ``unchecked`` are the rows of the standards
    that nobody had compared with the text when it was signed (待核对原文).
    """

    version: int
    recorded_at: datetime
    state: ConclusionState
    body_sha256: str
    finding: dict[str, Any] | None
    evidence_sha256: str | None
    unchecked: list[str]
    proposed_by: str
    signed_by: str | None
    signed_at: datetime | None
    reviewed_by: str | None
    reviewed_at: datetime | None
    review_comment: str
    superseded_by: UUID | None
    is_demo: bool

    def signed(self, by: str, at: datetime, unchecked: list[str]) -> "Conclusion":
        """Return it signed; raises ConclusionMoved, OutcomeOpen."""
        self._require(ConclusionState.DRAFT)
        if self.nature is WasteNature.UNIDENTIFIED:
            raise OutcomeOpen(**_open_facts(self.finding or {}))
        return self._next(
            at, state=ConclusionState.SIGNED, signed_by=by, signed_at=at, unchecked=unchecked
        )

    def reviewed(self, by: str, at: datetime, accepted: bool, comment: str) -> "Conclusion":
        """Return it in force or returned; raises ConclusionMoved, SamePerson, or Incomplete."""
        self._require(ConclusionState.SIGNED)
        if by == self.signed_by:
            raise SamePerson(by=by)
        if not accepted and not comment.strip():
            raise ConclusionIncomplete(missing_zh="退回的原因", missing_en="why it is returned")
        state = ConclusionState.IN_FORCE if accepted else ConclusionState.RETURNED
        return self._next(
            at, state=state, reviewed_by=by, reviewed_at=at, review_comment=comment.strip()
        )

    def superseded(self, by: UUID, at: datetime) -> "Conclusion":
        """Return it as replaced by a newer one; raises ConclusionMoved."""
        self._require(ConclusionState.IN_FORCE, ConclusionState.DRAFT)
        return self._next(at, state=ConclusionState.SUPERSEDED, superseded_by=by)

    def _next(self, at: datetime, **changes: Any) -> "Conclusion":
        return replace(self, version=self.version + 1, recorded_at=at, **changes)

    def _require(self, *states: ConclusionState) -> None:
        if self.state not in states:
            raise ConclusionMoved(id=self.id, state_zh=self.state.zh, state_en=self.state.en)


def require_doubt(finding: Finding) -> None:
    """Refuse an expert's opinion on what is not in doubt; raises NotInDoubt."""
    if finding.outcome is not Outcome.DOUBTFUL:
        raise NotInDoubt(outcome_zh=finding.outcome.zh, outcome_en=finding.outcome.en)


def _open_facts(finding: dict[str, Any]) -> dict[str, str]:
    missing = finding.get("missing") or []
    outcome = finding.get("outcome_words") or {"name_zh": "未定", "name_en": "undecided"}
    return {
        "outcome_zh": outcome["name_zh"],
        "outcome_en": outcome["name_en"],
        "missing_zh": "；".join(one["text_zh"] for one in missing) or "尚无可用的检测结果",
        "missing_en": "; ".join(one["text_en"] for one in missing) or "there are no results",
    }


def require_complete(sent: ConclusionSent, today: date) -> None:
    """Refuse a conclusion that lacks what its basis needs, or is of a day that cannot be.

    Raises ConclusionIncomplete, DateInFuture, DateTooEarly.
    """
    missing: list[tuple[str, str]] = []
    if sent.basis in {ConclusionBasis.REPORT, ConclusionBasis.EXPERT}:
        if sent.nature is WasteNature.UNIDENTIFIED:
            missing.append(("属性", "the nature of the waste"))
    if sent.basis is ConclusionBasis.REPORT:
        if not (sent.laboratory or "").strip():
            missing.append(("检测机构", "the laboratory"))
        if not (sent.report_no or "").strip():
            missing.append(("报告编号", "the report's number"))
        if sent.concluded_on is None:
            missing.append(("报告日期", "the report's day"))
        if sent.nature is WasteNature.RADIOACTIVE and sent.radioactivity_bq_g is None:
            missing.append(("单核素活度（Bq/g）", "the highest nuclide's activity in Bq/g"))
    if sent.basis is ConclusionBasis.EXPERT and not sent.reason.strip():
        missing.append(("专家意见的理由", "the expert's reason"))
    if sent.hw_code and not HW_CODE.fullmatch(sent.hw_code):
        missing.append(
            ("正确的危险废物代码（如 HW18、772-002-18）", "a code such as HW18 or 772-002-18")
        )
    if missing:
        raise ConclusionIncomplete(
            missing_zh="、".join(zh for zh, _ in missing),
            missing_en=", ".join(en for _, en in missing),
        )
    if sent.concluded_on is not None and sent.concluded_on > today:
        raise DateInFuture(day=sent.concluded_on)
    if sent.concluded_on is not None and sent.concluded_on < CLOCK_START.date():
        raise DateTooEarly(day=sent.concluded_on, first=CLOCK_START.date())
