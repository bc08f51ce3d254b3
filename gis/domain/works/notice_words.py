"""The text of a notice as the district's papers write it; Chinese, for that is what is sent."""

from datetime import date
from typing import Any

from gis.domain.terms import NoticeKind, WorkKind
from gis.domain.works.notice import LaggingNotice

BANKS = {"LEFT": "左岸", "RIGHT": "右岸"}
HEADINGS = ("序号", "点位", "工作内容", "牵头单位", "完成时限", "逾期天数")


def day_zh(day: date) -> str:
    """Return a day as official papers write it.

    >>> day_zh(date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def sender(notice: LaggingNotice) -> str:
    """Return the office that signs; no person's name stands on a notice."""
    return f"{notice.facts['district']['name_zh']}“无废城市”建设工作领导小组办公室"


def addressees(notice: LaggingNotice) -> str:
    """Return whom the notice is sent to."""
    return "、".join(notice.units) + "："


def due_zh(work: dict[str, Any]) -> str:
    """Return a work's day, with the day it had at first where it was put off.

    >>> due_zh({"due_on": "2026-06-30", "original_due_on": "2023-12-31", "times_put_off": 2})
    '原定 2023-12-31，经批准延期至 2026-06-30（延期 2 次）'
    """
    if work["original_due_on"] is None:
        return str(work["due_on"])
    times = f"（延期 {work['times_put_off']} 次）" if work["times_put_off"] > 1 else ""
    return f"原定 {work['original_due_on']}，经批准延期至 {work['due_on']}{times}"


def place_zh(work: dict[str, Any]) -> str:
    """Return where a work is: name, code, town, reach and bank as far as they are known."""
    bank = BANKS.get(work["bank"] or "", "")
    stretch = f"{work['reach']}{bank}" if work["reach"] else ""
    where = "，".join(part for part in (work["town"], stretch) if part)
    return f"{work['site_name']}（{work['site_code']}）" + (f" {where}" if where else "")


def row(number: int, work: dict[str, Any]) -> tuple[str, ...]:
    """Return a work as a row of the notice's table."""
    kind = WorkKind.of(work["kind"])
    title = work["title"] if kind is WorkKind.TASK else f"{work['title']}（{kind.zh}）"
    return (
        *(str(number), place_zh(work), title, work["lead_unit"]),
        *(due_zh(work), str(work["days_late"])),
    )


def paragraphs(notice: LaggingNotice) -> list[str]:
    """Return the text between the addressees and the table."""
    day = day_zh(date.fromisoformat(notice.facts["day"]))
    works, units = notice.facts["works"], notice.facts["units"]
    worst = max(one["days_late"] for one in works)
    plan = "按照“无废城市”建设行动计划“强化督查考核”的要求，"
    if notice.kind is NoticeKind.URGE:
        first = (
            f"{plan}对台账中的整治工作进行了核对。截至{day}，由你单位牵头的工作中有"
            f"{len(works)}项已逾期，最长逾期{worst}天（见附表）。"
        )
    else:
        each = "；".join(
            f"{one['unit']}{one['works']}项，最长逾期{one['worst_days']}天" for one in units
        )
        first = (
            f"{plan}对台账中的整治工作进行了核对。截至{day}，共有{len(works)}项工作逾期（见附表）。"
            f"其中：{each}。现予通报。"
        )
    asked = (
        "请逐项说明逾期原因，提出整改措施和完成日期，"
        f"于{day_zh(notice.reply_by)}前书面答复；确需延期的，按程序申请并附理由。"
    )
    remark = [line for line in notice.remark.splitlines() if line.strip()]
    return [first, asked, *remark]


def footnote(notice: LaggingNotice) -> str:
    """Return what the figures rest on, so that the same can be produced again."""
    version = notice.facts["list"]
    return (
        f"数据截至 {notice.facts['day']}；台账日志第 {version['seq']} 条；"
        f"数据校验值 {notice.facts_sha256[:16]}。"
    )
