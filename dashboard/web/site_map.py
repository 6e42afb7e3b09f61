"""The list of pages, and the page of an address."""

from urllib.parse import parse_qsl

import flask

from bilateral.pages import (
    address,
    briefing,
    compare,
    embed,
    event,
    events,
    follow,
    forecasts,
    frame,
    lead_lag,
    manual,
    measures,
    methods,
    overview,
    pair,
    search,
    status,
)
from bilateral.pages.choice import Choice
from bilateral.pages.site import Site
from bilateral.publish import snapshots
from bilateral.strings import LANGS, Texts, texts

DRAWN = {"overview": overview, "pair": pair, "measures": measures, "lead-lag": lead_lag, "compare": compare, "embed": embed}
"""Pages with charts: Dash draws them. `make` gives the answer to an address, `arrange` the places that the layout needs."""
PLAIN = {
    "briefing": briefing,
    "events": events,
    "event": event,
    "forecasts": forecasts,
    "methods": methods,
    "method": manual,
    "validation": manual,
    "search": search,
    "follow": follow,
    "status": status,
}
"""Pages without charts: whole HTML documents. `make` gives the answer, None where there is no such thing."""
PAGES = DRAWN | PLAIN


def place_of(site: Site, path: str) -> tuple[str, str] | None:
    """Page and subject of a path; None where there is no such page. Raises snapshots.NoSnapshot or Stop without data."""
    found = address.place(path, site.known())
    has_page = found is not None and found[0] in PAGES and (found[0] != "embed" or found[1] in pair.CHARTS)
    return found if has_page else None


def page_of(site: Site, path: str, search: str) -> tuple[Choice, frame.Page, Texts, str]:
    """The page of an address, the choice it answers, its texts and the data version; a sentence where nothing was loaded yet.

    Ends the request where Dash draws no such page: an address below one of the OTHER_PATHS that is none, or a made-up callback. Raises Stop where the snapshot cannot be read.
    """
    try:
        if (place_of(site, path) or ("",))[0] not in DRAWN:
            flask.abort(404 if flask.request.method == "GET" else 400)
        choice = address.parse(path, search, site.known())
        page, version = site.of_one_snapshot(lambda: DRAWN[choice.page].make(site, choice))
        return choice, page, texts(choice.lang), version
    except snapshots.NoSnapshot:
        text = texts(asked_lang(search))
        empty = frame.message(text("errors.no_data"), text("errors.no_data_text"))
        return Choice("MEX-USA", lang=text.lang), empty, text, text("unknown")


def asked_lang(search: str) -> str:
    """The language that a query asks for; English where it asks for none that is spoken here."""
    asked = dict(parse_qsl(search[: address.LONGEST].lstrip("?"))).get("lang", "en")
    return asked if asked in LANGS else "en"
