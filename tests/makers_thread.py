"""A small district two weeks ago: layers, two listed sites, and a candidate that became a third."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from shapely import LineString, Point
from shapely.geometry import box

from gis.domain.detection.candidate import Candidate
from gis.domain.sites.site import Site
from gis.domain.terms import LayerKind, Responsibility, Role, WasteNature
from gis.ledger import Book, people, places
from gis.ledger.checks import record_field_check
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.ledger.sites import correct_site
from gis.store import candidates
from tests.ledger.looking import all_candidates
from tests.makers import (
    Clock,
    a_check,
    a_district,
    a_layer,
    a_run,
    a_scene,
    list_site,
    open_book,
    square,
)

ANALYST, REVIEWER = "wang", "li"
PASSWORD = "Correct-horse-7"


@dataclass(frozen=True, slots=True)
class Thread:
    """What stands two weeks ago: the site that the thread follows, and its candidate."""

    candidate: Candidate
    site: Site


def begin(database_url: str) -> Thread:
    """Open the register with its people, and confirm a slag pile that nobody answers for.

    It lies in the priority area, 0.7 km from a tributary and 0.8 km from houses; the two other
    sites lie outside of it and far away.
    """
    with open_book(database_url, Clock(datetime.now(UTC) - timedelta(days=14))) as book:
        for username, name, role in (
            (ANALYST, "王工", Role.ANALYST),
            (REVIEWER, "李工", Role.REVIEWER),
        ):
            people.add_user(book, username, name, role, PASSWORD)
        places.add_district(book, a_district())
        _lay(book)
        list_site(book, name="二号灰场", outline=square(109.64, 40.64), mass_t=5e5)
        list_site(
            book, name="三号渣土", outline=square(109.65, 40.82), nature=WasteNature.CONSTRUCTION
        )
        scene = add_scene(book, a_scene())
        file_candidates(book, scene.id, a_run(square(109.70, 40.70)))
        book.clock.tick()
        (found,) = all_candidates(book)
        seen = a_check(found, checked_at=book.clock() - timedelta(hours=2))
        record_field_check(book, seen, at_once=True)
        book.clock.tick()
        with book.reading() as connection:
            confirmed = candidates.candidate(connection, found.id)
        assert confirmed.site_code is not None
        site = correct_site(
            book,
            confirmed.site_code,
            name="一号渣堆",
            responsibility=Responsibility.OWNERLESS,
            height_m=6.0,
            mass_t=12_000.0,
            mass_basis="面积×堆高×容重",
            is_bare=True,
            is_steep_or_high=False,
            is_dumping_active=False,
            has_dust_control=False,
            has_runoff_control=False,
            has_seepage_control=False,
            retaining="NONE",
            monitoring="NONE",
            history="NONE",
        )
        return Thread(confirmed, site)


def _lay(book: Book) -> None:
    far = box(109.61, 40.88, 109.62, 40.89)
    for kind, shape in (
        (LayerKind.MAIN_STEM, LineString([(109.6, 40.601), (109.9, 40.601)])),
        (LayerKind.TRIBUTARY, LineString([(109.71034, 40.61), (109.71034, 40.89)])),
        (LayerKind.RIVER_ZONE, far),
        (LayerKind.SOURCE_ZONE, far),
        (LayerKind.RED_LINE, far),
        (LayerKind.FARMLAND, far),
        (LayerKind.RESERVE, far),
        (LayerKind.DWELLING, Point(109.7011, 40.7092)),
        (LayerKind.PRIORITY_AREA, box(109.68, 40.68, 109.74, 40.74)),
    ):
        layer, (feature,) = a_layer(kind, shape)
        places.add_layer(book, layer, [replace(feature, name_zh=kind.zh, name_en=kind.en)])
