"""Both languages say everything, and nothing is said outside of them."""

import re
from collections.abc import Iterator
from pathlib import Path

from web_map import page
from web_map.assets import STATIC_DIR
from web_map.text import DEFAULT, LANGUAGES, language_of, words

TEMPLATES = Path(page.__file__).parent / "templates"
SCRIPTS = sorted((STATIC_DIR / "js").rglob("*.js"))
CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
CALL = re.compile(r"""\bt\(\s*["']([a-z0-9_.]+)["']""")
SAME_IN_BOTH = {"legend.at_least", "reason.of"}
OTHER_LANGUAGE = {"language.other", "login.other_language"}


def sources() -> Iterator[Path]:
    yield from SCRIPTS
    yield from sorted(TEMPLATES.rglob("*.html"))


def used() -> set[str]:
    return {key for path in sources() for key in CALL.findall(path.read_text("utf-8"))}


def holes(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def test_languages_have_the_same_keys() -> None:
    assert {language: words(language).keys() for language in LANGUAGES} == {
        language: words(DEFAULT).keys() for language in LANGUAGES
    }


def test_every_key_is_used_and_every_used_key_is_there() -> None:
    assert used() == set(words(DEFAULT))


def test_no_key_is_put_together_where_the_test_cannot_see_it() -> None:
    loose = re.compile(r"\bt\((?!\s*[\"'][a-z0-9_.]+[\"'])[^)]")
    found = {
        path.name: loose.findall(path.read_text("utf-8"))
        for path in SCRIPTS
        if path.name != "text.js"
    }
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_sentences_take_the_same_values() -> None:
    for key, sentence in words("en").items():
        assert holes(sentence) == holes(words("zh-CN")[key]), key


def test_chinese_sentences_are_chinese() -> None:
    bare = {key for key, text in words("zh-CN").items() if not CHINESE.search(text)}
    assert bare == SAME_IN_BOTH | OTHER_LANGUAGE


def test_english_sentences_are_english() -> None:
    chinese = {key for key, text in words("en").items() if CHINESE.search(text)}
    assert chinese == OTHER_LANGUAGE


def test_no_chinese_stands_in_code() -> None:
    ours = [
        *SCRIPTS,
        *(STATIC_DIR / "css").glob("*.css"),
        *TEMPLATES.glob("*.html"),
        *TEMPLATES.glob("office/*.html"),
    ]
    assert [path.name for path in ours if CHINESE.search(path.read_text("utf-8"))] == []


def test_language_of_a_wish() -> None:
    wishes = ["en", "en-GB", "zh-CN", "zh", "", None, "fr"]
    assert [language_of(wish) for wish in wishes] == ["en", "en", *["zh-CN"] * 5]
