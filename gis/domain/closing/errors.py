"""What close-out and look-back refuse, each in one sentence that says what to do."""

from gis.errors import BadInput, Conflict, NotAllowed, NotFound


class EvidenceMissing(BadInput):
    """A close-out lacks evidence. Facts: code_, missing_zh, missing_en, missing (rows)."""

    code = "close_out_incomplete"
    zh = "点位 {code_} 还不能销号，缺：{missing_zh}。请补齐后再提交。"
    en = "Site {code_} cannot be closed out yet; missing: {missing_en}. Complete that and resend."


class NotToClose(Conflict):
    """A site whose state allows no close-out. Facts: code_, state_zh, state_en."""

    code = "not_to_close"
    zh = "点位 {code_} 当前为“{state_zh}”，不能提出销号；请先处理当前状态。"
    en = "Site {code_} is “{state_en}” and cannot be closed out; deal with that state first."


class CloseOutWaiting(Conflict):
    """Another close-out of the site waits for approval. Facts: code_, by, state_zh, state_en."""

    code = "close_out_waiting"
    zh = "点位 {code_} 已有 {by} 提出的销号（{state_zh}），请先办结该份销号。"
    en = "Site {code_} has a close-out proposed by {by} already ({state_en}); settle that first."


class CloseOutMoved(Conflict):
    """The close-out is not in the state that the step needs. Facts: code_, state_zh, state_en."""

    code = "close_out_moved"
    zh = "点位 {code_} 的销号当前为“{state_zh}”，不能进行此操作，请刷新后查看。"
    en = "The close-out of {code_} is “{state_en}”: this step does not fit; reload and look again."


class OwnCloseOut(NotAllowed):
    """Whoever proposed a close-out may not approve it. Facts: by."""

    code = "own_close_out"
    zh = "这份销号由 {by} 提出，须由另外两人审批，请交他人办理。"
    en = "{by} proposed this close-out; two other people have to approve it."


class SameApprover(NotAllowed):
    """The second approval needs another person. Facts: by."""

    code = "same_approver"
    zh = "{by} 已初审这份销号，复审须由另一人进行。"
    en = "{by} gave the first approval already; somebody else has to give the second."


class ApproverUnfit(NotAllowed):
    """An account without the role that the step asks for. Facts: by, roles_zh, roles_en."""

    code = "approver_unfit"
    zh = "{by} 不能办理此步：须由{roles_zh}办理。"
    en = "{by} may not take this step; it takes a {roles_en}."


class CommentMissing(BadInput):
    """An approval, a return or a decision without its comment. Facts: what_zh, what_en."""

    code = "close_out_comment"
    zh = "请写明{what_zh}后再提交。"
    en = "Write {what_en} and send it again."


class WorksDatesUnfit(BadInput):
    """Days of works that cannot be. Facts: began, ended."""

    code = "works_dates_unfit"
    zh = "施工结束日期 {ended} 早于开始日期 {began}，请更正日期。"
    en = "The works end on {ended}, before they began on {began}; correct the days."


class NotClosed(Conflict):
    """A look-back or a reopening of a site that is not closed out. Facts: code_, state_*."""

    code = "not_closed"
    zh = "点位 {code_} 当前为“{state_zh}”，不是已销号点位，不能回头看或重新打开。"
    en = "Site {code_} is “{state_en}”, not closed out: there is nothing to look back at or reopen."


class VisitTooEarly(BadInput):
    """A look-back of a day before the site was closed. Facts: code_, day, closed."""

    code = "look_back_too_early"
    zh = "点位 {code_} 于 {closed} 销号，回头看日期 {day} 早于销号，请更正日期。"
    en = "Site {code_} was closed out on {closed}; a look-back of {day} is earlier: mend the day."


class NoFinding(Conflict):
    """A look-back that has no finding to decide on, or one decided already. Facts: state_*."""

    code = "no_finding"
    zh = "这次回头看的状态为“{state_zh}”，没有待核实的迹象，请刷新后查看。"
    en = "This look-back is “{state_en}” and has nothing to verify; reload and look again."


class NothingWaits(NotFound):
    """A site without a close-out that waits for approval. Facts: code_."""

    code = "no_close_out_waits"
    zh = "点位 {code_} 没有待审批的销号，请先提出销号。"
    en = "No close-out of {code_} waits for approval; propose one first."
