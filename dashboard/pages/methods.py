"""Methods, read from the headers of queries/, so that the page is never older than the code."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pandas as pd
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from bilateral import formats, package_data, strings
from bilateral.ask import reliability
from bilateral.compute.queries import Query, read_layers
from bilateral.frames import rowwise
from bilateral.pages import cards, frame, glossary, manual, sentences, tables, told_events
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts

LIMITS = ("attention", "press", "weights", "selection", "silence")
"""What a reader must be told, in the texts under methods."""
TOLD = ("title", "sentence", "unit", "why", "caveat", "source")
"""What a header says of an indicator."""


def make(site: Site, choice: Choice) -> Page:
    text = texts(choice.lang)
    title = text("methods.title")
    queries = known()
    shown = [query for query in queries.values() if query.layer == "indicators" and "title" in query.fields]
    public = [query for query in queries.values() if query.layer == "main"]
    contents = html.Ul(
        [html.Li(html.A(told(query, text.lang)["title"], href=f"#{anchor(query)}")) for query in shown], className="facets"
    )
    parts: list[Component] = [
        frame.heading(title, {}),
        html.P(text("methods.said"), className="lead short"),
        html.P([text("methods.whole"), " ", html.A(text("methods.step_by_step"), href=f"/method{choice.carried()}")]),
        html.Section(
            [html.H2(text("methods.limits")), html.Ul([html.Li(text(f"methods.{name}")) for name in LIMITS])], className="card"
        ),
        html.Section([html.H2(text("methods.validity")), *validity(choice, text)], className="card", id="validity"),
        example(text),
        glossary.section(text),
        states(text),
        gate(reliability.gate_audit(site.warehouse), reliability.gate_rates(site.warehouse, "gdelt", "all"), text),
        audits(reliability.audits(site.warehouse), text),
        proposals(reliability.coder_precision(site.warehouse), text),
        html.Section(
            [html.H2(text("methods.indicators")), contents, *(indicator(query, text) for query in shown)], className="card"
        ),
        html.Section(
            [html.H2(text("methods.tables")), html.P(text("methods.tables_how")), *(dictionary(query, text) for query in public)],
            className="card",
        ),
    ]
    return Page(title, {"all": parts}, frame.plain)


def example(text: Texts) -> html.Section:
    """The balance of a few events, computed by hand: the third part of docs/method.md."""
    lang = manual.lang_of("method", text.lang)
    worked = html.Div(Markup(manual.part("method", "3. ", lang)), lang=lang, className="manual")  # noqa: S704 our own file, in which HTML is no markup
    return html.Section(
        [
            html.H2(text("methods.example")),
            *manual.in_english("method", text),
            cards.details(text("methods.example_open"), worked),
        ],
        className="card",
        id="example",
    )


def validity(choice: Choice, text: Texts) -> list[Component]:
    """What docs/validation.md lets the indicators be used for, and what not, with the way to it."""
    said = [html.P(text(f"methods.validity_{name}")) for name in ("found", "for", "not", "bands", "alarms")]
    return [*said, html.P(html.A(text("methods.comparisons"), href=f"/validation{choice.carried()}"))]


@cache
def known() -> dict[str, Query]:
    """Every query by name, read once: they change with the code alone."""
    return read_layers(package_data.folder("queries"))


@cache
def translated(lang: str) -> dict[str, dict[str, str]]:
    """What the headers of the indicators say in another language, by name; the English is in the headers themselves."""
    path = Path(strings.__file__).parent / "headers" / f"{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def told(query: Query, lang: str) -> dict[str, str]:
    """What the header of an indicator says in this language, by TOLD; a field that the header leaves out is empty."""
    english = {name: query.sentence if name == "sentence" else query.fields.get(name, "") for name in TOLD}
    return translated(lang).get(anchor(query), english)


def anchor(query: Query) -> str:
    return query.name.split(".")[1]


def states(text: Texts) -> html.Section:
    """What each state of a value means."""
    items = [
        (text.entry("states")[name], text(f"methods.state_{re.sub(' ', '_', name)}"))
        for name in ("not read", "too few", "partial", "thin", "ok")
    ]
    return html.Section([html.H2(text("methods.states")), tables.definitions(items)], className="card")


def gate(found: pd.DataFrame, rates: pd.Series | None, text: Texts) -> html.Section:
    """Which machine-coded rows count, and how the gate does on rows that people judged."""
    said = [html.P(cards.marked(text("gate.how"))), html.P(sentences.coded_by_machine(rates, text))]
    heads = [text("gate.reason"), *(text(f"gate.{verdict}") for verdict in ("right", "plausible", "wrong"))]
    rows = [
        [told_events.gate_reason({"gate": row["reason"]}, text), row["n_right"], row["n_plausible"], row["n_wrong"]]
        for row in rowwise(found)
    ]
    table = tables.table(text("gate.audit"), heads, rows, (1, 2, 3), "table-of-gate")
    return html.Section([html.H2(text("gate.title")), *said, table], className="card", id="gate")


def audits(found: pd.DataFrame, text: Texts) -> html.Section:
    """How often the coding of drawn events was right when people compared it with the articles; a sentence where nobody has yet."""
    said = html.P(cards.marked(text("methods.audits_how" if len(found) else "methods.audits_none")))
    if found.empty:
        return html.Section([html.H2(text("methods.audits")), said], className="card")
    heads = [text(f"methods.audit_{name}") for name in ("draw", "dataset", "question", "right", "rate", "unclear")]
    rows = [
        [
            row["audit"],
            row["dataset"],
            text(f"methods.audit_{row['question']}"),
            text("methods.audit_share", n=row["n_right"], all=row["n_judged"]),
            f"{formats.plain(row['rate'], 1)}% ({formats.plain(row['rate_low'], 1)}–{formats.plain(row['rate_high'], 1)})",
            row["n_unclear"],
        ]
        for row in rowwise(found)
    ]
    table = tables.table(text("methods.audits"), heads, rows, (3, 4, 5), "table-of-rates")
    return html.Section([html.H2(text("methods.audits")), said, table], className="card")


def proposals(found: pd.DataFrame, text: Texts) -> html.Section:
    """How often people accepted what the coder of the intake proposed; a sentence where nobody has decided yet."""
    judged = found[found["n_judged"] > 0]
    said = html.P(text("methods.proposals_how" if len(judged) else "methods.proposals_none"))
    title = html.H2(text("methods.proposals"))
    if judged.empty:
        return html.Section([title, said], className="card", id="proposals")
    counts = ("n_as_proposed", "n_edited", "n_rejected", "n_merged", "n_open")
    heads = [text(f"methods.proposals_{name}") for name in ("backend", "source", *counts, "rate")]
    rows = [
        [
            row["backend"],
            text("methods.proposals_all") if row["source"] == "all" else row["source"],
            *(row[name] for name in counts),
            f"{formats.plain(row['rate'], 1)}% ({formats.plain(row['rate_low'], 1)}–{formats.plain(row['rate_high'], 1)})",
        ]
        for row in rowwise(judged)
    ]
    table = tables.table(text("methods.proposals"), heads, rows, range(2, 8), "table-of-proposals")
    return html.Section([title, said, table], className="card", id="proposals")


def indicator(query: Query, text: Texts) -> html.Div:
    """One indicator as its file says: sentence, unit, why, caveat, formula, and the SQL itself."""
    says = told(query, text.lang)
    items = [(text(f"methods.{name}"), says[name]) for name in ("unit", "why", "caveat", "source") if says[name]]
    source = cards.details(
        text("methods.sql", file=f"queries/{query.name.replace('.', '/')}.sql"), html.Pre(query.sql, tabIndex=0)
    )
    return html.Div(
        [
            html.H3(says["title"], id=anchor(query)),
            html.P(says["sentence"]),
            tables.definitions(items),
            source,
        ],
        className="method",
    )


def dictionary(query: Query, text: Texts) -> html.Details:
    """One public table with its columns."""
    rows = [
        [html.Code(column.name), html.Code(column.type), tables.meaning(column.meaning, text.lang)] for column in query.columns
    ]
    heads = [text("methods.column"), text("methods.type"), text("methods.meaning")]
    name = anchor(query)
    return cards.details(
        name, html.P(tables.meaning(query.sentence, text.lang)), tables.table(name, heads, rows, (), f"table-of-{name}")
    )
