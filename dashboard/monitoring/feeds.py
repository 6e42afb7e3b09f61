"""Material changes as Atom and as JSON Feed: measures that change state, acts with a high score, momentum outside its band,
shifts of the level. The title says why."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import flask
import pandas as pd

from bilateral import formats, public_address
from bilateral.ask.warehouse import Warehouse
from bilateral.escaping import printable
from bilateral.frames import rowwise
from bilateral.strings import LANGS, texts

DAYS = 120
MIN_SCORE = 7.0
MOST = 200
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Change:
    """One material change: a stable id, what it is about, a title that says why it is here, a sentence, and the page that shows it."""

    id: str
    kind: str
    day: date
    dyad: str
    dataset: str
    title: str
    text: str
    path: str
    value: float | None
    state: str | None


def changes(
    warehouse: Warehouse, lang: str = "en", dyad: str | None = None, days: int = DAYS, min_score: float = MIN_SCORE
) -> list[Change]:
    """Changes of the last days that have news, newest first; acts from an absolute score on. Raises LookupError for a pair that is none."""
    dyad = dyad and known(warehouse, dyad)
    rows = warehouse.ask("changes", days=days, min_score=min_score, most=MOST)
    rows = rows.astype(object).where(rows.notna(), None)
    return [_change(row, lang) for row in rowwise(rows) if dyad in (None, row["dyad"])]


def known(warehouse: Warehouse, asked: str) -> str:
    """The pair that two countries are, in any order and case. Raises LookupError with those there are."""
    dyads = list(warehouse.ask("known")["dyads"][0])
    dyad = "-".join(sorted(asked.upper().split("-")))
    if dyad not in dyads:
        raise LookupError(f"there is no pair {asked!r}; the pairs are {', '.join(dyads)}")
    return dyad


def _change(row: dict[Any, Any], lang: str) -> Change:
    text = texts(lang)
    label = row[f"code_{lang}"] or row["code"]
    names = {"pair": row[f"pair_{lang}"], "subject": (row["subject_es"] if lang == "es" else None) or row["subject"] or label}
    said = []
    if row["kind"] == "measure":
        state = text(f"states.{row['state']}")
        before = text(f"states.{row['before']}") if row["before"] else None
        title = (
            text("feeds.measure", **names, state=state, before=before)
            if before
            else text("feeds.measure_first", **names, state=state)
        )
        said += [text("feeds.rate", rate=formats.plain(row["value"], 1))] if row["value"] is not None else []
    elif row["kind"] == "act":
        title = text("feeds.act", **names, label=label, score=formats.points(row["value"], 1))
    else:
        title = text(f"feeds.{row['kind']}", **names, **{name: formats.points(row[name]) for name in ("value", "low", "high")})
    said.append(text("feeds.as_coded", dataset=row["dataset"]))
    path = f"/pair/{row['dyad']}?at={row['day']:%Y-%m-%d}" + (f"&event={quote(row['event_id'])}" if row["event_id"] else "")
    day = pd.Timestamp(row["day"]).date()
    return Change(
        row["change_id"], row["kind"], day, row["dyad"], row["dataset"], title, " ".join(said), path, row["value"], row["state"]
    )


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


WRITERS = {"atom": (atom, "application/atom+xml"), "json": (json_feed, "application/feed+json")}


def register(server: flask.Flask, warehouse: Warehouse) -> None:
    """Serve /feeds/changes.atom and .json; `dyad`, `lang` and `min_score` narrow them."""

    @server.get("/feeds/changes.<ending>")
    def feed(ending: str) -> Any:
        if ending not in WRITERS:
            return flask.Response("There are /feeds/changes.atom and /feeds/changes.json.", status=404, mimetype="text/plain")
        asked = flask.request.args
        lang = asked.get("lang", "en") if asked.get("lang") in LANGS else "en"
        try:
            found = changes(warehouse, lang, asked.get("dyad") or None, min_score=asked.get("min_score", MIN_SCORE, type=float))
        except LookupError as error:  # an empty feed would leave its reader waiting for ever
            return flask.Response(error.args[0], status=404, mimetype="text/plain")
        write, kind = WRITERS[ending]
        content = write(found, texts(lang)("feeds.title"), public_address.origin(), flask.request.url)
        response = flask.Response(content, content_type=f"{kind}; charset=utf-8")
        response.add_etag()
        return response.make_conditional(flask.request)


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", {key: printable(value) for key, value in attributes.items()})
    child.text = printable(text) if text else text
    return child


def _instant(day: date) -> str:
    return f"{day:%Y-%m-%d}T00:00:00Z"
