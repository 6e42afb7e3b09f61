"""Text of an event: sentence, language, link, kind, source, side, and why it does not count."""

from collections.abc import Mapping

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.strings import Texts


def not_counted(event: Mapping, text: Texts) -> list[html.Span]:
    """Why an event does not count, where it does not."""
    if is_refused(event):
        return [html.Span(f" ({text('gate.not_counted', reason=gate_reason(event, text))})", className="sub")]
    return (
        [html.Span(f" ({text('briefing.not_counted')})", className="sub")]
        if event["is_excluded"] or event["is_backdated"]
        else []
    )


def is_refused(event: Mapping | pd.Series) -> bool:
    """Whether the gate of machine-coded rows refused the report that speaks for an event."""
    return event["gate"] not in ("passed", "not judged")


def gate_reason(event: Mapping | pd.Series, text: Texts) -> str:
    """What the gate says of an event, in words."""
    return text.entry("gate_reasons")[event["gate"].replace(" ", "_").replace("-", "_")]


def told(event: Mapping | pd.Series, text: Texts) -> str:
    """What happened, in one sentence, in the reader's language where the curator wrote it; where the source gives none, what its code means."""
    if told_in(event, text) == "es":
        return event["summary_es"]
    return event["label"] if formats.is_missing(event["summary"]) else event["summary"]


def shortened(said: str, most: int = 24) -> str:
    """The first words of a sentence, for a chart: whole words, with dots where it goes on."""
    words, length = said.split(), 0
    for place, word in enumerate(words):
        length += len(word) + bool(place)
        if length > most:
            return " ".join(words[: max(place, 1)]).rstrip(",;:.") + "…"
    return said.rstrip(".")


def short(event: Mapping | pd.Series, text: Texts) -> str:
    """The short name that a curator gave an event, else the first words of its sentence."""
    given = event[f"label_{text.lang}"]
    return shortened(told(event, text)) if formats.is_missing(given) else given


def told_in(event: Mapping | pd.Series, text: Texts) -> str:
    """Language of what `told` gives."""
    return "es" if text.lang == "es" and not formats.is_missing(event.get("summary_es")) else "en"


def event_link(event: Mapping | pd.Series, href: str, text: Texts, **more: str) -> html.A:
    """What happened, as a link that says in which language it is."""
    return html.A(told(event, text), href=href, lang=told_in(event, text), **more)


def quoting(key: str, event: Mapping | pd.Series, text: Texts, **names: object) -> list[Component | str]:
    """A text that quotes what happened, of which the quotation says in which language it is."""
    before, after = text(key, summary="\n", **names).split("\n")
    return [before, html.Span(told(event, text), lang=told_in(event, text)), after]


def measure(row: Mapping, text: Texts) -> html.Span:
    """Name of a policy measure, with its rate, marked with its language."""
    return html.Span(measure_name(row, text), lang=measure_in(row, text))


def measure_name(row: Mapping, text: Texts) -> str:
    """Name of a policy measure in the reader's language where it is translated, with its rate where it has one."""
    rate = "" if formats.is_missing(row["rate_percent"]) else f" ({row['rate_percent']:g}%)"
    return f"{row[title_of(row, text)]}{rate}"


def title_of(row: Mapping, text: Texts) -> str:
    """The column that has the title of a policy measure in the reader's language."""
    return "measure_name_es" if measure_in(row, text) == "es" else "measure_name"


def measure_in(row: Mapping, text: Texts) -> str:
    """Language of what `measure_name` gives."""
    return "es" if text.lang == "es" and not formats.is_missing(row["measure_name_es"]) else "en"


def unseen(event: Mapping | pd.Series, text: Texts) -> list[Component]:
    """That a curator knew it and saw no page that shows it; nothing where a page was seen."""
    return [html.Span(f" ({text('events.unseen')})", className="sub")] if event.get("verified") == "memory" else []


def side(name: object, text: Texts, names: Mapping[str, str]) -> str:
    """From whom an act is known, in words; `names` are those of countries."""
    if formats.is_missing(name):
        return text("sides.unknown")
    country = governed(name, names)
    if country is None:
        return text(f"sides.{str(name).replace(' ', '_')}")
    return text("sides.government_the" if country in text.entry("sides.with_article") else "sides.government", country=country)


def governed(name: object, names: Mapping[str, str]) -> str | None:
    """The country whose government an act is known from; None where it is known from another side."""
    code = str(name).removeprefix("government of ")
    return None if code == str(name) else names.get(code, code)


def kind(name: str, text: Texts) -> html.Span:
    """A kind in words, with a glyph for its side, so that colour is never alone."""
    side, glyph = ("coop", "▲") if "cooperation" in name else ("fric", "▼")
    return html.Span(
        [html.Span(glyph, className=side, **{"aria-hidden": "true"}), " ", text.entry("kind")[name]], className="kind"
    )


def source(event: Mapping, text: Texts):
    """Title and outlet of the page, linked where it has an http address; titles are text, never markup, and in English as coded."""
    has_title = not formats.is_missing(event["source_title"])
    title = event["source_title"] if has_title else text("events.no_title")
    outlet = "" if formats.is_missing(event["outlet"]) else f", {event['outlet']}"
    lang = {"lang": "en"} if has_title else {}
    address = event["url"]
    if formats.is_missing(address) or not str(address).startswith(("http://", "https://")):
        return html.Span(f"{title}{outlet}", **lang)
    return html.A(f"{title}{outlet}", href=address, rel="noopener noreferrer nofollow", **lang)
