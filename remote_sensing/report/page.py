"""The report put together: the same input gives the same bytes, whatever the time of day."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import jinja2
from markupsafe import Markup

from remote_sensing.model import Model
from remote_sensing.quality.batches import BatchEvaluation, batch
from remote_sensing.quality.judging import Judged
from remote_sensing.report import figures, tables, thumbnails
from remote_sensing.report.words import Words
from remote_sensing.safe_files import sha256_of
from remote_sensing.scene import Scene
from remote_sensing.training.card_text import as_text


@dataclass(frozen=True, slots=True)
class Source:
    """Where one scene's figures come from: its image, where known, and its other files."""

    image: Scene | None
    files: Sequence[Path]


def source_of(candidates: Path, labels: Path, image: Scene | None) -> Source:
    """Return the files of a run and its labels as far as they exist."""
    beside = [candidates, *(candidates.with_name(n) for n in ("classes.tif", "run.json"))]
    return Source(image, [*(one for one in beside if one.is_file()), labels])


def html(
    scenes: Sequence[Judged], sources: Sequence[Source], model: Model | None, language: str
) -> bytes:
    """Return the report's bytes; ``sources`` stand in the order of ``scenes``."""
    t, found = Words(language), batch(scenes)
    pooled = found.pooled
    known = {one.name: (one, s.image) for one, s in zip(scenes, sources, strict=True)}
    thumbs = [
        (thumbnails.draw(worst, *known[worst.scene]), worst)
        for worst in thumbnails.worst_of(scenes)
    ]
    places, left_out = tables.places(scenes, t)
    confidence, pixels = pooled.confidence_all, pooled.pixels
    text = template("report.html").render(
        t=t,
        lead=t(
            "lead",
            n=len(scenes),
            pixels=pixels.labelled_pixels if pixels else 0,
            places=pooled.objects_all.places,
            candidates=pooled.objects_all.candidates,
        ),
        cards=_cards(found, t),
        classes=tables.classes(pixels, t) if pixels else None,
        matrix=tables.matrix(pixels, t) if pixels and pixels.names else None,
        brier=tables.number(confidence.brier),
        reliability=Markup(
            figures.reliability(confidence.bins, t("confidence"), t("share_right"), t("pieces"))
        ),
        curves=Markup(
            figures.curves(scenes, t("threshold"), t("share"), (t("precision"), t("recall")))
        ),
        thresholds=tables.thresholds(scenes, pooled.ground_km2, t),
        first=[(one.name, figures.first_visits(one)) for one in scenes],
        thumbs=[(thumb, t(worst.kind), _caption(thumb, t)) for thumb, worst in thumbs],
        no_image=any(one.image is None for one in sources),
        scenes=tables.scenes(found, t),
        spread=tables.spread(found, t),
        places=places,
        more=t("more", n=left_out) if left_out else "",
        adjusted=tables.adjusted(pooled.area, t) if pooled.area else None,
        overall=str(pooled.area.overall) if pooled.area else "",
        card_lines=_card_lines(model, t),
        card=tables.card(model.card if model else None, model.sha256 if model else None, t),
        hashes=_hashes(scenes, sources, model, t),
        method=t("method_text", labelled=tables.percent(pooled.objects_labelled.precision)),
    )
    return text.encode()


def _cards(found: BatchEvaluation, t: Words) -> list[tuple[str, str]]:
    pooled, objects = found.pooled, found.pooled.objects_all
    shown = [
        (f"{objects.found} / {objects.places}", t("found")),
        (f"{objects.right} / {objects.candidates}", t("right")),
        (tables.percent(pooled.confidence_all.precision_of_first), t("first")),
        (tables.number(objects.candidates_per_100km2, 1), t("load")),
        (f"{tables.number(objects.area_error_percent, 1)} %", t("area_error")),
    ]
    if pooled.pixels:
        shown.insert(0, (tables.number(pooled.pixels.target.iou), t("iou")))
        shown.insert(1, (tables.number(pooled.pixels.overall), t("overall")))
    return shown


def _card_lines(model: Model | None, t: Words) -> list[tuple[str, bool]]:
    """Return the card in plain words, line by line, and whether a line belongs to the one above."""
    if model is None:
        return []
    lines = as_text(model.card, "en" if t.is_english else "zh-CN").splitlines()
    return [(line.strip(), line.startswith(" ")) for line in lines]


def _caption(thumb: thumbnails.Thumbnail, t: Words) -> list[str]:
    worst, (x, y) = thumb.of, thumb.middle
    lines = [f"{worst.area_m2 / 1e4:.2f} ha · {x:.4f}, {y:.4f}"]
    if worst.class_name and worst.confidence is not None:
        name = tables.named(worst.class_name, t)
        lines.insert(0, f"{name} · {t('confidence')} {worst.confidence:.2f}")
    else:
        lines.insert(0, f"{t('covered')} {tables.percent(worst.share)}")
    return [*lines, worst.scene]


def _hashes(
    scenes: Sequence[Judged], sources: Sequence[Source], model: Model | None, t: Words
) -> tables.Table:
    rows = [] if model is None else [[t("model"), model.card.name, model.sha256]]
    known = {path: sha256_of(path) for path in {p for s in sources for p in s.files}}
    for judged, source in zip(scenes, sources, strict=True):
        if source.image is not None:
            rows.append([judged.name, source.image.path.name, source.image.sha256])
        rows += [[judged.name, path.name, known[path]] for path in source.files]
    return tables.Table([t("scene"), t("file"), "SHA-256"], rows, texts=(1,), hashes=(2,))


@cache
def template(name: str) -> jinja2.Template:
    """Return a template of the reports; all text that enters one is escaped."""
    loader = jinja2.FunctionLoader(
        lambda file: files("remote_sensing.report").joinpath(file).read_text(encoding="utf-8")
    )
    kind = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, loader=loader)
    return kind.get_template(name)
