"""What the register refuses of pits and their surveys."""

from gis.errors import BadInput, Conflict

__all__ = ["LevelImpossible", "NoPit", "NothingMeasured", "SurveyIdReused", "SurveyWithdrawn"]


class LevelImpossible(BadInput):
    """Levels that contradict each other. Facts: level, why_zh, why_en."""

    code = "level_impossible"
    zh = "高程 {level} 米不成立：{why_zh}。请核对各高程是否为同一高程基准。"
    en = "A level of {level} m cannot be: {why_en}. Check that all levels are of one datum."


class NoPit(BadInput):
    """A site that can have no hollow. Facts: code_, kind_zh, kind_en."""

    code = "no_pit"
    zh = "点位 {code_} 的类型为“{kind_zh}”，没有坑体可测：请选择矿坑、砂坑、尾矿库或矿山。"
    en = "Site {code_} is a {kind_en}, which has no pit: choose a pit, a tailings pond or a mine."


class NothingMeasured(BadInput):
    """A survey without any number."""

    code = "nothing_measured"
    zh = "测量记录没有任何数值：请至少填写深度、可填容积、坑沿高程、边坡高或积水情况之一。"
    en = "The survey says nothing: give a depth, a volume, a rim level, a highwall or the water."


class SurveyIdReused(Conflict):
    """A survey with this client id and other content was received before. Facts: id."""

    code = "survey_id_reused"
    zh = "编号 {id} 的测量已收到，但内容不同：原记录保持不变，请另建一条提交。"
    en = "Survey {id} was received before with other content: send this one under a new id."


class SurveyWithdrawn(Conflict):
    """The survey was set aside already. Facts: id, by."""

    code = "survey_withdrawn"
    zh = "测量 {id} 已由 {by} 撤回，请刷新后查看。"
    en = "Survey {id} was withdrawn by {by}; reload to see it."
