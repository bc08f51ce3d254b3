"""How errors leave the HTTP door: one clear sentence in two languages, nothing of our insides."""

import errno
import logging
from collections.abc import Iterable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.errors import (
    InternalError,
    MethodRefused,
    PageNotFound,
    RequestInvalid,
    status_of,
)
from gis.errors import DiskFull, QingfeiError, Unavailable

logger = logging.getLogger("qingfei")


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
        known: QingfeiError = MethodRefused() if error.status_code == 405 else PageNotFound()
        return response_of(known, error.status_code)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return response_of(DiskFull(path=error.filename or "—"))
        logger.error("%s %s", request.method, request.url.path, exc_info=error)
        return response_of(InternalError(), 500)
