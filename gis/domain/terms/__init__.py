"""The controlled words of the register, each with its Chinese and English name.

One enum per question, one file a subject; its value is what is stored, ``zh`` and ``en`` are what
people read.
"""

from gis.domain.terms.base import Term
from gis.domain.terms.candidates import CandidateState, LookAlike, Verdict
from gis.domain.terms.conclusions import ConclusionBasis, ConclusionState
from gis.domain.terms.identification import (
    HAZARDS,
    Comparison,
    IdentificationStep,
    LeachMethod,
    Outcome,
    Quantity,
    StepVerdict,
)
from gis.domain.terms.imports import Axes, Datum, MatchReason, RowFate
from gis.domain.terms.people import Role
from gis.domain.terms.places import LayerKind, SourceLevel
from gis.domain.terms.sampling import (
    Allocation,
    CustodyStep,
    PlanState,
    SizeBy,
    Stratifier,
    WhySampled,
)
from gis.domain.terms.sites import (
    AttachmentKind,
    Completeness,
    Grade,
    Ground,
    LineageKind,
    OutlineBasis,
    PastRecord,
    Responsibility,
    SiteKind,
    SiteState,
    TailingsRisk,
    WasteClass,
    WasteNature,
)
from gis.domain.terms.works import DeadlineState, ProjectStage

__all__ = [
    "HAZARDS",
    "Allocation",
    "AttachmentKind",
    "Axes",
    "CandidateState",
    "Comparison",
    "Completeness",
    "ConclusionBasis",
    "ConclusionState",
    "CustodyStep",
    "Datum",
    "DeadlineState",
    "Grade",
    "Ground",
    "IdentificationStep",
    "LayerKind",
    "LeachMethod",
    "LineageKind",
    "LookAlike",
    "MatchReason",
    "Outcome",
    "OutlineBasis",
    "PastRecord",
    "PlanState",
    "ProjectStage",
    "Quantity",
    "Responsibility",
    "Role",
    "RowFate",
    "SiteKind",
    "SiteState",
    "SizeBy",
    "TailingsRisk",
    "SourceLevel",
    "StepVerdict",
    "Stratifier",
    "Term",
    "Verdict",
    "WasteClass",
    "WasteNature",
    "WhySampled",
]
