"""The control list as of a day, for both doors."""

from datetime import date

from gis.domain.errors import DateInFuture
from gis.domain.listing import EVERYTHING, Wanted, describe
from gis.exports.inventory import Inventory
from gis.ledger import Book
from gis.ledger.grading import rules_in_force
from gis.store import listing, places
from gis.store.register import CHINA, end_of


def inventory_as_of(
    book: Book, district_code: str, day: date, wanted: Wanted = EVERYTHING
) -> Inventory:
    """Return a district's list as it stood at the end of a day, the same that the screen shows.

    Raises DistrictUnknown, DateInFuture.
    """
    if day > book.clock().astimezone(CHINA).date():
        raise DateInFuture(day=day)
    with book.reading() as connection:
        district = places.district(connection, district_code)
        rows = listing.rows(connection, listing.Scope(district_code, end_of(day)), wanted)
        current = rules_in_force(connection)
    used = sorted({row["rule_set"] for row in rows if row["rule_set"]})
    return Inventory(
        district_name=district.name_zh,
        district_code=district.code,
        as_of=day,
        rule_set="、".join(used) or current.name,
        rows=rows,
        filter=describe(wanted).zh,
    )
