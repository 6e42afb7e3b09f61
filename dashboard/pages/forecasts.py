"""What comes next: how good the forecasts of the ledger were, then those that are open, and the method tried on the past, apart."""

import json
from collections.abc import Mapping
from urllib.parse import quote

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import forecasts, policy_measures
from bilateral.ask.exports import Extract
from bilateral.figures import calibration
from bilateral.frames import rowwise
from bilateral.pages import chart, directions, frame, tables, told_events
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts
from bilateral.today import today

STATES = ("open", "pending", "void", "unread", "scored")
FEEDS = (("atom", "/feeds/forecasts.atom"), ("json", "/feeds/forecasts.json"), ("ics", "/feeds/calendar.ics"))


def make(site: Site, choice: Choice) -> Page:
    text, house = texts(choice.lang), site.warehouse
    track, tried = forecasts.track(house), forecasts.backcast_track(house)
    rows = forecasts.open_on(house, today())
    countries = site.lists().countries(text.lang)
    title = text("forecasts.title")
    parts: list[Component] = [
        frame.heading(title, {}),
        html.P([*fate(policy_measures.measure_fates(house), text), good(track, text)], className="lead short"),
        html.P(text("forecasts.said"), className="sub"),
        state_of(track, forecasts.counted(house), text),
        open_card(rows[rows["kind"] == "friction_deed"], "friction_deed", countries, text),
        open_card(rows[rows["kind"] == "measure_state"], "measure_state", countries, text),
        track_card("scores", track, text),
        track_card("tried", tried, text),
        html.P(
            [text("forecasts.follow"), *(part for name, href in FEEDS for part in (" ", link(name, href, text)))],
            className="follow",
        ),
    ]
    return Page(title, {"all": parts}, frame.plain, extracts={"forecasts": Extract("forecasts", title, rows)})


def link(name: str, href: str, text: Texts) -> html.A:
    return html.A(text(f"forecasts.feed_{name}"), href=href + ("" if text.lang == "en" else f"?lang={text.lang}"))


def fate(fates: pd.DataFrame, text: Texts) -> list[str]:
    """The past rate that a reader can hold forecasts against: of announced measures."""
    found = fates[(fates["state"] == "announced") & (fates["instrument"] == "all") & (fates["within_days"] == 30)]
    return [text("forecasts.fate", n=int(row["n"]), k=int(row["n_reached"])) + " " for row in rowwise(found) if row["n"]]


def good(track: pd.DataFrame, text: Texts) -> str:
    """How good the settled forecasts were against the plain past rate, before anything is forecast."""
    whole = next((row for row in rowwise(track) if row["kind"] == "all"), None)
    if whole is None or formats.is_missing(whole["brier"]):
        return text("forecasts.none_settled")
    numbers = {"brier": formats.plain(whole["brier"], 3), "base": formats.plain(whole["brier_base"], 3)}
    counts = {name: int(whole[name]) for name in ("scored", "void", "unread")}
    return text("forecasts.settled", **numbers, **counts, verdict=text(f"forecasts.{verdict(whole)}"))


def verdict(row: Mapping) -> str:
    """What may be said of a skill: better or worse only where its whole interval is."""
    if not formats.is_missing(row["skill_low"]) and row["skill_low"] > 0:
        return "better"
    if not formats.is_missing(row["skill_high"]) and row["skill_high"] < 0:
        return "worse"
    return "no_better"


def state_of(track: pd.DataFrame, counted: pd.Series, text: Texts) -> html.P:
    """Registered = open + pending + void + unread + scored, and what stands outside of it."""
    whole = next((row for row in rowwise(track) if row["kind"] == "all"), dict.fromkeys(("registered", *STATES), 0))
    said = text("forecasts.adds_up", **{name: formats.plain(int(whole[name])) for name in ("registered", *STATES)})
    late = text("forecasts.late", n=int(counted["n_late"]), changed=int(counted["n_changed"]))
    return html.P(f"{said} {late}", id="adds-up")


