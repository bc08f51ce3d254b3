"""What is refused of extensions and of notices to whoever lags."""

from gis.errors import BadInput, Conflict, NotAllowed, NotFound


class WorkUnknown(NotFound):
    """No such work at a site that is seen. Facts: key."""

    code = "work_unknown"
    zh = "没有编号为“{key}”的工作，请刷新后重新选择。"
    en = "There is no work “{key}”; reload and choose again."


class UnitUnknown(BadInput):
    """A unit that leads no work here. Facts: unit."""

    code = "unit_unknown"
    zh = "“{unit}”没有牵头的工作，请核对单位名称。"
    en = "“{unit}” leads no work here; check the unit's name."


class ExtensionUnexplained(BadInput):
    """A later day is asked for without a reason."""

    code = "extension_unexplained"
    zh = "请写明申请延期的理由后再提交。"
    en = "Say why a later day is needed and send it again."


class NothingToExtend(BadInput):
    """A work that has no day, or is finished. Facts: title."""

    code = "nothing_to_extend"
    zh = "“{title}”持续推进或已完成，没有可以延期的时限。"
    en = "“{title}” is ongoing or done: it has no day that could be put off."


class ExtensionNotLater(BadInput):
    """The new day is not after the old one. Facts: old, new."""

    code = "extension_not_later"
    zh = "新时限 {new} 应晚于现时限 {old}，请改填更晚的日期。"
    en = "The new day {new} must come after the present one, {old}; give a later day."


class ExtensionBeforeStart(BadInput):
    """A day before the work begins. Facts: due, start."""

    code = "extension_before_start"
    zh = "完成时限 {due} 早于开始日期 {start}，请核对两个日期。"
    en = "The day {due} comes before the work's start, {start}; check both."


class DayHeld(Conflict):
    """A day that was set stays until a later one is approved. Facts: title, day."""

    code = "day_held"
    zh = "“{title}”的完成时限 {day} 已定，不能直接改晚或取消：请在时限页“申请延期”，由他人批准。"
    en = (
        "“{title}” is due on {day}; a later day, or none, is asked for on the page of deadlines "
        "and approved by another person."
    )


class ExtensionWaits(Conflict):
    """A request for the same work waits already. Facts: by, new."""

    code = "extension_waits"
    zh = "{by} 已申请将该工作延期至 {new}，尚待审批：请等待审批结果后再申请。"
    en = "{by} has asked for {new} already and it waits; ask again after it is decided."


class ExtensionDecided(Conflict):
    """The request was decided before. Facts: by, state_zh, state_en."""

    code = "extension_decided"
    zh = "该延期申请已由 {by} 处理（{state_zh}），不能再次审批。"
    en = "This request was decided by {by} already ({state_en}) and is not decided twice."


class ExtensionStale(Conflict):
    """The work has moved on since a later day was asked for. Facts: old, now."""

    code = "extension_stale"
    zh = "申请时的时限为 {old}，现已变为 {now}：请不予批准，由申请人按现时限重新申请。"
    en = "The day was {old} when this was asked and is {now} now: refuse it, to be asked anew."


class OwnExtension(NotAllowed):
    """Nobody approves what they asked for."""

    code = "own_extension"
    zh = "不能审批自己提出的延期申请：请由另一位有权限的人员处理。"
    en = "You cannot decide your own request; another person with the right must."


class RefusalUnexplained(BadInput):
    """A refusal without its reason."""

    code = "refusal_unexplained"
    zh = "请写明不予批准的理由后再提交。"
    en = "Say why it is refused and send it again."


class NothingLags(BadInput):
    """A notice about nothing. Facts: units, day."""

    code = "nothing_lags"
    zh = "截至 {day}，所选范围（{units}）没有逾期工作，无需发出督办或通报。"
    en = "As of {day} nothing chosen is overdue ({units}): there is nothing to send a notice about."


class WorkNotLagging(BadInput):
    """A chosen work that is not overdue on the day, or led by another unit. Facts: title, day."""

    code = "work_not_lagging"
    zh = "“{title}”截至 {day} 未逾期，或不由所选单位牵头：请从名单中去掉后重新起草。"
    en = "“{title}” is not overdue as of {day}, or no chosen unit leads it: leave it out."


