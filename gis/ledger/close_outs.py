"""Verbs on close-outs: proposed by one, approved by two others, sent back with a comment."""

from dataclasses import astuple, dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from gis.domain.canonical import sha256_of
from gis.domain.closing.close_out import (
    CloseOut,
    CloseOutSent,
    CloseOutStep,
    person_of,
    require_approver,
    require_comment,
    require_nothing_missing,
    require_role,
)
from gis.domain.closing.errors import CloseOutWaiting, NotToClose
from gis.domain.closing.gate import CloseOutFacts
from gis.domain.closing.rules import NEEDS_REASON
from gis.domain.sites.errors import IdReused
from gis.domain.sites.lineage import require_on_list
from gis.domain.sites.site import Site
from gis.domain.terms import CloseOutAct, CloseOutState, Role, SiteState
from gis.ledger.book import Book, Entry
from gis.ledger.close_out_facts import evidence_of, facts_of, lacking
from gis.ledger.closing import close_projects, work_left
from gis.ledger.sites import put_version
from gis.rules import close_out as rules
from gis.store import close_outs, people, shape, sites, tables
from gis.store.register import day_of

CLOSABLE = (SiteState.LISTED, SiteState.IN_REMEDIATION, SiteState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class StepSent:
    """An approval or a return: ``id`` was made by the page, once.

    ``waiver_reason`` and ``waiver_check`` are a reviewer's word on a missing satellite check.
    """

    id: UUID
    close_out_id: UUID
    is_approval: bool
    comment: str
    waiver_reason: str = ""
    waiver_check: UUID | None = None

    def content_hash(self) -> str:
        """Return the SHA-256 of the content."""
        return sha256_of(*astuple(self)[1:])


def propose(book: Book, sent: CloseOutSent) -> CloseOut:
    """Propose a site's close-out; the same proposal again is the same answer.

    Only a missing satellite check may still be open: a reviewer can pass that. Raises
    NotInRegister, IdReused, LineageRefused, NotToClose, CloseOutWaiting, WorksDatesUnfit,
    EvidenceMissing.
    """
    with book.entry() as entry:
        site = sites.site(entry.connection, sent.site_code)
        known = close_outs.filed(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != sent.content_hash():
                raise IdReused(id=sent.id)
            return known
        _require_closable(entry, site)
        sent.require_sound()
        stale = close_outs.in_force(entry.connection, site.code)
        if stale is not None:  # its project was taken back by hand: it holds no more
            put_reopened(entry, stale, uuid5(sent.id, "reopen"), "项目已退回（回弹）")
        facts = _facts(entry, site, sent, None)
        require_nothing_missing(site.code, [one for one in lacking(facts) if not one.is_waivable])
        proposed = CloseOut(
            **{name: getattr(sent, name) for name in CloseOutSent.__slots__},
            version=1,
            recorded_at=entry.now,
            district_code=site.district_code,
            state=CloseOutState.PROPOSED,
            body_sha256=sent.content_hash(),
            evidence=evidence_of(facts),
            waiver=None,
            proposed_by=entry.actor,
            proposed_at=entry.now,
            first_by=None,
            first_at=None,
            second_by=None,
            second_at=None,
            closed_on=None,
            reopened_at=None,
            is_demo=site.is_demo,
        )
        sha256 = sent.content_hash()
        step = _step(entry, proposed, sent.id, CloseOutAct.PROPOSE, sent.note, sha256)
        _put(entry, None, proposed, step, "propose_close_out")
        return proposed


def _facts(
    entry: Entry, site: Site, sent: CloseOutSent, waiver: dict[str, Any] | None
) -> CloseOutFacts:
    left = work_left(entry.connection, site, entry.now)
    return facts_of(entry.connection, site, sent, waiver, entry.now, left)


def _require_closable(entry: Entry, site: Site) -> None:
    require_on_list(site)
    if site.state not in CLOSABLE:
        raise NotToClose(code_=site.code, state_zh=site.state.zh, state_en=site.state.en)
    for one in close_outs.of_site(entry.connection, site.code):
        if one.state.is_waiting:
            raise CloseOutWaiting(
                code_=site.code,
                by=one.proposed_by,
                state_zh=one.state.zh,
                state_en=one.state.en,
            )


def decide(book: Book, sent: StepSent) -> CloseOut:
    """Approve a close-out or send it back; the second approval closes the site, all at once.

    Evidence is looked at anew: what was withdrawn or seen meanwhile counts. Raises NotInRegister,
    IdReused, CloseOutMoved, OwnCloseOut, SameApprover, ApproverUnfit, CommentMissing,
    EvidenceMissing, NotToClose.
    """
    with book.entry() as entry:
        known = close_outs.step(entry.connection, sent.id)
        before = close_outs.close_out(entry.connection, sent.close_out_id)
        if known is not None:
            if known.body_sha256 != sent.content_hash():
                raise IdReused(id=sent.id)
            return before
        require_approver(before, entry.actor, role_of(entry), rules.current())
        take, act, verb = _STEPS[sent.is_approval]
        after = take(entry, before, sent)
        step = _step(entry, after, sent.id, act, sent.comment.strip(), sent.content_hash())
        _put(entry, before, after, step, verb)
        if after.state is CloseOutState.IN_FORCE:
            _close(entry, after)
        return after


def role_of(entry: Entry) -> Role | None:
    """Return the role of whoever writes, or None of one without an account that may sign in."""
    user = people.user_named(entry.connection, person_of(entry.actor))
    return None if user is None or user.suspended_at is not None else user.role


def _returned(entry: Entry, before: CloseOut, sent: StepSent) -> CloseOut:
    require_comment(sent.comment, "退回的原因", "why it is sent back")
    return before.next(entry.now, state=CloseOutState.RETURNED)


def _approved(entry: Entry, before: CloseOut, sent: StepSent) -> CloseOut:
    require_comment(sent.comment, "审批意见", "the comment of the approval")
    site = sites.site(entry.connection, before.site_code)
    if site.state not in CLOSABLE:
        raise NotToClose(code_=site.code, state_zh=site.state.zh, state_en=site.state.en)
    waiver = _waiver(entry, before, sent)
    facts = _facts(entry, site, before, waiver)
    require_nothing_missing(site.code, lacking(facts))
    if waiver is not None and facts.waiver is not None and facts.waiver.visited_on is not None:
        waiver = waiver | {"visited_on": facts.waiver.visited_on.isoformat()}
    if rules.current().effects[facts.satellite.result] != NEEDS_REASON:
        waiver = None  # an image has come since, and speaks for itself
    after = before.approved(entry.actor, entry.now, day_of(entry.now))
    return replace(after, evidence=evidence_of(facts), waiver=waiver)


_STEPS = {
    True: (_approved, CloseOutAct.APPROVE, "approve_close_out"),
    False: (_returned, CloseOutAct.RETURN, "return_close_out"),
}
"""How an approval and a return are taken, by whether it is an approval."""


def _waiver(entry: Entry, before: CloseOut, sent: StepSent) -> dict[str, Any] | None:
    if not sent.waiver_reason.strip():
        return before.waiver
    require_role(entry.actor, role_of(entry), rules.current().waiver_roles)
    return {
        "reason": sent.waiver_reason.strip(),
        "check_id": None if sent.waiver_check is None else str(sent.waiver_check),
        "by": entry.actor,
        "at": entry.now.isoformat(),
    }


def _close(entry: Entry, one: CloseOut) -> None:
    before = sites.site(entry.connection, one.site_code)
    after = before.corrected(
        entry.now,
        state=SiteState.CLOSED,
        closed_on=one.closed_on,
        accepted_on=one.accepted_on or before.accepted_on,
        acceptance_no=one.acceptance_no or before.acceptance_no,
    )
    put_version(entry, before, after, verb="close_out_site")
    close_projects(entry, after, one.id, one.note)


def _step(
    entry: Entry, one: CloseOut, step_id: UUID, act: CloseOutAct, comment: str, sha256: str
) -> CloseOutStep:
    return CloseOutStep(
        id=step_id,
        close_out_id=one.id,
        number=one.version,
        act=act,
        at=entry.now,
        by=entry.actor,
        role=role_of(entry),
        comment=comment,
        body_sha256=sha256,
    )


def _put(
    entry: Entry, before: CloseOut | None, after: CloseOut, step: CloseOutStep, verb: str
) -> None:
    """Store a version of a close-out with the step that led to it."""
    shape.insert(entry.connection, tables.close_outs, [after])
    shape.insert(entry.connection, tables.close_out_steps, [step])
    entry.log(verb, "site", after.site_code, before=before, after=after)


def put_reopened(entry: Entry, one: CloseOut, step_id: UUID, reason: str) -> None:
    """Store that a close-out no longer holds, in the caller's transaction."""
    after = one.next(entry.now, state=CloseOutState.REOPENED, reopened_at=entry.now)
    sha256 = sha256_of(reason)
    step = _step(entry, after, step_id, CloseOutAct.REOPEN, reason, sha256)
    _put(entry, one, after, step, "reopen_close_out")
