"""`qingfei change`: what is new, grown, shrunk or gone between the dates of some runs."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import AsJson
from api.cli.output import emit, say, table, warn
from api.settings import Settings
from gis.domain import terms

if TYPE_CHECKING:
    from remote_sensing.change.compare import Changed, Changes

STATES = {
    "FIRST": ("首次看到", "seen first"),
    "NEW": ("新增", "new"),
    "GROWN": ("扩大", "grown"),
    "UNCHANGED": ("未见变化", "no change detectable"),
    "SHRUNK": ("缩小", "shrunk"),
    "GONE": ("未检出", "no longer detectable"),
    "UNSEEN": ("未看清", "not seen"),
    "ABSENT": ("尚未出现", "not there yet"),
}


def change(
    runs: Annotated[list[Path], typer.Argument(help="两个以上 detect 结果文件夹。 Run folders.")],
    out: Annotated[Path, typer.Option("--out", help="结果文件夹。 Where results go.")],
    dates: Annotated[
        str | None, typer.Option(help="各结果的影像日期，按顺序。 Days in order.")
    ] = None,
    images: Annotated[
        list[Path] | None,
        typer.Option("--images", help="影像所在文件夹，用于识别云雪。 To tell cloud and snow."),
    ] = None,
    position_error: Annotated[
        float | None, typer.Option(min=0, max=1000, help="边界位置误差 m，默认半像元。 In metres.")
    ] = None,
    kinds: Annotated[
        Path | None,
        typer.Option(
            "--kinds", help="变化类型判别文件，判断新增与扩大属何种变化。 A judge of kinds."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """逐个图斑比较不同日期：新增、扩大、缩小、消失及不确定度。 Compare runs of several dates.

    给出 --kinds 时，新增与扩大处另写属采矿、其他人为或自然变化的可能性；须有各期影像，波段含
    B02 B03 B04 B08 B11 B12。 With --kinds, a judge that qingfei train learnt from patches, new and
    grown places say how likely mining, other human work or nature is.

    Example: qingfei change runs/s2_20210619 runs/s2_20220619 --out change --images images
    """
    from gis.rules import follow_up
    from remote_sensing.change import compare, files, kind_training
    from remote_sensing.change import kinds as kinds_of_change
    from remote_sensing.change import runs as dated

    judge = kind_training.load(kinds) if kinds is not None else None
    found_runs = dated.with_images(dated.read_runs(runs, _days(dates)), images or [])
    if judge is not None:
        kinds_of_change.images_of(found_runs, judge)  # before minutes of work
    found = compare.changes(found_runs, follow_up.current(), position_error)
    if judge is not None:
        found = kinds_of_change.judged(found, found_runs, judge)
    files.write(out, found_runs, found, position_error, kinds)
    if as_json:
        emit({"out": out, "states": files.counts(found), "places": len(found.places)})
        return
    _show(found)
    say(
        f"{len(found.places)} 处：{_counted(files.counts(found), 0)}；写入 {out}。",
        f"{len(found.places)} places: {_counted(files.counts(found), 1)}; written to {out}.",
    )


def _days(text: str | None) -> list[date] | None:
    if text is None:
        return None
    try:
        return [date.fromisoformat(part.strip()) for part in text.split(",")]
    except ValueError:
        raise typer.BadParameter("--dates 2021-06-19,2022-06-19") from None


def _counted(counts: dict[str, int], english: int) -> str:
    return ("、", ", ")[english].join(f"{STATES[k][english]} {n}" for k, n in counts.items())


def _likeliest(one: "Changed", english: int) -> str:
    if one.kinds is None or one.kind is None:
        return "–"
    word = terms.ChangeKind.of(one.kind.upper())
    return f"{word.en if english else word.zh} {100 * one.kinds[one.kind]:.0f} %"


def _show(found: "Changes") -> None:
    english = int(Settings().language.startswith("en"))
    heads = (
        ["位置", "状态", "日期", "对比", "公顷", "变化 ± 95 %"],
        ["where", "state", "on", "against", "ha", "change ± 95 %"],
    )
    is_judged = any(one.kinds for one in found.places)
    rows = []
    for one in found.places:
        last, middle = one.last, one.place.zone.centroid
        changed = "–"
        if last.change_m2 is not None and last.uncertainty_m2 is not None:
            changed = f"{last.change_m2 / 1e4:+.2f} ± {last.uncertainty_m2 / 1e4:.2f}"
        where, state = f"{middle.x:.4f},{middle.y:.4f}", STATES[last.state][english]
        area = f"{last.area_m2 / 1e4:.2f}"
        rows.append([where, state, last.on, last.compared_with or "–", area, changed])
        if is_judged:
            rows[-1].append(_likeliest(one, english))
    table(heads[english] + [("变化类型", "kind")[english]] * is_judged, rows)
    compared = {pair.after for pair in found.swings}
    for day in sorted({pair.after for pair in found.unlike} - compared):
        kept = f"{100 * max(p.steadiness for p in found.unlike if p.after == day):.0f} %"
        warn(
            f"{day} 与更早的日期都无法比较：林地、水体、建成区至多 {kept} 类别不变，"
            "可能是辐射、季节或云雪不同。",
            f"{day} cannot be compared with any earlier date: at most {kept} of forest, water and "
            "built-up ground kept its class; radiometry, season, cloud or snow may differ.",
        )
