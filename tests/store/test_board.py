"""The board says what list, counts and export say, under any filter, on any day, to anybody."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from shapely.geometry import LineString

from gis.domain.board import PARTS, SinceTooLate, month_before
from gis.domain.listing import EVERYTHING, Box, SinceMissing, Span, Wanted
from gis.domain.people.accounts import Sight
from gis.domain.terms import (
    Change,
    DeadlineState,
    Grade,
    LayerKind,
    ProjectStage,
    SiteKind,
    SiteState,
    WasteNature,
)
from gis.ledger import Book, places
from gis.ledger.sites import put_site
from gis.ledger.works import put_project
from gis.store import board, deadlines, listing, register, sight, sites
from gis.store import places as stored_places
from gis.store.boards import Boards
from gis.store.listing import Scope
from gis.store.snapshot import snapshot
from tests.makers import (
    KUNDULUN,
    NOON,
    Clock,
    a_district,
    a_layer,
    a_project,
    a_site,
    list_site,
    open_book,
    square,
)

MARCH, JUNE = date(2026, 3, 15), date(2026, 6, 19)
GAPS = {"grade", "town", "reach", "bank", "deadline"}
WISHES = [
    EVERYTHING,
    Wanted(grade=(Grade.HIGH, Grade.MEDIUM)),
    Wanted(kind=(SiteKind.MINE_PIT,)),
    Wanted(state=(SiteState.CLOSED,)),
    Wanted(town=("卜尔汉图镇",)),
    Wanted(bank=("LEFT",), mass_t=Span(1.0)),
    Wanted(deadline=(DeadlineState.RED,)),
    Wanted(unknown=("deadline",)),
    Wanted(unknown=("bank", "reach")),
    Wanted(known=("reach",), river=("河",)),
    Wanted(text="堆3"),
    Wanted(changed=(Change.CLOSED, Change.LISTED), since=date(2026, 5, 19)),
    Wanted(changed=(Change.WORSE, Change.BETTER), since=date(2026, 5, 19)),
    Wanted(text="无此处"),
    Wanted(box=Box(109.6, 40.6, 109.75, 40.9), points_h=Span(0.0), has_conclusion=False),
    Wanted(unknown=("height_m",), is_provisional=True, nature=(a_site().nature,), is_demo=False),
]


def rewrite(book: Book, code: str, **changes):
    """Store a site's next version, measured and graded as the register does."""
    with book.entry() as entry:
        held = sites.site(entry.connection, code)
        put_site(entry, replace(held, version=held.version + 1, recorded_at=entry.now, **changes))


@pytest.fixture
def clock():
    return Clock(NOON - timedelta(days=120))


@pytest.fixture
def lively(database_url, clock):
    """Eight sites listed in February, two in June; in June some close, reopen and change grade."""
    with open_book(database_url, clock) as book:
        places.add_district(book, a_district())
        river = LineString([(109.605, 40.61), (109.85, 40.61)])
        places.add_layer(book, *a_layer(LayerKind.MAIN_STEM, river))
        codes = []
        for number in range(8):
            facts = {
                "kind": SiteKind.MINE_PIT if number == 2 else SiteKind.WASTE_PILE,
                "state": SiteState.CLOSED if number in (3, 4) else SiteState.LISTED,
                "town": ["昆河镇", "卜尔汉图镇", None][number % 3],
                "mass_t": 1000.1 * number if number % 4 else None,
                "nature": {1: WasteNature.NO_WASTE, 5: WasteNature.HAZARDOUS}.get(
                    number, a_site().nature
                ),
            }
            outline = square(109.61 + 0.03 * number, 40.65)
            codes.append(list_site(book, name=f"堆{number}", outline=outline, **facts).code)
            if number % 2:
                due = JUNE - timedelta(days=20 * (number - 2))
                unit = "区自然资源分局" if number > 4 else "区生态环境分局"
                project = a_project(
                    codes[-1], due_on=due, lead_unit=unit, recorded_at=clock(), paid_yuan=10.1
                )
                with book.entry() as entry:
                    put_project(entry, project)
        clock.now = NOON
        rewrite(book, codes[0], state=SiteState.CLOSED)
        rewrite(book, codes[3], state=SiteState.IN_REMEDIATION)
        rewrite(book, codes[5], nature=WasteNature.NO_WASTE)
        rewrite(book, codes[1], nature=WasteNature.HAZARDOUS)
        list_site(book, name="堆8", outline=square(109.86, 40.70), state=SiteState.CLOSED)
        list_site(book, name="堆9", outline=square(109.87, 40.80))
        clock.tick()
        yield book


