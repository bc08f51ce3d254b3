"""`qingfei match`: waste meets pit."""

import json
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer

from api import wire_backfill as wire
from api.bodies.backfill import WhatIfBody
from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, say, table
from gis.domain.backfill.allocation import MatchAsked, WhatIf
from gis.domain.terms import HaulBasis, MatchAim, Unplaced
from gis.errors import BadInput
from gis.ledger.backfill_plans import Match, compare, save_plan

Id = Annotated[UUID | None, typer.Option("--id", help="重复执行用同一编号。 Same id, same record.")]


class WhatIfUnread(BadInput):
    """A what-if that cannot be read. Facts: reason."""

    code = "what_if_unread"
    zh = '--what-if 无法读取（{reason}）：应为 JSON，如 {{"closed": ["150203-M00001-X"]}}。'
    en = '--what-if cannot be read ({reason}): give JSON such as {{"closed": ["150203-M00001-X"]}}.'


def read_what_if(text: str | None) -> WhatIf:
    """Return what is supposed, from JSON or a file of it; raises WhatIfUnread."""
    if text is None:
        return WhatIf()
    try:
        given = (
            Path(text).read_text(encoding="utf-8") if not text.lstrip().startswith("{") else text
        )
        return WhatIfBody.model_validate(json.loads(given)).what()
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0][:120]
        raise WhatIfUnread(reason=reason) from error


def match(
    aim: Annotated[
        MatchAim, typer.Option("--aim", help="目标：运距最省或单位费用消除风险最多。 Aim.")
    ] = MatchAim.LEAST_HAUL,
    budget: Annotated[
        float | None, typer.Option("--budget", min=0, help="预算（元）。 Budget in yuan.")
    ] = None,
    what_if: Annotated[
        str | None,
        typer.Option("--what-if", help="假设，JSON 或其文件。 JSON or its file."),
    ] = None,
    save: Annotated[
        str | None, typer.Option("--save", help="以此名称存为方案。 Keep as a plan of this title.")
    ] = None,
    id: Id = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """固废利用与矿山修复比选：合法配对与最优调配。 Match waste and pits.

    Example: qingfei match --district 150203 --what-if '{"closed": ["150203-M00032-4"]}'
    """
    book = terminal_book()
    asked = MatchAsked(one_district(book, district), aim, budget)
    what = read_what_if(what_if)
    with book.reading() as connection:
        found = compare(connection, asked, what, book.clock())
    kept = None
    if save is not None:
        kept, _ = save_plan(book, id or uuid4(), save, asked, what, found.base.as_of)
    if as_json:
        emit(wire.compared(found) | {"plan": None if kept is None else kept.id})
        return
    _say_match(found.base, "现状", "As it is")
    if found.changed is not None:
        _say_match(found.changed, "假设", "As supposed")
        headings = ["堆场", "矿坑", "现状(t)", "假设(t)"]
        moved = (
            [row["pile_name"], row["pit_name"], row["before_t"], row["after_t"]]
            for row in found.moves
        )
        table(headings, [[*row] for row in moved])
    if kept is not None:
        say(f"已存为方案 {kept.id}（{kept.title}）。", f"Kept as plan {kept.id} ({kept.title}).")


def _say_match(one: Match, zh: str, en: str) -> None:
    result, totals = one.result, one.result["totals"]
    table(
        ["堆场", "矿坑", "吨数", "运距(km)", "运距依据", "费用(元)", "依据"],
        [
            [
                *(flow["pile_name"], flow["pit_name"], f"{flow['tonnes']:,.0f}"),
                *(flow["km"], HaulBasis.of(flow["haul"]).zh, f"{flow['yuan']:,.0f}", flow["rule"]),
            ]
            for flow in result["flows"]
        ],
    )
    for pile in result["piles"]:
        if pile["why"]:
            why = Unplaced.of(pile["why"])
            left = "—" if pile["left_t"] is None else f"{pile['left_t']:,.0f} t"
            say(
                f"  {pile['name']}：剩余 {left}，{why.zh}。",
                f"  {pile['name']}: {left} stay: {why.en}.",
            )
    full = "、".join(pit["name"] for pit in result["pits"] if pit["is_full"]) or "—"
    say(
        f"{zh}：消纳 {totals['tonnes']:,.0f} t，{totals['t_km']:,.0f} t·km，"
        f"{totals['yuan']:,.0f} 元，消除风险 {totals['risk']:g} 分；填满的矿坑：{full}。",
        f"{en}: {totals['tonnes']:,.0f} t, {totals['t_km']:,.0f} t·km, {totals['yuan']:,.0f} yuan, "
        f"{totals['risk']:g} points of risk; full pits: {full}.",
    )
