"""A phone's outbox that comes as a file: item by item, harmless again, safe whatever it holds."""

import json
import zipfile
from uuid import uuid4

import pytest

from gis.domain.terms import Role
from gis.store import files
from tests.api.test_photos import announcement, put_piece, signed_in
from tests.makers_check import NOW, a_phones
from tests.outbox_files import check_row, outbox_of, photo_row
from tests.pictures import PDF, photo
from tests.terminal import Terminal

LARGE = photo() + bytes(600_000)
ADDRESS = "/api/field-checks/import"


def load(client, content, name="outbox.zip"):
    return client.post(ADDRESS, content=content, headers={"X-File-Name": name})


def fates(answer):
    assert answer.status_code == 200, answer.text
    return [item["fate"] for item in answer.json()["items"]]


@pytest.fixture
def rows(candidate_id):
    """A check of the field team with two photographs, one of them no picture."""
    check_id = str(uuid4())
    photos = [photo_row(check_id, LARGE), photo_row(check_id, PDF)]
    named = [{key: one[key] for key in ("id", "sha256", "size_bytes")} for one in photos]
    body = a_phones(candidate_id, photos=named, recorded_by="waiye")
    return [check_row(body, id=check_id), *photos]


@pytest.fixture
def outbox(rows):
    return outbox_of(rows, {rows[1]["id"]: LARGE, rows[2]["id"]: PDF})


def test_half_characters_in_a_file_stop_no_sound_item(client, rows, outbox):
    torn = "\ud800\x00"
    torn_row = rows[0] | {"id": torn, "place_name": torn}
    strange = outbox_of([torn_row, rows[0]], {}, owner=torn, device=torn)
    answer = load(client, strange)
    assert sorted(fates(answer)) == ["NEW", "REFUSED"]
    assert answer.json()["device"] == "?"


def test_a_server_killed_over_a_file_leaves_nothing_of_it(client, settings, outbox, monkeypatch):
    lying = []

    def killed(book, shelves, path, name):
        lying.extend(one.name for one in settings.incoming_dir.iterdir())
        raise RuntimeError(path.stat().st_size)

    monkeypatch.setattr("api.routes.outbox_files.take_in", killed)
    assert load(client, outbox).status_code == 500
    assert lying == []


def test_every_item_is_received_with_its_hash_and_waits_for_a_reviewer(
    client, settings, rows, outbox
):
    answer = load(client, outbox)
    assert fates(answer) == ["NEW", "NEW", "NEW"]
    said = answer.json()
    assert (said["owner"], said["counts"]) == ("waiye", {"NEW": 3, "KNOWN": 0, "REFUSED": 0})
    candidate = client.get(f"/api/candidates/{json.loads(rows[0]['body'])['candidate_id']}").json()
    (check,) = candidate["checks"]
    assert (check["review"], check["via"]) == ("RECEIVED", "FILE")
    assert (check["recorded_by"], check["received_by"]) == ("waiye", "wang")
    assert candidate["state"] == "TO_CHECK"
    for row, state in zip(rows[1:], ("RECEIVED", "UNREADABLE"), strict=True):
        status = client.get(f"/api/photos/{row['id']}").json()
        assert (status["state"], status["receipt"]["sha256"]) == (state, row["sha256"])
    assert files.place_of(settings.photos_dir, rows[1]["sha256"]).read_bytes() == LARGE
    assert list(settings.incoming_dir.iterdir()) == []


def test_the_file_five_times_and_the_phone_afterwards_change_nothing(
    app, book, client, rows, outbox
):
    load(client, outbox)
    for _ in range(4):
        assert fates(load(client, outbox)) == ["KNOWN", "KNOWN", "KNOWN"]
    phone = signed_in(app, book, "waiye", Role.FIELD)
    sent = {"check": rows[0]["body"], "sent_at": NOW}
    answer = phone.put(f"/api/field-checks/{rows[0]['id']}", json=sent)
    assert (answer.status_code, answer.json()["receipt"]["sha256"]) == (200, rows[0]["sha256"])
    again = phone.put(f"/api/photos/{rows[1]['id']}", json=rows[1]["body"])
    assert (again.status_code, again.json()["receipt"]["sha256"]) == (200, rows[1]["sha256"])


def test_what_the_phone_began_by_the_net_the_file_ends(app, book, client, rows, outbox):
    phone = signed_in(app, book, "waiye", Role.FIELD)
    address = f"/api/photos/{rows[1]['id']}"
    phone.put(address, json=rows[1]["body"])
    assert put_piece(phone, address, LARGE, 1).json()["have"] == [1]
    assert fates(load(client, outbox)) == ["NEW", "NEW", "NEW"]
    assert phone.get(address).json()["state"] == "RECEIVED"


