"""`qingfei close-out` and `qingfei look-back`: 销号与回头看 at the terminal."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import sqlalchemy as sa
import typer

from api import wire_close_out
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from api.settings import Settings
from gis.domain.closing.close_out import CloseOut, CloseOutSent, heads_plain
from gis.domain.closing.errors import NothingWaits
from gis.domain.closing.gate import HeadSaid
from gis.domain.terms import CloseOutState, Head
from gis.ledger.book import utc_now
from gis.ledger.close_outs import StepSent, decide, propose
from gis.ledger.look_back import hear_all
from gis.store import close_outs, look_backs, places, register

app = typer.Typer(help="销号。 Closing sites out.", no_args_is_help=True)
look_app = typer.Typer(help="回头看。 Looking back at closed sites.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="点位编号。 Code of the site.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
Comment = Annotated[str, typer.Option("--comment", help="审批意见或退回原因。 Your comment.")]
Refs = Annotated[list[str] | None, typer.Option(help="照片，可重复。 paper:ID, photo:ID")]
Said = Annotated[list[str] | None, typer.Option(help="四头=内容，可重复。 HEAD=content.")]


@app.command()
def show(code: Code, as_json: AsJson = False) -> None:
    """显示点位的销号与回头看。 Show a site's close-outs and look-backs.

    Example: qingfei close-out show 150203-W00001-D
    """
    with terminal_book().reading() as connection:
        found = wire_close_out.of_site(connection, code, utc_now(), None)
    if as_json:
        emit(found)
        return
    is_english = Settings().language.startswith("en")
    name = "en" if is_english else "zh"
    rows = [
        [step["at"].astimezone(register.CHINA).date(), getattr(step["act"], name), step["by"]]
        + [step["comment"]]
        for one in found["close_outs"]
        for step in one["steps"]
    ] + [
        [one["looked_on"], getattr(one["by"], name), one["recorded_by"]]
        + [" · ".join([getattr(one["result"], name), *(r[f"text_{name}"] for r in one["reasons"])])]
        for one in found["look_backs"]
    ]
    if not rows:
        say("此点位尚无销号记录。", "This site has no close-out yet.")
        return
    head = ["Day", "What", "Who", "Said"] if is_english else ["日期", "事项", "人员", "说明"]
    table(head, sorted(rows, key=lambda row: str(row[0])))


@app.command("propose")
def propose_(
    code: Code,
    began: Day = None,
    ended: Day = None,
    paper: Said = None,
    statement: Said = None,
    not_applicable: Said = None,
    before: Annotated[
        list[str] | None, typer.Option(help="整治前照片。 paper:ID, photo:ID")
    ] = None,
    after: Refs = None,
    acceptance_no: Annotated[str | None, typer.Option(help="验收文号。 Its number.")] = None,
    note: Annotated[str, typer.Option(help="说明。 A note.")] = "",
    as_json: AsJson = False,
) -> None:
    """提出销号；所缺材料逐项列出。 Propose a close-out; all that is missing is named.

    Example: qingfei close-out propose 150203-W00001-D --began 2026-03-01 --ended 2026-05-20
    --paper CLEARING=ID --statement TRACING=无人认领 --not-applicable PENALTY=无责任主体
    --statement PUBLICATION=区政府网站公示 --before paper:ID --after paper:ID
    """
    sent = CloseOutSent(
        id=uuid4(),
        site_code=code,
        works_began_on=None if began is None else began.date(),
        works_ended_on=None if ended is None else ended.date(),
        heads=heads_plain(_heads(paper or [], statement or [], not_applicable or [])),
        photos_before=before or [],
        photos_after=after or [],
        accepted_on=None,
        acceptance_no=acceptance_no,
        note=note,
    )
    _told(propose(terminal_book(), sent), as_json)


def _heads(papers: list[str], said: list[str], reasons: list[str]) -> dict[Head, HeadSaid]:
    def by(rows: list[str]) -> dict[Head, list[str]]:
        found: dict[Head, list[str]] = {}
        for row in rows:
            name, is_given, content = row.partition("=")
            if not is_given or name.upper() not in Head.__members__:
                raise typer.BadParameter(f"{row}：应为 HEAD=内容，HEAD 为 {'、'.join(Head)}")
            found.setdefault(Head.of(name.upper()), []).append(content)
        return found

    held, stated, why = by(papers), by(said), by(reasons)
    try:
        ids = {head: tuple(map(UUID, rows)) for head, rows in held.items()}
    except ValueError as error:
        raise typer.BadParameter("--paper 应为 HEAD=附件编号。 HEAD=id of a paper.") from error
    return {
        head: HeadSaid(
            ids.get(head, ()), "；".join(stated.get(head, [])), "；".join(why.get(head, []))
        )
        for head in Head
    }


@app.command()
def approve(
    code: Code,
    comment: Comment,
    waiver: Annotated[
        str, typer.Option("--without-image", help="无卫星复核时放行的理由。 Why no image.")
    ] = "",
    visit: Annotated[
        UUID | None, typer.Option("--visit", help="代替卫星复核的现场核实。 The field check.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """以本人账号同意待审批的销号。 Approve the close-out that waits, as yourself.

    Example: qingfei close-out approve 150203-W00001-D --comment 材料齐全，同意
    """
    _step(code, comment, True, waiver, visit, as_json)


@app.command("return")
def return_(code: Code, comment: Comment, as_json: AsJson = False) -> None:
    """退回待审批的销号。 Send the close-out that waits back.

    Example: qingfei close-out return 150203-W00001-D --comment 缺公示材料
    """
    _step(code, comment, False, "", None, as_json)


def _step(
    code: str, comment: str, is_approval: bool, waiver: str, visit: UUID | None, as_json: bool
) -> None:
    book = terminal_book()
    with book.reading() as connection:
        one = _waiting(connection, code)
    _told(decide(book, StepSent(uuid4(), one.id, is_approval, comment, waiver, visit)), as_json)


def _waiting(connection: sa.Connection, code: str) -> CloseOut:
    register.one(connection, utc_now(), code)
    for one in close_outs.of_site(connection, code):
        if one.state.is_waiting:
            return one
    raise NothingWaits(code_=code)


def _told(one: CloseOut, as_json: bool) -> None:
    if as_json:
        emit(wire_close_out.item(one))
        return
    day = f"，销号日期 {one.closed_on}" if one.state is CloseOutState.IN_FORCE else ""
    say(f"点位 {one.site_code}：{one.state.zh}{day}。", f"Site {one.site_code}: {one.state.en}.")


@look_app.command()
def run(
    scene: Annotated[
        UUID | None, typer.Option("--scene", help="只看这一景影像。 This scene only.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """对已销号点位逐景回头看；重复运行无妨。 Look back by every image; running again is harmless.

    Example: qingfei look-back run
    """
    heard = hear_all(terminal_book(), scene)
    if as_json:
        emit([wire_close_out.look(one) for one in heard])
        return
    found = sum(one.finding is not None for one in heard)
    say(
        f"共回头看 {len(heard)} 次，其中 {found} 次发现反弹迹象。",
        f"{len(heard)} looks back, {found} of them with signs of a relapse.",
    )


@look_app.command("list")
def list_(
    district: Annotated[str, typer.Option("--district", help="区域代码。 Code of the place.")],
    as_json: AsJson = False,
) -> None:
    """列出应回头看与待核实的点位。 List look-backs that are due and findings to verify.

    Example: qingfei look-back list --district 150203
    """
    now = utc_now()
    with terminal_book().reading() as connection:
        places.district(connection, district)
        due = wire_close_out.due_list(look_backs.closed(connection, district), register.day_of(now))
        to_verify = look_backs.to_verify(connection, district)
    if as_json:
        findings: list[dict[str, Any]] = [wire_close_out.look(one.look_back) for one in to_verify]
        emit({"due": due, "findings": findings})
        return
    is_english = Settings().language.startswith("en")
    name = "en" if is_english else "zh"
    waits = "signs of a relapse" if is_english else "疑似反弹，待核实"
    rows = [[f.look_back.site_code, f.site_name, f.look_back.looked_on, waits] for f in to_verify]
    rows += [
        [row["code"], row["name"], row["due_on"], getattr(row["due_state"], name)] for row in due
    ]
    if not rows:
        say("没有应回头看或待核实的点位。", "No look-back is due and nothing waits to be verified.")
        return
    head = ["Site", "Name", "Day", "State"] if is_english else ["点位", "名称", "日期", "状态"]
    table(head, rows)
