"""The pages that people open."""

from collections.abc import Callable
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Cookie, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.access import Anyone, user_of
from web_map import page

router = APIRouter(include_in_schema=False)

Language = Annotated[Literal["zh-CN", "en"], Cookie(alias="qingfei_language")]
Person = Literal["field", "analyst", "manager", "keeper"]


def _to_login(request: Request) -> Response:
    return RedirectResponse(f"/login?next={quote(request.url.path)}", status_code=303)


@router.get("/", dependencies=[Anyone])
def map_page(request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show the map to those signed in, the log-in page to others."""
    if user_of(request) is None:
        return _to_login(request)
    return HTMLResponse(page.map_page(qingfei_language, request.state.nonce))


@router.get("/field", dependencies=[Anyone])
def field_page(request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show the phone's page."""
    if user_of(request) is None:
        return _to_login(request)
    return HTMLResponse(page.field_page(qingfei_language, request.state.nonce))


@router.get("/login", dependencies=[Anyone])
def login_page(request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show the log-in page."""
    return HTMLResponse(page.login_page(qingfei_language, request.state.nonce))


def _office(name: page.OfficePage, request: Request, language: str, subject: str = "") -> Response:
    if user_of(request) is None:
        return _to_login(request)
    return HTMLResponse(page.office_page(name, language, request.state.nonce, subject))


@router.get("/sites/{code}", dependencies=[Anyone])
def site_page(code: str, request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show all that is known of one site."""
    return _office("site", request, qingfei_language, code)


def _section(name: page.OfficePage) -> Callable[[Request, Language], Response]:
    def show(request: Request, qingfei_language: Language = "zh-CN") -> Response:
        return _office(name, request, qingfei_language)

    show.__doc__ = f"Show the office's section {name}."
    return show


for section in page.SECTIONS:
    router.get(f"/{section}", dependencies=[Anyone])(_section(section))


@router.get("/help/{person}", dependencies=[Anyone])
def help_page(person: Person, request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show what one kind of user needs to know."""
    if user_of(request) is None:
        return _to_login(request)
    return HTMLResponse(page.help_page(person, qingfei_language, request.state.nonce))
