"""What the register refuses of field checks and their review."""

from gis.errors import BadInput, Conflict, NotAllowed


class CheckIncomplete(BadInput):
    """A field check lacks what its verdict needs. Facts: missing_zh, missing_en."""

    code = "check_incomplete"
    zh = "核实记录不完整：请补填{missing_zh}。"
    en = "The field check is incomplete: fill in {missing_en}."


class CheckIdReused(Conflict):
    """A check with this client id and another content was received before. Facts: id."""

    code = "check_id_reused"
    zh = "编号 {id} 的核实记录已收到，但内容不同：原记录保持不变，请另建一条记录提交。"
    en = (
        "Field check {id} was already received with other content: the first is kept; "
        "send this one as a new check."
    )


class ReviewIdReused(Conflict):
    """A step with this client id and another content was stored before. Facts: id."""

    code = "review_id_reused"
    zh = "编号 {id} 的审核操作已记录，但内容不同：原操作保持不变，请刷新页面后重新操作。"
    en = "Step {id} was already stored with other content: reload the page and do it again."


class CheckStale(Conflict):
    """The check has moved on since it was looked at. Facts: state_zh, state_en."""

    code = "check_stale"
    zh = "该核实记录已有新的处理（现为“{state_zh}”），请刷新后再审核。"
    en = "This check has moved on (it is now “{state_en}”): reload it and review it again."


class CheckDecided(Conflict):
    """A check that has been decided already. Facts: state_zh, state_en."""

    code = "check_decided"
    zh = "该核实记录已办结（{state_zh}），不能再次审核：需要更正请在点位页面操作。"
    en = "This check is decided ({state_en}) and stays so: correct the site on its own page."


class SettleFirst(Conflict):
    """Parallel checks of one place, of which one has to be chosen. Facts: n."""

    code = "settle_first"
    zh = "该点位有 {n} 份核实并存：请并排比较，选用其中一份并说明理由。"
    en = "The place has {n} checks side by side: compare them, choose one and give the reason."


class NothingToSettle(Conflict):
    """A check that stands alone."""

    code = "nothing_to_settle"
    zh = "该点位没有其他并存的核实，请直接审核。"
    en = "The place has no other check beside this one: review it as it is."


class ReviewReasonMissing(BadInput):
    """A step that has to be explained was not."""

    code = "review_reason_missing"
    zh = "请写明理由（不少于 4 个字），外业人员会看到。"
    en = "Give the reason in 4 characters or more; the field team reads it."


class OwnCheck(NotAllowed):
    """A check is to be passed by who made it, though others could."""

    code = "own_check"
    zh = "不能审核自己的核实记录：请由另一位审核人处理。"
    en = "Nobody passes a check of their own: ask another reviewer."


class EditUnfit(BadInput):
    """A correction that the answers cannot hold. Facts: field."""

    code = "edit_unfit"
    zh = "核实记录的“{field}”不能这样修改，请检查所填内容。"
    en = "“{field}” of the check cannot be changed so; check what you filled in."
