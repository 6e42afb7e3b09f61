"""What the coder proposes from an item: an act, or a change of a measure's state, with the sentence that shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

DayBasis = Literal["stated", "weekday", "published", "none"]
"""How the day was found: stated in the text or as the day of signing, a weekday against the day of publication, or the day of publication itself."""
Modality = Literal[
    "reported", "planned", "promised", "threatened", "conditional", "negated", "denied", "historical", "quoted", "appeal"
]


@dataclass(frozen=True)
class Proposal:
    """One act, as a coder read it in one sentence of an item. Nothing counts before a person has accepted it.

    `evidence` is verbatim, `item.text[start:end]`. Codes are CAMEO's; countries are ISO alpha-3.
    Measure fields are empty where the proposal is an act only.
    """

    source: str
    """The item's source and id, and the hash of the text that was coded."""
    item_id: str
    text_sha256: str
    start: int
    end: int
    evidence: str
    source_country: str
    source_role: str
    source_name: str
    target_country: str
    target_role: str
    target_name: str
    cameo_code: str
    plover_type: str
    domain: str
    event_date: date | None
    day_basis: DayBasis
    modality: Modality
    confidence: float
    """0 to 1: share of such proposals expected to be accepted as they are."""
    backend: str
    """`rules` or `llm`, with its version and, for rules, the hash of its lexicon: `rules 1 4f2a…`."""
    instrument: str = ""
    """Kind of measure, as in `seeds/measures.csv`: tariff, quota, sanction, visa …"""
    measure_state: str = ""
    """The state that the measure changes to, as in `seeds/measures.csv`."""
    rate: str = ""
    effective_on: date | None = None
    document_number: str = ""
    on_record: str = ""
    """`event_id` of the act in the chronology that this proposal repeats, or empty."""

    @property
    def key(self) -> tuple[str, str, str, int, int, str, str, str]:
        """What makes two proposals the same: the sentence, the parties and the code."""
        parties = (self.source_country, self.target_country)
        return (self.source, self.item_id, self.text_sha256, self.start, self.end, *parties, self.cameo_code)
