"""A register of many made-up sites with two years of history, for measuring; made in the database.

One site is listed by the product's own verbs. The others are its copies with other codes, places,
sizes, words, versions, surroundings, gradings and projects, all drawn from a seeded hash.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from shapely import LineString
from shapely.geometry import box

from gis.domain.place import District
from gis.domain.sites.site import site_code
from gis.domain.terms import LayerKind, SiteKind
from gis.ledger import Book, places
from gis.ledger.works import put_project
from gis.spatial.crs import as_multipolygon
from gis.store import listed
from tests.makers import a_layer, a_project, list_site

DISTRICT = "150203"
KINDS = tuple(kind for kind in SiteKind if kind is not SiteKind.MINE)
BEGAN = timedelta(days=730)

DRAW = """
create function draw(n bigint, salt text) returns double precision language sql immutable as
$$ select (hashtextextended(n::text || salt, 0) & 1048575) / 1048576.0 $$;
create function word(n bigint, salt text, words text) returns text language sql immutable as
$$ select (string_to_array(words, ' '))[1 + floor(draw(n, salt)
    * array_length(string_to_array(words, ' '), 1))::int] $$;
"""
LATER = "began + make_interval(mins => (n % 400000)::int) + (v - 1) * interval '320 days'"
WHERE = "109.6 + 0.29 * draw(n, 'x')", "40.6 + 0.29 * draw(n, 'y')"
OUTLINE = (
    "st_multi(st_buffer(st_setsrid(st_makepoint({}, {}), 4490), 0.0002 + 0.001 * draw(n, 'r'), 5))"
).format(*WHERE)

SITE = {
    "code": "made.code",
    "version": "v",
    "recorded_at": LATER,
    "kind": "made.kind",
    "name": "'堆场' || n",
    "town": "nullif(word(n, 'town', '昆河镇 卜尔汉图镇 昆北街道 阿尔丁 -'), '-')",
    "waste_class": "word(n, 'class', 'SW01 SW02 SW03 SW04 SW05 SW59 SW64 SW72 HW UNIDENTIFIED')",
    "nature": "word(n + v, 'nature', 'CLASS_I CLASS_II UNIDENTIFIED UNIDENTIFIED HAZARDOUS MIXED')",
    "responsibility": "word(n, 'resp', 'OWNERLESS UNCLEAR GOVERNMENT OWNER')",
    "responsible_party": "case when n % 3 = 0 then '某某矿业有限公司' || n % 977 end",
    "area_m2": "100 + 60000 * draw(n, 'r')",
    "height_m": "case when n % 5 > 0 then 1 + 30 * draw(n, 'h') end",
    "mass_t": "case when n % 4 > 0 then exp(4 + 12 * draw(n + v, 'm')) end",
    "found_on": "date '2021-01-01' + (1800 * draw(n, 'f'))::int",
    "state": "word(n + v, 'state', 'LISTED LISTED LISTED IN_REMEDIATION ACCEPTED CLOSED')",
    "note": "'现场踏勘记录' || n",
    "outline": OUTLINE,
}
STRETCH = "(select {} from stretches where k = floor(300 * draw(n, 'k'))::int)"
AROUND = {
    "site_code": "made.code",
    "measured_at": LATER,
    "reach": STRETCH.format("name_zh"),
    "river": STRETCH.format("river"),
    "chainage_m": STRETCH.format("from_m + (to_m - from_m) * draw(n, 'c')"),
    "river_distance_m": "20000 * draw(n, 'd') ^ 2",
    "bank": "word(n, 'bank', 'LEFT RIGHT')",
    "main_stem_distance_m": "20000 * draw(n, 'd')",
    "in_priority_area": "case when n % 3 > 0 then n % 7 = 0 end",
}
GRADING = {
    "site_code": "made.code",
    "graded_at": LATER,
    "site_version": "v",
    "grade": "word(n + v, 'grade', 'HIGH MEDIUM MEDIUM LOW LOW LOW')",
    "is_provisional": "(n + v) % 3 = 0",
    "confidence": "draw(n, 'conf')",
    "points_h": "floor(100 * draw(n + v, 'ph'))",
    "points_s": "floor(100 * draw(n, 'ps'))",
    "points_r": "floor(100 * draw(n, 'pr'))",
}
PROJECT = {
    "id": "md5(n::text)::uuid",
    "version": "v",
    "recorded_at": LATER,
    "site_code": "made.code",
    "stage": "word(n + v, 'stage', 'RESERVE SURVEY APPROVAL WORKS ACCEPTANCE CLOSED')",
    "due_on": "case when n % 9 > 0 then current_date - 200 + (900 * draw(n, 'due'))::int end",
    "progress_percent": "(100 * draw(n + v, 'prog'))::int",
}


def lay_rivers(book: Book) -> None:
    """Adopt a main stem of 40 reaches and 26 tributaries of 10 reaches each: 300 in all."""
    stem = LineString([(108.62, 40.55), (110.9763, 40.55)])
    brooks = [
        LineString([(lon, 40.7302), (lon, 40.55)]) for lon in (109.37 + 0.03 * k for k in range(26))
    ]
    layer, features = a_layer(LayerKind.MAIN_STEM, stem)
    places.add_layer(book, layer, [replace(features[0], name_zh="黄河")])
    layer, features = a_layer(LayerKind.TRIBUTARY, *brooks)
    named = [replace(f, name_zh=f"{k}号沟") for k, f in enumerate(features, start=1)]
    places.add_layer(book, layer, named)


def make(book: Book, count: int) -> None:
    """Fill an empty register with ``count`` sites; half of them bear a project."""
    now = datetime.now(UTC)
    outline = as_multipolygon(box(109.6, 40.6, 109.9, 40.9))
    places.add_district(book, District(DISTRICT, "昆都仑区", "Kundulun", 4546, True, outline))
    lay_rivers(Book(book.engine, "bench", lambda: now - BEGAN - timedelta(days=2)))
    first = list_site(Book(book.engine, "bench", lambda: now - BEGAN - timedelta(days=1)))
    with book.entry() as entry:
        project = a_project(first.code, recorded_at=now - BEGAN - timedelta(hours=9))
        put_project(entry, project)
    with book.engine.begin() as connection:
        connection.execute(sa.text(DRAW))
        connection.execute(
            sa.text(
                "create temp table stretches as select row_number() over (order by code) - 1 as k,"
                " name_zh, river, from_m, to_m from reaches"
            )
        )
        connection.execute(sa.text("create unique index on stretches (k)"))
        connection.execute(
            sa.text("create temp table made (n bigint, code text, kind text, began timestamptz)")
        )
        rows = (
            (n, site_code(DISTRICT, KINDS[n % len(KINDS)], n), KINDS[n % len(KINDS)].value)
            for n in range(2, count + 1)
        )
        raw = connection.connection.driver_connection
        assert raw is not None
        with raw.cursor().copy("copy made (n, code, kind) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        run = connection.execute
        run(sa.text("update made set began = :began"), {"began": now - BEGAN})
        run(
            sa.text(
                "insert into site_codes (code, district_code, serial, registered_at) "
                f"select code, '{DISTRICT}', n, began from made"
            )
        )
        _multiply(connection, "sites", SITE, "generate_series(1, 2 + (n % 2)::int)")
        _multiply(connection, "surroundings", AROUND, "generate_series(1, 1 + (n % 2)::int)")
        _multiply(connection, "gradings", GRADING, "generate_series(1, 2 + (n % 2)::int)")
        _multiply(connection, "projects", PROJECT, "generate_series(1, 2)", "n % 2 = 0")
        listed.rebuild(connection)
    with book.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("vacuum analyze"))


def _multiply(
    connection: sa.Connection, table: str, draw: dict[str, str], versions: str, which: str = "true"
) -> None:
    query = "select column_name from information_schema.columns where table_name = :table"
    names = list(connection.scalars(sa.text(query), {"table": table}))
    values = ", ".join(draw.get(name, f"template.{name}") for name in names)
    connection.execute(
        sa.text(
            f"insert into {table} ({', '.join(names)}) select {values} from made "
            f"cross join lateral {versions} as v "
            f"cross join (select * from {table} limit 1) template where {which}"
        )
    )
