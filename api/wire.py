"""From nouns to the JSON that pages read."""

from collections.abc import Callable
from typing import Any, TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from api.pit_words import PIT_VERBS, PIT_WORDS
from gis.domain import terms
from gis.domain.imagery import SceneRecord
from gis.domain.place import District
from gis.store.page import Page
from remote_sensing.classes import all_classes

N = TypeVar("N")

WORDS: tuple[type[terms.Term], ...] = (
    terms.Role,
    terms.Right,
    terms.SessionKind,
    *(terms.BackfillMaterial, terms.BackfillPaper, terms.PitVoid, terms.PairStanding),
    *(terms.HaulBasis, terms.MatchAim, terms.Unplaced, terms.BookFlag),
    terms.SiteKind,
    terms.WasteClass,
    terms.WasteNature,
    terms.Responsibility,
    terms.Verdict,
    terms.LookAlike,
    terms.Unreachable,
    terms.HeightBasis,
    terms.HeapShape,
    terms.OutlineBy,
    terms.FixPurpose,
    terms.ReviewState,
    terms.Standing,
    terms.ReviewAct,
    terms.Severity,
    terms.CandidateState,
    terms.Change,
    terms.SiteState,
    terms.CloseOutAct,
    terms.CloseOutState,
    terms.FindingState,
    terms.Head,
    terms.LookBackBy,
    terms.LookBackResult,
    terms.PhotoSide,
    terms.SatelliteResult,
    terms.Datum,
    terms.Axes,
    terms.RowFate,
    terms.MatchReason,
    terms.FootprintState,
    terms.ReferenceHow,
    terms.Grade,
    terms.DeadlineState,
    terms.WorkKind,
    terms.ExtensionState,
    terms.NoticeKind,
    terms.NoticeState,
    terms.AnswerState,
    terms.ProjectStage,
    terms.ProjectVariant,
    terms.MineFinding,
    terms.AttachmentKind,
    terms.PhotoSource,
    terms.PhotoState,
    terms.OutboxFate,
    terms.TimeBasis,
    terms.LineageKind,
    terms.Completeness,
    terms.PastRecord,
    terms.Ground,
    terms.OutlineBasis,
    terms.TailingsRisk,
    terms.LayerKind,
    *PIT_WORDS,
    terms.PlanState,
    terms.CustodyStep,
    terms.Stratifier,
    terms.SizeBy,
    terms.Allocation,
    terms.WhySampled,
    terms.SourceLevel,
    terms.ConclusionBasis,
    terms.ConclusionState,
    terms.Quantity,
    terms.LeachMethod,
    terms.IdentificationStep,
    terms.NamedBy,
    terms.WorkState,
)

