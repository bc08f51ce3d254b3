"""The HTTP door: one application made from settings, its routes by noun."""

import secrets
from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from api import replies
from api.errors import BodyTooLarge, CrossSite, LengthMissing
from api.routes import (
    account,
    area,
    assignments,
    audit,
    backfill,
    board,
    briefs,
    candidates,
    close_outs,
    deadlines,
    field_checks,
    follow_up,
    grading,
    health,
    identification,
    imagery,
    imports,
    inventory,
    layers,
    models,
    notices,
    outbox_files,
    pages,
    people,
    phone,
    photos,
    pits,
    places,
    projects,
    reaches,
    register,
    restoration,
    retrainings,
    review,
    runs,
    sampling,
    scenes,
    session,
    site_papers,
    sites,
    tiles,
    training_sets,
    zones,
)
from api.settings import Settings
from gis.store.boards import Boards
from web_map.assets import STATIC_DIR

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
MARK = "qingfei"
MOST_BODY_MB = 64
MOST_MB_AT = {outbox_files.ADDRESS: outbox_files.MOST_MB}
"""A phone's outbox with all its photographs is written to the disk as it comes, not to memory."""

ROUTES = APIRouter()
"""Every route, of all applications of this process: what FastAPI learns of each takes a while."""

for module in (
    health,
    session,
    account,
    pages,
    places,
    projects,
    candidates,
    register,
    board,
    reaches,
    briefs,
    sites,
    site_papers,
    follow_up,
    pits,
    close_outs,
    restoration,
    runs,
    sampling,
    backfill,
    identification,
    imports,
    layers,
    grading,
    inventory,
    tiles,
    review,
    zones,
    imagery,
    scenes,
    models,
    retrainings,
    training_sets,
    people,
    audit,
    field_checks,
    photos,
    outbox_files,
    assignments,
    deadlines,
    notices,
    area,
    phone,
):
    ROUTES.include_router(module.router)

Next = Callable[[Request], Awaitable[Response]]


def create_app(settings: Settings, engine: sa.Engine) -> FastAPI:
    """Return the application on a register that is of this program's schema."""
    app = FastAPI(
        title="清废 Qingfei",
        version="0.1.0",
        routes=ROUTES.routes,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.settings = settings
    app.state.engine = engine
    app.state.boards = Boards()
    replies.install(app)
    app.middleware("http")(guard)
    files = GZipMiddleware(StaticFiles(directory=STATIC_DIR), minimum_size=1_000)
    app.mount("/static", files, name="static")
    return app


async def guard(request: Request, call_next: Next) -> Response:
    """Refuse writes from elsewhere and bodies too large; let pages run our scripts only."""
    if request.method not in SAFE_METHODS and request.headers.get("x-requested-with") != MARK:
        await run_in_threadpool(replies.note, request)
        return replies.response_of(CrossSite())
    if "transfer-encoding" in request.headers:  # a body without end would fill the disk
        return replies.response_of(LengthMissing(), status=411)
    length = request.headers.get("content-length", "")
    most_mb = MOST_MB_AT.get(request.url.path, MOST_BODY_MB)
    if length.isdigit() and int(length) > most_mb * 1_000_000:
        return replies.response_of(BodyTooLarge(most_mb=most_mb), status=413)
    nonce = secrets.token_urlsafe(16)
    request.state.nonce = nonce
    response = await call_next(request)
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'self'; object-src 'none'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cache-Control", "no-store")
    if request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
    return response
