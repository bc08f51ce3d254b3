"""The controlled words of the register, each with its Chinese and English name.

One enum per question, one file a subject; its value is what is stored, ``zh`` and ``en`` are what
people read.
"""

from gis.domain.terms.backfill import (
    BackfillMaterial,
    BackfillPaper,
    BookFlag,
    HaulBasis,
    MatchAim,
    PairStanding,
    PitVoid,
    Unplaced,
)
from gis.domain.terms.base import Term
from gis.domain.terms.candidates import CandidateState, LookAlike
from gis.domain.terms.checks import (
    FixPurpose,
    HeapShape,
    HeightBasis,
    OutlineBy,
    ReviewAct,
    ReviewState,
    Severity,
    Standing,
    Unreachable,
    Verdict,
    Via,
)
from gis.domain.terms.conclusions import ConclusionBasis, ConclusionState
from gis.domain.terms.deadlines import (
    AnswerState,
    ExtensionState,
    NoticeKind,
    NoticeState,
    WorkKind,
)
from gis.domain.terms.field_work import NamedBy, WorkState
from gis.domain.terms.follow_up import FootprintState, ReferenceHow
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
from gis.domain.terms.people import Right, Role, SessionKind
from gis.domain.terms.photos import OutboxFate, PhotoSource, PhotoState, TimeBasis
from gis.domain.terms.pits import RimBasis, SurveyBasis
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
from gis.domain.terms.works import DeadlineState, MineFinding, ProjectStage, ProjectVariant

__all__ = [
    "Unplaced",
    "PitVoid",
    "PairStanding",
    "MatchAim",
    "HaulBasis",
    "BookFlag",
    "BackfillPaper",
    "BackfillMaterial",
    "HAZARDS",
    "Allocation",
    "AnswerState",
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
    "ExtensionState",
    "FixPurpose",
    "FootprintState",
    "Grade",
    "Ground",
    "HeapShape",
    "HeightBasis",
    "IdentificationStep",
    "LayerKind",
    "LeachMethod",
    "LineageKind",
    "LookAlike",
    "MatchReason",
    "MineFinding",
    "NamedBy",
    "NoticeKind",
    "NoticeState",
    "Outcome",
    "OutboxFate",
    "OutlineBasis",
    "OutlineBy",
    "PastRecord",
    "PhotoSource",
    "PhotoState",
    "PlanState",
    "ProjectStage",
    "ProjectVariant",
    "Quantity",
    "ReferenceHow",
    "Responsibility",
    "ReviewAct",
    "ReviewState",
    "Right",
    "RimBasis",
    "Role",
    "RowFate",
    "SessionKind",
    "Severity",
    "SiteKind",
    "SiteState",
    "SizeBy",
    "SourceLevel",
    "Standing",
    "StepVerdict",
    "Stratifier",
    "SurveyBasis",
    "TailingsRisk",
    "Term",
    "TimeBasis",
    "Unreachable",
    "Verdict",
    "Via",
    "WasteClass",
    "WasteNature",
    "WhySampled",
    "WorkKind",
    "WorkState",
]
