"""What accounts of one of two towns may change, and what becomes of what they send."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.testclient import TestClient
from shapely.geometry import mapping

from gis.domain.terms import Role
from gis.ledger import people
from gis.ledger.measuring import remeasure
from gis.rules.grading import shipped
from gis.store.tables import ledger_log
from tests.api.known import PASSWORD, WRITE
from tests.api.sighted import DISTRICT, SIGHTS, TwoTowns, entering, tile_at
from tests.api.test_access import routes_of
from tests.imports.files import workbook
from tests.makers import KUNDULUN, square
from tests.makers_check import a_body, send
from tests.pictures import picture
from tests.two_towns import EAST, UNITS, WEST, WORDS, Half, done, file_candidate

Write = tuple[str, dict[str, Any]]


def writes_on(half: Half) -> dict[tuple[str, str], Write]:
    """Address and body of every write to one half, by the route that takes it."""
    site, plan = f"/api/sites/{half.site}", f"/api/sampling/plans/{half.plan}"
    step = {"act": "APPROVE", "comment": "", "changes": {}, "seen_version": 2}
    conclusion, new = f"/api/conclusions/{half.conclusion}", uuid4()
    correction = {"version": 2, "changes": {"note": "改"}}
    merge = {"codes": [half.site, half.merged], "reason": "合并"}
    split = {"code": half.site, "line": [[109.6, 40.701], [109.9, 40.701]], "reason": "拆分"}
    tag = {"lead_unit": "别的单位"}
    report = {
        "site_code": half.site,
        "basis": "REPORT",
        "nature": "CLASS_I",
        "concluded_on": "2026-06-01",
        "leach_multiple": 0.6,
        "laboratory": "某检测公司",
        "report_no": "B-8",
    }
    custody = {
        "step": "TAKEN",
        "codes": [half.increment],
        "at": datetime.now(UTC).isoformat(),
        "by": "李采样",
        "reason": "仪器未带",
    }
    pit = f"{site}/pit/surveys/{new}"
    survey = {"surveyed_on": "2026-06-01", "basis": "FIELD", "volume_change_m3": 80}
    model = {"data": {"surveyed_on": "2026-06-01"}, "files": {"model": ("a.tif", b"II*")}}
    mine = f"/api/sites/{half.imported}"
    unit = f"{mine}/units/{half.unit}"
    slope = {"name": "坡", "direction": "1", "land_aim": "GRASSLAND", "area_ha": 1}
    value = {"indicator": "SOIL", "value": 3, "measured_on": "2026-06-01", "source": "实测"}
    visit = {"due_on": "2026-06-01", "done_on": "2026-06-01", "result": "SOUND", "rule_id": "X"}
    days = {"before_on": "2026-05-01", "after_on": "2026-06-01"}
    pair = {"data": days, "files": {"before": ("a.tif", b"II*"), "after": ("b.tif", b"II*")}}
    work = {
        "district": KUNDULUN,
        "to": {"person": "wang"},
        "what": {"places": [f"site:{half.site}"]},
    }
    why = {"reason": "有误"}
    rows = f"样品编号,检测项目,浸出方法,检测值,单位\n{half.increment},氟化物,HJ 557,3,mg/L\n"
    results = {"data": {"plan": half.plan}, "files": {"file": ("a.csv", rows.encode())}}
    paper = {"data": {"kind": "PHOTO"}, "files": {"file": ("a.jpg", picture())}}
    assessment = {"material": "RUBBLE", "papers": {}, "document_no": "昆环评1号"}
    load = {"tonnes": 1, "tipped_on": "2026-06-01", "ticket_no": "T-1"}
    load |= {"unit": "某队", "received_by": "王工"}
    return {
        **notices_on(half),
        **works_on(half),
        ("PATCH", "/api/sites/{code}"): (site, {"json": correction}),
        ("PUT", "/api/merges/{act_id}"): (f"/api/merges/{new}", {"json": merge}),
        ("PUT", "/api/office-verdicts/{verdict_id}"): (
            f"/api/office-verdicts/{new}",
            {"json": {"candidate_id": half.candidate, "says": "VISIT", "seen_version": 1}},
        ),
        ("PUT", "/api/office-verdicts/{verdict_id}/undo"): (
            f"/api/office-verdicts/{new}/undo",
            {},
        ),
        ("PUT", "/api/close-outs/{close_out_id}"): (
            f"/api/close-outs/{new}",
            {"json": {"site_code": half.site}},
        ),
        ("PUT", "/api/close-outs/{close_out_id}/steps/{step_id}"): (
            f"/api/close-outs/{half.close_out}/steps/{new}",
            {"json": {"approve": True, "comment": "同意"}},
        ),
        ("PUT", "/api/sites/{code}/look-backs/{look_back_id}"): (
            f"{site}/look-backs/{new}",
            {"json": {"visited_on": "2026-06-01", "result": "NOTHING", "note": "无"}},
        ),
        ("PUT", "/api/look-backs/{look_back_id}/decision"): (
            f"/api/look-backs/{half.look_back}/decision",
            {"json": {"is_relapse": True, "reason": "属实"}},
        ),
        ("PUT", "/api/sites/{code}/tags/{task}"): (f"{site}/tags/4b", {"json": tag}),
        ("DELETE", "/api/sites/{code}/tags/{task}"): (f"{site}/tags/5", {}),
        ("PUT", "/api/sites/{code}/attachments/{attachment_id}"): (
            f"{site}/attachments/{new}",
            paper,
        ),
        ("PUT", "/api/sites/{code}/attachments/{attachment_id}/withdrawal"): (
            f"{site}/attachments/{half.paper}/withdrawal",
            {"json": why},
        ),
        ("PUT", "/api/sites/{code}/mine"): (f"{mine}/mine", {"json": {"patch_no": "K-1"}}),
        ("PUT", "/api/sites/{code}/units/{unit_id}"): (unit, {"json": slope}),
        ("PUT", "/api/sites/{code}/units/{unit_id}/values/{value_id}"): (
            f"{unit}/values/{new}",
            {"json": value},
        ),
        ("PUT", "/api/sites/{code}/units/{unit_id}/values/{value_id}/taken"): (
            f"{unit}/values/{new}/taken",
            {"json": {"indicator": "BARE", "source_id": str(new), "value": 3}},
        ),
        ("PUT", "/api/sites/{code}/units/{unit_id}/acceptance"): (
            f"{unit}/acceptance",
            {"json": {"accepted_on": "2026-06-01"}},
        ),
        ("PUT", "/api/sites/{code}/units/{unit_id}/care/{record_id}"): (
            f"{unit}/care/{new}",
            {"json": visit},
        ),
        ("PUT", "/api/sites/{code}/units/{unit_id}/end"): (f"{unit}/end", {"json": why}),
        ("PUT", "/api/sites/{code}/pit/surveys/{survey_id}"): (pit, {"json": survey}),
        ("PUT", "/api/sites/{code}/pit/surveys/{survey_id}/measurement"): (
            f"{pit}/measurement",
            model,
        ),
        ("PUT", "/api/sites/{code}/pit/surveys/{survey_id}/change"): (f"{pit}/change", pair),
        ("PUT", "/api/sites/{code}/pit/surveys/{survey_id}/withdrawal"): (
            f"{pit}/withdrawal",
            {"json": why},
        ),
        ("PUT", "/api/sampling/plans/{plan_id}"): (
            f"/api/sampling/plans/{new}",
            {"json": {"site_code": half.site}},
        ),
        ("POST", "/api/sampling/plans/{code}/end"): (f"{plan}/end", {"json": why}),
        ("PUT", "/api/sampling/custody/{batch_id}"): (
            f"/api/sampling/custody/{new}",
            {"json": custody},
        ),
        ("POST", "/api/results/check"): ("/api/results/check", results),
        ("PUT", "/api/results/batches/{batch_id}"): (f"/api/results/batches/{new}", results),
        ("POST", "/api/results/batches/{batch_id}/withdraw"): (
            f"/api/results/batches/{half.batch}/withdraw",
            {"json": why},
        ),
        ("PUT", "/api/conclusions/{conclusion_id}"): (
            f"/api/conclusions/{new}",
            {"json": report},
        ),
        ("POST", "/api/conclusions/{conclusion_id}/sign"): (f"{conclusion}/sign", {}),
        ("POST", "/api/conclusions/{conclusion_id}/review"): (
            f"{conclusion}/review",
            {"json": {"accept": True, "comment": "同意"}},
        ),
        ("PUT", "/api/field-checks/{check_id}/reviews/{review_id}"): (
            f"/api/field-checks/{half.check}/reviews/{new}",
            {"json": step},
        ),
        ("PUT", "/api/backfill/facts/{code}"): (
            f"/api/backfill/facts/{half.imported}",
            {"json": {"is_filling_open": True, "evidence": "现场"}},
        ),
        ("PUT", "/api/backfill/assessments/{assessment_id}"): (
            f"/api/backfill/assessments/{new}",
            {"json": {"pit_code": half.imported, "source_name": "某厂", **assessment}},
        ),
        ("PUT", "/api/backfill/loads/{load_id}"): (
            f"/api/backfill/loads/{new}",
            {"json": {"pit_code": half.imported, "source_code": half.site, **load}},
        ),
        ("PUT", "/api/assignments/{assignment_id}"): (f"/api/assignments/{new}", {"json": work}),
        ("PUT", "/api/assignments/{assignment_id}/withdrawal"): (
            f"/api/assignments/{half.work}/withdrawal",
            {"json": why},
        ),
        ("PUT", "/api/splits/{act_id}"): (
            f"/api/splits/{new}",
            {"json": split},
        ),  # after it the site is no more
    }


def works_on(half: Half) -> dict[tuple[str, str], Write]:
    """Writes to one half's project and its tasks."""
    here, task = f"/api/projects/{half.project}", f"/api/projects/{half.project}/tasks/{uuid4()}"
    plan = {"title": "一点一策", "task_no": 5}
    opened = {"site_code": half.site, "variant": "GENERAL", "plan": plan}
    step = {"from_stage": "RESERVE", "to_stage": "SURVEY"}
    piece = {"title": "清运", "lead_unit": "区生态环境分局"}
    return {
        ("PUT", "/api/projects/{project_id}"): (f"/api/projects/{uuid4()}", {"json": opened}),
        ("PUT", "/api/projects/{project_id}/plan"): (
            f"{here}/plan",
            {"json": {"version": 1, "plan": plan}},
        ),
        ("PUT", "/api/projects/{project_id}/tasks/{task_id}"): (task, {"json": piece}),
        ("PUT", "/api/projects/{project_id}/tasks/{task_id}/done"): (
            f"{task}/done",
            {"json": {"done_on": "2026-06-01"}},
        ),
        ("PUT", "/api/projects/{project_id}/tasks/{task_id}/dropped"): (
            f"{task}/dropped",
            {"json": {"reason": "不再需要"}},
        ),
        ("PUT", "/api/projects/{project_id}/steps/{step_id}"): (
            f"{here}/steps/{uuid4()}",
            {"json": step},
        ),
        ("PUT", "/api/projects/{project_id}/reversals/{step_id}"): (
            f"{here}/reversals/{uuid4()}",
            {"json": step | {"reason": "反弹"}},
        ),
    }


