"""Lists of articles of GDELT's document API: titles and addresses of pages that hold the words asked for."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from bilateral.intake.items import Item
from bilateral.intake.readings import Drift, Page, Reading, Request, Throttled, needed
from bilateral.intake.source_list import Source

MOST = 250
LANGUAGES = {"english": "en", "spanish": "es", "french": "fr", "portuguese": "pt"}
"""The API writes the English name of a language."""


def requests(source: Source, since: date, until: date) -> tuple[Request, ...]:
    asked = urlencode(
        {
            "mode": "artlist",
            "format": "json",
            "maxrecords": MOST,
            "sort": "datedesc",
            "startdatetime": f"{since:%Y%m%d}000000",
            "enddatetime": f"{until:%Y%m%d}235959",
        }
    )
    return (Request(f"{source.address}&{asked}", "json", "list"),)


def read(page: Page) -> Reading:
    """Items by their address. `{}` is an empty list; a sentence in the place of JSON asks for fewer questions."""
    if re.match(rb"\s*please limit requests", page.body, re.IGNORECASE):
        raise Throttled("asks to be asked less often")
    articles = needed(_json(page)).get("articles", [])
    items = tuple(_item(page, needed(article, "url", "title")) for article in articles)
    return Reading(
        items, said=(f"{MOST} articles came, the most that one list gives: there are more",) if len(items) >= MOST else ()
    )


def _json(page: Page) -> Any:
    """The answer, with backslashes that escape nothing taken as they are: titles are not always escaped."""
    try:
        return page.json()
    except Drift:
        mended = re.sub(rb'\\(?!["\\/bfnrtu])', rb"\\\\", page.body).decode("utf-8", "replace")
        try:
            return json.loads(mended, strict=False)
        except ValueError as error:
            raise Drift(f"the answer is no JSON that can be read ({error})") from None


def _item(page: Page, article: dict[str, Any]) -> Item:
    title = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(article["title"].split()))
    return page.item(
        article["url"],
        url=article["url"],
        title=title,
        text=title,
        extent="title",
        language=LANGUAGES.get(str(article.get("language", "")).lower(), ""),
        published_at=_seen(article.get("seendate")),
        precision="unknown",  # the time is when GDELT saw the page, hours after it was published or more
    )


def _seen(text: object) -> datetime | None:
    try:
        return datetime.strptime(str(text), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
