"""The place that a field check is of, as it is now, and how the check stands to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shapely import MultiPolygon

from gis.domain.checks.field_check import CheckSent, FieldCheck
from gis.domain.detection.candidate import Candidate
from gis.domain.sites.site import Site
from gis.domain.terms import SiteState, Standing, Verdict
from gis.ledger.book import Entry
from gis.store import candidates, sight, site_papers, sites


@dataclass(frozen=True, slots=True)
class CheckedPlace:
    """A candidate, the site that it became, or a site; ``version`` is that of what was checked.

    Of a candidate that only the office has marked since it is the one that the team saw.
    """

    key: str
    candidate: Candidate | None
    site: Site | None
    district_code: str
    version: int
    outline: MultiPolygon


def place_of(entry: Entry, sent: CheckSent) -> CheckedPlace:
    """Return the place of a check as it is now; raises NotInRegister.

    What was found at a place beyond the sender's sight is kept too: the work may have been given to
    others while the phone was without a signal.
    """
    with sight.lifted(entry.connection):
        return _place(entry, sent)


def _place(entry: Entry, sent: CheckSent) -> CheckedPlace:
    if sent.candidate_id is not None:
        one = candidates.candidate(entry.connection, sent.candidate_id, for_update=True)
        site = sites.site(entry.connection, one.site_code) if one.site_code else None
        seen = sent.seen_version
        is_same = seen < one.version and not candidates.has_changed(entry.connection, one, seen)
        version = seen if is_same else one.version
        return CheckedPlace(sent.place_key, one, site, one.district_code, version, one.outline)
    assert sent.site_code is not None
    site = sites.site(entry.connection, sent.site_code)
    return CheckedPlace(sent.place_key, None, site, site.district_code, site.version, site.outline)


def heir_of(entry: Entry, place: CheckedPlace, outline: MultiPolygon) -> CheckedPlace:
    """Return what a place that left the list has become: of several parts the one looked at."""
    while place.site is not None and not place.site.state.is_on_list:
        codes = [
            step.to_code
            for step in site_papers.lineage_of(entry.connection, place.site.code)
            if step.from_code == place.site.code
        ]
        heirs = [sites.site(entry.connection, code) for code in codes]
        site = max(heirs, key=lambda one: one.outline.intersection(outline).area)
        place = replace(place, candidate=None, site=site, outline=site.outline)
    return place


def seen_outline(entry: Entry, sent: CheckSent, place: CheckedPlace) -> MultiPolygon:
    """Return the place's outline in the version that was looked at, as far as it is known."""
    if place.version == sent.seen_version:
        return place.outline
    if place.candidate is not None:
        return candidates.outline_at(entry.connection, place.candidate, sent.seen_version)
    assert place.site is not None
    seen = sites.version(entry.connection, place.site.code, sent.seen_version)
    return seen.outline if seen is not None else place.outline


def standing_of(
    sent: CheckSent, verdict: Verdict, place: CheckedPlace, others: Iterable[FieldCheck]
) -> Standing:
    """Return how a check stands to the place as it is now and to the place's other checks.

    A place that left the list is changed by a person who looks at what became of it. A listed
    site is not taken from the list by a check: removal belongs to close-out.
    """
    site = place.site
    if site is not None and (not site.state.is_on_list or site.state is SiteState.CLOSED):
        return Standing.PROPOSAL
    for other in others:
        is_newer = (other.effects or {}).get(place.key, 0) > sent.seen_version
        if other.is_unsettled or (is_newer and other.standing is not Standing.SET_ASIDE):
            return Standing.PARALLEL
    if place.version != sent.seen_version:
        return Standing.PROPOSAL
    if site is not None and verdict in {Verdict.GONE, Verdict.LOOK_ALIKE}:
        return Standing.PROPOSAL
    return Standing.PLAIN
