"""`qingfei grade` and `qingfei priority`: grades by the rules, and the order for money."""

from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer

from api import money
from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, say, table
from api.cli.rules import Reason, moves, text_of
from gis.domain.terms import Grade
from gis.exports import priority as sheet
from gis.ledger import Book
from gis.ledger.auditing import hand_out
from gis.ledger.grading import regrade, rules_in_force
from gis.ledger.rules import adopt
from gis.ledger.weights import compare
from gis.rules import grading
from gis.rules import priority as priority_rules
from gis.store import places, priority

FEW = 20
AT_ONCE = 500


def grade(
    district: District = None,
    rules: Annotated[
        Path | None, typer.Option("--rules", help="改用此规则文件。 Rules to grade by instead.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="只看谁会变动。 Only say who would move.")
    ] = False,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """重新分级，列出等级变动的点位。 Grade every site anew and tell who moved.

    With --rules the file is adopted for all places, which needs --reason; --preview writes nothing.

    Example: qingfei grade --district 150203 --rules grading-v2.toml --preview
    """
    book = terminal_book()
    if preview:
        with book.reading() as connection:
            new = rules_in_force(connection) if rules is None else grading.parse(text_of(rules))
        moves(compare(book, new, district), as_json)
    elif rules is not None:
        adopted, _ = adopt(book, uuid4(), text_of(rules), reason)
        if as_json:
            emit({"rule_set": adopted.version, "sha256": adopted.sha256, "moved": adopted.moved})
        else:
            say(
                f"已采用规则 {adopted.scheme} v{adopted.version}，{adopted.moved} 个点位等级变动。",
                f"Adopted {adopted.scheme} v{adopted.version}; {adopted.moved} sites moved.",
            )
    else:
        _regraded(book, district, as_json)


def _regraded(book: Book, district: str | None, as_json: bool) -> None:
    moved = regrade(book, district)
    if as_json:
        emit([{"code": code, "before": old, "after": new} for code, old, new in moved])
    elif moved:
        words = {grade.value: grade.zh for grade in Grade}
        table(
            ["点位编号", "原等级", "现等级"],
            [[code, words.get(old or "", "—"), words[new]] for code, old, new in moved],
        )
    else:
        say("没有点位的等级发生变动。", "No site's grade moved.")


def line_up(
    district: District = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="写出 xlsx。 Write the whole order as xlsx.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """资金安排次序：三项条件、危害×敏感、堆存量、费用。 Show the order for money.

    Example: qingfei priority --district 150203 --out priority.xlsx
    """
    book = terminal_book()
    chosen = one_district(book, district)
    rows = _line(book, chosen, most=None if out or as_json else FEW)
    if out is not None:
        sheet.write(out, chosen, priority_rules.current(), rows)
        hand_out(book, "priority", chosen, out, format="xlsx", rows=len(rows))
        say(
            f"已写出 {len(rows)} 个点位的资金安排次序：{out}",
            f"Wrote the order of {len(rows)} sites: {out}",
        )
    elif as_json:
        emit(rows)
    else:
        table(
            ["次序", "点位编号", "名称", "满足", "未知", "H×S", "堆存量 t", "费用 元"],
            [
                [
                    *(f"{row['place']}/{row['total']}", row["code"], row["name"], row["count"]),
                    *(row["unknown"], row["hs"], row["mass_t"], row["cost_yuan"]),
                ]
                for row in rows
            ],
        )


def _line(book: Book, district: str, most: int | None) -> list[dict[str, Any]]:
    rules = priority_rules.current()
    found: list[dict[str, Any]] = []
    with book.reading() as connection:
        places.district(connection, district)
        order = priority.Order(rules, rules_in_force(connection))
        while most is None or len(found) < most:
            limit = AT_ONCE if most is None else most
            rows, _ = priority.page(connection, district, order, limit=limit, after=len(found))
            found += [money.site(row, rules) for row in rows]
            if len(rows) < limit:
                break
    return found
