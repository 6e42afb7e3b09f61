"""Recent actions of OFAC, a list in HTML since its RSS ended in January 2025: title, day and kind of each action."""

import re

from lxml import html

from bilateral.intake.items import Item
from bilateral.intake.readers import dates
from bilateral.intake.readers.markup import text_of, tree
from bilateral.intake.readings import Drift, Form, Page, Reading, at_midnight

FORM: Form = "html"


def read(page: Page) -> Reading:
    """Items by the path of their page: several actions of one day differ in a suffix. The pages are not asked, as they name private persons.

    Raises Drift where no action is found: the list is never empty.
    """
    root = tree(page.body, "utf-8")
    root.make_links_absolute(page.address or page.source.address)
    rows = root.xpath("//*[contains(concat(' ', @class, ' '), ' views-row ')][.//a[@href]]")
    if not rows or not re.search(r"Displaying\s+\d+\s+-\s+\d+\s+of\s+\d+", root.text_content()):
        raise Drift("no rows of actions with their count were found in the page; its markup has changed")
    return Reading(tuple(_item(page, row) for row in rows))


def _item(page: Page, row: html.HtmlElement) -> Item:
    first, *others = row.xpath(".//a[@href]")
    title = text_of(first)
    day = dates.english(row.text_content().replace(title, "", 1))
    path = re.sub(r"^https?://[^/]+(?:/index\.php)?", "", first.get("href"))
    kind = others[-1].get("href").rstrip("/").rsplit("/", 1)[-1] if others else ""
    return page.item(
        path,
        url=first.get("href").replace("/index.php/", "/"),
        title=title,
        text=title,
        extent="title",
        published_at=at_midnight(day) if day else None,
        precision="day" if day else "unknown",
        document_type=kind,
    )
