"""The draft of an act, and of a change of a measure, that a proposal gives: fields as the chronology and the register have them, for a person to edit."""

from datetime import date

from bilateral.intake.queue import Entry

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


def of(entry: Entry) -> dict[str, str]:
    """The fields with their values, all texts; empty where the proposal does not say. The sentence of the evidence stands in its own language alone."""
    found, day = entry.proposal, _day(entry)
    until = found.effective_on if found.measure_state and found.effective_on and day and found.effective_on > day else None
    values = {
        "event_date": day.isoformat() if day else "",
        "source_actor": found.source_country, "source_role": found.source_role or "GOV", "source_name": found.source_name,
        "target_actor": found.target_country, "target_role": found.target_role or "GOV", "target_name": found.target_name,
        "cameo_code": found.cameo_code, "domain": found.domain,
        "summary": _sentence(entry, "en"), "summary_es": _sentence(entry, "es"),
        "source_title": " ".join(entry.title.split()), "source_url": entry.url, "verified": "search",
    }  # fmt: skip
    if found.measure_state:
        values |= {
            "instrument": found.instrument, "scope": "bilateral", "state": found.measure_state,
            "is_in_force": "yes" if found.measure_state in NOW_IN_FORCE else "no",
            "until": until.isoformat() if until else "", "until_kind": "start" if until else "",
            "rate_percent": found.rate, "legal_basis": found.document_number,
        }  # fmt: skip
    return {name: values.get(name, "") for name in FIELDS}


def current(entry: Entry) -> dict[str, str]:
    """The fields as they were edited or accepted last, else the draft."""
    decided = next((decision.after for decision in reversed(entry.standing) if decision.kind in ("accept", "edit")), {})
    return of(entry) | {name: decided[name] for name in FIELDS if name in decided}


def _day(entry: Entry) -> date | None:
    """The day of the act; that of publication where the text names none."""
    return entry.proposal.event_date or (entry.published_at.date() if entry.published_at else None)


def _sentence(entry: Entry, lang: str) -> str:
    return " ".join(entry.proposal.evidence.split()) if entry.language == lang else ""
