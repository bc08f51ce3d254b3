"""Verbs of the look-back: each new image is heard, a finding reopens, a person settles it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from gis.domain.closing.close_out import CloseOut, require_comment
from gis.domain.closing.errors import NotClosed, VisitTooEarly
from gis.domain.closing.look_back import Baseline, LookBack, Seen, baseline_of, seen_on
from gis.domain.detection.candidate import Candidate, Sighting
from gis.domain.errors import DateInFuture
from gis.domain.follow_up.observation import Observation
from gis.domain.sites.errors import IdReused
from gis.domain.sites.lineage import require_on_list
from gis.domain.sites.site import Site
from gis.domain.terms import (
    FindingState,
    LookBackBy,
    LookBackResult,
    SiteState,
)
from gis.ledger.book import Book, Entry
from gis.ledger.close_outs import put_reopened
from gis.ledger.closing import look_back_projects, reopen_projects
from gis.ledger.sites import put_version
from gis.rules import close_out as rules
from gis.store import close_outs, look_backs, shape, sites, tables
from gis.store.register import day_of

LOOKED_AT = (SiteState.CLOSED, SiteState.SUSPECTED)
NAMESPACE = UUID("0b6f6f0e-5f0a-5b44-8f7c-6c6f6f6b6261")


@dataclass(frozen=True, slots=True)
class VisitSent:
    """A look-back on the spot: ``id`` was made by the page, once."""

    id: UUID
    site_code: str
    visited_on: date
    result: LookBackResult
    note: str


def look_back(book: Book, observation: Observation) -> LookBack | None:
    """Hear a new observation of a site; None where the site was not closed before its day.

    Heard again it adds nothing. A scene that has found something is not heard a second time; a
    newer measuring of it that comes to another result is kept beside the first.
    """
    with book.entry() as entry:
        site = sites.site(entry.connection, observation.site_code)
        closed_on = look_backs.closed_on(entry.connection, site.code)
        if site.state not in LOOKED_AT or closed_on is None:
            return None
        if observation.observed_on <= closed_on:
            return None
        one = close_outs.in_force(entry.connection, site.code)
        asked = rules.current()
        baseline = Baseline() if one is None else baseline_of(one.evidence, asked.look_back)
        seen = seen_on(observation, baseline, asked.look_back, asked.valid_share)
        heard = look_backs.by_scene(
            entry.connection, site.code, None if one is None else one.id, observation.scene_id
        )
        for before in heard:
            if before.result in {LookBackResult.FOUND, seen.result}:
                return before
        made = _new(
            entry,
            site,
            one,
            LookBackBy.SCENE,
            uuid5(NAMESPACE, f"{site.code} {observation.id}"),
            observation.observed_on,
            seen,
            scene_id=observation.scene_id,
            observation_id=observation.id,
        )
        return _put(entry, site, made)


def hear_all(book: Book, scene_id: UUID | None = None) -> list[LookBack]:
    """Hear every observation of closed sites, of one scene or all; again it adds nothing."""
    with book.reading() as connection:
        found = look_backs.unheard(connection, scene_id)
    heard = [look_back(book, one) for one in found]
    return [one for one in heard if one is not None]


def look_back_at_candidate(
    entry: Entry, candidate: Candidate, sighting: Sighting
) -> LookBack | None:
    """Hear that a detection run found something on a closed site, in the run's transaction."""
    if candidate.site_code is None or sighting.acquired_on is None:
        return None
    site = sites.site(entry.connection, candidate.site_code)
    closed_on = look_backs.closed_on(entry.connection, site.code)
    if site.state not in LOOKED_AT or closed_on is None or sighting.acquired_on <= closed_on:
        return None
    one = close_outs.in_force(entry.connection, site.code)
    look_id = uuid5(NAMESPACE, f"{site.code} {sighting.scene_id} {candidate.id}")
    known = look_backs.filed(entry.connection, look_id)
    if known is not None:
        return known
    reason = {
        "code": "candidate",
        "zh": f"遥感识别在点位上发现图斑，{sighting.area_m2:,.0f} m²",
        "en": f"a detection run found a candidate on the site, {sighting.area_m2:,.0f} m²",
    }
    measures = {"class_name": sighting.class_name, "confidence": sighting.confidence}
    seen = Seen(LookBackResult.FOUND, [reason], measures)
    made = _new(
        entry,
        site,
        one,
        LookBackBy.CANDIDATE,
        look_id,
        sighting.acquired_on,
        seen,
        scene_id=sighting.scene_id,
        candidate_id=candidate.id,
    )
    return _put(entry, site, made)