class NoticeUnits(BadInput):
    """An order goes to one unit, a circular to several."""

    code = "notice_units"
    zh = "督办单主送一个单位，通报主送两个及以上单位，请按此选择。"
    en = "An order goes to one unit, a circular to two or more; choose them so."


class TooManyWorks(BadInput):
    """More works than one notice can list. Facts: number, most."""

    code = "too_many_works"
    zh = "共有 {number} 项逾期工作，一份文件最多列 {most} 项：请按单位、河段或街镇分次起草。"
    en = "{number} works are overdue and a notice lists {most}: draft by unit, reach or town."


class ReplyDayPast(BadInput):
    """Units are to answer by a day that has passed. Facts: day."""

    code = "reply_day_past"
    zh = "答复期限 {day} 已过，请重新指定今天以后的日期。"
    en = "The day to answer by, {day}, has passed; name a later one."


class NoticeUnknown(NotFound):
    """No such notice that this account may see. Facts: id."""

    code = "notice_unknown"
    zh = "没有编号为 {id} 的督办单或通报，请核对。"
    en = "There is no notice {id}; check the number."


class NoticeNotDraft(Conflict):
    """The notice was issued or dropped before. Facts: title, state_zh, state_en."""

    code = "notice_not_draft"
    zh = "“{title}”{state_zh}，不再是草稿，不能修改或再次印发。"
    en = "“{title}” is a draft no longer ({state_en}); it is neither changed nor issued again."


class NoticeNotOpen(Conflict):
    """A notice that is not issued, or closed, takes no answer. Facts: title, state_zh, state_en."""

    code = "notice_not_open"
    zh = "“{title}”{state_zh}，不能再办理答复。"
    en = "“{title}” takes no answer ({state_en})."


class NotAddressed(BadInput):
    """The unit is none of those that the notice is sent to. Facts: unit."""

    code = "not_addressed"
    zh = "该文件未主送“{unit}”，请核对答复单位。"
    en = "This notice is not sent to “{unit}”; check which unit answers."


class AnswerEmpty(BadInput):
    """An answer without a word."""

    code = "answer_empty"
    zh = "请写明逾期原因、整改措施和完成日期后再提交答复。"
    en = "Say why it is late, what is done and by when, then send the answer."


class AnswerWaits(Conflict):
    """The unit's answer waits or was accepted. Facts: unit, state_zh, state_en."""

    code = "answer_waits"
    zh = "“{unit}”的答复{state_zh}，无需再次答复。"
    en = "The answer of “{unit}” stands already ({state_en})."


class AnswerJudged(Conflict):
    """The answer was judged before. Facts: by, state_zh, state_en."""

    code = "answer_judged"
    zh = "该答复已由 {by} 审核（{state_zh}），不能再次审核。"
    en = "This answer was judged by {by} already ({state_en})."


class OwnAnswer(NotAllowed):
    """Nobody accepts the answer they gave."""

    code = "own_answer"
    zh = "不能审核自己提交的答复：请由另一位有权限的人员处理。"
    en = "You cannot judge your own answer; another person with the right must."


class SendingBackUnexplained(BadInput):
    """An answer is sent back without a comment."""

    code = "sending_back_unexplained"
    zh = "请写明退回的意见，以便单位补充后重新答复。"
    en = "Say what is missing, so that the unit can answer again."


class PaperOfAnother(BadInput):
    """An answer names a paper that was not sent for this notice by its unit. Facts: id."""

    code = "paper_of_another"
    zh = "材料 {id} 不是为本文件上传的，请重新上传。"
    en = "Paper {id} was not sent for this notice; send it again."


class AnswersMissing(Conflict):
    """A notice is closed when each unit's answer was accepted. Facts: units."""

    code = "answers_missing"
    zh = "以下单位的答复尚未采纳：{units}，全部采纳后方可办结。"
    en = "These units' answers are not accepted yet: {units}; it is closed when all are."
