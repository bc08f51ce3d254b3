"""The weight laboratory: who would move under other rules, how firm grades are; writes nothing."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa

from gis.domain.grading.rule_set import RuleSet
from gis.domain.terms import Grade
from gis.ledger.book import Book
from gis.ledger.grading import rules_in_force
from gis.rules import weighing
from gis.rules.stability import Stability, stability
from gis.store import facts


@dataclass(frozen=True, slots=True)
class Bench:
    """The sites on the list, their facts in columns, and the grades that are stored."""

    codes: list[str]
    names: list[str]
    stored: np.ndarray[Any, np.dtype[np.int64]]
    table: weighing.FactTable


class Points(NamedTuple):
    """A factor that gives a site other points than before."""

    factor: str
    before: float | None
    after: float


class Mover(NamedTuple):
    """A site whose grade would change, and the factors whose points are others."""

    code: str
    name: str
    old: Grade | None
    new: Grade
    why: list[Points]


@dataclass(frozen=True, slots=True)
class Trial:
    """What other rules would do: from which grade to which, and the places of those that move."""

    matrix: dict[str, dict[str, int]]
    places: list[int]
    firm: Stability | None
    ranks: weighing.Ranks
    before: weighing.Floats
    after: weighing.Floats


def bench(connection: sa.Connection, district_code: str | None = None) -> Bench:
    """Return the sites on the list as the laboratory needs them."""
    known = list(facts.stream(connection, district_code))
    return Bench(
        codes=[one.code for one in known],
        names=[one.name for one in known],
        stored=np.array([weighing.rank_of(one.grade) for one in known], dtype=np.int64),
        table=weighing.FactTable([one.facts for one in known]),
    )


def try_rules(on: Bench, now: RuleSet, new: RuleSet, *, with_stability: bool = True) -> Trial:
    """Return what ``new`` rules would do where ``now`` are in force."""
    before = weighing.points(weighing.answers(on.table, now), now)
    known = weighing.answers(on.table, new)
    after = weighing.points(known, new)
    ranks = weighing.ranks(known, weighing.sums(after, new), new)
    return Trial(
        matrix=weighing.matrix(on.stored, ranks),
        places=np.flatnonzero(ranks != on.stored).tolist(),
        firm=stability(known, after, ranks, new) if with_stability else None,
        ranks=ranks,
        before=before,
        after=after,
    )


def movers(on: Bench, trial: Trial, now: RuleSet, new: RuleSet, places: list[int]) -> list[Mover]:
    """Return the sites at ``places`` of a trial, each with the factors that speak differently."""
    old = {factor.id: column for column, factor in enumerate(now.factors)}
    found = []
    for place in places:
        why = []
        for column, factor in enumerate(new.factors):
            was = float(trial.before[place, old[factor.id]]) if factor.id in old else None
            is_ = float(trial.after[place, column])
            if was != is_:
                why.append(Points(factor.id, was, is_))
        rank = int(on.stored[place])
        grade = None if rank < 0 else weighing.LADDER[rank]
        new_grade = weighing.LADDER[int(trial.ranks[place])]
        found.append(Mover(on.codes[place], on.names[place], grade, new_grade, why))
    return found


def compare(book: Book, new: RuleSet, district_code: str | None = None) -> list[Mover]:
    """Return who would move if ``new`` were adopted, and why; nothing is written."""
    with book.reading() as connection:
        now = rules_in_force(connection)
        on = bench(connection, district_code)
    trial = try_rules(on, now, new, with_stability=False)
    return movers(on, trial, now, new, trial.places)
