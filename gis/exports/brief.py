"""工作简报: the board's reading of a day as a paper for the leaders, in words, figures and tables.

Every figure is the board's; the last section says what they rest on, so that the paper can be held
against the list of the same day and be made again a year later.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gis.domain.board import Board, Figures, Slice, UnitWork
from gis.domain.listing import describe
from gis.domain.terms import Change, Grade, ProjectStage, SiteKind, SiteState, Term
from gis.exports.word import Paper

DEMO = "（演示数据，不代表实际情况）"
NOT_KNOWN = {"grade": "未分级", "town": "镇（街道）不明", "kind": "", "state": ""}
SHOWN_REACHES = 10


@dataclass(frozen=True, slots=True)
class Brief:
    """What one issue is made of; ``content_hash`` is that of the list's cells on the same day."""

    district_name: str
    is_demo: bool
    board: Board
    rule_set: str
    content_hash: str
    issue: str = ""
    issued_by: str = ""

    @property
    def issue_name(self) -> str:
        """Return its number in the year; a month's is the month's unless another is given."""
        day = self.board.day
        return f"{day.year}年第{self.issue or day.month}期"


def write(brief: Brief, path: Path) -> None:
    """Write the paper; the same data, day and issue are the same bytes."""
    board = brief.board
    name = brief.district_name.removesuffix("（演示数据）")
    title = f"{name}固体废物堆场与矿坑整治工作进展"
    paper = Paper(title, board.day)
    by = brief.issued_by or f"{name}“无废城市”建设工作专班"
    mark = DEMO if brief.is_demo else ""
    paper.masthead("工作简报", f"（{brief.issue_name}）", by, chinese_day(board.day), mark)
    paper.title(title)
    _overall(paper, name, board)
    _progress(paper, board)
    _changes(paper, board)
    _lag(paper, board)
    _about(paper, brief, name)
    paper.write(path)


def _overall(paper: Paper, name: str, board: Board) -> None:
    total = board.total
    paper.heading("一、总体情况")
    if not total.sites:
        paper.text(f"截至{chinese_day(board.day)}，{_nothing(board)}")
        return
    paper.text(
        f"截至{chinese_day(board.day)}，{name}分类分级管控清单在列点位{total.sites}处，"
        f"占地{hectares(total)}公顷，堆存量{wan_t(total)}万吨"
        f"（已掌握堆存量的{total.weighed}处）。"
        f"按类型分：{_enumerate(board.parts['kind'], SiteKind)}。"
        f"按状态分：{_enumerate(board.parts['state'], SiteState)}。"
    )
    paper.table("表1　按风险等级统计", _heads("风险等级", "占点位比例"), _grades(board))
    paper.table("表2　按镇（街道）统计", _heads("镇（街道）"), _rows(board, "town", None))
    reaches = [one for one in board.parts["reach"] if one.value is not None]
    if reaches:
        worst = sorted(
            reaches, key=lambda one: (-one.grades.get(Grade.HIGH, 0), -one.figures.sites)
        )
        shown = worst[:SHOWN_REACHES]
        more = (
            f"（高风险点位较多的{len(shown)}段，共{len(reaches)}段）" if worst[len(shown) :] else ""
        )
        paper.table(
            f"表3　按河段统计{more}", _heads("河段"), [_row(one, None, "") for one in shown]
        )


def _nothing(board: Board) -> str:
    if board.began_on is None:
        return "清单中还没有点位。"
    if board.day < board.began_on:
        return f"清单尚未建立（首个点位登记于{chinese_day(board.began_on)}）。"
    return "没有符合筛选范围的点位。"


def _progress(paper: Paper, board: Board) -> None:
    paper.heading("二、计划完成情况")
    money = board.money
    if not board.units:
        paper.text("上述点位尚无整治项目。")
        return
    share = percent(board.closed, board.total.sites)
    paper.text(
        f"已销号点位{board.closed}处，占在列点位的{share}。"
        f"整治工作共{board.work('works')}项，已完成{board.work('finished')}项；"
        f"其中已到完成时限的{board.work('due')}项，完成{board.work('due_finished')}项，"
        f"到期完成率{percent(board.work('due_finished'), board.work('due'))}。"
    )
    stages = "、".join(f"{_zh(ProjectStage, s)}{n}个" for s, n in board.stages.items())
    lacking = f"（{money.unbudgeted}个项目未填预算）" if money.unbudgeted else ""
    paper.text(
        f"整治项目{money.projects}个，按阶段分：{stages}。预算资金{wan_yuan(money.budget_yuan)}万元"
        f"{lacking}，已支付{wan_yuan(money.paid_yuan)}万元，"
        f"支付率{percent(money.paid_yuan, money.budget_yuan)}。"
    )
    heads = ("牵头单位", "工作", "已完成", "已到期", "到期完成", "临期", "逾期")
    units = [(_unit(one), *(str(getattr(one, name)) for name in _OF_UNIT)) for one in board.units]
    paper.table("表4　各牵头单位工作进展（项）", heads, units)


