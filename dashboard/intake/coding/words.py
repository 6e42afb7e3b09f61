"""Text to sentences and words, with places in the text, so that evidence is verbatim."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bilateral.intake.coding.wordlists import word_list

FUTURE = ("rá", "rán", "ré", "remos")
INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]|EE\.?|UU")
DATELINE = 10
"""Words within which a line of place and agency ends."""
LONGEST = 120
"""Words of a sentence; what runs on is cut, so that a text without a full stop costs no more than another."""
WORD = re.compile(
    r"(?:[A-Z]\.){2,}(?:[A-Z]\b)?|EE\. ?UU\.?|\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:[’'][^\W\d_]+|-[a-záéíóúüñ]+)*|[,;:()\"“”«»—–\[\]$]"
)
END = re.compile(r"[.!?…]+[\"”’»')\]]*\s+(?=[\"“‘«¿¡(]*[A-ZÁÉÍÓÚÑ0-9])|\n+")
SHORT = word_list("short")
OPENERS = word_list("openers")
"""Words whose full stop does not end a sentence."""
POSSESSIVE = re.compile(r"[’']s?$")


class Word(NamedTuple):
    """One word or mark: lower case without accents, its place in the text, whether it has one capital or only capitals."""

    folded: str
    start: int
    end: int
    is_name: bool
    is_capitals: bool
    is_owner: bool
    """It ends in a possessive 's, which is not part of `folded`."""
    is_future: bool = False
    """It has the ending of a Spanish future: impondrá."""


class Sentence(NamedTuple):
    """A sentence of the text from `start` to `end`."""

    start: int
    end: int
    words: tuple[Word, ...]


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """Lower case without accents: `Pérez` and `perez` are one word. `sí`, yes, keeps its accent, as `si` is a condition."""
    lower = word.lower()
    return (
        lower
        if lower.isascii() or lower == "sí"
        else "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    )


def plain(text: str) -> str:
    """The text with tags and scripts blanked and control characters as spaces; every other character keeps its place."""
    text = (
        "".join(" " if (c < " " and c != "\n") or "\x7f" <= c < "\xa0" else c for c in text) if not text.isprintable() else text
    )
    return "".join(_without_tags(text)) if "<" in text else text


def _without_tags(text: str) -> Iterator[str]:
    place = 0
    for tag in re.finditer(r"<(script|style)\b|</?[a-zA-Z!][^<>]{0,300}>", text):
        if tag.start() < place:
            continue
        yield text[place : tag.start()]
        place = tag.end()
        if name := tag[1]:
            closing = text.find(f"</{name}", tag.end())
            place = len(text) if closing < 0 else closing
        yield " " * (place - tag.start())
    yield text[place:]


def sentences(text: str) -> Iterator[Sentence]:
    """Sentences of a plain text, in order."""
    start = 0
    for end in _ends(text):
        words = _words(text, start, end)
        for first in range(0, len(words), LONGEST):
            part = words[first : first + LONGEST]
            whole = len(words) <= LONGEST
            yield Sentence(part[0].start, _full_stop(text, part[-1].end, end) if whole else part[-1].end, part)
        start = end


def said(words: Sequence[Word]) -> frozenset[str]:
    """Words of a sentence, and each two in a row joined by a hyphen."""
    plainly = [word.folded for word in words]
    return frozenset((*plainly, *map("-".join, pairwise(plainly))))


def without_dateline(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words after `ISLAMABAD:` or `MINGORA, Pakistan (Reuters) -`, which say where a report was written."""
    if not words or not words[0].is_capitals or len(words[0].folded) < 4:
        return words
    for place, word in enumerate(words[1:DATELINE], start=1):
        if word.folded in (":", "—", "–") or (word.folded == ")" and any(w.folded == "(" for w in words[:place])):
            return words[place + 1 :]
    return words


def _ends(text: str) -> Iterator[int]:
    for mark in END.finditer(text):
        if text[mark.start()] == "." and _is_short(text, mark.start(), mark.end()):
            continue
        yield mark.end()
    yield len(text)


def _is_short(text: str, stop: int, following: int) -> bool:
    """Whether the full stop is of an abbreviation. After initials, as `U.S.`, a word that opens sentences shows that one ends."""
    found = re.search(r"(?:^|[^\w.])([\w.]+)$", text[max(0, stop - 12) : stop])
    before = found[1] if found else ""
    if INITIALS.fullmatch(before):
        opening = re.compile(r"\w*").match(text, following)
        return opening is None or folded(opening[0]) not in OPENERS
    return before.lower() in SHORT or (len(before) == 1 and before.isalpha())


def _full_stop(text: str, end: int, most: int) -> int:
    stop = re.compile(r"[.!?…]+[\"”’»')\]]*").match(text, end, most)
    return stop.end() if stop else end


def _words(text: str, start: int, end: int) -> tuple[Word, ...]:
    return tuple([_word(match[0], *match.span()) for match in WORD.finditer(text, start, end)])


def _word(written: str, start: int, end: int) -> Word:
    base, marks = _form(written)
    return Word(base, start, end, *marks)


@lru_cache(maxsize=50_000)
def _form(written: str) -> tuple[str, tuple[bool, bool, bool, bool]]:
    """What a word is wherever it stands: its folded form, and the marks of `Word`."""
    base = POSSESSIVE.sub("", written) if written[-1:] in "s’'" else written
    marks = (written[0].isupper(), written.isupper(), base != written, written.endswith(FUTURE))
    return folded(base) or written, marks
