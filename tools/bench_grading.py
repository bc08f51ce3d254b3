"""How long grading takes with many sites: all graded anew, the weight laboratory, the money line.

.venv/bin/python tools/bench_grading.py --sites 100000
"""

import argparse
import sys
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import made_register
from measuring import Register, full_register, timed

from gis.domain.grading.grading import Scale, grade
from gis.domain.grading.rule_changes import RuleChanges, changed
from gis.ledger.grading import regrade, rules_in_force
from gis.ledger.rules import adopt
from gis.ledger.weights import bench, movers, try_rules
from gis.rules import grading
from gis.rules import priority as priority_rules
from gis.rules.grading_file import write
from gis.store import facts, gradings, priority

STRICTER = RuleChanges(level_1_above=55, version="bench")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=100_000)
    with full_register(parser.parse_args().sites) as register:
        measure(register)


def measure(register: Register) -> None:
    book, count = register.book, register.count
    rules = grading.current()
    stricter = changed(rules, STRICTER)
    with book.reading() as connection:
        with timed("grading: facts of all sites read"):
            known = list(facts.stream(connection))
        with timed("grading: all decisions worked out, pure"):
            scale = Scale(rules)
            decided = [grade(one.facts, rules, scale) for one in known]
        with timed("grading: their kept form and hash"):
            for one, decision in zip(known, decided, strict=True):
                gradings.graded(one.code, one.version, one.graded_at, decision)
        with timed("laboratory: sites laid out (once for each state of the register)"):
            on = bench(connection, made_register.DISTRICT)
        with timed("laboratory: a change tried, with its stability"):
            trial = try_rules(on, rules, stricter)
        with timed("laboratory: first hundred movers explained"):
            movers(on, trial, rules, stricter, trial.places[:100])
        held = f"{trial.firm.one_by_one:.0%} one by one, {trial.firm.jointly:.0%} jointly"
        print(f"    {len(trial.places):,} would move; grades that hold under ±20 %: {held}")
        order = priority.Order(priority_rules.current(), rules_in_force(connection))
        for after in (0, 0, count // 2):
            with timed(f"money: fifty sites after place {after:,}"):
                priority.page(connection, made_register.DISTRICT, order, limit=50, after=after)
    with timed("grading: every site graded anew, every decision new"):
        regrade(book)
    with timed("grading: again, nothing changed"):
        assert regrade(book) == []
    with timed("grading: other rules adopted, every site graded"):
        adopted, _ = adopt(book, uuid4(), write(stricter), "bench")
    print(f"    {adopted.moved:,} moved")


if __name__ == "__main__":
    main()
