"""What the register refuses of projects: their plans, tasks and steps."""

from gis.errors import BadInput, Conflict, NotFound


class DueBeforeStart(BadInput):
    """Work that would end before it begins. Facts: what_zh, what_en, due, start."""

    code = "due_before_start"
    zh = "{what_zh}的完成时限 {due} 早于开始日期 {start}，请更正其中一个日期。"
    en = "{what_en} is due on {due}, before its start on {start}; correct one of the two days."


class PlanUnfit(BadInput):
    """A field that cannot hold this. Facts: field_zh, field_en, fit_zh, fit_en."""

    code = "plan_unfit"
    zh = "“{field_zh}”应为{fit_zh}，请更正后再提交。"
    en = "“{field_en}” must be {fit_en}; correct it and send it again."


class LeadUnitUnexplained(BadInput):
    """A lead unit that differs from the proposed one, without a reason. Facts: unit, proposed."""

    code = "lead_unit_unexplained"
    zh = "此类点位的牵头单位应为“{proposed}”；如需改为“{unit}”，请填写理由。"
    en = "“{proposed}” leads work at sites of this kind; give the reason for “{unit}”."


class VariantUnfit(BadInput):
    """A chain of stages that does not go with this kind of site. Facts: variant_*, kind_*."""

    code = "variant_unfit"
    zh = "“{variant_zh}”流程不适用于“{kind_zh}”点位，请另选流程。"
    en = "The chain “{variant_en}” is not for sites of kind “{kind_en}”; choose another."


class ProjectOpenAlready(Conflict):
    """The site has an unfinished project of this variant. Facts: code_, title."""

    code = "project_open_already"
    zh = "点位 {code_} 已有未完成的同类项目“{title}”，请在该项目上继续，或先将其办结。"
    en = "Site {code_} has an unfinished project of this kind, “{title}”; go on with that one."


class SiteNotOpen(Conflict):
    """A site whose projects stand still. Facts: code_, state_zh, state_en, cure_zh, cure_en."""

    code = "site_not_open"
    zh = "点位 {code_} {state_zh}，不能办理整治项目：{cure_zh}。"
    en = "Site {code_} is “{state_en}”, so its projects stand still: {cure_en}."


class ProjectStale(Conflict):
    """The project or task moved on. Facts: title, yours, current, by, changed_zh, changed_en."""

    code = "project_stale"
    zh = (
        "“{title}”已由 {by} 更新到第 {current} 版（您看到的是第 {yours} 版），"
        "其间改动：{changed_zh}。请刷新后再修改。"
    )
    en = (
        "“{title}” is at version {current} by {by}, you saw version {yours}; changed since: "
        "{changed_en}. Reload it and change it again."
    )


class ProjectMoved(Conflict):
    """The project stands elsewhere than it was seen. Facts: title, by, stage_zh, stage_en."""

    code = "project_moved"
    zh = "“{title}”已由 {by} 办理，现处于“{stage_zh}”阶段，请刷新后再操作。"
    en = "“{title}” has been moved by {by} and stands at “{stage_en}”; reload it first."


class EvidenceMissing(BadInput):
    """A step whose evidence is not there. Facts: stage_zh, stage_en, missing_zh, missing_en."""

    code = "evidence_missing"
    zh = "还不能进入“{stage_zh}”，缺少：{missing_zh}。请补齐后再办理。"
    en = "“{stage_en}” cannot be entered yet; missing: {missing_en}. Supply it and try again."


class StageSkipped(BadInput):
    """A stage that is not the next one. Facts: stage_zh, stage_en, next_zh, next_en."""

    code = "stage_skipped"
    zh = "不能直接进入“{stage_zh}”：下一阶段是“{next_zh}”，各阶段须依次办理。"
    en = "“{stage_en}” cannot be entered from here: the next stage is “{next_en}”."


class ReversalUnfit(BadInput):
    """A way back that is none. Facts: why_zh, why_en."""

    code = "reversal_unfit"
    zh = "不能退回：{why_zh}。"
    en = "The project cannot be taken back: {why_en}."


class TaskOfElsewhere(BadInput):
    """A task that belongs to another project or site. Facts: title."""

    code = "task_of_elsewhere"
    zh = "任务“{title}”属于另一个项目，请在它自己的项目中修改。"
    en = "The task “{title}” belongs to another project; change it there."


class StepDayUnfit(BadInput):
    """A day on which a step cannot have taken place. Facts: day, why_zh, why_en."""

    code = "step_day_unfit"
    zh = "办理日期 {day} 不对：{why_zh}，请更正。"
    en = "The step cannot be of {day}: {why_en}; correct the day."


class ProjectFinished(Conflict):
    """A project that is through, whose plan is history. Facts: title, stage_zh, stage_en."""

    code = "project_finished"
    zh = "“{title}”已处于“{stage_zh}”阶段，内容不再修改；如有反弹，请先退回并写明原因。"
    en = "“{title}” stands at “{stage_en}” and is history; take it back with a reason first."


class TaskAbsent(NotFound):
    """The project has no such task. Facts: id."""

    code = "project_task_absent"
    zh = "项目中没有任务 {id}，请刷新后查看。"
    en = "The project has no task {id}; reload to see its tasks."
