"""Backend `rules`: phrases, actors and order of words, without a parser and without a model."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bilateral.intake.coding import actors, codebook
from bilateral.intake.coding.acts import Act, acts
from bilateral.intake.coding.clauses import clauses
from bilateral.intake.coding.days import event_day
from bilateral.intake.coding.language import language_of
from bilateral.intake.coding.lexicon import Lexicon, fingerprint, lexicon
from bilateral.intake.coding.measures import measure
from bilateral.intake.coding.mentions import Mention, mentions
from bilateral.intake.coding.modality import NOT_DONE, modality
from bilateral.intake.coding.parties import NOUNS, Reading
from bilateral.intake.coding.patterns import BEING
from bilateral.intake.coding.references import Memory
from bilateral.intake.coding.words import Sentence, Word, plain, said, sentences, without_dateline
from bilateral.intake.items import Item
from bilateral.intake.proposals import Proposal

VERSION = "1"
LATE = 25
"""Words into a sentence after which a verb is seldom the main one."""
STEPS = ("13", "16", "17")
"""Roots of steps against another state, to which `these measures` points back."""


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
        self.day = item.published_at.date() if item.published_at else None
        self.memory = Memory(text)
        self.sha256 = hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest()

    def read(self, sentence: Sentence) -> Iterator[Proposal]:
        """Proposals of one sentence, the best supported first."""
        words = without_dateline(sentence.words)
        sentence = sentence._replace(words=words)
        found = mentions(words, self.text, self.names, self.day, lambda: self.memory.cues)
        hits = list(self.lexicon.hits(words))
        found = self.memory.resolved(found, words)
        if not hits or any(hit.phrase.kind == "topic" for hit in hits):
            return
        parts, self.said = clauses(words), said(words)
        coded = acts(hits, words, parts, self.lexicon)
        reading = Reading(words, found, parts, coded)
        made: dict[tuple[str, str, str, int, int, str, str, str], Proposal] = {}
        for act in coded:
            for source, target in reading.parties(act):
                proposal = self._proposal(act, source, target, sentence, parts)
                if proposal and source and source.country and act.code.startswith(STEPS):
                    self.memory.doer = source
                if proposal and (proposal.key not in made or made[proposal.key].confidence < proposal.confidence):
                    made[proposal.key] = proposal
        yield from sorted(made.values(), key=lambda p: (-p.confidence, p.key))

    def _proposal(self, act: Act, source: Mention | None, target: Mention | None, sentence: Sentence, parts) -> Proposal | None:
        if source is None and target is None:
            return None
        evidence = self.item.text[sentence.start : sentence.end]
        mood = modality(act, sentence.words, parts, evidence, self.day)
        day, basis = event_day(evidence, self.day, mood in ("planned", "promised"))
        about = measure(act.code, self.said, evidence, self.day)
        return Proposal(
            self.item.source, self.item.item_id, self.sha256, sentence.start, sentence.end, evidence,
            source.country if source else "", source.role if source else "", source.name if source else "",
            target.country if target else "", target.role if target else "", target.name if target else "",
            act.code, codebook.plover_type(act.code),
            codebook.domain(self.said, act.code, [m.role for m in (source, target) if m]),
            day, basis, mood, _confidence(act, source, target, mood, _is_beside(act, sentence.words)), self.backend,
            about.instrument, about.state, about.rate,
            about.effective_on or (self.item.effective_on if about.instrument else None),
            about.document_number or (self.item.document_number if about.instrument else ""),
        )  # fmt: skip


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
    value = 0.15 + 0.35 * strength + 0.2 * known - 0.1 * min(act.verb, LATE) / LATE
    return round(value * (0.3 if mood in NOT_DONE else 1), 3)
