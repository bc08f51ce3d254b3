"""`qingfei deadlines` and `qingfei notice`: who lags, and the notices that say so."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer

from api import wire_deadlines
from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, say, table
from gis.domain.errors import DateInFuture
from gis.domain.terms import AnswerState, DeadlineState, NoticeKind
from gis.domain.works.deadline_errors import NoticeUnknown
from gis.domain.works.notice import LaggingNotice, NoticeSent, standings
from gis.exports import notice as paper
from gis.ledger import Book
from gis.ledger import notices as verbs
from gis.ledger.notice_answers import AnswerSent, accept_answer, answer_notice, send_answer_back
from gis.store import deadlines as works
from gis.store import notices, places
from gis.store.deadlines import WorkWish
from gis.store.listing import Scope
from gis.store.register import day_of, end_of

app = typer.Typer(help="督办单与通报。 Notices to units that lag.", no_args_is_help=True)

AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至日期。 State at the end of a day."),
]
Named = Annotated[
    str, typer.Argument(help="发文字号（如 昆督〔2026〕1号）或编号。 Number or id of the notice.")
]


def deadlines(
    district: District = None,
    as_of: AsOf = None,
    unit: Annotated[str | None, typer.Option("--unit", help="牵头单位。 Lead unit.")] = None,
    late: Annotated[
        bool, typer.Option("--late", help="逐项列出逾期工作。 List what is overdue.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """按单位统计临期与逾期，或逐项列出逾期工作。 Say which unit lags, or list what is overdue.

    Example: qingfei deadlines --district 150203 --late --unit 区执法局
    """
    book = terminal_book()
    code = one_district(book, district)
    scope = _scope(book, code, None if as_of is None else as_of.date())
    wish = WorkWish(unit=(unit,) if unit else ())
    with book.reading() as connection:
        places.district(connection, code)
        if late:
            wish = WorkWish(unit=wish.unit, state=(DeadlineState.RED,))
            found = works.works(connection, scope, wish)
            _list(found, as_json)
            return
        rows = wire_deadlines.summary(works.summary(connection, scope, wish))
    if as_json:
        emit(rows | {"day": day_of(scope.as_of)})
        return
    names = ("red", "amber", "on_time", "ongoing", "done", "worst_days")
    heads = ["单位", *(DeadlineState.of(name.upper()).zh for name in names[:-1]), "最长逾期（天）"]
    table(heads, [[row["name"], *(row[name] for name in names)] for row in rows["unit"]])


def _scope(book: Book, code: str, day: date | None) -> Scope:
    now = book.clock()
    if day is None or day == day_of(now):
        return Scope(code, now, is_now=True)
    if day > day_of(now):
        raise DateInFuture(day=day)
    return Scope(code, end_of(day))


def _list(found: list[dict[str, object]], as_json: bool) -> None:
    if as_json:
        emit([wire_deadlines.work(row) for row in found])
        return
    names = ("days_late", "lead_unit", "title", "site_code", "due_on", "key")
    heads = ["逾期天数", "牵头单位", "工作", "点位", "完成时限", "编号"]
    table(heads, [[row[name] for name in names] for row in found])


@app.command()
def draft(
    unit: Annotated[
        list[str],
        typer.Option("--unit", help="主送单位，通报可重复。 A unit, or several."),
    ],
    district: District = None,
    kind: Annotated[
        NoticeKind | None, typer.Option("--kind", help="URGE 督办单，CIRCULAR 通报。 Kind.")
    ] = None,
    work: Annotated[
        list[str] | None, typer.Option("--work", help="只列这些工作（编号）。 Only these works.")
    ] = None,
    reach: Annotated[str | None, typer.Option("--reach", help="河段。 A reach.")] = None,
    town: Annotated[str | None, typer.Option("--town", help="街镇。 A town.")] = None,
    as_of: AsOf = None,
    reply_by: Annotated[
        datetime | None,
        typer.Option("--reply-by", formats=["%Y-%m-%d"], help="答复期限。 Answer by."),
    ] = None,
    remark: Annotated[str, typer.Option("--remark", help="补充要求。 Further words.")] = "",
    as_json: AsJson = False,
) -> None:
    """按台账起草督办单或通报。 Draft a notice from what is overdue.

    Example: qingfei notice draft --district 150203 --unit 区执法局
    """
    book = terminal_book()
    code = one_district(book, district)
    drafted, _ = verbs.draft_notice(
        book,
        NoticeSent(
            id=uuid4(),
            district_code=code,
            kind=kind or (NoticeKind.URGE if len(unit) == 1 else NoticeKind.CIRCULAR),
            units=tuple(unit),
            works=tuple(work or ()),
            reach=reach,
            town=town,
            day=None if as_of is None else as_of.date(),
            reply_by=None if reply_by is None else reply_by.date(),
            remark=remark,
        ),
    )
    count = len(drafted.facts["works"])
    if as_json:
        emit({"id": drafted.id, "title": drafted.title, "works": count})
    else:
        say(
            f"已起草“{drafted.title}”，编号 {drafted.id}。",
            f"Drafted with {count} overdue works; its id is {drafted.id}.",
        )


@app.command()
def issue(name: Named, district: District = None, as_json: AsJson = False) -> None:
    """印发草稿并编号。 Issue a draft, which gets its number.

    Example: qingfei notice issue 5f0c7c1e-0000-4000-8000-000000000000
    """
    book = terminal_book()
    issued = verbs.issue_notice(book, _named(book, name, district).id)
    if as_json:
        emit({"id": issued.id, "symbol": issued.symbol, "reply_by": issued.reply_by})
    else:
        say(
            f"已印发：{issued.symbol}，请于 {issued.reply_by} 前答复。",
            f"Issued as {issued.symbol}; to be answered by {issued.reply_by}.",
        )


@app.command()
def answer(
    name: Named,
    unit: Annotated[str, typer.Option("--unit", help="答复单位。 Unit that answers.")],
    text: Annotated[str, typer.Option("--text", help="原因、措施、日期。 Why, what, when.")] = "",
    accept: Annotated[
        bool, typer.Option("--accept", help="采纳待审核的答复。 Accept the answer that waits.")
    ] = False,
    send_back: Annotated[
        str | None, typer.Option("--send-back", help="退回并写明意见。 Send it back, saying why.")
    ] = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """代单位登记答复，或审核待审核的答复。 Record a unit's answer, or judge the one that waits.

    Example: qingfei notice answer 昆督〔2026〕1号 --unit 区执法局 --text 七月底前清运完毕
    """
    book = terminal_book()
    notice = _named(book, name, district)
    why = send_back or ""
    if accept or send_back is not None:
        with book.reading() as connection:
            given = notices.answers_of(connection, [notice.id]).get(notice.id, [])
        waiting = [g.id for g in given if g.unit == unit and g.state is AnswerState.WAITING]
        found = waiting[0] if waiting else uuid4()
        judged = accept_answer(book, found) if accept else send_answer_back(book, found, why)
    else:
        judged, _ = answer_notice(book, AnswerSent(uuid4(), notice.id, unit, text))
    if as_json:
        emit({"id": judged.id, "unit": judged.unit, "state": judged.state})
    else:
        say(f"{unit}：{judged.state.zh}。", f"{unit}: {judged.state.en}.")


@app.command()
def close(
    name: Named,
    note: Annotated[str, typer.Option("--note", help="办结说明。 A note.")] = "",
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """办结答复已全部采纳的文件。 Close a notice whose answers were all accepted.

    Example: qingfei notice close 昆督〔2026〕1号
    """
    book = terminal_book()
    closed = verbs.close_notice(book, _named(book, name, district).id, note)
    if as_json:
        emit({"id": closed.id, "symbol": closed.symbol, "state": closed.state})
    else:
        say(f"{closed.symbol} 已办结。", f"{closed.symbol} is closed.")


@app.command("list")
def list_(district: District = None, as_json: AsJson = False) -> None:
    """列出督办单与通报及答复情况。 List the notices and how far their answers are.

    Example: qingfei notice list --district 150203
    """
    book = terminal_book()
    code = one_district(book, district)
    day = day_of(book.clock())
    with book.reading() as connection:
        found = notices.notices_in(connection, code)
        given = notices.answers_of(connection, [one.id for one in found])
    if as_json:
        emit([wire_deadlines.notice(one, given.get(one.id, []), day, None) for one in found])
        return
    rows = [
        [
            one.symbol or str(one.id),
            one.state.zh,
            one.title,
            one.reply_by,
            "、".join(f"{s.unit}{s.state.zh}" for s in standings(one, given.get(one.id, []), day)),
        ]
        for one in found
    ]
    table(["字号", "状态", "标题", "答复期限", "答复"], rows)


@app.command()
def show(
    name: Named,
    out: Annotated[
        Path | None, typer.Option("--out", help="另存为 Word 文件。 Write the Word file.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="按文件时点重新计算并比对。 Draw the facts again.")
    ] = False,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """显示一份文件及答复，可另存为 Word。 Show a notice with its answers, or write it to Word.

    Example: qingfei notice show 昆督〔2026〕1号 --out notice.docx
    """
    book = terminal_book()
    notice = _named(book, name, district)
    with book.reading() as connection:
        given = notices.answers_of(connection, [notice.id]).get(notice.id, [])
        papers = notices.papers_of(connection, notice.id)
    said = wire_deadlines.whole_notice(notice, given, papers, day_of(book.clock()), None)
    if check:
        said["is_same"] = verbs.drawn_again(book, notice.id)
    if out is not None:
        paper.write(notice, out)
    if as_json:
        emit(said)
        return
    print(f"{notice.symbol or notice.id}  {notice.title}（{notice.state.zh}）")
    print("\n".join([said["addressees"], *said["paragraphs"]]))
    table(list(said["headings"]), [list(row) for row in said["rows"]])
    for one in given:
        print(f"{one.unit}（{one.state.zh}）：{one.text}")
    if check:
        is_same = said["is_same"]
        say(
            f"按文件时点重新计算，数据{'一致' if is_same else '不一致'}。",
            f"Drawn again, the facts are {'the same' if is_same else 'different'}.",
        )


def _named(book: Book, name: str, district: str | None) -> LaggingNotice:
    """Return the notice of a number or an id; raises NoticeUnknown."""
    with book.reading() as connection:
        try:
            return notices.notice(connection, UUID(name))
        except ValueError:
            pass
        code = one_district(book, district)
        for one in notices.notices_in(connection, code, limit=100_000):
            if one.symbol == name:
                return one
    raise NoticeUnknown(id=name[:80])
