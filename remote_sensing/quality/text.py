"""An evaluation in words and tables, in Chinese or English."""

from collections.abc import Iterator, Sequence
from math import isnan, nan

from remote_sensing.classes import class_of
from remote_sensing.quality.accuracy import AreaAdjusted, Estimate
from remote_sensing.quality.batches import BatchEvaluation
from remote_sensing.quality.per_object import ConfidenceQuality, ObjectQuality
from remote_sensing.quality.per_pixel import ClassScore, PixelQuality
from remote_sensing.quality.protocol import Evaluation
from remote_sensing.reference.estimate import Estimated

_WORDS = {
    "pixels": ("像元（仅有标注的像元，{n} 个）", "Pixels (labelled ones only: {n})"),
    "overall": ("总体精度", "overall accuracy"),
    "target": ("全部目标类", "all targets together"),
    "target_all_ground": ("全部目标类，未标注处计为非目标", "same, unlabelled ground as no target"),
    "matrix": ("混淆矩阵（行：判读；列：标注）", "Confusion (rows: map, columns: labels)"),
    "objects": ("图斑（0.5 公顷及以上）", "Objects of 0.5 ha and more"),
    "all": ("未标注处的图斑计为误报", "candidates on unlabelled ground count as wrong"),
    "labelled": ("不计未标注处的 {n} 个图斑", "{n} candidates on unlabelled ground left out"),
    "places": ("标注图斑 {n}", "known places {n}"),
    "found": ("找到（覆盖 ≥ 30 %）{n}", "found (30 % covered) {n}"),
    "well": ("吻合（IoU ≥ 0.5）{n}", "well met (IoU >= 0.5) {n}"),
    "candidates": ("疑似图斑 {n}", "candidates {n}"),
    "right": ("正确（≥ 30 % 在标注上）{n}", "right (30 % on places) {n}"),
    "rates": (
        "召回率 {recall}，准确率 {precision}，每 100 平方公里 {load} 个，面积误差 {error} %",
        "recall {recall}, precision {precision}, {load} per 100 km2, area error {error} %",
    ),
    "confidence": ("置信度", "Confidence"),
    "brier": ("Brier 分数 {brier}，最可信的 20 个中正确 {first}",
              "Brier score {brier}, right among the 20 surest {first}"),
    "bin": ("区间 | 个数 | 平均置信度 | 正确比例", "bin | count | mean confidence | share right"),
    "area": (
        "面积校正精度（Olofsson 等 2014，95 % 区间；仅当标注为各类内随机抽样时成立）",
        "Area-adjusted (Olofsson et al. 2014, 95 %; holds for labels drawn at random per class)",
    ),
    "area_row": (
        "{name}：用户精度 {users}，生产者精度 {producers}，面积 {area} ± {half} 公顷（图上 {map}）",
        "{name}: user's {users}, producer's {producers}, area {area} ± {half} ha (mapped {map})",
    ),
    "left_out": ("无标注样本、未计入：{names}", "without labels, not covered: {names}"),
    "points": (
        "参考样点 {n} 个（看不清未计 {unsure} 个）",
        "Reference points: {n} ({unsure} unsure ones left out)",
    ),
    "points_matrix": (
        "误差矩阵（行：分类图；列：判读）",
        "Error matrix (rows: map, columns: seen)",
    ),
    "estimated": (
        "面积校正精度与面积（Olofsson 等 2014，95 % 区间）",
        "Area-adjusted accuracy and areas (Olofsson et al. 2014, 95 % intervals)",
    ),
    "batch": ("合计（{n} 幅影像）", "All {n} scenes together"),
    "each": (
        "逐幅：名称 | 目标 IoU | 总体精度 | 标注图斑 | 找到 | 疑似图斑 | 正确 | 每 100 平方公里 | "
        "面积误差 % | 前 20 个正确",
        "Each scene: name | target IoU | overall | places | found | candidates | right | "
        "per 100 km2 | area error % | right among first 20",
    ),
    "spread": (
        "各幅之间：指标 | 中位数 | 最低 | 最差的一幅 | 有值的幅数",
        "Between scenes: figure | median | least | worst scene | scenes that have it",
    ),
    "target_iou": ("目标 IoU", "target IoU"),
    "target_iou_all_ground": ("目标 IoU（全部地面）", "target IoU, all ground"),
    "recall": ("召回率", "recall"),
    "recall_well": ("召回率（IoU ≥ 0.5）", "recall (IoU >= 0.5)"),
    "precision": ("准确率", "precision"),
    "precision_of_first": ("前 20 个中正确", "right among first 20"),
    "class_iou": ("{name} IoU", "{name} IoU"),
    "no_map": ("图斑文件旁没有 classes.tif，不评价像元。",
               "No classes.tif beside the candidates: pixels are not judged."),
}  # fmt: skip


def as_text(evaluation: Evaluation, language: str = "zh-CN") -> str:
    """Return the whole protocol as lines of text."""
    return "\n".join(_Writer(language.startswith("en")).lines(evaluation))


def batch_as_text(found: BatchEvaluation, language: str = "zh-CN") -> str:
    """Return a batch as lines of text: each scene, how they spread, and all of them together."""
    return "\n".join(_Writer(language.startswith("en")).batch(found))


def estimate_as_text(found: Estimated, language: str = "zh-CN") -> str:
    """Return what an interpreter's points say of a map as lines of text."""
    return "\n".join(_Writer(language.startswith("en")).estimated(found))


def figure_name(key: str, language: str = "zh-CN") -> str:
    """Return what a figure of ``batch_quality`` is called."""
    return _Writer(language.startswith("en")).figure(key)


