"""The controlled words of the register, each with its Chinese and English name.

One enum per question, one file a subject; its value is what is stored, ``zh`` and ``en`` are what
people read.
"""

from gis.domain.terms.base import Term
from gis.domain.terms.candidates import CandidateState, LookAlike, Verdict
from gis.domain.terms.people import Role
from gis.domain.terms.places import LayerKind
from gis.domain.terms.sites import (
    Grade,
    Responsibility,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)
from gis.domain.terms.works import DeadlineState, ProjectStage

__all__ = [
    "CandidateState",
    "DeadlineState",
    "Grade",
    "LayerKind",
    "LookAlike",
    "ProjectStage",
    "Responsibility",
    "Role",
    "SiteKind",
    "SiteState",
    "Term",
    "Verdict",
    "WasteClass",
    "WasteNature",
]
