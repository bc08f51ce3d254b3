"""`qingfei serve`: the web server."""

import socket
from typing import Annotated

import typer

from api import database
from api.cli.output import say
from api.settings import Settings
from gis.errors import Conflict


class PortInUse(Conflict):
    """Another program listens there. Facts: host, port."""

    code = "port_in_use"
    zh = "{host}:{port} 已被其他程序占用：请先停止它，或用 --port（或 QINGFEI_PORT）另选端口。"
    en = (
        "{host}:{port} is taken by another program: stop it, or choose another port "
        "(--port, QINGFEI_PORT)."
    )


class AddressUnknown(Conflict):
    """This machine has no such address. Facts: host."""

    code = "address_unknown"
    zh = "本机没有地址 {host}，或无权使用该端口：请改用 127.0.0.1 或本机的地址。"
    en = "This machine cannot listen on {host}: use 127.0.0.1 or an address of its own."


Host = Annotated[str | None, typer.Option(help="监听地址。 Address to listen on.")]
Port = Annotated[int | None, typer.Option(help="端口。 Port.", min=1, max=65535)]


def serve(host: Host = None, port: Port = None) -> None:
    """启动地图网站。 Serve the map.

    Example: qingfei serve --port 8080
    """
    settings = Settings()
    run(settings.model_copy(update={"host": host or settings.host, "port": port or settings.port}))


def require_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on; raises PortInUse, AddressUnknown."""
    import errno

    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(host=host, port=port) from error
        raise AddressUnknown(host=host) from error


def run(settings: Settings) -> None:
    """Serve until stopped; the port and the register are checked before anything is said."""
    require_free(settings.host, settings.port)
    engine = database.open_register(settings)
    import uvicorn

    from api.app import create_app

    address = f"http://{settings.host}:{settings.port}"
    say(f"地图已启动：{address}（Ctrl+C 停止）", f"The map is served on {address} (Ctrl+C stops)")
    uvicorn.run(
        create_app(settings, engine),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
    )
