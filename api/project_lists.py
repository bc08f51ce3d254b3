"""问题清单, 整改方案 and 储备库 as of a day, for both doors."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gis.domain.errors import DateInFuture
from gis.domain.listing import Wanted, describe
from gis.domain.terms import SiteKind
from gis.domain.works.rectification import ListKind, ProjectSheet
from gis.ledger import Book
from gis.ledger.grading import rules_in_force
from gis.rules import priority as priority_rules
from gis.rules import stages
from gis.store import listing, places, priority, project_list, rectification
from gis.store.register import CHINA, end_of

CONSTRUCTION = (SiteKind.CONSTRUCTION_PILE,)


def sheet(book: Book, kind: ListKind, district: str, day: date, wanted: Wanted) -> ProjectSheet:
    """Return a list of a district as it stood at the end of a day; the reserve is always today's.

    Raises DistrictUnknown, DateInFuture.
    """
    now = book.clock()
    today = now.astimezone(CHINA).date()
    if day > today:
        raise DateInFuture(day=day)
    wanted = replace(wanted, kind=CONSTRUCTION)
    with book.reading() as connection:
        place = places.district(connection, district)
        rows: Sequence[dict[str, Any]]
        notes: tuple[tuple[str, str], ...]
        if kind == "reserve":
            day = today
            order = priority.Order(priority_rules.current(), rules_in_force(connection))
            rows = [_flat(row) for row in project_list.reserve(connection, district, now, order)]
            scope = "立项阶段的全部项目"
            rules = order.rules
            notes = (
                ("排序规则", f"{rules.id} v{rules.version}（{rules.sha256[:12]}）"),
                ("次序", "按资金安排次序；未分级或不排队的点位列在最后，次序为空"),
            )
        else:
            rows = rectification.rows(connection, listing.Scope(district, end_of(day)), wanted)
            scope = describe(wanted).zh
            notes = (("流程规则", f"stages.toml（{stages.sha256()[:12]}）"),)
    return ProjectSheet(
        kind=kind,
        district_name=place.name_zh,
        district_code=place.code,
        as_of=day,
        scope=f"{place.name_zh}（{place.code}），{scope}",
        notes=notes,
        rows=list(rows),
    )


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return a project's row with its site's fields under the names that columns ask for."""
    site = {name: row[f"site_{name}"] for name in project_list.SITE}
    return {**row, **site}
