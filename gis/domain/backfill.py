"""回填: whether a waste may go into a pit, decided by rows of rules that name their clause.

A rule asks for facts of the waste and of the pit. A refusal that holds decides; a refusal that
cannot be answered asks for the fact first and is never taken for "no" (STANDARDS 3, 0.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from gis.domain.terms import (
    BackfillMaterial,
    BackfillPaper,
    PairStanding,
    PitVoid,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)

Effect = Literal["refuse", "find", "lawful", "assess"]


@dataclass(frozen=True, slots=True)
class BackfillFacts:
    """What backfill asks of a site and no other part does, as somebody stated it.

    ``material`` is of a pile whose waste class leaves it open; ``void`` is of a pit.
    ``mining_area`` names the mine that the waste came from or that the pit belongs to.
    ``is_filling_open`` False closes a pit to filling. ``evidence`` says what it rests on.
    """

    site_code: str
    recorded_at: datetime
    recorded_by: str
    material: BackfillMaterial | None
    void: PitVoid | None
    mining_area: str | None
    is_filling_open: bool | None
    evidence: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class BackfillAssessment:
    """The papers of clause 8.2 (or of a disposal approval) for one pit and one source.

    ``papers`` maps each kind of paper to the attachment of the pit's site that holds it.
    ``source_code`` is a site; a source without a site is named. It opens the pair once a second
    person approved it.
    """

    id: UUID
    pit_code: str
    source_code: str | None
    source_name: str | None
    material: BackfillMaterial
    papers: dict[str, str]
    monitoring_per_year: int | None
    document_no: str
    proposed_at: datetime
    proposed_by: str
    approved_at: datetime | None
    approved_by: str | None
    refused_at: datetime | None
    comment: str
    is_demo: bool

    @property
    def is_approved(self) -> bool:
        """Say whether a second person passed it."""
        return self.approved_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PileFacts:
    """What the rules look at of a waste; ``None`` is unknown. Mass in tonnes, still to move."""

    code: str
    name: str
    kind: SiteKind | None
    state: SiteState | None
    waste_class: WasteClass
    nature: WasteNature
    material: BackfillMaterial | None
    radioactivity_bq_g: float | None
    mining_area: str | None
    mass_t: float | None
    risk_points: float | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PitFacts:
    """What the rules look at of a pit. Volumes in m³, free above what is filled now."""

    code: str
    name: str
    kind: SiteKind
    state: SiteState
    void: PitVoid | None
    mining_area: str | None
    is_filling_open: bool | None
    in_river_zone: bool | None
    protected_land: str | None
    red_line_distance_m: float | None
    farmland_distance_m: float | None
    reserve_distance_m: float | None
    source_zone: str | None
    source_level: str | None
    free_volume_m3: float | None
    free_volume_sigma_m3: float | None
    surveyed_on: date | None
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a rule: a fact of the waste, of the pit, or of both."""

    of: Literal["waste", "pit", "pair"]
    fact: str
    among: tuple[Any, ...] | None = None
    above: float | None = None
    at_most: float | None = None

    def answer(self, value: Any) -> bool | None:
        """Return whether the value fits; None where it is not known."""
        if value is None:
            return None
        if self.among is not None:
            return value in self.among
        if self.above is not None:
            return bool(value > self.above)
        return bool(value <= self.at_most)


@dataclass(frozen=True, slots=True)
class BackfillRule:
    """A row: what it does where all its questions hold, and what an open question asks for.

    ``papers`` are what an "assess" row needs; ``find_*`` says what to find out where a question
    has no answer. Where ``find_zh`` is empty an open question is passed over.
    """

    id: str
    effect: Effect
    asks: tuple[Ask, ...]
    standard: str
    clause: str
    zh: str
    en: str
    certainty: str
    source: str
    find_zh: str = ""
    find_en: str = ""
    papers: tuple[BackfillPaper, ...] = ()

    def holds(self, facts: Mapping[tuple[str, str], Any]) -> bool | None:
        """Return whether every question holds; False as soon as one does not, else None if open."""
        answers = [ask.answer(facts[ask.of, ask.fact]) for ask in self.asks]
        if False in answers:
            return False
        return None if None in answers else True


