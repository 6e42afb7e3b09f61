"""Error pages in the reader's language: page not found, data unavailable, internal error."""

from datetime import UTC, datetime

from dash import html

from bilateral.pages import address, frame
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import Texts

UNKNOWN_PAIR = "MEX-USA"
"""Where the link to a pair leads while nothing can be asked of the data."""


def choice(lang: str, dyad: str = UNKNOWN_PAIR) -> Choice:
    """What such a page answers: nothing but a language."""
    return Choice(dyad, page="", lang=lang)


def not_found(path: str, site: Site, text: Texts) -> Page:
    """Offers every pair and the list of events."""
    asked, carried = address.shown(path.rpartition("/")[2]), choice(text.lang).carried()
    pairs = [html.Li(html.A(name, href=f"/pair/{dyad}{carried}")) for dyad, name in site.lists().names(text.lang).items()]
    said = text("errors.not_found_text")
    if path.startswith(("/pair/", "/briefing/")):
        said = text("errors.no_pair", pair=asked)
    elif path.startswith("/event/"):
        said = text("errors.no_event", event=asked)
    search_events = html.P(html.A(text("errors.search_events"), href=f"/events{carried}"), className="ways")
    return frame.message(text("errors.not_found"), said, html.Ul(pairs, className="ways"), search_events)


def unavailable(reason: str, text: Texts) -> Page:
    """The snapshot cannot be read: damaged, or made by another version of the project."""
    said = html.P(html.Span(reason, lang="en"), className="notice", role="alert")
    return frame.message(text("errors.unavailable"), said, text("errors.unavailable_text"))


def fault(text: Texts) -> Page:
    """Something here failed; the time lets whoever runs this find it in the log."""
    moment = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
    return frame.message(text("errors.fault"), text("errors.fault_text", time=moment))
