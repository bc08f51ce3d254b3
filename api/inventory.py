"""The control list as of a day, for both doors."""

from datetime import date, datetime

from gis.domain.errors import DateInFuture
from gis.exports.inventory import Inventory
from gis.ledger import Book
from gis.rules import grading as rules
from gis.store import places, register


def inventory_as_of(book: Book, district_code: str, day: date) -> Inventory:
    """Return a district's list as it stood at the end of a day.

    Raises DistrictUnknown, DateInFuture.
    """
    if day > book.clock().astimezone(register.CHINA).date():
        raise DateInFuture(day=day)
    moment: datetime = register.end_of(day)
    with book.reading() as connection:
        district = places.district(connection, district_code)
        rows = register.rows(connection, moment, district_code)
    used = sorted({row["rule_set"] for row in rows if row["rule_set"]})
    current = rules.current()
    return Inventory(
        district_name=district.name_zh,
        district_code=district.code,
        as_of=day,
        rule_set="、".join(used) or f"{current.id} v{current.version}",
        rows=rows,
    )
