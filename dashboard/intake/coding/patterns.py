"""Phrases of the lexicon as patterns over words.

A pattern is a row of words: `impos*` begins so, `impose~` is a regular English verb in all its forms, `a|b` is one of them,
`@aid` a class of words, `^` a name by its capital, `#` a number, `...` a gap of up to GAP words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bilateral.intake.coding.wordlists import word_list
from bilateral.intake.coding.words import Word

GAP = 6
HARD = frozenset(";—")
"""Marks that no gap passes."""
STATES = word_list("states")
"""Participles that say how someone stands: nobody else did it."""
REDUCED = word_list("reduced")
"""Participles that stand for a passive where a word of FOLLOWING comes right after."""
FOLLOWING = word_list("following")
BEING = word_list("being")
"""Forms before a participle that make it passive."""


class Step(NamedTuple):
    """One word of a pattern: how many words may stand before it, and which words it takes."""

    gap: int
    exact: frozenset[str]
    beginnings: tuple[str, ...]

    def begins(self, word: str) -> bool:
        """Whether a phrase may begin with this word, in lower case without accents."""
        return word in self.exact or word.startswith(self.beginnings)

    def takes(self, word: Word) -> bool:
        if self.begins(word.folded):
            return True
        return ("^" in self.exact and word.is_name) or ("#" in self.exact and word.folded[0].isdigit())


@dataclass(frozen=True)
class Phrase:
    """A row of the lexicon."""

    kind: str
    code: str
    direction: str
    steps: tuple[Step, ...]
    row: int


class Hit(NamedTuple):
    """A phrase found in a sentence, by the places of its words."""

    phrase: Phrase
    places: tuple[int, ...]
    is_passive: bool = False

    @property
    def first(self) -> int:
        return min(self.places)

    @property
    def last(self) -> int:
        return max(self.places)


def steps(pattern: str, classes: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps of a written pattern. Raises ValueError that names a class nobody defined, or an empty pattern."""
    found: list[Step] = []
    gap = 0
    for part in pattern.split():
        if part == "...":
            gap = GAP
            continue
        named = part.split("|")
        if unknown := [one for one in named if one.startswith("@") and one not in classes]:
            raise ValueError(f"pattern {pattern!r} names the class {unknown[0]}, which the lexicon does not define")
        forms = [form for one in named for written in classes.get(one, one).split("|") for form in _forms(written)]
        exact, begun = [f for f in forms if not f.endswith("*")], [f[:-1] for f in forms if f.endswith("*")]
        found.append(Step(gap, frozenset(exact), tuple(begun)))
        gap = 0
    if not found:
        raise ValueError(f"pattern {pattern!r} has no word")
    return tuple(found)


def _forms(written: str) -> tuple[str, ...]:
    if not written.endswith("~"):
        return (written,)
    verb = written[:-1]
    if verb[-1] == "e":
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb[-1] == "y" and verb[-2] not in "aeou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    doubled = verb + verb[-1]
    return verb, third, f"{verb}ed", f"{verb}ing", f"{doubled}ed", f"{doubled}ing"


def is_passive(words: Sequence[Word], place: int) -> bool:
    """Whether a participle stands at this place after a form of to be, with at most two words between, or as in `a man killed in Iraq`."""
    word = words[place].folded
    if word in REDUCED and place + 1 < len(words) and words[place + 1].folded in FOLLOWING:
        return True
    if word in STATES or not word.endswith(
        (
            "ed",
            "en",
            "wn",
            "ne",
            "un",
            "ht",
            "ld",
            "de",
            "it",
            "ut",
            "ado",
            "ada",
            "ados",
            "adas",
            "ido",
            "ida",
            "idos",
            "idas",
            "to",
            "ta",
            "tos",
            "tas",
        )
    ):
        return False
    return any(words[at].folded in BEING for at in range(max(0, place - 3), place))


def found_at(phrase: Phrase, words: Sequence[Word], place: int) -> Hit | None:
    """The phrase beginning at this place; its first word is known to fit."""
    places = [place]
    for step in phrase.steps[1:]:
        at = _next(step, words, places[-1] + 1)
        if at is None:
            return _turned(phrase, words, place)
        places.append(at)
    return Hit(phrase, tuple(places), is_passive(words, place))


def _next(step: Step, words: Sequence[Word], start: int) -> int | None:
    for at in range(start, min(start + step.gap + 1, len(words))):
        if step.takes(words[at]):
            return at
        if words[at].folded in HARD:
            return None
    return None


def _turned(phrase: Phrase, words: Sequence[Word], place: int) -> Hit | None:
    """`Tariffs were imposed` for `impose ... tariffs`: the object stands before a passive verb."""
    if phrase.steps[-1].gap == 0 or not is_passive(words, place):
        return None
    places = [place]
    for step in phrase.steps[1:]:
        at = next((at for at in range(place - 1, max(-1, place - 14), -1) if step.takes(words[at])), None)
        if at is None:
            return None
        places.append(at)
    return Hit(phrase, tuple(places), True)
