"""`qingfei zone` at the terminal: set up from a file, listed, ended; and its refusals."""

import json

import pytest
from typer.testing import CliRunner

from api.cli import build
from api.cli import zones as commands
from gis.ledger import places
from tests.makers import KUNDULUN, Clock, a_district, open_book, square

HERE = ("--district", KUNDULUN)
ABOUT = ("--kind", "煤场", "--reason", "许可证 17")


def test_zones_are_set_up_listed_and_ended(database_url, monkeypatch, tmp_path):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        monkeypatch.setattr(commands, "terminal_book", lambda: book)

        def run(*words, refused=None):
            done = CliRunner().invoke(build(["zone"]), ["zone", *map(str, words)])
            if refused:
                assert type(done.exception).__name__ == refused
            else:
                assert done.exit_code == 0, done.output
            return done.output

        file = tmp_path / "煤场.geojson"
        shape = {"type": "Feature", "properties": {}, "geometry": square().__geo_interface__}
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [shape]}))
        days = ("--from", "2026-01-01")
        (zone_id,) = json.loads(run("add", file, *HERE, *ABOUT, *days, "--json"))["zones"]
        assert json.loads(run("add", file, *HERE, *ABOUT, *days, "--json"))["new"] == 0
        assert "煤场" in run("list", *HERE)
        run("add", file, *HERE, "--kind", "湖", "--reason", "x", refused="WordUnknown")
        run("add", file, "--district", "9", *ABOUT, refused="DistrictUnknown")
        run("add", file, *HERE, "--kind", "煤场", "--reason", " ", refused="ZoneReasonMissing")
        run("end", zone_id[:8], "--reason", " ", refused="ZoneReasonMissing")
        assert "煤场" in run("end", zone_id[:8], "--reason", "许可证已注销")
        run("end", "zzz", "--reason", "x", refused="NotInRegister")
        run("end", "", "--reason", "x", refused="NotInRegister")
        assert json.loads(run("list", *HERE, "--json")) == []
        (told,) = json.loads(run("list", *HERE, "--all", "--json"))
        assert told["ended_reason"] == "许可证已注销"


@pytest.mark.parametrize("word", ["add", "list", "end"])
def test_each_command_shows_an_example(word):
    done = CliRunner().invoke(build(["zone"]), ["zone", word, "--help"])
    assert "Example: qingfei zone" in done.output
