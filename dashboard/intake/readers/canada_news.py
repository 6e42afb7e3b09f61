"""News releases of Canada's government by its API: titles, addresses and teasers; the full text stands on the page alone."""

import re
from datetime import date
from typing import Any
from urllib.parse import quote

from bilateral.intake.items import Item
from bilateral.intake.readers import dates
from bilateral.intake.readers.markup import plain
from bilateral.intake.readings import Drift, Page, Reading, Request, needed
from bilateral.intake.source_list import Source

PICK = 100
"""Releases asked for at once; there are no pages, so the next question begins with the day of the last one."""


def requests(source: Source, since: date, until: date) -> tuple[Request, ...]:
    return (_list(source, since),)


def _list(source: Source, since: date) -> Request:
    # The operator is part of the name of the field: `publishedDate>=`, of which only the sign before = is escaped.
    asked = f"sort=publishedDate&orderBy=asc&{quote('publishedDate>')}={since.isoformat()}&pick={PICK}&format=json"
    return Request(f"{source.address}{'&' if '?' in source.address else '?'}{asked}", "json", "list", since)


def read(page: Page) -> Reading:
    """Items by their address. A single release comes as an object and not as a list of one."""
    feed = needed(needed(page.json(), "feed")["feed"])
    entries = feed.get("entry", [])
    items = tuple(_item(page, needed(entry, "title", "link")) for entry in (entries if isinstance(entries, list) else [entries]))
    if len(items) < PICK or page.request.about is None:
        return Reading(items)
    last = max((item.published_at.date() for item in items if item.published_at), default=page.request.about)
    if last <= page.request.about:
        raise Drift(f"{PICK} releases of {last} came, and the API gives no more of one day")
    return Reading(items, (_list(page.source, last),))


def _item(page: Page, entry: dict[str, Any]) -> Item:
    title, teaser = plain(entry["title"]), plain(entry.get("teaser") or "")
    published_at = dates.moment(entry.get("publishedDate"))
    language = re.search(r"canada\.ca/(en|fr)/", entry["link"])
    return page.item(
        entry["link"],
        url=entry["link"],
        title=title,
        text=teaser or title,
        extent="teaser" if teaser else "title",
        language=language[1] if language else page.source.language,
        published_at=published_at,
        precision="second" if published_at else "unknown",
    )
