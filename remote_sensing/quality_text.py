"""An evaluation in words and tables, in Chinese or English."""

from collections.abc import Iterator
from math import isnan

from remote_sensing.accuracy import AreaAdjusted, Estimate
from remote_sensing.classes import class_of
from remote_sensing.object_quality import ConfidenceQuality, ObjectQuality
from remote_sensing.pixel_quality import ClassScore, PixelQuality
from remote_sensing.quality import Evaluation

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
    "no_map": ("图斑文件旁没有 classes.tif，不评价像元。",
               "No classes.tif beside the candidates: pixels are not judged."),
}  # fmt: skip


def as_text(evaluation: Evaluation, language: str = "zh-CN") -> str:
    """Return the whole protocol as lines of text."""
    return "\n".join(_Writer(language.startswith("en")).lines(evaluation))


class _Writer:
    def __init__(self, english: bool) -> None:
        self._english = english

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
        yield f"  {self._say('matrix')}"
        yield "    | " + " | ".join(map(self._name, pixels.names))
        for name, row in zip(pixels.names, pixels.matrix.tolist(), strict=True):
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

    def _area(self, area: AreaAdjusted) -> Iterator[str]:
        yield f"\n{self._say('area')}"
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


def _score_line(name: str, score: ClassScore) -> str:
    figures = (("IoU", score.iou), ("F1", score.f1), ("P", score.precision), ("R", score.recall))
    return f"  {name}: " + "  ".join(f"{label} {_number(value)}" for label, value in figures)


def _estimate(estimate: Estimate) -> str:
    return "-" if isnan(estimate.value) else str(estimate)


def _number(value: float, digits: int = 3) -> str:
    return "-" if isnan(value) else f"{value:.{digits}f}"
