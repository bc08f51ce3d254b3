"""`qingfei layer` and `qingfei overlaps`: what lies round the sites, and on one another."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api import layers
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from gis.imports.layers import Reading
from gis.ledger import measuring
from gis.ledger.places import withdraw_layer
from gis.ledger.reaches import RIVERS, survey
from gis.store import overlaps as stored_overlaps
from gis.store import places

app = typer.Typer(help="参考图层。 Reference layers.", no_args_is_help=True)

In = Annotated[str, typer.Option("--district", help="区域代码。 Code of the place.")]
Id = Annotated[
    str, typer.Argument(help="图层编号或其开头，见 layer list。 Its id, or how it begins.")
]
Column = Annotated[str | None, typer.Option(help="字段名。 A column's name.")]


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help=".gpkg、.shp、.zip、.geojson。", exists=True)],
    district: In,
    kind: Annotated[str, typer.Option(help="图层类型，如 RED_LINE。 Kind of layer.")],
    title: Annotated[str, typer.Option(help="名称。 Title.")],
    source: Annotated[str, typer.Option(help="来源单位。 Who made it.")],
    licence: Annotated[str, typer.Option(help="使用许可。 Its licence.")],
    dated_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="数据日期。 Day of the data; unknown if left out."),
    ] = None,
    title_en: Annotated[str, typer.Option(help="英文名称。 Title in English.")] = "",
    accuracy_m: Annotated[float | None, typer.Option(min=0, help="精度，米。 Metres.")] = None,
    series: Annotated[
        str | None,
        typer.Option(help="系列名：同系列的新版替换旧版。 Its name through all editions."),
    ] = None,
    level: Annotated[str | None, typer.Option(help="水源保护区级别 1、2、QUASI。")] = None,
    level_column: Column = None,
    name_column: Column = None,
    class_column: Column = None,
    ownership_column: Column = None,
    important_column: Column = None,
    sheet: Annotated[str | None, typer.Option(help="GeoPackage 中的图层。 Layer in it.")] = None,
    crs: Annotated[int | None, typer.Option(help="坐标系 EPSG 代码，如 4525。")] = None,
    swap_axes: Annotated[bool, typer.Option(help="文件先北后东。 North stands first.")] = False,
    encoding: Annotated[str | None, typer.Option(help="Shapefile 文字编码，如 GBK。")] = None,
    flows_towards: Annotated[
        str | None, typer.Option(help="河流流向，如 E、SE。 Towards which quarter a river flows.")
    ] = None,
    measure: Annotated[bool, typer.Option(help="随即重新量算。 Measure all sites anew.")] = True,
    as_json: AsJson = False,
) -> None:
    """采用一版参考图层，并按它重新量算各点位。 Adopt an edition of a layer and measure by it.

    Example: qingfei layer add 红线.shp --district 150203 --kind RED_LINE --title 生态保护红线
    --source 区自然资源分局 --licence 内部使用 --dated-on 2024-06-30
    """
    how = Reading(
        sheet=sheet,
        epsg=crs,
        is_swapped=swap_axes,
        encoding=encoding,
        level=layers.level_of(level),
        name_column=name_column,
        level_column=level_column,
        class_column=class_column,
        ownership_column=ownership_column,
        important_column=important_column,
        flows_towards=flows_towards,
    )
    sent = layers.LayerSent(
        path=file,
        district_code=district,
        kind=layers.kind_of(kind),
        title=title,
        title_en=title_en,
        source=source,
        licence=licence,
        dated_on=dated_on.date() if dated_on else None,
        accuracy_m=accuracy_m,
        series=series,
        how=how,
    )
    book = terminal_book()
    layer, is_new = layers.adopt(book, sent)
    found = measuring.remeasure(book, district) if is_new and measure else None
    if as_json:
        done = {"id": layer.id, "is_new": is_new, "features": layer.reading["features"]}
        emit(done | (_counted(found) if found else {}))
    elif not is_new:
        say(f"相同的图层已在使用：{layer.label}。", f"The same layer is in force: {layer.label}.")
    else:
        say(
            f"已采用图层 {layer.label}，{layer.reading['features']} 个要素（{layer.id}）。",
            f"Adopted {layer.label} with {layer.reading['features']} features ({layer.id}).",
        )
        if layer.kind in RIVERS:
            with book.reading() as connection:
                network = survey(connection, places.district(connection, district))
            for finding in network.findings:
                say(f"· {finding.zh}", f"· {finding.en}")
        if found:
            tell_measured(found)


@app.command("list")
def list_(
    district: In,
    every: Annotated[bool, typer.Option("--all", help="含已停用的版本。 Ended ones too.")] = False,
    as_json: AsJson = False,
) -> None:
    """列出参考图层。 List the reference layers.

    Example: qingfei layer list --district 150203 --all
    """
    with terminal_book().reading() as connection:
        found = layers.listing(connection, district, with_ended=every)
    if as_json:
        emit(found)
        return
    rows = [
        [
            str(one["id"])[:8],
            one["kind"].zh,
            one["title_zh"],
            one["dated_on"] or "不详",
            one["features"],
            "现行" if one["is_in_force"] else f"停用于 {one['ended_at']:%Y-%m-%d}",
        ]
        for one in found
    ]
    table(["编号", "类型", "名称", "日期", "要素", "状态"], rows)


@app.command()
def show(layer: Id, as_json: AsJson = False) -> None:
    """显示一版图层的来源、许可、精度与读取方式。 Show where an edition comes from.

    Example: qingfei layer show 0c1f6f2e
    """
    with terminal_book().reading() as connection:
        found = places.edition_called(connection, layer)
        features = len(places.features_of(connection, found.id))
    shown = layers.wire(found, features) | {"reading": found.reading}
    if as_json:
        emit(shown)
        return
    names = {"kind": found.kind.zh, "level": found.level.zh if found.level else None}
    table(["项目", "内容"], [[name, value] for name, value in (shown | names).items()])


@app.command()
def withdraw(layer: Id, as_json: AsJson = False) -> None:
    """停用一版图层；它所回答的问题变为未知。 End an edition; what it answered becomes unknown.

    Example: qingfei layer withdraw 0c1f6f2e
    """
    book = terminal_book()
    with book.reading() as connection:
        layer_id = places.edition_called(connection, layer).id
    ended = withdraw_layer(book, layer_id)
    found = measuring.remeasure(book, ended.district_code)
    if as_json:
        emit({"id": ended.id, "ended_at": ended.ended_at} | _counted(found))
    else:
        say(f"已停用图层 {ended.label}。", f"Withdrew {ended.label}.")
        tell_measured(found)


@app.command()
def measure(district: In, as_json: AsJson = False) -> None:
    """按现行图层重新量算全部点位并分级。 Measure every site by the layers in force and grade it.

    Example: qingfei layer measure --district 150203
    """
    found = measuring.remeasure(terminal_book(), district)
    if as_json:
        emit(_counted(found))
    else:
        tell_measured(found)


def overlaps(district: In, as_json: AsJson = False) -> None:
    """列出相互重叠、或部分在区外的点位。 List sites that overlap, or lie partly outside.

    Example: qingfei overlaps --district 150203
    """
    with terminal_book().reading() as connection:
        places.district(connection, district)
        pairs = stored_overlaps.pairs(connection, district)
        beyond = stored_overlaps.beyond(connection, district)
    if as_json:
        emit({"overlaps": [p._asdict() for p in pairs], "outside": [b._asdict() for b in beyond]})
        return
    if not pairs and not beyond:
        say("没有重叠或越界的点位。", "No site overlaps another or crosses the boundary.")
    if pairs:
        table(
            ["点位", "与之重叠", "重叠面积（m²）", "占前者", "占后者"],
            [
                [p.one, p.other, p.shared_m2, f"{p.share_of_one:.1%}", f"{p.share_of_other:.1%}"]
                for p in pairs
            ],
        )
    if beyond:
        table(
            ["点位", "区外面积（m²）", "占比"],
            [[b.code, b.outside_m2, f"{b.share:.1%}"] for b in beyond],
        )


def _counted(found: measuring.Remeasured) -> dict[str, object]:
    return {
        "measured": found.measured,
        "changed": len(found.changed),
        "moved": [{"code": m.code, "before": m.old, "after": m.new} for m in found.moved],
    }


def tell_measured(found: measuring.Remeasured) -> None:
    """Say how many sites were measured, and whose grade moved."""
    say(
        f"已量算 {found.measured} 个点位：{len(found.changed)} 个周边有变，"
        f"{len(found.moved)} 个等级变动。",
        f"Measured {found.measured} sites: {len(found.changed)} have other surroundings, "
        f"{len(found.moved)} another grade.",
    )
    if found.moved:
        rows = [[move.code, move.old.zh if move.old else "—", move.new.zh] for move in found.moved]
        table(["点位编号", "原等级", "现等级"], rows)
