"""Clauses of a sentence, found by marks and joining words, without a parser: who can be the subject of which verb."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from bilateral.intake.coding.wordlists import word_list
from bilateral.intake.coding.words import Word

MARKS = frozenset(',;:()—–[]"“”«»')
RELATIVE = word_list("relative")
JOINING = word_list("joining")
CONDITIONAL = word_list("conditional")
CONDITIONS = word_list("conditions")
SAYING = word_list("saying")
"""Verbs of who is quoted at the end of a sentence."""
BEFORE_SPEECH = frozenset(("that", "que", "but", "and", "pero", "y", ":", '"', "“", "«"))
"""After these a sentence begins anew: `said that if …`; `that should …` is no condition."""


class Clause(NamedTuple):
    """Words from `first` up to `end`, and the word or mark that opens them."""

    first: int
    end: int
    opener: str
    is_credit: bool = False
    """It only says who is quoted: `officials said Thursday`."""


def clauses(words: Sequence[Word]) -> tuple[Clause, ...]:
    """Clauses of a sentence in order; each word is in one."""
    found: list[Clause] = []
    first, opener = 0, ""
    for place, word in enumerate(words):
        if word.folded in MARKS or word.folded in RELATIVE or word.folded in JOINING:
            if place > first:
                found.append(_clause(words, first, place, opener, not found))
                opener = word.folded
            elif word.folded not in MARKS:
                opener = word.folded
            first = place + 1
    if first < len(words):
        found.append(_clause(words, first, len(words), opener, not found))
    return tuple(found)


def follows_condition(words: Sequence[Word], found: Sequence[Clause], place: int) -> bool:
    """Whether the sentence, or a speech in it, opens with a condition that the word hangs on: `If talks fail, the border closes.`

    A clause with a joining word of its own (`because the border closed`) tells what is so in any case, as does one after a semicolon.
    """
    if found[clause_at(found, place)].opener in RELATIVE | JOINING - CONDITIONAL:
        return False
    if any(word.folded == ";" for word in words[:place]):
        return False
    again = (at for at in range(1, place) if words[at - 1].folded in BEFORE_SPEECH)
    return _is_condition(words, 0, CONDITIONS) or any(_is_condition(words, at, IF) for at in again)


CONCESSIONS = frozenset(("even", "as", "only", "incluso", "aun", "como", "solo"))
"""Before a condition these make it none, or one that the act does not hang on: `even if`, `as if`."""

BREAKING = RELATIVE | JOINING | {";", ":"}
"""What begins another clause, to which a condition further on belongs."""
IF = CONDITIONAL & CONDITIONS


def precedes_condition(words: Sequence[Word], place: int) -> bool:
    """Whether a condition comes after a word, and no other clause between them that it could belong to: `The border closes if talks fail.`

    `and` before a name goes on with the same clause, before another word it begins one.
    """
    for at in range(place + 1, len(words) - 1):
        word, following = words[at].folded, words[at + 1]
        if word in IF or f"{word}-{following.folded}" in CONDITIONS:
            return words[at - 1].folded not in CONCESSIONS
        if word in BREAKING or (word in ("and", "y") and not following.is_name):
            return False
    return False


def _is_condition(words: Sequence[Word], place: int, openers: frozenset[str]) -> bool:
    """Whether a condition of two words or more begins here: `If anything, …` is none."""
    begun = [word.folded for word in words[place : place + 3]]
    return len(begun) == 3 and MARKS.isdisjoint(begun) and not openers.isdisjoint((begun[0], "-".join(begun[:2])))


def _clause(words: Sequence[Word], first: int, end: int, opener: str, is_first: bool) -> Clause:
    said = any(words[at].folded in SAYING for at in range(first, end))
    short = end - first <= 16 and opener in MARKS
    return Clause(first, end, opener, (said and (short and (not is_first))) or words[first].folded in ("according", "segun"))


def clause_at(found: Sequence[Clause], place: int) -> int:
    """The number of the clause that a word is in; a mark belongs to the clause before it."""
    return max(bisect_right(found, place, key=_first) - 1, 0)


def _first(clause: Clause) -> int:
    return clause.first
