"""Whether a waste may go into a pit, decided by rows of rules that name their clause.

A rule asks for facts of the waste, of the pit and of both. A refusal that holds decides; a refusal
that cannot be answered asks for the fact first and is never taken for "no" (STANDARDS 3, 0.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from gis.domain.backfill.parts import BackfillAssessment, PileFacts, PitFacts
from gis.domain.terms import BackfillPaper, PairStanding, WasteNature

Effect = Literal["refuse", "find", "lawful", "assess"]
Of = Literal["waste", "pit", "pair"]
Facts = Mapping[tuple[str, str], Any]
Answers = tuple[bool | None, ...]

WASTE_FACTS = ("kind", "state", "waste_class", "nature", "material", "radioactivity_bq_g")
PIT_FACTS = (
    *("kind", "state", "void", "is_filling_open", "in_river_zone", "protected_land"),
    *("red_line_distance_m", "farmland_distance_m", "reserve_distance_m"),
    *("source_zone", "source_level"),
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a rule: a fact of the waste, of the pit, or of both."""

    of: Of
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

    def part(self, of: Of, facts: Facts) -> bool | None:
        """Return what the questions about one side come to."""
        asked = (ask for ask in self.asks if ask.of == of)
        return together(*(ask.answer(facts[of, ask.fact]) for ask in asked))


def together(*answers: bool | None) -> bool | None:
    """Return False as soon as one is, else None where one is open, else True.

    >>> together(True, None), together(None, False), together()
    (None, False, True)
    """
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
class Ruling:
    """How a pair stands by which rows; ``missing`` are papers that would open it."""

    standing: PairStanding
    rules: tuple[BackfillRule, ...]
    is_known: bool = True
    missing: tuple[BackfillPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """A ruling with the facts it rests on, and the assessment that opened the pair, if one did."""

    standing: PairStanding
    reasons: tuple[PairReason, ...]
    missing: tuple[BackfillPaper, ...] = ()
    assessment_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """The rules, with each side's answers and each ruling worked out once for like facts."""

    rules: tuple[BackfillRule, ...]
    known: dict[Any, Ruling] = field(default_factory=dict)

    def of_waste(self, pile: PileFacts) -> Answers:
        """Return what a waste answers to each row."""
        facts = waste_facts(pile)
        return tuple(rule.part("waste", facts) for rule in self.rules)

    def of_pit(self, pit: PitFacts) -> Answers:
        """Return what a pit answers to each row."""
        facts = pit_facts(pit)
        return tuple(rule.part("pit", facts) for rule in self.rules)

    def ruling(
        self,
        waste: Answers,
        pit: Answers,
        pair: Facts,
        assessment: BackfillAssessment | None = None,
    ) -> Ruling:
        """Return how a pair stands, from each side's answers and what is asked of both."""
        held = None
        if assessment is not None and assessment.is_approved:
            held = frozenset(assessment.papers)
        key = (waste, pit, *pair.values(), held)
        if key not in self.known:
            both = (rule.part("pair", pair) for rule in self.rules)
            answers = tuple(map(together, waste, pit, both))
            self.known[key] = _rule(self.rules, answers, held)
        return self.known[key]

    def judge(
        self, pile: PileFacts, pit: PitFacts, assessment: BackfillAssessment | None = None
    ) -> PairVerdict:
        """Return whether the waste may go into the pit, and why.

        Refusals first, all that hold; then what has to be found out before any refusal can be
        ruled out; then clause 8.1; then the papers of 8.2. What no row opens stays shut.
        """
        pair = pair_facts(pile, pit)
        found = self.ruling(self.of_waste(pile), self.of_pit(pit), pair, assessment)
        facts = waste_facts(pile) | pit_facts(pit) | pair
        reasons = tuple(
            PairReason(
                rule.id,
                rule.effect,
                found.is_known,
                tuple((f"{ask.of}.{ask.fact}", facts[ask.of, ask.fact]) for ask in rule.asks),
            )
            for rule in found.rules
        )
        opened = assessment if found.standing is PairStanding.ASSESSED else None
        return PairVerdict(
            found.standing, reasons, found.missing, None if opened is None else opened.id
        )


def waste_facts(pile: PileFacts) -> dict[tuple[str, str], Any]:
    """Return what rules can ask of a waste; a nature that nobody identified is not known."""
    found: dict[tuple[str, str], Any] = {("waste", n): getattr(pile, n) for n in WASTE_FACTS}
    if pile.nature is WasteNature.UNIDENTIFIED:
        found["waste", "nature"] = None
    return found


def pit_facts(pit: PitFacts) -> dict[tuple[str, str], Any]:
    """Return what rules can ask of a pit."""
    return {("pit", name): getattr(pit, name) for name in PIT_FACTS}


def pair_facts(pile: PileFacts, pit: PitFacts) -> dict[tuple[str, str], Any]:
    """Return what rules can ask of both."""
    areas = (pile.mining_area, pit.mining_area)
    return {
        ("pair", "is_same_site"): pile.code == pit.code,
        ("pair", "is_same_mining_area"): None if None in areas else areas[0] == areas[1],
    }


def _rule(rules: tuple[BackfillRule, ...], answers: Answers, held: frozenset[str] | None) -> Ruling:
    """Return the ruling; ``held`` are the papers of an approved assessment, None without one."""

    def those(holds: bool | None, *effects: Effect) -> tuple[BackfillRule, ...]:
        return tuple(
            rule
            for rule, answer in zip(rules, answers, strict=True)
            if answer is holds and rule.effect in effects and (holds or rule.find_zh)
        )

    if refused := those(True, "refuse"):
        return Ruling(PairStanding.REFUSED, refused)
    if unknown := those(None, "refuse", "find"):
        return Ruling(PairStanding.IDENTIFY_FIRST, unknown, is_known=False)
    if lawful := those(True, "lawful"):
        return Ruling(PairStanding.LAWFUL, lawful[:1])
    assess = those(True, "assess")[:1]
    missing = tuple(paper for rule in assess for paper in rule.papers if paper not in (held or ()))
    if assess and held is not None and not missing:
        return Ruling(PairStanding.ASSESSED, assess)
    if almost := those(None, "lawful"):
        return Ruling(PairStanding.IDENTIFY_FIRST, almost, is_known=False)
    if assess:
        return Ruling(PairStanding.NEEDS_ASSESSMENT, assess, missing=missing)
    return Ruling(PairStanding.REFUSED, ())