def notices_on(half: Half) -> dict[tuple[str, str], Write]:
    """Writes to what one half's unit was told, and to the later day that is asked for there."""
    notice, later = f"/api/notices/{half.notice}", f"/api/deadlines/extensions/{half.extension}"
    again = {"work": f"tag:{half.site}:5", "new_due_on": "2099-12-31", "reason": "汛期"}
    answer = {"unit": UNITS[half.town], "text": "已清运", "papers": []}
    file = {"files": {"file": ("a.jpg", picture())}}
    note = {"json": {"note": "见附件"}}
    given = f"{notice}/answers/{half.answer}"
    return {
        ("PUT", "/api/deadlines/extensions/{extension_id}"): (
            f"/api/deadlines/extensions/{uuid4()}",
            {"json": again},
        ),
        ("PUT", "/api/deadlines/extensions/{extension_id}/approval"): (f"{later}/approval", note),
        ("PUT", "/api/deadlines/extensions/{extension_id}/refusal"): (f"{later}/refusal", note),
        ("PUT", "/api/notices/{notice_id}/issue"): (f"{notice}/issue", {}),
        ("PUT", "/api/notices/{notice_id}/drop"): (f"{notice}/drop", {}),
        ("PUT", "/api/notices/{notice_id}/papers/{paper_id}"): (
            f"{notice}/papers/{uuid4()}",
            file,
        ),
        ("PUT", "/api/notices/{notice_id}/answers/{answer_id}"): (
            f"{notice}/answers/{uuid4()}",
            {"json": answer},
        ),
        ("PUT", "/api/notices/{notice_id}/answers/{answer_id}/acceptance"): (
            f"{given}/acceptance",
            note,
        ),
        ("PUT", "/api/notices/{notice_id}/answers/{answer_id}/return"): (f"{given}/return", note),
        ("PUT", "/api/notices/{notice_id}/close"): (f"{notice}/close", note),
    }


