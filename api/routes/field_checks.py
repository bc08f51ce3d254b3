"""Field checks: sent by phones and by the office's map, and what the office says of them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api import check_body, wire_check
from api.access import Field, FieldBook, Reader
from gis.domain.terms import Right, Via
from gis.ledger.checks import record_field_check
from gis.rules import field_check as form
from gis.store import checks

router = APIRouter(prefix="/api")


@router.put("/field-checks/{check_id}")
def put_check(
    check_id: UUID, body: check_body.Envelope, response: Response, user: Field, book: FieldBook
) -> dict[str, Any]:
    """Receive a verdict: 201 the first time, 200 when the same check comes again."""
    sent = check_body.read_check(
        check_id, body.check, username=user.username, via=Via.NET, sent_at=body.sent_at
    )
    is_own = user.may(Right.EDIT) and sent.recorded_by == user.username
    check, is_new = record_field_check(book, sent, at_once=is_own)
    response.status_code = 201 if is_new else 200
    with book.reading() as connection:
        check = checks.check(connection, check.id)
        return {
            "receipt": wire_check.receipt(check),
            "check": wire_check.check(check),
            "place": wire_check.place(connection, check),
        }


@router.get("/field/rules")
def rules(user: Reader) -> dict[str, Any]:
    """Return the rules of the form, with its limits, factors and densities."""
    return wire_check.rules(form.current())
