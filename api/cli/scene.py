"""`qingfei scene`: images that the register knows."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import AsJson, District, terminal_book
from api.cli.output import emit, say, table, warn
from api.settings import Settings
from gis.store import imagery

app = typer.Typer(help="影像。 Scenes.", no_args_is_help=True)

Bands = Annotated[
    str | None, typer.Option(help="按文件顺序的波段名，如 B02,B03。 Band names in file order.")
]
Day = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="成像日期。 Day of the image."),
]
Scale = Annotated[float | None, typer.Option(help="反射率 = DN × scale + offset。")]
Offset = Annotated[float | None, typer.Option(help="见 --scale。 See --scale.")]


@app.command()
def add(
    image: Annotated[Path, typer.Argument(help="GeoTIFF 影像。 The image.")],
    district: Annotated[str, typer.Option("--district", help="区域代码。 Code of the place.")],
    day: Day = None,
    name: Annotated[str | None, typer.Option(help="名称，默认文件名。 Its name.")] = None,
    sensor: Annotated[str, typer.Option(help="传感器。 Sensor.")] = "Sentinel-2 MSI",
    notice: Annotated[str, typer.Option(help="版权说明，显示在地图上。 Notice to show.")] = "",
    bands: Bands = None,
    scale: Scale = None,
    offset: Offset = None,
    as_json: AsJson = False,
) -> None:
    """检查影像，保存分析副本与显示副本，并登记。 Check an image, keep it, and register it.

    Example: qingfei scene add s2_20220619.tif --district 150203 --date 2022-06-19
    """
    from api.intake import SceneSent, add_scene
    from remote_sensing.scene import open_scene

    scene = open_scene(
        image,
        bands=bands.split(",") if bands else None,
        scale=scale,
        offset=offset,
        acquired_on=day.date() if day else None,
    )
    if scene.radiometry.assumption_zh and not as_json:
        warn(scene.radiometry.assumption_zh, scene.radiometry.assumption_en or "")
    sent = SceneSent(scene, district, name or image.stem, sensor, notice)
    record = add_scene(terminal_book(), Settings(), sent)
    if as_json:
        emit({"id": record.id, "name": record.name, "sha256": record.sha256})
    else:
        say(f"已登记影像 {record.name}（{record.id}）。", f"Scene {record.name} is registered.")


@app.command("list")
def list_(district: District = None, as_json: AsJson = False) -> None:
    """列出已登记的影像。 List the registered scenes.

    Example: qingfei scene list --district 150203
    """
    with terminal_book().reading() as connection:
        found = imagery.all_scenes(connection, district)
    if as_json:
        emit(
            [
                {
                    "id": s.id,
                    "name": s.name,
                    "district": s.district_code,
                    "acquired_on": s.acquired_on,
                    "sensor": s.sensor,
                    "bands": s.bands,
                    "sha256": s.sha256,
                }
                for s in found
            ]
        )
        return
    rows = [[s.district_code, s.acquired_on, s.name, s.sensor, len(s.bands)] for s in found]
    table(["区域", "日期", "名称", "传感器", "波段数"], rows)