def whole_writes(tmp_path: Path) -> dict[tuple[str, str], Write]:
    """Address and body of acts that concern every town at once."""
    path = workbook(
        tmp_path / "清单.xlsx", [], ["编号", "名称", "经度", "纬度"], ["A-1", "新", 109.7, 40.7]
    )
    said = {"district": KUNDULUN, "name": "清单", "mapping": {"datum": "CGCS2000"}}
    options = {
        "data": {"options": json.dumps(said)},
        "files": {"file": ("a.xlsx", path.read_bytes())},
    }
    tick = {"id": str(uuid4()), "sha256": "0" * 64, "is_checked": True, "edition": "2021"}
    rules = {"text": shipped(), "reason": "试行"}
    match = {"json": {"district": KUNDULUN, "title": "年度匹配"}}
    batch = {"district": KUNDULUN, "name": "一批", "scenes": [str(uuid4())]}
    batch |= {"model": str(uuid4()), "min_area_m2": 2000}
    about = {"district": KUNDULUN, "name": "煤场", "kind": "COAL_YARD", "reason": "许可证"}
    outline = mapping(square())
    zone = about | {"outline": outline}
    shapes = [{"type": "Feature", "properties": {}, "geometry": outline}]
    content = json.dumps({"type": "FeatureCollection", "features": shapes}).encode()
    zones = {"data": {"about": json.dumps(about)}, "files": {"file": ("a.geojson", content)}}
    return {
        ("POST", "/api/imports/check"): ("/api/imports/check", options),
        ("POST", "/api/imports/report"): ("/api/imports/report", options),
        ("PUT", "/api/imports/{import_id}"): (f"/api/imports/{uuid4()}", options),
        ("PUT", "/api/rule-sets/{adoption_id}"): (f"/api/rule-sets/{uuid4()}", {"json": rules}),
        ("PUT", "/api/rules/{row_id}/check"): ("/api/rules/KDL-HSR.H1/check", {"json": tick}),
        ("PUT", "/api/backfill/plans/{plan_id}"): (f"/api/backfill/plans/{uuid4()}", match),
        ("PUT", "/api/batches/{batch_id}"): (f"/api/batches/{uuid4()}", {"json": batch}),
        ("PUT", "/api/batches/{batch_id}/cancellation"): (
            f"/api/batches/{uuid4()}/cancellation",
            {},
        ),
        ("POST", "/api/batches/{batch_id}/retry"): (f"/api/batches/{uuid4()}/retry", {"json": {}}),
        ("PUT", "/api/runs/{run_id}/threshold"): (
            f"/api/runs/{uuid4()}/threshold",
            {"json": {"threshold": 0.5, "seen": 0}},
        ),
        ("PUT", "/api/models/{model_id}/publication"): (f"/api/models/{uuid4()}/publication", {}),
        ("PUT", "/api/models/{model_id}/withdrawal"): (
            f"/api/models/{uuid4()}/withdrawal",
            {"json": {"reason": "误判过多"}},
        ),
        ("POST", "/api/training-sets"): ("/api/training-sets", {"json": {"district": "150203"}}),
        ("PUT", "/api/retrainings/{one_id}"): (
            f"/api/retrainings/{uuid4()}",
            {"json": {"district": KUNDULUN, "name": "秋"}},
        ),
        ("PUT", "/api/retrainings/{one_id}/cancellation"): (
            f"/api/retrainings/{uuid4()}/cancellation",
            {},
        ),
        ("PUT", "/api/retrainings/{one_id}/comparison"): (
            f"/api/retrainings/{uuid4()}/comparison",
            {},
        ),
        ("PUT", "/api/zones/{zone_id}"): (f"/api/zones/{uuid4()}", {"json": zone}),
        ("PUT", "/api/zones/{zone_id}/end"): (f"/api/zones/{uuid4()}/end", {"json": zone}),
        ("PUT", "/api/zones/files/{import_id}"): (f"/api/zones/files/{uuid4()}", zones),
    }


