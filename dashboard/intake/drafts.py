"""The draft of an act, and of a change of a measure, that a proposal gives: fields as the chronology and the register have them, for a person to edit."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Literal

from bilateral.intake.proposals import Proposal
from bilateral.intake.queue import Entry

Doubt = Literal["undone", "historical", "intended"]

ACT = (
    *("event_date", "source_actor", "source_role", "source_name", "target_actor", "target_role", "target_name", "cameo_code"),
    *("domain", "summary", "summary_es", "source_title", "source_url", "verified"),
)
"""Columns of the chronology that a person may edit; id, type and score follow from them."""
MEASURE = (
    *("measure_id", "measure_name", "instrument", "scope", "state", "is_in_force", "until", "until_kind", "rate_percent"),
    *("legal_basis", "note"),
)
"""Columns of the register; without `measure_id` only the act is recorded. Name, instrument and scope are needed for a new measure alone."""
FIELDS = ACT + MEASURE
CODED = ("event_date", "source_actor", "source_role", "target_actor", "target_role", "cameo_code", "domain")
"""What a coder claims. A proposal accepted with another value in one of these was edited."""
NOW_IN_FORCE = ("in_force", "raised", "reduced")
LATER = {
    "in_force": ("announced", "no", "start"),
    "raised": ("announced", "yes", "rise"),
    "reduced": ("announced", "yes", ""),
    "lifted": ("announced", "yes", "end"),
}
"""State, whether in force, and what is to come, where a measure changes to the state only on a later day: until then it is as it was."""
UNDONE = ("negated", "denied", "conditional")
"""Modalities of what the sentence does not say was done: a person gives code and day. Of an act of earlier years (`historical`) only the day is open."""
INTENDED = ("planned", "promised", "threatened")
"""Modalities of words about a later act."""
DEEDS = ("06", "07", "08", "14", "15", "16", "17", "18", "19", "20")
"""Root codes of what is done and not only said. The indicators count a protest (14) as words; it is done all the same."""


def of(entry: Entry) -> dict[str, str]:
    """The fields with their values, all texts; empty where the proposal does not say. The sentence of the evidence stands in its own language alone."""
    found, day, is_undone = entry.proposal, _day(entry), entry.proposal.modality in UNDONE
    values = {
        "event_date": day.isoformat() if day and not is_undone and found.modality != "historical" else "",
        "source_actor": found.source_country, "source_role": found.source_role or "GOV", "source_name": found.source_name,
        "target_actor": found.target_country, "target_role": found.target_role or "GOV", "target_name": found.target_name,
        "cameo_code": "" if is_undone else found.cameo_code, "domain": found.domain,
        "summary": _sentence(entry, "en"), "summary_es": _sentence(entry, "es"),
        "source_title": entry.title, "source_url": entry.url, "verified": "search",
    }  # fmt: skip
    if found.measure_state and not is_undone:
        values |= _measure(found, day)
    return {name: plain(values.get(name, "")) for name in FIELDS}


def _measure(found: Proposal, day: date | None) -> dict[str, str]:
    """The fields of the change, as known on the day of the act."""
    state, is_in_force, kind, until = found.measure_state, "yes" if found.measure_state in NOW_IN_FORCE else "no", "", ""
    if found.effective_on and day and found.effective_on > day:
        state, is_in_force, kind = LATER.get(state, (state, is_in_force, "start"))
        until = found.effective_on.isoformat()
    return {
        "instrument": found.instrument, "scope": "bilateral", "state": state, "is_in_force": is_in_force,
        "until": until, "until_kind": kind, "rate_percent": found.rate, "legal_basis": found.document_number,
    }  # fmt: skip


def doubt(entry: Entry, fields: Mapping[str, str]) -> Doubt | None:
    """Why the proposal is no act of its day with these fields: not done, of earlier years, or intended and coded as a deed; None where it may be one."""
    modality, own = entry.proposal.modality, of(entry)
    if modality in UNDONE and not (fields["event_date"] and fields["cameo_code"]):
        return "undone"
    if modality == "historical" and not fields["event_date"]:
        return "historical"
    is_as_read = all(fields[name] == own[name] for name in ("event_date", "cameo_code"))
    return "intended" if modality in INTENDED and is_as_read and own["cameo_code"][:2] in DEEDS else None


def plain(text: str) -> str:
    """A text of a page in one line, without signs that nobody sees: those that steer, and those that join or turn letters."""
    return "".join(sign for sign in " ".join(text.split()) if unicodedata.category(sign) not in ("Cc", "Cf"))


def current(entry: Entry) -> dict[str, str]:
    """The fields as they were edited or accepted last, else the draft."""
    decided = next((decision.after for decision in reversed(entry.standing) if decision.kind in ("accept", "edit")), {})
    return of(entry) | {name: decided[name] for name in FIELDS if name in decided}


def _day(entry: Entry) -> date | None:
    """The day of the act; that of publication where the text names none."""
    return entry.proposal.event_date or entry.published_on


def _sentence(entry: Entry, lang: str) -> str:
    return entry.proposal.evidence if entry.language == lang else ""
