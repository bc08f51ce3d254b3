"""`qingfei train`: models from labels."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, progress, say
from api.settings import Settings
from gis.domain.model_record import require_name

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

    Example: qingfei train data/demo/strzegom/manifest.toml --model demo.qfm
    """
    from remote_sensing import card_text
    from remote_sensing import manifest as manifests
    from remote_sensing.model import save
    from remote_sensing.train import train as train_model

    if register is not None:
        require_name(register)  # before minutes of work
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
