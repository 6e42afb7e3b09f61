"""Single pages: those of gob.mx by their own markup, others by trafilatura. Days are read where the publisher declares them and never guessed."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import trafilatura
from lxml import html

from bilateral.intake.items import Item, Precision
from bilateral.intake.readers import dates, gobmx_list
from bilateral.intake.readers.markup import text_of, tree
from bilateral.intake.readings import Drift, Form, Page, Reading, at_midnight
from bilateral.load.source_links import without_tracking

FORM: Form = "html"

DECLARED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='dc.date' or @name='DC.date' or @name='date']/@content",
    "//article//time/@datetime",
    "//time[@pubdate]/@datetime",
)
"""Where a publisher declares the day of a page."""


def read(page: Page) -> Reading:
    """One item, or those of a saved list of gob.mx. Raises Drift where the page has no text of an article."""
    root = tree(page.body, charset(page))
    title = title_of(root)
    body = article(root)
    if not body and (listed := gobmx_list.read(page, charset(page))):
        return listed
    found = "\n".join(body) if body else trafilatura.extract(html.tostring(root, encoding="unicode"), include_comments=False)
    text = (found or "").removeprefix(f"{title}\n")
    if not text or not title:
        raise Drift("no title and text of an article were found in the page")
    return Reading((replace(of_page(page, root), text=text),))


def charset(page: Page) -> str:
    """The encoding that the header or the page declares, else UTF-8 where the bytes are that, else that of Windows."""
    declared = re.search(rb"charset=[\"']?([\w-]+)", page.content_type.encode() + b" " + page.body[:3000], re.IGNORECASE)
    for name in (declared[1].decode() if declared else "utf-8", "utf-8"):
        try:
            page.body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return name
    return "cp1252"


def title_of(root: html.HtmlElement) -> str:
    """The headline: that of gob.mx, what is declared for previews, or the first heading."""
    paths = ("//h1[contains(@class, 'bottom-buffer')]", "//meta[@property='og:title']/@content", "//h1", "//title")
    found = [value for path in paths for value in root.xpath(path)]
    texts = (value if isinstance(value, str) else text_of(value) for value in found)
    return next((" ".join(text.split()) for text in texts if text.strip()), "")


def article(root: html.HtmlElement) -> list[str]:
    """Paragraphs of an article of gob.mx; none where the page is another's."""
    return [text for node in root.xpath("//div[contains(@class, 'article-body')]") for text in text_of(node).split("\n")]


def published(root: html.HtmlElement) -> tuple[datetime | None, Precision]:
    """When the page says that it was published."""
    for term in root.xpath("//dt[contains(., 'Fecha de publicaci')]/following-sibling::dd[1]"):
        if day := dates.spanish(text_of(term)):
            return at_midnight(day), "day"
    for path in DECLARED:
        for value in root.xpath(path):
            if found := dates.moment(value):
                return found, "day" if len(value) == 10 else "second"
    return None, "unknown"


def address(root: html.HtmlElement) -> str:
    """The address that the page has by its own account."""
    found = root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    return next((value for value in found if value.startswith("http")), "")


def slug(url: str) -> str:
    """The key of a page: host, path and query without the fields that say who sent the reader; a saved page has its name alone."""
    parts = without_tracking(urlsplit(url))
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.hostname}{PurePosixPath(parts.path or '/')}{query}" if parts.hostname else url


def of_page(page: Page, root: html.HtmlElement) -> Item:
    """The item of a page, without its text."""
    url = address(root) or page.url
    published_at, precision = published(root)
    return page.item(
        slug(url), url=url, title=title_of(root), text="", extent="full", published_at=published_at, precision=precision
    )