def test_one_bad_item_holds_up_no_other(client, rows, candidate_id):
    spoiled = [
        rows[0],
        rows[1],
        check_row(a_phones(candidate_id), sha256="0" * 64),
        check_row(a_phones(candidate_id)) | {"body": "{"},
        check_row(a_phones(str(uuid4()))),
        photo_row(rows[0]["id"], b"gone"),
        photo_row(rows[0]["id"], LARGE, id="../../etc/passwd"),
        {"kind": "telegram", "id": "1"},
        {"kind": {"a": 1}},
    ]
    wrong = photo_row(rows[0]["id"], LARGE)
    answer = load(client, outbox_of([*spoiled, wrong], {rows[1]["id"]: LARGE, wrong["id"]: PDF}))
    found = {item["id"]: item for item in answer.json()["items"]}
    assert [found[row["id"]]["fate"] for row in rows[:2]] == ["NEW", "NEW"]
    assert answer.json()["counts"] == {"NEW": 2, "KNOWN": 0, "REFUSED": 8}
    for item in found.values():
        if item["fate"] == "REFUSED":
            assert item["sentence_zh"].endswith("。") and item["sentence_en"].endswith(".")


def test_a_photograph_that_is_not_what_its_row_says_is_refused_and_the_right_one_follows(
    client, rows
):
    other = LARGE[:-1] + b"x"
    assert fates(load(client, outbox_of([rows[1]], {rows[1]["id"]: other}))) == ["REFUSED"]
    assert fates(load(client, outbox_of([rows[1]], {rows[1]["id"]: LARGE}))) == ["NEW"]


def test_a_byte_turned_on_the_way_is_found(client, rows, outbox):
    at = outbox.index(LARGE) + 300_000
    turned = outbox[:at] + b"\x01" + outbox[at + 1 :]
    assert fates(load(client, turned)) == ["NEW", "REFUSED", "NEW"]
    assert fates(load(client, outbox)) == ["KNOWN", "NEW", "KNOWN"]


def test_names_that_climb_and_parts_nobody_asked_for_leave_nothing(client, settings, rows):
    strange = {"../../evil": b"x", "/etc/evil": b"x", rows[1]["id"]: LARGE}
    assert fates(load(client, outbox_of([rows[1]], strange))) == ["NEW"]
    kept = [path.name for path in settings.data_dir.rglob("*") if path.is_file()]
    assert kept and not [name for name in kept if "evil" in name]


def overlapping(rows):
    """Two names for one part's bytes."""
    whole = outbox_of(rows, {rows[1]["id"]: LARGE})
    start = whole.rindex(b"PK\x01\x02")
    end = whole.rindex(b"PK\x05\x06")
    twice = whole[:end] + whole[start:end] + whole[end:]
    tail = bytearray(twice[end + (end - start) :])
    count = int.from_bytes(tail[8:10], "little") + 1
    size = int.from_bytes(tail[12:16], "little") + end - start
    tail[8:12], tail[12:16] = count.to_bytes(2, "little") * 2, size.to_bytes(4, "little")
    return twice[: end + (end - start)] + bytes(tail)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: b"",
        lambda rows: PDF,
        lambda rows: outbox_of(rows, {rows[1]["id"]: LARGE})[:-300],
        lambda rows: outbox_of(rows, {}, format="kobo"),
        lambda rows: outbox_of(rows, {}, items="all"),
        lambda rows: outbox_of([*rows, 7], {}),
        lambda rows: outbox_of(rows, {rows[1]["id"]: bytes(5_000_000)}, zipfile.ZIP_DEFLATED),
        overlapping,
        lambda rows: outbox_of(rows, {}).replace(b"outbox.json", b"inbox2.json"),
        lambda rows: outbox_of([], {}).replace(b"qingfei-outbox-1", b"\xff" * 16),
    ],
    ids=[
        *("empty", "pdf", "cut", "other", "no-list", "numbers", "packed", "overlapping"),
        *("unnamed", "not-text"),
    ],
)
def test_a_file_that_is_no_outbox_is_refused_in_one_sentence(client, settings, rows, spoil):
    answer = load(client, spoil(rows), "%E6%89%8B%E6%9C%BA.zip")
    assert (answer.status_code, answer.json()["code"]) == (422, "outbox_unread")
    assert "手机.zip" in answer.json()["zh"]
    assert list(settings.incoming_dir.iterdir()) == []


def test_the_office_imports_the_field_does_not(app, book, outbox):
    assert load(signed_in(app, book, "waiye", Role.FIELD), outbox).status_code == 403
    assert fates(load(signed_in(app, book, "neiye", Role.ANALYST), outbox)) == ["NEW"] * 3


def test_more_than_two_gigabytes_are_refused_before_they_are_read(client):
    answer = client.post(ADDRESS, headers={"Content-Length": "2000000001"})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_the_terminal_imports_and_lists_what_never_came_whole(
    app, client, rows, outbox, settings, tmp_path
):
    file = tmp_path / "outbox.zip"
    file.write_bytes(outbox)
    waiting = f"/api/photos/{uuid4()}"
    client.put(waiting, json=announcement(LARGE))
    put_piece(client, waiting, LARGE, 2)

    run = Terminal(settings.database_url, settings.data_dir, "checks")
    first, again = run("import", file), run("import", file, "--json")
    assert "新收到 3 条" in first.stdout, first.stderr
    assert {item["fate"] for item in json.loads(again.stdout)["items"]} == {"KNOWN"}
    assert json.loads(run("unfinished", "--json").stdout) == []
    (left,) = json.loads(run("unfinished", "--days", "0", "--json").stdout)
    assert (left["have"], left["pieces"]) == (1, 3)
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"no")
    refused = run("import", bad)
    assert refused.returncode == 1 and refused.stderr.count("\n") == 1
