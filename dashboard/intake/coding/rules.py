"""Backend `rules`: phrases, actors and order of words, without a parser and without a model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bilateral.intake.coding import actors, codebook
from bilateral.intake.coding.acts import Act, acts
from bilateral.intake.coding.assembly import Party, Reading, proposal, sha256_of
from bilateral.intake.coding.clauses import clauses
from bilateral.intake.coding.language import language_of
from bilateral.intake.coding.lexicon import Lexicon, fingerprint, lexicon
from bilateral.intake.coding.mentions import Mention, mentions
from bilateral.intake.coding.modality import NOT_DONE, modality
from bilateral.intake.coding.parties import NOUNS, Order
from bilateral.intake.coding.patterns import BEING
from bilateral.intake.coding.references import Memory
from bilateral.intake.coding.words import Sentence, Word, plain, sentences, without_dateline
from bilateral.intake.items import Item
from bilateral.intake.proposals import Modality, Proposal

VERSION = "1"
Key = tuple[str, str, str, int, int, str, str, str]
"""What makes two proposals the same, see `Proposal.key`."""
LATE = 25
"""Words into a sentence after which a verb is seldom the main one."""
STEPS = ("13", "16", "17")
"""Roots of steps against another state, to which `these measures` points back."""


DECREED = (*STEPS, "08")
"""Roots of acts that an official document does by being published."""


@dataclass(frozen=True)
class Rules:
    """The default backend. Equal items give equal proposals, whatever came before."""

    name: str = field(default_factory=lambda: f"rules {VERSION} {fingerprint()}")

    def proposals(self, item: Item) -> list[Proposal]:
        """Proposals of an item in order of its sentences; none for a text in neither English nor Spanish."""
        text = plain(item.text)
        language = language_of(text, item.language)
        if language is None:
            return []
        reader = _Reader(item, text, language, self.name)
        return [proposal for sentence in sentences(text) for proposal in reader.read(sentence)]


class _Reader:
    """Reads the sentences of one item in order and remembers whom they named."""

    def __init__(self, item: Item, text: str, language: str, backend: str) -> None:
        self.item, self.text, self.backend = item, text, backend
        self.names = actors.names(language)
        self.lexicon: Lexicon = lexicon(language)
        self.day = item.day
        self.memory = Memory(text)
        self.sha256 = sha256_of(item)
        country = item.authority[:3]
        self.author = Mention(-1, -1, country, "GOV", item.authority, "body") if country in codebook.countries() else None
        """The state that publishes the document, if one does."""

    def read(self, sentence: Sentence) -> Iterator[Proposal]:
        """Proposals of one sentence, the best supported first."""
        words = without_dateline(sentence.words)
        found = mentions(words, self.text, self.names, self.day, lambda: self.memory.cues)
        found = self.memory.resolved(found, words)
        hits = list(self.lexicon.hits(words))
        if not hits or any(hit.phrase.kind == "topic" for hit in hits):
            return
        parts = clauses(words)
        coded = acts(hits, words, parts, self.lexicon)
        order = Order(words, found, parts, coded)
        made: dict[Key, Proposal] = {}
        for act in coded:
            mood = modality(act, words, parts, self.item.text[sentence.start : sentence.end], self.day)
            for found_source, target in order.parties(act):
                source = found_source or self._decreeing(act, target)
                confidence = _confidence(act, source, target, mood, _is_beside(act, words))
                proposed = self._proposal(act, source, target, sentence, mood, confidence)
                if proposed and (proposed.key not in made or made[proposed.key].confidence < proposed.confidence):
                    made[proposed.key] = proposed
        yield from sorted(made.values(), key=lambda p: (-p.confidence, p.key))

    def _decreeing(self, act: Act, target: Mention | None) -> Mention | None:
        """Who publishes `A tariff is imposed on Canadian lumber` imposes it."""
        is_decree = act.code.startswith(DECREED) and self.author and target and target.country not in ("", self.author.country)
        return self.author if is_decree else None

    def _proposal(
        self, act: Act, source: Mention | None, target: Mention | None, sentence: Sentence, mood: Modality, confidence: float
    ) -> Proposal | None:
        if source is None and target is None:
            return None
        if source and source.country and act.code.startswith(STEPS):
            self.memory.doer = source
        read = Reading(sentence.start, sentence.end, _party(source), _party(target), act.code, mood, confidence)
        return proposal(self.item, self.sha256, read, self.backend)


def _party(mention: Mention | None) -> Party:
    return Party(mention.country, mention.role, mention.name) if mention else Party()


def _is_beside(act: Act, words: Sequence[Word]) -> bool:
    """Whether a noun or a gerund tells the act, beside the verb of the sentence."""
    word = words[act.verb].folded
    before = words[act.verb - 1].folded if act.verb else ""
    return word in NOUNS or (word.endswith("ing") and before not in BEING)


def _confidence(act: Act, source: Mention | None, target: Mention | None, mood: str, is_beside: bool) -> float:
    known = sum(1 for m in (source, target) if m and m.is_known)
    strength = min(act.weight, 8) / 8
    if act.code.startswith("01") or is_beside:
        strength *= 0.4
    value = 0.15 + 0.35 * strength + 0.2 * known - 0.25 * min(act.verb, LATE) / LATE
    return round(value * (0.3 if mood in NOT_DONE else 1), 3)
