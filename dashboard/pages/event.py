"""One event: what happened, as coded; the actors and the source page; its weight; related events."""

from datetime import timedelta

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import event_lists, policy_measures
from bilateral.ask.catalogue import Lists
from bilateral.ask.exports import Extract
from bilateral.frames import rowwise
from bilateral.pages import cards, chart, frame, pictures, tables, told_events, waiting
from bilateral.pages.choice import Choice, monday
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts
from bilateral.today import today

AROUND = 182
"""Days before and after an event on its picture for print."""


def make(site: Site, choice: Choice) -> Page | None:
    """None where there is no such event."""
    text, lists = texts(choice.lang), site.lists()
    found = event_lists.event(site.warehouse, str(choice.event))
    if found is None:
        return None
    row, told_by = found.iloc[0], event_lists.reports(site.warehouse, str(choice.event))
    around = event_lists.around_event(site.warehouse, str(choice.event))
    day = formats.day(row["event_day"].date(), text)
    told = told_events.told(row, text)
    who = text("event.who", source=row[f"source_label_{text.lang}"], target=row[f"target_label_{text.lang}"], day=day)
    parts: list[Component] = [
        frame.heading(str(told), {}, lang=told_events.told_in(row, text)),
        html.P(who, className="lead short"),
        *in_other_pairs(around["other_pairs"], choice, lists, text),
        html.P(text("event.as_coded"), className="sub"),
        *picture(row, choice, text),
        coding(row, lists, text),
        reports(told_by, text),
        *([measures(around["measures"], policy_measures.measure_fates(site.warehouse), text)] if len(around["measures"]) else []),
        revised(around["corrections"], around["revisions"], text),
        elsewhere(row, around["neighbours"], choice, lists, text),
    ]
    return Page(f"{day}: {told}", {"all": parts}, frame.plain, extracts={"reports": Extract("reports", str(told), told_by)})


def in_other_pairs(rows: pd.DataFrame, choice: Choice, lists: Lists, text: Texts) -> list[Component]:
    """A step among three parties is recorded once in each pair: the other ones as links."""
    names = lists.names(text.lang)
    links = [told_events.event_link(row, f"/event/{row['event_id']}{choice.carried()}", text) for row in rowwise(rows)]
    return [
        html.P([text("event.other_pair", pair=names[dyad]), " ", link]) for dyad, link in zip(rows["dyad"], links, strict=True)
    ]


def picture(row: pd.Series, choice: Choice, text: Texts) -> list[Component]:
    """The way to a picture for print. It is of the default dataset where the event's own, as one article, is too small to draw."""
    if not pictures.are_possible():
        return []
    day = row["event_day"].date()
    span = {"from_day": day - timedelta(days=AROUND), "to_day": min(day + timedelta(days=AROUND), today())}
    query = Choice(row["dyad"], "pair", lang=choice.lang, at=day, **span).query()
    links = [html.A(form.upper(), href=f"/pair/{row['dyad']}.{form}{query}") for form in pictures.FORMATS]
    return [html.P([text("event.picture"), " ", links[0], " · ", links[1]])]


def coding(row: pd.Series, lists: Lists, text: Texts) -> html.Section:
    """Code, kind, score, weight and who decided them."""
    domain = lists.labels.loc[("domain", row["domain"]), f"label_{text.lang}"]
    dataset = lists.labels.loc[("dataset", row["dataset"]), f"label_{text.lang}"]
    said = [
        (text("event.code"), f"{row['code']}: {row['label' if text.lang == 'en' else 'label_es']}"),
        (text("events.kind"), told_events.kind(row["kind"], text)),
        (text("events.score"), score(row, text)),
        (text("event.weight"), text("event.weight_of", weight=formats.plain(row["weight"], 2), n=int(row["n_articles"]))),
        (text("controls.domain"), f"{domain} ({rule(row['domain_rule'], text)})"),
        (text("event.doer"), body(row, "source", text)),
        (text("event.towards"), body(row, "target", text)),
        (text("event.counts"), text("event.both") if row["is_mutual"] else text("event.one")),
        (text("event.coder"), f"{dataset}, {text('event.by_people' if row['is_curated'] else 'event.by_machine')}"),
        (
            text("event.verified"),
            text(f"event.verified_{row['verified']}") if row["verified"] in ("search", "memory", "article") else "—",
        ),
        (text("event.side"), told_events.side(row["source_side"], text, countries(row, text))),
    ]
    if not row["is_curated"]:
        said.append((text("controls.gate"), told_events.gate_reason(row, text)))
    if row["is_backdated"]:
        said.append((text("event.late"), text("event.backdated")))
    return html.Section([html.H2(text("event.coding")), tables.definitions(said)], className="card")


def score(row: pd.Series, text: Texts) -> str:
    """The score that counts, and the table's own where a rule of the method replaces it."""
    said = text("event.score_of", score=formats.points(row["score"], 1), table=row["score_table"])
    if row["listed_score"] == row["score"]:
        return said
    return f"{said}; {text('event.score_listed', score=formats.points(row['listed_score'], 1))}"


def countries(row: pd.Series, text: Texts) -> dict[str, str]:
    return {row[f"{end}_country"]: row[f"{end}_label_{text.lang}"] for end in ("source", "target")}


def rule(name: str, text: Texts) -> str:
    return text("event.given") if formats.is_missing(name) or name == "given by the source" else text("event.by_rule", rule=name)


