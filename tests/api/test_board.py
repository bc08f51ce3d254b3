"""The board over HTTP: the same sites as the list's, refusals in one sentence."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from gis.domain.people.accounts import Sight
from gis.domain.terms import SiteKind, SiteState
from gis.ledger.works import put_project
from gis.store.register import CHINA
from gis.store.tables import ledger_log
from tests.api.sighted import UNITS, WEST, entering
from tests.makers import a_project, list_site, square
from tests.two_towns import EAST, text_of

HERE = {"district": "150203"}
TODAY = datetime.now(UTC).astimezone(CHINA).date()


@pytest.fixture
def sites(book, client):
    facts = [
        {"mass_t": 12_345.6, "state": SiteState.CLOSED},
        {"kind": SiteKind.MINE_PIT, "town": None},
        {"town": "卜尔汉图镇"},
    ]
    found = [
        list_site(book, name=f"堆{i}", outline=square(109.61 + 0.04 * i, 40.65), **one)
        for i, one in enumerate(facts)
    ]
    with book.entry() as entry:
        late = a_project(found[0].code, due_on=TODAY - timedelta(days=9), recorded_at=entry.now)
        put_project(entry, late)
    return found


def test_the_board_agrees_with_the_list_under_any_filter(client, sites):
    wishes = [{}, {"kind": "MINE_PIT"}, {"unknown": "town"}, {"deadline": "RED"}, {"text": "堆2"}]
    for asked in [*wishes, {"changed": "LISTED"}, {"as_of": "2020-01-01"}]:
        board = client.get("/api/board", params=HERE | asked).json()
        since = {"since": board["since"]} if "changed" in asked else {}
        listed = client.get("/api/sites", params=HERE | asked | since).json()
        assert board["total"]["sites"] == listed["total"], asked


def test_figures_parts_changes_and_works(client, sites):
    board = client.get("/api/board", params=HERE).json()
    assert board["day"] == TODAY.isoformat() and board["closed"] == 1
    assert board["total"] | {"area_m2": 0} == {
        "sites": 3,
        "area_m2": 0,
        "mass_t": 12_345.6,
        "weighed": 1,
    }
    assert [one["value"] for one in board["parts"]["town"]] == ["卜尔汉图镇", "昆河镇", None]
    assert board["changes"]["LISTED"] == 3 and board["changes"]["CLOSED"] == 1
    assert board["newly_red"] == 1
    assert [(unit["red"], unit["late_days"]) for unit in board["units"]] == [(1, 9)]
    assert board["stages"] == {"WORKS": 1} and board["money"]["budget_yuan"] == 1_000_000


def test_a_board_read_twice_is_the_same_and_a_write_shows_at_once(client, book, sites):
    first = client.get("/api/board", params=HERE).json()
    assert client.get("/api/board", params=HERE).json() == first
    list_site(book, name="新", outline=square(109.80, 40.80))
    assert client.get("/api/board", params=HERE).json()["total"]["sites"] == 4


def test_a_day_before_the_register_says_when_it_began(client, sites):
    board = client.get("/api/board", params=HERE | {"as_of": "2020-01-01"}).json()
    assert board["total"]["sites"] == 0 and board["began_on"] == TODAY.isoformat()


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"district": "999999"}, 404, "district_unknown"),
        ({"as_of": (TODAY + timedelta(days=1)).isoformat()}, 422, "date_in_future"),
        ({"as_of": "yesterday"}, 422, "request_invalid"),
        ({"as_of": "2026-06-01", "since": "2026-06-01"}, 422, "since_too_late"),
        ({"as_of": "0001-01-01"}, 422, "since_too_late"),
        ({"since": TODAY.isoformat()}, 422, "since_too_late"),
        ({"grade": "WORST"}, 422, "request_invalid"),
        ({"mass_t_min": "nan"}, 422, "request_invalid"),
        ({"box": "1,2,3"}, 422, "box_unreadable"),
        ({"town": "\x00"}, 422, "request_invalid"),
        ({"colour": "red"}, 422, "request_invalid"),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_one_sentence(client, asked, status, code):
    answer = client.get("/api/board", params=HERE | asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["zh"] and answer.json()["en"]


def test_a_list_of_changes_needs_its_day(client, sites):
    answer = client.get("/api/sites", params=HERE | {"changed": "CLOSED"})
    assert (answer.status_code, answer.json()["code"]) == (422, "since_missing")


def test_an_account_of_a_town_sees_the_board_of_its_town(towns):
    west = entering(towns, Sight(towns=(WEST,)))
    board, listed = (west.get(f"/api/{name}", params=HERE).json() for name in ("board", "sites"))
    assert board["total"]["sites"] == listed["total"] > 0
    assert {one["value"] for one in board["parts"]["town"]} == {WEST}
    units = {unit["unit"] for unit in board["units"]}
    assert UNITS[WEST] in units and UNITS[EAST] not in units


def test_the_brief_quotes_the_list_of_its_day_and_is_logged(client, book, sites):
    asked = HERE | {"town": ["昆河镇", "卜尔汉图镇"]}
    answer = client.get("/api/brief", params=asked | {"issue": "7"})
    assert answer.status_code == 200, answer.text
    text = text_of(answer.content)
    board = client.get("/api/board", params=asked).json()
    assert f"在列点位{board['total']['sites']}处" in text and "年第7期" in text
    workbook = text_of(client.get("/api/inventory", params=asked).content)
    (sha256,) = re.findall(r"\b[0-9a-f]{64}\b", text)
    assert sha256 in workbook, "the list's own content hash"
    again = client.get("/api/brief", params=asked | {"issue": "7"})
    assert again.content == answer.content
    with book.reading() as connection:
        log = [row for row in connection.execute(sa.select(ledger_log)) if "brief" in row.verb]
    assert [(row.verb, row.subject_id) for row in log] == [("export_brief", "150203")] * 2
    assert hashlib.sha256(answer.content).hexdigest() in log[0].after


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"as_of": (TODAY + timedelta(days=1)).isoformat()}, 422),
        ({"district": "9"}, 404),
        ({"issue": "<7>"}, 422),
        ({"since": TODAY.isoformat()}, 422),
    ],
)
def test_a_brief_of_nothing_is_refused(client, asked, status):
    assert client.get("/api/brief", params=HERE | asked).status_code == status
