"""`qingfei follow-up`: what images showed of listed sites."""

import json
from pathlib import Path
from typing import Annotated
from uuid import UUID

import shapely
import typer
from shapely import MultiPolygon

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, progress, say, table, warn
from gis.domain.detection.imagery import SceneRecord
from gis.domain.follow_up.words import reason, summary
from gis.domain.place import STORE_EPSG
from gis.errors import BadInput, NotFound
from gis.ledger import Book
from gis.spatial import crs
from gis.store import imagery

app = typer.Typer(help="遥感跟踪。 Satellite follow-up of sites.", no_args_is_help=True)


class SceneUnknown(NotFound):
    """No scene has that name or id. Facts: name."""

    code = "scene_unknown"
    zh = "没有名为 {name} 的影像：请用 qingfei scene list 查看已登记的影像。"
    en = "No scene is called {name}: see qingfei scene list."


class ReferencesUnreadable(BadInput):
    """A file of reference patches that is none. Facts: file, where."""

    code = "references_unreadable"
    zh = "参照斑块文件 {file} 无法使用（{where}）：请给出带 code 属性的面要素 GeoJSON（经纬度）。"
    en = "{file} holds no reference patches ({where}): give GeoJSON polygons in lon/lat with code."


@app.command()
def run(
    scene: Annotated[str, typer.Option("--scene", help="影像名称或编号。 Name or id.")],
    reference: Annotated[
        Path | None,
        typer.Option("--reference", help="参照斑块 GeoJSON，属性 code。 Given reference patches."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """对影像覆盖的在册与已销号点位逐一观测；重复运行不会重复入库。 Observe a scene's sites again.

    Example: qingfei follow-up run --scene s2_20260719
    """
    from api.follow_up import follow_up

    book = terminal_book()
    given = None if reference is None else _references(reference)
    chosen = _scenes(book, scene)
    for record in chosen:
        with progress(record.name, record.name) as tell:
            done = follow_up(book, record, given=given, tell=tell)
        new = [
            {"code": one.site_code, "state": one.state, "observation": one.id}
            for one in done.filed.new
        ]
        if as_json:
            emit({"scene": record.id, "sites": done.sites, "known": done.filed.known, "new": new})
            continue
        say(
            f"影像 {record.name} 覆盖点位 {done.sites} 个：新观测 {len(new)} 个，"
            f"此前已观测 {done.filed.known} 个。",
            f"Scene {record.name} reaches {done.sites} sites: {len(new)} observed now, "
            f"{done.filed.known} before.",
        )
        for one in done.filed.new:
            say(
                f"  {one.site_code} {one.state.zh}：{summary(one, 'zh')}",
                f"  {one.site_code} {one.state.en}: {summary(one, 'en')}",
            )


@app.command()
def show(
    code: Annotated[str, typer.Argument(help="点位编号。 Code of the site.")],
    versions: Annotated[
        bool, typer.Option("--versions", help="包括旧规则的观测。 Also those by older rules.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """列出一个点位的观测序列。 List what images showed of a site.

    Example: qingfei follow-up show 150203-W00001-D --json
    """
    from api.wire_follow_up import observations_of

    with terminal_book().reading() as connection:
        found = observations_of(connection, code, versions=versions)
    if as_json:
        emit(found)
        return
    if not found["items"]:
        warn("该点位还没有观测。", "This site has not been observed yet.")
    table(
        ["日期", "影像", "结果", "有效", "裸地 m²", "FVC", "对参照", "扰动范围 m²"],
        [
            [
                one["observed_on"],
                one["scene"],
                one["state"].zh,
                f"{one['valid_share']:.0%}",
                _between(one, "bare", "m2"),
                "—" if one["fvc"] is None else f"{one['fvc']:.2f}",
                "—" if one["fvc_ratio"] is None else f"{one['fvc_ratio']:.0%}",
                _between(one, "footprint", "m2"),
            ]
            for one in found["items"]
        ],
    )
    for one in found["items"]:
        say(
            f"{one['observed_on']} {one['summary_zh']}"
            + "".join(reason(row, "zh") for row in one["reasons"]),
            f"{one['observed_on']} {one['summary_en']} "
            + " ".join(reason(row, "en") for row in one["reasons"]),
        )


def _between(one: dict[str, float | None], stem: str, unit: str) -> str:
    value, low, high = (one[f"{stem}{part}_{unit}"] for part in ("", "_low", "_high"))
    if value is None or low is None or high is None:
        return "—"
    return f"{value:,.0f} ({low:,.0f}–{high:,.0f})"


def _scenes(book: Book, named: str) -> list[SceneRecord]:
    with book.reading() as connection:
        found = [
            one
            for one in imagery.all_scenes(connection)
            if one.name == named or (_is_id(named) and one.id == UUID(named))
        ]
    if not found:
        raise SceneUnknown(name=named)
    return found


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


NOT_GEOJSON = (ValueError, KeyError, TypeError, AttributeError, shapely.GEOSException)


def _references(path: Path) -> dict[str, MultiPolygon]:
    """Return the patches of a GeoJSON file by their sites' codes, in the stored CRS."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        found = {
            str(one["properties"]["code"]): shapely.geometry.shape(one["geometry"])
            for one in features
        }
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        shapely.GEOSException,
    ) as error:
        raise ReferencesUnreadable(file=path.name, where=type(error).__name__) from error
    for code, patch in found.items():
        inside = patch.geom_type in ("Polygon", "MultiPolygon") and patch.is_valid
        if not inside or patch.is_empty or not shapely.box(-180, -90, 180, 90).contains(patch):
            raise ReferencesUnreadable(file=path.name, where=code)
    if not found:
        raise ReferencesUnreadable(file=path.name, where="0")
    return {
        code: crs.as_multipolygon(crs.transform(patch, 4326, STORE_EPSG))
        for code, patch in found.items()
    }
