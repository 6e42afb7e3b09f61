"""The part above the charts: heading, sentence, dates, notices, and the numbers of a pair."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import coverage
from bilateral.ask.catalogue import Lists
from bilateral.ask.choices import WAYS
from bilateral.ask.coverage import Ends
from bilateral.ask.warehouse import Warehouse
from bilateral.monitoring.updates import OLD_DAYS, Updates, age_days
from bilateral.pages import cards, frame, glossary, sentences, told_events
from bilateral.pages.choice import Choice
from bilateral.pages.view import View
from bilateral.strings import Texts, texts


def state(choice: Choice) -> dict[str, object]:
    """What the controls should show."""
    shown: dict[str, object] = {"h": choice.h, "from": choice.from_day, "to": choice.to_day, "pair": choice.dyad}
    return (
        shown
        | {"dataset": choice.dataset, "domain": choice.domain, "by": choice.by}
        | {name: getattr(choice, name) for name in ("indicator", "dir", "vs", "view", "as_of", "mutual", "without", *WAYS)}
    )


def head(view: View, updated: Updates) -> list[Component]:
    """Heading, sentence and dates: what is read before any chart has loaded."""
    text, choice = view.text, view.choice
    ends = coverage.ends(view.warehouse, choice.dataset, [choice.dyad], choice.domain)
    happened = sentences.what_happened(view.acts, view.window, view.choice.to_day or view.span[1], text)
    return [
        frame.heading(view.name, state(choice)),
        html.P([happened, *latest(view), " ", sentences.how_it_stands(view.standing, text)], className="lead"),
        dates(updated, ends.newest_event, text),
        *known_from(view),
        *coded_by_machine(sentences.coded_by_machine(view.rates, text), text),
        *known_then(view),
        *counted_otherwise(view),
        *notices(choice, updated, text),
        *aged(ends, view.last, text),
    ]


def description(view: View) -> str:
    """What happened and how it stands, in words alone."""
    happened = sentences.what_happened(view.acts, view.window, view.choice.to_day or view.span[1], view.text)
    return f"{happened} {sentences.how_it_stands(view.standing, view.text)}"


def printed(view: View) -> tuple[str, ...]:
    """What a printed picture of the balance says above it: the day that is asked for, else the finding, which claims what the evidence holds; then value,
    unit and band."""
    text, row = view.text, view.standing
    subject = "" if view.choice.domain == "all" else f", {view.domains[view.choice.domain]}"
    day = formats.day(view.last, text)
    verdict, is_told = row["balance_verdict"], not formats.is_missing(row["balance"])
    said = text.entry("verdicts")[verdict] if is_told else text.entry("states")[verdict]
    named = f"{view.name}{subject}"
    title = (
        text("print.around", pair=named, day=formats.day(view.choice.at, text))
        if view.choice.at
        else text("print.finding", pair=named, day=day, verdict=said)
    )
    if not is_told:
        return title, text("print.unit")
    band = {"low": formats.points(row["balance_low"]), "high": formats.points(row["balance_high"])}
    return title, f"{text('print.unit')}. {text('print.value', day=day, value=formats.points(row['balance']), **band)}"


def evidence(view: View) -> str:
    """Events of the range, and how many of them are known from one side alone."""
    text, n = view.text, int(view.first_series["n_events"].sum())
    told = text("print.events", n=n, first=formats.day(view.first, text), last=formats.day(view.last, text))
    if view.side is None:
        return told
    side = told_events.side(view.side["source_side"], text, view.countries)
    return text("print.side", events=told, share=formats.plain(100 * view.side["share"]), side=side)


def latest(view: View) -> list[Component | str]:
    """The newest event of the range, quoted as coded."""
    if view.newest.empty:
        return []
    newest = view.newest.iloc[0]
    return [
        " ",
        *told_events.quoting("sentence.latest", newest, view.text, day=formats.day(newest["event_day"].date(), view.text)),
    ]


def known_from(view: View) -> list[Component]:
    """How much of the range is known from one side alone; where its acts are left out, that, and the way back."""
    text, side = view.text, view.side
    if side is None:
        return []
    told = {"side": told_events.side(side["source_side"], text, view.countries), "share": formats.plain(100 * side["share"])}
    if view.scope.without:
        back = html.A(text("sides.back"), href=view.asked.query(without="") or "?domain=all")
        return [html.P([text("sides.left_out", **told), " ", back], className="notice", role="status", id="side")]
    return [html.P(text("sides.share", **told), className="sub", id="side")]


def without_side(view: View) -> list[Component]:
    """The way to the values without the leading side: below the chart, so that the keyboard comes to the chart first."""
    scope, text = view.scope, view.text
    if view.side is None or scope.without or scope.as_of or scope.is_chosen or scope.mutual != "apart":
        return []
    said = text("sides.without", side=told_events.side(view.side["source_side"], text, view.countries))
    return [html.P(html.A(said, href=view.asked.query(without="side")), className="sub")]


def coded_by_machine(said: str, text: Texts) -> list[Component]:
    """The sentence on rows that a machine coded, with the way to how it is measured; nothing where people coded."""
    return [html.P([said, " ", html.A(text("gate.more"), href="/methods#gate")], className="sub", id="coded")] if said else []


def known_then(view: View) -> list[Component]:
    """That the page shows what was known on an earlier day, what that means for this source, and how far it differs from today."""
    text, choice = view.text, view.choice
    if not choice.as_of:
        return []
    said = [text("as_of.said", day=formats.day(choice.as_of, text))]
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
    return text("as_of.differ", n=n, all=len(gaps), most=formats.plain(gaps.max(), 2))


def name_of(choice: Choice, lists: Lists) -> str:
    return lists.names(choice.lang)[choice.dyad]


def nothing(choice: Choice, lists: Lists, updated: Updates) -> dict[str, list[Component]]:
    """The places of a page whose dataset has nothing on the pair: a sentence, and the controls to choose another."""
    text = texts(choice.lang)
    name = name_of(choice, lists)
    dataset = lists.labels.loc[("dataset", choice.dataset), f"label_{choice.lang}"]
    said = html.P(cards.marked(text("errors.nothing", dataset=dataset, pair=name)), className="lead")
    h = choice.h or lists.datasets[choice.dataset]
    heading = frame.heading(name, state(replace(choice, h=h)))
    return {"head": [heading, said, *notices(choice, updated, text)]}


def dated(
    warehouse: Warehouse, choice: Choice, dyads: Iterable[str], until: date | None, updated: Updates, text: Texts
) -> list[Component]:
    """The line of dates and the notices of a page that shows these pairs; up to a day, or None where it shows no values of indicators."""
    ends = coverage.ends(warehouse, choice.dataset, dyads, choice.domain)
    return [dates(updated, ends.newest_event, text), *notices(choice, updated, text), *aged(ends, until, text)]


def dates(updated: Updates, newest: date | None, text: Texts) -> html.P:
    """Two facts: when the update ran, and the day of the newest event shown with its age."""
    ran = text("updates.never")
    if updated.last_success:
        ran = text("updates.ran", time=formats.moment(updated.last_success, text))
    if newest is None:
        return html.P(ran, className="dates")
    said = text("updates.newest", day=formats.day(newest, text), age=text("updates.age", n=age_days(newest)))
    return html.P([ran, "\u00a0· ", said], className="dates")


def aged(ends: Ends, until: date | None, text: Texts) -> list[Component]:
    """That the newest event is old, and that the record ends before the day up to which values are shown."""
    said = []
    if ends.newest_event and age_days(ends.newest_event) > OLD_DAYS:
        age, day = formats.plain(age_days(ends.newest_event)), formats.day(ends.newest_event, text)
        said.append(text("updates.old_note", n=age, day=day))
    if until and ends.record_end and ends.record_end < until:
        said.append(text("updates.ends_note", day=formats.day(ends.record_end, text), until=formats.day(until, text)))
    return [html.P(sentence, className="notice", role="status") for sentence in said]


def notices(choice: Choice, updated: Updates, text: Texts) -> list[Component]:
    said = []
    if choice.ignored:
        said.append(text("errors.ignored", names=", ".join(choice.ignored)))
    if updated.state == "stale":
        said.append(text("updates.stale_note", n=formats.plain(updated.age_hours)))
    elif updated.state == "stale_content" and updated.oldest_source:
        source = updated.oldest_source
        key = "updates.content_note" if source.newest else "updates.content_none"
        said.append(text(key, source=source.name, time=source.newest))
    elif updated.state == "degraded":
        said.append(text("updates.degraded_note", message=updated.message))
    return [html.P(cards.marked(sentence), className="notice", role="status") for sentence in said]


def tiles(view: View) -> list[Component]:
    text = view.text
    since = "year" if view.choice.vs == "year" else "before"
    made = [value_tile(explained("balance", "balance", view), view.standing, "balance", "evidence", text, since)]
    alone = text("tiles.alone") if view.choice.mutual in ("apart", "none") else ""
    for shown, _, standing in view.both:
        made.append(value_tile(shown, standing, "balance", "evidence", text, since, alone))
    made.append(value_tile(explained("words", "statement", view), view.standing, "words", "words_evidence", text, since))
    made.append(value_tile([text("tiles.deeds")], view.standing, "deeds", "deeds_evidence", text, since))
    n, days = int(view.acts["n_events"]), view.window
    stories = f"{formats.plain(view.standing['evidence'])} {text('tiles.stories', n=round(view.standing['evidence']))}"
    made.append(
        cards.tile(explained("evidence", "sample", view), formats.plain(n), text("tiles.events_n", n=n, days=days), stories)
    )
    return made


def explained(name: str, term: str, view: View) -> list[Component | str]:
    """The label of a tile, and on the page of a pair what its term means; the first page stays short for the keyboard."""
    label = view.text(f"tiles.{name}")
    return [label, glossary.info(term, view.text)] if view.choice.page == "pair" else [label]


def value_tile(
    label: str | list, row: pd.Series | None, column: str, evidence: str, text: Texts, since: str = "before", of: str = ""
) -> html.Div:
    """A value with band, reading and the value of four weeks, or a year, before; no glyph and no colour where nothing may be claimed.

    `of` says of which acts it is, where not of all."""
    if row is not None and row[f"{column}_verdict"] == "not read":
        return cards.tile(label, text.entry("states")["not read"])
    if row is None or formats.is_missing(row[column]):
        stories = formats.plain(0 if row is None else row[evidence], 1)
        return cards.tile(label, text("tiles.few"), of, text("tiles.few_note", n=stories, m=sentences.FEW))
    low, high = row[f"{column}_low"], row[f"{column}_high"]
    verdict = row[f"{column}_verdict"]
    side = {"cooperation": "coop", "friction": "fric"}.get(verdict, "")
    glyph = {"coop": "▲ ", "fric": "▼ ", "": ""}[side]
    reading = text(f"verdicts.{verdict}")
    before = row.get(f"{column}_before")
    earlier = text(f"tiles.{since}_none") if formats.is_missing(before) else text(f"tiles.{since}", value=formats.points(before))
    band = text("tiles.band", low=formats.points(low), high=formats.points(high))
    return cards.tile(label, glyph + formats.points(row[column]), of, band, reading, earlier, side=side)