OWN_OR_KEPT = {
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
    ("PUT", "/api/views/{view_id}"),
    ("DELETE", "/api/views/{view_id}"),
    ("PUT", "/api/sampling/selections/{selection_id}"),  # draws from what is seen
    ("POST", "/api/weights/try"),
    ("POST", "/api/field/area/size"),
    ("POST", "/api/field/area/ground"),  # read, and store nothing
    ("PUT", "/api/field-checks/{check_id}"),  # kept, and waits for somebody who sees the place
    ("POST", "/api/field-checks/import"),  # the same from a file
    ("PUT", "/api/photos/{photo_id}"),
    ("PUT", "/api/photos/{photo_id}/pieces/{number}"),
    ("POST", "/api/backfill/match"),  # the same
    ("PUT", "/api/teams/{team_id}"),
    ("PUT", "/api/teams/{team_id}/end"),  # people
}
"""Writes that touch no place, or one's own things; others are tried on the east."""


PROVED_APART = {
    ("PUT", "/api/backfill/loads/{load_id}/reversal"): "tests/ledger/test_backfill_book.py",
    ("POST", "/api/backfill/assessments/{assessment_id}/settlement"): (
        "tests/ledger/test_backfill_book.py"
    ),
    ("PUT", "/api/notices/{notice_id}"): "tests/api/test_deadlines.py",
}
"""Writes that need a lawful pair, or name units and no place, by the tests that try them."""


