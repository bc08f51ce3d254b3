"""Surveys of pits as both doors show them."""

from dataclasses import fields
from typing import Any

from gis.domain.pits.survey import PitSurvey

HIDDEN = frozenset({"body_sha256", "withdrawn_at", "withdrawn_by", "withdrawn_reason"})


def survey(one: PitSurvey) -> dict[str, Any]:
    """Return a survey with its curve, its sources and how it was done."""
    return {
        field.name: getattr(one, field.name)
        for field in fields(PitSurvey)
        if field.name not in HIDDEN
    }
