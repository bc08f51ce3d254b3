"""From an error's place in the tree to HTTP; and the doors' own errors."""

import errno
import logging
from collections.abc import Iterable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from gis.errors import (
    BadInput,
    Conflict,
    NotAllowed,
    NotFound,
    NotSignedIn,
    QingfeiError,
    Unavailable,
)

STATUS: dict[type[QingfeiError], int] = {
    BadInput: 422,
    NotSignedIn: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Unavailable: 503,
}

logger = logging.getLogger("qingfei")


class RequestInvalid(BadInput):
    """A request whose fields do not fit. Facts: fields."""

    code = "request_invalid"
    zh = "提交的内容有误（{fields}），请更正后重新提交。"
    en = "The request does not fit ({fields}); correct it and send it again."


class PageNotFound(NotFound):
    """No route of that address."""

    code = "page_not_found"
    zh = "没有这个地址，请从首页进入。"
    en = "There is nothing at this address; start from the home page."


class MethodRefused(BadInput):
    """The address exists, the method does not."""

    code = "method_refused"
    zh = "该地址不支持此操作。"
    en = "This address does not take that method."


class InternalError(Unavailable):
    """A fault of ours; the log has the rest."""

    code = "internal_error"
    zh = "服务器内部错误，操作未生效：请稍后重试，仍有问题请联系系统管理员查看日志。"
    en = "The server failed and nothing was stored: try again, or ask the keeper to read the log."


class DiskFull(Unavailable):
    """No room on the disk."""

    code = "disk_full"
    zh = "磁盘空间不足，操作未生效：请清理磁盘后重试。"
    en = "The disk is full and nothing was stored: make room, then try again."


class CrossSite(NotAllowed):
    """A write that did not come from this application's own pages."""

    code = "cross_site"
    zh = (
        "请求未带本系统的标记，已拒绝：请从本系统页面操作，接口调用请加 X-Requested-With: qingfei。"
    )
    en = (
        "The request lacks this application's mark: use its own pages, or send the header "
        "X-Requested-With: qingfei."
    )


def status_of(error: QingfeiError) -> int:
    """Return the HTTP status of an error by its place in the tree."""
    for kind, status in STATUS.items():
        if isinstance(error, kind):
            return status
    return 500


def response_of(error: QingfeiError, status: int | None = None) -> JSONResponse:
    """Return an error as the client reads it: code, both sentences, and the facts."""
    headers = {"Retry-After": "5"} if isinstance(error, Unavailable) else None
    body = {
        "code": error.code,
        "zh": error.sentence("zh-CN"),
        "en": error.sentence("en"),
        "facts": {name: str(value) for name, value in error.facts.items()},
    }
    return JSONResponse(body, status_code=status or status_of(error), headers=headers)


def _fields(problems: Iterable[dict[str, object]]) -> str:
    names = [".".join(str(part) for part in problem["loc"][1:]) for problem in problems]  # type: ignore[index]
    return "、".join(dict.fromkeys(name or "body" for name in names))


def install(app: FastAPI) -> None:
    """Make every error leave as one clear sentence in two languages."""

    @app.exception_handler(QingfeiError)
    def ours(request: Request, error: QingfeiError) -> JSONResponse:
        return response_of(error)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return response_of(RequestInvalid(fields=_fields(error.errors())))

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> JSONResponse:
        known = MethodRefused() if error.status_code == 405 else PageNotFound()
        return response_of(known, error.status_code)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return response_of(DiskFull(), 507)
        logger.error("%s %s", request.method, request.url.path, exc_info=error)
        return response_of(InternalError(), 500)
