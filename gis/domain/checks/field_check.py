"""现场核实: what a field team says of a place, as it was sent and as the register keeps it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from shapely import MultiPolygon

from gis.domain.checks.answers import Answers, answers_of
from gis.domain.checks.errors import CheckIncomplete
from gis.domain.terms import OutlineBy, ReviewState, Standing, Verdict, Via

CLOCK_START = datetime(1970, 1, 1, tzinfo=UTC)
"""Where a device's clock begins that lost its power; nothing says an earlier moment but a slip."""
CLOCK_TOLERANCE = timedelta(minutes=2)
"""A device's clock that is off by no more is taken at its word."""


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a body's text, which the phone works out alike for its receipt."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSent:
    """A verdict on a candidate or a listed site as the phone sends it: ``id`` was made there, once.

    ``seen_version`` is the version of the place that the team looked at. ``answers``, ``fixes``,
    ``overrides`` and ``photos`` are plain JSON; ``outline`` is the one made in the field, lon/lat
    in EPSG:4490. ``checked_at``, ``opened_at`` and ``sent_at`` are by the device's clock;
    ``sent_at`` is unknown of checks that came as a file. ``body`` is the text that was sent.
    """

    id: UUID
    candidate_id: UUID | None
    site_code: str | None
    seen_version: int
    verdict: Verdict
    answers: dict[str, Any]
    outline: MultiPolygon | None = None
    outline_by: OutlineBy | None = None
    fixes: list[dict[str, Any]]
    overrides: list[dict[str, Any]]
    photos: list[dict[str, Any]]
    opened_at: datetime | None = None
    checked_at: datetime
    sent_at: datetime | None = None
    recorded_by: str
    via: Via
    body: str | None = None
    body_sha256: str

    @property
    def place_key(self) -> str:
        """The place as pages name it."""
        return f"site:{self.site_code}" if self.site_code else f"candidate:{self.candidate_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCheck(CheckSent):
    """A verdict as the register keeps it; what was sent never changes.

    ``found_at`` is ``checked_at`` by the server's clock. ``problems`` are the rules of the form
    that it broke, each with its sentences. ``edited`` holds what a reviewer put in the place of
    the verdict and answers. ``effects`` names the places it changed, each with the version it made
    (``{"candidate:…": 2, "site:…": 1}``); None as long as it had no effect. ``seen_outline`` is
    the place's outline in the version that was looked at.
    """

    district_code: str
    seen_outline: MultiPolygon
    received_at: datetime
    received_by: str
    clock_offset_s: float | None
    found_at: datetime
    review: ReviewState
    standing: Standing
    version: int
    problems: list[dict[str, Any]]
    edited: dict[str, Any] | None = None
    effects: dict[str, int] | None = None
    effect_at: datetime | None = None

    @property
    def final_verdict(self) -> Verdict:
        """The verdict that counts: the reviewer's where it was edited."""
        said = (self.edited or {}).get("verdict")
        return Verdict.of(said) if said else self.verdict

    @property
    def said(self) -> Answers:
        """The answers that count: the reviewer's where they were edited."""
        return answers_of(self.answers | (self.edited or {}).get("answers", {}))

    @property
    def is_unsettled(self) -> bool:
        """Say whether the office still has to decide on it."""
        return self.review.is_open and self.standing is not Standing.SET_ASIDE

    @property
    def has_hard_problem(self) -> bool:
        """Say whether it broke a rule that no reason mends."""
        return any(problem["severity"] == "HARD" for problem in self.problems)

    def moved(self, **changes: Any) -> "FieldCheck":
        """Return the check with another review, standing or effect, as its next version."""
        return replace(self, version=self.version + 1, **changes)


def clock_offset_s(sent: CheckSent, received_at: datetime) -> float | None:
    """Return by how many seconds the device's clock lags behind the server's; None is unknown.

    A file says nothing of the clock: it may have lain for days.
    """
    if sent.sent_at is None or sent.via is Via.FILE:
        return None
    return round((received_at - sent.sent_at).total_seconds(), 1)


def corrected(moment: datetime, offset_s: float | None) -> datetime:
    """Return a moment of the device's clock by the server's, as far as the offset is known."""
    if offset_s is None or abs(offset_s) <= CLOCK_TOLERANCE.total_seconds():
        return moment
    try:
        return moment + timedelta(seconds=offset_s)
    except OverflowError:  # a clock at the end of time
        return moment


def require_complete(check: FieldCheck) -> None:
    """Refuse to let a check take effect that lacks what its verdict needs.

    Raises CheckIncomplete.
    """
    said = check.said
    if check.final_verdict is Verdict.WASTE and (said.kind is None or said.waste_class is None):
        raise CheckIncomplete(
            missing_zh="点位类型与废物种类", missing_en="site kind and waste class"
        )
    if check.final_verdict is Verdict.PIT and said.kind is None:
        raise CheckIncomplete(missing_zh="点位类型", missing_en="site kind")
    if check.final_verdict is Verdict.LOOK_ALIKE and said.look_alike is None:
        raise CheckIncomplete(missing_zh="相似地物类型", missing_en="which look-alike it is")
