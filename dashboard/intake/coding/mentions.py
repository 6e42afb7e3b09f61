"""Actors as a sentence names them: `Libyan leader Muammar Gaddafi` is one mention, `officials of Norway` another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bilateral.intake.coding.actors import Actor, Named, Names, find
from bilateral.intake.coding.wordlists import word_list
from bilateral.intake.coding.words import Word

OF = word_list("of")
"""Words between a role and its country."""
ARTICLES = word_list("articles")
PLACES = word_list("places")
PREPOSITIONS = PLACES | word_list("prepositions")
JOINTS = word_list("joints")
"""Words that end a group of words about one actor."""
DESCRIBING = word_list("describing")
"""Words that end like verbs and are none here."""
VERB_ENDINGS = ("ed", "es", "ing")
REACH = 3
"""Words that may stand between a nationality and its role: `Saudi deputy oil minister`."""


@dataclass(frozen=True)
class Mention:
    """An actor at a place in a sentence. Without a country it is a role alone, or an organisation of several states."""

    first: int
    last: int
    country: str
    role: str
    name: str
    kind: str
    is_owner: bool = False
    before: str = ""
    """The preposition before it, if there is one."""

    @property
    def party(self) -> tuple[str, str]:
        """What tells two actors apart."""
        return self.country, self.role

    @property
    def is_known(self) -> bool:
        """Whether it says who: a country, or an organisation of its own."""
        return bool(self.country) or self.role in ("IGO", "NGO", "RAD")

    @property
    def is_place(self) -> bool:
        return self.before in PLACES and not self.role


def mentions(
    words: Sequence[Word], text: str, names: Names, day: date | None, cues: Callable[[], frozenset[str]]
) -> list[Mention]:
    """Actors of a sentence in order. `cues` gives the words of the item, of which some names need one."""
    found: list[Mention] = []
    for named in find(words, names):
        actor = named.on(day)
        if actor.kind == "other" or (actor.needs and actor.needs.isdisjoint(cues())) or _is_namesake(named, actor, words, found):
            continue
        mention = _mention(named, actor, words, text, day)
        joined = found and _joined(found[-1], mention, words, text)
        if joined:
            found[-1] = joined
        else:
            found.append(mention)
    return [replace(one, before=_preposition(words, one.first)) for one in found if _counts(one)]


def _is_namesake(named: Named, actor: Actor, words: Sequence[Word], found: Sequence[Mention]) -> bool:
    """Whether a surname follows a first name that the register does not have: `Michael Sullivan`."""
    if actor.kind != "person" or named.last > named.first or named.first < 2:
        return False
    before = words[named.first - 1]
    return before.is_name and before.folded.isalpha() and not (found and found[-1].last == named.first - 1)


def _counts(mention: Mention) -> bool:
    return mention.is_known or mention.kind == "role"


def _mention(named: Named, actor: Actor, words: Sequence[Word], text: str, day: date | None) -> Mention:
    role = actor.role
    if actor.kind == "person" and role == "GOV" and not actor.holds_office(day):
        role = "ELI"
    name = actor.name or text[words[named.first].start : words[named.last].end]
    return Mention(named.first, named.last, actor.country, role, name, actor.kind, words[named.last].is_owner)


def _joined(a: Mention, b: Mention, words: Sequence[Word], text: str) -> Mention | None:
    """Both as one mention, where the second goes on with the first."""
    between = words[a.last + 1 : b.first]
    if len(between) > REACH or any(not word.folded[0].isalnum() for word in between):
        return None
    if a.kind == "role" and b.country and _is_of(between):
        return _merged(a, b, a.role, words, text)
    if any(word.folded in PREPOSITIONS or word.folded in JOINTS for word in between):
        return None
    if a.country and b.kind == "role" and a.kind != "person" and all(_describes(word, a) for word in between):
        return _merged(a, b, b.role, words, text)
    if b.kind == "person" and a.kind != "person" and a.country in ("", b.country) and all(w.is_name for w in between):
        role = a.role if a.role and a.kind == "role" else b.role
        return replace(_merged(a, b, role, words, text), kind="person")
    if a.kind == b.kind == "role" and not between and not a.country:
        return _merged(a, b, b.role, words, text)
    if a.country and a.country == b.country and not between and b.kind in ("body", "capital"):
        return _merged(a, b, b.role or a.role, words, text)
    return None


def _describes(word: Word, a: Mention) -> bool:
    """Whether the word may stand between a country and a role of it: `Saudi deputy oil minister`, but not `China must free detainees`."""
    if word.is_name:
        return True
    is_adjective = a.kind.startswith("people") or a.is_owner or a.name.isupper() or "." in a.name
    return is_adjective and word.folded not in ARTICLES and (not word.folded.endswith(VERB_ENDINGS) or word.folded in DESCRIBING)


def _is_of(between: Sequence[Word]) -> bool:
    kept = [word.folded for word in between if word.folded not in ARTICLES]
    return len(kept) == 1 and kept[0] in OF


def _merged(a: Mention, b: Mention, role: str, words: Sequence[Word], text: str) -> Mention:
    country = a.country or b.country
    name = text[words[a.first].start : words[b.last].end]
    kind = "role" if not country else a.kind if a.country else b.kind
    return Mention(a.first, b.last, country, role, name, kind, words[b.last].is_owner)


def _preposition(words: Sequence[Word], first: int) -> str:
    for at in range(first - 1, max(-1, first - 5), -1):
        word = words[at]
        if word.folded in PREPOSITIONS:
            return word.folded
        if word.folded not in ARTICLES and not word.is_name and not word.folded.isalpha():
            return ""
        if word.folded in JOINTS:
            return ""
    return ""
