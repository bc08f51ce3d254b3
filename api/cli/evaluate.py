"""`qingfei evaluate`: how good a map is, by labels at hand or by points drawn for the purpose."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli import reference
from api.cli.options import AsJson
from api.cli.output import emit, progress, say, table, warn
from api.cli.scene import Bands, Offset, Scale
from api.settings import Settings
from gis.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from remote_sensing.quality.judging import Judged


class NotRobust(BadInput):
    """The same ground gave other outlines when it was filed otherwise. Facts: names."""

    code = "not_robust"
    zh = "这些变体的结果与原影像不一致：{names}。请核对影像的辐射与坐标系后再用此模型。"
    en = "These variants gave other outlines: {names}. Check the image's radiometry and CRS first."


app = typer.Typer(help="评定精度。 How good a map is.", rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def evaluate(
    context: typer.Context,
    candidates: Annotated[
        Path | None, typer.Option("--candidates", help="detect 写出的 candidates.geojson。")
    ] = None,
    labels: Annotated[
        Path | None, typer.Option("--labels", help="标注（栅格或矢量）。 The truth.")
    ] = None,
    legend: Annotated[
        str | None,
        typer.Option(help="标注值对应类别，如 10=open_pit,8=water。 Label values to classes."),
    ] = None,
    field: Annotated[str | None, typer.Option(help="矢量标注的类别字段。 Class column.")] = None,
    runs: Annotated[
        Path | None, typer.Option("--runs", help="多幅：detect 的 --out 文件夹。 Batch folder.")
    ] = None,
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help="多幅：影像与标注清单。 Images and labels.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="写出 HTML 报告。 Write a report.")
    ] = None,
    image: Annotated[
        Path | None, typer.Option("--image", help="报告缩略图用的影像。 For its thumbnails.")
    ] = None,
    model: Annotated[
        Path | None, typer.Option("--model", help="报告中附模型说明。 For the model card.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """按统一规程评定精度：像元、图斑、置信度、面积校正。 Judge candidates against the truth.

    One scene, or a batch folder with a manifest of images and labels:

    Example: qingfei evaluate --candidates runs/s2/candidates.geojson --labels truth.geojson
    Example: qingfei evaluate --runs runs --manifest places.toml --report report.html
    """
    if context.invoked_subcommand is not None:
        return
    one, batch = candidates is not None or labels is not None, runs is not None or manifest
    if bool(one) == bool(batch):
        raise typer.BadParameter("--candidates F --labels F | --runs DIR --manifest F")
    judged: tuple[Judged, ...]
    asked: list[
        tuple[Path, Path, Path | None, dict[str, Any]]
    ]  # run, labels, image, how to read it
    if candidates and labels:
        from remote_sensing.quality import protocol

        said = reference.pairs(legend, "--legend 10=open_pit")
        judged = (protocol.look_at(candidates, labels, legend=said, field=field),)
        asked = [(candidates, labels, image, {})]
    elif runs and manifest:
        from remote_sensing.quality import batches
        from remote_sensing.training import manifest as manifests

        if legend or field or image:
            raise typer.BadParameter("--legend, --field, --image: --manifest")
        known = manifests.read(manifest)
        judged = batches.look_at_all(runs, known)
        asked = [
            (
                runs / one.image.stem / "candidates.geojson",
                one.labels,
                one.image,
                {"bands": one.bands, "scale": one.scale, "offset": one.offset},
            )
            for one in known.scenes
        ]
    else:
        raise typer.BadParameter("--candidates F --labels F | --runs DIR --manifest F")
    if report is not None:
        _write_report(report, judged, asked, model)
    _show(judged, runs is not None, as_json)


def _show(judged: "Sequence[Judged]", is_batch: bool, as_json: bool) -> None:
    from remote_sensing.plain import plain
    from remote_sensing.quality.batches import batch
    from remote_sensing.quality.protocol import summed
    from remote_sensing.quality.text import as_text, batch_as_text

    language = Settings().language
    if as_json:
        emit(plain(batch(judged) if is_batch else summed(judged)))
    elif is_batch:
        print(batch_as_text(batch(judged), language))
    else:
        print(as_text(summed(judged), language))


def _write_report(
    path: Path,
    judged: "Sequence[Judged]",
    asked: "Sequence[tuple[Path, Path, Path | None, dict[str, Any]]]",
    model: Path | None,
) -> None:
    from remote_sensing import model as models
    from remote_sensing.report import page
    from remote_sensing.safe_files import writing
    from remote_sensing.scene import open_scene

    sources = [
        page.source_of(candidates, labels, open_scene(image, **how) if image else None)
        for candidates, labels, image, how in asked
    ]
    content = page.html(judged, sources, models.load(model) if model else None, Settings().language)
    with writing(path):
        path.write_bytes(content)
    warn(f"报告写入 {path}。", f"The report is {path}.")


@app.command()
def robust(
    image: Annotated[Path, typer.Argument(help="GeoTIFF 影像。 The image.")],
    model: Annotated[Path, typer.Option("--model", help="模型文件。 The model.")],
    bands: Bands = None,
    scale: Scale = None,
    offset: Offset = None,
    as_json: AsJson = False,
) -> None:
    """同一影像换坐标系、分幅、偏移、加框、缺波段后结果是否一致。 The same ground, otherwise filed.

    Example: qingfei evaluate robust s2_20220619.tif --model demo.qfm
    """
    import tempfile

    from remote_sensing import model as models
    from remote_sensing.plain import plain
    from remote_sensing.quality.robustness import check
    from remote_sensing.scene import open_scene

    scene = open_scene(image, bands=bands.split(",") if bands else None, scale=scale, offset=offset)
    loaded = models.load(model)
    with tempfile.TemporaryDirectory() as work, progress("稳健性", "Robustness") as tell:
        found = []
        for one in check(scene, loaded, model, Path(work)):
            found.append(one)
            tell(len(found), len(found) + 1)
    if as_json:
        emit([plain(one) | {"is_sound": one.is_sound} for one in found])
    else:
        english = Settings().language.startswith("en")
        heads = ["variant", "IoU", "met again", "outlines", "sound"]
        names = ["变体", "IoU", "再次找到", "图斑", "合格"]
        rows = [
            [
                one.name,
                one.refused or f"{one.iou:.3f}",
                "–" if one.refused else f"{one.found:.3f}",
                one.outlines,
                "✓" if one.is_sound else "✗",
            ]
            for one in found
        ]
        table(heads if english else names, rows)
    if not all(one.is_sound for one in found):
        raise NotRobust(names=", ".join(one.name for one in found if not one.is_sound))


@app.command()
def kinds(
    manifest: Annotated[Path, typer.Argument(help="图块清单 TOML。 A manifest of patches.")],
    model: Annotated[Path, typer.Option("--model", help="变化类型判别文件。 The judge.")],
    as_json: AsJson = False,
) -> None:
    """判别变化类型有多准：用它没有学过的图块检验。 How well a judge tells kinds of change.

    清单同 train（[legend] 与 [patches]）。 The manifest is of the form that train takes.

    Example: qingfei evaluate kinds other_places.toml --model changes.qfc
    """
    from remote_sensing.change import kind_training

    found = kind_training.quality(kind_training.load(model), manifest)
    if found["is_its_own"]:
        warn(
            "判别文件正是从这些图块学得的，以下数字不能说明它的精度。",
            "The judge learnt from these very patches; the figures do not show how good it is.",
        )
    if as_json:
        return emit(found)
    auc = ", ".join(f"{kind} {value:.3f}" for kind, value in found["auc"].items())
    told = (found["accuracy"], found["mean_f1"], found["brier"])
    total = sum(found["patches"].values())
    say(
        f"{found['places']} 处 {total} 对图块：总体精度 {told[0]:.3f}，平均 F1 {told[1]:.3f}，"
        f"Brier {told[2]:.3f}，AUC {auc}。",
        f"{total} pairs of patches at {found['places']} places: accuracy {told[0]:.3f}, mean F1 "
        f"{told[1]:.3f}, Brier {told[2]:.3f}, AUC {auc}.",
    )


app.command("design")(reference.design)
app.command("sample")(reference.sample)
app.command("estimate")(reference.estimate)
