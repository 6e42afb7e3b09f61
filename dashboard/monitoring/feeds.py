"""Material changes as Atom and as JSON Feed: measures that change state, acts with a high score, momentum outside its band,
shifts of the level. The title says why."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import flask

from bilateral import public_address
from bilateral.ask import catalogue
from bilateral.ask.warehouse import Warehouse
from bilateral.escaping import printable
from bilateral.monitoring import calendars
from bilateral.monitoring.changes import MIN_SCORE, Change, answers, changes, coming, known
from bilateral.monitoring.proposed import proposed
from bilateral.strings import LANGS, texts

ATOM = "http://www.w3.org/2005/Atom"


def atom(entries: Iterable[Change], title: str, site: str, address: str) -> bytes:
    """The entries as an Atom feed (RFC 4287); `site` is the dashboard's address, `address` the feed's own."""
    entries = list(entries)
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", address)
    _add(feed, "title", title)
    _add(feed, "updated", _instant(max((entry.day for entry in entries), default=date(2016, 1, 1))))
    _add(feed, "link", rel="self", href=address)
    _add(feed, "link", rel="alternate", href=site + "/")
    _add(_add(feed, "author"), "name", "bilateral")
    for change in entries:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:bilateral:{quote(change.id)}")
        _add(entry, "title", change.title, type="text")
        _add(entry, "updated", _instant(change.day))
        _add(entry, "link", rel="alternate", href=site + change.path)
        _add(entry, "category", term=change.kind)
        _add(entry, "category", term=change.dyad)
        _add(entry, "summary", change.text, type="text")
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def json_feed(entries: Iterable[Change], title: str, site: str, address: str) -> bytes:
    """The same as a JSON Feed, version 1.1, with the numbers under `_bilateral`."""
    items = [
        {
            "id": f"urn:bilateral:{quote(change.id)}",
            "url": site + change.path,
            "title": printable(change.title),
            "content_text": printable(change.text),
            "date_published": _instant(change.day),
            "tags": [change.kind, change.dyad],
            "_bilateral": {
                name: value for name, value in asdict(change).items() if name in ("kind", "dyad", "dataset", "value", "state")
            },
        }
        for change in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site + "/",
        "feed_url": address,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


OF_ALL = ("changes", "proposals", "forecasts", "calendar")
"""Feeds that are of no pair by their name."""

Writer = Callable[[Iterable[Change], str, str, str], bytes]
WRITERS: dict[str, tuple[Writer, str]] = {
    "atom": (atom, "application/atom+xml"),
    "json": (json_feed, "application/feed+json"),
    "ics": (calendars.ics, "text/calendar"),
}


def register(server: flask.Flask, warehouse: Warehouse) -> None:
    """Serve /feeds/changes, /feeds/forecasts and /feeds/<pair>, each as .atom, .json and .ics, /feeds/proposals as .atom and .json, and
    /feeds/calendar.ics; `domain`, `lang`, `min_score`, and `dyad` of those that are of no pair, narrow them."""

    @server.get("/feeds/<name>.<ending>")
    def feed(name: str, ending: str) -> Any:
        if name == "proposals" and ending == "ics":
            return flask.Response(
                "Proposals come as .atom or .json: what nobody has reviewed is no date.", status=404, mimetype="text/plain"
            )
        if ending not in WRITERS or (name == "calendar" and ending != "ics"):
            said = "The calendar ends in .ics." if name == "calendar" else "A feed ends in .atom, .json or .ics."
            return flask.Response(said, status=404, mimetype="text/plain")
        asked = flask.request.args
        lang = asked.get("lang", "en") if asked.get("lang") in LANGS else "en"
        dyad, domain = asked.get("dyad") if name in OF_ALL else name, asked.get("domain") or "all"
        try:
            score = asked.get("min_score", MIN_SCORE, type=float)
            found = entries(warehouse, name, lang, dyad or None, domain, score)
        except LookupError as error:  # an empty feed would leave its reader waiting for ever
            return flask.Response(error.args[0], status=404, mimetype="text/plain")
        if ending == "ics" and name != "forecasts":
            found += coming(warehouse, lang, known(warehouse, dyad) if dyad else "all", domain)
        write, kind = WRITERS[ending]
        content = write(found, title(warehouse, lang, dyad, domain, name), public_address.origin(), flask.request.url)
        response = flask.Response(content, content_type=f"{kind}; charset=utf-8")
        response.add_etag()
        return response.make_conditional(flask.request)


def entries(warehouse: Warehouse, name: str, lang: str, dyad: str | None, domain: str, score: float) -> list[Change]:
    """What a feed tells of the past, the newest first; a calendar of dates ahead tells nothing of it. Raises LookupError for a pair or subject that is none."""
    if name == "forecasts":
        return answers(warehouse, lang, known(warehouse, dyad) if dyad else "all", domain)
    if name == "proposals":
        return proposed(warehouse, lang, dyad, domain)
    return [] if name == "calendar" else changes(warehouse, lang, dyad, min_score=score, domain=domain)


def title(warehouse: Warehouse, lang: str, dyad: str | None, domain: str, name: str = "changes") -> str:
    """Name of a feed: what it is of."""
    text = texts(lang)
    named = catalogue.lists(warehouse)
    parts = [named.names(lang)[known(warehouse, dyad)]] if dyad else []
    parts += [str(named.labels.loc[("domain", domain), f"label_{lang}"])] if domain != "all" else []
    of_all = text(
        {"proposals": "feeds.proposals", "forecasts": "forecasts.feed_title", "calendar": "forecasts.feed_calendar"}.get(
            name, "feeds.title"
        )
    )
    return ": ".join([of_all, ", ".join(parts)]) if parts else of_all


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", {key: printable(value) for key, value in attributes.items()})
    child.text = printable(text) if text else text
    return child


def _instant(day: date) -> str:
    return f"{day:%Y-%m-%d}T00:00:00Z"
