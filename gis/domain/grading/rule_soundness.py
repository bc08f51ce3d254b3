"""Whether a rule set holds together: what would make it grade wrongly, each with its row."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise, product
from typing import NamedTuple

from gis.domain.grading.facts import Facts
from gis.domain.grading.grading import ORDER
from gis.domain.grading.rule_set import (
    INDEX_POINTS,
    INDICES,
    Derived,
    Factor,
    Override,
    Question,
    RuleSet,
)

FACTS = {field.name for field in fields(Facts)}


class Problem(NamedTuple):
    """What is wrong with which row."""

    where: str
    zh: str
    en: str


def problems(rules: RuleSet) -> Iterator[Problem]:
    """Yield what is wrong with a rule set; nothing where it is sound."""
    yield from _names(rules)
    for factor in rules.factors:
        yield from _factor(factor)
    for index in INDICES:
        total = sum(factor.most for factor in rules.of(index))
        if round(total, 6) > INDEX_POINTS or total <= 0:
            yield Problem(
                f"index.{index}",
                f"各因子满分之和为 {total:g}，应大于 0 且不超过 {INDEX_POINTS}",
                f"its factors count to {total:g}; it must be over 0 and at most {INDEX_POINTS}",
            )
    if not 0 < rules.level_2_above < rules.level_1_above < INDEX_POINTS:
        yield Problem(
            "level_1_above",
            "分级界限须满足 0 < level_2_above < level_1_above < 100",
            "the bounds must be 0 < level_2_above < level_1_above < 100",
        )
    if not 0 <= rules.provisional_below <= 1:
        yield Problem("provisional_below", "应在 0 与 1 之间", "it must lie between 0 and 1")
    yield from _cells(rules)


def _names(rules: RuleSet) -> Iterator[Problem]:
    tests: tuple[Override | Derived, ...] = (*rules.overrides, *rules.derived, rules.gate)
    ids = [*(factor.id for factor in rules.factors), *(part.id for part in tests)]
    for id_ in dict.fromkeys(ids):
        if ids.count(id_) > 1:
            yield Problem(id_, "编号重复", "the id occurs twice")
    for part in tests:
        yield from _question(part.id, part.test)
    for derived in rules.derived:
        if derived.fact not in FACTS:
            yield _no_fact(derived.id, derived.fact)


def _no_fact(where: str, fact: str) -> Problem:
    return Problem(where, f"没有名为 {fact} 的事实", f"there is no fact called {fact}")


def _question(where: str, test: Question) -> Iterator[Problem]:
    if test.fact not in FACTS:
        yield _no_fact(where, test.fact)
    said = [test.equals, test.at_least, test.at_most, test.above]
    if sum(value is not None for value in said) != 1:
        yield Problem(
            where,
            "每个条件须有且只有 equals、at_least、at_most、above 之一",
            "a test has exactly one of equals, at_least, at_most, above",
        )


def _factor(factor: Factor) -> Iterator[Problem]:
    if not factor.cases:
        yield Problem(factor.id, "没有情形", "it has no cases")
        return
    for case in factor.cases:
        yield from _question(factor.id, case.test)
    due = [case.points for case in factor.cases]
    if any(after > before for before, after in pairwise(due)):
        yield Problem(
            factor.id, "各情形须按分值由高到低排列", "cases must stand from most to fewest points"
        )
    least = min(factor.otherwise, *due) if due else factor.otherwise
    if least < 0:
        yield Problem(factor.id, "分值不能为负", "points cannot be negative")
    if not least <= factor.unknown <= factor.most:
        yield Problem(
            factor.id,
            f"未知时的分值 {factor.unknown:g} 应在最好情形 {least:g} 与满分 {factor.most:g} 之间",
            f"unknown gives {factor.unknown:g}; it must lie between the best answer's {least:g} "
            f"and the most, {factor.most:g}",
        )
    if due and factor.otherwise > due[-1] and not _is_vocabulary(factor):
        yield Problem(
            factor.id,
            "“其余情形”的分值不能高于所列情形",
            "what is otherwise cannot give more than the cases",
        )
    yield from _bounds(factor)


def _is_vocabulary(factor: Factor) -> bool:
    """Say whether the cases name the words of one fact, so that "otherwise" is a word not named."""
    return len(factor.asked) == 1 and all(case.test.equals is not None for case in factor.cases)


def _bounds(factor: Factor) -> Iterator[Problem]:
    """A worse figure must never give fewer points: bounds of one fact stand in one direction."""
    for one, next_ in product(factor.cases, repeat=2):
        if one.test.fact != next_.test.fact or one.points <= next_.points:
            continue
        low = (one.test.at_least or one.test.above, next_.test.at_least or next_.test.above)
        high = (one.test.at_most, next_.test.at_most)
        falls = None not in low and low[0] < low[1]  # type: ignore[operator]
        rises = None not in high and high[0] > high[1]  # type: ignore[operator]
        if falls or rises:
            yield Problem(
                factor.id,
                f"{one.test.fact} 更差时分值反而更低",
                f"a worse {one.test.fact} gives fewer points",
            )
            return


def _cells(rules: RuleSet) -> Iterator[Problem]:
    wanted = {"".join(levels) for levels in product("123", repeat=3)}
    if set(rules.cells) != wanted:
        wrong = "、".join(sorted(set(rules.cells) ^ wanted)[:5])
        yield Problem("cells", f"27 格不完整：{wrong}", f"the 27 cells are not whole: {wrong}")
        return
    for cell, grade in rules.cells.items():
        for place in range(3):
            better = cell[:place] + str(int(cell[place]) + 1) + cell[place + 1 :]
            if better in rules.cells and ORDER[rules.cells[better]] > ORDER[grade]:
                yield Problem(
                    f"cells.{cell}",
                    f"比更好的组合 {better} 等级还低",
                    f"its grade is lower than that of the better cell {better}",
                )
