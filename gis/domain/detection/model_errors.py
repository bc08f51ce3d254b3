"""What the register refuses of models."""

from gis.errors import BadInput, Conflict, NotFound, Unavailable

__all__ = [
    "LabelSetUnknown",
    "ModelFileChanged",
    "ModelFileGone",
    "ModelKnown",
    "ModelNameTaken",
    "ModelNameUnfit",
    "ModelTellsOther",
    "ModelUnknown",
    "ModelWithdrawn",
    "NothingTaught",
    "NothingToCompare",
    "RetrainingOver",
    "RetrainingUnderway",
    "RetrainingUnknown",
]


class ModelNameUnfit(BadInput):
    """A name that no list can show. Facts: name."""

    code = "model_name_unfit"
    zh = "模型名称“{name}”须为 1–60 个字，不含换行与斜杠，请改名。"
    en = "Name the model with 1 to 60 characters, no line breaks or slashes, not “{name}”."


class ModelTellsOther(BadInput):
    """A model of ground where a judge of changes is wanted, or the other way round.

    Facts: name, theirs_zh, theirs_en, asked_zh, asked_en.
    """

    code = "model_tells_other"
    zh = "“{name}”判断的是{theirs_zh}，这里要用判断{asked_zh}的模型：请另选一个。"
    en = "“{name}” tells {theirs_en}, and here one that tells {asked_en} is wanted: choose another."


class ModelUnknown(NotFound):
    """No model of that name. Facts: name, known."""

    code = "model_unknown"
    zh = "没有名为“{name}”的模型；已登记：{known}。"
    en = "There is no model “{name}”; registered are: {known}."


class ModelNameTaken(Conflict):
    """Another model bears the name. Facts: name, sha256."""

    code = "model_name_taken"
    zh = "名称“{name}”已用于另一个模型（{sha256}…），原模型保持不变：请换一个名称。"
    en = (
        "“{name}” is the name of another model already ({sha256}…), which stays as it is: choose "
        "another name."
    )


class ModelKnown(Conflict):
    """The same file is registered under another name. Facts: name."""

    code = "model_known"
    zh = "这个模型文件已登记为“{name}”，不必重复登记。"
    en = "This very file is registered as “{name}” already; there is no need for it twice."


class ModelFileGone(Unavailable):
    """A model whose file is no longer in the data folder. Facts: name."""

    code = "model_file_gone"
    zh = "模型“{name}”的文件已不在数据目录中：请从备份恢复，或用 qingfei model add 重新登记原文件。"
    en = (
        "The file of the model “{name}” is gone from the data folder: restore it from a backup, "
        "or add the same file again (qingfei model add)."
    )


class ModelFileChanged(Unavailable):
    """A model whose file holds other bytes than were registered. Facts: name."""

    code = "model_file_changed"
    zh = (
        "模型“{name}”的文件与登记时不同，不能使用："
        "请从备份恢复，或用 qingfei model add 重新登记原文件。"
    )
    en = (
        "The file of the model “{name}” is not what was registered: restore it from a backup, or "
        "add the same file again (qingfei model add)."
    )


class ModelWithdrawn(Conflict):
    """The model was withdrawn already. Facts: name, by, reason."""

    code = "model_withdrawn"
    zh = "模型“{name}”已由 {by} 撤回（{reason}），请刷新后查看。"
    en = "The model “{name}” was withdrawn by {by} ({reason}); reload to see it."


class NothingTaught(BadInput):
    """A set none of whose samples has a class and an image. Facts: name."""

    code = "nothing_taught"
    zh = (
        "样本集“{name}”中没有一个样本既有地物类别又有相近日期的影像，无法训练："
        "请先登记影像，或等更多核实通过。"
    )
    en = (
        "No sample of the set “{name}” has both a class and an image of its time: register the "
        "images, or wait until more checks are passed."
    )


class NothingToCompare(Conflict):
    """A training whose comparison is made, or that came to no model. Facts: name."""

    code = "nothing_to_compare"
    zh = "“{name}”的训练没有等待补做的比较：请刷新页面查看现状。"
    en = "The training of “{name}” has no comparison left to make: load the page again."


class LabelSetUnknown(BadInput):
    """Labels of the analysts that are not on the server's shelf. Facts: name, known."""

    code = "label_set_unknown"
    zh = "服务器上没有名为“{name}”的标注集；现有：{known}。请维护人员放入数据目录的 labels 文件夹。"
    en = "The server has no labels called “{name}”; there are: {known}. Put them into labels."


class RetrainingUnderway(Conflict):
    """One training at a time: the server is small. Facts: name, by."""

    code = "retraining_underway"
    zh = "“{name}”正在训练或排队（{by} 申请）：请等它结束，或先取消。"
    en = "“{name}” waits or trains already (asked for by {by}): wait for it, or cancel it first."


class RetrainingUnknown(NotFound):
    """No such training. Facts: id."""

    code = "retraining_unknown"
    zh = "没有训练任务 {id}，请刷新页面。"
    en = "There is no training {id}; load the page again."


class RetrainingOver(Conflict):
    """Cancelling what has ended. Facts: name."""

    code = "retraining_over"
    zh = "“{name}”的训练已经结束或已取消，无需再取消。"
    en = "The training of “{name}” has ended already; there is nothing to cancel."
