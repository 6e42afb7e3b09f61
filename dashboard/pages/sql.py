"""The SQL page: one SELECT on the snapshot, its rows or its plan, the schema, and examples.

A page of plain HTML; assets/60-sql.js adds Cancel, charts and history.
"""

import base64
import json
import re
import zlib
from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import figures, package_data, public_address, sql_literals
from bilateral.ask.reader_sql import LONGEST, Answer, Limits
from bilateral.compute.queries import Query, read
from bilateral.figures import rows as drawing
from bilateral.pages import cards, controls, frame, sharing, tables
from bilateral.pages.choice import Choice
from bilateral.strings import Texts, texts

PARAMETER = re.compile(r"(?<![\w$])\$([A-Za-z_]\w*)")
"""A name to fill in. One inside a text of the statement gets a field too, which does no harm."""
FORMATS = {"csv": "sheet", "json": "json", "parquet": "parquet"}
"""Endings of files that people take from the page, and what the API calls them."""
PLAN = ["explain_key", "explain_value"]
"""Columns of the answer to EXPLAIN."""
LONG_ADDRESS, LONGEST_ADDRESS = 2000, 8000
"""Characters of an address from which on its statement stands in it compressed, as mail programs break long ones; and that servers take."""
ROWS = 1000
"""Most rows that the page shows; the API's own default."""
MOST = {"answer_bytes": 4_000_000, "cells": 100_000}
"""Largest answer that the page shows: HTML of it takes five times as much, of small cells twenty times, and time from other readers. The API gives
larger ones."""
SHOWN = {"pair": "MEX-USA", "word": "tariff"}
"""Values with which the examples begin."""


@dataclass(frozen=True)
class Asked:
    """What stands in the address."""

    q: str
    values: dict[str, str]
    explain: bool = False
    """The plan is wanted, and no row."""

    @property
    def names(self) -> list[str]:
        """Parameters of the statement, in their order."""
        return list(dict.fromkeys(PARAMETER.findall(self.q)))

    @property
    def statement(self) -> str:
        """What is run."""
        is_explained = self.q.lstrip().lower().startswith("explain")
        return f"explain {self.q}" if self.explain and self.q.strip() and not is_explained else self.q

    @property
    def fields(self) -> dict[str, str]:
        """Values of the parameters as an address names them."""
        return {f"${name}": value for name, value in self.values.items()}

    @property
    def link(self) -> str:
        """An address that repeats the question, on any server over the same data: a long statement stands in it compressed."""
        plain = self.address("/sql")
        if len(plain) <= LONG_ADDRESS:
            return plain
        short = f"/sql?{urlencode({'z': packed(self.q), **self.fields})}"
        return short if len(short) <= LONGEST_ADDRESS else "/sql"

    def address(self, path: str, **more: str) -> str:
        return f"{path}?{urlencode({'q': self.q, **self.fields, **more}, safe='*')}"


def packed(statement: str) -> str:
    """A statement as letters, digits, - and _, about half as long."""
    made = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    content = made.compress(statement.encode("utf-8", "replace")) + made.flush()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def unpacked(text: str) -> str:
    """The statement that was packed; nothing where the text was cut or is something else. It never becomes larger than a statement may be."""
    try:
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        opened = zlib.decompressobj(-zlib.MAX_WBITS)
        statement = opened.decompress(content, 4 * LONGEST).decode()
    except (ValueError, zlib.error):
        return ""
    return statement if opened.eof else ""


def examples() -> list[Query]:
    """The worked questions of queries/examples/, in their order."""
    return [read(path) for path in sorted((package_data.folder("queries") / "examples").glob("*.sql"))]


def off(choice: Choice) -> frame.Page:
    """What is said where SQL is switched off."""
    text = texts(choice.lang)
    return frame.message(text("sql.title"), text("sql.off"), html.Pre(text("sql.switch_on"), tabIndex=0))


