"""Verbs on laboratory results and the conclusions that rest on them."""

from gis.domain.conclusion import Conclusion
from gis.ledger.book import Entry
from gis.store import shape, tables


def put_conclusion(
    entry: Entry,
    after: Conclusion,
    before: Conclusion | None = None,
    *,
    verb: str = "record_conclusion",
) -> None:
    """Store a version of a conclusion; the caller grades the site anew."""
    shape.insert(entry.connection, tables.conclusions, [after])
    entry.log(verb, "site", after.site_code, before=before, after=after)
