"""The same act twice: a proposal against the acts that the chronology already has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from bilateral.intake.coding import codebook
from bilateral.intake.coding.wordlists import word_list
from bilateral.intake.coding.words import WORD, folded
from bilateral.intake.proposals import Proposal

DAYS = 3
"""Days by which two reports of one act may differ."""
ALIKE = 0.2
"""Share of the shorter sentence's words that similar sentences have in common."""
STEM = 5
"""First letters by which two words are the same: tariff and tariffs, arancel and aranceles."""


@dataclass(frozen=True)
class RecordedAct:
    """An act on record, as in `seeds/chronology/*.csv`. `summary` may hold the sentence in both languages."""

    event_id: str
    event_date: date
    source_country: str
    target_country: str
    cameo_code: str
    domain: str
    summary: str


Acts = dict[tuple[frozenset[str], date], list[RecordedAct]]
"""Acts on record by their two countries and day."""


def on_record(proposals: Iterable[Proposal], acts: Sequence[RecordedAct]) -> list[Proposal]:
    """The proposals, in order, each with the id of the recorded act that it repeats, if there is one."""
    by_day: Acts = {}
    for act in acts:
        by_day.setdefault((frozenset((act.source_country, act.target_country)), act.event_date), []).append(act)
    return [replace(p, on_record=_repeated(p, by_day)) for p in proposals]


def _repeated(proposal: Proposal, acts: Acts) -> str:
    day = proposal.event_date
    if day is None or not (proposal.source_country and proposal.target_country):
        return ""
    pair = frozenset((proposal.source_country, proposal.target_country))
    fitting = [
        (_likeness(proposal.evidence, act.summary), -abs(apart), act.event_id)
        for apart in range(-DAYS, DAYS + 1)
        for act in acts.get((pair, day + timedelta(days=apart)), ())
        if _is_alike(proposal, act)
    ]
    return max(fitting)[2] if fitting else ""


def _is_alike(proposal: Proposal, act: RecordedAct) -> bool:
    """Same direction, unless the act has two doers; then the same root on the same day, or the same kind in similar words."""
    one, other = codebook.codes()[proposal.cameo_code], codebook.codes().get(act.cameo_code)
    if other is None or (proposal.source_country != act.source_country and "true" not in (one["is_mutual"], other["is_mutual"])):
        return False
    if one["root"] == other["root"] and proposal.event_date == act.event_date and proposal.domain == act.domain.replace("/", "-"):
        return True
    is_similar = _likeness(proposal.evidence, act.summary) >= ALIKE
    return is_similar and (one["root"] == other["root"] or one["kind"] == other["kind"])


def _likeness(one: str, other: str) -> float:
    """Share of the words of the shorter text that the other has too, 0 to 1."""
    a, b = _stems(one), _stems(other)
    return len(a & b) / (min(len(a), len(b)) or 1)


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    words = {folded(found[0]) for found in WORD.finditer(text)}
    common = word_list("common-en") | word_list("common-es")
    return frozenset(word[:STEM] for word in words - common if len(word) > 2)
