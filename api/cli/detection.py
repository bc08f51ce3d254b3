"""`qingfei detect`: from images to candidates, with or without a register."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.options import AsJson, District, terminal_book
from api.cli.output import emit, progress, say, warn
from api.cli.runs_words import tell_audit
from api.cli.scene import Bands, Offset, Scale
from api.settings import Settings
from gis.domain.detection.limits import KINDS
from gis.errors import BadInput, QingfeiError
from gis.ledger import Book
from gis.store import imagery

if TYPE_CHECKING:
    from remote_sensing.change.kind_judge import ChangeKinds
    from remote_sensing.model import Model
    from remote_sensing.pipeline import DetectionResult
    from remote_sensing.runner import Runner
    from remote_sensing.scene import Scene


class SameStem(BadInput):
    """Two images of one batch would write into the same folder. Facts: name."""

    code = "same_stem"
    zh = "本批中有两幅影像都叫 {name}，结果会写进同一文件夹：请改名或分批运行。"
    en = "Two images of this batch are called {name} and would share a folder: rename one."


class SomeFailed(BadInput):
    """Some images of a batch failed; each was told. Facts: failed, total."""

    code = "some_failed"
    zh = "{total} 幅影像中有 {failed} 幅未完成，原因见上；其余结果已写出。"
    en = "{failed} of {total} images were not done, for the reasons above; the others were."


Threads = Annotated[int, typer.Option(help="线程数。 Threads.", min=1, max=64)]


def detect(
    images: Annotated[list[Path], typer.Argument(help="GeoTIFF 影像。 The images.")],
    model: Annotated[Path, typer.Option("--model", help="模型文件。 The model.")],
    out: Annotated[Path, typer.Option("--out", help="结果目录。 Where results go.")],
    threads: Threads = 1,
    dask: Annotated[str | None, typer.Option(help="Dask 调度器地址。 Scheduler.")] = None,
    bands: Bands = None,
    scale: Scale = None,
    offset: Offset = None,
    mask: Annotated[
        Path | None, typer.Option(help="云雪掩膜（scene mask 生成）。 What hides the ground.")
    ] = None,
    dem: Annotated[Path | None, typer.Option(help="高程模型，供坡度用。 Heights.")] = None,
    min_area: Annotated[
        float | None, typer.Option("--min-area", min=0, help="最小面积 m²。 Least area in m2.")
    ] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="最小置信度。")] = 0.0,
    ignore: Annotated[
        Path | None,
        typer.Option("--ignore", help="忽略区：区内图斑只作标记。 Zones where all is marked."),
    ] = None,
    window: Annotated[int, typer.Option(min=64, max=4096, help="窗口像元数。 Window size.")] = 512,
    overwrite: Annotated[bool, typer.Option(help="覆盖其他输入的结果。 Replace results.")] = False,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="非目标处少算几棵树，并抽查差异。 Fewer trees, audited."),
    ] = False,
    file: Annotated[
        bool, typer.Option("--file", help="同时入库。 Also file in the register.")
    ] = False,
    kinds: Annotated[
        Path | None,
        typer.Option("--kinds", help="判别文件或已登记的名称：新增与扩大属何种变化。 A judge."),
    ] = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """在影像中检测疑似图斑；中断后再次运行即从断点继续。 Detect candidates; run again to resume.

    Example: qingfei detect s2_20220619.tif --model demo.qfm --out runs --threads 2
    """
    if threads > 1 and dask:
        raise typer.BadParameter("--threads 与 --dask 只能选一个。 Choose --threads or --dask.")
    if kinds is not None and not file:
        raise typer.BadParameter("--kinds: --file")
    from remote_sensing import model as models
    from remote_sensing.candidates import MIN_AREA_M2
    from remote_sensing.ignored import read_zones
    from remote_sensing.pipeline import detect as detect_scene
    from remote_sensing.scene import open_scene

    for name, count in Counter(image.stem for image in images).items():
        if count > 1:
            raise SameStem(name=name)
    chosen = models.load(model)
    zones = None if ignore is None else read_zones(ignore)
    book = terminal_book() if file else None
    judge, told_by = (None, {}) if kinds is None or book is None else _judge(book, kinds)
    done: list[dict[str, Any]] = []
    failures = 0
    for image in images:
        try:
            scene = open_scene(
                image, bands=bands.split(",") if bands else None, scale=scale, offset=offset
            )
            if judge is not None:
                judge.require_bands(scene)  # before minutes of work
            scene = _joined(scene, mask, dem)
            with progress(image.stem, image.stem) as tell:
                result = detect_scene(
                    scene,
                    chosen,
                    out,
                    model_path=model,
                    run=_runner(threads, dask),
                    window_size=window,
                    min_area_m2=MIN_AREA_M2 if min_area is None else min_area,
                    min_confidence=min_confidence,
                    ignored=zones,
                    overwrite=overwrite,
                    quick=quick,
                    progress=tell,
                )
            filed = None
            if book is not None:
                filed = _file(book, scene, result, chosen, district, judge, told_by)
        except QingfeiError as error:
            if len(images) == 1:
                raise
            failures += 1
            warn(f"{image.name}：{error.sentence()}", f"{image.name}: {error.sentence('en')}")
            continue
        done.append(_summary(scene, result) | (filed or {}))
        if not as_json:
            _tell(scene, result, filed)
    if as_json:
        emit(done)
    if failures:
        raise SomeFailed(failed=failures, total=len(images))


def _joined(scene: "Scene", mask: Path | None, dem: Path | None) -> "Scene":
    """Return the scene without what a mask hides, and with an elevation model's slope."""
    if mask is not None:
        from remote_sensing.masks.masking import given_mask

        scene = scene.with_mask(given_mask(scene, mask))
    if dem is not None:
        from remote_sensing.relief.elevation import open_elevation

        scene = scene.with_dem(open_elevation(dem.resolve()))
    return scene


