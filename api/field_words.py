"""What the fields of requests are called where a sentence names one that does not fit."""

from collections.abc import Iterable

from api.errors import RequestInvalid

WORDS = {
    "accepted_on": ("验收日期", "day of acceptance"),
    "accuracy_m": ("定位精度", "accuracy of the position"),
    "area_m2": ("面积", "area"),
    "as_of": ("截至日期", "as-of day"),
    "at": ("时间", "time"),
    "budget_yuan": ("预算", "budget"),
    "care_until": ("管护截止日期", "end of after-care"),
    "coordinates": ("坐标", "coordinates"),
    "dates": ("时相数", "number of dates"),
    "day": ("日期", "day"),
    "district": ("区域", "place"),
    "done_on": ("完成日期", "day of completion"),
    "due_on": ("完成时限", "due day"),
    "dwelling_distance_m": ("到最近民居的距离", "distance to the nearest dwelling"),
    "file": ("文件", "file"),
    "heading_deg": ("拍摄方位", "bearing of the photo"),
    "height_m": ("高度", "height"),
    "kind": ("类型", "kind"),
    "lat": ("纬度", "latitude"),
    "lead_unit": ("牵头单位", "lead unit"),
    "limit": ("每页条数", "rows a page"),
    "lon": ("经度", "longitude"),
    "machines": ("机器数", "number of machines"),
    "mass_t": ("堆存量", "mass"),
    "masses_t": ("堆存量", "masses"),
    "min_area_m2": ("最小面积", "least area"),
    "min_confidence": ("最小置信度（0–1）", "least confidence (0–1)"),
    "monitoring_per_year": ("每年监测次数", "monitoring a year"),
    "name": ("名称", "name"),
    "new_due_on": ("新的完成时限", "new due day"),
    "note": ("说明", "note"),
    "opened_on": ("立项日期", "day of opening"),
    "outline": ("边界", "outline"),
    "paid_yuan": ("已拨付资金", "money paid"),
    "progress_percent": ("进度（%）", "progress (%)"),
    "radioactivity_bq_g": ("放射性活度", "radioactivity"),
    "reason": ("理由", "reason"),
    "reply_by": ("答复期限", "day to reply by"),
    "restored_m2": ("修复面积", "area restored"),
    "samples": ("定位采样数", "number of fixes"),
    "scenes": ("影像", "scenes"),
    "seen": ("原先的数值", "the value that was seen"),
    "seen_version": ("所见版本", "version that was seen"),
    "side_px": ("影像边长（像元）", "side of a tile (pixels)"),
    "since": ("起始日期", "first day"),
    "size_bytes": ("文件大小", "size of the file"),
    "spread_m": ("定位离散度", "spread of the fixes"),
    "starts_on": ("开始日期", "first day of the work"),
    "task_no": ("任务序号", "number of the task"),
    "teach": ("学习用像元数", "pixels to learn from"),
    "text": ("正文", "text"),
    "threads": ("线程数", "threads"),
    "threshold": ("置信度阈值", "threshold of confidence"),
    "tiles": ("景数", "number of tiles"),
    "tipped_on": ("回填日期", "day of tipping"),
    "title": ("标题", "title"),
    "tonnes": ("吨数", "tonnes"),
    "took_place_on": ("发生日期", "day it took place"),
    "units": ("发往单位", "units it goes to"),
    "until": ("截止日期", "last day"),
    "valid_from": ("生效日期", "first day in force"),
    "valid_until": ("失效日期", "last day in force"),
    "version": ("版本", "version"),
    "visited_on": ("到场日期", "day of the visit"),
    "volume_m3": ("体积", "volume"),
    "volumes_m3": ("容积", "volumes"),
    "workers": ("处理进程数", "workers"),
    "works_began_on": ("施工开始日期", "day the works began"),
    "works_ended_on": ("施工结束日期", "day the works ended"),
}
"""The fields that people fill in, as (Chinese, English); others stand under their own names."""


def unfit(fields: Iterable[str]) -> RequestInvalid:
    """Return the error of fields that do not fit, each as a path such as ``answers.height_m``."""
    paths = list(dict.fromkeys(fields))
    both = [WORDS.get(_name(path), (path, path)) for path in paths]
    zh, en = ([pair[place] for pair in both] for place in (0, 1))
    return RequestInvalid(
        fields="、".join(paths),
        fields_zh="、".join(dict.fromkeys(zh)),
        fields_en=", ".join(dict.fromkeys(en)),
    )


def _name(path: str) -> str:
    return next((part for part in reversed(path.split(".")) if not part.isdigit()), path)
