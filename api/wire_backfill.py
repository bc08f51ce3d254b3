"""From matches, pairs and the book of backfill to the JSON that pages and the terminal read."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gis.domain.backfill.allocation import BackfillPlan
from gis.domain.backfill.book import BackfillLoad, BookCheck
from gis.domain.backfill.pairs import PairVerdict
from gis.domain.backfill.parts import BackfillAssessment, PileFacts, PitFacts
from gis.domain.terms import PairStanding
from gis.ledger.backfill_book import checks_of
from gis.ledger.backfill_ground import gathered
from gis.ledger.backfill_match import Pairs, judged
from gis.ledger.backfill_plans import Compared, Match
from gis.ledger.rules import ticked_ids
from gis.rules import backfill as rules_file
from gis.store import backfill, backfill_book

Record = dict[str, Any]


def rules(connection: sa.Connection) -> Record:
    """Return the rows that pairs are judged by, the densities and the numbers."""
    held = rules_file.current()
    ticked = ticked_ids(connection)
    names = ("id", "effect", "standard", "clause", "zh", "en", "find_zh", "find_en", "certainty")
    return {
        "id": held.id,
        "version": held.version,
        "sha256": held.sha256,
        "rules": [
            {name: getattr(rule, name) for name in names} | {"is_checked": rule.id in ticked}
            for rule in held.rules
        ],
        "densities": [
            asdict(one) | {"swell": one.swell, "compaction": one.compaction}
            for one in held.densities.values()
        ],
        "numbers": dict(held.numbers),
        "waste_kinds": held.waste_kinds,
        "pit_kinds": held.pit_kinds,
    }


def match(one: Match) -> Record:
    """Return a match: what it rests on, what moves, how the pairs stand."""
    ground = one.pairs.ground
    counts = one.pairs.counts
    return {
        "as_of": one.as_of,
        "inputs_sha256": one.inputs_sha256,
        "rules_sha256": one.rules_sha256,
        "road_layers": ground.road_layers,
        "pairs": {standing.value: counts[standing] for standing in PairStanding},
        "budget_yuan": one.asked.budget_yuan,
        "aim": one.asked.aim,
        "result": one.result,
    }


def compared(found: Compared) -> Record:
    """Return a base and, beside it, what is supposed."""
    ground = found.base.pairs.ground
    return {
        "base": match(found.base),
        "changed": None if found.changed is None else match(found.changed),
        "moves": found.moves,
        "piles": [_facts(pile) for pile in ground.piles],
        "pits": [_facts(pit) for pit in ground.pits],
    }


def _facts(one: PileFacts | PitFacts) -> Record:
    return asdict(one)


def reasons(verdict: PairVerdict, ticked: Collection[str]) -> list[Record]:
    """Return why a pair stands as it does, each with its clause and the facts that decided."""
    held = rules_file.current()
    found = []
    for reason in verdict.reasons:
        rule = held.rule(reason.rule)
        said = (rule.zh, rule.en) if reason.is_known else (rule.find_zh, rule.find_en)
        found.append(
            {
                "rule": rule.id,
                "standard": rule.standard,
                "clause": rule.clause,
                "zh": said[0],
                "en": said[1],
                "is_known": reason.is_known,
                "is_checked": rule.id in ticked,
                "facts": [{"fact": name, "value": value} for name, value in reason.facts],
            }
        )
    return found


def pairs(
    connection: sa.Connection,
    district_code: str,
    as_of: datetime,
    *,
    standing: PairStanding | None,
    code: str | None,
    offset: int,
    limit: int,
) -> Record:
    """Return a page of pairs with their reasons, the open ones first, then by code."""
    found = judged(gathered(connection, district_code, as_of), rules_file.current())
    ticked = ticked_ids(connection)
    order = {word: place for place, word in enumerate(PairStanding)}
    ground = found.ground
    chosen = [
        at
        for at, ruling in found.rulings.items()
        if standing in (None, ruling.standing)
        and code in (None, ground.piles[at[0]].code, ground.pits[at[1]].code)
    ]
    chosen.sort(key=lambda at: (order[found.rulings[at].standing], at))
    return {
        "items": [_pair(found, at, ticked) for at in chosen[offset : offset + limit]],
        "total": len(chosen),
        "counts": {word.value: found.counts[word] for word in PairStanding},
    }


def _pair(found: Pairs, at: tuple[int, int], ticked: Collection[str]) -> Record:
    pile, pit = found.ground.piles[at[0]], found.ground.pits[at[1]]
    verdict = found.verdict(*at)
    return {
        "pile": pile.code,
        "pile_name": pile.name,
        "material": pile.material,
        "nature": pile.nature,
        "mass_t": pile.mass_t,
        "pit": pit.code,
        "pit_name": pit.name,
        "void": pit.void,
        "free_volume_m3": pit.free_volume_m3,
        "standing": verdict.standing,
        "reasons": reasons(verdict, ticked),
        "missing": verdict.missing,
        "assessment_id": verdict.assessment_id,
        "km": round(float(found.ground.hauls.km[at]), 2),
        "haul": found.ground.hauls.basis(*at),
    }


def load(one: BackfillLoad) -> Record:
    """Return a line of the book."""
    return {name: value for name, value in asdict(one).items() if name != "body_sha256"}


def checks(connection: sa.Connection, district_code: str) -> list[BookCheck]:
    """Return the checks of every pit of a district that has a line in the book."""
    filled = {one.pit_code for one in backfill_book.sums_of(connection, district_code)}
    return [one for code in sorted(filled) for one in checks_of(connection, code)]


def assessment(one: BackfillAssessment) -> Record:
    """Return an assessment."""
    return asdict(one)


def assessments(connection: sa.Connection, district_code: str) -> Record:
    """Return a district's assessments, the newest first, and what their sites are called."""
    found = backfill.assessments(connection, district_code)
    codes = {one.pit_code for one in found} | {one.source_code for one in found if one.source_code}
    return {
        "items": [assessment(one) for one in found],
        "names": backfill.names_of(connection, codes),
    }


def book(
    connection: sa.Connection, district_code: str, pit: str | None, source: str | None, limit: int
) -> Record:
    """Return the book: its newest lines, its sums, the checks of every pit that has a line."""
    lines = backfill_book.loads_of(
        connection, district_code, pit_code=pit, source_code=source, limit=limit
    )
    sums = backfill_book.sums_of(connection, district_code)
    sources = {one.source_code for one in sums if one.source_code}
    return {
        "loads": [load(one) for one in lines],
        "reversed": [one.corrects for one in lines if one.corrects],
        "sums": [one._asdict() for one in sums],
        "checks": [asdict(one) for one in checks(connection, district_code)],
        "names": backfill.names_of(connection, {one.pit_code for one in sums} | sources),
    }


def plan_item(one: BackfillPlan) -> Record:
    """Return a kept plan without what went into it."""
    return {
        **{name: getattr(one, name) for name in ("id", "title", "made_at", "made_by", "as_of")},
        **{name: getattr(one, name) for name in ("asked", "inputs_sha256", "rules_sha256")},
        "totals": one.result["totals"],
        "is_current_rules": one.rules_sha256 == rules_file.current().sha256,
    }


def plan(one: BackfillPlan) -> Record:
    """Return a kept plan with its answer."""
    return plan_item(one) | {"result": one.result}