def _runner(threads: int, dask: str | None) -> "Runner":
    from remote_sensing import runner

    if dask is not None:
        return runner.dask(dask)
    return runner.serial if threads == 1 else runner.threads(threads)


def _file(
    book: Book,
    scene: "Scene",
    result: "DetectionResult",
    model: "Model",
    district: str | None,
    judge: "ChangeKinds | None",
    told_by: dict[str, str],
) -> dict[str, int]:
    from api.change_kinds import asker
    from api.filing import file_run, registered_scene
    from api.follow_up import follow_up_from
    from api.intake import SceneSent, add_scene

    if district is not None:
        sent = SceneSent(scene, district, scene.path.stem, "—", "")
        with book.reading() as connection:
            known = imagery.scene_of_file(connection, scene.sha256)
        if not any(s.district_code == district for s in known):
            add_scene(book, Settings(), sent)
    record = registered_scene(book, scene.sha256, scene.path.name, district)
    kinds = None if judge is None else asker(book, record, scene, judge)
    filed = file_run(book, record, result, model, Settings(), told_by, kinds)
    follow_up_from(book, record)
    return {"new": filed.new, "seen_again": filed.seen_again}


def _judge(book: Book, kinds: Path) -> "tuple[ChangeKinds, dict[str, str]]":
    """Return the judge of a file, or the registered one of that name, and how a run tells of it."""
    from api.model_shelf import loaded_judge
    from gis.store.models import model_named
    from remote_sensing.change import kind_training
    from remote_sensing.safe_files import sha256_of

    if kinds.is_file():
        return kind_training.load(kinds), {KINDS: sha256_of(kinds)}
    with book.reading() as connection:
        sha256 = model_named(connection, str(kinds)).sha256
    return loaded_judge(book, sha256), {KINDS: sha256}


def _summary(scene: "Scene", result: "DetectionResult") -> dict[str, Any]:
    return {
        "image": scene.path.name,
        "folder": result.folder,
        "candidates": len(result.candidates),
        "was_done": result.was_done,
        "windows_made": result.windows_made,
        "windows_resumed": result.windows_resumed,
    }


def _tell(scene: "Scene", result: "DetectionResult", filed: dict[str, int] | None) -> None:
    count, folder = len(result.candidates), result.folder
    radiometry = scene.radiometry
    if radiometry.assumption_zh:
        warn(radiometry.assumption_zh, radiometry.assumption_en or "")
    if result.was_done:
        say(
            f"{scene.path.name}：此前已全部完成，{count} 个疑似图斑，见 {folder}。",
            f"{scene.path.name}: all was done before, {count} candidates in {folder}.",
        )
    else:
        say(
            f"{scene.path.name}：{count} 个疑似图斑，见 {folder}"
            f"（窗口 {result.windows_made} 个，续用 {result.windows_resumed} 个）。",
            f"{scene.path.name}: {count} candidates in {folder} "
            f"({result.windows_made} windows, {result.windows_resumed} resumed).",
        )
    if audited := result.record.get("audit"):
        tell_audit(audited)
    if filed is not None:
        say(
            f"已入库：新增 {filed['new']} 个，再次见到 {filed['seen_again']} 个。",
            f"Filed: {filed['new']} new, {filed['seen_again']} seen again.",
        )
