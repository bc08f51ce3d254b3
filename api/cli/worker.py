"""`qingfei worker`: goes over the scenes that wait in the queue."""

import os
from typing import Annotated

import typer

from api.cli.output import say, warn
from api.settings import Settings
from gis.domain.detection.batch import DetectionJob
from gis.domain.detection.retraining import Retraining
from gis.domain.terms import JobState


def worker(
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="队列做完即退出。 End when nothing waits.")
    ] = False,
    dask: Annotated[str | None, typer.Option(help="Dask 调度器地址。 Scheduler.")] = None,
    beside: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """处理检测队列；Ctrl+C 在下一个窗口处停下，已完成的窗口保留。 Work off the detection queue.

    Example: qingfei worker --until-empty
    """
    from api import jobs

    if beside is not None:
        os.nice(10)  # pages are answered first where both share two cores
    else:
        say("检测处理进程已启动（Ctrl+C 停止）。", "The detection worker runs (Ctrl+C stops).")
    jobs.run(
        jobs.Duty(
            Settings(), until_empty=until_empty, dask=dask, beside=beside, tell=_tell, told=_told
        )
    )


def _tell(job: DetectionJob) -> None:
    last = job.log[-1]
    name = f"{job.scene_id}"[:8]
    show = warn if job.state is JobState.FAILED else say
    show(f"{name} {job.state.zh}：{last['zh']}", f"{name} {job.state.en}: {last['en']}")


def _told(one: Retraining) -> None:
    show = warn if one.state is JobState.FAILED else say
    show(f"{one.name} {one.state.zh}：{one.log[-1]['zh']}", f"{one.name}: {one.log[-1]['en']}")
