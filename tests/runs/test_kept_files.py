"""Every file beside the database is held against its hash, and what is damaged is named."""

import hashlib
import json
from pathlib import Path
from uuid import uuid4

import pytest

from api import jobs
from gis.store import files, kept
from tests.terminal import Terminal


@pytest.fixture
def shelves(office):
    """A register with scenes, masks, a model, scores, a set, a photograph and a paper."""
    office.start()
    jobs.work_off(office.settings)
    settings = office.settings
    content = b"labels"
    digest = hashlib.sha256(content).hexdigest()
    folder = settings.samples_dir / "150203-2026"
    folder.mkdir(parents=True)
    (folder / "labels.gpkg").write_bytes(content)
    with office.book.entry() as entry:
        after = {"files": {"labels.gpkg": digest}}
        entry.log("freeze_samples", "samples", "150203-2026", after=after)
        sha256 = files.keep(settings.photos_dir, b"a photograph")
        now = entry.now
        row = {
            "id": uuid4(), "check_id": uuid4(), "sha256": sha256, "size_bytes": 12,
            "file_name": "a.jpg", "source": "CAMERA", "chosen_at": now, "recorded_by": "wang",
            "announced_at": now, "announced_by": "wang", "state": "RECEIVED", "received_at": now,
        }  # fmt: skip
        text = "insert into photos ({}) values ({})"
        names = ", ".join(row)
        marks = ", ".join(["%s"] * len(row))
        entry.connection.exec_driver_sql(text.format(names, marks), tuple(row.values()))
    return settings


def verify(settings):
    terminal = Terminal(str(settings.database_url), settings.data_dir)
    return terminal("db", "verify-files", "--json"), terminal("db", "verify-files")


def test_whole_files_are_counted_and_spoilt_and_lost_ones_are_named(office, shelves):
    told, said = verify(shelves)
    assert told.returncode == said.returncode == 0, said.stderr
    counts = json.loads(told.stdout)["files"]
    assert counts | {"scene": 2, "model": 1, "scores": 1, "samples": 1, "photo": 1} == counts
    with office.book.reading() as connection:
        found = list(kept.on_record(connection, shelves_of(shelves)))
    assert len({(one.path, one.sha256) for one in found}) == len(found) == sum(counts.values())
    assert {one.kind for one in found} == set(counts) <= set(kept.KINDS)
    assert "全部文件与登记时一致" in said.stdout and "检测得分图 1" in said.stdout

    (scores,) = shelves.scores_dir.glob("*.tif")
    flip(scores)
    flip(shelves.samples_dir / "150203-2026" / "labels.gpkg")
    flip(office.scenes[0].path)
    Path(office.record.path).unlink()
    told, said = verify(shelves)
    assert told.returncode == said.returncode == 1
    found = {(one["kind"], one["is_gone"]) for one in json.loads(told.stdout)["damaged"]}
    assert found == {("scores", False), ("samples", False), ("scene", False), ("model", True)}
    assert "个文件中有 4 个缺失或已改变" in said.stderr and "请从备份恢复" in said.stderr
    assert f"{office.scenes[0].name}：文件已改变" in said.stderr
    assert "模型 小模型：文件缺失" in said.stderr


def shelves_of(settings):
    return kept.Shelves(
        settings.photos_dir, settings.attachments_dir, settings.scores_dir, settings.samples_dir
    )


def flip(path):
    """Turn one bit of a file round, as a disk does."""
    path = Path(path)
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
