"""`qingfei brief`: the work brief."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs

import typer
from pydantic import ValidationError

from api.briefs import brief_as_of, handed_out
from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, say
from api.listing import Wish
from gis.domain.listing import EVERYTHING, Wanted
from gis.errors import BadInput
from gis.exports import brief as paper
from gis.exports.inventory import write_whole
from gis.store.register import CHINA


class FilterUnreadable(BadInput):
    """A filter that is not that of a list's address. Facts: filter."""

    code = "filter_unreadable"
    zh = "筛选条件“{filter}”无法识别：请照清单页地址中的写法，如 town=昆河镇&grade=HIGH。"
    en = "Cannot read the filter “{filter}”: write it as in the list's address, e.g. grade=HIGH."


def brief(
    out: Annotated[Path, typer.Option("--out", help="写出的 Word 文件。 Word file to write.")],
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至日期。 State at the end of a day."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since",
            formats=["%Y-%m-%d"],
            help="变化起算日，默认一个月前。 Count changes since; a month before by default.",
        ),
    ] = None,
    issue: Annotated[
        str, typer.Option("--issue", help="期号，默认为月份。 Number in the year; the month's.")
    ] = "",
    filter: Annotated[
        str,
        typer.Option("--filter", help="筛选条件，写法同清单页地址。 As in the list's address."),
    ] = "",
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """编制工作简报（Word），数字与同日清单一致。 Write the brief, of the same figures as the list.

    Example: qingfei brief --district 150203 --as-of 2026-11-28 --out brief.docx
    """
    book = terminal_book()
    day: date = as_of.date() if as_of else book.clock().astimezone(CHINA).date()
    code = one_district(book, district)
    start = since.date() if since else None
    made = brief_as_of(book, code, day, _wanted(code, filter), start, issue[:12])
    write_whole(out, ".docx", lambda part: paper.write(made, part))
    handed_out(book, made, out)
    if as_json:
        emit({"out": out, "rows": made.board.total.sites, "as_of": day, "issue": made.issue_name})
    else:
        say(
            f"已编制 {made.district_name} 工作简报（{made.issue_name}，截至 {day}）：{out}",
            f"Wrote the brief of {code} as of {day}, {made.board.total.sites} sites: {out}",
        )


def _wanted(district: str, filter: str) -> Wanted:
    if not filter:
        return EVERYTHING
    names = parse_qs(filter, keep_blank_values=True)
    lists = {name for name, field in Wish.model_fields.items() if field.default == []}
    asked = {name: v if name in lists else v[-1] for name, v in names.items()}
    try:
        return Wish.model_validate({"district": district, **asked}).wanted()
    except ValidationError as error:
        raise FilterUnreadable(filter=filter[:200]) from error