def page(
    choice: Choice, asked: Asked, outcome: Answer | str | None, schema: pd.DataFrame, limits: Limits, version: str
) -> frame.Page:
    """The page with the outcome of a statement: rows, or a sentence why there are none; None where nothing was asked."""
    text = texts(choice.lang)
    rows = text("sql.limits", version=version, rows=f"{ROWS:,}", seconds=f"{limits.seconds:g}", mb=limits.memory_mb)
    parts = [
        html.H1(text("sql.title"), id="title"),
        html.P(rows, className="dates"),
        html.Div([_editor(asked, choice, text), _schema(schema, text)], className="grid2"),
        html.Section(result(asked, outcome, text), id="result", className="card", **{"aria-label": text("sql.result")}),
        html.Div([_examples(choice, text), _history(text)], className="grid2"),
    ]
    return frame.Page(text("sql.title"), {"all": parts}, frame.plain)


def _editor(asked: Asked, choice: Choice, text: Texts) -> html.Form:
    fields = [
        html.Div([html.Label(f"${name}", htmlFor=f"v-{name}"), controls.native(
            type="text", id=f"v-{name}", name=f"${name}", value=asked.values.get(name, ""), autocomplete="off")])
        for name in asked.names
    ]  # fmt: skip
    kept = [(name, value) for name, value in (("lang", choice.lang), ("theme", choice.theme)) if value not in ("en", "auto")]
    buttons = [
        html.Button(text("sql.run"), type="submit", className="btn main", id="run"),
        html.Button(text("sql.cancel"), type="button", className="btn", id="cancel", disabled=True),
        html.Button(text("sql.explain"), type="submit", className="btn", id="explain", name="explain", value="1"),
        html.A(text("sql.share"), href=asked.link, id="share"),
    ]
    box = html.Textarea(
        asked.q, id="q", name="q", rows=12, required=True, spellCheck="false", className="editor", **{"aria-describedby": "keys"}
    )
    said = {name: text(f"sql.{name}") for name in ("running", "cancelled", "failed", "forgotten")}
    return html.Form(
        [
            *(controls.native(type="hidden", name=name, value=value) for name, value in kept),
            html.Label(text("sql.statement"), htmlFor="q", className="sub"),
            box,
            html.P(text("sql.keys"), id="keys", className="sub"),
            html.Div(fields, id="values", className="controls"),
            html.Div(buttons, className="row buttons"),
        ],
        id="ask",
        method="get",
        action="/sql",
        **{f"data-{name}": sentence for name, sentence in said.items()},
    )


def result(asked: Asked, outcome: Answer | str | None, text: Texts) -> list[Component]:
    """What became of the statement."""
    title = html.H2(text("sql.result"), id="t-result")
    if outcome is None:
        return [title, html.P(text("sql.nothing_asked"), id="said", role="status")]
    if isinstance(outcome, str):
        return [title, html.Pre(outcome, id="said", className="notice", role="alert", tabIndex=0)]
    if outcome.names == PLAN:
        plan = "\n".join(str(row[1]) for row in outcome.rows)
        return [title, html.P(text("sql.plan"), id="said", role="status"), html.Pre(plan, tabIndex=0, id="plan")]
    counted = text("sql.rows", n=outcome.n_rows, ms=f"{outcome.seconds * 1000:,.0f}")
    if outcome.is_cut:
        counted = f"{text('sql.cut', n=f'{outcome.n_rows:,}')} {counted}"
    rows = [[_cell(value) for value in row] for row in outcome.rows]
    numeric = drawing.numeric(outcome.types)
    links = [
        html.A(name.upper(), href=asked.address("/api/v1/sql", format=form, limit="10000"), download="")
        for name, form in FORMATS.items()
    ]
    downloads = html.P([text("sql.download"), " ", *[part for link in links for part in (" · ", link)][1:]])
    table = tables.table(text("sql.caption"), outcome.names, rows, numeric, "table-sql")
    return [title, html.P(counted, id="said", role="status"), downloads, *_chart(outcome, text), *_code(asked, text), table]