def body(row: pd.Series, side: str, text: Texts) -> str:
    """Country, kind of body and name, as far as they are known."""
    parts = [
        row[f"{side}_label_{text.lang}"],
        row[f"{side}_body_{text.lang}"],
        row[f"{side}_name" if text.lang == "en" else f"{side}_name_es"],
    ]
    return ", ".join(str(part) for part in parts if not formats.is_missing(part))


def reports(rows: pd.DataFrame, text: Texts) -> html.Section:
    """Every row that tells it, with the page it comes from."""
    heads = [text("event.file"), text("events.source"), text("event.published"), text("event.added")]
    cells = [
        [
            f"{row['file_name']}, {text('event.line', n=row['row_number'])}",
            told_events.source(row | {"source_title": row["title"]}, text),
            "—" if formats.is_missing(row["published_on"]) else formats.day(row["published_on"].date(), text),
            text("event.not_recorded") if formats.is_missing(row["added_at"]) else formats.day(row["added_at"].date(), text),
        ]
        for row in rowwise(rows)
    ]
    title = text("event.reports", n=len(rows))
    content = tables.table(title, heads, cells, (), "table-reports", told=(2, 3))
    return html.Section([html.H2(title), content, chart.how(text("how.event"), rows, text)], className="card")


def measures(rows: pd.DataFrame, fates: pd.DataFrame, text: Texts) -> html.Section:
    """The changes that the event carries; of those after which a measure waits, how often such a one was in force within 30 days."""
    heads = [
        text("events.measure"),
        text("events.day"),
        text("events.state"),
        text("measures.in_force_after"),
        text("fates.within_30"),
    ]
    cells = [
        [
            told_events.measure(row, text),
            formats.day(row["state_day"].date(), text),
            text.entry("states")[row["state"]],
            text(f"measures.{row['is_in_force']}"),
            waiting.told(waiting.fate(fates, row, 30), text),
        ]
        for row in rowwise(rows)
    ]
    title = text("event.measures")
    return html.Section(
        [html.H2(title), tables.table(title, heads, cells, (), "table-measures", told=(2, 3, 4))], className="card"
    )


def revised(corrections: pd.DataFrame, revisions: pd.DataFrame, text: Texts) -> html.Section:
    """What a user corrected, and what changed from run to run: a figure that was quoted last month can be understood."""
    parts: list[Component] = []
    if len(corrections):
        heads = [text(f"event.{name}") for name in ("corrected_on", "correction", "to_value", "reason", "who_says", "applied")]
        cells = [
            [
                row["at"],
                text(f"event.{row['action']}"),
                "—" if formats.is_missing(row["value"]) or not row["value"] else row["value"],
                row["reason"],
                row["who"],
                text("measures.yes" if row["is_applied"] else "measures.no"),
            ]
            for row in rowwise(corrections)
        ]
        parts.append(tables.table(text("event.corrections"), heads, cells, (), "table-corrections", told=(1, 2, 3, 4, 5)))
    if len(revisions):
        heads = [text(f"event.{name}") for name in ("in_run", "field", "old", "new", "reason")]
        cells = [
            [
                row["run_id"] if formats.is_missing(row["started_at"]) else f"{row['started_at']:%Y-%m-%d %H:%M} UTC",
                text.entry("fields").get(row["field"], row["field"]),
                *("—" if formats.is_missing(row[name]) else row[name] for name in ("old", "new")),
                text.entry("reasons").get(row["reason"], row["reason"]),
            ]
            for row in rowwise(revisions)
        ]
        explained = chart.how(text("how.revisions"), revisions, text)
        parts += [tables.table(text("event.revisions"), heads, cells, (), "table-revisions", told=(1, 2, 3, 4)), explained]
    return html.Section(
        [html.H2(text("event.revised")), *(parts or [html.P(text("event.never_revised"))])], className="card", id="revised"
    )


def elsewhere(row: pd.Series, neighbours: pd.DataFrame, choice: Choice, lists: Lists, text: Texts) -> html.Section:
    """Ways on: the value it enters, before and after it, its neighbours, and how to say that it is wrong."""
    day = row["event_day"].date()
    pair = Choice(row["dyad"], "pair", dataset=row["dataset"], lang=choice.lang, theme=choice.theme)
    name = lists.names(choice.lang)[row["dyad"]]
    links = [
        html.Li(html.A(text("event.in_value", pair=name), href=f"/pair/{row['dyad']}{pair.query(at=day)}")),
        html.Li(html.A(text("event.before_after"), href=f"/pair/{row['dyad']}{pair.query(event=row['event_id'])}")),
    ]
    week = text("briefing.link", day=formats.day(monday(day), text))
    links.append(html.Li(html.A(week, href=f"/briefing/{row['dyad']}{pair.query(week=monday(day))}")))
    for near in rowwise(neighbours):
        label = f"{text('event.' + near['side'])} {formats.day(near['event_day'].date(), text)}: "
        address = f"/event/{near['event_id']}{choice.carried()}"
        rel = "prev" if near["side"] == "before" else "next"
        links.append(html.Li([label, told_events.event_link(near, address, text, rel=rel)]))
    wrong = html.P(cards.marked(text("event.wrong", event=row["event_id"])), className="sub")
    return html.Section([html.H2(text("event.further")), html.Ul(links, className="ways"), wrong], className="card")