VERBS = PIT_VERBS | {
    "list_site": ("列入清单", "Listed"),
    "check_site": ("按现场核实更新", "Updated by a field check"),
    "record_field_check": ("收到现场核实", "Field check received"),
    "review_check": ("审核现场核实", "Field check reviewed"),
    "add_check_step": ("核实办理步骤", "Step of a field check"),
    "freeze_samples": ("固定样本集", "Sample set frozen"),
    "find_no_waste": ("现场核实未见固废，待销号", "No waste found in the field; close-out is due"),
    "confirm_site": ("现场确认并列入清单", "Confirmed in the field and listed"),
    "correct_site": ("更正", "Corrected"),
    "measure_site": ("量算周边", "Surroundings measured"),
    "locate_candidate": ("按图层归入镇街", "Put under its town by the layers"),
    "grade_site": ("分级", "Graded"),
    "adopt_rules": ("采用分级规则", "Grading rules adopted"),
    "check_rule": ("核对条款", "Row compared with the text"),
    "uncheck_rule": ("撤销核对", "Comparison taken back"),
    "add_sample": ("登记样品结果", "Sample result recorded"),
    "file_results": ("录入检测结果", "Laboratory results filed"),
    "withdraw_results": ("撤回检测结果", "Laboratory results withdrawn"),
    "propose_conclusion": ("起草鉴别结论", "Conclusion drafted"),
    "sign_conclusion": ("签发鉴别结论", "Conclusion signed"),
    "review_conclusion": ("审核鉴别结论", "Conclusion reviewed"),
    "supersede_conclusion": ("鉴别结论被替代", "Conclusion superseded"),
    "record_conclusion": ("登记鉴别结论", "Conclusion recorded"),
    "conclude_site": ("按结论更新属性", "Facts updated by the conclusion"),
    "merge_site": ("合并", "Merged"),
    "split_site": ("拆分", "Split"),
    "record_lineage": ("登记沿革", "Lineage recorded"),
    "tag_site": ("加任务标签", "Task tag given"),
    "untag_site": ("去任务标签", "Task tag taken"),
    "attach_paper": ("上传资料", "Paper attached"),
    "withdraw_paper": ("撤下资料", "Paper withdrawn"),
    "add_district": ("开设区域台账", "District opened"),
    "add_layer": ("采用参考图层", "Layer adopted"),
    "build_reaches": ("划分河段", "Rivers cut into reaches"),
    "replace_layer": ("图层被新版替换", "Layer replaced"),
    "withdraw_layer": ("停用参考图层", "Layer withdrawn"),
    "select_sites": ("抽取点位", "Sites drawn"),
    "plan_sampling": ("编制采样方案", "Sampling planned"),
    "end_plan": ("终止采样方案", "Sampling plan ended"),
    "record_custody": ("登记样品流转", "Custody recorded"),
    "update_from_list": ("按外来清单更新", "Updated from an imported list"),
    "link_row": ("关联外来清单中的记录", "Linked to a row of an imported list"),
    "ask_extension": ("申请延期", "Later day asked for"),
    "approve_extension": ("批准延期", "Later day approved"),
    "refuse_extension": ("不批准延期", "Later day refused"),
    "extend_task": ("任务延期", "Sub-task put off"),
    "extend_project": ("项目延期", "Project put off"),
    "draft_notice": ("起草督办通报", "Notice drafted"),
    "issue_notice": ("印发督办通报", "Notice issued"),
    "drop_notice": ("作废督办通报草稿", "Draft of a notice dropped"),
    "close_notice": ("办结督办通报", "Notice closed"),
    "add_notice_paper": ("上传答复材料", "Paper for an answer received"),
    "answer_notice": ("答复督办通报", "Notice answered"),
    "accept_answer": ("采纳答复", "Answer accepted"),
    "send_answer_back": ("退回答复", "Answer sent back"),
    "record_project": ("登记整治项目", "Project recorded"),
    "export_project_list": ("导出项目清单", "List of projects taken away"),
    "open_project": ("整治项目立项", "Project opened"),
    "revise_project": ("修改整治方案", "Plan revised"),
    "put_task": ("登记项目任务", "Task of a project recorded"),
    "follow_tasks": ("按任务更新进展", "Progress updated by the tasks"),
    "advance_project": ("项目进入下一阶段", "Project taken to its next stage"),
    "reverse_project": ("项目退回（回弹）", "Project taken back"),
    "record_step": ("登记办理步骤", "Step recorded"),
    "follow_project": ("按项目阶段更新状态", "State updated by the project's stage"),
    "propose_close_out": ("提出销号", "Close-out proposed"),
    "approve_close_out": ("同意销号", "Close-out approved"),
    "return_close_out": ("退回销号", "Close-out sent back"),
    "close_out_site": ("销号", "Closed out"),
    "reopen_close_out": ("销号失效", "Close-out no longer in force"),
    "look_back": ("回头看", "Looked back at"),
    "suspect_site": ("疑似反弹，待核实", "Relapse suspected"),
    "settle_look_back": ("核实反弹迹象", "Signs of a relapse settled"),
    "reopen_site": ("核实反弹，重新打开", "Relapse confirmed, reopened"),
    "dismiss_relapse": ("核实未反弹，恢复销号", "No relapse, closed again"),
    "add_user": ("开设账号", "Account opened"),
    "change_user": ("更改账号", "Account changed"),
    "suspend_user": ("停用账号", "Account suspended"),
    "reopen_user": ("恢复账号", "Account reopened"),
    "set_password": ("重设密码", "Password reset"),
    "expire_password": ("密码到期须更换", "Password too old, to be changed"),
    "change_password": ("修改本人密码", "Own password changed"),
    "unlock_user": ("解除登录锁定", "Log-in unlocked"),
    "revoke_session": ("结束登录", "Session ended"),
    "sign_in": ("登录", "Signed in"),
    "sign_out": ("退出登录", "Signed out"),
    "sign_in_refused": ("登录被拒绝", "Log-in refused"),
    "refused": ("越权操作被拒绝", "Refused for lack of rights"),
    "announce_photo": ("登记现场照片", "Field photo announced"),
    "receive_photo": ("收到现场照片", "Field photo received"),
    "judge_photo": ("重新比对现场照片", "Field photo compared anew"),
    "make_team": ("建立班组", "Team made"),
    "change_team": ("调整班组", "Team changed"),
    "end_team": ("解散班组", "Team dissolved"),
    "give_work": ("派发任务", "Work given out"),
    "withdraw_work": ("撤回任务", "Work withdrawn"),
    "add_scene": ("登记影像", "Scene registered"),
    "file_candidates": ("登记遥感识别结果", "Detection run filed"),
    "file_observations": ("登记遥感跟踪结果", "Follow-up by image filed"),
    "file_candidate": ("登记疑似图斑", "Candidate filed"),
    "see_again": ("再次发现疑似图斑", "Candidate seen again"),
    "judge_candidate": ("按核实结论更新图斑", "Candidate judged"),
    "load_list": ("导入外来清单", "List imported"),
    "export_area": ("下载离线区域", "Area taken along"),
    "export_inventory": ("导出管控清单", "Inventory exported"),
    "export_brief": ("导出工作简报", "Brief exported"),
    "export_field_sheet": ("导出采样记录表", "Sampling sheet exported"),
    "export_labels": ("打印样品标签", "Sample labels printed"),
    "export_results_sheet": ("下载检测结果填报表", "Results sheet downloaded"),
    "export_import_report": ("下载导入核对报告", "Import report downloaded"),
    "export_notice": ("下载督办通报文件", "Notice downloaded"),
    "export_paper": ("下载资料原件", "Original paper downloaded"),
    "export_photo": ("下载照片原件", "Original photo downloaded"),
    "export_priority": ("导出资金安排次序", "Order for money exported"),
    "export_samples": ("导出样本集", "Sample set exported"),
    "export_log": ("导出操作日志", "Log exported"),
    "save_view": ("保存视图", "View saved"),
    "remove_view": ("删除视图", "View removed"),
}


