"""`qingfei samples`: what passed field checks teach the next run."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from api.settings import Settings
from gis.exports.samples import write_set
from gis.ledger.samples import MOST_DAYS, all_sets, freeze_samples, named_set

app = typer.Typer(help="样本。 Training samples from field checks.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="样本集名称。 Name of the set.")]


@app.command()
def freeze(
    name: Name,
    district: Annotated[str, typer.Option("--district", help="区域代码。 Code of the place.")],
    days: Annotated[int, typer.Option(min=0, help="影像与核实相隔天数上限。")] = MOST_DAYS,
    as_json: AsJson = False,
) -> None:
    """把已通过的现场核实固定为样本集。 Freeze the passed field checks as a set of samples.

    Example: qingfei samples freeze 2026-autumn --district 150203
    """
    shelf = Settings().samples_dir
    made = freeze_samples(terminal_book(), shelf, name, district, write_set, days)
    if as_json:
        emit({"folder": made.folder} | made.record)
        return
    n, taught = made.record["samples"], made.record["taught"]
    say(
        f"样本集“{name}”已固定：{n} 个样本，其中 {taught} 个有类别和影像，位于 {made.folder}。",
        f"Sample set {name} is frozen: {n} samples, {taught} of them with a class and an image, "
        f"in {made.folder}.",
    )


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """列出样本集，并核对文件是否未变。 List the sets and compare their files with their hashes.

    Example: qingfei samples list
    """
    found = all_sets(Settings().samples_dir)
    if as_json:
        emit([{"folder": one.folder, "damaged": one.damaged} | one.record for one in found])
        return
    rows = [
        [
            *(one.record["name"], one.record["day"], one.record["samples"], one.record["taught"]),
            "、".join(one.damaged) or "✓",
        ]
        for one in found
    ]
    table(["名称 name", "日期 day", "样本 samples", "可训练 taught", "文件 files"], rows)


@app.command()
def export(
    name: Name,
    out: Annotated[Path, typer.Option("--out", help="目标文件夹（须不存在）。 New folder.")],
) -> None:
    """把一个样本集复制出来。 Copy a set out.

    Example: qingfei samples export 2026-autumn --out ./samples
    """
    one = named_set(Settings().samples_dir, name)
    if out.exists():
        raise typer.BadParameter(f"{out} 已存在 / exists")
    shutil.copytree(one.folder, out)
    say(f"样本集“{name}”已复制到 {out}。", f"Sample set {name} was copied to {out}.")
