"""What sampling refuses, in the field's own words."""

from gis.errors import BadInput, Conflict


class CustodyIncomplete(BadInput):
    """A step of the chain of custody lacks what it must carry. Facts: missing_zh, missing_en."""

    code = "custody_incomplete"
    zh = "流转记录不完整：请补填{missing_zh}。"
    en = "The custody record is incomplete: fill in {missing_en}."


class CustodyOrder(Conflict):
    """A step out of its order. Facts: code, step, done, next (each in two languages)."""

    code = "custody_order"
    zh = (
        "份样 {code} 当前为“{done_zh}”，下一步应为“{next_zh}”，不能登记“{step_zh}”："
        "请核对编号与步骤，整批未登记。"
    )
    en = (
        "Increment {code} stands at “{done_en}”; next is “{next_en}”, not “{step_en}”: check code "
        "and step; nothing of the batch was recorded."
    )


class CustodyTimeBackwards(BadInput):
    """A step before the one that it follows. Facts: code, at, before."""

    code = "custody_time_backwards"
    zh = "份样 {code} 的时间 {at} 早于上一步的 {before}，请更正时间；整批未登记。"
    en = (
        "The time {at} of increment {code} lies before the step it follows ({before}); correct it; "
        "nothing of the batch was recorded."
    )


class CustodyIdReused(Conflict):
    """A record with this client id and another content was received before. Facts: id."""

    code = "custody_id_reused"
    zh = "编号 {id} 的流转记录已收到，但内容不同：原记录保持不变，请另建一条记录提交。"
    en = (
        "Custody record {id} was already received with other content: the first is kept; "
        "send this one as a new record."
    )


class IncrementUnknown(BadInput):
    """Codes that no plan has. Facts: codes."""

    code = "increment_unknown"
    zh = "没有编号为 {codes} 的份样：请核对标签或重新扫描，整批未登记。"
    en = "No plan has increment {codes}: check the labels or scan again; nothing was recorded."


class TakenOutside(BadInput):
    """A position off the pile. Facts: code, off_m, accuracy_m."""

    code = "taken_outside"
    zh = (
        "份样 {code} 的采样位置在点位边界外 {off_m} m（定位精度 {accuracy_m} m）："
        "请核对位置，确在界外采样的请填写原因。"
    )
    en = (
        "Increment {code} was taken {off_m} m outside the outline (accuracy {accuracy_m} m): "
        "check the position, or give the reason for taking it there."
    )


class MassUnknown(BadInput):
    """Neither the mass nor the height of the stack is known. Facts: site."""

    code = "mass_unknown"
    zh = "{site} 的堆存量未知，无法按 HJ 298-2019 表1确定份样数：请给出堆存量（t）或堆高（m）。"
    en = (
        "The mass at {site} is not known, so HJ 298-2019 table 1 gives no number: "
        "give the mass (t) or the height (m)."
    )


class FewerThanTable(BadInput):
    """Fewer increments than table 1 asks, without a clause. Facts: asked, least."""

    code = "fewer_than_table"
    zh = "{asked} 个份样少于表1要求的 {least} 个：请增加份样，或选择 4.2.4 的减少情形并说明理由。"
    en = (
        "{asked} increments are fewer than the {least} of table 1: take more, or choose a case of "
        "4.2.4 and give the reason."
    )


class ReductionTooLow(BadInput):
    """Fewer than the clause allows. Facts: asked, least, clause."""

    code = "reduction_too_low"
    zh = "{clause} 最少 {least} 个份样，不能只取 {asked} 个：请改为 {least} 个或更多。"
    en = "{clause} asks for {least} increments at least, not {asked}: take {least} or more."


class ReductionReasonMissing(BadInput):
    """A clause of 4.2.4 without the reason why it fits. Facts: clause."""

    code = "reduction_reason_missing"
    zh = "按 {clause} 减少份样须说明理由：请填写本点位符合该情形的依据。"
    en = "To take fewer by {clause} needs a reason: say why this site is such a case."


class ReductionUnknown(BadInput):
    """A case of 4.2.4 that the rules do not hold. Facts: reduction, known."""

    code = "reduction_unknown"
    zh = "没有减少情形 {reduction}，可选：{known}。"
    en = "There is no case {reduction}; choose one of {known}."


class LayersTooFew(BadInput):
    """Fewer layers than the stack's height asks. Facts: asked, least."""

    code = "layers_too_few"
    zh = "堆高要求至少分 {least} 层采样，不能只分 {asked} 层：请改为 {least} 层或更多。"
    en = "The stack's height asks for {least} layers at least, not {asked}: give {least} or more."


class NothingToSample(BadInput):
    """A site without waste. Facts: site."""

    code = "nothing_to_sample"
    zh = "{site} 登记为无堆存固体废物，无需采样：如有废物，请先更正废物种类。"
    en = "{site} is listed as holding no waste: correct its waste class first if it does."


class PlanOpen(Conflict):
    """A plan for the same waste at the site goes on. Facts: plan."""

    code = "plan_open"
    zh = "方案 {plan} 已开始采样，尚未结束：请先完成或终止该方案，再编制新方案。"
    en = "Plan {plan} has been started and goes on: finish or end it before making another."


class PlanEnded(Conflict):
    """A plan that has been ended. Facts: plan."""

    code = "plan_ended"
    zh = "方案 {plan} 已终止，不能再采样：请使用该点位的现行方案。"
    en = "Plan {plan} has been ended and takes no more samples: use the site's current plan."


class PlanIdReused(Conflict):
    """A plan or draw with this client id and another content was received before. Facts: id."""

    code = "plan_id_reused"
    zh = "编号 {id} 的请求已收到，但内容不同：原结果保持不变，请重新打开页面后再提交。"
    en = (
        "Request {id} was already received with other content: the first result is kept; "
        "open the page again and resend."
    )


class ShareUnfit(BadInput):
    """A share of the sites that is more than all of them. Facts: share."""

    code = "share_unfit"
    zh = "抽样比例应大于 0、不超过 1（即 100 %），不能是 {share}。"
    en = "The share of sites goes from 0 to 1 (100 %); it cannot be {share}."


class SelectionTooSmall(BadInput):
    """Fewer sites than strata. Facts: asked, strata."""

    code = "selection_too_small"
    zh = "抽取 {asked} 个点位少于分层数 {strata}，每层至少 1 个：请增加数量，或减少分层条件。"
    en = "{asked} sites are fewer than the {strata} strata, each of which needs one: ask for more."


class NobodyToSelect(BadInput):
    """No site of the district is such a case."""

    code = "nobody_to_select"
    zh = "本区没有需要抽样的点位（责任主体不明、种类或属性不明确），无需抽取。"
    en = "No site of this district needs sampling: each has its party, class and nature; draw none."


class OutlineTooSmall(BadInput):
    """An outline that cannot be cut into the cells asked for. Facts: site, cells."""

    code = "outline_too_small"
    zh = "{site} 的边界过小，无法划分为 {cells} 个网格：请核对边界后重新勾绘。"
    en = "The outline of {site} is too small for {cells} cells: check it and draw it again."
