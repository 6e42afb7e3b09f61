"""What is read before any chart: heading, sentence, freshness, notices, and the numbers of a pair."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import components, data, numbers, words
from dashboard.address import WAYS, Choice
from dashboard.freshness import Freshness
from dashboard.pages import frame
from dashboard.pages.view import View
from dashboard.strings import Texts, texts

OLD = 31
"""Days after which data are so old that a reader is told their age: an update may succeed and bring nothing."""


def state(choice: Choice) -> dict[str, object]:
    """What the controls should show."""
    shown: dict[str, object] = {"h": choice.h, "from": choice.from_day, "to": choice.to_day, "pair": choice.dyad}
    return (
        shown
        | {"dataset": choice.dataset, "domain": choice.domain, "by": choice.by}
        | {name: getattr(choice, name) for name in ("indicator", "dir", "vs", "view", "as_of", "mutual", *WAYS)}
    )


def head(view: View, fresh: Freshness) -> list[Component]:
    """Heading, sentence and freshness: what is read before any chart has loaded."""
    text, choice = view.text, view.choice
    sentences = [
        words.what_happened(view.acts, view.window, view.choice.to_day or view.span[1], text),
        words.latest(view.newest, text),
        words.how_it_stands(view.standing, text),
    ]
    return [
        frame.heading(view.name, state(choice)),
        html.P(" ".join(filter(None, sentences)), className="lead"),
        freshness(fresh, view.span[1], text),
        *known_then(view),
        *counted_otherwise(view),
        *notices(choice, fresh, text),
    ]


def known_then(view: View) -> list[Component]:
    """That the page shows what was known on an earlier day, what that means for this source, and how far it differs from today."""
    text, choice = view.text, view.choice
    if not choice.as_of:
        return []
    said = [text("as_of.said", day=numbers.day(choice.as_of, text))]
    if view.is_curated:
        said.append(text("as_of.reconstruction"))
    else:
        said += [text("as_of.lists"), differences(view)]
    back = html.A(text("as_of.back"), href=view.asked.query(as_of=None) or "?as_of=")
    return [html.P([" ".join(said), " ", back], className="notice", role="status", id="as-of")]


def counted_otherwise(view: View) -> list[Component]:
    """Which choices of the method are other than the dataset's own."""
    text, asked = view.text, view.asked
    chosen = [
        f"{text(f'controls.{way}')}: {way_said(way, getattr(view.choice, way), text)}" for way in WAYS if getattr(asked, way)
    ]
    if not chosen:
        return []
    back = html.A(text("ways.back"), href=asked.query(**dict.fromkeys(WAYS)) or "?domain=all")
    return [html.P([text("ways.said", ways="; ".join(chosen)), " ", back], className="notice", role="status", id="ways")]


def way_said(way: str, value: str, text: Texts) -> str:
    """A level or weighting in words; tables of scores have names."""
    return value if way == "score" else text(f"controls.{way}_{value}")


def differences(view: View) -> str:
    """How many values of the first chart are other than today's, and by how much at most."""
    text, indicator = view.text, view.choice.indicator
    if view.beside is None:
        return ""
    gaps = (view.first_series[indicator] - view.beside[indicator]).abs()
    n = int((gaps > 0.005).sum())
    if not n:
        return text("as_of.same", n=len(gaps))
    return text("as_of.differ", n=n, all=len(gaps), most=numbers.plain(gaps.max(), 2))


def name_of(choice: Choice, lists: data.Lists) -> str:
    return lists.names(choice.lang)[choice.dyad]


def nothing(choice: Choice, lists: data.Lists, fresh: Freshness) -> dict[str, list[Component]]:
    """The places of a page whose dataset has nothing on the pair: a sentence, and the controls to choose another."""
    text = texts(choice.lang)
    name = name_of(choice, lists)
    dataset = lists.labels.loc[("dataset", choice.dataset), f"label_{choice.lang}"]
    said = html.P(components.marked(text("errors.nothing", dataset=dataset, pair=name)), className="lead")
    h = choice.h or lists.datasets[choice.dataset]
    heading = frame.heading(name, state(replace(choice, h=h)))
    return {"head": [heading, said, *notices(choice, fresh, text)]}


