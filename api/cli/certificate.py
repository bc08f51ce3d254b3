"""`qingfei certificate`: what phones need to trust the server."""

from pathlib import Path
from typing import Annotated

import typer

from api import certificates
from api.cli.options import AsJson
from api.cli.output import emit, say
from api.settings import Settings

Hosts = Annotated[
    list[str],
    typer.Option(
        "--host", help="手机访问的 IP 或主机名，可重复。 Address that phones open; repeat."
    ),
]
Folder = Annotated[
    Path | None, typer.Option("--folder", help="证书存放处。 Where the certificates are kept.")
]


def certificate(host: Hosts, folder: Folder = None, as_json: AsJson = False) -> None:
    """生成手机访问所需的 https 证书。 Make the https certificate that phones need.

    Example: qingfei certificate --host 10.1.2.3
    """
    made = certificates.make(folder or Settings().certificates_dir, host)
    if as_json:
        emit(made._asdict())
        return
    say(
        f"已生成。手机须安装并信任：{made.authority}\n"
        f"启动：qingfei serve --host 0.0.0.0 --certificate {made.certificate} --key {made.key}",
        f"Done. Phones have to install and trust {made.authority}\n"
        f"Start: qingfei serve --host 0.0.0.0 --certificate {made.certificate} --key {made.key}",
    )
