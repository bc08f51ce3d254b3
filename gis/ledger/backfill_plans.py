"""Verbs on matches: work one out, beside a supposition, and keep it as a plan."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gis.domain.backfill.allocation import BackfillPlan, MatchAsked, WhatIf
from gis.domain.backfill.errors import PlanMoved
from gis.domain.sites.errors import IdReused
from gis.ledger.backfill_ground import Ground, gathered, supposed
from gis.ledger.backfill_match import Pairs, inputs_hash, inputs_of, judged, moves, solved
from gis.ledger.book import Book
from gis.rules import backfill as rules_file
from gis.store import backfill, shape, sight, tables


@dataclass(frozen=True, slots=True)
class Match:
    """A match with all it rests on."""

    asked: MatchAsked
    pairs: Pairs
    inputs: dict[str, Any]
    inputs_sha256: str
    rules_sha256: str
    result: dict[str, Any]

    @property
    def as_of(self) -> datetime:
        """The moment whose facts it rests on."""
        return self.pairs.ground.as_of


@dataclass(frozen=True, slots=True)
class Compared:
    """A base and what would be if something were otherwise; ``moves`` is the difference."""

    base: Match
    changed: Match | None
    moves: list[dict[str, Any]]


def matched(ground: Ground, asked: MatchAsked) -> Match:
    """Match the piles and pits of a ground."""
    rules = rules_file.current()
    pairs = judged(ground, rules)
    inputs = inputs_of(pairs, asked, rules)
    return Match(asked, pairs, inputs, inputs_hash(inputs), rules.sha256, solved(inputs))


def compare(
    connection: sa.Connection, asked: MatchAsked, what: WhatIf, as_of: datetime
) -> Compared:
    """Match what is, and beside it what is supposed; nothing is stored.

    Raises DistrictUnknown, WhatIfUnfit.
    """
    ground = gathered(connection, asked.district_code, as_of)
    base = matched(ground, asked)
    if what.is_empty:
        return Compared(base, None, [])
    changed = matched(*supposed(ground, asked, what))
    return Compared(base, changed, moves(base.result, changed.result))


def save_plan(
    book: Book, plan_id: UUID, title: str, asked: MatchAsked, what: WhatIf, as_of: datetime
) -> tuple[BackfillPlan, bool]:
    """Keep a match, with what it supposes, as a plan; return it and whether it is new.

    A plan speaks for the whole district. Raises DistrictUnknown, WhatIfUnfit, IdReused,
    WholeDistrictOnly.
    """
    said = _said(asked, what)
    with book.reading() as connection:
        sight.require_whole(connection)
        found = compare(connection, asked, what, as_of)
    match = found.changed or found.base
    with book.entry() as entry:
        known = backfill.find_plan(entry.connection, plan_id)
        if known is not None:
            if (known.title, known.asked) != (title, said):
                raise IdReused(id=plan_id)
            return known, False
        plan = BackfillPlan(
            id=plan_id,
            district_code=asked.district_code,
            title=title,
            made_at=entry.now,
            made_by=entry.actor,
            as_of=as_of,
            asked=said,
            inputs=match.inputs,
            inputs_sha256=match.inputs_sha256,
            rules_sha256=match.rules_sha256,
            result=match.result,
            is_demo=match.pairs.ground.district.is_demo,
        )
        shape.insert(entry.connection, tables.backfill_plans, [plan])
        kept = {
            "title": title,
            "asked": said,
            "as_of": as_of,
            "inputs_sha256": plan.inputs_sha256,
            "rules_sha256": plan.rules_sha256,
            "totals": plan.result["totals"],
        }
        entry.log("save_backfill_plan", "backfill_plan", plan_id, after=kept)
    return plan, True


def _said(asked: MatchAsked, what: WhatIf) -> dict[str, Any]:
    plain = asdict(asked) | {"what_if": asdict(what)}
    plain["what_if"]["closed"] = list(what.closed)
    return plain


def proved(plan: BackfillPlan) -> dict[str, Any]:
    """Solve a kept plan again from its own inputs and return the result; raises PlanMoved."""
    again = solved(plan.inputs)
    if inputs_hash(plan.inputs) != plan.inputs_sha256 or again["totals"] != plan.result["totals"]:
        raise PlanMoved(title=plan.title)
    return again
