"""`qingfei site`: one site from the terminal, and one plain sentence where it cannot be."""

import json
import subprocess
from pathlib import Path

import pytest
from shapely.geometry import mapping

from gis.ledger import places
from tests.makers import Clock, a_district, list_site, open_book, square
from tests.pictures import PDF
from tests.terminal import Terminal


@pytest.fixture
def codes(database_url: str):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        west = list_site(book, name="西堆", height_m=6.0).code
        return west, list_site(book, name="东堆", outline=square(109.702)).code


@pytest.fixture
def site(database_url: str, tmp_path: Path):
    """Run `qingfei site` on a register of its own."""

    return Terminal(database_url, tmp_path / "data", "site")


def said(done: subprocess.CompletedProcess[str]):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_show_correct_and_history(site, codes):
    west, _ = codes
    done = site("correct", west, "--set", "height_m=8.5", "--set", "is_bare=true", "--json")
    assert said(done) == {"code": west, "version": 2}
    assert said(site("show", west, "--json"))["facts"]["height_m"] == 8.5
    assert "8.5" in site("show", west).stdout
    assert "堆高（m）: 6 → 8.5" in site("history", west).stdout
    assert "Height (m): 6 → 8.5" in site("history", west, QINGFEI_LANGUAGE="en").stdout


def test_merge_then_split_and_tag(site, codes, tmp_path):
    west, east = codes
    done = site("merge", west, east, "--into", west, "--reason", "同一堆体", "--json")
    assert said(done) == {"code": west}
    assert said(site("show", east, "--json"))["state"] == "MERGED"
    parts = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": name}, "geometry": mapping(outline)}
            for name, outline in (("西块", square()), ("东块", square(109.702)))
        ],
    }
    file = tmp_path / "parts.geojson"
    file.write_text(json.dumps(parts), encoding="utf-8")
    done = site("split", west, "--parts", file, "--reason", "分别处置", "--json")
    first, _ = said(done)["codes"]
    assert site("tag", first, "5", "--ongoing").returncode == 0
    (tag,) = said(site("show", first, "--json"))["tags"]
    assert (tag["task"], tag["due_on"]) == ("5", None)
    assert site("tag", first, "5", "--remove").returncode == 0


def test_attach(site, codes, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(PDF)
    done = site("attach", codes[0], file, "--kind", "REPORT", "--title", "检测报告", "--json")
    assert said(done)["media_type"] == "application/pdf"
    (paper,) = said(site("show", codes[0], "--json"))["attachments"]
    assert paper["title"] == "检测报告"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "150203-W00099-X"), "台账中没有"),
        (("correct", "CODE", "--set", "height_m=high"), "堆高"),
        (("correct", "CODE", "--set", "nature=CLASS_I"), "不是可以更正的字段"),
        (("correct", "CODE", "--set", "height_m"), "字段=值"),
        (("merge", "CODE", "--reason", "理由"), "至少要有两个点位"),
        (("tag", "CODE", "99"), "没有任务"),
        (("split", "CODE", "--parts", "FILE", "--reason", "理由"), "边界无效"),
    ],
    ids=["show", "number", "derived", "pair", "alone", "task", "rubbish"],
)
def test_a_refusal_is_one_sentence(site, codes, tmp_path, words, sentence):
    file = tmp_path / "rubbish.geojson"
    file.write_text("[]", encoding="utf-8")
    known = {"CODE": codes[0], "FILE": file}
    done = site(*(known.get(word, word) for word in words))
    assert done.returncode == 1
    assert sentence in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
