"""The terminal's door: one plain sentence on stderr, an exit code, and nothing half-written."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.settings import ROOT
from gis.store import cluster
from gis.store.migrate import head
from tests.terminal import refused

QINGFEI = Path(sys.executable).with_name("qingfei")
SCENE = ROOT / "data" / "demo" / "strzegom" / "strzegom_20220619_s2.tif"


@pytest.fixture
def started(database_url: str, tmp_path: Path):
    """Start the command itself, as a process, on a register of its own."""

    def run(*words: object, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "QINGFEI_DATABASE_URL": database_url,
            "QINGFEI_DATA_DIR": str(tmp_path / "data"),
            "QINGFEI_LANGUAGE": "zh-CN",
        } | settings
        command = [QINGFEI, *map(str, words)]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    return run


def commands() -> list[tuple[str, ...]]:
    """Every command, as the door itself lists them."""
    from api.cli import build

    app = build()
    found = [(c.name or c.callback.__name__,) for c in app.registered_commands]
    for group in app.registered_groups:
        for inner in group.typer_instance.registered_commands:
            found.append((group.name, inner.name or inner.callback.__name__))
    return found


def test_a_command_waits_for_nothing_that_it_does_not_use() -> None:
    script = (
        "import sys\n"
        "from api.cli import main\n"
        "sys.argv = ['qingfei', 'db', 'status', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'fastapi', 'scipy', 'sklearn', 'rasterio', 'geopandas'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_has_help_with_an_example(words):
    from api.cli import build

    done = CliRunner().invoke(build(words[:1]), [*words, "--help"])
    assert done.exit_code == 0
    assert "Example: qingfei" in " ".join(done.stdout.split())


def test_wrong_usage_is_exit_code_2(started):
    assert started("detect").returncode == 2
    assert started("export", "--as-of", "yesterday", "--out", "x").returncode == 2
    assert started("no-such-command").returncode == 2


def test_a_database_that_is_down(started):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    away = f"postgresql://app@127.0.0.1:{port}/qingfei"
    assert "qingfei db start" in refused(started("runs", QINGFEI_DATABASE_URL=away))
    english = started("runs", QINGFEI_DATABASE_URL=away, QINGFEI_LANGUAGE="en")
    assert refused(english).startswith("The database does not answer")


def test_a_database_of_an_older_schema(qingfei, empty_database_url):
    told = refused(qingfei("runs", QINGFEI_DATABASE_URL=empty_database_url))
    assert "qingfei db migrate" in told
    migrated = qingfei("db", "migrate", QINGFEI_DATABASE_URL=empty_database_url)
    assert migrated.returncode == 0
    assert qingfei("runs", QINGFEI_DATABASE_URL=empty_database_url).returncode == 0


def test_a_port_in_use(started):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"127.0.0.1:{port}" in refused(started("serve", "--port", port))
    assert "本机没有地址" in refused(started("serve", "--host", "203.0.113.7", "--port", port))


def test_starting_twice_and_stopping(tmp_path: Path):
    """A private server of its own, as a keeper would start it."""
    folder = tmp_path if os.geteuid() else Path("/var/tmp") / f"qingfei-{tmp_path.name}"
    environment = {
        "PATH": os.environ["PATH"],
        "QINGFEI_DATA_DIR": str(folder),
        "QINGFEI_LANGUAGE": "zh-CN",
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [QINGFEI, "db", *words], env=environment, capture_output=True, text=True
        )

    try:
        first = run("start", "--json")
        assert first.returncode == 0, first.stderr
        assert json.loads(first.stdout)["schema"] == head()
        assert "无需再次启动" in refused(run("start"))
        assert f"结构 {head()}" in run("status").stdout
        assert run("verify-log").stdout.startswith("日志完整：0 条")
        assert "已停止" in run("stop").stdout
        assert "没有运行" in run("status").stdout
        assert "本来就没有运行" in run("stop").stdout
    finally:
        cluster.stop(cluster.Cluster(folder))
        subprocess.run(["rm", "-rf", folder], check=True)


def test_a_server_of_ones_own_is_not_ours_to_start(qingfei):
    assert "QINGFEI_DATABASE_URL" in refused(qingfei("db", "start"))


def test_accounts_need_strong_passwords_and_new_names(qingfei):
    weak = qingfei("user", "add", "li", QINGFEI_PASSWORD="short")
    assert "密码至少 10 位" in refused(weak)
    named = ("--name", "李强", "--role", "reviewer")
    added = qingfei("user", "add", "li", *named, QINGFEI_PASSWORD="Correct-horse-7")
    assert added.returncode == 0
    again = qingfei("user", "add", "li", QINGFEI_PASSWORD="Correct-horse-7")
    assert "已存在" in refused(again)
    assert "李强" in qingfei("user", "list").stdout


def test_exports_name_what_is_wrong_and_leave_no_file(qingfei, tmp_path: Path):
    out = tmp_path / "list.xlsx"
    assert "--district" in refused(qingfei("export", "--out", out))
    assert "没有代码为 9 的区域" in refused(qingfei("export", "--district", "9", "--out", out))
    assert list(tmp_path.glob("list*")) == []


def test_a_batch_goes_on_past_a_bad_image_and_says_so(qingfei, tmp_path: Path):
    from remote_sensing.model import save
    from remote_sensing.training.manifest import read
    from remote_sensing.training.train import train

    model = tmp_path / "m.qfm"
    save(train(read(SCENE.with_name("manifest.toml"))), model)
    bad = tmp_path / "bad.tif"
    bad.write_text("no raster")
    done = qingfei("detect", bad, SCENE, "--model", model, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "bad.tif" in done.stderr and "2 幅影像中有 1 幅未完成" in done.stderr
    assert (tmp_path / "out" / SCENE.stem / "run.json").exists()
    assert not (tmp_path / "out" / "bad").exists()

    twins = tmp_path / "twin" / SCENE.name
    twins.parent.mkdir()
    twins.write_bytes(SCENE.read_bytes())
    both = qingfei("detect", twins, SCENE, "--model", model, "--out", tmp_path / "two")
    assert "会写进同一文件夹" in refused(both)

    unknown = qingfei("detect", SCENE, "--model", model, "--out", tmp_path / "out", "--file")
    assert "尚未登记" in refused(unknown)
    outside = qingfei(
        "detect", SCENE, "--model", model, "--out", tmp_path / "out", "--file", "--district", "9"
    )
    assert "没有代码为 9 的区域" in refused(outside)


def test_a_brief_names_what_is_wrong_and_leaves_no_file(qingfei, tmp_path: Path):
    out = tmp_path / "brief.docx"
    assert "没有代码为 9 的区域" in refused(qingfei("brief", "--district", "9", "--out", out))
    wrong = qingfei("brief", "--district", "9", "--filter", "towns=1", "--out", out)
    assert "筛选条件“towns=1”无法识别" in refused(wrong)
    future = qingfei("brief", "--district", "9", "--as-of", "2999-01-01", "--out", out)
    assert "尚未到来" in refused(future) and not out.exists()


def test_json_errors_are_for_machines(qingfei, tmp_path: Path):
    done = qingfei("export", "--district", "9", "--out", tmp_path / "x.xlsx", "--json")
    body = json.loads(done.stderr)
    assert done.returncode == 1 and body["code"] == "district_unknown"
    assert body["zh"] and body["en"]


def test_setup_check_says_what_is_there(qingfei):
    done = qingfei("setup-check", "--json")
    found = {row["name"]: row["is_well"] for row in json.loads(done.stdout)}
    assert len(found) == 5 and found["Python"] is True
