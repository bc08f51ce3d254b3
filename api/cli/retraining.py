"""`qingfei retrain`: a new model from the analysts' labels and the field's verdicts."""

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table, warn
from api.settings import Settings
from gis.domain.detection.model_comparison import ModelComparison
from gis.domain.terms import Comparative

SENTENCES = {
    Comparative.BETTER: ("{ours}比{theirs}更好", "{ours} is better than {theirs}"),
    Comparative.WORSE: ("{ours}比{theirs}更差", "{ours} is worse than {theirs}"),
    Comparative.NO_DIFFERENCE: (
        "{ours}与{theirs}看不出差别",
        "no difference can be seen between {ours} and {theirs}",
    ),
    Comparative.TOO_FEW: (
        "留出地块太少，不能说{ours}与{theirs}孰优",
        "too little kept-back ground to tell {ours} from {theirs}",
    ),
}


def retrain(
    base: Annotated[Path, typer.Argument(help="业务人员标注的训练清单。 The analysts' manifest.")],
    district: Annotated[str, typer.Option("--district", help="区域代码。 Code of the place.")],
    name: Annotated[str, typer.Option("--name", help="新模型的名称。 Name of the new model.")],
    set_name: Annotated[
        str | None, typer.Option("--set", help="已固定的样本集，默认按现在固定。 A frozen set.")
    ] = None,
    against: Annotated[
        str | None, typer.Option("--against", help="比较对象，默认最近发布的模型。 Compare with.")
    ] = None,
    seed: Annotated[int, typer.Option(help="随机种子。 Seed.")] = 0,
    as_json: AsJson = False,
) -> None:
    """用标注加已通过的核实重新训练，在留出地块上与现用模型比较。 Train anew and compare.

    Example: qingfei retrain manifest.toml --district 150203 --name 2026-autumn
    """
    from api.retraining import RetrainAsked
    from api.retraining import retrain as learn

    asked = RetrainAsked(base, district, name, set_name, against, seed)
    done = learn(terminal_book(), Settings(), asked, silent if as_json else say)
    if as_json:
        said: dict[str, Any] = {"id": done.model.id, "name": done.model.name, "set": done.set_name}
        emit(said | {"too_little": done.too_little, "comparison": plain(done.comparison)})
        return
    for label, pixels in done.too_little.items():
        warn(
            f"类别 {label} 只有 {pixels} 个训练像元，未参加训练。",
            f"The class {label} has {pixels} training pixels only and was left out.",
        )
    say(
        f"模型 {name} 已训练并登记（待发布），样本集 {done.set_name}。",
        f"The model {name} is trained and registered as a draft, from the set {done.set_name}.",
    )
    if done.comparison is None:
        say("没有已发布的模型可比较。", "No model is published to compare it with.")
    else:
        tell_comparison(done.comparison, name, against or "", as_json)


def tell_comparison(found: ModelComparison, ours: str, theirs: str, as_json: bool) -> None:
    """Print a comparison: the sentence, then the figures of both side by side."""
    if as_json:
        emit(plain(found))
        return
    zh, en = SENTENCES[found.verdict]
    names_zh = {"ours": f"“{ours}”", "theirs": f"“{theirs}”" if theirs else "现用模型"}
    names_en = {"ours": f"“{ours}”", "theirs": f"“{theirs}”" if theirs else "the model in use"}
    gap_zh, gap_en = _gap(found)
    say(
        zh.format_map(names_zh) + f"（{found.places} 处留出地块{gap_zh}）。",
        en.format_map(names_en) + f" ({found.places} kept-back places{gap_en}).",
    )
    if not found.is_fair:
        say(
            "注意：其中一个模型训练时可能用过留出地块，比较偏向它。",
            "Mind: one of the two may have been trained on this ground, which favours it.",
        )
    ours_, theirs_ = found.figures["ours"], found.figures["theirs"]
    rows = [
        [label, *(one["classes"].get(label, {}).get("iou") for one in (ours_, theirs_))]
        for label in sorted({*ours_["classes"], *theirs_["classes"]})
    ]
    table(["IoU", ours, theirs or "现用 in use"], rows)


def _gap(found: ModelComparison) -> tuple[str, str]:
    if found.difference is None:
        return "", ""
    told = f"F1 {found.difference:+.3f}，95% {found.low:+.3f}…{found.high:+.3f}"
    return f"，{told}", f", {told.replace('，', ', ')}"


def plain(found: ModelComparison | None) -> dict[str, Any] | None:
    """Return a comparison for machines."""
    if found is None:
        return None
    names = ("verdict", "difference", "low", "high", "places", "is_fair", "figures")
    return {name: getattr(found, name) for name in names}


def silent(zh: str, en: str) -> None:
    """Say nothing: machines read the result alone."""
