"""Texts: every language says everything, and no translation is older than its English."""

import re
import shutil

import pytest

from bilateral.commands import translations
from bilateral.pages import tables
from bilateral.pages.markup import to_html
from bilateral.strings import LANGS, fingerprints, texts
from material import ROOT

OTHERS = [lang for lang in LANGS if lang != "en"]


def test_spanish_is_there():
    assert OTHERS == ["es"]
    assert texts("es").tag == "es-MX"


def test_every_translation_is_there_and_as_new_as_its_english(capsys):
    assert translations.main([]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("lang", OTHERS)
def test_a_changed_english_text_is_found(lang):
    known = {key: fingerprints.fingerprint(text) for key, text in texts("en").flat().items()}
    assert fingerprints.stale(lang, known) == []
    known["chart.balance"] = fingerprints.fingerprint("What it said before")
    assert fingerprints.stale(lang, known) == [f"chart.balance changed in English since it was translated to {lang}"]


@pytest.mark.parametrize("lang", OTHERS)
def test_a_header_that_lacks_a_text_or_is_older_is_named_with_what_it_lacks(monkeypatch, lang):
    known, english = translations.methods.translated(lang), translations.indicators()
    older = {name: dict(section) for name, section in known.items()} | {"gone": {}}
    del older["rank"]
    del older["tension"]["caveat"]
    older["balance"]["made_from"] = "00000000"
    monkeypatch.setattr(translations.methods, "translated", lambda _: older)
    monkeypatch.setattr(translations, "indicators", lambda: english)
    missing = [field for field in translations.methods.TOLD if known["rank"].get(field)]
    assert sorted(translations.headers(lang)) == sorted(
        [
            f"[gone] is in headers/{lang}.toml and is no indicator",
            f"[balance] changed in English since it was translated to {lang}",
            f"[tension] caveat is missing in headers/{lang}.toml",
            *(f"[rank] {field} is missing in headers/{lang}.toml" for field in missing),
        ]
    )


def test_what_changed_in_english_in_the_seeds_is_named(monkeypatch, tmp_path):
    for name in (
        "measures.csv",
        "outlets.csv",
        "translations.csv",
        translations.MADE_FROM,
        "chronology/usa-mex.csv",
        "articles/newsnation-2025-03-28.csv",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "seeds" / name, tmp_path / name)
    monkeypatch.setattr(translations.package_data, "folder", lambda _: tmp_path)
    change(tmp_path / "measures.csv", "20% import tax to pay for the border wall", "25% import tax to pay for the border wall")
    change(tmp_path / "chronology" / "usa-mex.csv", "Noem meets Sheinbaum", "Noem receives Sheinbaum")
    said = translations.register()
    assert "seeds/translations.csv lacks the Spanish of '25% import tax to pay for the border wall'" in said
    assert "seeds/translations.csv translates '20% import tax to pay for the border wall', which no row has" in said
    older = [said for said in translations.sentences() if "its summary changed" in said]
    assert older == ["usa-mex-20250328-01: its summary changed since summary_es was written"]
    translations.look_at(["usa-mex-20250328-01"])
    assert [said for said in translations.sentences() if "its summary changed" in said] == []


def change(path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("lang", OTHERS)
def test_translations_fill_in_the_same_names(lang):
    def names(text):
        return sorted(re.findall(r"\{(\w+)\}", text))

    other = texts(lang).flat()
    differ = {key: text for key, text in texts("en").flat().items() if names(text) != names(other[key])}
    assert differ == {}


def test_a_part_of_a_translated_text_that_lacks_a_number_or_a_name_is_named(tmp_path, monkeypatch):
    (tmp_path / "es").mkdir()
    (tmp_path / "a.md").write_text("# A\n\n3 of `x`.\n\n## 1. One\n\n4, and −2.5.\n", encoding="utf-8")
    (tmp_path / "es" / "a.md").write_text("# A\n\n3 de `x`.\n\n## 1. Uno\n\n4, y −2.4.\n", encoding="utf-8")
    monkeypatch.setattr(translations.package_data, "folder", lambda name: tmp_path)
    assert translations.manuals("es") == ["docs/es/a.md, “1. One”: lacks ['−2.5'], has in excess ['−2.4']"]


def test_texts_of_tables_are_translated_and_a_translation_without_its_text_is_named(monkeypatch):
    texts_of_tables = translations.of_tables()
    assert len(translations.untranslated("es")) < len(texts_of_tables) / 5
    assert translations.left_over("es") == []
    gone = min(translations.columns.translated("es"))
    monkeypatch.setattr(translations, "of_tables", lambda: texts_of_tables - {gone} | {"a new column"})
    assert translations.left_over("es") == [f"headers/columns_es.csv translates {gone!r}, which no table or column has"]
    assert "a new column" in translations.untranslated("es")


def test_what_is_not_translated_of_a_table_is_marked_as_english():
    told = tables.meaning("its address", "es"), tables.meaning("a new column", "es"), tables.meaning("its address", "en")
    assert [(to_html(span.children), getattr(span, "lang", None)) for span in told] == [
        ("su dirección", None),
        ("a new column", "en"),
        ("its address", "en"),
    ]


def test_values_of_the_data_stand_as_code_in_a_translated_meaning():
    assert to_html(tables.meaning("thin or ok", "es")) == "<span><code>thin</code> u <code>ok</code></span>"
