"""`qingfei reach`: rivers cut into reaches, by rule or by the district's own list."""

from pathlib import Path
from typing import Annotated, Any

import typer

from api import wire_reaches
from api.cli.layers import tell_measured
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from gis.domain.reach import Reach
from gis.domain.river_errors import ReachUnknown
from gis.imports.reach_lists import read_reaches
from gis.ledger import measuring
from gis.ledger import reaches as verbs
from gis.store import places, reaches, strip
from gis.store.listing import Scope

app = typer.Typer(help="河段。 Reaches of rivers.", no_args_is_help=True)

In = Annotated[str, typer.Option("--district", help="区域代码。 Code of the place.")]
Measure = Annotated[bool, typer.Option(help="随即重新量算。 Measure all sites anew.")]


@app.command()
def build(district: In, measure: Measure = True, as_json: AsJson = False) -> None:
    """按现行河流线与本区名录划分河段，并重新量算各点位。 Cut the rivers into reaches and measure.

    Example: qingfei reach build --district 150203
    """
    book = terminal_book()
    built = verbs.build_reaches(book, district)
    _tell(built, measuring.remeasure(book, district) if measure else None, as_json)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help=".csv、.xlsx、.gpkg、.geojson。", exists=True)],
    district: In,
    measure: Measure = True,
    as_json: AsJson = False,
) -> None:
    """按本区河段名录（河流、起点里程、终点里程、河段名称）划分。 Cut rivers as the district lists.

    Example: qingfei reach import 河段名录.csv --district 150203
    """
    book = terminal_book()
    built = verbs.adopt_list(book, district, read_reaches(file))
    _tell(built, measuring.remeasure(book, district) if measure else None, as_json)


@app.command()
def check(district: In, as_json: AsJson = False) -> None:
    """检查现行河流线：方向、缺口、旁汊、汇入处；不写入。 Check the river lines; changes nothing.

    Example: qingfei reach check --district 150203
    """
    with terminal_book().reading() as connection:
        network = verbs.survey(connection, places.district(connection, district))
    if as_json:
        emit({"findings": wire_reaches.findings(network.findings)})
        return
    rows = [
        [
            river.name,
            "干流" if river.is_main_stem else f"支流，汇入{river.joins or '—'}",
            f"{river.line.length / 1000:.1f}",
            river.stream_order,
            len(river.sides),
        ]
        for river in network.rivers
    ]
    table(["河流", "类别", "长度（km）", "河流级别", "旁汊"], rows)
    _say_findings(network.findings)


@app.command("list")
def list_(district: In, as_json: AsJson = False) -> None:
    """列出河段与点位数。 List the reaches with how many sites they have.

    Example: qingfei reach list --district 150203
    """
    book = terminal_book()
    with book.reading() as connection:
        places.district(connection, district)
        found = reaches.in_force(connection, district)
        counted = strip.counts(connection, Scope(district, book.clock(), is_now=True))
    shown = wire_reaches.listing(found, counted, {})
    if as_json:
        emit(shown)
        return
    rows = [
        [one["code"], one["name_zh"], _length(one), one["joins"] or "—", one["total"]]
        for one in shown["reaches"]
    ]
    table(["编号", "河段", "里程（km）", "汇入", "点位"], rows)
    if shown["without"]:
        say(
            f"另有 {shown['without']} 个点位不属任何河段。",
            f"{shown['without']} more sites are of no reach.",
        )


@app.command()
def show(
    code: Annotated[str, typer.Argument(help="河段编号，见 reach list。 Code of a reach.")],
    as_json: AsJson = False,
) -> None:
    """显示一个河段及其点位。 Show a reach and the sites along it.

    Example: qingfei reach show 150203-R01-036
    """
    book = terminal_book()
    with book.reading() as connection:
        one = _of_code(reaches.in_force(connection, code.split("-R")[0]), code)
        scope = Scope(one.district_code, book.clock(), is_now=True)
        found = strip.strip(connection, scope, [one.name_zh], (one.from_m, one.to_m), "grade")
    shown = wire_reaches.strip([one], [], found)
    if as_json:
        emit(wire_reaches.reach(one, {}, {}) | shown)
        return
    say(
        f"{one.name_zh}（{one.code}，{one.basis.zh}）：{found.total} 个点位。",
        f"{one.name_en} ({one.code}, {one.basis.en}): {found.total} sites.",
    )
    rows = [
        [
            f"{mark['chainage_m'] / 1000:.2f}",
            {"LEFT": "左岸", "RIGHT": "右岸"}.get(mark["bank"], "—"),
            f"{mark['river_distance_m'] or 0:,.0f}",
            *(mark["code"], mark["name"]),
        ]
        for mark in shown["marks"]
    ]
    if rows:
        table(["里程（km）", "岸别", "距河（m）", "编号", "名称"], rows)


def _of_code(found: list[Reach], code: str) -> Reach:
    for one in found:
        if one.code == code:
            return one
    raise ReachUnknown(code=code[:60])


def _length(one: dict[str, Any]) -> str:
    return f"{one['from_m'] / 1000:.1f}–{one['to_m'] / 1000:.1f}"


def _say_findings(findings: Any) -> None:
    for finding in findings:
        say(f"· {finding.zh}", f"· {finding.en}")


def _tell(built: verbs.Built, found: measuring.Remeasured | None, as_json: bool) -> None:
    rivers = {reach.river for reach in built.reaches}
    if as_json:
        emit(
            {
                "reaches": len(built.reaches),
                "rivers": len(rivers),
                "changed": built.changed,
                "findings": wire_reaches.findings(built.findings),
                "measured": found.measured if found else 0,
            }
        )
        return
    say(
        f"{len(rivers)} 条河划为 {len(built.reaches)} 个河段，{built.changed} 个有变。",
        f"{len(rivers)} rivers are cut into {len(built.reaches)} reaches; "
        f"{built.changed} are other than before.",
    )
    _say_findings(built.findings)
    if found:
        tell_measured(found)
