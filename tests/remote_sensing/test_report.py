"""The report: one file that needs nothing else, in two languages, the same bytes each time."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from shapely import box

from remote_sensing import pipeline
from remote_sensing.candidates import Candidate
from remote_sensing.quality.batches import look_at_all
from remote_sensing.quality.judging import Judged, JudgedCandidate, JudgedPlace, look
from remote_sensing.quality.per_object import Bin
from remote_sensing.quality.protocol import summed
from remote_sensing.quality.truth import Truth
from remote_sensing.report import figures, page, thumbnails
from remote_sensing.report.words import WORDS
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest


@pytest.fixture(scope="module")
def judged(manifest_path, model, model_path, tmp_path_factory):
    """Two scenes of which the second has one place that nobody found and one false alarm."""
    out, known = tmp_path_factory.mktemp("runs"), manifest.read(manifest_path)
    images = [open_scene(one.image) for one in known.scenes]
    for image in images:
        pipeline.detect(image, model, out, model_path=model_path)
    one, other = look_at_all(out, known)
    west, south, east, north = images[1].footprint_lonlat.bounds
    place = box(west + 0.2 * (east - west), south + 0.2 * (north - south), east, north)
    missed = JudgedPlace(place, 7e5, 0.0, 0.0, float("nan"))
    wrong = JudgedCandidate(other.candidates[0].candidate, 3e4, 0.1, True)
    bad = Judged(other.name, (wrong,), (missed,), other.labelled, other.seen, other.mapped_m2, 0.75)
    sources = [
        page.source_of(out / s.image.stem / "candidates.geojson", s.labels, image)
        for s, image in zip(known.scenes, images, strict=True)
    ]
    return (one, bad), sources


@pytest.fixture(scope="module")
def pages(judged, model):
    return {lang: page.html(*judged, model, lang).decode() for lang in ("zh-CN", "en")}


class Outside(HTMLParser):
    """Collects what a page would fetch, and its tags that are never closed."""

    def __init__(self):
        super().__init__()
        self.fetched, self.open = [], []

    def handle_starttag(self, tag, attributes):
        self.fetched += [v for k, v in attributes if k in {"src", "href"} and v[:5] != "data:"]
        if tag not in {"meta", "br", "image", "line", "path", "polyline"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in {"image", "line", "path", "polyline"}:
            assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_report_stands_alone_and_is_whole(pages, language):
    parser = Outside()
    parser.feed(pages[language])
    assert (parser.fetched, parser.open) == ([], [])
    assert "nan" not in re.sub(r"base64,[^\"]+", "", pages[language]).lower()
    assert "{" not in re.sub(r"<style>.*?</style>", "", pages[language], flags=re.S)


def test_it_says_the_figures_of_the_evaluation(pages, judged):
    pooled = summed(judged[0])
    text = pages["en"]
    assert f"{pooled.pixels.target.iou:.3f}" in text
    assert f"{pooled.objects_all.found} / {pooled.objects_all.places}" in text
    assert f"{pooled.objects_all.right} / {pooled.objects_all.candidates}" in text
    for source in judged[1]:
        assert source.image.sha256 in text


def test_the_worst_errors_are_shown_with_their_picture(pages, judged):
    shown = len(thumbnails.worst_of(judged[0]))
    assert pages["en"].count("<figure>") == shown >= 2
    assert "Missed" in pages["en"] and "False alarm" in pages["en"]
    assert pages["zh-CN"].count("data:image/png;base64,") == shown


def test_each_language_is_whole(pages):
    assert not re.search(r"[一-鿿]", re.sub(r"<style>.*?</style>", "", pages["en"], flags=re.S))
    for zh, en in WORDS.values():
        assert re.search(r"[一-鿿]|IoU|Brier", zh) and not re.search(r"[一-鿿]", en)


def test_the_same_input_gives_the_same_bytes(judged, model, pages):
    assert page.html(*judged, model, "en").decode() == pages["en"]


def test_names_cannot_break_out_of_the_page(judged, model):
    (one, bad), sources = judged
    evil = Judged("<script>alert(1)</script>", bad.candidates, bad.places, None, None, {}, 1.0)
    text = page.html((one, evil), sources, model, "en").decode()
    assert "<script" not in text and "&lt;script" in text


def test_nothing_found_and_nothing_known_is_a_report_too():
    known = Truth("EPSG:4326", (), None, ())
    text = page.html([look("empty", [], known, None)], [page.Source(None, [])], None, "en").decode()
    assert "0 / 0" in text and "Nothing was missed" in text


def test_without_an_image_outlines_stand_on_plain_ground(judged, model):
    scenes, sources = judged
    bare = [page.Source(None, one.files) for one in sources]
    text = page.html(scenes, bare, model, "en").decode()
    assert "No image was given" in text and "data:image" not in text
    assert text.count('class="truth"') >= 1


def test_curves_follow_the_threshold():
    def found(confidence, share):
        shape = box(0, 0, 1, 1)
        one = Candidate(None, "open_pit", confidence, 0, 1, 1, 1e4, 400, shape)
        return JudgedCandidate(one, 1e4, share, True)

    place = JudgedPlace(box(0, 0, 1, 1), 1e4, 0.9, 0.8, 0.6)
    scene = Judged("", (found(0.6, 1.0), found(0.9, 0.0)), (place,), None, None, {}, 1.0)
    assert figures.at_threshold([scene], 0.5) == (2, 1, 0.5, 1.0)
    assert figures.at_threshold([scene], 0.7) == (1, 0, 0.0, 0.0)
    assert np.isnan(figures.at_threshold([scene], 0.95)[2])
    assert [is_right for _, is_right in figures.first_visits(scene)] == [False, True]


def test_missed_places_and_false_alarms_share_the_room():
    def many(n):
        places = [JudgedPlace(box(k, 0, k + 1, 1), k, 0, 0, float("nan")) for k in range(n)]
        return Judged("s", (), tuple(places), None, None, {}, 1.0)

    worst = thumbnails.worst_of([many(30)], most=12)
    assert [w.area_m2 for w in worst] == list(range(29, 17, -1))


def test_empty_bins_are_not_drawn():
    bins = [Bin(0.1, 0.2, 0, float("nan"), float("nan")), Bin(0.9, 1.0, 3, 0.95, 1.0)]
    drawn = figures.reliability(bins, "<x>", "y", "n")
    assert drawn.count("<circle") == 1 and "nan" not in drawn and "&lt;x&gt;" in drawn


def test_the_model_is_told_in_plain_words(pages, model):
    assert "calibration.bins" not in pages["en"] and "Not checked: " in pages["en"]
    assert "未检验：" in pages["zh-CN"] and model.sha256 in pages["zh-CN"]
