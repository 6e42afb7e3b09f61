"""Pronouns and descriptions resolved within an item: he, it, `the Secretary`, `the two countries`, a surname told before."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from bilateral.intake.coding.mentions import Mention
from bilateral.intake.coding.wordlists import word_list
from bilateral.intake.coding.words import WORD, Word, folded

SAMPLE = 20_000
"""Characters that are read for cues."""
SINGLE = word_list("single")
MANY = word_list("many")
BOTH = word_list("both")
PAIR = word_list("pair")
THESE = word_list("these")
STEPS = word_list("steps")
"""Words for a step of a state: with `these` before them they point to who took it."""


class Memory:
    """Whom the sentences read so far named. One memory an item."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: dict[str, Mention] = {}
        self.subject: Mention | None = None
        self.pair: tuple[Mention, Mention] | None = None
        self.doer: Mention | None = None
        """Who last took or announced a step against another."""

    @cached_property
    def cues(self) -> frozenset[str]:
        """Words of the item, for names that mean a state only beside one of them."""
        return frozenset(folded(found[0]) for found in WORD.finditer(self.text[:SAMPLE]))

    def resolved(self, found: list[Mention], words: Sequence[Word]) -> list[Mention]:
        """The actors of a sentence with what points back to earlier ones, in order."""
        named = [self._described(mention) for mention in found]
        taken = {place for mention in named for place in range(mention.first, mention.last + 1)}
        resolved = sorted([*named, *self._pointing(words, taken, named)], key=lambda m: (m.first, m.country))
        self._remember(resolved, words)
        return resolved

    def _described(self, mention: Mention) -> Mention:
        """`the Secretary` is the secretary told before; a role that was never told stays a role."""
        if mention.kind != "role" or mention.is_known:
            return mention
        told = self.known.get(folded(mention.name).split()[-1])
        return replace(mention, country=told.country, name=told.name, kind=told.kind) if told else mention

    def _pointing(self, words: Sequence[Word], taken: set[int], named: list[Mention]) -> list[Mention]:
        pointing: list[Mention] = []
        for place, word in enumerate(words):
            if place in taken:
                continue
            if (told := self.known.get(word.folded)) and word.is_name and len(word.folded) > 3:
                pointing.append(_at(told, place, words))
            elif word.folded in BOTH and self.pair and any(words[at].folded in PAIR for at in range(max(0, place - 2), place)):
                pointing += [_at(one, place, words) for one in self.pair]
            elif word.folded in STEPS and self.doer and place and words[place - 1].folded in THESE:
                pointing.append(_at(self.doer, place, words))
            elif word.folded in SINGLE | MANY:
                before = [m for m in named if m.last < place and not m.is_place and not m.before]
                one = before[0] if before else self.subject
                if one and (not before or len(words) - place > 1):
                    pointing.append(_at(one, place, words))
        return pointing

    def _remember(self, mentions: Sequence[Mention], words: Sequence[Word]) -> None:
        states = [m for m in mentions if m.country]
        for mention in states:
            if mention.role and mention.last > mention.first:
                for place in range(mention.first, _name_end(mention, words)):
                    self.known[words[place].folded] = mention
        if free := next((m for m in mentions if m.is_known and not m.before), None):
            self.subject = free
        different = list({m.country: m for m in states}.values())
        if len(different) >= 2:
            self.pair = (different[0], different[1])


def _name_end(mention: Mention, words: Sequence[Word]) -> int:
    """The word after the name that follows a title: `Economy Minister Ana Ruiz`."""
    end = mention.last + 1
    while end < min(len(words), mention.last + 4) and words[end].is_name and not words[end - 1].is_owner:
        end += 1
    return end


def _at(mention: Mention, place: int, words: Sequence[Word]) -> Mention:
    return replace(mention, first=place, last=place, before="", is_owner=words[place].is_owner)
