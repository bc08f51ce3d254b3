"""A model's card in plain words: what it knows, how that was tried, and where it was not."""

from collections.abc import Mapping, Sequence
from typing import Any

from remote_sensing.classes import all_classes
from remote_sensing.model import ModelCard

FEW = 200
"""Pixels of a class below which its figures say little."""

_TEXTS = {
    "zh-CN": {
        "head": "模型 {name}：{classes} 类，{features} 项特征，波段 {bands}，像元 {pixel:g} m",
        "data": "训练：{images} 景（{days}），{pixels} 个样本像元，数据指纹 {sha}",
        "undated": "日期不明",
        "forest": "算法：{kind}，{trees} 棵树",
        "mixed": "算法：{trees} 棵树的森林与光滑曲面（二次函数）共同判断",
        "quadric": "算法：光滑曲面（二次函数），因可学的地点很少",
        "ways": "  留出地点上的圈定（交并比）：森林 {forest:.3f}，森林与曲面 {mixed:.3f}，"
        "二次函数 {quadric:.3f}",
        "compared": "  在未参加训练的地块上比较（总体精度 / 平均 F1）：{rows}",
        "place": "检验：按地点留出，共 {folds} 组",
        "stripe": "检验：同一地点分条留出，共 {folds} 条",
        "none": "检验：样本不足以留出任何地块，没有精度数据",
        "overall": "  总体精度 {accuracy:.3f}，最差一组 {worst:.3f}",
        "class": "  {name}：精确率 {precision}，召回率 {recall}，交并比 {iou}（{pixels} 个样本）",
        "scores": "得分：与实际正确率平均相差 {error:.3f}（Brier {brier:.3f}）",
        "not": "未检验：{what}",
        "other_places": "训练影像以外的地点",
        "months": "{months} 月的影像",
        "few": "样本很少的类别 {classes}",
        "sensor": "其他传感器与像元大小",
        "empty": "注意：{what}",
        "unlabelled": "第 {numbers} 景没有任何标注像元（标注在影像之外？）",
        "not_learnt": "图例中的类别 {classes} 没有标注像元，未学习",
        "and": "；",
    },
    "en": {
        "head": "Model {name}: {classes} classes, {features} figures, bands {bands}, {pixel:g} m",
        "data": "Trained on {images} images ({days}), {pixels} sampled pixels, data {sha}",
        "undated": "undated",
        "forest": "Method: {kind}, {trees} trees",
        "mixed": "Method: a forest of {trees} trees and a smooth surface (quadric) together",
        "quadric": "Method: a smooth surface (quadric), for there are few places to learn from",
        "ways": "  outlines on places held out (IoU): forest {forest:.3f}, "
        "forest and surface {mixed:.3f}, quadric {quadric:.3f}",
        "compared": "  compared on ground that was not learnt from (accuracy / mean F1): {rows}",
        "place": "Checked on places held out, in {folds} groups",
        "stripe": "Checked on stripes of one place held out, {folds} of them",
        "none": "Not checked: too few samples to hold any ground out",
        "overall": "  accuracy {accuracy:.3f}, in the worst group {worst:.3f}",
        "class": "  {name}: precision {precision}, recall {recall}, IoU {iou} ({pixels} samples)",
        "scores": "Scores miss the share that is right by {error:.3f} on average "
        "(Brier {brier:.3f})",
        "not": "Not checked: {what}",
        "other_places": "any place but the training images'",
        "months": "images of month {months}",
        "few": "classes with few samples: {classes}",
        "sensor": "other sensors and pixel sizes",
        "empty": "Note: {what}",
        "unlabelled": "no labelled pixel lies on image {numbers} (labels elsewhere?)",
        "not_learnt": "the legend's {classes} had no labelled pixel and were not learnt",
        "and": "; ",
    },
}


def as_text(card: ModelCard, language: str) -> str:
    """Return the card as lines for a terminal, in ``zh-CN`` or ``en``."""
    words = _TEXTS["en" if language == "en" else "zh-CN"]
    found = card.validated
    kind = card.parameters.get("kind", "?")
    lines = [
        words["head"].format(
            name=card.name,
            classes=len(card.classes),
            features=len(card.features),
            bands=" ".join(card.bands),
            pixel=card.pixel_m,
        ),
        words["data"].format(
            images=len(card.trained_on),
            days=", ".join(dict.fromkeys(_day(row) or words["undated"] for row in card.trained_on)),
            pixels=sum(card.samples.values()),
            sha=card.data_sha256[:12],
        ),
        words[kind if kind in ("mixed", "quadric") else "forest"].format(
            kind=kind, trees=card.parameters.get("n_estimators", "?")
        ),
    ]
    if "ways" in found:
        lines.append(words["ways"].format(**{"mixed": float("nan"), **found["ways"]}))
    if found.get("compared"):
        rows = (
            f"{kind} {row['accuracy']:.3f} / {row['mean_f1']:.3f}"
            for kind, row in found["compared"].items()
        )
        lines.append(words["compared"].format(rows=", ".join(rows)))
    lines += _checked(card, words, language) if found.get("folds") else [words["none"]]
    lines.append(words["not"].format(what=words["and"].join(_unchecked(card, words, language))))
    notes = _notes(card, words, language)
    lines += [words["empty"].format(what=words["and"].join(notes))] if notes else []
    return "\n".join(lines)


def _notes(card: ModelCard, words: Mapping[str, str], language: str) -> list[str]:
    """Return what of the manifest taught nothing."""
    notes = []
    empty = [str(n) for n, row in enumerate(card.trained_on, 1) if row.get("samples") == 0]
    if empty:
        notes.append(words["unlabelled"].format(numbers=", ".join(empty)))
    absent = [_class(name, language) for name in card.parameters.get("not_learnt", ())]
    if absent:
        notes.append(words["not_learnt"].format(classes=", ".join(absent)))
    return notes


def _checked(card: ModelCard, words: Mapping[str, str], language: str) -> list[str]:
    found = card.validated
    lines = [
        words[found["held_out"]].format(folds=found["folds"]),
        words["overall"].format(
            accuracy=found["accuracy"], worst=found.get("worst_fold", found["accuracy"])
        ),
    ]
    for name, row in found["classes"].items():
        shares = {
            key: "-" if row[key] is None else f"{row[key]:.3f}"
            for key in ("precision", "recall", "iou")
        }
        lines.append(
            words["class"].format(
                name=_class(name, language), pixels=card.samples.get(name, 0), **shares
            )
        )
    if "calibration" in found:
        lines.append(words["scores"].format(**found["calibration"]))
    return lines


def _unchecked(card: ModelCard, words: Mapping[str, str], language: str) -> Sequence[str]:
    """Return what nothing is known of: other places, other months, classes of a few pixels."""
    found = [] if card.validated.get("held_out") == "place" else [words["other_places"]]
    days = [day for row in card.trained_on if (day := _day(row))]
    unseen = [str(m) for m in range(1, 13) if m not in {int(day[5:7]) for day in days}]
    if days and unseen:
        found.append(words["months"].format(months=", ".join(unseen)))
    few = [_class(name, language) for name, count in card.samples.items() if count < FEW]
    if few:
        found.append(words["few"].format(classes=", ".join(few)))
    return (*found, words["sensor"])


def _day(row: Mapping[str, Any]) -> str | None:
    return row.get("acquired_on")


def _class(name: str, language: str) -> str:
    info = all_classes().get(name)
    return name if info is None else info.en if language == "en" else f"{info.zh}（{name}）"
