"""`qingfei train`: models from labels."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, progress, say
from api.settings import Settings
from gis.domain.detection.model_record import require_name

Seed = Annotated[int, typer.Option(help="随机种子。 Seed.")]


def train(
    manifest: Annotated[Path, typer.Argument(help="训练清单 TOML。 The training manifest.")],
    model: Annotated[Path, typer.Option("--model", "--out", help="模型文件。 Model to write.")],
    seed: Seed = 0,
    register: Annotated[
        str | None, typer.Option("--register", help="训练后以此名称登记。 Register it so named.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """按训练清单训练模型。 Train a model from a manifest.

    清单含 [patches] 表时，学习的是变化类型（采矿、其他人为、自然）。 A manifest with a [patches]
    table teaches kinds of change instead: mining, other human or natural.

    Example: qingfei train data/demo/strzegom/manifest.toml --model demo.qfm
    """
    from remote_sensing.change import kind_training
    from remote_sensing.model import save
    from remote_sensing.training import card_text
    from remote_sensing.training import manifest as manifests
    from remote_sensing.training.train import train as train_model

    if register is not None:
        require_name(register)  # before minutes of work
    if kind_training.is_of_patches(manifest):
        return _train_changes(manifest, model, seed, register, as_json)
    with progress("训练", "Training") as tell:
        made = train_model(manifests.read(manifest), seed=seed, progress=tell)
    save(made, model)
    if register is not None:
        from api.model_shelf import put_model

        put_model(terminal_book(), Settings(), made, register)
    card = made.card
    if as_json:
        emit(
            {"model": model, "sha256": made.sha256, "classes": card.classes} | dict(card.validated)
        )
        return
    total = sum(card.samples.values())
    say(
        f"已训练 {len(card.classes)} 类、{total} 个样本像元，模型写入 {model}。",
        f"Trained {len(card.classes)} classes on {total} pixels; the model is {model}.",
    )
    print(card_text.as_text(card, Settings().language))


def _train_changes(
    manifest: Path, path: Path, seed: int, register: str | None, as_json: bool
) -> None:
    """A manifest of patches teaches kinds of change instead of kinds of ground."""
    from remote_sensing.change import kind_training

    made = kind_training.train(manifest, seed=seed)
    kind_training.save(made, path)
    if register is not None:
        from api.model_shelf import put_judge

        put_judge(terminal_book(), Settings(), path.read_bytes(), register)
    if as_json:
        return emit({"model": path} | made.card)
    known, tried = made.card, made.card["validated"]
    total = sum(known["samples"].values())
    say(
        f"已学习 {total} 对图块（{known['places']} 处），判断新增图斑属采矿、其他人为或自然变化，"
        f"写入 {path}。",
        f"Learnt from {total} pairs of patches at {known['places']} places what is mining, other "
        f"human or natural change; the judge is {path}.",
    )
    if tried["folds"]:
        auc = ", ".join(f"{kind} {value:.3f}" for kind, value in tried["auc"].items())
        say(
            f"按地点留出检验：总体精度 {tried['accuracy']:.3f}，平均 F1 {tried['mean_f1']:.3f}，"
            f"AUC {auc}。未检验：训练地点以外的地区与其他传感器。",
            f"Checked on places held out: accuracy {tried['accuracy']:.3f}, mean F1 "
            f"{tried['mean_f1']:.3f}, AUC {auc}. Not checked: other regions and sensors.",
        )
    else:
        say("地点太少，无法留出检验。", "Not checked: too few places to hold any out.")
