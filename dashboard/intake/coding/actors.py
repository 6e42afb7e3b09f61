"""Actors by name: states, nationalities, capitals, bodies and office holders of `seeds/intake_actors.csv`, and names of `seeds/countries.csv`."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bilateral.intake.coding.words import Word, folded, sentences
from bilateral.package_data import folder

FORMER = "ELI"
"""Role of a person outside the term of office that a row gives."""
LOWER = ("role", "people-es", "other")
"""Kinds that may be written without a capital."""


@dataclass(frozen=True)
class Actor:
    """One meaning of a name."""

    kind: str
    country: str
    role: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    needs: frozenset[str] = frozenset()
    is_acronym: bool = False
    """Only in capitals: WHO is a body, who is not."""

    def holds_office(self, day: date | None) -> bool:
        """Whether the term includes the day; without a day, a term without an end does."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Named(NamedTuple):
    """A name found in a sentence: the words `first` to `last` and its meanings."""

    first: int
    last: int
    actors: tuple[Actor, ...]

    def on(self, day: date | None) -> Actor:
        """The meaning whose term includes the day, else the first one."""
        return next((actor for actor in self.actors if actor.holds_office(day)), self.actors[0])


Names = dict[str, list[tuple[tuple[str, ...], tuple[Actor, ...]]]]
"""By first word: the words of a name, longest first, and its meanings."""


def find(words: Sequence[Word], names: Names) -> Iterator[Named]:
    """Names in a sentence, longest first, without overlap. A name needs its capital, a word for a role does not."""
    place, plainly = 0, tuple(word.folded for word in words)
    while place < len(words):
        named = _at(words, plainly, place, names)
        if named is None:
            place += 1
            continue
        yield named
        place = named.last + 1


def _at(words: Sequence[Word], plainly: tuple[str, ...], place: int, names: Names) -> Named | None:
    for name, actors in names.get(plainly[place], ()):
        end = place + len(name)
        if plainly[place:end] != name or any(word.is_owner for word in words[place : end - 1]):
            continue
        if _is_written_so(actors[0], words[place:end]):
            return Named(place, end - 1, actors)
    return None


def _is_written_so(actor: Actor, words: Sequence[Word]) -> bool:
    if actor.is_acronym:
        return words[0].is_capitals
    return actor.kind in LOWER or any(word.is_name for word in words)


@lru_cache(maxsize=2)
def names(language: str) -> Names:
    """The shipped names for a text in `en` or `es`. Raises ValueError with the line of a row that cannot be used."""
    meanings: dict[tuple[str, ...], list[Actor]] = {}
    for phrase, actor in (*_own(language), *_countries()):
        parts = _parts(phrase)
        known = meanings.setdefault(parts, [])
        if actor not in known and (actor.kind in ("person", "role") or not known):
            known.append(actor)
    found: Names = {}
    for parts in sorted(meanings, key=len, reverse=True):
        found.setdefault(parts[0], []).append((parts, tuple(meanings[parts])))
    return found


def _parts(phrase: str) -> tuple[str, ...]:
    return tuple(word.folded for sentence in sentences(phrase) for word in sentence.words) or (folded(phrase),)


def _own(language: str) -> Iterator[tuple[str, Actor]]:
    path = folder("seeds") / "intake_actors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if row["language"] not in ("", language):
                continue
            try:
                actor = _actor(row)
            except ValueError as reason:
                raise ValueError(f"{path.name}, line {line}: {reason}") from reason
            for phrase in row["phrase"].split("|"):
                yield phrase, replace(actor, is_acronym=phrase.isupper() and phrase.isalpha())


def _actor(row: dict[str, str]) -> Actor:
    term = [date.fromisoformat(row[end]) if row[end] else None for end in ("valid_from", "valid_to")]
    kind = "people-es" if row["kind"] == "people" and row["language"] == "es" else row["kind"]
    return Actor(kind, row["country"], row["role"], row["name"], term[0], term[1], frozenset(row["needs"].split()))


def _countries() -> Iterator[tuple[str, Actor]]:
    with (folder("seeds") / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("name_en", "name_es", "short_en", "short_es"):
                if row[column]:
                    yield row[column], Actor("state", row["iso3"], "", "")
            for other in filter(None, row["names_other"].split("|")):
                yield other.strip(), Actor("state", row["iso3"], "", "")
            if row["demonym_en"]:
                yield row["demonym_en"], Actor("people", row["iso3"], "", "")
                yield f"{row['demonym_en']}s", Actor("people", row["iso3"], "", "")
