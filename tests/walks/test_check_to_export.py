"""Field check, phone to export: the second walk, on a candidate that detection really found."""

import io
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import openpyxl
import pyogrio
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from gis.store.engine import make_engine
from tests.api.known import WRITE
from tests.makers_check import send


@pytest.fixture
def client(demo_settings):
    engine = make_engine(str(demo_settings.database_url))
    with TestClient(create_app(demo_settings, engine), headers=WRITE) as client:
        password = (demo_settings.data_dir / "demo-password").read_text().strip()
        client.post("/api/session", json={"username": "demo", "password": password})
        yield client
    engine.dispose()


def test_from_a_verdict_to_the_list(client: TestClient, command, tmp_path: Path):
    best = client.get("/api/candidates?district=STRZEGOM&state=TO_CHECK&limit=1").json()
    candidate = client.get(f"/api/candidates/{best['items'][0]['id']}").json()
    body = {
        "candidate_id": candidate["id"],
        "seen_version": candidate["version"],
        "verdict": "PIT",
        "answers": {
            "kind": "MINE_PIT",
            "waste_class": "UNIDENTIFIED",
            "note": '=HYPERLINK("http://example.invalid")',
        },
        "checked_at": datetime.now(UTC).isoformat(),
    }
    check_id = uuid4()
    first, again = send(client, body, check_id), send(client, body, check_id)
    assert (first.status_code, again.status_code) == (201, 200)
    site = first.json()["place"]["site"]
    assert again.json()["place"]["site"]["code"] == site["code"]
    assert site["grading"]["provisional"], "an unsampled pit without layers cannot be sure"
    unknown = [r for r in site["grading"]["reasons"] if not r["known"]]
    assert unknown and all(r["points"] > 0 for r in unknown), "unknown is never nothing"

    file = tmp_path / "list.xlsx"
    done = command("export", "--district", "STRZEGOM", "--format", "xlsx", "--out", file)
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(file)["管控清单"]
    headings = [cell.value for cell in sheet[2]]
    rows = {row[1].value: dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(3)}
    row = rows[site["code"]]
    assert row["风险等级"].value.endswith("（暂定）")
    assert row["备注"].data_type == "s" and row["备注"].value.startswith("=HYPERLINK")

    layer = tmp_path / "list.gpkg"
    assert (
        command("export", "--district", "STRZEGOM", "--format", "gpkg", "--out", layer).returncode
        == 0
    )
    table = pyogrio.read_dataframe(layer)
    assert table.crs.to_epsg() == 4490
    mine = table[table["点位编号"] == site["code"]].iloc[0]
    assert mine["占地面积（m²）"] == pytest.approx(site["area_m2"])

    page = client.get("/api/inventory?district=STRZEGOM&format=xlsx")
    assert openpyxl.load_workbook(io.BytesIO(page.content))["管控清单"].max_row == sheet.max_row
    whole = command("db", "verify-log")
    assert whole.returncode == 0 and "日志完整" in whole.stdout


def test_yesterdays_list_does_not_hold_todays_site(command, tmp_path: Path):
    file = tmp_path / "then.xlsx"
    done = command(
        "export", "--district", "150203", "--as-of", "2020-01-01", "--out", file, "--json"
    )
    assert done.returncode == 0 and '"rows": 0' in done.stdout
    refused = command(
        "export", "--district", "150203", "--as-of", "2099-01-01", "--out", tmp_path / "x.xlsx"
    )
    assert refused.returncode == 1 and "尚未到来" in refused.stderr
    assert not (tmp_path / "x.xlsx").exists()
