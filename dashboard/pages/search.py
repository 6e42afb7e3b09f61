"""What a search finds, on a page of its own; assets/60-palette.js shows the same list under the search box while a reader types."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import search
from bilateral.frames import rowwise
from bilateral.pages import address, asked_days, frame
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import LANGS, Texts, texts
from bilateral.today import today

MOST, FIRST = 25, 5
"""Of each kind, and of these how many the list under the search box shows."""


@dataclass(frozen=True)
class Asked:
    """What a reader looks for: words, and the first and last day, None where no day was asked for."""

    choice: Choice
    words: str
    days: tuple[date, date] | None
    text: Texts
    names: dict[str, str]
    """Of the pairs."""

    def range(self) -> str:
        first, last = (formats.day(day, self.text) for day in self.days or ())
        return first if first == last else self.text("range", low=first, high=last)


def make(site: Site, choice: Choice) -> Page:
    text = texts(choice.lang)
    asked = Asked(choice, *asked_days.apart(choice.q, today()), text, site.lists().names(text.lang))
    rows = list(rowwise(search.found(site.warehouse, asked.words, asked.days, choice.dyad, _pages(), MOST)))
    said = text("search.none" if choice.q else "search.ask", q=choice.q)
    if rows:
        said = text("search.found", n=sum({row["kind"]: row["n_kind"] for row in rows}.values()), q=choice.q)
    found = [_list(rows, asked)] if rows else _instead(site, asked)
    results = html.Div([html.P(said, className="sub", role="status"), *found], id="results")
    return Page(text("search.title"), {"all": [frame.heading(text("search.title"), {}), results]}, frame.plain)


def _list(rows: list[Any], asked: Asked) -> html.Ol:
    seen: Counter[str] = Counter()
    items = []
    for row in rows:
        seen[row["kind"]] += 1
        items.append(html.Li(_hit(row, asked), **{"data-further": "true"} if seen[row["kind"]] > FIRST else {}))
    if seen["event"]:
        items.append(html.Li(html.A(asked.text("search.all_events"), href=_all_events(asked))))
    return html.Ol(items, className="hits")


def _all_events(asked: Asked) -> str:
    first, last = asked.days or (None, None)
    there = Choice(asked.choice.dyad, "events", every_pair=True, q=asked.words, from_day=first, to_day=last)
    return f"/events{there.query(lang=asked.choice.lang, theme=asked.choice.theme)}"


def _hit(row: Any, asked: Asked) -> list[Component | str]:
    has_own = asked.text.lang == "es" and not formats.is_missing(row["title_es"])
    title = str(row["title_es"] if has_own else row["title_en"])
    if row["kind"] == "day":
        title = f"{asked.range()}, {title}"
    lang = {} if has_own or row["kind"] not in ("event", "measure") else {"lang": "en"}
    link = html.A(list(marked(title, row["marked"])), href=_href(row, asked), **lang)
    return [html.Span(asked.text(f"search.kind_{row['kind']}"), className="sub"), " ", link, *_detail(row, asked)]


def _detail(row: Any, asked: Asked) -> list[Component | str]:
    """Day and pair of an event or a measure."""
    text = asked.text
    if row["kind"] not in ("event", "measure"):
        return []
    said = [formats.day(row["day"].date(), text), asked.names[row["dyad"]]]
    if row["kind"] == "measure":
        said[0] = text("search.since", state=text(f"states.{row['state']}"), day=said[0])
    return [" ", html.Span(" · ".join(said), className="sub")]


def _href(row: Any, asked: Asked) -> str:
    """The page of a hit, in the language and theme of the reader."""
    kind, name, dyad = row["kind"], row["name"], row["dyad"] or asked.choice.dyad
    there = Choice(dyad, lang=asked.choice.lang, theme=asked.choice.theme)
    if kind == "event":
        return f"/event/{quote(name)}{there.query()}"
    if kind == "page":
        return f"{name}{there.query()}"
    if kind == "measure":
        return f"/measures{replace(there, page='measures').query(at=row['day'].date())}"
    if kind == "subject":
        return f"/pair/{dyad}{there.query(domain=name)}"
    first, last = asked.days or (None, None)
    return f"/pair/{dyad}{there.query(**{'at': first} if first == last else {'from_day': first, 'to_day': last})}"


def _instead(site: Site, asked: Asked) -> list[Component]:
    """Other searches; pairs where nothing was asked yet or nothing is near."""
    choice, text = asked.choice, asked.text
    nearest = search.suggestions(site.warehouse, asked.words) if asked.words else []
    links = [(found, f"/search{choice.query(q=found)}") for found in nearest]
    if not links:
        links = [(name, f"/pair/{dyad}{choice.carried()}") for dyad, name in list(asked.names.items())[:FIRST]]
    items = [html.Li(html.A(name, href=href)) for name, href in links]
    return [html.P(text("search.meant" if nearest else "search.start")), html.Ol(items, className="hits")]


def _pages() -> list[tuple[str, str, str, str]]:
    """Path, name in English and Spanish, and further words in both, of each page that is no pair's."""
    paths = {name: path for path, name in address.SINGLE.items() if name != "search"} | {"sql": "/sql", "briefing": "/briefing"}
    told = {lang: texts(lang) for lang in LANGS}
    return [
        (path, _name(name, told["en"]), _name(name, told["es"]), " ".join(told[lang](f"search.words_{name}") for lang in LANGS))
        for name, path in paths.items()
    ]


def _name(page: str, text: Texts) -> str:
    return text(f"nav.{page}") if page in text.entry("nav") else text(f"search.name_{page}")


def marked(title: str, spellings: Iterable[str]) -> Iterator[Component | str]:
    """A title in which the words that were looked for stand in <mark>."""
    folded = "".join(_bare(sign) for sign in title)
    looked_for = "|".join(
        r"\b" + re.escape(spelling.strip()).replace(r"\ ", r"\W+") + (r"\b" if spelling.endswith(" ") else r"\w*")
        for spelling in sorted(spellings, key=len, reverse=True)
    )
    place = 0
    for match in re.finditer(looked_for, folded) if looked_for else ():
        yield title[place : match.start()]
        yield html.Mark(title[match.start() : match.end()])
        place = match.end()
    yield title[place:]


def _bare(sign: str) -> str:
    """A sign as a small letter without accent; as many signs as before, so that places stay."""
    plain = unicodedata.normalize("NFD", sign)[0].lower()
    return plain if len(plain) == 1 else sign
