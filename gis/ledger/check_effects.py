"""What an accepted check does: a candidate is judged, a site is listed or put right."""

from gis.domain.checks.effect import facts_of
from gis.domain.checks.field_check import FieldCheck, require_complete
from gis.domain.sites.facts import require_sound
from gis.domain.sites.lineage import require_on_list
from gis.domain.sites.site import confirmed_site, serial_of
from gis.domain.terms import Verdict
from gis.ledger.book import Entry
from gis.ledger.check_places import CheckedPlace
from gis.ledger.sites import fitted, new_code, put_site, put_version
from gis.store import places, shape, tables
from gis.store.register import CHINA


def take_effect(entry: Entry, check: FieldCheck, place: CheckedPlace) -> FieldCheck:
    """Carry out what ``check`` says of the place as it is now; return it with its effects.

    A verdict other than a confirmation changes a candidate's state, but no listed site, whose
    history then says that no waste was found: removal belongs to close-out. Raises CheckIncomplete,
    LineageRefused, FactUnfit, and what an outline can be refused for.
    """
    require_complete(check)
    effects: dict[str, int] = {}
    is_confirmed = check.final_verdict.is_confirmed
    site_code = None
    if is_confirmed and place.site is None:
        site_code = _list(entry, check, place)
        effects[f"site:{site_code}"] = 1
    elif is_confirmed:
        assert place.site is not None
        effects[f"site:{place.site.code}"] = _put_right(entry, check, place)
    elif place.site is not None and check.final_verdict is not Verdict.UNREACHABLE:
        entry.log("find_no_waste", "site", place.site.code, after=check)
    if place.candidate is not None and (is_confirmed or place.site is None):
        after = place.candidate.judged(check.final_verdict, site_code)
        shape.replace(entry.connection, tables.candidates, after)
        entry.log("judge_candidate", "candidate", after.id, before=place.candidate, after=after)
        effects[f"candidate:{after.id}"] = after.version
    return check.moved(effects=effects, effect_at=entry.now)


def _list(entry: Entry, check: FieldCheck, place: CheckedPlace) -> str:
    """List the site that the check confirms and return its code."""
    assert place.candidate is not None
    district = places.district(entry.connection, place.district_code)
    seen = facts_of(check)
    code = new_code(entry, district, seen["kind"])
    site = confirmed_site(
        place.candidate,
        seen,
        code,
        f"{seen['kind'].zh}{serial_of(code)}号",
        recorded_at=entry.now,
        note=check.said.note,
        is_demo=district.is_demo,
    )
    if check.outline is not None:
        site = fitted(entry, site)
    require_sound(site, entry.now.astimezone(CHINA).date())
    put_site(entry, site, verb="confirm_site")
    return code


def _put_right(entry: Entry, check: FieldCheck, place: CheckedPlace) -> int:
    """Store the site's next version with what the check saw; return the version that holds."""
    before = place.site
    assert before is not None
    require_on_list(before)
    facts = facts_of(check)
    if all(getattr(before, name) == value for name, value in facts.items()):
        return before.version
    after = before.corrected(entry.now, **facts)
    require_sound(after, entry.now.astimezone(CHINA).date())
    return put_version(entry, before, after, verb="check_site").version
