"""`qingfei scene`: the catalogue of images."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, progress, say, table, warn
from api.settings import Settings
from gis.domain.detection.imagery import SceneRecord
from gis.domain.detection.scene_search import SceneSearch
from gis.domain.terms import MaskHow
from gis.store import imagery, scene_search

app = typer.Typer(help="影像目录。 The catalogue of scenes.", no_args_is_help=True)

Bands = Annotated[
    str | None, typer.Option(help="按文件顺序的波段名，如 B02,B03。 Band names in file order.")
]
Day = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="成像日期。 Day of the image."),
]
First = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="起始日期。 First day.")
]
Last = Annotated[
    datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="截止日期。 Last day.")
]
Scale = Annotated[float | None, typer.Option(help="反射率 = DN × scale + offset。")]
Offset = Annotated[float | None, typer.Option(help="见 --scale。 See --scale.")]
Masked = Annotated[
    bool, typer.Option("--mask/--no-mask", help="是否判别云、云影与积雪。 Judge cloud and snow.")
]
Reach = Annotated[str | None, typer.Option(help="覆盖该河段的影像。 Showing a reach.")]
Site = Annotated[str | None, typer.Option(help="覆盖该点位的影像。 Showing a site.")]
Town = Annotated[str | None, typer.Option(help="覆盖该街镇的影像。 Showing a town.")]
Box = Annotated[str | None, typer.Option(help="西,南,东,北。 West,south,east,north.")]
Cloud = Annotated[
    float | None, typer.Option("--cloud-most", min=0, max=100, help="最大云量 %。 Most cloud.")
]


@app.command()
def add(
    image: Annotated[
        Path, typer.Argument(help="GeoTIFF、COG，或 Sentinel-2 L2A 文件夹/zip。 The image.")
    ],
    district: Annotated[str, typer.Option("--district", help="区域代码。 Code of the place.")],
    day: Day = None,
    name: Annotated[str | None, typer.Option(help="名称，默认文件名。 Its name.")] = None,
    sensor: Annotated[str | None, typer.Option(help="传感器，默认自动识别。 Sensor.")] = None,
    notice: Annotated[str, typer.Option(help="版权说明，显示在地图上。 Notice to show.")] = "",
    bands: Bands = None,
    scale: Scale = None,
    offset: Offset = None,
    masked: Masked = True,
    as_json: AsJson = False,
) -> None:
    """检查影像，保存分析副本、掩膜与显示副本，并登记。 Check an image, keep it, and register it.

    Example: qingfei scene add s2_20220619.tif --district 150203 --date 2022-06-19
    """
    from api.scene_sources import SceneWish, take_in

    wish = SceneWish(
        image,
        district,
        name,
        sensor,
        notice,
        tuple(bands.split(",")) if bands else None,
        scale,
        offset,
        day.date() if day else None,
        masked,
    )
    with progress("转换波段", "converting bands") as tell:
        record = take_in(terminal_book(), Settings(), wish, tell)
    if as_json:
        emit({"id": record.id, "name": record.name, "sha256": record.sha256} | _shares(record))
        return
    _warn(record)
    say(
        f"已登记影像 {record.name}（{record.id}）：{_cloud(record, 'zh')}。",
        f"Scene {record.name} is registered ({record.id}): {_cloud(record, 'en')}.",
    )


def _warn(record: SceneRecord) -> None:
    said = record.radiometry
    if said.get("assumption_zh"):
        warn(said["assumption_zh"], said["assumption_en"] or "")
    if record.acquired_on is None:
        warn(
            "影像没有成像日期，不能用于遥感跟踪与变化分析：请用 --date 重新登记为另一名称。",
            "The image has no day, so it is not followed up: register it with --date.",
        )
    if record.mask_how is MaskHow.BRIGHT:
        warn(
            "仅有可见光波段，只能标出很亮很白的像元，可信度低，检测时不予剔除。",
            "With visible bands alone only very bright white pixels are marked; detection keeps "
            "them.",
        )


def _shares(record: SceneRecord) -> dict[str, Any]:
    return {
        "valid_share": record.valid_share,
        "cloud_share": record.cloud_share,
        "shadow_share": record.shadow_share,
        "snow_share": record.snow_share,
        "mask": record.mask_how and record.mask_how.value,
    }


def _cloud(record: SceneRecord, language: Literal["zh", "en"]) -> str:
    if record.cloud_share is None or record.mask_how is None:
        return "未判别云量" if language == "zh" else "cloud not judged"
    parts = [record.cloud_share, record.shadow_share or 0, record.snow_share or 0]
    names = ("云", "云影", "雪") if language == "zh" else ("cloud", "shadow", "snow")
    said = "，" if language == "zh" else ", "
    told = said.join(f"{name} {100 * x:.1f} %" for name, x in zip(names, parts, strict=True))
    how = record.mask_how.zh if language == "zh" else record.mask_how.en
    return f"{told}（{how}）" if language == "zh" else f"{told} ({how})"


@app.command("list")
def list_(
    district: District = None,
    box: Box = None,
    site: Site = None,
    reach: Reach = None,
    town: Town = None,
    first: First = None,
    last: Last = None,
    sensor: Annotated[str | None, typer.Option(help="传感器。 Sensor.")] = None,
    cloud_most: Cloud = None,
    as_json: AsJson = False,
) -> None:
    """列出已登记的影像，可按地点、日期、传感器、云量查找。 List or search the registered scenes.

    Example: qingfei scene list --district 150203 --from 2026-05-01 --cloud-most 10
    """
    from api.scenes import box_of

    book = terminal_book()
    plain = not any((box, site, reach, town, first, last, sensor)) and cloud_most is None
    with book.reading() as connection:
        if plain:
            found = imagery.all_scenes(connection, district)
        else:
            wanted = SceneSearch(
                one_district(book, district),
                box_of(box),
                site,
                reach,
                town,
                first.date() if first else None,
                last.date() if last else None,
                sensor,
                None if cloud_most is None else cloud_most / 100,
            )
            found, _ = scene_search.search(connection, wanted)
    if as_json:
        emit([_brief(one) for one in found])
        return
    table(
        ["区域", "日期", "名称", "传感器", "波段数", "云 %", "雪 %"],
        [
            [s.district_code, s.acquired_on, s.name, s.sensor, len(s.bands)]
            + ["—" if x is None else f"{100 * x:.1f}" for x in (s.cloud_share, s.snow_share)]
            for s in found
        ],
    )


def _brief(s: SceneRecord) -> dict[str, Any]:
    return {
        "id": s.id,
        "name": s.name,
        "district": s.district_code,
        "acquired_on": s.acquired_on,
        "sensor": s.sensor,
        "bands": s.bands,
        "sha256": s.sha256,
        "kind": s.kind.value,
    } | _shares(s)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="影像名称。 Name of the scene.")],
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """显示一景影像的全部信息（STAC 条目）。 Show all that is known of a scene (a STAC item).

    Example: qingfei scene show s2_20220619 --district 150203
    """
    from api import wire_scenes
    from api.cli.scene_work import registered

    book = terminal_book()
    record = registered(book, one_district(book, district), name)
    item = wire_scenes.item(record)
    if as_json:
        emit(item)
        return
    with book.reading() as connection:
        runs = scene_search.runs_of(connection, record.id)
        dem = scene_search.elevation_over(connection, record)
    rows = [[key, value] for key, value in item["properties"].items() if value not in (None, "")]
    rows += [["bbox", item["bbox"]], ["runs", len(runs)], ["dem", dem.name if dem else "—"]]
    table(["项目", "内容"], rows)


def _add_work() -> None:
    """Add the commands that work on scenes; they stand in a file of their own."""
    from api.cli import scene_work

    for command in (scene_work.convert, scene_work.mask, scene_work.composite, scene_work.dem):
        app.command()(command)


_add_work()
