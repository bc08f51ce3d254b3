"""What grading looks at, of all sites in one streaming query."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from gis.domain.grading.facts import AROUND, OF_SITE, Facts, gathered
from gis.domain.terms import Grade
from gis.store import sight
from gis.store.identification import newest_in_force
from gis.store.register import ON_LIST, among, keys, known
from gis.store.tables import conclusions, gradings, sites, surroundings

AT_ONCE = 5_000


class Known(NamedTuple):
    """A listed site's facts as they stand, and how it was last graded (None before the first)."""

    code: str
    version: int
    name: str
    facts: Facts
    grade: Grade | None
    graded_at: datetime | None
    rule_sha256: str | None
    decision_sha256: str | None


def stream(
    connection: sa.Connection,
    district_code: str | None = None,
    codes: Collection[str] | None = None,
) -> Iterator[Known]:
    """Yield the sites on the list, or those of ``codes``, some thousand in memory at a time.

    The list is that of the sites seen.
    """
    held = keys(None, codes)
    of_codes = [] if codes is None else [among(conclusions.c.site_code, codes)]
    said = newest_in_force(*of_codes).subquery("said")
    query = (
        sa.select(
            *(sites.c[name] for name in ("code", "version", "name", "mass_t")),
            sa.func.coalesce(said.c.nature, sites.c.nature).label("nature"),
            said.c.leach_multiple,
            *(gradings.c[name] for name in Known._fields[4:]),
            *(sites.c[name] for name in OF_SITE),
            *(surroundings.c[name] for name in AROUND),
        )
        .select_from(known(held).outerjoin(said, said.c.site_code == held.c.code))
        .order_by(sites.c.code)
    )
    if codes is None:
        query = query.where(sites.c.state.in_(ON_LIST), sight.sites_seen(connection, sites.c.code))
    if district_code is not None:
        query = query.where(sites.c.district_code == district_code)
    names = (*OF_SITE, *AROUND)
    options = {"yield_per": AT_ONCE}
    with connection.execute(query, execution_options=options) as rows:
        for row in rows:
            code, version, name, mass_t, nature, multiple, *rest = row
            facts = gathered(nature, multiple, mass_t, dict(zip(names, rest[4:], strict=True)))
            yield Known(code, version, name, facts, *rest[:4])
