"""The weight laboratory as pages read it, and the sites it keeps laid out between two questions."""

from threading import Lock
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, Field

from gis.domain.grading.fact_words import question_word
from gis.domain.grading.rule_changes import FactorPoints, RuleChanges
from gis.domain.grading.rule_set import INDICES, Factor, RuleSet
from gis.domain.grading.rule_soundness import problems
from gis.domain.people.accounts import Sight
from gis.domain.terms import Grade
from gis.ledger.weights import Bench, Mover, Trial, bench, movers
from gis.rules import weighing
from gis.rules.grading_file import write
from gis.store import log, sight

KEPT = 2
Points = Annotated[float, Field(ge=0, le=1000)]


class PointsBody(BaseModel):
    """New points of one factor."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    cases: list[Points] = Field(max_length=40)
    otherwise: Points
    unknown: Points


class ChangesBody(BaseModel):
    """Changed numbers of the rule set in force."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    points: dict[str, PointsBody] = {}
    level_1_above: Points | None = None
    level_2_above: Points | None = None
    provisional_below: Points | None = None
    cells: dict[str, Grade] = {}
    version: str | None = Field(default=None, min_length=1, max_length=40, pattern=r"^[\w.\- ]+$")

    def changes(self) -> RuleChanges:
        """Return them as the domain knows them."""
        said = self.model_dump(exclude={"points", "district", "after", "limit"})
        points = {
            name: FactorPoints(one.cases, one.otherwise, one.unknown)
            for name, one in self.points.items()
        }
        return RuleChanges(points=points, **said)


class Benches:
    """Sites laid out for the laboratory, kept while the register does not change."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, Sight], Bench] = {}
        self._lock = Lock()

    def of(self, connection: sa.Connection, district_code: str) -> Bench:
        """Return a district's sites seen, laid out anew where the ledger's head has moved."""
        key = (district_code, log.head(connection).hash, sight.of(connection))
        with self._lock:
            if key not in self._kept:
                for old in [k for k in self._kept if (k[0], k[2]) == (key[0], key[2])]:
                    del self._kept[old]
                while len(self._kept) >= KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = bench(connection, district_code)
            return self._kept[key]


def rule_set(rules: RuleSet) -> dict[str, Any]:
    """Return a rule set with every number that the laboratory can change."""
    return {
        "id": rules.id,
        "version": rules.version,
        "name": rules.name,
        "sha256": rules.sha256,
        "level_1_above": rules.level_1_above,
        "level_2_above": rules.level_2_above,
        "provisional_below": rules.provisional_below,
        "cells": rules.cells,
        "indices": [
            {"index": index, **{f"name_{k}": v for k, v in rules.index_names[index].items()}}
            for index in INDICES
        ],
        "factors": [_factor(factor, rules) for factor in rules.factors],
    }


def _factor(factor: Factor, rules: RuleSet) -> dict[str, Any]:
    plain = ("id", "index", "name_zh", "name_en", "most", "otherwise", "unknown")
    return {
        **{name: getattr(factor, name) for name in (*plain, "clause", "certainty")},
        "row": rules.row_id(factor.id),
        "cases": [
            {
                "points": case.points,
                "test_zh": question_word(case.test, "zh"),
                "test_en": question_word(case.test, "en"),
            }
            for case in factor.cases
        ],
    }


def trial(
    on: Bench, found: Trial, now: RuleSet, new: RuleSet, after: int, limit: int
) -> dict[str, Any]:
    """Return a trial: the matrix, a page of movers, how firm grades are, and what hinders adoption.

    ``next`` is the place of the next page's first mover.
    """
    assert found.firm is not None
    places = found.places[after : after + limit]
    end = after + len(places)
    return {
        "total": len(on.codes),
        "moved": len(found.places),
        "matrix": found.matrix,
        "problems": [{"where": one.where, "zh": one.zh, "en": one.en} for one in problems(new)],
        "movers": [
            mover(one) | {"holds": float(found.firm.of_site[place])}
            for place, one in zip(places, movers(on, found, now, new, places), strict=True)
        ],
        "next": end if end < len(found.places) else None,
        "stability": {
            "one_by_one": found.firm.one_by_one,
            "jointly": found.firm.jointly,
            "by_factor": found.firm.by_factor,
            "by_grade": _by_grade(found),
        },
        "sums": {index: sum(factor.most for factor in new.of(index)) for index in INDICES},
        "text": write(new),
    }


def _by_grade(found: Trial) -> dict[str, dict[str, float]]:
    """Return for each grade how many sites have it and the mean share of draws that keep it."""
    assert found.firm is not None
    said = {}
    for rank, grade in enumerate(weighing.LADDER):
        mine = found.ranks == rank
        if mine.any():
            share = round(float(found.firm.of_site[mine].mean()), 4)
            said[grade.value] = {"sites": int(mine.sum()), "holds": share}
    return said


def mover(one: Mover) -> dict[str, Any]:
    """Return a site that would move, with the factors that speak differently."""
    return {
        "code": one.code,
        "name": one.name,
        "before": one.old,
        "after": one.new,
        "why": [
            {"factor": why.factor, "before": why.before, "after": why.after} for why in one.why
        ],
    }
