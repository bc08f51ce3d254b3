"""`qingfei evaluate design`, `sample` and `estimate`: points drawn to judge a map by."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import AsJson
from api.cli.output import emit, say, table, warn
from api.settings import Settings

if TYPE_CHECKING:
    from remote_sensing.reference.design import Design
    from remote_sensing.reference.estimate import Estimated
    from remote_sensing.reference.files import Key


def design(
    maps: Annotated[list[Path], typer.Argument(help="classes.tif，可多幅。 Class maps.")],
    out: Annotated[Path, typer.Option("--out", help="写出的设计文件。 Design to write.")],
    se: Annotated[
        float, typer.Option("--se", min=0.0005, max=0.2, help="总体精度的标准误。 Standard error.")
    ] = 0.01,
    users: Annotated[
        str | None,
        typer.Option(help="预期用户精度，如 open_pit=0.9,road=0.7。 Expected user's accuracy."),
    ] = None,
    least: Annotated[int, typer.Option(min=2, max=10_000, help="每类最少样点。 Least.")] = 50,
    size: Annotated[
        int | None, typer.Option(min=2, max=100_000, help="样点总数，代替 --se。 Points in all.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """设计验证样本：样点总数与各类分配。 How many points each class needs (Olofsson 2014).

    Example: qingfei evaluate design runs/s2/classes.tif --se 0.02 --out design.json
    """
    from remote_sensing.plain import plain
    from remote_sensing.reference import design as designs
    from remote_sensing.reference import files
    from remote_sensing.reference.drawing import strata_of

    strata = strata_of(maps, _shares(users))
    made = designs.design(strata, target_se=se, least=least, size=size)
    files.write_plan(out, made, maps)
    if as_json:
        emit(plain(made))
        return
    _show_design(made)
    say(
        f"按标准误 {se} 需 {made.needed} 个样点，实际分配 {sum(made.sizes)} 个，"
        f"预期总体精度标准误 {made.overall_se:.4f}；设计写入 {out}。",
        f"A standard error of {se} takes {made.needed} points; {sum(made.sizes)} are allocated, "
        f"the overall accuracy then errs by {made.overall_se:.4f}. The design is {out}.",
    )


def sample(
    plan: Annotated[Path, typer.Argument(help="evaluate design 写出的设计。 The design.")],
    out: Annotated[Path, typer.Option("--out", help="样点表 .gpkg/.geojson/.csv。 Points.")],
    seed: Annotated[int, typer.Option(min=0, help="随机种子。 Seed.")] = 0,
    as_json: AsJson = False,
) -> None:
    """按设计抽取样点，供人工判读；答案另存，不给判读员看。 Draw the points to be interpreted.

    Example: qingfei evaluate sample design.json --seed 1 --out points.gpkg
    """
    from remote_sensing.reference import drawing, files

    made = files.read_plan(plan)
    points = drawing.draw(made.maps, made.design.strata, made.design.sizes, seed)
    files.write_points(out, points)
    key = key_beside(out)
    files.write_key(key, made, points, seed)
    if as_json:
        emit({"points": len(points), "file": out, "key": key, "seed": seed})
        return
    say(
        f"已抽取 {len(points)} 个样点写入 {out}：请对照影像在 reference 列填写类别"
        f"（看不清填 unsure）。答案在 {key}，请勿交给判读员。",
        f"{len(points)} points are in {out}: fill in the class seen in column reference (unsure "
        f"where it is unclear). The key is {key}; keep it from the interpreter.",
    )


def estimate(
    points: Annotated[Path, typer.Argument(help="判读后的样点表。 The interpreted points.")],
    key: Annotated[
        Path | None, typer.Option("--key", help="答案文件，默认在样点表旁。 Beside the points.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="写出 HTML 报告。 Write a report.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """由判读结果估计精度与面积，含 95 % 区间。 Accuracy and areas with 95 % intervals.

    Example: qingfei evaluate estimate points.gpkg --report accuracy.html
    """
    from remote_sensing.plain import plain
    from remote_sensing.quality.text import estimate_as_text
    from remote_sensing.reference import estimate as estimating
    from remote_sensing.reference import files

    key = key or key_beside(points)
    known = files.read_key(key)
    answers = files.read_answers(points, known)
    found = estimating.estimate(known, answers)
    if report is not None:
        _write_report(report, (points, key), known, answers, found)
    if as_json:
        emit(plain(found))
    else:
        print(estimate_as_text(found, Settings().language))


def _write_report(
    path: Path,
    read: tuple[Path, Path],
    key: "Key",
    answers: "Mapping[str, str | None]",
    found: "Estimated",
) -> None:
    from remote_sensing.reference.places import places_of
    from remote_sensing.report import sample_page
    from remote_sensing.safe_files import writing

    places = places_of(read[0])
    content = sample_page.html(key, answers, found, places, read, Settings().language)
    with writing(path):
        path.write_bytes(content)
    warn(f"报告写入 {path}。", f"The report is {path}.")


def key_beside(points: Path) -> Path:
    """Return where the key of a table of points lies."""
    return points.with_name(f"{points.stem}.key.json")


def pairs(text: str | None, example: str) -> dict[str, str] | None:
    """Return what is written as name=value, name=value; raises BadParameter."""
    if not text:
        return None
    parts = [part.partition("=") for part in text.split(",") if part]
    if any(not (value and name) for value, _, name in parts):
        raise typer.BadParameter(example)
    return {value.strip(): name.strip() for value, _, name in parts}


def _shares(text: str | None) -> dict[str, float]:
    from remote_sensing.classes import all_classes
    from remote_sensing.errors import LegendUnknownClass

    shares = {}
    for name, said in (pairs(text, "--users open_pit=0.9,road=0.7") or {}).items():
        if name not in all_classes():
            raise LegendUnknownClass(name=name, known=", ".join(all_classes()))
        try:
            shares[name] = float(said)
        except ValueError:
            raise typer.BadParameter("--users open_pit=0.9,road=0.7") from None
        if not 0 <= shares[name] <= 1:
            raise typer.BadParameter("--users open_pit=0.9,road=0.7")
    return shares


def _show_design(made: "Design") -> None:
    from remote_sensing.classes import class_of

    english = Settings().language.startswith("en")
    heads = (
        ["class", "share", "ha", "expected", "points", "error of user's accuracy"]
        if english
        else ["类别", "面积占比", "公顷", "预期用户精度", "样点", "用户精度标准误"]
    )
    area = sum(one.area_m2 for one in made.strata)
    table(
        heads,
        [
            [
                one.name if english else class_of(one.name).zh,
                f"{one.area_m2 / area:.3f}",
                f"{one.area_m2 / 1e4:.1f}",
                f"{one.expected:.2f}",
                n,
                "-" if error != error else f"{error:.3f}",
            ]
            for one, n, error in zip(made.strata, made.sizes, made.users_se, strict=True)
        ],
    )
