"""`qingfei serve`: the web server."""

import socket
import ssl
from pathlib import Path
from typing import Annotated

import typer

from api import database, workers
from api.cli.output import say, warn
from api.settings import Settings
from gis.errors import BadInput, Conflict


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


class CertificateUnfit(BadInput):
    """The certificate and its key cannot be used. Facts: reason."""

    code = "certificate_unfit"
    zh = (
        "证书或私钥无法使用（{reason}）：请用 qingfei certificate 生成，"
        "--certificate 与 --key 成对给出。"
    )
    en = (
        "The certificate or its key cannot be used ({reason}): make them by qingfei certificate, "
        "and give --certificate and --key together."
    )


Host = Annotated[str | None, typer.Option(help="监听地址。 Address to listen on.")]
Port = Annotated[int | None, typer.Option(help="端口。 Port.", min=1, max=65535)]

Certificate = Annotated[
    Path | None, typer.Option(help="https 证书（PEM）。 Certificate for https (PEM).")
]
Key = Annotated[Path | None, typer.Option(help="证书的私钥（PEM）。 Its key (PEM).")]


def serve(
    host: Host = None, port: Port = None, certificate: Certificate = None, key: Key = None
) -> None:
    """启动地图网站。 Serve the map.

    Example: qingfei serve --port 8080
    """
    settings = Settings()
    wish = {"host": host, "port": port, "certificate": certificate, "certificate_key": key}
    run(settings.model_copy(update={name: value for name, value in wish.items() if value}))


def with_https(settings: Settings) -> Settings:
    """Return the settings with a cookie for https where that is served; raises CertificateUnfit."""
    if settings.certificate is None and settings.certificate_key is None:
        return settings
    if settings.certificate is None or settings.certificate_key is None:
        raise CertificateUnfit(reason="--certificate, --key")
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            settings.certificate, settings.certificate_key
        )
    except OSError as error:  # what OpenSSL says of a file is one as well
        raise CertificateUnfit(reason=error.strerror or str(error)) from error
    return settings.model_copy(update={"secure_cookie": True})


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
    settings = with_https(settings)
    require_free(settings.host, settings.port)
    engine = database.open_register(settings)
    import uvicorn

    from api.app import create_app

    scheme = "https" if settings.certificate else "http"
    address = f"{scheme}://{settings.host}:{settings.port}"
    say(f"地图已启动：{address}（Ctrl+C 停止）", f"The map is served on {address} (Ctrl+C stops)")
    if not settings.certificate and settings.host not in ("127.0.0.1", "localhost", "::1"):
        warn(
            "提示：没有 https，手机不能离线使用、定位和拍照；用 qingfei certificate 生成证书。",
            "Note: without https phones cannot work offline or use GPS and camera; "
            "see qingfei certificate.",
        )
    with workers.beside(settings):
        uvicorn.run(
            create_app(settings, engine),
            ssl_certfile=settings.certificate,
            ssl_keyfile=settings.certificate_key,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
        )