def read(book: Book, scope: Scope, wanted: Wanted = EVERYTHING, since: date | None = None):
    day = register.day_of(scope.as_of)
    with snapshot(book.engine) as connection:
        return board.board(connection, scope, wanted, since or month_before(day))


def scope_of(book: Book, name: str) -> Scope:
    if name == "now":
        return Scope(KUNDULUN, book.clock(), is_now=True)
    return Scope(KUNDULUN, register.end_of({"march": MARCH, "june": JUNE}[name]))


def test_board_list_counts_and_export_speak_of_the_same_sites(lively):
    town, unit = Sight(towns=("卜尔汉图镇",)), Sight(units=("区自然资源分局",))
    for limits, name, wanted in [
        *product([Sight()], ("now", "march"), WISHES),
        *product([town, unit], ("now", "june"), WISHES[:3]),
    ]:
        mine = Book(sight.bound(lively.engine, limits), "王工", lively.clock)
        scope = scope_of(lively, name)
        found = read(mine, scope, wanted)
        with mine.reading() as connection:
            rows = listing.rows(connection, scope, wanted)
            page = listing.page(connection, scope, wanted, limit=1)
            counts = listing.counts(connection, scope, wanted)
        assert found.total.sites == len(rows) == page.total == counts["total"], wanted
        masses = [row["mass_t"] for row in rows if row["mass_t"] is not None]
        assert found.total.weighed == len(masses)
        assert found.total.mass_t == pytest.approx(sum(masses), abs=0.01)
        assert found.total.area_m2 == pytest.approx(sum(row["area_m2"] for row in rows), abs=0.1)
        for part in ("grade", "kind", "state", "deadline"):
            said = {one.value: one.figures.sites for one in found.parts[part] if one.value}
            assert said == counts[f"by_{part}"], (wanted, part)
        for part in PARTS:
            assert sum(one.figures.sites for one in found.parts[part]) == len(rows)
            assert all(sum(o.grades.values()) == o.figures.sites for o in found.parts[part])


def test_every_figure_is_the_list_that_its_link_opens(lively):
    for name in ("now", "march"):
        links_open_their_lists(lively, scope_of(lively, name))


def links_open_their_lists(book: Book, scope: Scope) -> None:
    found = read(book, scope)
    with book.reading() as connection:

        def count(**asked):
            return listing.page(connection, scope, Wanted(**asked), limit=1).total

        for part, slices in found.parts.items():
            for one in slices:
                if part == "river":
                    ours = {"river": (one.value,), "known": ("reach",)}
                    asked = ours if one.value is not None else {"unknown": ("reach",)}
                    assert count(**asked) == one.figures.sites
                elif one.value is not None:
                    kind = {"grade": Grade, "kind": SiteKind, "state": SiteState}.get(part, str)
                    assert count(**{part: (kind(one.value),)}) == one.figures.sites
                else:
                    assert part in GAPS and count(unknown=(part,)) == one.figures.sites
        for change, number in found.changes.items():
            assert count(changed=(change,), since=found.since) == number
        newly = {"deadline": (DeadlineState.RED,), "due_on": Span(found.since, None)}
        assert count(**newly) == found.newly_red


def test_a_river_has_the_sites_of_its_reaches_and_main_stems_stand_first(lively):
    for name in ("now", "march"):
        found = read(lively, scope_of(lively, name))
        (stem,) = found.main_stems
        rivers = {one.value: one for one in found.parts["river"]}
        of_reaches = [one for one in found.parts["reach"] if one.value is not None]
        assert [*rivers][0] == stem and rivers[stem].figures.sites > 0
        assert rivers[stem].figures.sites == sum(one.figures.sites for one in of_reaches)
        area = sum(one.figures.area_m2 for one in of_reaches)
        assert rivers[stem].figures.area_m2 == pytest.approx(area)
        far = [one.figures for one in found.parts["reach"] if one.value is None]
        assert [one.figures for one in found.parts["river"] if one.value is None] == far
    assert far == [] or far[0].sites > 0
    before = read(lively, Scope(KUNDULUN, register.end_of(date(2020, 1, 1))))
    assert before.main_stems == () and before.parts["river"] == ()


