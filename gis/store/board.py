"""The board as one reading: every figure from one snapshot, one moment, one filter.

The sites are chosen by the condition that chooses those of list, map and export, so that no figure
can differ from the list that its link opens.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.visitors import iterate

from gis.domain.board import PARTS, Board, Figures, SinceTooLate, Slice, in_reading_order
from gis.domain.listing import EVERYTHING, Wanted
from gis.domain.terms import Change, DeadlineState
from gis.store import board_work, changes, listing, reaches, register, sight
from gis.store.listing import Scope
from gis.store.snapshot import at_once
from gis.store.tables import listed, site_codes
from gis.store.tables.base import TermText

ALONG = ("river", "reach")
FINE = tuple(name for name in PARTS if name not in ALONG)
COARSE = (*ALONG, "grade")
"""The sites are summed into cells twice: by all parts that no river bears, and reach by grade."""

SUMMED = (*PARTS, "area_m2", "mass_t")
OF_SITE = ("code", "district_code", "is_on_list", "registered_at", "recorded_at", "graded_at")
TOLD = (*SUMMED, *OF_SITE, "due_on")
"""What the figures are made of; of a past day no more is worked out, but what a filter asks of."""

PER_M2, PER_T = 100, 1000
"""Areas and masses are summed as whole hundredths and thousandths: in any order the same sum."""


def board(connection: sa.Connection, scope: Scope, wanted: Wanted, since: date) -> Board:
    """Return the board of a district; ``connection`` is a `snapshot`.

    Raises SinceMissing, SinceTooLate.
    """
    day = register.day_of(scope.as_of)
    if since >= day:
        raise SinceTooLate(since=since, day=day)
    held, is_wanted = _held(connection, scope, wanted)
    began = (
        sa.select(site_codes.c.registered_at)
        .where(site_codes.c.district_code == scope.district_code)
        .order_by(site_codes.c.serial)
        .limit(1)
    )
    first = connection.scalar(began)
    codes = sa.select(held.c.code).where(is_wanted)
    stems = reaches.main_stems(connection, scope.district_code, scope.as_of)
    is_whole = wanted == EVERYTHING and sight.of(connection).is_everything

    def of_sites(one: sa.Connection) -> tuple[dict[str, tuple[Slice, ...]], dict[Change, int]]:
        chosen = sa.select(*(held.c[name] for name in SUMMED)).where(is_wanted)
        return _parts(one, chosen, stems), changes.count(one, held, is_wanted, since)

    def of_works(one: sa.Connection) -> board_work.Work:
        return board_work.work(one, codes, scope, held, is_whole=is_whole)

    if scope.is_now:
        (parts, changed), work = at_once(connection, of_sites, of_works)
    else:  # the past is worked out in a temporary table, which is this connection's own
        (parts, changed), work = of_sites(connection), of_works(connection)
    return Board(
        district_code=scope.district_code,
        day=day,
        since=since,
        wanted=wanted,
        began_on=None if first is None else register.day_of(first),
        total=_sum([one.figures for one in parts["grade"]]),
        parts=parts,
        main_stems=stems,
        changes=changed,
        newly_red=_newly_red(connection, held, is_wanted, since, day),
        units=work.units,
        stages=work.stages,
        money=work.money,
    )


def _held(
    connection: sa.Connection, scope: Scope, wanted: Wanted
) -> tuple[sa.FromClause, sa.ColumnElement[bool]]:
    """Return the register's rows and which are wanted.

    Those of a past day are worked out once, for all figures, and no wider than these need: where a
    site's centre lies, or how its name is looked for, costs more than what is counted.
    """
    rows = listing.source(scope)
    if scope.is_now:
        return rows, listing.asked(connection, rows, scope, wanted)
    columns = [sa.Column(column.name, column.type) for column in rows.c]
    past = sa.Table("board_past", sa.MetaData(), *columns)
    is_wanted = listing.asked(connection, past, scope, wanted)
    asked = {one.name for one in iterate(is_wanted) if isinstance(one, sa.Column)}
    narrow = [column for column in rows.c if column.name in asked.union(TOLD)]
    kept = sa.Table(
        *("board_past", sa.MetaData()),
        *(sa.Column(column.name, column.type) for column in narrow),
        prefixes=["TEMPORARY"],
    )
    connection.execute(sa.text("drop table if exists pg_temp.board_past"))
    connection.execute(sa.schema.CreateTable(kept))
    connection.execute(sa.insert(kept).from_select([c.name for c in narrow], sa.select(*narrow)))
    return past, is_wanted


def _parts(
    connection: sa.Connection, chosen: sa.Select[Any], stems: Sequence[str]
) -> dict[str, tuple[Slice, ...]]:
    rows = chosen.subquery("chosen")
    names = [rows.c[name] for name in PARTS]
    sets = [[rows.c[name] for name in some] for some in (FINE, COARSE)]
    cells = (
        sa.select(
            *names,
            sa.func.grouping(rows.c.reach).label("is_fine"),
            sa.func.count().label("sites"),
            _exact(rows.c.area_m2, PER_M2).label("area"),
            _exact(rows.c.mass_t, PER_T).label("mass"),
            sa.func.count(rows.c.mass_t).label("weighed"),
        )
        .group_by(sa.func.grouping_sets(*(sa.tuple_(*some) for some in sets)))
        .order_by(None)
    )
    tally: dict[str, dict[str | None, _Tally]] = {name: defaultdict(_Tally) for name in PARTS}
    for row in connection.execute(cells).mappings():
        for name in FINE if row["is_fine"] else ALONG:
            is_apart = name == "river" and row["reach"] is None
            tally[name][None if is_apart else row[name]].add(row)
    slices = {name: _slices(name, found) for name, found in tally.items()}
    rivers = sorted(slices["river"], key=lambda one: (one.value is None, one.value not in stems))
    return slices | {"river": tuple(rivers)}


def _exact(column: sa.ColumnElement[Any], per: int) -> sa.ColumnElement[Any]:
    return sa.func.sum(sa.cast(sa.func.round(column * per), sa.BigInteger))


class _Tally:
    """Sums cells of one word."""

    def __init__(self) -> None:
        self.sites = self.area = self.mass = self.weighed = 0
        self.grades: dict[str | None, int] = defaultdict(int)

    def add(self, row: Any) -> None:
        """Take in one cell."""
        self.sites += row["sites"]
        self.area += int(row["area"] or 0)
        self.mass += int(row["mass"] or 0)
        self.weighed += row["weighed"]
        self.grades[row["grade"]] += row["sites"]

    def figures(self) -> Figures:
        """Return the sums, in the register's units."""
        return Figures(self.sites, self.area / PER_M2, self.mass / PER_T, self.weighed)


