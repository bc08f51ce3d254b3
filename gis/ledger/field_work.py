"""Verbs on work: give it to a person or a team, withdraw it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from gis.domain.canonical import sha256_of
from gis.domain.people.assignment import (
    MOST_PLACES,
    AssignedPlace,
    AssigneeMissing,
    Assignment,
    CandidateWish,
    NothingToGive,
    PlaceRef,
    PlaceUnfit,
    TooManyToGive,
    WorkReasonMissing,
    WorkSent,
    WorkWithdrawn,
)
from gis.domain.people.team import MemberUnknown, TeamEnded
from gis.domain.place import District
from gis.domain.sites.errors import IdReused
from gis.domain.terms import TeachReason
from gis.ledger.book import Book, Entry
from gis.ledger.places import around_of
from gis.rules.field_list import list_rules
from gis.spatial import crs
from gis.store import field_work, giving, places, shape, tables, teaching, teams


class Given(NamedTuple):
    """What came of giving: the work, whether it is new, how many places were others' before."""

    assignment: Assignment
    is_new: bool
    passed_on: int


def give_work(book: Book, sent: WorkSent) -> Given:
    """Give places to a person or a team. The same id with the same content is the same work.

    What the work means is settled now: the places that wait in the town or reach, or fit the
    filter, as they are found. Raises AssigneeMissing, DistrictUnknown, IdReused, MemberUnknown,
    NothingToGive, NotInRegister, PlaceUnfit, TeamEnded, TooManyToGive.
    """
    digest = sha256_of(sent)
    with book.entry() as entry:
        known = field_work.filed_assignment(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != digest:
                raise IdReused(id=sent.id)
            return Given(known, False, 0)
        district = places.district(entry.connection, sent.district_code)
        _require_assignee(entry, sent)
        refs = _meant(entry, sent, district)
        lessons = _lessons(entry, sent, refs)
        refs = [*refs, *lessons]
        if not refs:
            raise NothingToGive(what=sent.subject or "—")
        if len(refs) > MOST_PLACES:
            raise TooManyToGive(number=len(refs), most=MOST_PLACES)
        keys = [ref.key for ref in refs]
        passed_on = field_work.live_places(entry.connection, keys)
        assignment = _assignment(entry, sent, len(refs), digest)
        shape.insert(entry.connection, tables.assignments, [assignment])
        mine = [AssignedPlace(sent.id, ref.key, *ref, lessons.get(ref)) for ref in refs]
        shape.insert(entry.connection, tables.assigned_places, mine)
        after = {"work": assignment, "places": keys}
        entry.log("give_work", "assignment", sent.id, after=after)
        return Given(assignment, True, passed_on)


def _assignment(entry: Entry, sent: WorkSent, number: int, digest: str) -> Assignment:
    return Assignment(
        id=sent.id,
        district_code=sent.district_code,
        team_id=sent.team_id,
        username=sent.username,
        named_by=sent.named_by,
        subject=sent.subject,
        places=number,
        due_on=sent.due_on,
        note=sent.note.strip(),
        body_sha256=digest,
        given_at=entry.now,
        given_by=entry.actor,
        withdrawn_at=None,
        withdrawn_by=None,
        withdrawn_reason=None,
    )


def _require_assignee(entry: Entry, sent: WorkSent) -> None:
    if (sent.team_id is None) == (sent.username is None):
        raise AssigneeMissing()
    if sent.team_id is not None:
        team = teams.team(entry.connection, sent.team_id)
        if team.ended_at is not None or team.district_code != sent.district_code:
            raise TeamEnded(name=team.name)
    elif sent.username not in {user.username for user in teams.checkers(entry.connection)}:
        raise MemberUnknown(username=str(sent.username)[:60])


def _meant(entry: Entry, sent: WorkSent, district: District) -> list[PlaceRef]:
    """Return the places that work is of, each once."""
    code, rules = sent.district_code, list_rules()
    if sent.town is not None:
        town = CandidateWish(town=sent.town)
        return [
            *giving.waiting_sites(entry.connection, code, entry.now, rules, town=sent.town),
            *giving.waiting_candidates(entry.connection, code, town),
        ]
    if sent.reach is not None:
        return [
            *giving.waiting_sites(entry.connection, code, entry.now, rules, reach=sent.reach),
            *_candidates_of_reach(entry, district, sent.reach),
        ]
    if sent.wish is not None:
        return giving.waiting_candidates(entry.connection, code, sent.wish)
    found = giving.fit(entry.connection, code, sent.places)
    for ref in sent.places:
        if ref.key not in found:
            raise PlaceUnfit(key=ref.key[:80])
    return list({ref.key: ref for ref in found.values()}.values())


def _lessons(entry: Entry, sent: WorkSent, refs: Sequence[PlaceRef]) -> dict[PlaceRef, TeachReason]:
    """Return the candidates that are added because they teach, each with the reason."""
    if not sent.teach:
        return {}
    meant = {ref.candidate_id for ref in refs if ref.candidate_id is not None}
    found = teaching.lessons(entry.connection, sent.district_code, sent.teach, meant)
    return {PlaceRef(UUID(one.key), None): one.reason for one in found}


def _candidates_of_reach(entry: Entry, district: District, reach: str) -> Sequence[PlaceRef]:
    """Return the candidates that lie along a reach, by the rule that sites do."""
    rivers = around_of(entry.connection, district).rivers
    waiting = giving.waiting_outlines(entry.connection, district.code)
    if not rivers or not waiting:
        return []
    shapes = crs.all_to_metric([outline for _, outline in waiting], district.metric_epsg)
    return [
        PlaceRef(found, None)
        for (found, _), place in zip(waiting, rivers.locate(shapes), strict=True)
        if place.reach is not None and place.reach.name_zh == reach
    ]


def withdraw_work(book: Book, assignment_id: UUID, reason: str) -> Assignment:
    """Take work back; its places go to whoever held them before, or wait for anybody.

    The same reason again changes nothing. Raises NotInRegister, WorkReasonMissing, WorkWithdrawn.
    """
    if not reason.strip():
        raise WorkReasonMissing()
    with book.entry() as entry:
        before = field_work.assignment(entry.connection, assignment_id)
        if before.withdrawn_at is not None:
            if before.withdrawn_reason == reason.strip():
                return before
            raise WorkWithdrawn(by=before.withdrawn_by, reason=before.withdrawn_reason)
        after = replace(
            before,
            withdrawn_at=entry.now,
            withdrawn_by=entry.actor,
            withdrawn_reason=reason.strip(),
        )
        shape.replace(entry.connection, tables.assignments, after)
        entry.log("withdraw_work", "assignment", assignment_id, before=before, after=after)
        return after