_OF_UNIT = ("works", "finished", "due", "due_finished", "amber", "red")


def _changes(paper: Paper, board: Board) -> None:
    paper.heading(f"三、{chinese_day(board.since)}以来的变化")
    said = [f"{_CHANGE[change]}{number}处" for change, number in board.changes.items() if number]
    said += [f"整治工作新逾期的点位{board.newly_red}处"] if board.newly_red else []
    paper.text(
        f"与{chinese_day(board.since)}相比，"
        + ("，".join(said) or "点位、等级与时限均无变化")
        + "。"
    )


_CHANGE = {
    Change.LISTED: "新列入清单",
    Change.CLOSED: "新销号",
    Change.REOPENED: "销号后重新打开",
    Change.WORSE: "风险等级上调",
    Change.BETTER: "风险等级下调",
}


def _lag(paper: Paper, board: Board) -> None:
    paper.heading("四、滞后情况")
    lagging = board.lagging
    if not lagging:
        paper.text("没有单位的整治工作逾期。")
        return
    worst = "；".join(
        f"{_unit(one)}逾期{one.red}项（涉及点位{one.sites_red}处），最长逾期{one.late_days}天"
        for one in lagging
    )
    paper.text(f"逾期工作共{board.work('red')}项。{worst}。")


def _about(paper: Paper, brief: Brief, name: str) -> None:
    board = brief.board
    paper.heading("五、数据说明")
    paper.facts(
        [
            ("截至时间", f"{chinese_day(board.day)}24时（当日编制的，为编制时已入库的数据）"),
            (
                "筛选范围",
                f"{name}（{board.district_code}），{describe(board.wanted).zh or '全部点位'}",
            ),
            ("分级规则", brief.rule_set),
            ("清单条数", str(board.total.sites)),
            ("清单校验（SHA-256）", brief.content_hash),
            (
                "一致性",
                "条数与校验值同于同日、同筛选范围导出的管控清单；"
                "本期数字与总览页、清单、地图取自同一次读取",
            ),
            ("口径", "堆存量只计已掌握的点位；持续推进的工作没有时限，不计逾期"),
        ]
    )


def _heads(first: str, last: str = "其中高风险（处）") -> tuple[str, ...]:
    return (first, "点位（处）", "占地（公顷）", "堆存量（万吨）", "已掌握堆存量（处）", last)


def _grades(board: Board) -> list[tuple[str, ...]]:
    every = board.total.sites
    rows = [
        (
            _word(one, Grade, NOT_KNOWN["grade"]),
            *_figures(one.figures),
            percent(one.figures.sites, every),
        )
        for one in board.parts["grade"]
    ]
    return [*rows, ("合计", *_figures(board.total), percent(every, every))]


def _rows(board: Board, part: str, term: type[Term] | None) -> list[tuple[str, ...]]:
    rows = [_row(one, term, NOT_KNOWN[part]) for one in board.parts[part]]
    high = sum(one.grades.get(Grade.HIGH, 0) for one in board.parts[part])
    return [*rows, ("合计", *_figures(board.total), str(high))]


def _row(one: Slice, term: type[Term] | None, not_known: str) -> tuple[str, ...]:
    high = one.grades.get(Grade.HIGH, 0)
    return (_word(one, term, not_known), *_figures(one.figures), str(high))


def _word(one: Slice, term: type[Term] | None, not_known: str) -> str:
    if one.value is None:
        return not_known
    return one.value if term is None else _zh(term, one.value)


def _figures(figures: Figures) -> tuple[str, ...]:
    said = (hectares(figures), wan_t(figures) if figures.weighed else "—")
    return (str(figures.sites), *said, str(figures.weighed))


def _enumerate(slices: tuple[Slice, ...], term: type[Term]) -> str:
    return "、".join(f"{_zh(term, one.value or '')}{one.figures.sites}处" for one in slices)


def _zh(term: type[Term], value: str) -> str:
    return term.of(value).zh


def _unit(one: UnitWork) -> str:
    return one.unit or "未明确牵头单位"


def chinese_day(day: date) -> str:
    """Return a day as it is written: 2026年11月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


def hectares(figures: Figures) -> str:
    """Return an area in hectares, two decimals."""
    return f"{figures.area_m2 / 10_000:,.2f}"


def wan_t(figures: Figures) -> str:
    """Return a mass in units of ten thousand tonnes, two decimals."""
    return f"{figures.mass_t / 10_000:,.2f}"


def wan_yuan(yuan: float) -> str:
    """Return money in units of ten thousand yuan, two decimals."""
    return f"{yuan / 10_000:,.2f}"


def percent(part: float, whole: float) -> str:
    """Return a share in percent, "—" of nothing.

    >>> percent(1, 3), percent(0, 0)
    ('33.3%', '—')
    """
    return f"{100 * part / whole:.1f}%" if whole else "—"
