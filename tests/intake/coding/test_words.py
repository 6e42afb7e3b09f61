"""Sentences, words and languages."""

import pytest

from bilateral.intake.coding.language import language_of
from bilateral.intake.coding.words import folded, plain, sentences


def cut(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


def test_abbreviations_end_no_sentence():
    assert cut("Mr. Ruiz met Gen. Paz on Feb. 3. They spoke.") == ["Mr. Ruiz met Gen. Paz on Feb. 3.", "They spoke."]
    assert cut("El Sr. Ruiz viajó a EE. UU. ayer. Habló.") == ["El Sr. Ruiz viajó a EE. UU. ayer.", "Habló."]


def test_initials_end_one_before_a_word_that_opens_sentences():
    assert cut("He left the U.S. The U.S. Embassy closed.") == ["He left the U.S.", "The U.S. Embassy closed."]


def test_a_line_ends_a_sentence():
    assert cut("A heading\nA sentence.") == ["A heading", "A sentence."]


def test_what_never_ends_is_cut():
    assert [len(sentence.words) for sentence in sentences("word " * 300)] == [120, 120, 60]


def test_letters_lose_case_and_accents():
    assert folded("Pérez-ÑANDÚ") == "perez-nandu"


def test_plain_text_keeps_every_place():
    text = "a<b>c</b>\x00<script>x<y</script>d"
    assert len(plain(text)) == len(text)
    assert plain(text).split() == ["a", "c", "d"]


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        ("The government of Mexico said that it will answer.", "", "en"),
        ("El gobierno de México dijo que va a responder a la carta.", "", "es"),
        ("El gobierno de México dijo que va a responder a la carta de los Estados Unidos.", "en", "es"),
        ("Le gouvernement a dit que les droits sont dans une lettre pour la France.", "", None),
        ("Mexico thanks Canada", "en", "en"),
        ("Mexico thanks Canada", "", None),
        ("", "en", "en"),
        ("Правительство Мексики ответит.", "ru", None),
    ],
)
def test_the_language(text, told, language):
    assert language_of(text, told) == language
