"""Texts: every language says everything, and no translation is older than its English."""

import re

import pytest

from bilateral.pages import methods
from bilateral.strings import LANGS, texts
from bilateral.strings import __main__ as strings

OTHERS = [lang for lang in LANGS if lang != "en"]


def test_spanish_is_there():
    assert OTHERS == ["es"]
    assert texts("es").tag == "es-MX"


@pytest.mark.parametrize("lang", OTHERS)
def test_no_translation_is_missing_left_over_or_stale(lang):
    assert strings.stale(lang) == []


@pytest.mark.parametrize("lang", OTHERS)
def test_a_changed_english_text_is_found(lang):
    known = {key: strings.fingerprint(text) for key, text in texts("en").flat().items()}
    assert strings.stale(lang, known) == []
    known["chart.balance"] = strings.fingerprint("What it said before")
    assert strings.stale(lang, known) == [f"chart.balance changed in English since it was translated to {lang}"]


@pytest.mark.parametrize("lang", OTHERS)
def test_translations_fill_in_the_same_names(lang):
    def names(text):
        return sorted(re.findall(r"\{(\w+)\}", text))

    other = texts(lang).flat()
    differ = {key: text for key, text in texts("en").flat().items() if names(text) != names(other[key])}
    assert differ == {}


@pytest.mark.parametrize("lang", OTHERS)
def test_what_the_headers_of_the_indicators_say_is_translated_and_as_new(lang):
    shown = [query for query in methods.known().values() if query.layer == "indicators" and "title" in query.fields]
    english = {methods.anchor(query): methods.told(query, "en") for query in shown}
    other = methods.translated(lang)
    assert set(other) == set(english)
    for name, says in english.items():
        assert [field for field in methods.TOLD if bool(says[field]) != bool(other[name][field])] == [], name
        made_from = strings.fingerprint("\n".join(says.values()))
        assert other[name]["made_from"] == made_from, f"{name}: look at its {lang} again, then write made_from = {made_from!r}"
