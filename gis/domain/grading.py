"""分级: from facts to a grade that carries its reasons; all numbers come in with the rule set.

The scheme is STANDARDS section 5.3 (KDL-HSR): three indices of 100 points each, H hazard,
S sensitivity, R unreliability of control; a level each; 27 cells from levels to grade; a gate
before it and overrides after it.
"""

from dataclasses import dataclass
from typing import Any, Literal

from gis.domain.sampling import Sample
from gis.domain.site import Site
from gis.domain.surroundings import Surroundings
from gis.domain.terms import Grade, Responsibility, WasteNature

Index = Literal["H", "S", "R"]
INDICES: tuple[Index, ...] = ("H", "S", "R")
ORDER = {Grade.LOW: 0, Grade.MEDIUM: 1, Grade.HIGH: 2, Grade.OUT_OF_SCHEME: 3}


@dataclass(frozen=True, slots=True)
class Facts:
    """What grading looks at; ``None`` is unknown. Distances in metres, mass in tonnes."""

    nature: WasteNature | None = None
    leach_multiple: float | None = None
    mass_t: float | None = None
    is_bare: bool | None = None
    is_steep_or_high: bool | None = None
    is_dumping_active: bool | None = None
    radioactivity_bq_g: float | None = None
    in_river_zone: bool | None = None
    main_stem_distance_m: float | None = None
    tributary_distance_m: float | None = None
    source_zone: str | None = None
    dwelling_distance_m: float | None = None
    protected_land: str | None = None
    ground: str | None = None
    responsibility: Responsibility | None = None
    has_dust_control: bool | None = None
    has_runoff_control: bool | None = None
    has_seepage_control: bool | None = None
    retaining: str | None = None
    monitoring: str | None = None
    history: str | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """One question about one fact; exactly one of the three comparisons is set."""

    fact: str
    equals: Any = None
    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None

    def holds(self, facts: Facts) -> bool | None:
        """Return whether it holds, or None where the fact is unknown."""
        value = getattr(facts, self.fact)
        if value is None:
            return None
        if self.at_least is not None:
            return bool(value >= self.at_least)
        if self.above is not None:
            return bool(value > self.above)
        if self.at_most is not None:
            return bool(value <= self.at_most)
        return bool(value == self.equals)


