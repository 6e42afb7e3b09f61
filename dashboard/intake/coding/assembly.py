"""A proposal out of what a backend read: type, subject, day and measure follow from the code and the sentence, for every backend alike."""

import hashlib
from functools import lru_cache
from typing import NamedTuple

from bilateral.intake.coding import codebook
from bilateral.intake.coding.days import event_day
from bilateral.intake.coding.measures import measure
from bilateral.intake.coding.modality import NOT_DONE
from bilateral.intake.coding.words import said, sentences
from bilateral.intake.items import Item
from bilateral.intake.proposals import Modality, Proposal

TO_COME = frozenset(("planned", "promised", "threatened"))
"""Modalities of acts that were only said; what they are about may still happen."""


class Party(NamedTuple):
    """Who acts or is acted on; empty strings where nobody is named."""

    country: str = ""
    role: str = ""
    name: str = ""


class Reading(NamedTuple):
    """What a backend read in the text from `start` to `end`."""

    start: int
    end: int
    source: Party
    target: Party
    cameo_code: str
    modality: Modality
    confidence: float


def sha256_of(item: Item) -> str:
    """Hash of the text that is coded."""
    return hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest()


def proposal(item: Item, text_sha256: str, read: Reading, backend: str) -> Proposal:
    """The proposal that a reading gives. What the source says of the document fills what the sentence leaves open of a measure, and what did not happen
    changes the state of none."""
    evidence = item.text[read.start : read.end]
    words = _words(evidence)
    day, basis = event_day(evidence, item.day, read.modality in TO_COME)
    if basis == "published" and item.signed_on:
        basis = "stated"  # by the document itself
    about = measure(read.cameo_code, words, evidence, item.day)
    is_own = read.source.country == read.target.country
    target = Party() if about.instrument and is_own else read.target  # cars made outside of the United States are not of it
    return Proposal(
        item.source, item.item_id, text_sha256, read.start, read.end, evidence, *read.source, *target,
        read.cameo_code, codebook.plover_type(read.cameo_code),
        codebook.domain(words, read.cameo_code, (read.source.role, target.role)),
        day, basis, read.modality, read.confidence, backend, about.instrument, "" if read.modality in NOT_DONE else about.state, about.rate,
        about.effective_on or (item.effective_on if about.instrument else None),
        about.document_number or (item.document_number if about.instrument else ""),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _words(evidence: str) -> frozenset[str]:
    """Words of a sentence; several proposals in a row have the same one."""
    return said([word for sentence in sentences(evidence) for word in sentence.words])
