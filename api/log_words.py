"""What the log calls things, in both languages; verbs stand in `api.verbs`."""

from api.verbs import VERBS

KINDS = {
    "assignment": ("任务", "Work"),
    "backfill_plan": ("回填方案", "Backfill plan"),
    "batch": ("检测批次", "Detection batch"),
    "candidate": ("疑似图斑", "Candidate"),
    "district": ("区域", "District"),
    "elevation": ("高程模型", "Elevation model"),
    "export": ("导出文件", "File handed out"),
    "field_check": ("现场核实", "Field check"),
    "ignore_zone": ("忽略区", "Ignore zone"),
    "import": ("外来清单", "Imported list"),
    "layer": ("参考图层", "Reference layer"),
    "model": ("模型", "Model"),
    "notice": ("督办通报", "Notice"),
    "office_verdict": ("影像判读", "Verdict by the image"),
    "photo": ("现场照片", "Field photo"),
    "rule": ("规则条款", "Row of the rules"),
    "rule_set": ("分级规则", "Grading rules"),
    "run": ("遥感识别", "Detection run"),
    "samples": ("样本集", "Sample set"),
    "retraining": ("重新训练", "Training"),
    "scene": ("影像", "Scene"),
    "site": ("点位", "Site"),
    "team": ("班组", "Team"),
    "user": ("账号", "Account"),
    "view": ("视图", "View"),
}


def verb_zh(verb: str) -> str:
    """Return a verb in Chinese; one that is no longer used stands as it is."""
    return VERBS.get(verb, (verb, verb))[0]


def kind_zh(kind: str) -> str:
    """Return a kind of subject in Chinese."""
    return KINDS.get(kind, (kind, kind))[0]


def said(words: dict[str, tuple[str, str]], word: str) -> dict[str, str]:
    """Return a word with its two names."""
    zh, en = words.get(word, (word, word))
    return {"value": word, "name_zh": zh, "name_en": en}
