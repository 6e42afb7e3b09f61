"""Who did it to whom: the source stands before the verb and the target after it, unless the sentence is passive."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from bilateral.intake.coding.acts import Act
from bilateral.intake.coding.clauses import RELATIVE, Clause, clause_at
from bilateral.intake.coding.mentions import OF, PLACES, Mention
from bilateral.intake.coding.wordlists import word_list
from bilateral.intake.coding.words import Word

ON = frozenset(("a", "al", "contra", "on", "against", "sobre"))
BY = frozenset(("by", "por"))
MOST = 4
"""Actors of a list that are paired with each other."""
VENUES = ("114", "115")
"""Codes of complaints, which an organisation only receives."""
FOR = frozenset(("for", "para"))
PLACED = 8
"""Words between a role and the place that says whose it is."""
NEAR = 14
"""Words between a verb and the actor of another clause that may still be its target."""
BY_STATES = ("09", "173", "174", "116")
"""Codes of acts of a state's own authorities: who is arrested in a country was arrested by it."""
NOUNS = word_list("nouns")
"""Acts told by a noun."""
Parties = tuple[tuple[Mention | None, Mention | None], ...]


class Order:
    """The order of words, actors and clauses in a sentence, which says who did what to whom."""

    def __init__(self, words: Sequence[Word], found: Sequence[Mention], parts: Sequence[Clause], coded: Sequence[Act]) -> None:
        self.words, self.parts = words, parts
        acting = {clause_at(parts, act.verb) for act in coded if not act.code.startswith("01")}
        credited = {number for number, part in enumerate(parts) if part.is_credit} - acting
        self.number = {mention: clause_at(parts, mention.first) for mention in found}
        self.mentions = [self._placed(m, found) for m in found if self.number[m] not in credited]
        self.number |= {mention: clause_at(parts, mention.first) for mention in self.mentions}

    def _placed(self, mention: Mention, found: Sequence[Mention]) -> Mention:
        """A role without a country is of the place named after it: `refugees fleeing the war in Liberia`."""
        if mention.is_known:
            return mention
        here = (m for m in found if 0 < m.first - mention.last <= PLACED and self.number[m] == self.number[mention] and m.country)
        place = next(here, None)
        return replace(mention, country=place.country) if place and place.before in OF | PLACES | FOR else mention

    def parties(self, act: Act) -> Parties:
        """Pairs of source and target; both directions of a mutual act, several targets where they are listed."""
        if act.direction == "mutual":
            return self._mutual(act)
        if act.direction == "speaker":
            return self._told(act)
        if act.direction == "after":
            return self._following(act)
        if owner := self._owner(act):
            subject = _first_free([m for m in self.mentions if m.last < owner.first and m.party != owner.party])
            return ((owner, self._after(act, owner) or subject),)
        source, target = self._source(act), None
        if act.is_passive or act.direction == "reverse":
            source = self._by(act)
            target = self._source(act) or (self._after(act, source) if source else self._on(act))
            if source is None and act.code.startswith(BY_STATES):
                source = next((m for m in self.mentions if m.first > act.verb and m.is_place), None)
            if act.direction == "reverse" and source is None:
                source = self._after(act, None)
        elif not act.frames and not self._has_subject(act) and (by := self._by(act)):
            source, target = by, self._after(act, by) or self._before(act, by)
        if act.direction == "alone":
            return ((source or target, None),)
        if target is None and not act.is_passive:
            target = self._after(act, source) or (self._before(act, source) if source else None)
        sources = self._listed(source) if source else [None]
        if (target is None or target.is_place) and len({m.country for m in sources if m}) > 1:
            return _each_other(sources)
        targets = self._listed(target) if target else [None]
        return tuple(_domestic(s, t) for s in sources for t in targets if s is None or t is None or s.party != t.party)

    def _by(self, act: Act) -> Mention | None:
        clause = self.parts[clause_at(self.parts, act.last)]
        return next(
            (m for m in self.mentions if act.verb < m.first < clause.end + 1 and m.before in BY and m.first - act.last < NEAR),
            None,
        )

    def _on(self, act: Act) -> Mention | None:
        """`A tariff is imposed on Canadian lumber`."""
        return next((m for m in self.mentions if m.first > act.verb and m.before in ON), None)

    def _owner(self, act: Act) -> Mention | None:
        """`its answer to U.S. demands`: the doer stands right before a noun and is not the subject."""
        if self.words[act.verb].folded not in NOUNS:
            return None
        return next(
            (m for m in self.mentions if 0 < act.verb - m.last <= 2 and m.before and m.before not in BY and not m.is_place), None
        )

    def _has_subject(self, act: Act) -> bool:
        """Whether an actor stands right before the verb."""
        return any(0 < act.verb - m.last <= 2 for m in self.mentions)

    def _told(self, act: Act) -> Parties:
        """`Russia said that Sudan must return …`: the speaker demands it of the subject."""
        subject = next((m for m in reversed(self.mentions) if m.last < act.verb and (not m.before or m.is_owner)), None)
        speaker = next(
            (m for m in self.mentions if subject and m.last < subject.first and m.is_known and m.party != subject.party), None
        )
        return ((speaker, subject),) if speaker else ()

    def _source(self, act: Act) -> Mention | None:
        """The subject: first actor of the clause before the verb that no preposition governs, else of an earlier clause."""
        number = clause_at(self.parts, act.verb)
        before = [m for m in self.mentions if m.last < act.verb]
        own = [m for m in before if self.number[m] == number]
        if subject := _first_free(own):
            return subject
        if self.parts[number].opener in RELATIVE and before:
            return before[-1]
        earlier = [m for m in before if self.number[m] < number]
        return _first_free(earlier) or next(iter(own), None) or next(iter(earlier), None)

    def _after(self, act: Act, source: Mention | None) -> Mention | None:
        """The nearest other actor after the verb; one that is only a place counts where there is no other."""
        after = [m for m in self.mentions if m.last > act.verb and m != source and (source is None or m.party != source.party)]
        number = clause_at(self.parts, act.last)
        near = [m for m in after if self.number[m] <= number] or [m for m in after if m.first - act.last <= NEAR]
        near = [m for m in near if m.before not in BY] or near
        firm = [m for m in near if not m.is_place]
        known = [m for m in firm if m.is_known] or [
            m for m in after if m.is_known and not m.is_place and m.first - act.last <= NEAR
        ]
        if act.code.startswith(VENUES):
            known = [m for m in known if m.country] or known
        return next((m for m in (*known, *firm, *near)), None)

    def _following(self, act: Act) -> Parties:
        """`Entran en vigor los aranceles de A a los bienes de B`: whose they are first, on whom then; one alone is the target after `a`."""
        after = [m for m in self.mentions if m.last > act.verb and m.is_known]
        if len(after) == 1 and after[0].before in ON:
            return ((None, after[0]),)
        return ((after[0], next((m for m in after if m.party != after[0].party), None)),) if after else ()

    def _before(self, act: Act, source: Mention) -> Mention | None:
        """`Iran's demand`, `relations with Iraq were cut`: another actor before the verb."""
        number = clause_at(self.parts, act.verb)
        return next(
            (
                m
                for m in reversed(self.mentions)
                if m.last < act.verb and m.party != source.party and self.number[m] == number and m.before
            ),
            None,
        )

    def _listed(self, mention: Mention) -> list[Mention]:
        """The actor, and those joined to it: `Congo and Costa Rica`."""
        at = self.mentions.index(mention)
        first = last = at
        while last + 1 < len(self.mentions) and self._is_joined(self.mentions[last], self.mentions[last + 1]):
            last += 1
        while first > 0 and self._is_joined(self.mentions[first - 1], self.mentions[first]):
            first -= 1
        return self.mentions[first : last + 1] if first < at else [mention, *self.mentions[at + 1 : last + 1]]

    def _is_joined(self, a: Mention, b: Mention) -> bool:
        between = [word.folded for word in self.words[a.last + 1 : b.first]]
        if a.first == b.first:
            return True
        return (
            bool(between)
            and len(between) <= 3
            and all(w in (",", "and", "y", "e", "the", "la", "el", "los") for w in between)
            and b.party != a.party
        )

    def _mutual(self, act: Act) -> Parties:
        source = self._source(act)
        doers = self._listed(source) if source else []
        if len({m.country for m in doers}) > 1:
            return _each_other(doers)
        target = self._after(act, source)
        if source and (target is None or not target.is_known):
            target = self._before(act, source) or target
        if source is None and target:
            source, target = target, self._after(replace(act, verb=target.last, last=target.last), target)
        others = self._listed(target) if target else []
        if source is None:
            return ()
        return tuple(pair for other in others for pair in _each_other((source, other))) or ((source, None),)


def _first_free(found: Sequence[Mention]) -> Mention | None:
    free = [m for m in found if not m.before or m.is_owner]
    return next((m for m in free if m.is_known), None) or next(iter(free), None)


def _each_other(found: Sequence[Mention | None]) -> Parties:
    """Each with each, in both directions."""
    known = [m for m in found if m][:MOST]
    return tuple(
        pair for a, b in combinations(known, 2) if a.country != b.country or a.party != b.party for pair in ((a, b), (b, a))
    )


def _domestic(source: Mention | None, target: Mention | None) -> tuple[Mention | None, Mention | None]:
    """A role whose country nobody names is of the other side's country, so that it never makes two states of one."""
    if source and target and source.country and not target.is_known:
        return source, replace(target, country=source.country)
    if source and target and target.country and not source.is_known:
        return replace(source, country=target.country), target
    return source, target