class _Writer:
    def __init__(self, english: bool) -> None:
        self._english = english

    def batch(self, found: BatchEvaluation) -> Iterator[str]:
        yield self._say("each")
        for name, scene in zip(found.names, found.scenes, strict=True):
            yield f"  {name} | " + " | ".join(scene_row(scene))
        yield f"\n{self._say('spread')}"
        for key, spread in found.spreads.items():
            ends = f"{_number(spread.median)} | {_number(spread.least)}"
            yield f"  {self.figure(key)} | {ends} | {spread.worst or '-'} | {spread.scenes}"
        yield f"\n{self._say('batch', n=len(found.names))}"
        yield from self.lines(found.pooled)

    def estimated(self, found: Estimated) -> Iterator[str]:
        yield self._say("points", n=found.points, unsure=found.unsure)
        yield from self._matrix("points_matrix", found.names, found.matrix.tolist())
        yield from self._area(found.adjusted, "estimated")

    def figure(self, key: str) -> str:
        if key.startswith("iou "):
            return self._say("class_iou", name=self._name(key.removeprefix("iou ")))
        return self._say(key)

    def lines(self, said: Evaluation) -> Iterator[str]:
        if said.pixels:
            yield from self._pixels(said.pixels)
        else:
            yield self._say("no_map")
        yield f"\n{self._say('objects')}"
        yield from self._objects(self._say("all"), said.objects_all)
        left_out = self._say("labelled", n=said.unlabelled_candidates)
        yield from self._objects(left_out, said.objects_labelled)
        yield f"\n{self._say('confidence')}"
        yield from self._confidence(self._say("all"), said.confidence_all)
        yield from self._confidence(left_out, said.confidence_labelled)
        if said.area:
            yield from self._area(said.area)

    def _say(self, key: str, **facts: object) -> str:
        return _WORDS[key][self._english].format(**facts)

    def _name(self, name: str) -> str:
        return name if self._english else class_of(name).zh

    def _pixels(self, pixels: PixelQuality) -> Iterator[str]:
        yield self._say("pixels", n=pixels.labelled_pixels)
        if pixels.names:
            yield f"  {self._say('overall')} {_number(pixels.overall)}"
        for score in pixels.classes:
            yield _score_line(self._name(score.name), score)
        yield _score_line(self._say("target"), pixels.target)
        yield _score_line(self._say("target_all_ground"), pixels.target_all_ground)
        if not pixels.names:  # outlines without classes say only where targets are
            return
        yield from self._matrix("matrix", pixels.names, pixels.matrix.tolist())

    def _matrix(self, key: str, names: Sequence[str], rows: list[list[int]]) -> Iterator[str]:
        yield f"  {self._say(key)}"
        yield "    | " + " | ".join(map(self._name, names))
        for name, row in zip(names, rows, strict=True):
            yield f"    {self._name(name)} | " + " | ".join(map(str, row))

    def _objects(self, heading: str, objects: ObjectQuality) -> Iterator[str]:
        counts = {
            "places": objects.places,
            "found": objects.found,
            "well": objects.found_well,
            "candidates": objects.candidates,
            "right": objects.right,
        }
        yield f"  [{heading}]"
        yield "    " + " · ".join(self._say(key, n=n) for key, n in counts.items())
        yield "    " + self._say(
            "rates",
            recall=_number(objects.recall),
            precision=_number(objects.precision),
            load=_number(objects.candidates_per_100km2, 1),
            error=_number(objects.area_error_percent, 1),
        )

    def _confidence(self, heading: str, confidence: ConfidenceQuality) -> Iterator[str]:
        first, brier = _number(confidence.precision_of_first), _number(confidence.brier)
        yield f"  [{heading}]"
        yield "    " + self._say("brier", brier=brier, first=first)
        yield f"    {self._say('bin')}"
        for b in confidence.bins:
            shares = f"{_number(b.mean_confidence)} | {_number(b.share_right)}"
            yield f"    {b.low:.1f}-{b.high:.1f} | {b.candidates} | {shares}"

    def _area(self, area: AreaAdjusted, key: str = "area") -> Iterator[str]:
        yield f"\n{self._say(key)}"
        yield f"  {self._say('overall')} {area.overall}"
        for row in area.classes:
            yield "  " + self._say(
                "area_row",
                name=self._name(row.name),
                users=_estimate(row.users),
                producers=_estimate(row.producers),
                area=_number(row.area_m2.value / 1e4, 1),
                half=_number(row.area_m2.half_width / 1e4, 1),
                map=_number(row.mapped_m2 / 1e4, 1),
            )
        if area.left_out:
            yield "  " + self._say("left_out", names=", ".join(map(self._name, area.left_out)))


def scene_row(scene: Evaluation) -> list[str]:
    """Return a scene's cells in the table of a batch, its name left out."""
    objects, pixels = scene.objects_all, scene.pixels
    return [
        _number(pixels.target.iou if pixels else nan),
        _number(pixels.overall if pixels else nan),
        str(objects.places),
        str(objects.found),
        str(objects.candidates),
        str(objects.right),
        _number(objects.candidates_per_100km2, 1),
        _number(objects.area_error_percent, 1),
        _number(scene.confidence_all.precision_of_first),
    ]


def _score_line(name: str, score: ClassScore) -> str:
    figures = (("IoU", score.iou), ("F1", score.f1), ("P", score.precision), ("R", score.recall))
    return f"  {name}: " + "  ".join(f"{label} {_number(value)}" for label, value in figures)


def _estimate(estimate: Estimate) -> str:
    return "-" if isnan(estimate.value) else str(estimate)


def _number(value: float, digits: int = 3) -> str:
    return "-" if isnan(value) else f"{value:.{digits}f}"
