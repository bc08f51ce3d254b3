"""What the rules of grading and the ticks of their rows refuse."""

from gis.errors import BadInput, Conflict, NotFound


class RulesUnreadable(BadInput):
    """A text that is no rule set (see ``grading.toml``). Facts: where, reason_zh, reason_en."""

    code = "rules_unreadable"
    zh = "分级规则文件无法读取（{where}）：{reason_zh}。"
    en = "Cannot read the file of grading rules ({where}): {reason_en}."


class RulesUnsound(BadInput):
    """A rule set that would grade wrongly. Facts: where, reason_zh, reason_en."""

    code = "rules_unsound"
    zh = "分级规则不成立（{where}）：{reason_zh}。"
    en = "The grading rules do not hold together ({where}): {reason_en}."


class RulesVersionTaken(Conflict):
    """Other rules bear this version already. Facts: name."""

    code = "rules_version_taken"
    zh = "规则版本“{name}”已被另一份规则使用：请改用新的版本号。"
    en = "Other rules are called “{name}” already: give these a new version."


class AdoptionIdReused(Conflict):
    """An adoption with this client id and other content was received before. Facts: id."""

    code = "adoption_id_reused"
    zh = "编号 {id} 的规则采用记录已收到，但内容不同：原记录保持不变，请重新预览后再提交。"
    en = "Adoption {id} was received before with other content: preview again, then send it anew."


class ReasonMissing(BadInput):
    """A change of rules, or of a tick, without its reason."""

    code = "reason_missing"
    zh = "请填写理由。"
    en = "Say why."


class RowUnknown(NotFound):
    """No such row of a standard. Facts: id."""

    code = "row_unknown"
    zh = "规则条款中没有 {id}，请在规则条款页查找。"
    en = "There is no row {id} among the rules; look for it on the page of rules."


class RowMoved(Conflict):
    """The row has another value than the one that was compared with the text. Facts: id."""

    code = "row_moved"
    zh = "条款 {id} 的内容已更改，请刷新后重新核对原文。"
    en = "Row {id} has changed: reload and compare it with the text again."


class EditionMissing(BadInput):
    """A tick that does not say which edition was compared."""

    code = "edition_missing"
    zh = "请填写所核对的标准版本（名称、编号或印次）。"
    en = "Say which edition of the standard you compared."


class CheckRepeated(Conflict):
    """A tick with this client id and other content was received before. Facts: id."""

    code = "row_check_id_reused"
    zh = "编号 {id} 的核对记录已收到，但内容不同：请刷新后重新提交。"
    en = "Check {id} was received before with other content: reload and send it anew."