def test_every_write_is_tried(app: FastAPI, towns: TwoTowns, tmp_path: Path):
    tried = set(writes_on(towns.east)) | set(whole_writes(tmp_path))
    tried |= OWN_OR_KEPT | set(PROVED_APART)
    written = {
        (method, route.path)
        for route in routes_of(app)
        for method in route.methods - {"GET", "HEAD"}
        if not route.path.startswith(("/api/people", "/api/account", "/api/audit"))
    }
    assert written == tried, "say of a new write whose rows it touches"


UNKNOWN = {"not_in_register", "place_unfit", "increment_unknown"} | {
    "work_unknown",
    "notice_unknown",
}
"""What is said of a thing that is not there: the same whether it is nowhere or out of sight."""


NOTICE = "/api/notices/{notice_id}"
ANSWER = f"{NOTICE}/answers/{{answer_id}}"
BY_MANAGERS_OF_ALL = {f"{NOTICE}/{act}" for act in ("issue", "drop", "close")}
BY_MANAGERS_OF_ALL |= {f"{ANSWER}/{act}" for act in ("acceptance", "return")}
"""Acts on notices, which speak for the whole district."""

NOTHING_NEW = {"/api/results/check", "/api/notices/{notice_id}/issue"}
"""Writes that only look, or find done what they ask for."""


