"""`qingfei demo`: the whole path on shipped data, then the map."""

from typing import Annotated

import typer

from api.cli import serve
from api.cli.options import AsJson
from api.cli.output import emit, say
from api.settings import Settings


def demo(
    open_map: Annotated[
        bool, typer.Option("--serve/--no-serve", help="完成后启动地图。 Then serve the map.")
    ] = True,
    port: serve.Port = None,
    as_json: AsJson = False,
) -> None:
    """用随附的真实影像跑通全流程，并打开演示地图。 Run the whole path on the shipped imagery.

    Example: qingfei demo --no-serve
    """
    from api.demo import job

    settings = Settings()
    settings = settings.model_copy(update={"port": port or settings.port})
    if open_map:
        serve.require_free(settings.host, settings.port)
    summary = job.run(settings, say if not as_json else lambda zh, en: None)
    if as_json:
        emit(summary.as_dict())
    else:
        for zh, en in summary.lines():
            say(zh, en)
    if open_map:
        serve.run(settings)
