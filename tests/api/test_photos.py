"""Photographs of field checks over HTTP: pieces, receipts, copies, hostile files."""

import hashlib
import io
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from gis.domain.photos.photo import PIECE_BYTES
from gis.domain.terms import Role
from gis.ledger import people
from gis.store import files
from tests.api.known import PASSWORD, WRITE
from tests.makers_check import a_body
from tests.makers_check import send as send_check
from tests.pictures import DOCX, HEIC, PDF, bomb_png, photo, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script></html>"


def announcement(content: bytes, **changes):
    body = {
        "check_id": str(uuid4()),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
        "file_name": "IMG_0001.JPG",
        "source": "CAMERA",
        "chosen_at": "2026-06-01T01:30:00Z",
        "fix": {"lon": 109.701, "lat": 40.705, "accuracy_m": 6, "at": "2026-06-01T01:30:00Z"},
        "heading_deg": 12.5,
        "recorded_by": "wang",
    }
    return body | changes


def put_piece(client, address, content, number, **headers):
    part = content[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
    sent = {"X-Piece-SHA256": hashlib.sha256(part).hexdigest()} | headers
    return client.put(f"{address}/pieces/{number}", content=part, headers=sent)


def send(client, content, **changes):
    address = f"/api/photos/{uuid4()}"
    assert client.put(address, json=announcement(content, **changes)).status_code == 201
    for number in range(-(-len(content) // PIECE_BYTES)):
        answer = put_piece(client, address, content, number)
        assert answer.status_code == 200, answer.text
    return address, answer.json()


def signed_in(app, book, name, role):
    people.add_user(book, name, name, role, PASSWORD)
    client = TestClient(app, headers=WRITE, raise_server_exceptions=False)
    assert client.post("/api/session", json={"username": name, "password": PASSWORD}).is_success
    return client


def test_a_photograph_in_pieces_gets_a_receipt_with_its_hash(client):
    content = photo() + bytes(PIECE_BYTES)
    address = f"/api/photos/{uuid4()}"
    body = announcement(content)
    first = client.put(address, json=body)
    assert (first.status_code, first.json()["state"]) == (201, "WAITING")
    assert (first.json()["have"], first.json()["pieces"]) == ([], 2)
    assert first.json()["receipt"] is None
    assert put_piece(client, address, content, 1).json()["have"] == [1]
    again = client.put(address, json=body)
    assert (again.status_code, again.json()["have"]) == (200, [1])
    done = put_piece(client, address, content, 0).json()
    assert (done["state"], done["have"]) == ("RECEIVED", [0, 1])
    assert done["receipt"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert done["receipt"]["size_bytes"] == len(content) and done["receipt"]["received_at"]
    assert client.get(address).json() == done == client.put(address, json=body).json()
    assert client.put(address, json=body | {"sha256": "0" * 64}).status_code == 409


def test_a_photograph_not_yet_here_is_said_to_be_on_its_way(client):
    address = f"/api/photos/{uuid4()}"
    assert client.put(address, json=announcement(photo())).status_code == 201
    for copy in ("original", "stamped", "display", "thumb"):
        answer = client.get(f"{address}/{copy}")
        assert (answer.status_code, answer.json()["code"]) == (404, "photo_not_shown")


def test_the_field_sends_the_office_downloads_and_strangers_get_nothing(app, book, stranger):
    field = signed_in(app, book, "waiye", Role.FIELD)
    address, _ = send(field, photo())
    assert field.get(f"{address}/display").status_code == 200
    assert field.get(f"{address}/original").status_code == 403
    analyst = signed_in(app, book, "neiye", Role.ANALYST)
    answer = analyst.get(f"{address}/original")
    assert answer.content == photo()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    reader = signed_in(app, book, "kan", Role.READER)
    assert reader.get(f"{address}/thumb").status_code == 200
    assert reader.put(f"/api/photos/{uuid4()}", json=announcement(b"x")).status_code == 403
    assert stranger.get(f"{address}/thumb").status_code == 401
    assert put_piece(stranger, address, photo(), 0).status_code == 401
    other = signed_in(app, book, "waiye2", Role.FIELD)
    refused = put_piece(other, address, photo(), 0)
    assert (refused.status_code, refused.json()["code"]) == (403, "photo_not_yours")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PDF, "PDF"),
        (SVG, "SVG"),
        (HTML, "不是可识别的照片"),
        (picture()[:-400], "不完整"),
        (b"\xff\xd8\xff", "不完整"),
        (bomb_png(), "像素过多"),
        (DOCX, "不是可识别的照片"),
        (HEIC[:-200], "不完整"),
    ],
    ids=["pdf", "svg", "html", "cut", "stub", "bomb", "docx", "broken-heic"],
)
def test_what_is_no_picture_is_kept_said_and_never_shown(client, content, said):
    address, done = send(client, content, file_name="现场.jpg")
    assert done["state"] == "UNREADABLE"
    assert done["receipt"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert said in done["sentence_zh"] and done["sentence_zh"].endswith("。")
    assert done["sentence_en"].endswith(".")
    for size in ("thumb", "display", "stamped"):
        answer = client.get(f"{address}/{size}")
        assert (answer.status_code, answer.json()["code"]) == (404, "photo_not_shown")
    original = client.get(f"{address}/original")
    assert original.content == content
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith("attachment")


def test_html_behind_a_picture_stays_in_the_original_only(client):
    content = photo() + HTML
    address, done = send(client, content, file_name="<img src=x onerror=alert(1)>.jpg")
    assert done["state"] == "RECEIVED"
    for size in ("display", "thumb"):
        copy = client.get(f"{address}/{size}")
        assert copy.headers["content-type"] == "image/jpeg"
        assert b"script" not in copy.content and b"Camera" not in copy.content
        assert max(Image.open(io.BytesIO(copy.content)).size) <= 1600
    assert client.get(f"{address}/original").content == content


def test_a_heic_photograph_is_shown_upright_and_read(client):
    address, done = send(client, HEIC, file_name="IMG_0001.HEIC")
    assert done["state"] == "RECEIVED" and done["judgement"]["has_position"]
    copy = Image.open(io.BytesIO(client.get(f"{address}/display").content))
    red, blue = copy.getpixel((30, 5)), copy.getpixel((30, 90))
    assert (copy.format, copy.size) == ("JPEG", (64, 96)) and red[0] > 150 and blue[2] > 150
    original = client.get(f"{address}/original")
    assert original.content == HEIC and ".heic" in original.headers["content-disposition"]


def test_a_photograph_of_50_megabytes_is_received_and_61_are_refused(client):
    content = photo() + bytes(50_000_000)
    _, done = send(client, content)
    assert done["state"] == "RECEIVED" and done["receipt"]["size_bytes"] == len(content)
    body = announcement(b"x", size_bytes=61 * 1024**2)
    answer = client.put(f"/api/photos/{uuid4()}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "photo_too_large")


@pytest.mark.parametrize(
    "change",
    [
        *({"sha256": "xyz"}, {"size_bytes": 0}, {"size_bytes": -1}, {"source": "STOLEN"}),
        *({"fix": {"lon": 1e9, "lat": 0}}, {"chosen_at": "yesterday"}, {"check_id": "1"}),
    ],
    ids=range(7),
)
def test_an_announcement_that_does_not_fit_is_refused_in_a_sentence(client, change):
    answer = client.put(f"/api/photos/{uuid4()}", json=announcement(photo()) | change)
    assert answer.status_code == 422 and answer.json()["zh"].endswith("。")


def test_pieces_that_do_not_fit_are_refused_and_not_kept(client, settings):
    content = photo()
    address = f"/api/photos/{uuid4()}"
    client.put(address, json=announcement(content))
    wrong = put_piece(client, address, content, 0, **{"X-Piece-SHA256": "0" * 64})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "piece_damaged")
    assert (
        put_piece(client, address, content, 0, **{"X-Piece-SHA256": "nonsense"}).status_code == 422
    )
    assert client.put(f"{address}/pieces/0", content=content).status_code == 422
    assert put_piece(client, address, content, 5).status_code == 422
    huge = {"X-Piece-SHA256": "0" * 64}
    long = client.put(f"{address}/pieces/0", content=bytes(PIECE_BYTES + 1), headers=huge)
    assert (long.status_code, long.json()["code"]) == (422, "piece_unfit")
    assert put_piece(client, f"/api/photos/{uuid4()}", content, 0).status_code == 404
    assert client.get(address).json()["have"] == []
    assert not [path for path in settings.incoming_dir.rglob("*") if path.is_file()]


def test_damage_on_the_disk_is_found_before_it_is_served(client, settings):
    address, done = send(client, photo())
    place = files.place_of(settings.photos_dir, done["receipt"]["sha256"])
    place.chmod(0o640)
    place.write_bytes(b"\xff\xd8\xffrot")
    answer = client.get(f"{address}/original")
    assert (answer.status_code, answer.json()["code"]) == (503, "file_damaged")


def test_the_stamp_follows_when_the_check_comes(client, candidate_id):
    check_id = str(uuid4())
    address, done = send(client, photo(), check_id=check_id)
    assert done["judgement"]["awaits_check"] is True
    first = client.get(f"{address}/stamped")
    assert (first.status_code, first.headers["content-type"]) == (200, "image/jpeg")
    assert client.get(f"{address}/stamped").content == first.content
    assert send_check(client, a_body(candidate_id), check_id).status_code == 201
    judged = client.get(address).json()["judgement"]
    assert judged["awaits_check"] is False and judged["distance_m"] > 0
    assert client.get(f"{address}/stamped").content != first.content
