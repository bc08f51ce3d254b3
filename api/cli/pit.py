"""`qingfei pit`: pits measured on elevation models, what changed between two, what is recorded."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer

from api import wire_pit
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from api.pit_measuring import ModelSent, PitAsked, measure_pair, measure_pile, measure_pit
from api.settings import Settings
from gis.domain.pits.survey import PitSurvey
from gis.domain.terms import RimBasis, SurveyBasis
from gis.ledger.pits import withdraw_survey
from gis.store import pit_surveys, sites
from gis.store.register import CHINA

app = typer.Typer(help="矿坑量算与修复。 Pits measured and restored.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="点位编号。 The site's code.")]
Id = Annotated[
    UUID | None, typer.Option("--id", help="重试时沿用的编号。 The same id makes a retry harmless.")
]
Kind = Annotated[
    SurveyBasis | None,
    typer.Option("--kind", help="DEM 地面模型 / DSM 表面模型。 Bare ground or surface."),
]
DATE = ["%Y-%m-%d"]


def _today() -> date:
    return datetime.now(CHINA).date()


@app.command()
def measure(
    code: Code,
    dem: Annotated[Path, typer.Option("--dem", help="高程模型 GeoTIFF（米）。 Heights in metres.")],
    level: Annotated[
        float | None, typer.Option("--level", help="填至高程（米）。 Fill to this level, in m.")
    ] = None,
    rim: Annotated[
        bool, typer.Option("--rim", help="填至坑沿最低处（默认）。 To the rim's low point.")
    ] = False,
    plane: Annotated[
        bool, typer.Option("--plane", help="填至坑沿拟合平面。 To the plane fitted to the rim.")
    ] = False,
    day: Annotated[
        datetime | None, typer.Option("--date", formats=DATE, help="测量日期。 Day of the survey.")
    ] = None,
    kind: Kind = None,
    accuracy: Annotated[
        float | None, typer.Option(min=0, max=100, help="高程中误差（米）。 Vertical 1-sigma, m.")
    ] = None,
    water_percent: Annotated[
        float | None, typer.Option(min=0, max=100, help="水面占比（%）。 Share under water, %.")
    ] = None,
    note: Annotated[str, typer.Option(help="说明。 A note.")] = "",
    identity: Id = None,
    as_json: AsJson = False,
) -> None:
    """在高程模型上量算坑深、可填容积与边坡并登记。 Measure a pit on a DEM and record it.

    Example: qingfei pit measure 150203-M00001-8 --dem pit_dem.tif --rim --date 2026-06-01
    """
    if (level is not None) + rim + plane > 1:
        raise typer.BadParameter("--level、--rim、--plane 只能选一个 (choose one of the three)")
    asked = PitAsked(
        identity or uuid4(),
        code,
        level if level is not None else RimBasis.PLANE if plane else RimBasis.LOW_POINT,
        accuracy,
        None if water_percent is None else water_percent / 100,
        note,
    )
    model = ModelSent(dem, dem.name, day.date() if day else _today(), kind)
    survey, _ = measure_pit(terminal_book(), model, asked)
    _tell(survey, as_json)


@app.command()
def volume(
    before: Annotated[Path, typer.Option("--before", help="前期高程模型。 The earlier model.")],
    after: Annotated[Path, typer.Option("--after", help="后期高程模型。 The later model.")],
    site: Annotated[str, typer.Option("--site", help="点位编号。 The site's code.")],
    before_day: Annotated[
        datetime, typer.Option("--before-date", formats=DATE, help="前期日期。 Its day.")
    ],
    after_day: Annotated[
        datetime | None, typer.Option("--after-date", formats=DATE, help="后期日期。 Its day.")
    ] = None,
    kind: Kind = None,
    identity: Id = None,
    as_json: AsJson = False,
) -> None:
    """对比两期高程模型：自动配准，给出挖方、填方与误差。 Compare two models: cut, fill, error.

    Example: qingfei pit volume --before a.tif --after b.tif --site 150203-M00001-8 --before-date
    2025-06-01
    """
    survey, _ = measure_pair(
        terminal_book(),
        ModelSent(before, before.name, before_day.date(), kind),
        ModelSent(after, after.name, after_day.date() if after_day else _today(), kind),
        PitAsked(identity or uuid4(), site),
    )
    _tell(survey, as_json)


@app.command()
def heap(
    code: Code,
    dem: Annotated[Path, typer.Option("--dem", help="高程模型 GeoTIFF（米）。 Heights in metres.")],
    kind: Kind = None,
    as_json: AsJson = False,
) -> None:
    """量算堆体高出周边地面的方量（只显示，不登记）。 Measure a heap; nothing is recorded.

    Example: qingfei pit heap 150203-W00001-D --dem heap_dsm.tif --kind DSM
    """
    found = measure_pile(terminal_book(), code, dem, kind)
    if as_json:
        emit(found)
        return
    volume = _with_sigma(found["volume_m3"], found["sigma_m3"])
    say(
        f"堆高 {found['height_m']:g} 米，高出周边地面 {volume} 立方米。",
        f"{found['height_m']:g} m high; {volume} m3 above the ground round it.",
    )
    for note in found["notes"]:
        say(f"· {note['zh']}", f"- {note['en']}")


@app.command("list")
def list_(code: Code, as_json: AsJson = False) -> None:
    """列出点位的坑体测量。 List the surveys of a site.

    Example: qingfei pit list 150203-M00001-8
    """
    with terminal_book().reading() as connection:
        sites.site(connection, code)
        found = pit_surveys.of_site(connection, code)
    if as_json:
        emit([wire_pit.survey(one) for one in found])
        return
    is_english = Settings().language.startswith("en")
    rows = [
        [
            one.surveyed_on,
            one.basis.name_in(Settings().language),
            "" if one.depth_m is None else f"{one.depth_m:g}",
            _with_sigma(one.free_volume_m3, one.free_volume_sigma_m3),
            _with_sigma(one.volume_change_m3, one.volume_change_sigma_m3),
            one.id,
        ]
        for one in found
    ]
    headings = ["日期", "依据", "坑深（米）", "可填容积（立方米）", "变化（立方米）", "编号"]
    english = ["Day", "Basis", "Depth, m", "Room, m3", "Change, m3", "Id"]
    table(english if is_english else headings, rows)


@app.command()
def withdraw(
    code: Code,
    survey_id: Annotated[UUID, typer.Argument(help="测量编号。 The survey's id.")],
    reason: Annotated[str, typer.Option("--reason", help="理由。 Why.")],
) -> None:
    """撤回一次有误的测量，原记录保留。 Set a wrong survey aside; it stays known.

    Example: qingfei pit withdraw 150203-M00001-8 0b9c… --reason 高程基准有误
    """
    withdraw_survey(terminal_book(), code, survey_id, reason)
    say("已撤回该测量。", "The survey is withdrawn.")


def _with_sigma(value: float | None, sigma: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" + ("" if sigma is None else f" ± {sigma:,.0f}")


def _tell(survey: PitSurvey, as_json: bool) -> None:
    if as_json:
        emit(wire_pit.survey(survey))
        return
    if survey.basis is SurveyBasis.PAIR:
        change = _with_sigma(survey.volume_change_m3, survey.volume_change_sigma_m3)
        moved = survey.details["registration"]
        where = f"{moved['dx_m']:.2f}, {moved['dy_m']:.2f}, {moved['dz_m']:.2f} m"
        say(
            f"净变化 {change} 立方米（正为填方）；已校正错位 {where}。",
            f"Net change {change} m3 (positive is fill); registered by {where}.",
        )
    else:
        room = _with_sigma(survey.free_volume_m3, survey.free_volume_sigma_m3)
        say(
            f"坑深 {survey.depth_m:g} 米，填至 {survey.level_m:g} 米可容 {room} 立方米。",
            f"{survey.depth_m:g} m deep; up to {survey.level_m:g} m it holds {room} m3.",
        )
    for note in survey.details["notes"]:
        say(f"· {note['zh']}", f"- {note['en']}")