def record_visit(book: Book, sent: VisitSent) -> LookBack:
    """Record a look-back on the spot; the same again is the same answer.

    Raises NotInRegister, LineageRefused, NotClosed, DateInFuture, VisitTooEarly, CommentMissing,
    IdReused.
    """
    with book.entry() as entry:
        site = sites.site(entry.connection, sent.site_code)
        known = look_backs.filed(entry.connection, sent.id)
        if known is not None:
            same = (known.site_code, known.looked_on, known.result, known.note)
            if same != (sent.site_code, sent.visited_on, sent.result, sent.note.strip()):
                raise IdReused(id=sent.id)
            return known
        require_on_list(site)
        closed_on = look_backs.closed_on(entry.connection, site.code)
        if site.state not in LOOKED_AT:
            raise _not_closed(site)
        if sent.visited_on > day_of(entry.now):
            raise DateInFuture(day=sent.visited_on)
        if closed_on is not None and sent.visited_on < closed_on:
            raise VisitTooEarly(code_=site.code, day=sent.visited_on, closed=closed_on)
        require_comment(sent.note, "回头看的情况", "what was seen")
        one = close_outs.in_force(entry.connection, site.code)
        seen = Seen(sent.result, [], {})
        made = _new(entry, site, one, LookBackBy.VISIT, sent.id, sent.visited_on, seen, sent.note)
        return _put(entry, site, made)


def settle(book: Book, look_back_id: UUID, is_relapse: bool, reason: str) -> LookBack:
    """Confirm signs of a relapse, which reopens the site for work, or dismiss them with a reason.

    The same answer again changes nothing. Raises NotInRegister, CommentMissing, NoFinding,
    NotClosed.
    """
    with book.entry() as entry:
        before = look_backs.look_back(entry.connection, look_back_id)
        asked = FindingState.CONFIRMED if is_relapse else FindingState.DISMISSED
        if before.finding is asked and before.decided_by == entry.actor:
            return before
        require_comment(reason, "核实结论的理由", "the reason of the decision")
        after = before.decided(is_relapse, entry.actor, entry.now, reason)
        site = sites.site(entry.connection, before.site_code)
        if site.state is not SiteState.SUSPECTED:
            raise _not_closed(site)
        if is_relapse:
            _reopen(entry, site, after)
        else:
            _settle(entry, before, after)
            _close_again(entry, site)
        return after


def _not_closed(site: Site) -> NotClosed:
    return NotClosed(code_=site.code, state_zh=site.state.zh, state_en=site.state.en)


def _new(
    entry: Entry,
    site: Site,
    one: CloseOut | None,
    by: LookBackBy,
    look_id: UUID,
    looked_on: date,
    seen: Seen,
    note: str = "",
    *,
    scene_id: UUID | None = None,
    observation_id: UUID | None = None,
    candidate_id: UUID | None = None,
) -> LookBack:
    is_found = seen.result is LookBackResult.FOUND
    return LookBack(
        id=look_id,
        site_code=site.code,
        close_out_id=None if one is None else one.id,
        by=by,
        scene_id=scene_id,
        observation_id=observation_id,
        candidate_id=candidate_id,
        looked_on=looked_on,
        recorded_at=entry.now,
        recorded_by=entry.actor,
        result=seen.result,
        reasons=seen.reasons,
        measures=seen.measures,
        note=note.strip(),
        finding=FindingState.TO_VERIFY if is_found else None,
        decided_at=None,
        decided_by=None,
        decided_reason=None,
        is_demo=site.is_demo,
    )


def _put(entry: Entry, site: Site, made: LookBack) -> LookBack:
    """Store a look-back; a finding makes its closed site suspected, code and history kept."""
    shape.insert(entry.connection, tables.look_backs, [made])
    entry.log("look_back", "site", site.code, after=made)
    if made.result is not LookBackResult.UNCLEAR and site.state is SiteState.CLOSED:
        look_back_projects(entry, site, made.id)
    if made.finding is not None and site.state is SiteState.CLOSED:
        after = site.corrected(entry.now, state=SiteState.SUSPECTED, closed_on=None)
        put_version(entry, site, after, verb="suspect_site")
    return made


def _settle(entry: Entry, before: LookBack, after: LookBack) -> None:
    shape.replace(entry.connection, tables.look_backs, after)
    entry.log("settle_look_back", "site", after.site_code, before=before, after=after)


def _reopen(entry: Entry, site: Site, decided: LookBack) -> None:
    """Reopen a site for work; whatever else waited to be verified at it is confirmed with it."""
    for one in look_backs.of_site(entry.connection, site.code):
        if one.finding is FindingState.TO_VERIFY:
            reason = decided.decided_reason or ""
            _settle(entry, one, one.decided(True, entry.actor, entry.now, reason))
    held = close_outs.in_force(entry.connection, site.code)
    if held is not None:
        put_reopened(entry, held, uuid5(decided.id, "reopen"), decided.decided_reason or "")
    works = reopen_projects(entry, site, decided.id, decided.decided_reason or "")
    state = SiteState.IN_REMEDIATION if works else SiteState.LISTED
    after = site.corrected(entry.now, state=state, accepted_on=None, acceptance_no=None)
    put_version(entry, site, after, verb="reopen_site")


def _close_again(entry: Entry, site: Site) -> None:
    """Put a site back to closed, as of its day, once nothing at it waits to be verified."""
    looks = look_backs.of_site(entry.connection, site.code)
    if any(one.finding is FindingState.TO_VERIFY for one in looks):
        return
    closed_on = look_backs.closed_on(entry.connection, site.code)
    after = site.corrected(entry.now, state=SiteState.CLOSED, closed_on=closed_on)
    put_version(entry, site, after, verb="dismiss_relapse")
