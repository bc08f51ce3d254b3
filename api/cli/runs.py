"""`qingfei runs`: batches of detection at the terminal, and the runs on file."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from api import wire_runs
from api.cli.options import AsJson, District, one_district, terminal_book
from api.cli.output import emit, say, table
from api.cli.runs_words import left, moment, state_of, tell, warn_of_workers, windows
from gis.domain.detection.batch import DetectionBatch
from gis.ledger import Book
from gis.ledger import batches as verbs
from gis.store import batches, imagery, models

app = typer.Typer(
    help="检测批次。 Batches of detection.", invoke_without_command=True, no_args_is_help=False
)

Which = Annotated[str, typer.Argument(help="批次名称或编号。 Name or id of the batch.")]
Scene = Annotated[str | None, typer.Option("--scene", help="只限该影像。 This scene only.")]


@app.callback()
def runs(context: typer.Context, as_json: AsJson = False) -> None:
    """列出已入库的检测；批次见 qingfei runs list。 List the runs on file; batches: runs list.

    Example: qingfei runs
    """
    if context.invoked_subcommand is not None:
        return
    with terminal_book().reading() as connection:
        found = imagery.all_runs(connection)
    if as_json:
        emit(found)
        return
    table(
        ["入库时间", "区域", "影像", "模型", "图斑数", "操作人"],
        [
            [
                moment(run["filed_at"]),
                run["district_code"],
                run["scene_name"],
                run["model_sha256"][:12],
                run["candidates_found"],
                run["filed_by"],
            ]
            for run in found
        ],
    )


@app.command("list")
def list_(district: District = None, as_json: AsJson = False) -> None:
    """列出检测批次及其状态。 List the batches and how each stands.

    Example: qingfei runs list
    """
    with terminal_book().reading() as connection:
        found = batches.newest(connection, district)
        told = wire_runs.listed(connection, found, datetime.now(UTC))
    if as_json:
        emit(told)
        return
    table(
        ["批次", "区域", "状态", "影像", "窗口", "剩余", "图斑", "启动", "启动人"],
        [
            [
                one["name"],
                one["district_code"],
                state_of(one),
                f"{one['counts']['DONE']}/{one['scenes']}",
                windows(one),
                left(one["seconds_left"]),
                one["found"],
                moment(one["asked_at"]),
                one["asked_by"],
            ]
            for one in told["items"]
        ],
    )
    warn_of_workers(told["workers"], told["items"])


@app.command()
def start(
    name: Annotated[str, typer.Argument(help="批次名称。 Name of the batch.")],
    model: Annotated[str, typer.Option("--model", help="已发布的模型名称。 A published model.")],
    scenes: Annotated[
        list[str] | None, typer.Option("--scene", help="影像名称，可重复；不写为全部。 Scenes.")
    ] = None,
    district: District = None,
    kinds: Annotated[
        str | None,
        typer.Option("--kinds", help="已发布的变化判别名称：新增与扩大属何种变化。 A judge."),
    ] = None,
    min_area: Annotated[
        float | None, typer.Option("--min-area", min=0, help="最小面积 m²。")
    ] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="最小置信度。")] = 0.0,
    threads: Annotated[int, typer.Option(min=1, max=64, help="线程数。 Threads.")] = 1,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="非目标处少算几棵树，并抽查差异。 Fewer trees, audited."),
    ] = False,
    mask: Annotated[
        bool, typer.Option("--mask/--no-mask", help="是否排除云、影、雪。 Leave out cloud, snow.")
    ] = True,
    zones: Annotated[
        bool,
        typer.Option("--zones/--no-zones", help="是否标记忽略区内的图斑。 Mark ignore zones."),
    ] = True,
    as_json: AsJson = False,
) -> None:
    """启动一批检测（由 qingfei serve 或 qingfei worker 处理）。 Queue scenes for detection.

    Example: qingfei runs start 2026夏 --model strzegom-demo --threads 2
    """
    from gis.domain.detection.batch_errors import SceneNotHere
    from gis.domain.detection.limits import limits
    from remote_sensing.candidates import MIN_AREA_M2

    book = terminal_book()
    code = one_district(book, district)
    with book.reading() as connection:
        every = imagery.all_scenes(connection, code)
        chosen = models.model_named(connection, model)
        judge = None if kinds is None else models.model_named(connection, kinds)
    by_name = {one.name: one.id for one in every}
    for wanted in scenes or []:
        if wanted not in by_name:
            raise SceneNotHere(scene=wanted, district=code)
    asked = verbs.BatchAsked(
        id=uuid4(),
        district_code=code,
        name=name,
        scene_ids=[by_name[one] for one in scenes or by_name],
        model_id=chosen.id,
        parameters=limits(
            MIN_AREA_M2 if min_area is None else min_area, min_confidence, quick=quick, masked=mask
        ),
        threads=threads,
        with_zones=zones,
        judge_id=None if judge is None else judge.id,
    )
    tell(_told(book, verbs.start_batch(book, asked)[0]), as_json)


@app.command()
def show(batch: Which, as_json: AsJson = False) -> None:
    """显示一个批次每景影像的状态与进度。 Show how each scene of a batch stands.

    Example: qingfei runs show 2026夏
    """
    book = terminal_book()
    tell(_told(book, _batch(book, batch)), as_json)


@app.command()
def log(batch: Which, scene: Scene = None, as_json: AsJson = False) -> None:
    """显示一个批次的日志。 Show the log of a batch.

    Example: qingfei runs log 2026夏
    """
    told = _of_scene(_whole(terminal_book(), batch, lines=0), scene)
    if as_json:
        emit([{"scene": one["scene_name"], "log": one["log"]} for one in told["jobs"]])
        return
    for one in told["jobs"]:
        for line in one["log"]:
            at = moment(datetime.fromisoformat(line["at"]), "%m-%d %H:%M:%S")
            say(
                f"{at} {one['scene_name']} {line['zh']}",
                f"{at} {one['scene_name']} {line['en']}",
            )


@app.command()
def cancel(batch: Which, as_json: AsJson = False) -> None:
    """取消一个批次；正在处理的影像在下一个窗口处停下，可再续。 Cancel a batch; it can go on later.

    Example: qingfei runs cancel 2026夏
    """
    book = terminal_book()
    tell(_told(book, verbs.cancel_batch(book, _batch(book, batch).id)), as_json)


@app.command()
def retry(batch: Which, scene: Scene = None, as_json: AsJson = False) -> None:
    """重试失败或已取消的影像，从停下的窗口继续。 Try again what failed or was cancelled.

    Example: qingfei runs retry 2026夏
    """
    book = terminal_book()
    told = _of_scene(_whole(book, batch), scene)
    job = None if scene is None else told["jobs"][0]["id"]
    tell(_told(book, verbs.retry_batch(book, told["id"], job)), as_json)


@app.command()
def costs(
    tiles: Annotated[int, typer.Option(min=1, help="图幅数。 Tiles.")] = 200,
    dates: Annotated[int, typer.Option(min=1, help="期数。 Dates.")] = 6,
    side_px: Annotated[int, typer.Option(min=16, help="图幅边长像元数。 Side.")] = 10_980,
    workers: Annotated[int, typer.Option(min=1, help="每机进程数。 Workers each.")] = 1,
    machines: Annotated[int, typer.Option(min=1, help="机器数。 Machines.")] = 10,
    as_json: AsJson = False,
) -> None:
    """按实测速度估算全省检测的时间、内存与磁盘。 What a province costs, by measured rates.

    Example: qingfei runs costs --tiles 200 --dates 6
    """
    from api.costs import costs as of
    from gis.domain.detection.costs import Undertaking

    with terminal_book().reading() as connection:
        told = of(connection, Undertaking(tiles, dates, side_px, workers), machines)
    if as_json:
        emit(told)
        return
    rates = told["rates"]
    say(
        f"依据：{rates['source_zh']}，每秒 {rates['pixels_per_second'] / 1e6:.2f} 百万像元。",
        f"By {rates['source_en']}: {rates['pixels_per_second'] / 1e6:.2f} Mpx/s.",
    )
    table(
        ["机器", "每机影像", "小时", "每机内存 GB", "每机磁盘 GB"],
        [
            [one["machines"], one["scenes_each"], f"{one['hours']:,.1f}",
             f"{one['memory_gb']:,.1f}", f"{one['disk_gb']:,.0f}"]
            for one in told["costs"]
        ],
    )  # fmt: skip


def _batch(book: Book, named: str) -> DetectionBatch:
    with book.reading() as connection:
        try:
            return batches.batch(connection, UUID(named))
        except ValueError:
            return batches.named(connection, named)


def _whole(book: Book, named: str, lines: int = wire_runs.TAIL) -> dict[str, Any]:
    return _told(book, _batch(book, named), lines)


def _told(book: Book, batch: DetectionBatch, lines: int = wire_runs.TAIL) -> dict[str, Any]:
    with book.reading() as connection:
        return wire_runs.whole(connection, batch, datetime.now(UTC), lines)


def _of_scene(told: dict[str, Any], scene: str | None) -> dict[str, Any]:
    from gis.domain.detection.batch_errors import SceneNotHere

    jobs = [one for one in told["jobs"] if scene in (None, one["scene_name"])]
    if not jobs:
        raise SceneNotHere(scene=scene, district=told["name"])
    return {**told, "jobs": jobs}