@dataclass(frozen=True, slots=True)
class Case:
    """Points that are due when ``test`` holds."""

    test: Test
    points: float


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of an index: its cases from most to fewest points, and what unknown costs."""

    id: str
    index: Index
    name_zh: str
    name_en: str
    cases: tuple[Case, ...]
    otherwise: float
    unknown: float
    source: str
    clause: str
    certainty: str

    @property
    def most(self) -> float:
        """The most points the factor can give."""
        return max(self.otherwise, *(case.points for case in self.cases))


@dataclass(frozen=True, slots=True)
class Override:
    """A fact that by itself lifts the grade to at least ``grade``."""

    id: str
    name_zh: str
    name_en: str
    test: Test
    grade: Grade
    clause: str
    certainty: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of the scheme as read from data; ``sha256`` is of the file it came from."""

    id: str
    version: str
    sha256: str
    gate: Test
    gate_clause: str
    factors: tuple[Factor, ...]
    level_1_above: float
    level_2_above: float
    cells: dict[str, Grade]
    overrides: tuple[Override, ...]
    provisional_below: float
    index_names: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a factor gave its points; ``value`` holds the raw facts it looked at."""

    factor: str
    index: Index
    name_zh: str
    name_en: str
    value: dict[str, Any]
    points: float
    most: float
    is_known: bool
    source: str
    clause: str
    certainty: str


@dataclass(frozen=True, slots=True)
class IndexScore:
    """An index's points of 100, its level 1 to 3, and the share of it that rests on known facts."""

    index: Index
    name_zh: str
    name_en: str
    points: float
    level: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A grade with everything it rests on.

    ``confidence`` is the weakest index's share of points that rest on known facts; below the rule
    set's bound the grade is provisional (暂定). This reading of STANDARDS 5.3 is the one under
    which its worked case comes out as written.
    """

    grade: Grade
    is_provisional: bool
    confidence: float
    cell: str
    indices: tuple[IndexScore, ...]
    reasons: tuple[Reason, ...]
    overrides: tuple[Override, ...]
    rule_set: str
    rule_sha256: str


def facts_of(site: Site, around: Surroundings | None, samples: list[Sample]) -> Facts:
    """Gather what is known of a site; the newest HJ 557 sample speaks for the leachate.

    A result by another leaching method is left out of the class I/II multiple, never converted
    (GB 18599-2020, 3.6). A pit that holds no waste has neither mass nor leachate.
    """
    by_day = sorted(samples, key=lambda sample: sample.taken_on)
    multiples = [
        s.leach_multiple
        for s in by_day
        if s.leach_method == "HJ 557" and s.leach_multiple is not None
    ]
    nature = by_day[-1].nature if by_day else site.nature
    if nature is WasteNature.UNIDENTIFIED:
        nature = site.nature
    is_empty = nature is WasteNature.NO_WASTE
    return Facts(
        nature=None if nature is WasteNature.UNIDENTIFIED else nature,
        leach_multiple=0.0 if is_empty else multiples[-1] if multiples else None,
        mass_t=0.0 if is_empty else site.mass_t,
        is_bare=site.is_bare,
        is_steep_or_high=(
            True if site.height_m is not None and site.height_m > 10 else site.is_steep_or_high
        ),
        is_dumping_active=site.is_dumping_active,
        radioactivity_bq_g=site.radioactivity_bq_g,
        in_river_zone=around.in_river_zone if around else None,
        main_stem_distance_m=around.main_stem_distance_m if around else None,
        tributary_distance_m=around.tributary_distance_m if around else None,
        source_zone=around.source_zone if around else None,
        dwelling_distance_m=around.dwelling_distance_m if around else None,
        protected_land=around.protected_land if around else None,
        ground=site.ground,
        responsibility=site.responsibility,
        has_dust_control=site.has_dust_control,
        has_runoff_control=site.has_runoff_control,
        has_seepage_control=site.has_seepage_control,
        retaining=site.retaining,
        monitoring=site.monitoring,
        history=site.history,
    )


def weigh(factor: Factor, facts: Facts) -> Reason:
    """Return a factor's points with their reason.

    Cases stand from most to fewest points. Where a case that would give more cannot be answered,
    the factor's stated cautious value is the least it gives, and the reason says "unknown".
    """
    points = factor.otherwise
    is_known = True
    for case in factor.cases:
        holds = case.test.holds(facts)
        if holds is None:
            is_known = False
        elif holds:
            points = case.points
            break
    if not is_known:
        points = max(points, factor.unknown)
    asked = dict.fromkeys(case.test.fact for case in factor.cases)
    return Reason(
        factor=factor.id,
        index=factor.index,
        name_zh=factor.name_zh,
        name_en=factor.name_en,
        value={fact: getattr(facts, fact) for fact in asked},
        points=points,
        most=factor.most,
        is_known=is_known,
        source=factor.source,
        clause=factor.clause,
        certainty=factor.certainty,
    )


def _score(index: Index, reasons: tuple[Reason, ...], rules: RuleSet) -> IndexScore:
    mine = [reason for reason in reasons if reason.index == index]
    points = sum(reason.points for reason in mine)
    most = sum(reason.most for reason in mine)
    level = 1 if points > rules.level_1_above else 2 if points > rules.level_2_above else 3
    return IndexScore(
        index=index,
        name_zh=rules.index_names[index]["zh"],
        name_en=rules.index_names[index]["en"],
        points=points,
        level=level,
        confidence=round(sum(r.most for r in mine if r.is_known) / most, 4),
    )


def grade(facts: Facts, rules: RuleSet) -> Decision:
    """Return the grade of ``facts`` under ``rules``, with every reason."""
    reasons = tuple(weigh(factor, facts) for factor in rules.factors)
    scores = tuple(_score(index, reasons, rules) for index in INDICES)
    cell = "".join(str(score.level) for score in scores)
    confidence = min(score.confidence for score in scores)
    result = rules.cells[cell]
    applied = tuple(o for o in rules.overrides if o.test.holds(facts))
    for override in applied:
        result = max(result, override.grade, key=ORDER.__getitem__)
    if rules.gate.holds(facts) or facts.nature is WasteNature.RADIOACTIVE:
        result = Grade.OUT_OF_SCHEME
    return Decision(
        grade=result,
        is_provisional=confidence < rules.provisional_below and result is not Grade.OUT_OF_SCHEME,
        confidence=confidence,
        cell=cell,
        indices=scores,
        reasons=reasons,
        overrides=applied,
        rule_set=f"{rules.id} v{rules.version}",
        rule_sha256=rules.sha256,
    )
