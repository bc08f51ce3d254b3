"""Scenes come in, sites are looked at by themselves; the same again adds nothing."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.follow_up import SceneUndated, follow_up
from api.intake import SceneSent, add_scene
from gis.domain.follow_up.observation import Observation
from gis.domain.follow_up.words import REASONS, reason, summary
from gis.domain.terms import FootprintState, ReferenceHow, SiteState
from gis.ledger import follow_up as filing
from gis.ledger.sites import correct_site
from gis.store import observations
from remote_sensing.errors import KeptSceneChanged
from remote_sensing.scene import open_scene
from tests.makers import list_site
from tests.remote_sensing.made_ground import NEXT_SUMMER, PIT, SUMMER, Drawn, draw, lonlat

SITE = lonlat(*PIT)
GROWN = Drawn(pits=((PIT[0], PIT[1], PIT[2] + 5, PIT[3]),), seed=1)
AUTUMN = date(2025, 10, 12)


@pytest.fixture
def site(app, book):
    return list_site(book, outline=SITE)


@pytest.fixture
def add(book, settings, tmp_path):
    def add(name: str, day: date | None, drawn: Drawn, **changes):
        scene = draw(tmp_path / f"{name}.tif", day, drawn)
        if day is None:
            scene = open_scene(scene.path)
        return add_scene(book, settings, SceneSent(scene, "150203", name, "S2", "notice"))

    return add


def of(book, code: str) -> list[Observation]:
    with book.reading() as connection:
        return observations.of_site(connection, code)


def versions(book, code: str) -> list[Observation]:
    with book.reading() as connection:
        return observations.versions_of(connection, code)


def test_each_scene_is_followed_up_as_it_comes_and_read(client, book, site, add):
    add("a", SUMMER, Drawn(added=0))
    add("b", NEXT_SUMMER, GROWN)
    first, second = of(book, site.code)
    assert [first.state, second.state] == [FootprintState.FIRST, FootprintState.GROWN]
    assert second.compared_with == first.id and second.change_m2 > 10_000
    assert (first.reference_how, second.reference_how) == (ReferenceHow.CHOSEN, ReferenceHow.KEPT)
    assert second.reference.equals_exact(first.reference, 1e-9)
    told = client.get(f"/api/sites/{site.code}/observations").json()
    assert [one["scene"] for one in told["items"]] == ["a", "b"]
    assert [(one["year"], one["looks"]) for one in told["peaks"]] == [(2025, 1), (2026, 1)]
    assert all(one["is_peak"] for one in told["items"])
    assert "扩大" in told["items"][1]["summary_zh"] and "grew" in told["items"][1]["summary_en"]
    assert told["items"][1]["footprint"]["type"] == "MultiPolygon"
    assert client.get("/api/sites/150203-W99999-X/observations").status_code == 404


def test_the_same_scene_again_adds_nothing_and_measures_nothing(book, site, add, monkeypatch):
    record = add("a", SUMMER, Drawn())
    before = versions(book, site.code)
    monkeypatch.setattr("remote_sensing.follow_up.followup.observe", None)
    done = follow_up(book, record)
    assert (done.sites, done.filed) == (1, ((), 1))
    add("a", SUMMER, Drawn())
    assert versions(book, site.code) == before


def test_a_scene_that_comes_late_is_compared_with_from_then_on(book, site, add):
    add("b", NEXT_SUMMER, GROWN)
    assert [one.state for one in of(book, site.code)] == [FootprintState.FIRST]
    add("a", SUMMER, Drawn(added=0))
    states = [one.state for one in of(book, site.code)]
    assert states == [FootprintState.FIRST, FootprintState.GROWN]
    assert len(versions(book, site.code)) == 3  # the first word on b is kept


def test_the_same_season_is_taken_before_the_nearer_day(book, site, add):
    add("a", SUMMER, Drawn())
    add("autumn", AUTUMN, Drawn(seed=2))
    add("b", NEXT_SUMMER, Drawn(seed=3))
    first, autumn, last = of(book, site.code)
    assert autumn.compared_with == first.id and last.compared_with == first.id
    assert "other_season" in [row["code"] for row in autumn.reasons]


def test_snow_is_unseen_and_not_compared_with_later(book, site, add):
    add("a", SUMMER, Drawn())
    add("snow", date(2026, 1, 9), Drawn(snow=True))
    add("b", NEXT_SUMMER, Drawn(seed=3))
    first, snow, last = of(book, site.code)
    assert snow.state is FootprintState.UNSEEN and snow.bare_m2 is None
    assert last.compared_with == first.id and last.state is FootprintState.UNCHANGED


def test_another_outline_is_another_look_and_the_old_is_kept(book, site, add):
    record = add("a", SUMMER, Drawn())
    correct_site(book, site.code, 1, outline=lonlat(PIT[0], PIT[1], PIT[2] + 3, PIT[3]))
    assert len(follow_up(book, record).filed.new) == 1
    assert [one.site_version for one in of(book, site.code)] == [2]
    assert len(versions(book, site.code)) == 2


def test_closed_sites_are_followed_and_merged_ones_are_not(app, book, add):
    closed = list_site(book, outline=SITE, state=SiteState.CLOSED)
    merged = list_site(book, outline=SITE, state=SiteState.MERGED)
    away = list_site(book)  # at 109.70 40.70, where the scene does not reach
    add("a", SUMMER, Drawn())
    assert len(of(book, closed.code)) == 1
    assert of(book, merged.code) == of(book, away.code) == []


def test_whoever_must_hear_hears_each_new_observation(book, site, add, monkeypatch):
    heard = []
    monkeypatch.setattr(filing, "AFTER_FILING", (lambda book, one: heard.append(one.state),))
    record = add("a", SUMMER, Drawn())
    follow_up(book, record)
    assert heard == [FootprintState.FIRST]


def test_a_scene_without_a_day_is_taken_in_but_not_followed_up(book, site, add, settings):
    record = add("undated", None, Drawn())
    assert record.acquired_on is None and of(book, site.code) == []
    with pytest.raises(SceneUndated):
        follow_up(book, record)


def test_a_file_that_changed_since_is_not_compared_with(book, site, add):
    record = add("a", SUMMER, Drawn())
    path = Path(record.path)
    path.write_bytes(path.read_bytes()[:-4] + b"\0\0\0\0")
    with pytest.raises(KeptSceneChanged):
        add("b", NEXT_SUMMER, GROWN)
    assert len(of(book, site.code)) == 1


def test_a_scene_whose_bands_were_named_by_hand_is_read_again_as_then(
    book, site, settings, tmp_path
):
    import rasterio

    drawn = draw(tmp_path / "named.tif", SUMMER, Drawn())
    with rasterio.open(drawn.path, "r+") as dataset:
        dataset.descriptions = (None,) * dataset.count
    scene = open_scene(drawn.path, bands=drawn.band_names, acquired_on=SUMMER)
    add_scene(book, settings, SceneSent(scene, "150203", "named", "S2", ""))
    (one,) = of(book, site.code)
    assert one.bare_m2 == pytest.approx(120_000, rel=0.03)


def test_the_terminal_runs_shows_and_takes_reference_patches(
    book, site, add, tmp_path, monkeypatch
):
    from api.cli import build

    door = build(["follow-up"])

    add("a", SUMMER, Drawn())
    monkeypatch.setenv("QINGFEI_DATABASE_URL", book.engine.url.render_as_string(False))
    monkeypatch.setattr("api.cli.follow_up.terminal_book", lambda: book)
    patch = {
        "type": "Feature",
        "properties": {"code": site.code},
        "geometry": lonlat(60, 60, 75, 75).__geo_interface__,
    }
    file = tmp_path / "patches.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [patch]}))
    run = CliRunner()
    done = run.invoke(
        door, ["follow-up", "run", "--scene", "a", "--reference", str(file), "--json"]
    )
    assert done.exit_code == 0, done.output
    said = json.loads(done.output)
    assert said["sites"] == 1 and said["known"] == 0 and said["new"][0]["state"] == "FIRST"
    (one,) = of(book, site.code)
    assert one.reference_how is ReferenceHow.GIVEN and one.fvc_ratio is not None
    again = run.invoke(door, ["follow-up", "run", "--scene", "a", "--json"])
    assert json.loads(again.output)["new"] == []
    shown = run.invoke(door, ["follow-up", "show", site.code, "--json"])
    assert json.loads(shown.output)["items"][0]["reference_how"] == "GIVEN"
    plain = run.invoke(door, ["follow-up", "show", site.code])
    assert plain.exit_code == 0 and "首次观测" in plain.output


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"features": []}',
        '{"features": [{"properties": {}, "geometry": null}]}',
        '{"features": [{"properties": {"code": "x"}, "geometry": {"type": "Point", '
        '"coordinates": [109, 40]}}]}',
        '{"features": [{"properties": {"code": "x"}, "geometry": {"type": "Polygon", '
        '"coordinates": [[[398000, 4501000], [398010, 4501000], [398010, 4501010], '
        "[398000, 4501000]]]}}]}",
    ],
)
def test_a_file_that_holds_no_patches_is_refused(text, tmp_path):
    from api.cli.follow_up import ReferencesUnreadable, _references

    file = tmp_path / "patches.geojson"
    file.write_text(text)
    with pytest.raises(ReferencesUnreadable):
        _references(file)


def test_every_reason_has_words_and_none_says_restored(book, site, add):
    folder = Path(__file__).parents[2] / "remote_sensing" / "follow_up"
    import re

    used = set()
    for file in folder.glob("*.py"):
        used |= set(re.findall(r'Reason\(\s*"(\w+)"', file.read_text(encoding="utf-8")))
    used |= {"snow", "cloud", "shadow", "nodata"}
    assert used == set(REASONS)
    add("a", SUMMER, Drawn())
    add("b", NEXT_SUMMER, Drawn(pits=(), seed=4))
    gone = of(book, site.code)[-1]
    assert gone.state is FootprintState.GONE
    assert "不等于已恢复" in summary(gone, "zh")
    for tongue in ("zh", "en"):
        assert all(reason(row, tongue) for row in gone.reasons)
    assert FootprintState.GONE.zh == "未检出"