def test_changes_compare_two_days_and_not_the_way_between(lively):
    found = read(lively, scope_of(lively, "now"))
    assert found.changes == {
        Change.LISTED: 2,
        Change.CLOSED: 2,
        Change.REOPENED: 1,
        Change.WORSE: 1,
        Change.BETTER: 1,
    }
    with lively.reading() as connection:
        code = sites.code_named(connection, KUNDULUN, "堆3")
    rewrite(lively, code, state=SiteState.CLOSED)  # closed again: as it was in May
    assert read(lively, scope_of(lively, "now")).changes[Change.REOPENED] == 0
    whole = read(lively, scope_of(lively, "now"), since=date(2025, 1, 1))
    assert whole.changes[Change.LISTED] == 10 and whole.changes[Change.WORSE] == 0
    assert whole.changes[Change.CLOSED] == 4


def test_works_are_counted_by_unit_stage_and_money(lively):
    found = read(lively, scope_of(lively, "now"))
    units = {unit.unit: unit for unit in found.units}
    late = units["区自然资源分局"]
    assert (late.works, late.due, late.red, late.late_days, late.sites_red) == (2, 2, 2, 100, 2)
    assert [unit.unit for unit in found.lagging] == ["区自然资源分局", "区生态环境分局"]
    assert found.stages == {ProjectStage.WORKS: 4}
    assert (found.money.budget_yuan, found.money.paid_yuan) == (4_000_000.0, 40.4)
    assert found.newly_red == 1 and found.work("red") == 3
    before = read(lively, Scope(KUNDULUN, register.end_of(date(2026, 2, 1))))
    assert before.units == () and before.total.sites == 0


def test_who_lags_is_who_the_deadlines_say(lively):
    for name in ("now", "june", "march"):
        scope = scope_of(lively, name)
        with lively.reading() as connection:
            said = [row for row in deadlines.summary(connection, scope) if row["by"] == "UNIT"]
        found = {
            one.unit: (one.red, one.amber, one.finished, one.late_days)
            for one in read(lively, scope).units
        }
        names = ("red", "amber", "done", "worst_days")
        assert found == {row["name"]: tuple(row[n] for n in names) for row in said}
        assert found


def test_the_board_of_a_day_before_the_register_says_when_it_began(lively):
    found = read(lively, Scope(KUNDULUN, register.end_of(date(2020, 1, 1))))
    assert found.total.sites == 0 and found.units == () and found.money.projects == 0
    assert set(found.changes.values()) == {0}
    assert found.began_on == date(2026, 2, 19)


def test_an_empty_register_has_a_board(database_url, clock):
    with open_book(database_url, clock) as book:
        places.add_district(book, a_district())
        found = read(book, scope_of(book, "now"))
    assert found.began_on is None and found.total.sites == 0 and found.parts["reach"] == ()


def test_changes_need_a_day_before_the_board_s(lively):
    scope = scope_of(lively, "now")
    with pytest.raises(SinceTooLate):
        read(lively, scope, since=register.day_of(scope.as_of))
    with pytest.raises(SinceMissing):
        read(lively, scope, Wanted(changed=(Change.LISTED,)))


def test_a_kept_board_is_read_anew_after_any_write_and_for_another_sight(lively):
    kept, scope = Boards(most=2), scope_of(lively, "now")

    def ask(engine):
        with snapshot(engine) as connection:
            return kept.read(connection, scope, EVERYTHING, MARCH)

    first = ask(lively.engine)
    assert ask(lively.engine) is first
    narrow = ask(sight.bound(lively.engine, Sight(towns=("昆河镇",))))
    assert narrow.total.sites < first.total.sites and ask(lively.engine) is first
    list_site(lively, name="新堆", outline=square(109.70, 40.80))
    assert ask(lively.engine).total.sites == first.total.sites + 1


def test_all_figures_come_from_one_moment(lively):
    """What is written while a board is read is not half in it."""
    scope = scope_of(lively, "now")
    with snapshot(lively.engine) as connection:
        assert stored_places.district(connection, KUNDULUN).code == KUNDULUN
        list_site(lively, name="插入", outline=square(109.70, 40.80))
        assert board.board(connection, scope, EVERYTHING, MARCH).total.sites == 10
    assert read(lively, scope).total.sites == 11
