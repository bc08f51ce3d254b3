"""Work that is given to a person or a team: which places, until when, and how far it is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from gis.domain.terms import NamedBy, TeachReason
from gis.errors import BadInput, Conflict

MOST_PLACES = 5_000
"""So many places are one person's list at most: more is no list to go by."""


@dataclass(frozen=True, slots=True)
class ListRules:
    """What belongs on a list besides the work that was given: days, from the rules' file."""

    look_every_days: int
    shown_done_days: int


class AssigneeMissing(BadInput):
    """Work for nobody, or for both a person and a team."""

    code = "assignee_missing"
    zh = "请选择一个班组或一名人员来承担任务（二者选一）。"
    en = "Choose who is to do it: one team or one person."


class NothingToGive(BadInput):
    """What was named holds no place that work could be. Facts: what."""

    code = "nothing_to_give"
    zh = "“{what}”中没有可以派发的点位或图斑，请改选范围或条件。"
    en = "There is no place to give out in “{what}”; choose another extent or filter."


class TooManyToGive(BadInput):
    """More places than a list can hold. Facts: number, most."""

    code = "too_many_to_give"
    zh = "共有 {number} 处，一次最多派发 {most} 处：请按街镇、河段或置信度分次派发。"
    en = (
        "These are {number} places and {most} can be given at once: give them out by town, "
        "reach or confidence."
    )


class ListTooLong(BadInput):
    """Somebody holds more places than a phone's list can. Facts: number, most."""

    code = "list_too_long"
    zh = "派给您的点位共 {number} 处，超过清单上限 {most} 处：请办公室撤回或转派一部分。"
    en = (
        "You hold {number} places and a list takes {most}: ask the office to withdraw some or "
        "give them to others."
    )


class PlaceUnfit(BadInput):
    """A place that is not of the district, or no longer on the list. Facts: key."""

    code = "place_unfit"
    zh = "“{key}”不在本区域的清单或图斑之中，请刷新后重新选择。"
    en = "“{key}” is no place of this district's list or candidates; reload and choose again."


class WorkReasonMissing(BadInput):
    """Work is withdrawn with a reason."""

    code = "work_reason_missing"
    zh = "请写明撤回任务的原因后再提交。"
    en = "Give the reason why the work is withdrawn and send it again."


class WorkWithdrawn(Conflict):
    """The work was withdrawn before, for another reason. Facts: by, reason."""

    code = "work_withdrawn"
    zh = "该任务已由 {by} 撤回（{reason}），无需再次撤回。"
    en = "This work was withdrawn before by {by} ({reason})."


class PlaceRef(NamedTuple):
    """A candidate or a site; exactly one is given."""

    candidate_id: UUID | None
    site_code: str | None

    @property
    def key(self) -> str:
        """Return the place's name across kinds.

        >>> PlaceRef(None, "150203-W00001-D").key
        'site:150203-W00001-D'
        """
        if self.candidate_id is not None:
            return f"candidate:{self.candidate_id}"
        return f"site:{self.site_code}"


def place_of(key: str) -> PlaceRef:
    """Return the place that a key names; raises PlaceUnfit.

    >>> place_of("site:150203-W00001-D").site_code
    '150203-W00001-D'
    """
    kind, _, name = key.partition(":")
    if kind == "site" and name:
        return PlaceRef(None, name)
    try:
        if kind == "candidate":
            return PlaceRef(UUID(name), None)
    except ValueError:
        pass
    raise PlaceUnfit(key=key[:80])


@dataclass(frozen=True, slots=True)
class CandidateWish:
    """Which candidates work is made of: those to be checked, above a confidence of 0 to 1."""

    min_confidence: float = 0.0
    class_name: str | None = None
    town: str | None = None


@dataclass(frozen=True, slots=True)
class WorkSent:
    """Work as the page sends it: ``id`` was made there, once; one of the four says what.

    ``teach`` further candidates are added whose checks would teach the next model most.
    """

    id: UUID
    district_code: str
    team_id: UUID | None
    username: str | None
    due_on: date | None
    note: str
    places: tuple[PlaceRef, ...] = ()
    town: str | None = None
    reach: str | None = None
    wish: CandidateWish | None = None
    teach: int = 0

    @property
    def named_by(self) -> NamedBy:
        """Return which of the four it is."""
        if self.town is not None:
            return NamedBy.TOWN
        if self.reach is not None:
            return NamedBy.REACH
        return NamedBy.PLACES if self.wish is None else NamedBy.CANDIDATES

    @property
    def subject(self) -> str:
        """Return the town, the reach or the filter in words that both languages share."""
        if self.wish is None:
            return self.town or self.reach or ""
        parts = (f"≥ {self.wish.min_confidence:.0%}", self.wish.class_name, self.wish.town)
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work as the register keeps it; its places are those that it meant when it was given.

    To a team or to a person. A place belongs to the newest work that was given of it and not
    withdrawn, so giving it again passes it on.
    """

    id: UUID
    district_code: str
    team_id: UUID | None
    username: str | None
    named_by: NamedBy
    subject: str
    places: int
    due_on: date | None
    note: str
    body_sha256: str
    given_at: datetime
    given_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None


@dataclass(frozen=True, slots=True)
class AssignedPlace:
    """One place of some work; ``place`` is its key, ``teaches`` why it was added to teach."""

    assignment_id: UUID
    place: str
    candidate_id: UUID | None
    site_code: str | None
    teaches: TeachReason | None = None
