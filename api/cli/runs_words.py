"""How batches of detection read at the terminal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from api.cli.output import emit, say, table, warn
from gis.store.register import CHINA


def state_of(one: dict[str, Any]) -> str:
    """Return a batch's or a scene's state as it truly is."""
    if one["is_stopping"]:
        return "正在停止"
    if one["is_lost"]:
        return "失去联系"
    return str(one["state"].zh)


def tell(told: dict[str, Any], as_json: bool) -> None:
    """Print one batch with its scenes."""
    if as_json:
        emit(told)
        return
    say(
        f"{told['name']}：{state_of(told)}，完成 {told['counts']['DONE']}/{told['scenes']} 景，"
        f"剩余 {left(told['seconds_left'])}，疑似图斑 {told['found']} 个。",
        f"{told['name']}: {told['state'].en}, {told['counts']['DONE']} of {told['scenes']} scenes "
        f"done, {left(told['seconds_left'])} left, {told['found']} candidates.",
    )
    table(
        ["影像", "状态", "窗口", "剩余", "图斑", "最近"],
        [
            [
                one["scene_name"],
                state_of(one),
                windows(one),
                left(one["seconds_left"]),
                one["found"],
                one["log"][-1]["zh"] if one["log"] else "",
            ]
            for one in told["jobs"]
        ],
    )
    for one in told["jobs"]:
        if one["audit"]:
            tell_audit(one["audit"], one["scene_name"])
    warn_of_workers(told["workers"], [told])


def tell_audit(audit: dict[str, int], name: str = "") -> None:
    """Say how far a quick run is from the exact one, as it measured itself."""
    say(
        f"{name and name + ' '}快速模式抽查：{audit['pixels']} 个像元中 "
        f"{audit['classes']} 个类别不同，"
        f"其中涉及目标 {audit['targets']} 个。",
        f"{name and name + ': '}audit of the quick run: of {audit['pixels']} pixels "
        f"{audit['classes']} have another class, {audit['targets']} of them of a target.",
    )


def warn_of_workers(alive: int, told: Sequence[dict[str, Any]]) -> None:
    """Say so where scenes wait and nobody is there to take them."""
    if not alive and any(one["is_without_worker"] for one in told):
        warn(
            "没有处理进程在运行：请运行 qingfei serve 或 qingfei worker。",
            "No worker is running: start qingfei serve or qingfei worker.",
        )


def windows(one: dict[str, Any]) -> str:
    """Return windows done of all."""
    return f"{one['windows_done']}/{one['windows_total']}"


def left(seconds: float | None) -> str:
    """Return the time left as h:mm:ss, a dash where nothing tells it."""
    if seconds is None:
        return "—"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def moment(at: datetime, form: str = "%Y-%m-%d %H:%M") -> str:
    """Return a moment in China's time."""
    return f"{at.astimezone(CHINA):{form}}"
