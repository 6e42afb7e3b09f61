"""The fields of a proposal, to be edited or only shown: the act, and the change of a measure, folded where there is none."""

import csv
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats, package_data
from bilateral.ask.catalogue import Lists
from bilateral.frames import rowwise
from bilateral.intake.drafts import ACT, FIELDS, MEASURE
from bilateral.load import curation
from bilateral.pages import controls
from bilateral.strings import Texts

DAYS = ("event_date", "until")
LONGEST = {"summary": "160", "summary_es": "160", "note": "140", "source_actor": "3", "target_actor": "3"}
"""Characters that the rules of curation allow."""
SENTENCES = ("summary", "summary_es")
LISTS = {"cameo_code": "codes", "measure_id": "measures"}
"""Fields for which the browser offers what is known."""
CHOICES = {
    "verified": "review.verified.",
    "scope": "review.scopes.",
    "state": "states.",
    "is_in_force": "review.in_force.",
    "until_kind": "measures.until_",
}
"""Fields of a few words, which the rules of curation name, and where their names stand in the texts."""


def fields(values: Mapping[str, str], lists: Lists, measures: pd.DataFrame, text: Texts) -> list[Component]:
    """Labelled inputs, named as the columns that they become; `measures` are those that the pair has."""
    measure = html.Details(
        [
            html.Summary(text("review.measure")),
            html.P(text("review.measure_how"), className="sub"),
            html.Div([_field(name, values[name], lists, text) for name in MEASURE], className="fields"),
        ],
        open=bool(values["state"]),
        id="measure",
    )
    codes = [html.Option(said, value=code) for code, said in _codes(text.lang)]
    return [
        html.Div([_field(name, values[name], lists, text) for name in ACT], className="fields"),
        measure,
        html.Datalist(codes, id="codes"),
        html.Datalist([html.Option(_told(row, text), value=row["measure_id"]) for row in rowwise(measures)], id="measures"),
    ]


def _told(row: Mapping[str, Any], text: Texts) -> str:
    """Name and last state of a measure; its English name where there is no other."""
    own = row["measure_name_es"] if text.lang == "es" else None
    return f"{row['measure_name'] if formats.is_missing(own) else own} ({text('states.' + row['state'])})"


def shown(values: Mapping[str, str], text: Texts) -> list[tuple[str, str]]:
    """Names and values of the fields that say something."""
    return [(_label(name, text), values[name]) for name in FIELDS if values[name]]


def _field(name: str, value: str, lists: Lists, text: Texts) -> html.Div:
    label = _label(name, text)
    if name == "cameo_code" and (meaning := dict(_codes(text.lang)).get(value)):
        label = f"{label}: {meaning}"
    if options := _options(name, lists, text):
        kept = [*options] if value in dict(options) else [(value, value), *options]
        return controls.choice_field(name, label, kept, value)
    kind = "date" if name in DAYS else "text"
    more = {"maxlength": LONGEST[name]} if name in LONGEST else {}
    more |= {"list": LISTS[name]} if name in LISTS else {}
    box = controls.field(label, type=kind, name=name, value=value, autocomplete="off", **more)
    if name in SENTENCES:
        box.className = "wide"
    return box


def _options(name: str, lists: Lists, text: Texts) -> list[tuple[Any, Any]]:
    """What a field may say, where that is a short list; nothing where it is free."""
    if name == "domain":
        labels = lists.labels.loc["domain"][f"label_{text.lang}"]
        return [(domain, labels[domain]) for domain in lists.domains]
    if name not in CHOICES:
        return []
    family, words = CHOICES[name], curation.words_of(name)
    empty = [] if name == "verified" else [("", "—")]
    return [*empty, *((word, text(f"{family}{word}")) for word in words)]


def _label(name: str, text: Texts) -> str:
    return text(f"review.fields.{name}")


@cache
def _codes(lang: str) -> list[tuple[str, str]]:
    """CAMEO codes with what they mean."""
    with (package_data.folder("seeds") / "event_codes.csv").open(encoding="utf-8", newline="") as file:
        return [(row["code"], row[f"label_{lang}"]) for row in csv.DictReader(file)]
