"""The tables of the coder: what they hold, and what is said of a row that cannot be used."""

import csv

import pytest

from bilateral.intake.coding import actors, codebook
from bilateral.intake.coding.lexicon import FRAMES, lexicon, read
from bilateral.intake.coding.patterns import steps
from bilateral.intake.coding.words import Word
from bilateral.package_data import folder

HEADER = "language,kind,pattern,code,direction,note\n"


def table(name: str) -> list[dict[str, str]]:
    with (folder("seeds") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def takes(pattern: str, word: str) -> bool:
    return steps(pattern, {})[0].takes(Word(word, 0, len(word), False, False, False))


@pytest.mark.parametrize("word", ["impose", "imposes", "imposed", "imposing"])
def test_a_regular_verb_in_all_its_forms(word):
    assert takes("impose~", word)


def test_a_beginning_and_alternatives():
    assert takes("impus*|impon*", "impusieron")
    assert not takes("impus*|impon*", "importa")


def test_every_code_of_a_phrase_is_known():
    for language in ("en", "es"):
        coded = {phrase.code for phrase in lexicon(language).phrases if phrase.kind in ("act", "object")}
        assert coded - set(codebook.codes()) - {"0355"} == set()


def test_every_frame_of_a_phrase_is_known():
    for language in ("en", "es"):
        frames = {phrase.code.rstrip("?") for phrase in lexicon(language).phrases if phrase.kind == "frame"}
        assert frames == set(FRAMES)


def test_every_code_that_a_frame_makes_is_known():
    made = {row[frame] for row in table("frame_codes.csv") for frame in FRAMES} - {""}
    assert made - set(codebook.codes()) == set()


def test_every_country_and_role_of_an_actor_is_known():
    rows = table("intake_actors.csv")
    assert {row["country"] for row in rows} - {row["iso3"] for row in table("countries.csv")} == {""}
    assert {row["role"] for row in rows} - {row["role"] for row in table("roles.csv")} == {""}


def test_every_country_has_a_name_in_both_languages():
    for language in ("en", "es"):
        named = {actor.country for parts in actors.names(language).values() for _, found in parts for actor in found}
        assert {row["iso3"] for row in table("countries.csv")} - named == set()


def test_no_two_terms_of_one_person_overlap():
    terms: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in table("intake_actors.csv"):
        if row["kind"] == "person" and row["valid_from"]:
            terms.setdefault((row["phrase"], row["country"]), []).append((row["valid_from"], row["valid_to"] or "9999"))
    assert [key for key, of in terms.items() if any(a[1] > b[0] for a, b in zip(sorted(of), sorted(of)[1:], strict=False))] == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("en,act,@nobody ... tariff,163,,", "line 2: pattern '@nobody ... tariff' names the class @nobody"),
        ("en,deed,impose,163,,", "line 2: kind is 'deed', expected one of act, object, frame, trap, topic or class"),
        ("en,act,impose,163,sideways,", "line 2: direction is 'sideways', expected one of empty, reverse"),
        ("en,act, ,163,,", "line 2: pattern ' ' has no word"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path, row, reason):
    (tmp_path / "lexicon.csv").write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^lexicon\.csv, ") as refused:
        list(read(tmp_path / "lexicon.csv", "en"))
    assert reason in str(refused.value)
