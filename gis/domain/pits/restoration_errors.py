"""What the register refuses of restoration units, their acceptance and after-care."""

from gis.errors import BadInput, Conflict

__all__ = [
    "AcceptanceOpen",
    "CareUnknown",
    "MineCodesClash",
    "NoMine",
    "OfferChanged",
    "OfferMissing",
    "OfferOlder",
    "TargetUnfit",
    "UnitAccepted",
    "UnitOutside",
    "UnitStale",
]


class AcceptanceOpen(BadInput):
    """A unit that does not meet every line of its table. Facts: open_zh, open_en."""

    code = "acceptance_open"
    zh = "不能通过验收，以下指标未达到或未测：{open_zh}。请补测或整改后再办理。"
    en = "It cannot be accepted; not met or not measured: {open_en}. Measure or mend them first."


class CareUnknown(BadInput):
    """An after-care duty that this unit does not have. Facts: duty, due_on."""

    code = "care_unknown"
    zh = "该修复单元没有 {due_on} 到期的管护事项“{duty}”，请刷新后查看。"
    en = "The unit has no after-care duty {duty} due on {due_on}; reload to see its calendar."


class MineCodesClash(BadInput):
    """A subclass of another class. Facts: major, minor."""

    code = "mine_codes_clash"
    zh = "图斑小类 {minor} 不属于图斑大类 {major}：请核对代码（小类首位与大类首位相同）。"
    en = "Subclass {minor} is not of class {major}: check the codes, their first digits agree."


class NoMine(BadInput):
    """A site that is no mine, pit or pond. Facts: code_, kind_zh, kind_en."""

    code = "no_mine"
    zh = "点位 {code_} 的类型为“{kind_zh}”，不适用矿山修复：请选择矿坑、砂坑、尾矿库或矿山。"
    en = "Site {code_} is a {kind_en}: mine restoration is for pits, tailings ponds and mines."


class OfferChanged(Conflict):
    """The value offered is another by now. Facts: indicator_zh, indicator_en, yours, current."""

    code = "offer_changed"
    zh = "“{indicator_zh}”的观测值现为 {current}（您看到的是 {yours}），请刷新后再采用。"
    en = "{indicator_en} is observed as {current} now, you saw {yours}: reload before taking it."


class OfferMissing(BadInput):
    """Nothing of this site offers such a value. Facts: indicator_zh, indicator_en, id."""

    code = "offer_missing"
    zh = "本单元的点位没有来源 {id} 的“{indicator_zh}”观测值：请刷新后重选，或自行填写实测值。"
    en = "Source {id} offers no {indicator_en} for this unit: reload, or enter what was measured."


class OfferOlder(BadInput):
    """A later value counts already. Facts: indicator_zh, indicator_en, yours, newest."""

    code = "offer_older"
    zh = "“{indicator_zh}”已有 {newest} 的数值，{yours} 的观测值不再采用：请刷新查看。"
    en = "{indicator_en} has a value of {newest}; that of {yours} is older: reload to see it."


class TargetUnfit(BadInput):
    """A figure that its indicator cannot have. Facts: indicator_zh, indicator_en, value, most."""

    code = "target_unfit"
    zh = "“{indicator_zh}”不能是 {value}：应为 0～{most}。"
    en = "{indicator_en} cannot be {value}: give 0 to {most}."


class UnitAccepted(Conflict):
    """The unit was accepted already. Facts: name, day."""

    code = "unit_accepted"
    zh = "修复单元“{name}”已于 {day} 通过验收，不能再改：如需调整请新建单元。"
    en = "The unit “{name}” was accepted on {day} and stays as it is: make a new one instead."


class UnitOutside(BadInput):
    """A unit that does not lie in its mine. Facts: name, percent."""

    code = "unit_outside"
    zh = "修复单元“{name}”有 {percent}% 在点位边界之外：请重新勾绘。"
    en = "{percent} % of the unit “{name}” lies outside its site: draw it again."


class UnitStale(Conflict):
    """The unit has moved on. Facts: name, yours, current."""

    code = "unit_stale"
    zh = "修复单元“{name}”已更新到第 {current} 版（您看到的是第 {yours} 版），请刷新后再改。"
    en = "The unit “{name}” is at version {current}, you saw {yours}: reload and change it again."
