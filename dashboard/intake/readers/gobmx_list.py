"""Lists of articles of gob.mx that a person saved: titles by the path of their links. Later pages of a list hold their HTML within a script."""

import re
from urllib.parse import urljoin

from lxml import html

from bilateral.intake.items import Item
from bilateral.intake.readers import dates
from bilateral.intake.readers.markup import text_of, tree
from bilateral.intake.readings import Page, Reading, at_midnight

SITE = "https://www.gob.mx"
ARTICLE = re.compile(r"^(?:https://www\.gob\.mx)?(/[a-z-]+/(?:es/)?(?:articulos|prensa|documentos)/[^/?#\s]+)")
"""The path of an article, below the office that publishes it."""
ESCAPED = re.compile(r"\\(?:n|t|r)|\\(?=[\"'/])")
"""What a script writes before quotes and slashes, and in the place of ends of lines."""
FEWEST = 2
"""Links to different articles that make a list; an article links to another one too."""


def read(page: Page, charset: str) -> Reading | None:
    """The articles that a list names; None where the page is no list. A title is the text of the link, or the heading that stands in its entry."""
    text = page.body.decode(charset, "replace")
    root = tree(ESCAPED.sub(lambda found: " " if len(found[0]) > 1 else "", text).encode(), "utf-8")
    titles: dict[str, tuple[str, html.HtmlElement]] = {}
    for link in root.iter("a"):
        if found := ARTICLE.match(link.get("href") or ""):
            title = " ".join(text_of(link).split()) or titles.get(found[1], ("", link))[0]
            if len(title) > len(titles.get(found[1], ("", link))[0]):
                titles[found[1]] = (title, link)
    if len(titles) < FEWEST:
        return None
    return Reading(tuple(_item(page, path, title, link) for path, (title, link) in titles.items()))


def _item(page: Page, path: str, title: str, link: html.HtmlElement) -> Item:
    """The day is the one that stands in the entry, up to three elements above the link."""
    day, node = None, link
    for _ in range(3):
        node = node.getparent() if node.getparent() is not None else node
        day = day or dates.spanish(text_of(node))
    return page.item(
        f"www.gob.mx{path}", url=urljoin(SITE, path), title=title, text=title, extent="title",
        published_at=at_midnight(day) if day else None, precision="day" if day else "unknown",
    )  # fmt: skip
