"""What a source published: one item per document, with the text that proposals are made from."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

Precision = Literal["second", "day", "unknown"]
"""How exactly the source says when it published."""
Basis = Literal["field", "dates_text", "body_text", "none"]
"""Where the day on which a document takes effect was read: a field of its own, the source's line of dates, its text, or nowhere."""
Extent = Literal["full", "abstract", "teaser", "title"]
"""How much of the document the text is."""

ZONES = {"USA": "America/New_York", "MEX": "America/Mexico_City", "COL": "America/Bogota", "CAN": "America/Toronto"}
"""Time zone of the capital of each state that publishes, by the beginning of `authority`; everybody else's days are those of UTC."""


def day_of(published_at: datetime, precision: Precision, authority: str) -> date:
    """The day of a time (UTC) by the publisher's own calendar: what Washington publishes at 21:30 is the next day's in UTC.

    A day without a time stands as midnight UTC and is that day everywhere.
    """
    zone = ZONES.get(authority[:3], "UTC") if precision == "second" else "UTC"
    return published_at.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True)
class Item:
    """One published document, as its source gave it; all times are UTC, all texts plain.

    `source` is an id of `seeds/intake_sources.csv`, `item_id` the source's own key (never a title, never a place in a list).
    `raw_sha256` names the stored body that the item was read from. The same `item_id` with another text is a revision.
    """

    source: str
    item_id: str
    url: str
    title: str
    text: str
    extent: Extent
    language: str
    """ISO 639-1, empty where unknown."""
    published_at: datetime | None
    """As the publisher says; it may lie hours before the page could be read. None too where it says a day that is still to come."""
    precision: Precision
    first_seen_at: datetime
    """When a fetch first brought it."""
    authority: str
    """Who published: `USA`, `MEX`, … with the body where known (`USA/CBP`), or `press`."""
    document_number: str = ""
    """The source's number of the document, such as 2026-01234, EO 14423 or a codNota; joins the same act across sources."""
    document_type: str = ""
    effective_on: date | None = None
    effective_basis: Basis = "none"
    signed_on: date | None = None
    """When it was signed, where the source tells that; orders of a president are published days later."""
    raw_sha256: str = ""

    @property
    def day(self) -> date | None:
        """The day from which its text speaks: that of signing where it is known, else the publisher's own day of publication."""
        if self.signed_on or self.published_at is None:
            return self.signed_on
        return day_of(self.published_at, self.precision, self.authority)

    @property
    def text_sha256(self) -> str:
        """SHA-256 of title and text: with source and item_id it names one revision, which proposals are made from."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode()).hexdigest()