def _chart(outcome: Answer, text: Texts) -> list[Component]:
    """The numbers over the first column of days, folded; nothing where there are no days or no numbers."""
    drawn = drawing.over_days(outcome.names, outcome.types, outcome.rows)
    if drawn is None:
        return []
    said = text("sql.chart_shows", columns=", ".join(drawn.columns), day=drawn.day)
    if drawn.n_columns > len(drawn.columns):
        said += " " + text("sql.chart_left", n=drawn.n_columns - len(drawn.columns))
    if drawn.is_repeated:
        said += " " + text("sql.chart_points")
    config = {"displayModeBar": False, "responsive": True, **figures.locale(text)}
    data = {"data-figure": json.dumps(drawn.figure), "data-config": json.dumps(config)}
    height = {"height": f"{drawn.figure['layout']['height']}px"}
    box = html.Div(id="b-chart", className="plot", role="img", style=height, **{"aria-label": said, **data})
    return [html.Details([html.Summary(text("sql.chart")), html.P(said, className="sub"), box], id="chart", hidden=True)]


def _code(asked: Asked, text: Texts) -> list[Component]:
    """The same rows from a program: over this server, and from the file of a snapshot."""
    file = public_address.origin() + asked.address("/api/v1/sql", format="csv", limit="10000")
    values = {name: asked.values.get(name, "") for name in asked.names}
    blocks = {"pandas": f"import pandas as pd\n\nrows = pd.read_csv({json.dumps(file)})", "duckdb": for_duckdb(asked.q, values)}
    return [sharing.block(name, said, text) for name, said in blocks.items()]


def for_duckdb(statement: str, values: dict[str, str]) -> str:
    """The statement as DuckDB's own shell takes it, with its parameters filled in by DuckDB and not by us."""
    opened, bare = '-- duckdb -readonly "$(bilateral path)"', statement.strip().rstrip(";").rstrip()
    if not values:
        return f"{opened}\n{bare};"
    given = ", ".join(f"{name} := {sql_literals.text(value)}" for name, value in values.items())
    return f"{opened}\nprepare asked as\n{bare};\nexecute asked({given});"


def _cell(value: object) -> str:
    return "NULL" if value is None else str(value)


def _schema(schema: pd.DataFrame, text: Texts) -> html.Section:
    heads = [text("sql.column"), text("sql.type"), text("sql.meaning")]
    made = []
    for _, table in schema.iterrows():
        caption = str(table["comment"] or table["name"])
        if table["is_macro"]:
            content = [
                html.P(tables.meaning(caption, text.lang)),
                html.Pre(f"from {table['name']}({', '.join(table['columns'])})", tabIndex=0),
            ]
        else:
            columns = zip(table["columns"], table["types"], table["meanings"], strict=True)
            rows = [[name, kind, tables.meaning(meaning, text.lang)] for name, kind, meaning in columns]
            content = [
                html.P(tables.meaning(caption, text.lang)),
                tables.table(table["name"], heads, rows, (), f"schema-{table['name']}"),
            ]
        made.append(cards.details(f"{table['name']}{'(…)' if table['is_macro'] else ''}", *content))
    title = text("sql.schema")
    listing = html.Div(made, className="scroll", tabIndex=0, role="region", **{"aria-label": title})
    return html.Section([html.H2(title), html.P(text("sql.schema_how"), className="sub"), listing], id="schema", className="card")


def _examples(choice: Choice, text: Texts) -> html.Section:
    items = []
    for example in examples():
        values = {name: SHOWN[name] for name in dict.fromkeys(PARAMETER.findall(example.sql))}
        more = {name: value for name, value in (("lang", choice.lang), ("theme", choice.theme)) if value not in ("en", "auto")}
        link = html.A(text(f"examples.{example.path.stem[3:]}"), href=Asked(example.sql, values).address("/sql", **more))
        items.append(html.Li(link))
    return html.Section([html.H2(text("sql.examples")), html.Ol(items, className="marks")], className="card")


def _history(text: Texts) -> html.Section:
    parts = [
        html.H2(text("sql.history")),
        html.P(text("sql.history_how"), className="sub"),
        html.Ol([], id="history", className="marks"),
        html.Button(text("sql.forget"), type="button", className="btn", id="forget"),
    ]
    return html.Section(parts, className="card", id="history-card")
