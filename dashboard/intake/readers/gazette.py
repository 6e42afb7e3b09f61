"""What both ways to the Diario Oficial share: days, kinds of documents, and the day on which a text enters into force."""

import re
from datetime import date, timedelta
from typing import Any

from bilateral.intake.items import Basis, Item
from bilateral.intake.readers import dates

SATURDAY = 5
"""The first day of a week without a gazette, as date.weekday() counts."""
RETRIED_DAYS = 7
"""Days for which an empty answer is asked again."""


def days(since: date, until: date) -> list[date]:
    """Every day from the first to the last."""
    return [since + timedelta(days=n) for n in range((until - since).days + 1)]


def effect(text: str, item: Item) -> dict[str, Any]:
    """The day on which a text says that it enters into force, which counts from its publication."""
    day = dates.effective_spanish(text, item.published_at.date()) if item.published_at else None
    basis: Basis = "body_text" if day else "none"
    return {"effective_on": day, "effective_basis": basis}


def document_type(title: str) -> str:
    """The word in capitals that a title begins with: DECRETO, ACUERDO, RESOLUCIÓN, or one that only begins so."""
    found = re.match(
        r"(decreto|acuerdo|resoluci[oó]n|aviso|norma|convenio|lineamientos|oficio|circular|ley|sentencia)\b", title, re.IGNORECASE
    )
    return found[1].upper() if found else ""
