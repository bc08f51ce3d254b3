"""Batches of detection by HTTP: who may start them, what is refused, what a page is told."""

from uuid import uuid4

import pytest

from api.model_shelf import put_judge
from gis.domain.terms import Role
from gis.errors import DiskFull
from gis.ledger import people, places
from gis.ledger.batch_work import fail_job, take_job
from gis.ledger.detection import RunReport, file_candidates
from gis.ledger.ignore_zones import draw_zones, end_zone
from gis.ledger.imagery import add_scene
from gis.ledger.models import ModelSent, add_model, publish_model
from gis.store import batches, tables
from remote_sensing.change import kind_training
from tests.api.known import PASSWORD
from tests.ledger.test_ignore_zones import a_zone
from tests.makers import a_district, a_scene
from tests.remote_sensing.made_changes import made_judge


@pytest.fixture
def scenes(book, app):
    """Two scenes of 2,000 by 1,500 pixels, of which nothing but the records is there."""
    size = {"width": 2000, "height": 1500}
    first = add_scene(book, a_scene(**size))
    return [first, add_scene(book, a_scene(**size, name="s2_20260801", sha256="3" * 64))]


@pytest.fixture
def model(book, app, tmp_path):
    """A published model of which nothing but the record is there."""
    card = {"bands": ["B02", "B08", "relbright"], "classes": ["open_pit"]}
    record, _ = add_model(book, ModelSent("夏季", "a" * 64, str(tmp_path / "m"), card))
    with book.engine.begin() as connection:
        connection.execute(tables.models.update().values(state="PUBLISHED"))
    return record


@pytest.fixture
def body(scenes, model):
    return {
        "district": "150203",
        "name": "六月",
        "scenes": [str(one.id) for one in scenes],
        "model": str(model.id),
        "min_area_m2": 2000,
        "threads": 2,
    }


@pytest.fixture
def address():
    return f"/api/batches/{uuid4()}"


def test_the_form_is_told_what_there_is_to_choose(client, scenes, model):
    told = client.get("/api/batches/choices", params={"district": "150203"}).json()
    assert [one["name"] for one in told["scenes"]] == [scenes[1].name, scenes[0].name]
    assert told["models"][0]["name"] == "夏季" and told["models"][0]["bands"] == ["B02", "B08"]
    assert told["min_area_m2"] == 2000 and told["threads"] >= 1
    assert "path" not in str(told)


def test_a_batch_is_started_once_and_told(client, address, body, book):
    first = client.put(address, json=body)
    assert first.status_code == 201 and client.put(address, json=body).status_code == 200
    told = client.get(address).json()
    assert told["state"] == "WAITING" and told["asked_by"] == "wang"
    assert (told["windows_done"], told["windows_total"]) == (0, 24)
    assert told["is_without_worker"] and told["workers"] == 0 and told["seconds_left"] is None
    assert [job["state"] for job in told["jobs"]] == ["WAITING", "WAITING"]
    assert told["jobs"][0]["log"][-1]["zh"] == "已排队。"
    all_ = client.get("/api/batches", params={"district": "150203"}).json()
    (listed,), elsewhere = all_["items"], all_["elsewhere"]
    assert elsewhere == [] and listed["compared"] is None
    places.add_district(book, a_district(code="150204", name_zh="青山区"))
    empty = client.get("/api/batches", params={"district": "150204"}).json()
    assert [(one["code"], one["n"]) for one in empty["elsewhere"]] == [("150203", 1)]
    assert listed["id"] == told["id"] and listed["can_cancel"] and not listed["can_retry"]


def test_a_batch_may_be_quick_unmasked_and_marks_the_zones_of_its_day(client, address, body, book):
    choices = {"district": "150203"}
    assert client.get("/api/batches/choices", params=choices).json()["zones"] == 0
    ((zone, _),) = draw_zones(book, [a_zone()])
    assert client.get("/api/batches/choices", params=choices).json()["zones"] == 1
    asked = body | {"quick": True, "masked": False}
    assert client.put(address, json=asked).status_code == 201
    end_zone(book, zone.id, "许可到期")  # what was asked for stays what it was
    assert client.put(address, json=asked).status_code == 200
    told = client.get(address).json()
    assert told["parameters"] == {
        "min_area_m2": 2000.0,
        "min_confidence": 0.0,
        "quick": True,
        "masked": False,
        "zones": [str(zone.id)],
    }
    assert [job["audit"] for job in told["jobs"]] == [None, None]
    assert client.put(address, json=asked | {"zones": False}).json()["code"] == "id_reused"
    for wrong in ({"quick": "perhaps"}, {"masked": None}, {"zones": []}):
        assert client.put(f"/api/batches/{uuid4()}", json=body | wrong).status_code == 422


def test_cancel_and_retry(client, address, body):
    client.put(address, json=body)
    assert client.put(f"{address}/cancellation").json()["state"] == "CANCELLED"
    refused = client.put(f"{address}/cancellation")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_cancel")
    again = client.post(f"{address}/retry", json={})
    assert again.status_code == 200 and again.json()["state"] == "WAITING"
    refused = client.post(f"{address}/retry", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "batch_running")


def test_a_failure_is_told_with_its_sentence_and_a_silent_worker_as_lost(
    client, address, body, book
):
    client.put(address, json=body)
    first, second = (job["id"] for job in client.get(address).json()["jobs"])
    _, taken = take_job(book, first, "here:1")
    fail_job(book, first, taken.claim, DiskFull(path="runs"))
    take_job(book, second, "here:2")
    with book.engine.begin() as connection:
        gone = "update detection_jobs set beat_at = now() - interval '1 minute' where id = %s"
        connection.exec_driver_sql(gone, (second,))
    told = client.get(address).json()
    failed, lost = told["jobs"]
    assert failed["error"]["code"] == "disk_full" and told["can_retry"]
    assert lost["is_lost"] and told["is_lost"] and lost["seconds_left"] is None


