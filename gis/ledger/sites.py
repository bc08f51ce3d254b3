"""Verbs on listed sites: list, correct and measure; each is graded anew by what changed."""

from dataclasses import replace

from gis.domain.grading.grading import Decision
from gis.domain.place import District
from gis.domain.sites.errors import SiteStale
from gis.domain.sites.facts import require_correctable, require_sound
from gis.domain.sites.history import differences, plain, sentence
from gis.domain.sites.lineage import require_on_list
from gis.domain.sites.site import Site, site_code
from gis.domain.sites.surroundings import Surroundings
from gis.domain.terms import SiteKind
from gis.ledger.book import Book, Entry
from gis.ledger.grading import put_grade
from gis.ledger.places import around_of
from gis.spatial import measure
from gis.store import log, places, shape, sites, tables
from gis.store.register import CHINA


def new_code(entry: Entry, district: District, kind: SiteKind) -> str:
    """Draw the next code of a district and register it for good."""
    serial = sites.next_serial(entry.connection, district.code)
    code = site_code(district.code, kind, serial)
    sites.put_code(entry.connection, code, district.code, serial, entry.now)
    return code


def put_site(
    entry: Entry, site: Site, around: Surroundings | None = None, *, verb: str = "list_site"
) -> Decision:
    """Store a new site with its surroundings and first grade, in the caller's transaction."""
    measure.require_fit(
        site.outline, site.name, places.district(entry.connection, site.district_code)
    )
    shape.insert(entry.connection, tables.sites, [site])
    entry.log(verb, "site", site.code, after=site)
    put_surroundings(entry, around or measured(entry, site))
    return put_grade(entry, site.code)


def measured(entry: Entry, site: Site) -> Surroundings:
    """Measure a site's surroundings from its district's layers."""
    district = places.district(entry.connection, site.district_code)
    around = around_of(entry.connection, district)
    return around.of(site.code, site.outline, entry.now)


def put_surroundings(entry: Entry, around: Surroundings) -> None:
    """Store what was measured round a site."""
    shape.insert(entry.connection, tables.surroundings, [around])
    entry.log("measure_site", "site", around.site_code, after=around)


def put_version(entry: Entry, before: Site, after: Site, *, verb: str = "correct_site") -> Site:
    """Store a site's next version and grade it; a new outline is measured with what lies round it.

    Raises GeometryInvalid, OutsideDistrict, MetricCrsUnfit.
    """
    is_redrawn = after.outline != before.outline
    if is_redrawn:
        after = fitted(entry, after)
    shape.insert(entry.connection, tables.sites, [after])
    entry.log(verb, "site", after.code, before=before, after=after)
    if is_redrawn:
        put_surroundings(entry, measured(entry, after))
    put_grade(entry, after.code)
    return after


def correct_site(book: Book, code: str, seen_version: int | None = None, **changes: object) -> Site:
    """Store the next version of a site's facts and grade it anew; the code never changes.

    Changes that already hold add nothing, so a request that is sent again is harmless. Raises
    NotInRegister, SiteStale where the site has moved on since ``seen_version``, ClosedByDeed,
    FactUnfit, and what `put_version` raises.
    """
    with book.entry() as entry:
        before = sites.site(entry.connection, code)
        if all(getattr(before, name) == value for name, value in changes.items()):
            return before
        if seen_version is not None and seen_version != before.version:
            raise _stale(entry, before, seen_version)
        require_on_list(before)
        after = before.corrected(entry.now, **changes)
        require_correctable(before, after)
        require_sound(after, entry.now.astimezone(CHINA).date())
        return put_version(entry, before, after)


def _stale(entry: Entry, current: Site, seen_version: int) -> SiteStale:
    seen = sites.version(entry.connection, current.code, seen_version)
    found = differences(plain(seen), plain(current)) if seen is not None else []
    said = log.history(entry.connection, current.code)
    return SiteStale(
        code_=current.code,
        yours=seen_version,
        current=current.version,
        by=next((row["actor"] for row in said if row["at"] == current.recorded_at), "—"),
        changed_zh=sentence(found, "zh"),
        changed_en=sentence(found, "en"),
    )


def fitted(entry: Entry, site: Site) -> Site:
    """Return ``site`` with its outline as stored and the areas of that outline."""
    district = places.district(entry.connection, site.district_code)
    outline = measure.require_fit(site.outline, site.name, district)
    size = measure.extent(outline, district.metric_epsg)
    return replace(
        site, outline=outline, area_m2=size.area_m2, area_geodesic_m2=size.area_geodesic_m2
    )
