"""What backfill refuses, each with what to do."""

from gis.errors import BadInput, Conflict, NotAllowed


class PitUnfit(BadInput):
    """A site that is no pit, or no source. Facts: code_, kind_zh, kind_en, wanted_zh, wanted_en."""

    code = "pit_unfit"
    zh = "点位 {code_} 是{kind_zh}，这里需要{wanted_zh}，请检查点位编号。"
    en = "Site {code_} is: {kind_en}. This needs {wanted_en}; check the code."


class PairRefused(BadInput):
    """A waste that may not go into a pit. Facts: standing_*, why_*."""

    code = "pair_refused"
    zh = "不能回填（{standing_zh}）：{why_zh}。请按所列条款处理后再登记。"
    en = "It may not be filled in ({standing_en}): {why_en}. Settle that first, then book it."


class LoadIncomplete(BadInput):
    """A load that lacks what the book needs. Facts: missing_zh, missing_en."""

    code = "load_incomplete"
    zh = "回填记录不完整：请补填{missing_zh}。"
    en = "The load is incomplete: give {missing_en}."


class TonnesUnfit(BadInput):
    """Tonnes that no load can have. Facts: tonnes."""

    code = "tonnes_unfit"
    zh = "吨数不能是 {tonnes}：须大于 0 且不超过 1000 万吨；更正请用冲销。"
    en = "A load cannot be of {tonnes} t: give above 0, at most 10 million; correct by reversal."


class VolumeUnfit(BadInput):
    """A volume below nothing. Facts: volume."""

    code = "backfill_volume_unfit"
    zh = "容积不能是 {volume} m³：须为不小于 0 的数，请核对测量结果。"
    en = "A volume cannot be {volume} m³: it is 0 or more; check the survey."


class DensityZero(BadInput):
    """A density of nothing or less. Facts: density."""

    code = "density_zero"
    zh = "密度不能是 {density} t/m³：须大于 0，请核对规则数据。"
    en = "A density cannot be {density} t/m³: it is above 0; check the rules."


class TicketTwice(Conflict):
    """A ticket that stands in the book already. Facts: ticket, day, pit."""

    code = "ticket_twice"
    zh = "联单号 {ticket} 已登记（{day}，矿坑 {pit}）：请核对；如原记录有误，请先冲销。"
    en = "Ticket {ticket} is booked already ({day}, pit {pit}); if that entry is wrong, reverse it."


class PitUnsurveyed(BadInput):
    """A pit whose volume nobody measured. Facts: code_."""

    code = "pit_unsurveyed"
    zh = "矿坑 {code_} 尚未测量容积，不知能填多少：请先登记矿坑测量。"
    en = "Pit {code_} has no survey, so nobody knows how much it holds: record a survey first."


class PileUnweighed(BadInput):
    """A pile whose mass is not known. Facts: code_."""

    code = "pile_unweighed"
    zh = "堆场 {code_} 的堆存量未知：请先补充堆存量，再登记外运。"
    en = "The mass of pile {code_} is not known: record it before booking loads from it."


class MoreThanLeft(BadInput):
    """More than the pile or the pit has left. Facts: tonnes, left, what_zh, what_en."""

    code = "more_than_left"
    zh = "本次 {tonnes} t 超过{what_zh}剩余的 {left} t：请核对吨数，或先更新堆存量、矿坑测量。"
    en = "{tonnes} t is more than the {left} t left {what_en}: check it, or update mass or survey."


class ReversedAlready(Conflict):
    """An entry that was reversed, or is itself a reversal. Facts: ticket."""

    code = "reversed_already"
    zh = "联单 {ticket} 的这条记录已冲销或本身就是冲销，不能再冲销。"
    en = "The entry of ticket {ticket} was reversed, or is a reversal: it cannot be reversed again."


class AssessmentUnfit(BadInput):
    """An assessment that cannot open a pair. Facts: why_zh, why_en."""

    code = "assessment_unfit"
    zh = "评估材料不符合要求：{why_zh}。"
    en = "The assessment does not do: {why_en}."


class AssessmentSettled(Conflict):
    """An assessment that was approved or refused before. Facts: document."""

    code = "assessment_settled"
    zh = "评估 {document} 已有审批结论，不能再次审批；如有变化请另报。"
    en = "Assessment {document} is settled already; where things changed, propose another."


class SamePersonApproves(NotAllowed):
    """Whoever proposed an assessment may not approve it. Facts: by."""

    code = "same_person_approves"
    zh = "评估由 {by} 提交，审批须由另一人进行。"
    en = "{by} proposed this assessment; somebody else has to settle it."


class WhatIfUnfit(BadInput):
    """A what-if about something that the base does not hold. Facts: what, value."""

    code = "what_if_unfit"
    zh = "假设不成立：{what}“{value}”不在本次比选范围内或数值不合理，请检查。"
    en = "This what-if does not fit: {what} “{value}” is not part of the match or no fair value."


class PlanMoved(Conflict):
    """A kept plan that no longer solves to what it says. Facts: title."""

    code = "plan_moved"
    zh = "方案“{title}”按其存档数据重算结果不同：规则或程序已变，请另存新方案。"
    en = "Plan “{title}” solves otherwise from its own data: rules or program changed; save anew."