@dataclass(frozen=True, slots=True)
class PairReason:
    """Why a pair stands as it does: the row, the facts that decided, whether they are known."""

    rule: str
    effect: Effect
    is_known: bool
    facts: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """How a pair stands, with its reasons; ``missing`` are papers that would open it."""

    standing: PairStanding
    reasons: tuple[PairReason, ...]
    missing: tuple[BackfillPaper, ...] = ()
    assessment_id: UUID | None = None


WASTE_FACTS = ("kind", "state", "waste_class", "nature", "material", "radioactivity_bq_g")
PIT_FACTS = (
    *("kind", "state", "void", "is_filling_open", "in_river_zone", "protected_land"),
    *("red_line_distance_m", "farmland_distance_m", "reserve_distance_m"),
    *("source_zone", "source_level"),
)


def facts_of(pile: PileFacts, pit: PitFacts) -> dict[tuple[str, str], Any]:
    """Return every fact that a rule can ask for, by whose it is and its name."""
    found = {("waste", name): getattr(pile, name) for name in WASTE_FACTS}
    found["waste", "nature"] = None if pile.nature is WasteNature.UNIDENTIFIED else pile.nature
    found |= {("pit", name): getattr(pit, name) for name in PIT_FACTS}
    found["pair", "is_same_site"] = pile.code == pit.code
    areas = (pile.mining_area, pit.mining_area)
    found["pair", "is_same_mining_area"] = None if None in areas else areas[0] == areas[1]
    return found


def judge(
    pile: PileFacts,
    pit: PitFacts,
    rules: tuple[BackfillRule, ...],
    assessment: BackfillAssessment | None = None,
) -> PairVerdict:
    """Return whether the waste may go into the pit, and why.

    Refusals first, all that hold; then what has to be found out before any refusal can be ruled
    out; then clause 8.1; then the papers of 8.2. What no row opens stays shut.
    """
    facts = facts_of(pile, pit)
    said = [(rule, rule.holds(facts)) for rule in rules]
    refused = [rule for rule, holds in said if rule.effect == "refuse" and holds]
    if refused:
        return PairVerdict(PairStanding.REFUSED, _reasons(refused, facts, True))
    open_ = [
        rule
        for rule, holds in said
        if rule.effect in {"refuse", "find"} and holds is None and rule.find_zh
    ]
    if open_:
        return PairVerdict(PairStanding.IDENTIFY_FIRST, _reasons(open_, facts, False))
    lawful = [rule for rule, holds in said if rule.effect == "lawful" and holds]
    if lawful:
        return PairVerdict(PairStanding.LAWFUL, _reasons(lawful[:1], facts, True))
    assess = next((rule for rule, holds in said if rule.effect == "assess" and holds), None)
    if assess is not None:
        missing = _missing(assess, assessment)
        if not missing and assessment is not None and assessment.is_approved:
            reasons = _reasons([assess], facts, True)
            return PairVerdict(PairStanding.ASSESSED, reasons, (), assessment.id)
    almost = [
        rule for rule, holds in said if rule.effect == "lawful" and holds is None and rule.find_zh
    ]
    if almost:
        return PairVerdict(PairStanding.IDENTIFY_FIRST, _reasons(almost, facts, False))
    if assess is not None:
        reasons = _reasons([assess], facts, True)
        return PairVerdict(PairStanding.NEEDS_ASSESSMENT, reasons, missing)
    return PairVerdict(PairStanding.REFUSED, ())


def _missing(
    rule: BackfillRule, assessment: BackfillAssessment | None
) -> tuple[BackfillPaper, ...]:
    held = () if assessment is None else assessment.papers
    return tuple(paper for paper in rule.papers if paper not in held)


def _reasons(
    rules: list[BackfillRule], facts: Mapping[tuple[str, str], Any], is_known: bool
) -> tuple[PairReason, ...]:
    return tuple(
        PairReason(
            rule.id,
            rule.effect,
            is_known,
            tuple((f"{ask.of}.{ask.fact}", facts[ask.of, ask.fact]) for ask in rule.asks),
        )
        for rule in rules
    )
