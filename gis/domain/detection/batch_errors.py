"""What a batch of detection can be refused for."""

from gis.errors import BadInput, Conflict, NotFound, Unavailable


class BatchDone(Conflict):
    """Every scene was gone over before by this model with these limits. Facts: count, name."""

    code = "batch_done"
    zh = "所选 {count} 景影像都已用同一模型和参数检测过（见“{name}”），无需重复：请看已有结果。"
    en = (
        "All {count} scenes were gone over before by this model with these limits (see {name}): "
        "look at what was found then."
    )


class BatchNameTaken(Conflict):
    """A batch of that name is there. Facts: name, by, on."""

    code = "batch_name_taken"
    zh = "已有名为“{name}”的批次（{by}，{on}）：请换一个名称，或到该批次的页面续跑。"
    en = "A batch called “{name}” exists ({by}, {on}): choose another name, or retry that one."


class BatchRunning(Conflict):
    """Nothing to retry while scenes wait or run. Facts: name, left."""

    code = "batch_running"
    zh = "批次“{name}”仍有 {left} 景在排队或运行，没有可重试的影像：请等其结束，或先取消。"
    en = "{left} scenes of “{name}” still wait or run, none to retry: wait, or cancel it first."


class BatchUnknown(NotFound):
    """No such batch. Facts: name."""

    code = "batch_unknown"
    zh = "没有批次 {name}：请用 qingfei runs 查看已有批次。"
    en = "There is no batch {name}: see qingfei runs."


class JobNotYours(Conflict):
    """A scene that was given to another worker, this one having been silent. Facts: id."""

    code = "job_not_yours"
    zh = "影像任务 {id} 已由其他处理进程接手，本进程停止处理。"
    en = "The scene's job {id} was given to another worker; this one leaves it."


class ModelNotPublished(Conflict):
    """A model that detection may not use, or no longer. Facts: name."""

    code = "model_not_published"
    zh = "模型 {name} 未发布或已撤回：请在“模型”页选用已发布的模型。"
    en = "The model {name} is not published, or was withdrawn: choose a published one."


class NothingToCancel(Conflict):
    """All scenes have ended. Facts: name."""

    code = "nothing_to_cancel"
    zh = "批次“{name}”已经结束或已取消，没有可取消的影像。"
    en = "The batch “{name}” has ended or was cancelled already; nothing is left to cancel."


class NothingToRetry(Conflict):
    """No scene failed or was cancelled. Facts: name."""

    code = "nothing_to_retry"
    zh = "批次“{name}”的影像全部完成，没有可重试的。"
    en = "Every scene of “{name}” is done; none is left to retry."


class SceneNotHere(BadInput):
    """A scene that the place does not have, or the same one twice. Facts: scene, district."""

    code = "scene_not_here"
    zh = "区域 {district} 没有影像 {scene}，或重复选了同一景：请重新选择影像。"
    en = "The place {district} has no scene {scene}, or it was chosen twice: choose again."


class UnexpectedFault(Unavailable):
    """A scene failed for a reason that nobody foresaw. Facts: reason."""

    code = "unexpected_fault"
    zh = "处理中出现未预料的错误（{reason}）：请重试；若再次出现，请把运行日志交给维护人员。"
    en = "Something unforeseen went wrong ({reason}): retry; if it recurs, send the log to support."