def test_time_left_goes_by_the_windows_of_this_attempt(client, address, body, book):
    client.put(address, json=body)
    (job, _) = client.get(address).json()["jobs"]
    _, taken = take_job(book, job["id"], "here:1")
    with book.engine.begin() as connection:
        batches.beat(connection, taken.id, taken.claim, book.clock(), (2, 6, 12))
        begun = "update detection_jobs set began_at = now() - interval '40 seconds' where id = %s"
        connection.exec_driver_sql(begun, (job["id"],))
        connection.exec_driver_sql("insert into jobs.procrastinate_workers default values")
    told = client.get(address).json()
    assert told["jobs"][0]["seconds_left"] == pytest.approx(60, abs=3)  # 6 windows of 10 s
    assert told["seconds_left"] == pytest.approx(180, abs=6)  # and 12 of the other scene
    assert told["windows_done"] == 6 and told["workers"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": "  "},
        {"name": "x" * 101},
        {"name": "a\nb"},
        {"scenes": []},
        {"scenes": ["nothing"]},
        {"min_area_m2": -1},
        {"min_area_m2": "nan"},
        {"min_confidence": 1.5},
        {"threads": 0},
        {"model": "x"},
    ],
)
def test_what_is_no_batch_is_refused(client, address, body, change):
    assert client.put(address, json=body | change).status_code == 422


def test_what_is_not_here_is_refused_in_one_sentence(client, address, body):
    for change, status, code in (
        ({"scenes": [str(uuid4())]}, 422, "scene_not_here"),
        ({"model": str(uuid4())}, 404, "not_in_register"),
        ({"district": "999999"}, 404, "district_unknown"),
    ):
        answer = client.put(address, json=body | change)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get(address).json()["code"] == "batch_unknown"
    client.put(address, json=body)
    other = client.put(f"/api/batches/{uuid4()}", json=body)
    assert (other.status_code, other.json()["code"]) == (409, "batch_name_taken")
    assert client.put(address, json=body | {"threads": 1}).json()["code"] == "id_reused"


def test_readers_see_and_start_nothing(client, stranger, book, address, body):
    client.put(address, json=body)
    people.add_user(book, "reads", "", Role.READER, PASSWORD)
    stranger.cookies.clear()
    stranger.post("/api/session", json={"username": "reads", "password": PASSWORD})
    assert stranger.get(address).status_code == 200
    for answer in (
        stranger.put(f"/api/batches/{uuid4()}", json=body | {"name": "另一"}),
        stranger.put(f"{address}/cancellation"),
        stranger.post(f"{address}/retry", json={}),
    ):
        assert answer.status_code == 403


def test_costs_are_the_benchs_until_this_server_has_runs_of_its_own(client, book, scenes):
    ask = {"tiles": 200, "dates": 6, "machines": 10}
    told = client.get("/api/batches/costs", params=ask).json()
    assert told["rates"]["runs"] == 0 and told["what"]["scenes"] == 1200
    one, ten = told["costs"]
    assert (one["machines"], ten["machines"], ten["scenes_each"]) == (1, 10, 120)
    assert one["hours"] == pytest.approx(10 * ten["hours"])
    timing = {"pixels_made": 3_000_000, "seconds": 10.0, "windows_resumed": 0}
    measured = timing | {"output_bytes": 6_000_000, "peak_memory_mb": 700}
    rows = [
        measured,
        measured | {"pixels_made": 1000, "seconds": 100},  # too small to tell
        measured | {"windows_resumed": 3, "seconds": 0.1},  # another attempt's windows
        {},  # of an older program
    ]
    for number, row in enumerate(rows):
        report = RunReport(scenes[0].sha256, "m", "a" * 64, {"n": number}, {"timing": row}, [])
        file_candidates(book, scenes[0].id, report)
    told = client.get("/api/batches/costs", params=ask).json()
    assert told["rates"]["runs"] == 1
    assert told["rates"]["pixels_per_second"] == 300_000
    assert told["rates"]["output_bytes"] == 2
    assert told["costs"][0]["hours"] == pytest.approx(1200 * 10980**2 / 300_000 / 3600)
    assert told["costs"][0]["memory_gb"] == 0.7


@pytest.mark.parametrize("wish", [{"tiles": 0}, {"machines": "x"}, {"side_px": 10**9}])
def test_costs_of_what_cannot_be_are_refused(client, wish):
    assert client.get("/api/batches/costs", params=wish).status_code == 422


def test_a_batch_names_kinds_of_change_by_a_published_judge_only(
    client, address, body, book, settings, model
):
    judge, _ = put_judge(book, settings, kind_training.dump(made_judge()), "判别")
    asked = body | {"kinds": str(judge.id)}
    refused = client.put(address, json=asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "model_not_published")
    publish_model(book, judge.id)
    assert client.put(address, json=asked).status_code == 201
    assert client.put(address, json=asked).status_code == 200
    told = client.get(address).json()
    assert (told["judge"], told["parameters"]["kinds"]) == ("判别", judge.sha256)
    for wrong in ({"kinds": body["model"]}, {"model": str(judge.id)}):
        refused = client.put(f"/api/batches/{uuid4()}", json=asked | {"name": "另"} | wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, "model_tells_other")
    for wrong, status in ((str(uuid4()), 404), ("x", 422), (7, 422)):
        assert (
            client.put(f"/api/batches/{uuid4()}", json=asked | {"name": "另", "kinds": wrong})
        ).status_code == status