def acts(towns: TwoTowns) -> int:
    """How many lines the log has of anything but people coming, going and being refused."""
    query = sa.select(sa.func.count()).where(ledger_log.c.subject_kind != "user")
    with towns.book.reading() as connection:
        return connection.scalar(query) or 0


def newest(towns: TwoTowns, number: int) -> list[Any]:
    """The log's last lines, newest first."""
    query = sa.select(ledger_log).order_by(ledger_log.c.seq.desc()).limit(number)
    with towns.book.reading() as connection:
        return list(connection.execute(query).mappings())


def test_no_account_of_the_west_writes_to_the_east(towns: TwoTowns):
    for sight in SIGHTS.values():
        with entering(towns, sight) as limited:
            before = acts(towns)
            for (method, path), (address, sent) in writes_on(towns.east).items():
                answer = limited.request(method, address, **sent)
                right = {"whole_district_only"} if path in BY_MANAGERS_OF_ALL else UNKNOWN
                assert answer.json()["code"] in right, (method, path, answer.text[:300])
                assert WORDS[EAST] not in answer.text
            assert acts(towns) == before, "not one line of the log"


def test_the_same_writes_are_taken_from_who_sees_the_place(client: TestClient, towns: TwoTowns):
    """And each leaves at least one line that says who, and what was or is."""
    stored = []
    for (method, path), (address, sent) in writes_on(towns.east).items():
        before = acts(towns)
        answer = client.request(method, address, **sent)
        code = answer.json()["code"] if answer.status_code >= 400 and answer.content else ""
        refusals = UNKNOWN | {"not_signed_in", "not_allowed", "beyond_sight"}
        assert code not in refusals, (method, path, answer.text[:300])
        if answer.is_success and path not in NOTHING_NEW:
            stored.append(path)
            (last,) = newest(towns, 1)
            assert acts(towns) > before, (method, path)
            assert last["actor"] == "wang" and (last["before"] or last["after"]), (method, path)
        else:
            assert acts(towns) == before, (method, path, answer.text[:300])
    assert len(stored) >= 11, stored


def test_what_concerns_every_town_is_for_those_who_see_them(towns: TwoTowns, tmp_path: Path):
    for sight in SIGHTS.values():
        with entering(towns, sight) as limited:
            before = acts(towns)
            for (method, path), (address, sent) in whole_writes(tmp_path).items():
                answer = limited.request(method, address, **sent)
                assert answer.json()["code"] == "whole_district_only", (method, path, answer.text)
                assert answer.status_code == 403
            assert acts(towns) == before


