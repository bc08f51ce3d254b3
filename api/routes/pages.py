"""The pages that people open."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Cookie, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api import wire_people
from api.access import Anyone, caller_of
from gis.domain.terms import Role
from web_map import page
from web_map.sections import may_open

router = APIRouter(include_in_schema=False)

Language = Annotated[Literal["zh-CN", "en"], Cookie(alias="qingfei_language")]
Person = Literal["field", "analyst", "manager", "keeper"]


def _show(name: str, request: Request, draw: Callable[[Role], str]) -> Response:
    """Return a page to who may open it; others get to the log-in page, or where their work is."""
    caller = caller_of(request)
    if caller is None or caller.user.must_change:
        return RedirectResponse(f"/login?next={quote(request.url.path)}", status_code=303)
    if not may_open(caller.user.role, name):
        return RedirectResponse(wire_people.home_of(caller.user), status_code=303)
    return HTMLResponse(draw(caller.user.role))


@router.get("/", dependencies=[Anyone])
def map_page(request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show the map to those signed in, the log-in page to others."""
    nonce = request.state.nonce
    return _show("map", request, lambda role: page.map_page(qingfei_language, nonce, role))


@router.get("/login", dependencies=[Anyone])
def login_page(request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show the log-in page; to whoever is in already, the form of a new password alone."""
    caller = caller_of(request)
    subject = "change" if caller is not None and caller.user.must_change else ""
    return HTMLResponse(page.login_page(qingfei_language, request.state.nonce, subject))


def _office(name: page.OfficePage, request: Request, language: str, subject: str = "") -> Response:
    nonce = request.state.nonce
    draw = partial(page.office_page, name, language, nonce)
    return _show(name, request, lambda role: draw(role, subject))


@router.get("/sites/{code}", dependencies=[Anyone])
def site_page(code: str, request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show all that is known of one site."""
    return _office("site", request, qingfei_language, code)


@router.get("/runs/{run_id}/review", dependencies=[Anyone])
def review_page(run_id: str, request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show what one run found, for an analyst to judge."""
    return _office("review", request, qingfei_language, run_id)


@router.get("/runs/compare", dependencies=[Anyone])
def compare_page(request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show what two runs found of one place."""
    return _office("compare", request, qingfei_language)


@router.get("/runs/costs", dependencies=[Anyone])
def costs_page(request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show what detection over a province costs."""
    return _office("runs", request, qingfei_language, "costs")


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
    nonce = request.state.nonce
    return _show("help", request, lambda role: page.help_page(person, qingfei_language, nonce))


@router.get("/runs/{batch_id}", dependencies=[Anyone])
def batch_page(batch_id: str, request: Request, qingfei_language: Language = "zh-CN") -> Response:
    """Show how one batch of detection stands."""
    return _office("runs", request, qingfei_language, batch_id)
