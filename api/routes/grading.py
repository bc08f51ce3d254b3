"""Grading: the weight laboratory, rule sets, the order for money, and the rows of the rules."""

from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api import money, weights
from api.access import Engine, OpenBook, Reader, Reviewer
from gis.domain.grading.rule_changes import changed
from gis.domain.grading.rule_row import RuleRow
from gis.ledger import rules as verbs
from gis.ledger.grading import rules_in_force
from gis.ledger.weights import try_rules
from gis.rules import priority as priority_rules
from gis.store import places, priority, rule_checks, rule_sets, sites
from gis.store.engine import connecting

router = APIRouter(prefix="/api")

District = Annotated[str, Query(max_length=20)]
Limit = Annotated[int, Query(ge=1, le=500)]
Words = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class TryBody(weights.ChangesBody):
    """Changes to try, where, and which page of those that would move."""

    district: Annotated[str, Field(max_length=20)]
    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class AdoptBody(BaseModel):
    """A rule set to put in force, and why."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=200_000, pattern=r"^[^\x00]*$")]
    reason: Words


class CheckBody(BaseModel):
    """A person's word on a row, as the row was seen."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    sha256: Annotated[str, Field(max_length=64)]
    is_checked: bool
    edition: Words = ""
    note: Words = ""


def _benches(request: Request) -> weights.Benches:
    state = request.app.state
    if not hasattr(state, "benches"):
        state.benches = weights.Benches()
    return cast(weights.Benches, state.benches)


@router.get("/weights")
def in_force(user: Reader, engine: Engine) -> dict[str, Any]:
    """Return the rule set in force with every number, and those adopted before it."""
    with connecting(engine) as connection:
        adopted = rule_sets.all_adopted(connection)
        return weights.rule_set(rules_in_force(connection)) | {
            "adopted": [
                {
                    "name": f"{one.scheme} v{one.version}",
                    **{n: getattr(one, n) for n in ("sha256", "adopted_at", "adopted_by")},
                    **{n: getattr(one, n) for n in ("reason", "moved")},
                }
                for one in adopted
            ]
        }


@router.post("/weights/try")
def try_weights(user: Reader, engine: Engine, request: Request, body: TryBody) -> dict[str, Any]:
    """Return who would move under changed numbers and how firm grades are; writes nothing."""
    with connecting(engine) as connection:
        places.district(connection, body.district)
        now = rules_in_force(connection)
        on = _benches(request).of(connection, body.district)
    new = changed(now, body.changes())
    return weights.trial(on, try_rules(on, now, new), now, new, body.after, body.limit)


@router.put("/rule-sets/{adoption_id}")
def adopt(
    adoption_id: UUID, body: AdoptBody, user: Reviewer, book: OpenBook, response: Response
) -> dict[str, Any]:
    """Put a rule set in force and grade every site by it."""
    adopted, is_new = verbs.adopt(book, adoption_id, body.text, body.reason)
    response.status_code = 201 if is_new else 200
    plain = ("id", "scheme", "version", "sha256", "adopted_at", "adopted_by", "reason", "moved")
    return {name: getattr(adopted, name) for name in plain}


@router.get("/priority")
def line(
    user: Reader,
    engine: Engine,
    district: District,
    after: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Return sites in the order for money, each with why it stands where it does."""
    rules = priority_rules.current()
    with connecting(engine) as connection:
        places.district(connection, district)
        order = priority.Order(rules, rules_in_force(connection))
        rows, total = priority.page(connection, district, order, limit=limit, after=after)
        tests = money.tests(rules)
        open_ = verbs.unchecked(connection, [test["id"] for test in tests])
    end = after + len(rows)
    return {
        "items": [money.site(row, rules) for row in rows],
        "tests": [test | {"checked": test["id"] not in open_} for test in tests],
        "next": end if end < total else None,
        "total": total,
        "mass_unknown_t": rules.mass_unknown_t,
    }


@router.get("/sites/{code}/priority")
def place_of(code: str, user: Reader, engine: Engine) -> dict[str, Any]:
    """Return a site's place in the order for money; ``standing`` is null where it does not wait."""
    rules = priority_rules.current()
    with connecting(engine) as connection:
        site = sites.site(connection, code)
        order = priority.Order(rules, rules_in_force(connection))
        row = priority.place_of(connection, site.district_code, code, order)
    standing = None if row is None else money.site(row, rules)
    return {"tests": money.tests(rules), "standing": standing}


def _row(row: RuleRow, ticks: dict[str, Any]) -> dict[str, Any]:
    plain = ("id", "standard", "clause", "text_zh", "text_en", "value", "unit", "certainty")
    tick = ticks.get(row.id)
    said = ("edition", "note", "checked_by", "checked_at", "is_checked")
    return {
        **{name: getattr(row, name) for name in (*plain, "source", "file", "sha256")},
        "is_read": row.is_read,
        "is_ticked": verbs.is_ticked(row, ticks),
        "tick": None if tick is None else {name: getattr(tick, name) for name in said},
    }


@router.get("/rules")
def rows(user: Reader, engine: Engine) -> dict[str, Any]:
    """Return every row of the rules, with who compared it with the text and when."""
    with connecting(engine) as connection:
        ticks = rule_checks.newest(connection)
        return {"items": [_row(row, ticks) for row in verbs.all_rows(connection)]}


@router.put("/rules/{row_id}/check")
def check(
    row_id: str, body: CheckBody, user: Reviewer, book: OpenBook, response: Response
) -> dict[str, Any]:
    """Tick a row against the standard's text, or take the tick back with a reason."""
    sent = verbs.CheckSent(
        body.id, row_id, body.sha256, body.is_checked, body.edition.strip(), body.note.strip()
    )
    kept, is_new = verbs.check_row(book, sent)
    response.status_code = 201 if is_new else 200
    said = ("id", "row_id", "is_checked", "edition", "note", "checked_by", "checked_at")
    return {name: getattr(kept, name) for name in said}