def test_a_place_is_not_carried_out_of_sight(towns: TwoTowns):
    """A correction that would move a site into the other town is undone whole."""
    with entering(towns, SIGHTS["town"]) as limited:
        before = acts(towns)
        redrawn = mapping(square(109.80, 40.70))
        body = {"version": 2, "outline": redrawn}
        answer = limited.patch(f"/api/sites/{towns.west.site}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "beyond_sight")
        assert acts(towns) == before
        kept = limited.get(f"/api/sites/{towns.west.site}").json()
        assert (kept["version"], kept["town"]) == (2, WEST)


def test_a_check_from_out_of_sight_is_kept_and_tells_nothing(towns: TwoTowns):
    """The work may have passed to others while the phone had no signal: nothing is lost."""
    with entering(towns, SIGHTS["town"], Role.ANALYST) as limited:
        body, check_id = a_body(towns.east.candidate, verdict="GONE"), uuid4()
        answer = send(limited, body, check_id)
        assert answer.status_code == 201 and answer.json()["place"] is None
        assert answer.json()["check"]["review"] == "RECEIVED"
        assert send(limited, body, check_id).status_code == 200
        assert limited.get(f"/api/candidates/{towns.east.candidate}").status_code == 404


def test_work_that_was_given_is_seen_wherever_it_lies(towns: TwoTowns, client: TestClient):
    name = f"sun{uuid4().hex[:6]}"
    people.add_user(towns.book, name, "孙工", Role.FIELD, PASSWORD, SIGHTS["town"])
    places = [f"site:{towns.east.site}", f"candidate:{towns.east.candidate}"]
    address = f"/api/assignments/{uuid4()}"
    body = {"district": KUNDULUN, "to": {"person": name}, "what": {"places": places}}
    with TestClient(towns.app, headers=WRITE) as worker:
        worker.post("/api/session", json={"username": name, "password": PASSWORD})
        asked = [f"/api/sites/{towns.east.site}", f"/api/candidates/{towns.east.candidate}"]
        assert [worker.get(one).status_code for one in asked] == [404, 404]
        done(client.put(address, json=body))
        assert [worker.get(one).status_code for one in asked] == [200, 200]
        assert towns.east.site in worker.get(f"/api/sites?{DISTRICT}").text
        done(client.put(f"{address}/withdrawal", json={"reason": "改派"}))
        assert [worker.get(one).status_code for one in asked] == [404, 404]


def test_pages_tiles_and_counts_are_those_of_the_sight(towns: TwoTowns, client: TestClient):
    """A mark, an ETag or a count of one sight is never that of another."""
    tile = tile_at(109.651, 40.701, "sites")
    with entering(towns, SIGHTS["town"]) as limited:
        whole, part = (who.get(f"/api/sites?{DISTRICT}&limit=1") for who in (client, limited))
        assert (whole.json()["total"], part.json()["total"]) == (4, 2)
        mark = whole.json()["next"]
        again = limited.get(f"/api/sites?{DISTRICT}&limit=1&after={mark}")
        assert again.json()["code"] == "cursor_unknown"
        etags = [who.get(tile).headers["etag"] for who in (client, limited)]
        assert etags[0] != etags[1]
        assert limited.get(tile, headers={"If-None-Match": etags[0]}).status_code == 200
        assert limited.get(tile, headers={"If-None-Match": etags[1]}).status_code == 304
        counts = limited.get(f"/api/sites/counts?{DISTRICT}").json()
        assert counts["total"] == 2 and counts["by_town"] == {WEST: 2}
        (district,) = limited.get("/api/districts").json()["districts"]
        assert district["counts"]["candidates"]["total"] == 1
        assert district["counts"]["sites"]["total"] == 2
        tried = limited.post("/api/weights/try", json={"district": KUNDULUN}).json()
        assert tried["total"] == 2
        strata = limited.get(f"/api/sampling/strata?{DISTRICT}&by=kind").json()
        assert strata["population"] == 2


def test_a_candidate_of_no_known_town_waits_for_those_who_see_everything(
    towns: TwoTowns, client: TestClient
):
    outside = file_candidate(towns.book, square(109.70, 40.89))
    assert client.get(f"/api/candidates/{outside}").status_code == 200
    with entering(towns, SIGHTS["town"]) as limited:
        assert limited.get(f"/api/candidates/{outside}").status_code == 404


def test_a_new_layer_of_towns_puts_candidates_under_them(towns: TwoTowns, client: TestClient):
    with towns.book.engine.begin() as connection:
        connection.execute(sa.text("update candidates set town = null"))
    with entering(towns, SIGHTS["town"]) as limited:
        assert limited.get(f"/api/candidates?{DISTRICT}").json()["total"] == 0
        found = remeasure(towns.book, KUNDULUN)
        assert found.located == 2
        (seen,) = limited.get(f"/api/candidates?{DISTRICT}").json()["items"]
        assert seen["id"] == towns.west.candidate
        assert remeasure(towns.book, KUNDULUN).located == 0
