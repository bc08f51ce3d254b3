"""What the reports say, in Chinese and English."""

from remote_sensing.report.sample_words import SAMPLE_WORDS

WORDS: dict[str, tuple[str, str]] = SAMPLE_WORDS | {
    "title": ("遥感排查精度评定报告", "How good the detection is"),
    "lead": (
        "{n} 幅影像，标注像元 {pixels:,} 个，标注图斑 {places} 个，疑似图斑 {candidates} 个。",
        "Images: {n}; labelled pixels: {pixels:,}; known places: {places}; "
        "candidates: {candidates}.",
    ),
    "iou": ("目标 IoU（标注像元）", "Target IoU, labelled pixels"),
    "overall": ("总体精度（标注像元）", "Overall accuracy, labelled pixels"),
    "found": ("找到的图斑", "Places found"),
    "right": ("正确的疑似图斑", "Candidates that are right"),
    "load": ("每 100 平方公里疑似图斑", "Candidates per 100 km²"),
    "first": ("最可信的 20 个中正确", "Right among the 20 surest"),
    "area_error": ("面积误差", "Area error"),
    "brier": ("Brier 分数", "Brier score"),
    "classes": ("各类精度（仅标注像元）", "Accuracy of each class, on labelled pixels"),
    "class": ("类别", "Class"),
    "precision": ("准确率", "Precision"),
    "recall": ("召回率", "Recall"),
    "truth_pixels": ("标注像元", "Labelled pixels"),
    "target": ("全部目标类", "All targets together"),
    "target_all_ground": ("全部目标类，未标注处计为非目标", "Same, unlabelled ground as no target"),
    "matrix": ("混淆矩阵", "Confusion matrix"),
    "matrix_note": (
        "行为判读结果，列为标注；颜色深浅为该列像元的去向。",
        "Rows are the map, columns the labels; the shade is the share of the column.",
    ),
    "reliability": ("置信度是否可信", "Whether the confidence can be trusted"),
    "reliability_note": (
        "虚线为理想情况：置信度 0.8 的图斑五个中有四个正确。圆越大个数越多。",
        "The dashed line is ideal: of candidates at 0.8, four in five are right. "
        "Larger circles are more candidates.",
    ),
    "confidence": ("置信度", "Confidence"),
    "share_right": ("正确比例", "Share right"),
    "pieces": ("个", "candidates"),
    "threshold": ("置信度阈值", "Threshold on the confidence"),
    "curves": ("阈值与准确率、召回率", "Precision and recall by threshold"),
    "curves_note": (
        "提高阈值，误报减少，漏报增多；运行后可随时调整阈值，不必重跑。",
        "A higher threshold means fewer false alarms and more misses; it can be moved after a run.",
    ),
    "share": ("比例", "Share"),
    "candidates": ("疑似图斑", "Candidates"),
    "n_right": ("正确", "Right"),
    "visits": ("外业最先去的 20 个", "The 20 that a field team visits first"),
    "visits_note": (
        "每幅影像按置信度从高到低；✓ 正确，✗ 误报。",
        "Of each image, surest first; ✓ right, ✗ false alarm.",
    ),
    "scenes": ("逐幅影像", "Each image"),
    "scene": ("影像", "Image"),
    "places": ("标注图斑", "Known places"),
    "n_found": ("找到", "Found"),
    "spread": ("各幅之间", "Between images"),
    "figure": ("指标", "Figure"),
    "median": ("中位数", "Median"),
    "least": ("最低", "Least"),
    "worst_scene": ("最差的一幅", "Worst image"),
    "each_place": ("逐个标注图斑", "Each known place"),
    "each_place_note": ("漏报在前，其余按面积。", "Missed ones first, then by area."),
    "more": ("另有 {n} 个未列出。", "{n} more are not listed."),
    "place_at": ("位置（经度, 纬度）", "Where (longitude, latitude)"),
    "area": ("面积（公顷）", "Area (ha)"),
    "covered": ("覆盖", "Covered"),
    "best_iou": ("最佳 IoU", "Best IoU"),
    "found_at": ("找到时的置信度", "Found from confidence"),
    "missed": ("漏报", "Missed"),
    "wrong": ("误报", "False alarm"),
    "worst": ("最严重的错误", "The worst errors"),
    "worst_note": (
        "青线为标注，橙虚线为疑似图斑；北在上（按影像网格）。",
        "Cyan: known places. Dashed orange: candidates. Drawn on the image's own grid.",
    ),
    "no_errors": ("没有漏报，也没有误报。", "Nothing was missed and no candidate is wrong."),
    "no_image": (
        "未给出影像，只画轮廓：加 --image（多幅时清单里的影像）即可显示。",
        "No image was given, so only outlines are drawn: add --image to show it.",
    ),
    "adjusted": ("面积校正精度与面积", "Area-adjusted accuracy and areas"),
    "adjusted_note": (
        "Olofsson 等 2014，95 % 区间；仅当标注为各类内随机抽样时成立，手工挑选的标注只作参考。",
        "Olofsson et al. 2014, 95 % intervals; they hold for labels drawn at random in each class, "
        "labels chosen by hand only indicate.",
    ),
    "users": ("用户精度", "User's accuracy"),
    "producers": ("生产者精度", "Producer's accuracy"),
    "estimated_area": ("估计面积（公顷）", "Estimated area (ha)"),
    "mapped_area": ("图上面积（公顷）", "Mapped area (ha)"),
    "card": ("模型说明", "Model card"),
    "model": ("模型", "Model"),
    "trained_on": ("训练影像", "Trained on"),
    "samples": ("样本像元", "Sample pixels"),
    "parameters": ("参数", "Parameters"),
    "not_validated": (
        "模型只在与训练影像相似的地区、季节和传感器上有据可依；其他地区请先评定再使用。",
        "The model is proven only on places, seasons and sensors like those it was trained on: "
        "judge it elsewhere before it is used there.",
    ),
    "hashes": ("数据与结果的指纹", "Fingerprints of data and results"),
    "file": ("文件", "File"),
    "method": ("评定方法", "How it was judged"),
    "method_text": (
        "图斑只计 0.5 公顷及以上；标注图斑被覆盖 30 % 以上为找到，"
        "疑似图斑 30 % 以上在标注上为正确；像元只计有标注的像元。"
        "未标注地面上的疑似图斑计为误报（不计时：准确率 {labelled}）。",
        "Objects of 0.5 ha and more count; a place is found when 30 % of it is covered, "
        "a candidate is right when 30 % of it lies on places; pixels count where they are "
        "labelled. Candidates on unlabelled ground count as wrong (without them: precision "
        "{labelled}).",
    ),
}


class Words:
    """The report's words in one language."""

    def __init__(self, language: str) -> None:
        self.is_english = language.startswith("en")

    def __call__(self, key: str, **facts: object) -> str:
        """Return a word or sentence."""
        return WORDS[key][self.is_english].format(**facts)