def vocabulary() -> dict[str, Any]:
    """Return every controlled word and detection class."""
    return {
        "terms": {
            word.__name__: [{"value": m.value, "zh": m.zh, "en": m.en} for m in word]
            for word in WORDS
        },
        "classes": [
            {
                "code": info.code,
                "name": info.name,
                "zh": info.zh,
                "en": info.en,
                "role": info.role,
                "colour": info.colour,
                "site_kind": info.site_kind,
            }
            for info in all_classes().values()
        ],
    }


def page(found: Page[N], item: Callable[[N], dict[str, Any]]) -> dict[str, Any]:
    """Return a page of items."""
    return {"items": [item(n) for n in found.items], "next": found.next, "total": found.total}


def where(outline: BaseGeometry) -> dict[str, Any]:
    """Return a point on an outline and the box round it."""
    point = outline.representative_point()
    return {
        "centre": [round(point.x, 6), round(point.y, 6)],
        "bounds": [round(value, 6) for value in outline.bounds],
    }


def geojson(outline: BaseGeometry) -> Any:
    """Return a geometry as GeoJSON, seven decimals."""
    return shapely.geometry.mapping(shapely.set_precision(outline, 1e-7, mode="pointwise"))


def district(
    place: District, revision: int, scenes: list[SceneRecord], counts: dict[str, Any]
) -> dict[str, Any]:
    """Return a district with its scenes and counts."""
    return {
        "code": place.code,
        "name_zh": place.name_zh,
        "name_en": place.name_en,
        "is_demo": place.is_demo,
        "bounds": [round(value, 6) for value in place.outline.bounds],
        "revision": revision,
        "scenes": [
            {
                "id": scene.id,
                "name": scene.name,
                "sensor": scene.sensor,
                "acquired_on": scene.acquired_on,
                "notice": scene.notice,
                "bounds": [round(value, 6) for value in scene.footprint.bounds],
                "views": ["natural", "swir"] if {"B12", "B04"} <= set(scene.bands) else ["natural"],
                "pixel_m": scene.pixel_m,
            }
            for scene in scenes
        ],
        "counts": counts,
    }


def site_item(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the register as lists show it."""
    plain = (
        *("code", "name", "kind", "waste_class", "nature", "grade", "state", "town", "reach"),
        *("area_m2", "mass_t", "deadline", "due_on", "is_demo"),
    )
    return {
        **{name: row[name] for name in plain},
        "provisional": row["is_provisional"],
        **where(row["outline"]),
    }
