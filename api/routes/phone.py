"""The phone's page and what makes it work without a net; nothing of the register is in it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Cookie, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from api.access import Anyone, Conf
from api.certificates import files_in
from gis.errors import NotFound
from web_map import page, shell

router = APIRouter(include_in_schema=False)


class NoAuthority(NotFound):
    """This server has no certificate of its own making."""

    code = "no_authority"
    zh = "本服务器没有自制的根证书，请向管理员索取。"
    en = "This server has no authority of its own; ask the keeper."


Language = Literal["zh-CN", "en"]
Kept = Annotated[Language, Cookie(alias="qingfei_language")]
Asked = Annotated[Language | None, Query()]


@router.get("/field", dependencies=[Anyone])
def field_page(
    request: Request, language: Asked = None, qingfei_language: Kept = "zh-CN"
) -> Response:
    """Show the phone's page to anyone: who works with it signs in on it."""
    html = page.field_page(language or qingfei_language, request.state.nonce)
    return HTMLResponse(html, headers={"X-Qingfei-Shell": shell.version()})


@router.get("/field-worker.js", dependencies=[Anyone])
def worker() -> Response:
    """Return the service worker, which changes with any file of the shell."""
    headers = {"Cache-Control": "no-cache"}
    return Response(shell.worker(), media_type="text/javascript", headers=headers)


@router.get("/ca.crt", dependencies=[Anyone])
def authority(conf: Conf) -> Response:
    """Return the certificate that a phone has to trust; it is public and holds no key."""
    path = (conf.certificate or files_in(conf.certificates_dir).certificate).with_name("ca.crt")
    if not path.is_file():
        raise NoAuthority()
    return FileResponse(path, media_type="application/x-x509-ca-cert", filename="qingfei-ca.crt")


@router.get("/field.webmanifest", dependencies=[Anyone])
def manifest(language: Asked = None) -> Response:
    """Return what a phone needs to put the page on its home screen."""
    described: dict[str, Any] = shell.manifest(language or "zh-CN")
    headers = {"Cache-Control": "no-cache"}
    return JSONResponse(described, media_type="application/manifest+json", headers=headers)
