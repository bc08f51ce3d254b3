"""Commands of `qingfei scene` that make something: convert, mask, composite, dem."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, progress, say
from api.settings import Settings
from gis.domain.detection.imagery import SceneRecord
from gis.domain.errors import NotInRegister
from gis.domain.terms import SurveyBasis
from gis.ledger import Book
from gis.store import imagery

Out = Annotated[Path, typer.Option("--out", help="写到哪里。 Where to write.")]
Name = Annotated[str | None, typer.Option("--name", help="名称。 Its name.")]


def registered(book: Book, district: str, name: str) -> SceneRecord:
    """Return the scene of that name; raises NotInRegister."""
    with book.reading() as connection:
        found = imagery.scene_named(connection, district, name)
    if found is None:
        raise NotInRegister(id=name)
    return found


def convert(
    source: Annotated[Path, typer.Argument(help="GeoTIFF，或 Sentinel-2 L2A 文件夹/zip。")],
    out: Out,
    bands: Annotated[str | None, typer.Option(help="波段名，如 B02,B03。 Band names.")] = None,
) -> None:
    """转换为分析副本（ZSTD COG），不登记。 Write an analysis copy (ZSTD COG) without registering.

    Example: qingfei scene convert S2B_MSIL2A_20230619.SAFE --out s2_20230619.tif
    """
    from api.scene_sources import convert as write

    with progress("转换波段", "converting bands") as tell:
        write(source, out, bands.split(",") if bands else None, tell)
    say(f"已写出 {out.name}。", f"{out.name} is written.")


def mask(
    image: Annotated[Path, typer.Argument(help="GeoTIFF 影像。 The image.")],
    out: Out,
    bands: Annotated[str | None, typer.Option(help="波段名，如 B02,B03。 Band names.")] = None,
    as_json: AsJson = False,
) -> None:
    """按光谱判别云、云影与积雪，写出掩膜。 Judge cloud, shadow and snow and write the mask.

    Example: qingfei scene mask s2_20230619.tif --out s2_20230619.mask.tif
    """
    from remote_sensing.masks.masking import write_mask
    from remote_sensing.scene import open_scene
    from remote_sensing.scene_errors import MaskImpossible

    scene = open_scene(image, bands=bands.split(",") if bands else None)
    found = write_mask(scene, out)
    if found is None:
        raise MaskImpossible(file=image.name)
    shares = found.shares
    if as_json:
        emit(
            {
                "how": found.how.value,
                "valid_share": shares.valid,
                "cloud_share": shares.cloud,
                "shadow_share": shares.shadow,
                "snow_share": shares.snow,
            }
        )
        return
    say(
        f"云 {shares.cloud:.1%}，云影 {shares.shadow:.1%}，"
        f"雪 {shares.snow:.1%}（{found.how.zh}）。",
        f"Cloud {shares.cloud:.1%}, shadow {shares.shadow:.1%}, snow {shares.snow:.1%} "
        f"({found.how.en}).",
    )


def composite(
    names: Annotated[list[str], typer.Argument(help="影像名称，两景以上。 Names of scenes.")],
    district: District = None,
    how: Annotated[
        Literal["median", "best"],
        typer.Option(help="中值，或最近中值的像元。 Median or best pixel."),
    ] = "median",
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """用多期影像的晴空像元合成一景，并登记。 Compose clear pixels of several dates into one scene.

    Example: qingfei scene composite s2_0601 s2_0616 s2_0701 --district 150203 --how median
    """
    from api.composing import compose_scenes

    book = terminal_book()
    code = one_district(book, district)
    records = [registered(book, code, one) for one in dict.fromkeys(names)]
    with progress("合成", "composing") as tell:
        record = compose_scenes(book, Settings(), records, how, name, tell)
    if as_json:
        emit({"id": record.id, "name": record.name, "sha256": record.sha256})
        return
    say(f"已合成并登记 {record.name}。", f"{record.name} is composed and registered.")


def dem(
    file: Annotated[Path, typer.Argument(help="单波段高程 GeoTIFF。 A GeoTIFF of heights.")],
    district: District = None,
    name: Name = None,
    basis: Annotated[
        Literal["DEM", "DSM"] | None, typer.Option(help="地面或表面模型。 Ground or surface.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """登记高程模型；它覆盖的影像即带坡度与起伏。 Give scenes their slope and relief.

    Example: qingfei scene dem srtm30.tif --district 150203
    """
    from api.elevations import add_elevation

    book = terminal_book()
    record = add_elevation(
        book,
        Settings(),
        file,
        one_district(book, district),
        name=name,
        basis=SurveyBasis.of(basis) if basis else None,
    )
    if as_json:
        emit({"id": record.id, "name": record.name, "pixel_m": record.pixel_m})
        return
    say(
        f"已登记高程模型 {record.name}（{record.pixel_m:g} m）。",
        f"The elevation model {record.name} ({record.pixel_m:g} m) is registered.",
    )
