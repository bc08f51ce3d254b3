"""Verbs on the surveys of pits: record, withdraw."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from gis.domain.pits.errors import SurveyIdReused, SurveyWithdrawn
from gis.domain.pits.survey import PitSurvey, SurveySent, require_pit, require_sound
from gis.domain.sites.errors import ReasonMissing
from gis.ledger.book import Book, Entry
from gis.store import pit_surveys, shape, sites, tables
from gis.store.register import CHINA


def record_survey(
    book: Book,
    sent: SurveySent,
    *,
    curve: list[list[float]] | None = None,
    sources: list[dict[str, Any]] | None = None,
    details: dict[str, Any] | None = None,
) -> tuple[PitSurvey, bool]:
    """Keep a survey of a pit; return it and whether it is new.

    The same id with the same content is the same survey. Raises NotInRegister, NoPit,
    NothingMeasured, DateInFuture, DateTooEarly, LevelImpossible, SurveyIdReused.
    """
    body_sha256 = sent.content_hash(*(source["sha256"] for source in sources or []))
    with book.entry() as entry:
        known = pit_surveys.with_id(entry.connection, sent.id)
        if known is not None:
            if known.body_sha256 != body_sha256:
                raise SurveyIdReused(id=sent.id)
            return known, False
        site = sites.site(entry.connection, sent.site_code)
        if sent.is_of_hollow:
            require_pit(site.kind, site.code)
        require_sound(sent, entry.now.astimezone(CHINA).date())
        survey = PitSurvey(
            **{field.name: getattr(sent, field.name) for field in fields(SurveySent)},
            curve=curve or [],
            sources=sources or [],
            details=details or {},
            body_sha256=body_sha256,
            recorded_at=entry.now,
            recorded_by=entry.actor,
            withdrawn_at=None,
            withdrawn_by=None,
            withdrawn_reason=None,
            is_demo=site.is_demo,
        )
        put_survey(entry, survey)
        return survey, True


def put_survey(entry: Entry, survey: PitSurvey) -> None:
    """Store a survey within an entry."""
    shape.insert(entry.connection, tables.pit_surveys, [survey])
    entry.log("record_pit_survey", "site", survey.site_code, after=survey)


def withdraw_survey(book: Book, code: str, survey_id: UUID, reason: str) -> PitSurvey:
    """Set a survey aside; the row, and who withdrew it and why, are kept.

    Raises NotInRegister, ReasonMissing, SurveyWithdrawn.
    """
    if not reason.strip():
        raise ReasonMissing()
    with book.entry() as entry:
        before = pit_surveys.one(entry.connection, code, survey_id)
        if before.withdrawn_at is not None:
            raise SurveyWithdrawn(id=survey_id, by=before.withdrawn_by)
        after = before.withdrawn(entry.actor, entry.now, reason.strip())
        shape.replace(entry.connection, tables.pit_surveys, after)
        entry.log("withdraw_pit_survey", "site", code, before=before, after=after)
        return after
