"""What the list says of images after the works: the newest that could tell, and what it showed.

It is the check of the close-out, and since then the look-backs by image.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gis.domain.terms import LookBackBy, LookBackResult
from gis.store.tables import close_outs, look_backs, sites

Moment = datetime | sa.BindParameter[datetime]


def satellite_held(as_of: Moment) -> sa.ColumnElement[Any]:
    """Return "day result" for a select of ``sites`` as it stood at ``as_of``; null where none."""
    look, one = look_backs.c, close_outs.c
    looked = _newest(sa.cast(look.looked_on, sa.Text), sa.cast(look.result, sa.Text)).where(
        look.site_code == sites.c.code,
        look.by == LookBackBy.SCENE,
        look.result != LookBackResult.UNCLEAR,
        look.recorded_at <= as_of,
    )
    found = one.evidence["satellite"]
    closed = _newest(found["observed_on"].astext, found["result"].astext).where(
        one.site_code == sites.c.code, one.closed_on.is_not(None), one.recorded_at <= as_of
    )
    both = (query.correlate(sites).scalar_subquery() for query in (looked, closed))
    return sa.func.greatest(*both).label("checked")


def _newest(day: sa.ColumnElement[Any], result: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Return the select of the newest day with its result: days as text are in order."""
    return sa.select(sa.func.max(day.op("||")(" ").op("||")(result)))