def open_card(rows: pd.DataFrame, kind: str, countries: Mapping[str, str], text: Texts) -> html.Section:
    title = text(f"forecasts.open_{kind}")
    heads = [text(f"forecasts.head_{name}") for name in (kind, "window", "p", "base", "made")]
    cells = [
        [
            subject(row, countries, text),
            text(
                "controls.range",
                first=formats.day(row["window_start"].date(), text),
                last=formats.day(row["window_end"].date(), text),
            ),
            text("forecasts.chance", p=share(row["p"]), low=share(row["p_low"]), high=share(row["p_high"])),
            f"{share(row['p_base'])}%",
            text("forecasts.made_late" if row["is_late"] else "forecasts.made", day=formats.day(row["content_to"].date(), text)),
        ]
        for row in rowwise(rows)
    ]
    shown = (
        tables.table(title, heads, cells, (3,), f"table-{kind}", told=range(1, 5)) if cells else html.P(text("forecasts.none"))
    )
    return html.Section([html.H2(title), shown, chart.how(text(f"forecasts.how_{kind}"), rows, text)], className="card")


def subject(row: Mapping, countries: Mapping[str, str], text: Texts) -> Component:
    """A direction by its countries; a measure by its name, with who imposes it on whom and its state when it was asked."""
    if row["kind"] == "friction_deed":
        return html.Span(directions.told(row["subject"], countries), className="who")
    if formats.is_missing(row["measure_name"]):
        return html.Span(row["subject"])
    who = directions.told(f"{row['imposing_country']}>{row['target_country']}", countries)
    name = html.Span(row[told_events.title_of(row, text)], lang=told_events.measure_in(row, text))
    return html.Span([name, html.Div(f"{who} · {text.entry('states')[row['sort']]}", className="over")])


def share(value: float) -> str:
    return formats.plain(100 * value)


def track_card(name: str, track: pd.DataFrame, text: Texts) -> html.Section:
    """Scores by kind with the band of the skill, and calibration: of chances so high, how many came."""
    title = text(f"forecasts.{name}")
    rows = [row for row in rowwise(track) if not formats.is_missing(row["brier"])]
    explained = chart.how(text("forecasts.how_scores"), track, text)
    if not rows:
        return html.Section([html.H2(title), html.P(text("forecasts.none_settled")), explained], className="card")
    heads = [text(f"forecasts.head_{head}") for head in ("kind", "n", "rate", "brier", "brier_base", "skill")]
    cells = [
        [
            text(f"forecasts.kind_{row['kind']}"),
            formats.plain(sum(bucket["n"] for bucket in buckets_of(row))),
            f"{share(row['rate'])}%",
            formats.plain(row["brier"], 3),
            formats.plain(row["brier_base"], 3),
            skill(row, text),
        ]
        for row in rows
    ]
    table = tables.table(title, heads, cells, (1, 2, 3, 4), f"table-{name}", told=range(1, 6))
    said = html.P(text(f"forecasts.{name}_said"), className="sub")
    return html.Section([html.H2(title), said, table, *calibrated(name, rows, text), explained], className="card")


def skill(row: Mapping, text: Texts) -> str:
    value = formats.points(100 * row["skill"])
    if formats.is_missing(row["skill_low"]):
        return text("forecasts.skill_alone", skill=value)
    low, high = (formats.points(100 * row[end]) for end in ("skill_low", "skill_high"))
    return text("forecasts.skill", skill=value, low=low, high=high)


def buckets_of(row: Mapping) -> list[dict]:
    return json.loads(row["buckets"])


def calibrated(name: str, rows: list[dict], text: Texts) -> list[Component]:
    """All kinds together, drawn and as a table."""
    buckets = buckets_of(next(row for row in rows if row["kind"] == "all"))
    title = text("forecasts.calibration")
    image = html.Img(
        src=f"data:image/svg+xml,{quote(calibration.drawing(buckets))}", alt=text("forecasts.drawn"), width=240, height=240
    )
    heads = [text(f"forecasts.head_{head}") for head in ("bucket", "n", "mean_p", "came")]
    cells = [
        [
            text("forecasts.from", share=share(bucket["from"])),
            formats.plain(bucket["n"]),
            f"{share(bucket['mean_p'])}%",
            f"{share(bucket['share_yes'])}%",
        ]
        for bucket in buckets
    ]
    table = tables.table(title, heads, cells, (1, 2, 3), f"table-{name}-calibration", told=range(1, 4))
    return [html.H3(title), html.P(text("forecasts.drawn"), className="sub"), image, table]
