"""What the office says of a candidate by the image: go there, a look-alike, or leave it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from gis.domain.detection.candidate import Candidate
from gis.domain.terms import CandidateState, LookAlike, OfficeSays, Standing
from gis.errors import BadInput, Conflict

STATE_BY_OFFICE: Mapping[OfficeSays, CandidateState] = {
    OfficeSays.VISIT: CandidateState.TO_VISIT,
    OfficeSays.LOOK_ALIKE: CandidateState.RULED_OUT,
    OfficeSays.IGNORE: CandidateState.IGNORED,
}
OPEN_TO_OFFICE = frozenset(
    {CandidateState.TO_CHECK, CandidateState.UNREACHABLE, *STATE_BY_OFFICE.values()}
)
"""States in which nobody in the field has found out what the place is."""


class FieldHasSpoken(Conflict):
    """A verdict by the image on what was looked at in the field. Facts: state_zh, state_en."""

    code = "field_has_spoken"
    zh = "该图斑已由现场核实定为“{state_zh}”，影像判读不能更改：如有疑问请重新派人核实。"
    en = (
        "A field check found this candidate to be “{state_en}”, which no verdict by the image "
        "changes: if in doubt, send somebody again."
    )


class KindOfLookAlikeMissing(BadInput):
    """A look-alike without saying which, or a kind with another verdict."""

    code = "kind_of_look_alike_missing"
    zh = "判为相似地物时请选择是哪一种地物；其他判读不填地物类型。"
    en = "Say which look-alike it is; with any other verdict leave the kind out."


class VerdictOvertaken(Conflict):
    """An undo after something else happened to the candidate. Facts: id."""

    code = "verdict_overtaken"
    zh = "该判读之后图斑 {id} 又有变化，不能撤销：请按现状重新判读。"
    en = "Candidate {id} has changed since that verdict; give a new one on it as it is now."


class ThresholdUnfit(BadInput):
    """A threshold that is no share. Facts: threshold."""

    code = "threshold_unfit"
    zh = "阈值 {threshold} 无效：请填 0 到 1 之间的数。"
    en = "The threshold {threshold} is not valid: give a number from 0 to 1."


class ThresholdMoved(Conflict):
    """Somebody else moved the threshold meanwhile. Facts: yours, current."""

    code = "threshold_moved"
    zh = "该批次的阈值已由他人改为 {current}（您看到的是 {yours}）：请刷新后再改。"
    en = "The run's threshold was moved to {current} meanwhile (you saw {yours}): reload first."


class RunsIncomparable(BadInput):
    """Two runs that cannot be compared: of different places, or twice the same."""

    code = "runs_incomparable"
    zh = "请选择同一区域的两个不同批次进行对比。"
    en = "Choose two different runs of the same place to compare."


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictSent:
    """A verdict as the page sends it; ``id`` was made there, once.

    ``seen_version`` is the version of the candidate that was looked at, ``run_id`` the run whose
    list it stood in. ``look_alike`` goes with a look-alike and with nothing else.
    """

    id: UUID
    candidate_id: UUID
    run_id: UUID | None
    says: OfficeSays
    look_alike: LookAlike | None
    note: str
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeVerdict(VerdictSent):
    """A verdict as the register keeps it; what was sent never changes.

    ``made_version`` is the version of the candidate that it made, None as long as it changed
    nothing; ``state_before`` is what an undo brings back. PARALLEL stands beside another verdict
    given meanwhile, PROPOSAL on a place that has changed since: both are kept without effect until
    somebody judges again.
    """

    district_code: str
    standing: Standing
    state_before: CandidateState
    made_version: int | None
    body_sha256: str
    given_at: datetime
    given_by: str
    undone_at: datetime | None = None
    undone_by: str | None = None


def require_kind(sent: VerdictSent) -> None:
    """Refuse a look-alike without its kind; raises KindOfLookAlikeMissing."""
    if (sent.says is OfficeSays.LOOK_ALIKE) != (sent.look_alike is not None):
        raise KindOfLookAlikeMissing()


def require_open(one: Candidate) -> None:
    """Refuse to judge by the image what the field has judged; raises FieldHasSpoken."""
    if one.state not in OPEN_TO_OFFICE or one.site_code is not None:
        raise FieldHasSpoken(state_zh=one.state.zh, state_en=one.state.en)


def require_share(threshold: float) -> float:
    """Return a threshold that is a number from 0 to 1; raises ThresholdUnfit."""
    if not (math.isfinite(threshold) and 0 <= threshold <= 1):
        raise ThresholdUnfit(threshold=threshold)
    return threshold


def moved(one: Candidate, state: CandidateState) -> Candidate:
    """Return the candidate in another state, as its next version."""
    return replace(one, state=state, version=one.version + 1)
