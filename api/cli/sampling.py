"""`qingfei sampling`: draw sites, plan, labels, field sheet, chain of custody."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer

from api import sampling as wire
from api.cli.options import AsJson, District, terminal_book
from api.cli.output import emit, say, table
from api.settings import Settings
from gis.domain.sampling.custody import CustodySent
from gis.domain.sampling.design import PlanAsked
from gis.domain.sampling.sampling_plan import SamplingPlan
from gis.domain.sampling.site_selection import SelectionAsked
from gis.domain.terms import Allocation, CustodyStep, SizeBy, Stratifier
from gis.errors import BadInput
from gis.exports import field_sheet
from gis.exports.inventory import write_whole
from gis.ledger import sampling as verbs
from gis.ledger.auditing import hand_out
from gis.store import places, sampling
from gis.store.register import CHINA

app = typer.Typer(help="抽样、采样方案与样品流转。 Sampling.", no_args_is_help=True)

Plan = Annotated[str, typer.Argument(help="方案编号，如 150203-W00001-D-P1。 Code of the plan.")]
Out = Annotated[Path, typer.Option("--out", help="写出的文件。 File to write.")]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="随机种子。 Seed of the draw.")]
Id = Annotated[UUID | None, typer.Option("--id", help="重复执行用同一编号。 Same id, same record.")]


class WhichDraw(BadInput):
    """A draw needs one way to say its size, and its place. Facts: known."""

    code = "which_draw"
    zh = "请用 --district 指定区域（可选：{known}），并至多给出 --number 与 --share 之一。"
    en = "Say which place with --district ({known}), and give --number or --share, not both."


@app.command()
def select(
    by: Annotated[
        list[Stratifier] | None, typer.Option("--by", help="分层条件，可多次。 Strata; repeat it.")
    ] = None,
    number: Annotated[
        int | None, typer.Option("--number", min=1, help="抽取个数。 How many.")
    ] = None,
    share: Annotated[
        float | None, typer.Option("--share", min=0.001, max=1, help="抽取比例。 Share of all.")
    ] = None,
    allocation: Annotated[
        Allocation, typer.Option("--allocation", help="分配方法。 How shared out.")
    ] = Allocation.PROPORTIONAL,
    seed: Seed = 1,
    district: District = None,
    id: Id = None,
    as_json: AsJson = False,
) -> None:
    """按分层随机抽取需要采样的点位。 Draw the sites to be sampled, by strata.

    Example: qingfei sampling select --district 150203 --by kind --by mass_band --number 20
    """
    book = terminal_book()
    with book.reading() as connection:
        known = [place.code for place in places.all_districts(connection)]
    if (number and share) or (district is None and len(known) != 1):
        raise WhichDraw(known="、".join(known) or "—")
    asked = SelectionAsked(
        id=id or uuid4(),
        district_code=district or known[0],
        by=tuple(dict.fromkeys(by or [Stratifier.KIND])),
        size_by=SizeBy.NUMBER if number else SizeBy.SHARE if share else SizeBy.ALL,
        size=number or share,
        allocation=allocation,
        seed=seed or 0,
    )
    one, _ = verbs.select_sites(book, asked)
    if as_json:
        emit(wire.selection(one))
        return
    table(
        ["点位编号", "名称", "原因", "堆存量(t)", "份样数", "费用(元)", "天数"],
        [
            [
                *(pick["code"], pick["name"], "、".join(wire.why(pick["why"]))),
                *(_figure(pick[name]) for name in ("mass_t", "n_table", "cost_yuan", "days")),
            ]
            for pick in one.picks
        ],
    )
    say(
        f"共 {one.population} 个点位需抽样，抽取 {len(one.picks)} 个，"
        f"估算 {one.cost_yuan:,.0f} 元、{one.days} 天（另有 {one.unsized} 个堆存量未知，未计入）。",
        f"{len(one.picks)} of {one.population} sites drawn; about {one.cost_yuan:,.0f} yuan and "
        f"{one.days} days, without the {one.unsized} whose mass is not known.",
    )


def _figure(value: float | None) -> str:
    return "未知" if value is None else f"{value:,.0f}"


@app.command()
def plan(
    site: Annotated[str, typer.Argument(help="点位编号。 Code of the site.")],
    mass_t: Annotated[float | None, typer.Option("--mass", min=0.001, help="堆存量(t)。")] = None,
    height_m: Annotated[float | None, typer.Option("--height", min=0.01, help="堆高(m)。")] = None,
    grain_cm: Annotated[
        float | None, typer.Option("--grain", min=0.001, help="最大粒径(cm)。 Largest grain.")
    ] = None,
    number: Annotated[
        int | None, typer.Option("--number", min=1, max=500, help="份样数。 Increments.")
    ] = None,
    reduction: Annotated[
        str | None, typer.Option("--reduction", help="减少情形，如 HJ298-4.2.4f。 Case of 4.2.4.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="减少理由。 Why it fits.")] = None,
    layers: Annotated[
        int | None, typer.Option("--layers", min=1, max=20, help="层数。 Layers.")
    ] = None,
    seed: Seed = None,
    id: Id = None,
    as_json: AsJson = False,
) -> None:
    """按 HJ 298-2019 为一个点位编制采样方案。 Plan the increments of one site.

    Example: qingfei sampling plan 150203-W00001-D --height 6 --seed 7
    """
    asked = PlanAsked(
        id=id or uuid4(),
        site_code=site,
        mass_t=mass_t,
        height_m=height_m,
        grain_cm=grain_cm,
        number=number,
        reduction=reduction,
        reduction_reason=reason,
        layers=layers,
        seed=seed,
    )
    book = terminal_book()
    one, _ = verbs.plan_sampling(book, asked)
    if as_json:
        with book.reading() as connection:
            emit(wire.plan(connection, one.code))
    else:
        _say_plan(one)


def _say_plan(one: SamplingPlan) -> None:
    strict = "；低于表1，按 7.3 从严判定" if one.is_strict else ""
    strictly = "; fewer than table 1, so 7.3 judges strictly" if one.is_strict else ""
    say(
        f"方案 {one.code}：{one.n_planned} 个份样（表1最小 {one.n_table}{strict}），"
        f"{one.layers} 层，{one.cells} 个网格，每份不少于 {one.increment_mass_g:g} g，"
        f"估算 {one.cost_yuan:,.0f} 元、{one.days} 天，种子 {one.seed}。",
        f"Plan {one.code}: {one.n_planned} increments (table 1: {one.n_table}{strictly}), "
        f"{one.layers} layers, {one.cells} cells, {one.increment_mass_g:g} g each at least, "
        f"about {one.cost_yuan:,.0f} yuan and {one.days} days, seed {one.seed}.",
    )


@app.command()
def end(
    plan: Plan,
    reason: Annotated[str, typer.Option("--reason", help="终止原因。 Why it ends.")],
    as_json: AsJson = False,
) -> None:
    """终止方案：不再按它采样。 End a plan.

    Example: qingfei sampling end 150203-W00001-D-P1 --reason 改期
    """
    one = verbs.end_plan(terminal_book(), plan, reason)
    if as_json:
        emit({"code": one.code, "ended_at": one.ended_at})
    else:
        say(f"方案 {one.code} 已终止。", f"Plan {one.code} has ended.")


@app.command()
def labels(plan: Plan, out: Out, as_json: AsJson = False) -> None:
    """写出份样标签（A4，含二维码）。 Write the labels, ready to print.

    Example: qingfei sampling labels 150203-W00001-D-P1 --out labels.html
    """
    from web_map.labels import labels_page

    book = terminal_book()
    with book.reading() as connection:
        found = wire.field_sheet(connection, plan)
    page = labels_page(found.plan, found.increments, found.site.name, Settings().language)
    write_whole(out, ".html", lambda part: _written(part, page))
    hand_out(book, "labels", found.plan.code, out, rows=len(found.increments))
    _say_written(out, len(found.increments), as_json)


def _written(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@app.command()
def sheet(
    plan: Plan,
    out: Out,
    format: Annotated[str, typer.Option("--format", help="xlsx、gpkg、geojson、kml。")] = "xlsx",
    as_json: AsJson = False,
) -> None:
    """写出采样记录表或采样点图层。 Write the field sheet, or the points as a layer.

    Example: qingfei sampling sheet 150203-W00001-D-P1 --format xlsx --out sheet.xlsx
    """
    book = terminal_book()
    with book.reading() as connection:
        found = wire.field_sheet(connection, plan)
    field_sheet.write(found, format, out)
    about = {"format": format, "rows": len(found.increments)}
    hand_out(book, "field_sheet", found.plan.code, out, **about)
    _say_written(out, len(found.increments), as_json)


def _say_written(out: Path, number: int, as_json: bool) -> None:
    if as_json:
        emit({"out": out, "increments": number})
    else:
        say(f"已写出 {number} 个份样：{out}", f"Wrote {number} increments: {out}")


@app.command()
def plans(site: Annotated[str, typer.Argument(help="点位编号。")], as_json: AsJson = False) -> None:
    """列出一个点位的方案与进度。 List a site's plans and how far they have come.

    Example: qingfei sampling plans 150203-W00001-D
    """
    with terminal_book().reading() as connection:
        found = sampling.plans_of(connection, site)
        reached = sampling.progress(connection, [one.code for one in found])
    items = [wire.plan_item(one, reached[one.code], site) for one in found]
    if as_json:
        emit(items)
    else:
        rows = [[item["code"], item["n_planned"], *item["reached"].values()] for item in items]
        table(["方案", "份样数", *(step.zh for step in CustodyStep)], rows)


@app.command()
def custody(
    step: Annotated[CustodyStep, typer.Argument(help="步骤。 Step.")],
    codes: Annotated[list[str], typer.Argument(help="份样编号，可扫码输入。 Codes.")],
    by: Annotated[str, typer.Option("--by", help="经手人。 Who did it.")],
    at: Annotated[
        datetime | None, typer.Option("--at", help="时间（北京时间），默认现在。 When.")
    ] = None,
    lon: Annotated[float | None, typer.Option("--lon", min=-180, max=180)] = None,
    lat: Annotated[float | None, typer.Option("--lat", min=-90, max=90)] = None,
    accuracy_m: Annotated[float | None, typer.Option("--accuracy", min=0, help="精度(m)。")] = None,
    party: Annotated[str | None, typer.Option("--to", help="接手人或接收实验室。 To whom.")] = None,
    seal_is_whole: Annotated[
        bool | None, typer.Option("--seal-whole/--seal-broken", help="封签是否完好。")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="界外采样等的原因。")] = None,
    id: Id = None,
    as_json: AsJson = False,
) -> None:
    """登记样品流转的一步：采样、封样、移交、接收。 Record one step of the chain of custody.

    Example: qingfei sampling custody SEALED 150203-W00001-D-P1-001 --by 李采样
    """
    book = terminal_book()
    sent = CustodySent(
        id=id or uuid4(),
        step=step,
        codes=tuple(code.strip().upper() for code in codes),
        at=book.clock() if at is None else at.replace(tzinfo=CHINA),
        by=by,
        lon=lon,
        lat=lat,
        accuracy_m=accuracy_m,
        party=party,
        seal_is_whole=seal_is_whole,
        reason=reason,
    )
    events, _ = verbs.record_custody(book, sent)
    if as_json:
        emit([wire.event(one) for one in events])
    else:
        say(f"已登记 {len(events)} 个份样：{step.zh}。", f"{len(events)} increments: {step.en}.")
