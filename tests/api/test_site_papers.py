"""Task tags, papers and pictures over HTTP."""

from uuid import uuid4

import pytest

from gis.ledger import Book
from gis.store import files
from tests.makers import list_site
from tests.pictures import DOCX, PDF, photo, picture


@pytest.fixture
def code(app, book: Book) -> str:
    return list_site(book).code


def put(client, code, content, name="现场.jpg", kind="PHOTO", identity=None):
    return client.put(
        f"/api/sites/{code}/attachments/{identity or uuid4()}",
        files={"file": (name, content)},
        data={"kind": kind, "title": "西侧边坡"},
    )


def test_a_task_with_its_unit_and_day(client, code):
    tasks = {one["id"]: one for one in client.get("/api/tasks").json()["tasks"]}
    assert tasks["5"]["due_on"] == "2025-12-31" and tasks["4b"]["due_on"] is None
    address = f"/api/sites/{code}/tags/5"
    body = {"lead_unit": "区生态环境分局", "due_on": "2025-12-31"}
    assert client.put(address, json=body).status_code == 204
    (tag,) = client.get(f"/api/sites/{code}").json()["tags"]
    assert (tag["task"], tag["deadline"]) == ("5", "RED")
    assert client.put(address, json={"lead_unit": "昆河镇"}).status_code == 204
    (tag,) = client.get(f"/api/sites/{code}").json()["tags"]
    assert (tag["lead_unit"], tag["deadline"]) == ("昆河镇", "ONGOING")
    assert client.delete(address).status_code == 204
    assert client.get(f"/api/sites/{code}").json()["tags"] == []
    assert client.delete(address).status_code == 404
    assert client.put(f"/api/sites/{code}/tags/99", json=body).status_code == 422


def test_a_photo_is_shown_as_a_copy_and_downloaded_as_it_came(client, code):
    answer = put(client, code, photo())
    assert answer.status_code == 201
    paper = answer.json()
    assert (paper["is_picture"], paper["taken_on"], paper["lat"]) == (True, "2026-06-01", 40.705)
    for size in ("display", "thumb"):
        copy = client.get(f"{paper['address']}/{size}.jpg")
        assert copy.headers["content-type"] == "image/jpeg"
        assert copy.content != photo()
    original = client.get(f"{paper['address']}/original")
    assert original.content == photo()
    assert original.headers["content-disposition"].startswith("attachment")
    assert original.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in original.headers["content-security-policy"]
    assert client.get(f"/api/sites/{code}").json()["attachments"] == [paper]


@pytest.mark.parametrize(
    ("content", "name", "suffix"),
    [(PDF, "报告.pdf", ".pdf"), (DOCX, "合同.docx", ".docx"), (picture(), "x.html", ".jpg")],
    ids=["pdf", "docx", "jpg"],
)
def test_a_download_is_named_by_what_it_is(client, code, content, name, suffix):
    paper = put(client, code, content, name, "REPORT").json()
    said = client.get(f"{paper['address']}/original").headers["content-disposition"]
    assert said.endswith((suffix, suffix + '"')) and ".html" not in said


def test_the_same_upload_again_and_another_under_its_id(client, code):
    identity = uuid4()
    assert put(client, code, PDF, identity=identity).status_code == 201
    assert put(client, code, PDF, identity=identity).status_code == 200
    assert put(client, code, photo(), identity=identity).status_code == 409


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xd8\xff", PDF[:-8]], ids=range(4))
def test_what_is_refused_says_why(client, code, content):
    answer = put(client, code, content)
    assert (answer.status_code, answer.json()["code"]) == (422, "file_refused")
    assert "现场.jpg" in answer.json()["zh"]


def test_a_file_over_the_cap(client, code):
    answer = put(client, code, b"%PDF-" + bytes(50_000_000))
    assert answer.status_code in (413, 422)
    assert client.get(f"/api/sites/{code}").json()["attachments"] == []


def test_a_body_far_over_the_cap_is_refused_before_it_is_read(client, code):
    answer = client.put(
        f"/api/sites/{code}/attachments/{uuid4()}", headers={"Content-Length": "99000000000"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_withdrawn_with_a_reason(client, code):
    paper = put(client, code, PDF).json()
    address = f"{paper['address']}/withdrawal"
    assert client.put(address, json={"reason": ""}).status_code == 422
    assert client.put(address, json={"reason": "传错点位"}).status_code == 204
    assert client.get(f"/api/sites/{code}").json()["attachments"] == []


def test_damage_on_the_disk_is_found_before_it_is_served(client, code, settings):
    paper = put(client, code, PDF).json()
    place = files.place_of(settings.attachments_dir, paper["sha256"])
    place.chmod(0o640)
    place.write_bytes(b"%PDF-rot")
    answer = client.get(f"{paper['address']}/original")
    assert (answer.status_code, answer.json()["code"]) == (503, "file_damaged")
    assert client.get(f"{paper['address']}/thumb.jpg").status_code == 503  # a paper has none


def test_a_paper_of_another_site_is_not_found(client, code, book):
    paper = put(client, code, PDF).json()
    other = list_site(book).code
    address = paper["address"].replace(code, other)
    assert client.get(f"{address}/original").status_code == 404
