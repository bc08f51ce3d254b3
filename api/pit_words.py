"""What pages and the log call things of pits and their restoration."""

from gis.domain import terms

PIT_WORDS: tuple[type[terms.Term], ...] = (
    terms.SurveyBasis,
    terms.RimBasis,
    terms.Direction,
    terms.LandAim,
    terms.Indicator,
    terms.Fulfilment,
    terms.CareResult,
    terms.MineClass,
    terms.MineSubclass,
    terms.MinePart,
    terms.MiningMethod,
    terms.Treated,
    terms.EcoProblem,
    terms.RestorePeriod,
)

PIT_VERBS = {
    "record_pit_survey": ("登记坑体测量", "Pit survey recorded"),
    "withdraw_pit_survey": ("撤回坑体测量", "Pit survey withdrawn"),
    "set_restoration_unit": ("设定修复单元", "Restoration unit set"),
    "end_restoration_unit": ("撤销修复单元", "Restoration unit taken off"),
    "record_unit_value": ("登记修复指标", "Restoration value recorded"),
    "accept_restoration_unit": ("修复单元通过验收", "Restoration unit accepted"),
    "record_after_care": ("登记管护", "After-care visit recorded"),
    "set_mine_record": ("登记矿山图斑信息", "Survey row of the mine recorded"),
}
