"""销号: a site's close-out, proposed by one person and approved by two others, never edited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.closing.errors import (
    ApproverUnfit,
    CloseOutMoved,
    CommentMissing,
    EvidenceMissing,
    OwnCloseOut,
    SameApprover,
    WorksDatesUnfit,
)
from gis.domain.closing.gate import HeadSaid, Shortfall, said_of
from gis.domain.closing.rules import CloseOutRules
from gis.domain.terms import CloseOutAct, CloseOutState, Head, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOutSent:
    """A close-out as somebody proposes it: ``id`` was made by the page, once.

    ``heads`` holds what is said under each head by its word (`HeadSaid`), as plain JSON;
    ``photos_before`` and ``photos_after`` name pictures ("paper:…", "photo:…").
    """

    id: UUID
    site_code: str
    works_began_on: date | None
    works_ended_on: date | None
    heads: dict[str, Any]
    photos_before: list[str]
    photos_after: list[str]
    accepted_on: date | None
    acceptance_no: str | None
    note: str

    def content_hash(self) -> str:
        """Return the SHA-256 of the content in a form no serialiser can change."""
        names = [name for name in CloseOutSent.__slots__ if name != "id"]
        return sha256_of(*(getattr(self, name) for name in names))

    def said(self) -> dict[Head, HeadSaid]:
        """Return what is said under each head."""
        return {head: said_of(self.heads.get(head.value)) for head in Head}

    def require_sound(self) -> None:
        """Refuse days of works that cannot be; raises WorksDatesUnfit."""
        began, ended = self.works_began_on, self.works_ended_on
        if began is not None and ended is not None and ended < began:
            raise WorksDatesUnfit(began=began, ended=ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOut(CloseOutSent):
    """A version of a close-out as the register keeps it.

    ``evidence`` is what the gate saw at the last step: photographs with their verdicts, and the
    satellite check with its numbers. ``waiver`` is why a missing satellite check was passed, with
    the field check that stands in for it. ``closed_on`` is the day of the second approval.
    """

    version: int
    recorded_at: datetime
    district_code: str
    state: CloseOutState
    body_sha256: str
    evidence: dict[str, Any]
    waiver: dict[str, Any] | None
    proposed_by: str
    proposed_at: datetime
    first_by: str | None
    first_at: datetime | None
    second_by: str | None
    second_at: datetime | None
    closed_on: date | None
    reopened_at: datetime | None
    is_demo: bool

    def next(self, at: datetime, **changes: Any) -> "CloseOut":
        """Return the next version with ``changes``."""
        return replace(self, version=self.version + 1, recorded_at=at, **changes)

    def require_waiting(self) -> None:
        """Refuse a step on what waits for nobody; raises CloseOutMoved."""
        if not self.state.is_waiting:
            raise CloseOutMoved(
                code_=self.site_code, state_zh=self.state.zh, state_en=self.state.en
            )

    def approved(self, by: str, at: datetime, today: date) -> "CloseOut":
        """Return it after an approval: passed once, or in force as of ``today``."""
        if self.state is CloseOutState.PROPOSED:
            return self.next(at, state=CloseOutState.PASSED_ONCE, first_by=by, first_at=at)
        return self.next(
            at, state=CloseOutState.IN_FORCE, second_by=by, second_at=at, closed_on=today
        )


@dataclass(frozen=True, slots=True)
class CloseOutStep:
    """One step in the life of a close-out; steps are added, never changed.

    ``id`` was made by the page; ``number`` counts from 1. ``role`` is that of ``by`` at the time.
    """

    id: UUID
    close_out_id: UUID
    number: int
    act: CloseOutAct
    at: datetime
    by: str
    role: Role | None
    comment: str
    body_sha256: str


def person_of(actor: str) -> str:
    """Return the person behind a name of the log: the terminal's is the account of that name.

    >>> person_of("cli:li"), person_of("li")
    ('li', 'li')
    """
    return actor.removeprefix("cli:")


def require_approver(one: CloseOut, by: str, role: Role | None, rules: CloseOutRules) -> None:
    """Refuse who may not give the next approval: the two are others than the proposer.

    Raises CloseOutMoved, OwnCloseOut, SameApprover, ApproverUnfit.
    """
    one.require_waiting()
    if person_of(by) == person_of(one.proposed_by):
        raise OwnCloseOut(by=by)
    number = 1 if one.state is CloseOutState.PROPOSED else 2
    if number == 2 and one.first_by is not None and person_of(by) == person_of(one.first_by):
        raise SameApprover(by=by)
    allowed = next(rule.roles for rule in rules.approvals if rule.number == number)
    require_role(by, role, allowed)


def require_role(by: str, role: Role | None, allowed: Sequence[Role]) -> None:
    """Refuse a person without one of the roles; raises ApproverUnfit."""
    if role not in allowed:
        raise ApproverUnfit(
            by=by,
            roles_zh="或".join(one.zh for one in allowed),
            roles_en=" or a ".join(one.en.lower() for one in allowed),
        )


def require_comment(comment: str, zh: str, en: str) -> None:
    """Refuse a step without its words; raises CommentMissing."""
    if not comment.strip():
        raise CommentMissing(what_zh=zh, what_en=en)


def require_nothing_missing(code: str, lacks: Sequence[Shortfall]) -> None:
    """Refuse a step while evidence is missing, naming all of it; raises EvidenceMissing."""
    if lacks:
        raise EvidenceMissing(
            code_=code,
            missing_zh="；".join(one.zh for one in lacks),
            missing_en="; ".join(one.en for one in lacks),
            missing=[one.plain() for one in lacks],
        )


def heads_plain(said: Mapping[Head, HeadSaid]) -> dict[str, Any]:
    """Return heads as plain JSON, as the register keeps them; those without a word are left out."""
    return {head.value: one.plain() for head, one in said.items() if one != HeadSaid()}
