"""The report on a sample of reference points: the same input gives the same bytes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from remote_sensing.reference.estimate import Estimated
from remote_sensing.reference.files import Key
from remote_sensing.reference.places import LonLat
from remote_sensing.report import sample_figures, sample_tables, tables
from remote_sensing.report.page import template
from remote_sensing.report.words import Words
from remote_sensing.safe_files import sha256_of


def html(
    key: Key,
    answers: Mapping[str, str | None],
    found: Estimated,
    places: Mapping[str, LonLat],
    files: tuple[Path, Path],
    language: str,
) -> bytes:
    """Return the report's bytes; ``files`` are the interpreted points and their key."""
    t = Words(language)
    adjusted = found.adjusted
    marks = _marks(key, answers, places, t)
    wrong, left_out = sample_tables.wrong(key.mapped, answers, places, t)
    errors = found.points - int(found.matrix.trace())
    names = {name: tables.named(name, t) for name in found.names}
    text = template("sample.html").render(
        t=t,
        lead=t("sample_lead", drawn=len(answers), points=found.points, unsure=found.unsure),
        cards=[
            (tables.told(adjusted.overall), t("sample_overall")),
            (str(found.points), t("n_points")),
            (str(errors), t("n_wrong")),
            (str(found.unsure), t("n_unsure")),
        ],
        chart=Markup(sample_figures.areas(adjusted.classes, names, t("hectares"))),
        areas=sample_tables.areas(adjusted, t),
        accuracy=sample_tables.accuracy(found, t),
        shares=sample_tables.shares(found, t),
        counts=sample_tables.counts(found, t),
        sample_map=Markup(sample_figures.sample_map(marks)),
        map_note=t("sample_map_note", n=len(marks), drawn=len(answers)),
        wrong=wrong,
        more=t("more", n=left_out) if left_out else "",
        not_covered=_not_covered(adjusted.left_out, t),
        hashes=tables.Table(
            ["", t("file"), "SHA-256"],
            [
                [t(word), path.name, sha256_of(path)]
                for word, path in zip(("points_file", "key_file"), files, strict=True)
            ],
            texts=(1,),
            hashes=(2,),
        ),
        method=t("sample_method", seed=key.seed),
    )
    return text.encode()


def _not_covered(left_out: Sequence[str], t: Words) -> str:
    if not left_out:
        return ""
    joint = ", " if t.is_english else "、"
    return t("not_covered", names=joint.join(tables.named(name, t) for name in left_out))


def _marks(
    key: Key, answers: Mapping[str, str | None], places: Mapping[str, LonLat], t: Words
) -> list[sample_figures.Mark]:
    marks = []
    for name, seen in sorted(answers.items()):
        if name not in places:
            continue
        kind = "unsure" if seen is None else "right" if seen == key.mapped[name] else "wrong"
        classes = [one for one in (key.mapped[name], seen) if one]
        said = " → ".join([name, *(tables.named(one, t) for one in classes)])
        marks.append((*places[name], kind, said))
    return marks