def freshness(fresh: Freshness, last_day: date, text: Texts) -> html.P:
    updated = text("freshness.never")
    if fresh.last_success:
        updated = text("freshness.updated", time=numbers.moment(fresh.last_success, text))
    data_to: list[Component | str] = [text("freshness.data_to", day=numbers.day(last_day, text))]
    if (age := (datetime.now(UTC).date() - last_day).days) > OLD:
        data_to += [", ", html.Strong(text("freshness.ago", n=numbers.plain(age)))]
    return html.P([*data_to, "\u00a0· ", updated, "\u00a0· ", html.Strong(text(f"freshness.{fresh.state}"))], className="fresh")


def notices(choice: Choice, fresh: Freshness, text: Texts) -> list[Component]:
    said = []
    if choice.ignored:
        said.append(text("errors.ignored", names=", ".join(choice.ignored)))
    if fresh.state == "stale":
        said.append(text("freshness.stale_note", n=numbers.plain(fresh.age_hours)))
    elif fresh.state == "stale_content" and fresh.oldest_source:
        source = fresh.oldest_source
        key = "freshness.content_note" if source.newest else "freshness.content_none"
        said.append(text(key, source=source.name, time=source.newest))
    elif fresh.state == "degraded":
        said.append(text("freshness.degraded_note", message=fresh.message))
    return [html.P(components.marked(sentence), className="notice", role="status") for sentence in said]


def tiles(view: View) -> list[Component]:
    text = view.text
    since = "year" if view.choice.vs == "year" else "before"
    made = [value_tile(text("tiles.balance"), view.standing, "balance", "state", "evidence", text, since)]
    for shown, _, standing in view.both:
        made.append(value_tile(shown, standing, "balance", "state", "evidence", text, since))
    made.append(value_tile(text("tiles.words"), view.standing, "words", "words_state", "words_evidence", text, since))
    made.append(value_tile(text("tiles.deeds"), view.standing, "deeds", "deeds_state", "deeds_evidence", text, since))
    n, days = int(view.acts["n_events"]), view.window
    stories = f"{numbers.plain(view.standing['evidence'])} {text('tiles.stories', n=round(view.standing['evidence']))}"
    made.append(components.tile(text("tiles.evidence"), numbers.plain(n), text("tiles.events_n", n=n, days=days), stories))
    return made


def value_tile(
    label: str, row: pd.Series | None, column: str, state: str, evidence: str, text: Texts, since: str = "before"
) -> html.Div:
    """A value with band, reading and the value of four weeks, or a year, before; no glyph and no colour where nothing may be claimed."""
    if row is None or numbers.is_missing(row[column]):
        stories = numbers.plain(0 if row is None else row[evidence], 1)
        return components.tile(label, text("tiles.few"), text("tiles.few_note", n=stories, m=1))
    low, high = row[f"{column}_low"], row[f"{column}_high"]
    apart = (low > 0 or high < 0) and row[state] == "ok"
    side = ("coop" if row[column] > 0 else "fric") if apart else ""
    glyph = {"coop": "▲ ", "fric": "▼ ", "": ""}[side]
    reading = text(f"tiles.{side or 'undecided'}")
    if row[state] in ("thin", "partial"):
        reading = text(f"tiles.{row[state]}")
    before = row.get(f"{column}_before")
    earlier = text(f"tiles.{since}_none") if numbers.is_missing(before) else text(f"tiles.{since}", value=numbers.points(before))
    band = text("tiles.band", low=numbers.points(low), high=numbers.points(high))
    return components.tile(label, glyph + numbers.points(row[column]), band, reading, earlier, side=side)
