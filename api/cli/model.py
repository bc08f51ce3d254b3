"""`qingfei model`: which models there are, how good they are, which of them detection may use.

Judges of kinds of change are registered, published and withdrawn like models of ground.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from api.settings import Settings
from gis.domain.terms import ChangeKind, ModelTells
from gis.ledger import models as verbs
from gis.store import models

app = typer.Typer(help="模型登记。 The register of models.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="模型名称。 Name of the model.")]


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="qingfei train 写出的模型文件。 The model file.")],
    name: Annotated[str | None, typer.Option(help="名称，默认文件名。 Its name.")] = None,
    as_json: AsJson = False,
) -> None:
    """登记模型或变化判别文件（存一份到数据目录），待发布。 Register a file as a draft.

    Example: qingfei model add demo.qfm --name 2026-autumn
    """
    from api.model_shelf import put_file

    made, is_new = put_file(terminal_book(), Settings(), file, name or file.stem)
    if as_json:
        said = {"id": made.id, "tells": made.tells, "name": made.name, "sha256": made.sha256}
        emit(said | {"is_new": is_new})
        return
    state = f"（判断{made.tells.zh}，{made.state.zh}）" if is_new else "，此前已经登记，没有变化"
    say(
        f"已登记模型 {made.name}{state}。",
        f"The model {made.name} is registered{'' if is_new else ' already; nothing changed'}.",
    )


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """列出模型、精度与状态，并核对文件。 List the models and compare their files with their hashes.

    Example: qingfei model list
    """
    from api import wire_models

    with terminal_book().reading() as connection:
        found = wire_models.all_models(models.all_models(connection))["items"]
    if as_json:
        emit(found)
        return
    files = {"sound": "✓", "gone": "缺失 gone", "changed": "已变 changed"}
    rows = [
        [
            *(one["name"], one["tells"].zh, one["state"].zh),
            *(one["accuracy"], len(one["classes"])),
            *(f"{one['made_at']:%Y-%m-%d}", one["made_by"], files[one["file"]]),
        ]
        for one in found
    ]
    table(["名称 name", "判断", "状态", "精度", "类别", "登记日", "登记人", "文件 file"], rows)


@app.command()
def show(name: Name, as_json: AsJson = False) -> None:
    """显示一个模型的说明卡。 Show a model's card.

    Example: qingfei model show 2026-autumn
    """
    from api import wire_models
    from remote_sensing.classes import class_of

    with terminal_book().reading() as connection:
        record = models.model_named(connection, name)
    one = wire_models.model(record)
    if as_json:
        emit(one | {"card": record.card})
        return
    if record.tells is ModelTells.CHANGE:
        return _show_judge(one)
    say(
        f"{record.name}（{record.state.zh}）：{one['scenes']} 景影像训练，"
        f"波段 {'、'.join(one['bands'])}，{one['features']} 个特征，留出精度 {one['accuracy']}。",
        f"{record.name} ({record.state.en}): trained on {one['scenes']} scenes, bands "
        f"{', '.join(one['bands'])}, {one['features']} features, held-out accuracy "
        f"{one['accuracy']}.",
    )
    rows = [
        [class_of(c["name"]).zh, c["samples"], *(c.get(k) for k in ("precision", "recall", "iou"))]
        for c in one["classes"]
    ]
    table(["类别 class", "样本", "查准 precision", "查全 recall", "IoU"], rows)


def _show_judge(one: dict[str, Any]) -> None:
    """Print the card of a judge of kinds of change."""
    say(
        f"{one['name']}（{one['state'].zh}）：判断变化类型，学自 {one['places']} 处的图块，"
        f"波段 {'、'.join(one['bands'])}，留出精度 {one['accuracy']}。",
        f"{one['name']} ({one['state'].en}): tells kinds of change, learnt from patches of "
        f"{one['places']} places, bands {', '.join(one['bands'])}, held-out accuracy "
        f"{one['accuracy']}.",
    )
    kinds = [(ChangeKind.of(str(own["name"]).upper()), own) for own in one["classes"]]
    rows = [[f"{kind.zh} {kind.en}", own["samples"], own.get("auc")] for kind, own in kinds]
    table(["变化类型 kind", "图块 patches", "AUC"], rows)


@app.command()
def publish(name: Name, as_json: AsJson = False) -> None:
    """发布：识别任务从此可以选用。 Publish a model: detection may use it from now on.

    Example: qingfei model publish 2026-autumn
    """
    from api.model_shelf import publish as let_go

    book = terminal_book()
    with book.reading() as connection:
        record = models.model_named(connection, name)
    done = let_go(book, record.id)
    if as_json:
        emit({"id": done.id, "name": done.name, "state": done.state})
        return
    say(f"模型 {name} 已发布。", f"The model {name} is published.")


@app.command()
def withdraw(
    name: Name,
    reason: Annotated[str, typer.Option("--reason", help="撤回理由。 Why.")],
    as_json: AsJson = False,
) -> None:
    """撤回：识别任务不再选用，已有结果保留。 Withdraw a model; what it found stays.

    Example: qingfei model withdraw 2026-autumn --reason 误判过多
    """
    book = terminal_book()
    with book.reading() as connection:
        record = models.model_named(connection, name)
    done = verbs.withdraw_model(book, record.id, reason)
    with book.reading() as connection:
        left = [one.name for one in models.published(connection, done.tells)]
    if as_json:
        emit({"id": done.id, "name": done.name, "state": done.state, "published": left})
        return
    say(f"模型 {name} 已撤回，它已发现的图斑保留不变。", f"{name} is withdrawn; its finds stay.")
    if not left and done.tells is ModelTells.GROUND:
        say(
            "现在没有已发布的模型：发布一个之前，网页上不能发起新的识别任务。",
            "No model is published now: the pages can start no run until one is.",
        )


@app.command()
def compare(
    name: Name,
    against: Annotated[str, typer.Argument(help="与之比较的模型。 The model to compare with.")],
    base: Annotated[
        list[Path], typer.Option("--base", help="训练清单，取其留出地块，可重复。 Manifests.")
    ],
    as_json: AsJson = False,
) -> None:
    """在同一批留出地块上比较两个模型。 Compare two models on the same kept-back ground.

    Example: qingfei model compare 2026-autumn 2025-autumn --base manifest.toml
    """
    from api.cli.retraining import silent, tell_comparison
    from api.retraining import compare as held_against

    tell = silent if as_json else say
    found = held_against(terminal_book(), Settings(), (name, against), base, tell)
    tell_comparison(found, name, against, as_json)
