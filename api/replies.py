"""How errors leave the HTTP door: one clear sentence in two languages, nothing of our insides."""

import errno
import logging
from collections.abc import Iterable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.access import address_of, caller_of, whole_engine
from api.errors import (
    BodyUnreadable,
    InternalError,
    MethodRefused,
    PageNotFound,
    status_of,
)
from api.field_words import unfit
from gis.errors import DiskFull, NotAllowed, QingfeiError, Unavailable
from gis.ledger import Book
from gis.ledger.signing import STRANGER, refuse

logger = logging.getLogger("qingfei")

BY_STATUS: dict[int, type[QingfeiError]] = {400: BodyUnreadable, 405: MethodRefused}
"""What the framework itself refuses, by its status."""


def response_of(error: QingfeiError, status: int | None = None) -> JSONResponse:
    """Return an error as the client reads it: code, both sentences, and the facts."""
    headers = {"Retry-After": "5"} if isinstance(error, Unavailable) else None
    body = {
        "code": error.code,
        "zh": _sendable(error.sentence("zh-CN")),
        "en": _sendable(error.sentence("en")),
        "facts": {name: _sendable(str(value)) for name, value in error.facts.items()},
    }
    return JSONResponse(body, status_code=status or status_of(error), headers=headers)


def _sendable(text: str) -> str:
    """Return what a sentence quotes with half characters as ``?``: JSON has no bytes for them."""
    return text.encode("utf-8", "replace").decode()


def _fields(problems: Iterable[dict[str, object]]) -> list[str]:
    names = [".".join(str(part) for part in problem["loc"][1:])[:80] for problem in problems]  # type: ignore[index]
    return [name or "body" for name in names]


def note(request: Request) -> None:
    """Log that something was refused for lack of rights, in the name of who asked for it."""
    try:
        caller = caller_of(request)
        book = Book(whole_engine(request), caller.user.username if caller else STRANGER)
        refuse(book, "refused", address_of(request), f"{request.method} {request.url.path}"[:200])
    except QingfeiError as error:  # the refusal stands, whatever becomes of its entry
        logger.error("a refusal is not in the log", exc_info=error)


def install(app: FastAPI) -> None:
    """Make every error leave as one clear sentence in two languages."""

    @app.exception_handler(QingfeiError)
    def ours(request: Request, error: QingfeiError) -> JSONResponse:
        if isinstance(error, NotAllowed):
            note(request)
        return response_of(error)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        problems = error.errors()
        if any(p["type"] == "json_invalid" and isinstance(p["loc"][-1], int) for p in problems):
            return response_of(BodyUnreadable())
        return response_of(unfit(_fields(problems)))

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> JSONResponse:
        return response_of(BY_STATUS.get(error.status_code, PageNotFound)(), error.status_code)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return response_of(DiskFull(path=error.filename or "—"))
        logger.error("%s %s", request.method, request.url.path, exc_info=error)
        return response_of(InternalError(), 500)
