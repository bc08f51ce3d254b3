"""What the pages read: lists, tiles, downloads, and sentences for what cannot be read."""

import io

import openpyxl
import pytest

from gis.domain.terms import Term
from tests.makers_check import a_body, send


@pytest.fixture
def site_code(client, candidate_id) -> str:
    return send(client, a_body(candidate_id)).json()["place"]["site"]["code"]


# Words that reach a page inside sentences of the server, in both languages.
SAID_BY_THE_SERVER = {
    *("Comparison", "Defect", "Lack", "Outcome", "ResultFault", "RowFault"),
    *("StepVerdict", "Via"),
}


def test_the_vocabulary_names_every_word_twice(client):
    words = client.get("/api/vocabulary").json()
    shown = {cls.__name__ for cls in Term.__subclasses__()} - SAID_BY_THE_SERVER
    assert set(words["terms"]) == shown
    for entries in [*words["terms"].values(), words["classes"]]:
        assert all(entry["zh"] and entry["en"] for entry in entries)


def test_list_map_board_and_export_count_the_same(client, site_code):
    district = client.get("/api/districts").json()["districts"][0]
    listed = client.get("/api/sites?district=150203").json()
    book = client.get("/api/inventory?district=150203&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content))["管控清单"]
    assert district["counts"]["sites"]["total"] == listed["total"] == 1
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == [site_code]
    grade = listed["items"][0]["grade"]
    assert district["counts"]["sites"]["by_grade"] == {grade: 1}


def test_pages_follow_one_another(client, candidate_id):
    answer = client.get("/api/candidates?district=150203&limit=1").json()
    assert answer["total"] == 1 and answer["next"] is None
    assert answer["items"][0]["confidence"] == 0.83


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/candidates?district=150203&limit=0", 422),
        ("/api/candidates?district=150203&limit=-1", 422),
        ("/api/candidates?district=150203&after=rubbish", 422),
        ("/api/candidates?district=150203&after=%00", 422),
        ("/api/candidates?district=150203&state=NONSENSE", 422),
        ("/api/candidates?district=999999", 404),
        ("/api/candidates/not-a-uuid", 422),
        ("/api/candidates/00000000-0000-4000-8000-000000000000", 404),
        ("/api/sites?district=150203&grade=9", 422),
        ("/api/sites?district=150203&reach=%00", 422),
        ("/api/sites/%00", 422),
        ("/tiles/%00/sites/1/1/1.mvt", 422),
        ("/api/inventory?district=%00", 422),
        ("/api/sites/150203-X99999-0", 404),
        ("/api/inventory?district=150203&format=docx", 422),
        ("/api/inventory?district=150203&as_of=2036-01-01", 422),
        ("/api/inventory?district=150203&as_of=yesterday", 422),
        ("/api/inventory", 422),
        ("/imagery/00000000-0000-4000-8000-000000000000/natural/1/1/1.webp", 404),
        ("/imagery/..%2f..%2fetc%2fpasswd/natural/1/1/1.webp", 404),
        ("/tiles/150203/users/1/1/1.mvt", 422),
        ("/tiles/150203/sites/99/1/1.mvt", 422),
        ("/static/../api/settings.py", 404),
        ("/static/%2e%2e/page.py", 404),
        ("/nothing", 404),
    ],
)
def test_bad_addresses_get_a_sentence(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json()["zh"].endswith("。") and answer.json()["en"].endswith(".")


def test_a_method_that_is_not_there_gets_a_sentence(client):
    assert client.post("/api/districts").status_code == 405


def test_a_site_explains_itself(client, site_code):
    site = client.get(f"/api/sites/{site_code}").json()
    assert site["is_demo"] is True
    assert site["grading"]["rule_set"] == "KDL-HSR v1"
    assert "→" in site["grading"]["matrix_zh"]
    assert site["outline"]["type"] == "MultiPolygon"


def test_tiles_carry_an_etag_that_changes_with_the_register(client, candidate_id):
    address = "/tiles/150203/candidates/12/3296/1540.mvt"
    first = client.get(address)
    assert first.status_code == 200 and b"open_pit" in first.content
    mark = first.headers["etag"]
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
    send(client, a_body(candidate_id))
    again = client.get(address, headers={"If-None-Match": mark})
    assert again.status_code == 200 and b"CONFIRMED" in again.content
    sites = client.get("/tiles/150203/sites/12/3296/1540.mvt")
    assert sites.status_code == 200 and b"150203-M00001" in sites.content


def test_a_tile_far_away_is_empty(client, candidate_id):
    assert client.get("/tiles/150203/candidates/12/0/0.mvt").status_code == 204
    assert client.get("/tiles/150203/candidates/1/5/5.mvt").status_code == 204


@pytest.mark.parametrize("format", ["xlsx", "gpkg", "geojson", "kml", "shp"])
def test_every_format_downloads_and_is_logged(client, book, site_code, format):
    answer = client.get(f"/api/inventory?district=150203&format={format}")
    assert answer.status_code == 200 and len(answer.content) > 500
    assert "attachment" in answer.headers["content-disposition"]
    import sqlalchemy as sa

    from gis.store.tables import ledger_log

    with book.reading() as connection:
        last = connection.execute(
            sa.select(ledger_log).order_by(ledger_log.c.seq.desc()).limit(1)
        ).one()
    assert (last.verb, last.actor) == ("export_inventory", "wang")


def test_health_and_readiness(stranger):
    assert stranger.get("/healthz").json() == {"status": "ok"}
    assert stranger.get("/readyz").json()["status"] == "ready"


def test_the_api_describes_itself(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert "/api/field-checks/{check_id}" in paths


def test_first_tiles_asked_for_at_once_are_all_drawn(tmp_path):
    """Eight requests meet in the first import of the tile reader, as a browser makes them meet."""
    import subprocess
    import sys

    code = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "def first(_):\n"
        "    from remote_sensing.maps.tiles import render\n"
        "    return render.__name__\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    assert set(pool.map(first, range(8))) == {'render'}\n"
        "import sys; assert 'rio_tiler.io' in sys.modules, 'the reader is not there at the start'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
