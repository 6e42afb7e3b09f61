"""Feeds: RSS and Atom by feedparser; JSON Feed and news sitemaps, from which feedparser reads no entry, here."""

import re
from calendar import timegm
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import feedparser

from bilateral.intake.items import Extent, Item, Precision
from bilateral.intake.packing import GZIP, unpacked
from bilateral.intake.readers import dates
from bilateral.intake.readers.markup import plain, refuse_entities, xml
from bilateral.intake.readings import Drift, Form, Page, Reading, Request, at_midnight, needed
from bilateral.sources.manners import Damaged

FORM: Form = "data"
CLOSED = re.compile(rb"</(?:rss|feed|rdf:RDF|RDF|channel)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.DOTALL | re.IGNORECASE)
"""How a feed ends that is whole; a cut one would give an entry without its end, and a revision of it at the next fetch."""
HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
"""A header that names another encoding or type than the feed has; the feed is read as it is."""
LARGEST = 20_000_000
"""Bytes of an unpacked sitemap."""
MOST_SITEMAPS = 10
Completed = Callable[[Any, Item], Item]
"""What a source adds to an item of its feed, from feedparser's entry."""


def read(page: Page) -> Reading:
    """Items of a feed of any of the four forms. Raises Drift where it is none of them or is cut off."""
    body = _unpacked(page).lstrip(b"\xef\xbb\xbf \t\r\n")
    if body.startswith(b"{"):
        return _json_feed(page)
    if b"<urlset" in body[:2000] or b"<sitemapindex" in body[:2000]:
        return _sitemap(page, body)
    return read_entries(page, lambda entry, item: item)


def read_entries(page: Page, complete: Completed) -> Reading:
    """Items of RSS or Atom; `complete` adds what only one source has."""
    refuse_entities(page.body)
    headers = {"content-type": page.content_type or "application/xml", "content-location": page.url}
    parsed = feedparser.parse(page.body, response_headers=headers)
    if not parsed.version:
        raise Drift("neither RSS nor Atom nor JSON Feed nor a news sitemap was found")
    if not CLOSED.search(page.body.replace(b"\0", b"")[-2000:]):
        raise Drift("the feed is cut off before its end")
    said = []
    if parsed.bozo and not isinstance(parsed.bozo_exception, HARMLESS):
        said.append(f"the XML is not well formed ({parsed.bozo_exception}) and was read by the tolerant parser")
    language = page.source.language or _language(parsed.feed.get("language"))
    items = [complete(entry, found) for entry in parsed.entries if (found := _entry(page, entry, language))]
    if lacking := len(parsed.entries) - len(items):
        said.append(f"{lacking} entries without id, address and title were left out")
    kept, repeated = _once(items)
    return Reading(kept, said=(*said, *repeated))


def _entry(page: Page, entry: Any, language: str) -> Item | None:
    title = plain(entry.get("title", ""))
    link = entry.get("link", "") if str(entry.get("link", "")).startswith("http") else ""
    key = entry.get("id") or link
    if not key or not title:
        return None
    published_at, precision = _time(entry)
    contents = [plain(part.get("value", "")) for part in entry.get("content", [])]
    text, extent = _text(title, max(contents, key=len, default=""), plain(entry.get("summary", "")))
    return page.item(
        key, url=link, title=title, text=text, extent=extent, language=language, published_at=published_at, precision=precision
    )


def _time(entry: Any) -> tuple[datetime | None, Precision]:
    """When an entry was published, else when it was changed; a day without a time is a day."""
    for name in ("published", "updated"):
        if parsed := dict.get(entry, f"{name}_parsed"):  # feedparser's own `get` takes one for the other, and warns of it
            precision: Precision = "second" if ":" in entry.get(name, "") else "day"
            return datetime.fromtimestamp(timegm(parsed), UTC), precision
    return None, "unknown"


def _text(title: str, content: str, summary: str) -> tuple[str, Extent]:
    if content:
        return content, "full"
    return (summary, "teaser") if summary else (title, "title")


def _once(items: Iterable[Item]) -> tuple[tuple[Item, ...], list[str]]:
    """The first of those that share an id: the others would be its revisions at every fetch."""
    found: dict[str, Item] = {}
    counts: Counter[str] = Counter()
    for item in items:
        found.setdefault(item.item_id, item)
        counts[item.item_id] += 1
    repeated = sum(n - 1 for n in counts.values())
    return tuple(found.values()), [f"{repeated} entries repeat an id and were left out"] if repeated else []


def _language(tag: str | None) -> str:
    return tag[:2].lower() if tag and re.fullmatch(r"[A-Za-z]{2}([-_].*)?", tag) else ""


# ------------------------------------------------------------------ JSON Feed


def _json_feed(page: Page) -> Reading:
    feed = needed(page.json(), "version", "items")
    if not str(feed["version"]).startswith("https://jsonfeed.org/version/"):
        raise Drift(f"a JSON Feed was expected; its version is {str(feed['version'])[:80]!r}")
    language = page.source.language or _language(feed.get("language"))
    items = [found for entry in feed["items"] if (found := _json_entry(page, entry, language))]
    lacking = len(feed["items"]) - len(items)
    kept, repeated = _once(items)
    return Reading(kept, said=(*([f"{lacking} entries without id or text were left out"] if lacking else []), *repeated))


def _json_entry(page: Page, entry: Any, language: str) -> Item | None:
    if not isinstance(entry, dict):
        return None
    key = str(entry.get("id") or entry.get("url") or "")
    content = str(entry.get("content_text") or "") or plain(str(entry.get("content_html") or ""))
    summary = str(entry.get("summary") or "")
    title = plain(str(entry.get("title") or "")) or (summary or content).split("\n")[0][:120]
    if not key or not title:
        return None
    text, extent = _text(title, content, summary)
    published_at = dates.moment(entry.get("date_published"))
    return page.item(
        key, url=str(entry.get("url") or ""), title=title, text=text, extent=extent, language=_language(entry.get("language")) or language,
        published_at=published_at, precision="second" if published_at else "unknown",
    )  # fmt: skip


# ------------------------------------------------------------------ news sitemap


def _sitemap(page: Page, body: bytes) -> Reading:
    root = xml(body)
    places = [_texts(element) for element in root.iter("{*}url", "{*}sitemap")]
    if root.tag.endswith("sitemapindex"):
        newest = sorted(places, key=lambda place: place.get("lastmod", ""), reverse=True)
        said = [f"{len(newest) - MOST_SITEMAPS} older sitemaps were left out"] if len(newest) > MOST_SITEMAPS else []
        return Reading(
            follow=tuple(Request(place["loc"], "data", "list") for place in newest[:MOST_SITEMAPS] if "loc" in place),
            said=(*said,),
        )
    news = [place for place in places if place.get("loc") and place.get("title")]
    said = [f"{len(places) - len(news)} pages without a news title were left out"] if len(places) > len(news) else []
    return Reading(tuple(_news(page, place) for place in news), said=(*said,))


def _texts(element: Any) -> dict[str, str]:
    """Texts below an element by their local names; `lastmod` is when the page changed, `publication_date` when it was published."""
    return {node.tag.rsplit("}", 1)[-1]: node.text.strip() for node in element.iter("{*}*") if node.text and node.text.strip()}


def _news(page: Page, place: dict[str, str]) -> Item:
    written = place.get("publication_date", "")
    day = dates.iso(written) if len(written) == 10 else None
    published_at = at_midnight(day) if day else dates.moment(written)
    precision: Precision = "day" if day else "second" if published_at else "unknown"
    return page.item(
        place["loc"], url=place["loc"], title=place["title"], text=place["title"], extent="title", published_at=published_at,
        precision=precision, language=page.source.language or _language(place.get("language")),
    )  # fmt: skip


def _unpacked(page: Page) -> bytes:
    """A sitemap that is a .gz file, unpacked. Raises Drift where it is too large or cut off."""
    if not page.body.startswith(GZIP):
        return page.body
    try:
        return unpacked(page.body, LARGEST)
    except Damaged as fault:
        raise Drift(str(fault)) from None
