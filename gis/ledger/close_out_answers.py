"""What close-out and look-back answer to the gates of a project's stages."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from gis.domain.closing.close_out import CloseOut, CloseOutSent
from gis.domain.sites.site import Site
from gis.domain.terms import CloseOutState, LookBackResult, SiteState
from gis.domain.works.gates import Elsewhere
from gis.domain.works.remediation import RemediationProject
from gis.ledger.book import utc_now
from gis.ledger.close_out_facts import facts_of, lacking
from gis.store import close_outs, look_backs, sites


def answer(
    connection: sa.Connection, project: RemediationProject, day: date
) -> dict[str, Elsewhere]:
    """Return whether a project's site is closed out, and whether it was looked back at since."""
    site = sites.site(connection, project.site_code)
    return {
        "close_out": _close_out(connection, site),
        "look_back": _look_back(connection, site),
    }


def _close_out(connection: sa.Connection, site: Site) -> Elsewhere:
    held = close_outs.in_force(connection, site.code)
    if held is not None and site.state in {SiteState.CLOSED, SiteState.SUSPECTED}:
        return Elsewhere(True, (str(held.id),))
    newest = next(iter(close_outs.of_site(connection, site.code)), None)
    if newest is not None and newest.state.is_waiting:
        return Elsewhere(False, (), newest.state.zh, newest.state.en)
    sent = nothing_sent(site) if newest is None or not _is_draft(newest) else newest
    lacks = lacking(facts_of(connection, site, sent, None, utc_now(), ()))
    zh = "尚未提出销号" if newest is None else newest.state.zh
    en = "not proposed yet" if newest is None else newest.state.en
    return Elsewhere(
        False,
        (),
        "；".join([zh, *(one.zh for one in lacks)]),
        "; ".join([en, *(one.en for one in lacks)]),
    )


def _is_draft(one: CloseOut) -> bool:
    """Say whether a close-out that was sent back is what the next one will start from."""
    return one.state is CloseOutState.RETURNED


def nothing_sent(site: Site) -> CloseOutSent:
    """Return the close-out of which nothing is said yet."""
    return CloseOutSent(
        id=UUID(int=0),
        site_code=site.code,
        works_began_on=None,
        works_ended_on=None,
        heads={},
        photos_before=[],
        photos_after=[],
        accepted_on=None,
        acceptance_no=None,
        note="",
    )


def _look_back(connection: sa.Connection, site: Site) -> Elsewhere:
    closed_on = look_backs.closed_on(connection, site.code)
    told = [
        one
        for one in look_backs.of_site(connection, site.code)
        if one.result is not LookBackResult.UNCLEAR
        and closed_on is not None
        and one.looked_on >= closed_on
    ]
    if told:
        return Elsewhere(True, (str(told[0].id),))
    return Elsewhere(
        False, (), "销号后还没有能够判断的回头看", "none since close-out that can tell"
    )
