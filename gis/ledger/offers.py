"""Values that images and surveys offer for a unit's indicators, and taking one of them over."""

from datetime import date

import sqlalchemy as sa

from gis.domain.follow_up.peaks import peaks
from gis.domain.pits.offered import Known, Offer, Taking, offers, taken
from gis.domain.pits.restoration import RestorationUnit, UnitValue, require_figure
from gis.domain.pits.restoration_errors import UnitAccepted
from gis.domain.sites.errors import IdReused
from gis.domain.sites.site import Site
from gis.ledger.book import Book
from gis.rules import follow_up
from gis.rules import restoration as rules
from gis.store import observations, pit_surveys, restoration, shape, sites, tables
from gis.store.register import CHINA


def known_of(connection: sa.Connection, site: Site) -> Known:
    """Return what images and standing surveys know of a site that is seen."""
    months = follow_up.current().peak_of(site.district_code)
    years = peaks(observations.of_site(connection, site.code), months)
    looks = [peak.observation for peak in years if peak.observation is not None]
    held = {
        number: sites.version(connection, site.code, number)
        for number in {one.site_version for one in looks}
    }
    return Known(
        peaks=years,
        scenes=observations.scene_names(connection, [one.scene_id for one in looks]),
        outlines_m2={number: one.area_m2 for number, one in held.items() if one is not None},
        surveys=pit_surveys.of_site(connection, site.code),
    )


def offered(unit: RestorationUnit, known: Known, today: date) -> tuple[Offer, ...]:
    """Return what is offered for a unit that is not accepted yet, by its table's indicators."""
    if unit.accepted_on is not None:
        return ()
    bound = {rule.indicator for rule in rules.requirements() if rule.binds(unit)}
    found = offers(unit, known, rules.offers(), today)
    return tuple(one for one in found if one.indicator in bound)


def take_offer(book: Book, code: str, taking: Taking) -> tuple[UnitValue, bool]:
    """Keep an offered value as the indicator's, with its source; return it and whether it is new.

    The value, its interval and its source are read from what the unit's own site offers now.
    Raises NotInRegister, UnitAccepted, OfferMissing, OfferChanged, OfferOlder, IdReused.
    """
    with book.entry() as entry:
        unit = restoration.one(entry.connection, code, taking.unit_id)
        known = restoration.value_with_id(entry.connection, taking.id)
        if known is not None:
            if known.body_sha256 != taking.content_hash():
                raise IdReused(id=taking.id)
            return known, False
        if unit.accepted_on is not None:
            raise UnitAccepted(name=unit.name, day=unit.accepted_on)
        site = sites.site(entry.connection, code)
        today = entry.now.astimezone(CHINA).date()
        values = restoration.values_of(entry.connection, [unit.id])[unit.id]
        held = restoration.newest_values(values).get(taking.indicator)
        offer = taken(offered(unit, known_of(entry.connection, site), today), taking, held)
        require_figure(taking.indicator, taking.value)
        same = ("indicator", "measured_on", "source", "basis", "source_id", "low", "high")
        value = UnitValue(
            id=taking.id,
            unit_id=unit.id,
            value=taking.value,
            note="",
            cautions=offer.cautions,
            body_sha256=taking.content_hash(),
            recorded_at=entry.now,
            recorded_by=entry.actor,
            **{name: getattr(offer, name) for name in same},
        )
        shape.insert(entry.connection, tables.unit_values, [value])
        entry.log("take_unit_value", "site", code, after=value)
        return value, True
