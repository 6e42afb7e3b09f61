"""The Federal Register by its API: lists of documents by day of publication, and the text of those that have no abstract.

Its traps, as read in its own source and in answers: a list ends at 10,000 whatever the count; a page beyond the 50th is the first one again; the key
of the next page and that of the results are absent where there are none; the address of the next page holds a cursor and is followed as it is.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

from bilateral.intake.items import Basis, Item
from bilateral.intake.readers import dates
from bilateral.intake.readings import Drift, Page, Reading, Request, at_midnight, completed, needed
from bilateral.intake.source_list import Source

MOST = 10_000
"""Documents that one list gives at most; the count says no more than that either."""
FIELDS = (
    *("document_number", "title", "abstract", "type", "subtype", "html_url", "raw_text_url", "publication_date", "signing_date"),
    *("effective_on", "dates", "agencies", "executive_order_number", "proclamation_number", "correction_of"),
)
BODIES = {
    "u-s-customs-and-border-protection": "CBP",
    "trade-representative-office-of-united-states": "USTR",
    "international-trade-administration": "ITA",
    "foreign-assets-control-office": "OFAC",
    "homeland-security-department": "DHS",
    "state-department": "State",
    "executive-office-of-the-president": "President",
}
"""Short names of agencies by their slug, as seeds/intake_sources.csv has them."""


@dataclass(frozen=True)
class Span:
    """The days of publication that were asked for, and the numbers that earlier pages of the same list gave."""

    since: date
    until: date
    seen: frozenset[str] = frozenset()


def requests(source: Source, since: date, until: date) -> tuple[Request, ...]:
    """One list of the documents published in these days, oldest first."""
    return (_list(source, Span(since, until)),)


def _list(source: Source, span: Span) -> Request:
    asked = [
        ("conditions[publication_date][gte]", span.since.isoformat()),
        ("conditions[publication_date][lte]", span.until.isoformat()),
        ("order", "oldest"),
        ("per_page", "200"),
        *(("fields[]", name) for name in FIELDS),
    ]
    joint = "&" if "?" in source.address else "?"
    return Request(f"{source.address}{joint}{urlencode(asked)}", "json", "list", span)


def read(page: Page) -> Reading:
    """Items of a list, or the item whose text this is. Raises Drift for a list that was cut or is given twice."""
    if page.request.part == "text" and page.request.item:
        return Reading((_with_text(page, page.request.item),))
    answer = page.json()
    if isinstance(answer, dict) and ("errors" in answer or "message" in answer):
        raise Drift(f"the API refuses the question: {str(answer.get('errors') or answer.get('message'))[:200]}")
    answer = needed(answer, "count")
    span = page.request.about or Span(date.min, date.max)
    if answer["count"] >= MOST:
        return _halved(page, span)
    documents = [needed(record, "document_number", "title", "publication_date") for record in answer.get("results", [])]
    numbers = frozenset(record["document_number"] for record in documents)
    if numbers and numbers <= span.seen:
        raise Drift("the next page repeats documents of the pages before it; the list is longer than the API gives")
    follow = [_text_of(page, record) for record in documents if _needs_text(record)]
    if further := answer.get("next_page_url"):
        follow.append(Request(further, "json", "list", replace(span, seen=span.seen | numbers)))
    return Reading(tuple(_item(page, record) for record in documents if not _needs_text(record)), tuple(follow))


def _halved(page: Page, span: Span) -> Reading:
    """Two lists of half the days each in the place of one that was cut."""
    if span.since >= span.until or page.request.about is None:
        raise Drift(f"the list of {span.since} is cut at {MOST:,} documents; ask with more conditions")
    middle = span.since + (span.until - span.since) // 2
    spans = (Span(span.since, middle), Span(middle + timedelta(days=1), span.until))
    return Reading(follow=tuple(_list(page.source, half) for half in spans))


def _needs_text(record: dict[str, Any]) -> bool:
    """Presidential documents have no abstract, and many notices have none."""
    return not record.get("abstract") and bool(record.get("raw_text_url"))


def _text_of(page: Page, record: dict[str, Any]) -> Request:
    return Request(record["raw_text_url"], "any", "text", item=_item(page, record))


def _item(page: Page, record: dict[str, Any]) -> Item:
    published = dates.iso(record["publication_date"])
    abstract, title = (readable(record.get(name) or "") for name in ("abstract", "title"))
    effective_on, basis = _effective(record)
    return page.item(
        record["document_number"],
        url=record.get("html_url") or "",
        title=title,
        text=abstract or title,
        extent="abstract" if abstract else "title",
        published_at=at_midnight(published) if published else None,
        precision="day" if published else "unknown",
        authority="/".join(filter(None, (page.source.authority, body_of(record)))),
        document_number=_number(record),
        document_type=record.get("subtype") or record.get("type") or "",
        effective_on=effective_on,
        effective_basis=basis,
        signed_on=dates.iso(record.get("signing_date")),
    )


def readable(text: str) -> str:
    """On one line; letters outside of ASCII are sometimes written by their name in brackets: Nuevo Le[oacute]n."""
    return " ".join(re.sub(r"\[([A-Za-z]{3,8})\]", _letter, text).split())


def _letter(found: re.Match[str]) -> str:
    letter = unescape(f"&{found[1]};")
    return letter if len(letter) == 1 else found[0]


def _effective(record: dict[str, Any]) -> tuple[date | None, Basis]:
    """The field is empty in most documents; the line of dates then often has the day."""
    if day := dates.iso(record.get("effective_on")):
        return day, "field"
    day = dates.effective_english(record.get("dates") or "")
    return day, "dates_text" if day else "none"


def _number(record: dict[str, Any]) -> str:
    """The number that other sources name too: of an order or proclamation its own, else that of the document."""
    if order := record.get("executive_order_number"):
        return f"EO {order}"
    proclamation = record.get("proclamation_number")
    return f"Proclamation {proclamation}" if proclamation else record["document_number"]


def body_of(record: dict[str, Any]) -> str:
    """The most particular agency: a parent is listed beside its child, and some have only a raw name."""
    agencies = record.get("agencies") or []
    parents = {agency.get("parent_id") for agency in agencies}
    own = [agency for agency in agencies if agency.get("id") not in parents or agency.get("id") is None]
    last = (own or agencies or [{}])[-1]
    return BODIES.get(last.get("slug") or "", last.get("name") or last.get("raw_name") or "")


def _with_text(page: Page, item: Item) -> Item:
    text = paragraphs(page.body.decode("utf-8", "replace"))
    if not text:
        raise Drift("the text of the document is empty")
    day = None if item.effective_on else dates.effective_english(text)
    given: dict[str, Any] = {"effective_on": day, "effective_basis": "body_text"} if day else {}
    return completed(item, page, text, **given)


def paragraphs(text: str) -> str:
    """The lines of a printed column as paragraphs: one begins after an empty line or with an indent. Marks of pages are dropped."""
    text = re.sub(r"</?(?:html|head|body|pre|title)[^>]*>|\[\[Page [^\]]*\]\]", "\n", text)
    blocks = re.split(r"\n\s*\n|\n(?= {2,}\S)", text)
    return "\n".join(joined for block in blocks if (joined := " ".join(block.split())))