def _slices(name: str, found: dict[str | None, _Tally]) -> tuple[Slice, ...]:
    """Return the words of a part in their order, what is not known last."""
    words = _words(name)
    known = sorted((w for w in found if w is not None), key=words.index if words else _by_name)
    order = [*known, *([None] if None in found else [])]
    return tuple(Slice(word, found[word].figures(), dict(found[word].grades)) for word in order)


def _words(name: str) -> list[str]:
    if name == "deadline":
        return list(DeadlineState)
    kind = listed.c[name].type
    return list(kind.term) if isinstance(kind, TermText) else []


def _by_name(word: Any) -> Any:
    return in_reading_order(str(word))


def _sum(figures: list[Figures]) -> Figures:
    return Figures(
        sum(one.sites for one in figures),
        round(sum(one.area_m2 for one in figures), 2),
        round(sum(one.mass_t for one in figures), 3),
        sum(one.weighed for one in figures),
    )


def _newly_red(
    connection: sa.Connection,
    held: sa.FromClause,
    is_wanted: sa.ColumnElement[bool],
    since: date,
    day: date,
) -> int:
    """Return how many of the sites are overdue by a day that came after ``since``.

    What is red was due before ``day``; said so, an index finds it.
    """
    is_red = held.c.deadline == DeadlineState.RED
    came = (held.c.due_on >= since) & (held.c.due_on < day)
    query = sa.select(sa.func.count()).where(is_wanted, is_red, came)
    return connection.scalar(query) or 0
