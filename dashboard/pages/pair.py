"""One pair over time: events, balance, directions, statements and actions, and the events behind them."""

from collections.abc import Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from bilateral.ask.choices import INDICATORS
from bilateral.pages import acts, around, cards, charts, checks, controls, days, head, ledger, made_of, sharing
from bilateral.pages.address import path_of
from bilateral.pages.chart import Chart
from bilateral.pages.choice import PARTS, Choice, monday
from bilateral.pages.frame import Page, Places
from bilateral.pages.site import Site
from bilateral.pages.view import View, look
from bilateral.strings import Texts, texts

CHARTS_OF = {
    "relation": ("around", "strip", "balance", "words", "directions", "moved"),
    "days": ("topics", "calendar", "outlets"),
    "checks": ("ribbon", "levels", "reciprocity", "links", "agreement"),
}
"""Names of the cards of each part, in their order."""
CHARTS = tuple(name for names in CHARTS_OF.values() for name in names)


def make(site: Site, choice: Choice) -> Page:
    """The answer to an address; where the dataset has nothing on the pair, a sentence and the controls to choose another."""
    text, lists, updated = texts(choice.lang), site.lists(), site.updates()
    view = look(site.warehouse, choice, lists)
    if view is None:
        choice = replace(choice, h=choice.h or lists.datasets[choice.dataset])
        places = head.nothing(choice, lists, updated)
        form = controls.of_pair(choice, lists, ("", ""), text)
        return Page(head.name_of(choice, lists), places | {"controls": [form]}, arrange)
    span = (str(view.span[0]), str(view.span[1]))
    form = controls.of_pair(view.choice, lists, span, text)
    view.ask(answers_of(view))
    drawn = charts_of(site, view)
    places = {"head": head.head(view, updated), "controls": [form], "parts": [parts_links(view.asked, text)]}
    if choice.part == PARTS[0]:
        places |= {"tiles": head.tiles(view), "without": head.without_side(view), **lists_of(view)}
    elif choice.part == "checks":
        places["untold"] = checks.untold(drawn, view)
    if choice.part != PARTS[0] and choice.at:
        places["behind"] = [acts.behind_card(view)]
    for chart in drawn:
        places |= chart.places(text, sharing.tools(chart.name, chart.title, view.asked, text), view.choice.view == "table")
    page = Page(
        view.name,
        places,
        arrange,
        {chart.name: chart.drawn for chart in drawn},
        {chart.name: chart.extract for chart in drawn},
        str(view.standing["method_version"]),
        description=head.description(view),
        findings={"balance": head.printed(view)} if view.choice.indicator == INDICATORS[0] and not view.direction else {},
        evidence=head.evidence(view),
    )
    return replace(
        page, places=places | {"since": [sharing.since(site, view)], "share": [sharing.card(site, view.asked, page, text)]}
    )


def answers_of(view: View) -> list[str]:
    """What the part that is asked for shows, by the names in View; the costly ones first."""
    if view.choice.part != PARTS[0]:
        return ["acts", "newest"]
    ledgers = [] if is_other_then(view) else ["ledger", "ledger_happenings", "moved", "changed", "parts"]
    behind = ["behind"] if view.choice.at else []
    return [*ledgers, *behind, "newest", "marks", "measures", "kinds", "acts"]


def charts_of(site: Site, view: View, only: str | None = None) -> list[Chart]:
    """The charts of the part that is asked for, or `only` the one of this name; those that have nothing to show are left out."""
    made: Sequence[Chart | None]
    if view.choice.part == "days":
        made = days.made(site.warehouse, view)
    elif view.choice.part == "checks":
        made = checks.made(site.warehouse, view)
    else:
        makers = {
            "balance": lambda: charts.first(view),
            "strip": lambda: charts.strip(view),
            "words": lambda: charts.words_deeds(view),
            "directions": lambda: charts.directions(view),
            "moved": lambda: None if is_other_then(view) else ledger.moved(view),
            "around": lambda: around.made(site.warehouse, view),
        }
        made = [make() for name, make in makers.items() if only in (None, name)]
    return [chart for chart in made if chart and only in (None, chart.name)]


def parts_links(choice: Choice, text: Texts) -> html.Nav:
    """Ways between the parts of the page, with the same choice."""
    path = path_of("pair", choice.dyad)
    links = []
    for part in PARTS:
        here = {"aria-current": "page"} if part == choice.part else {}
        asked = replace(choice, page="pair").query(part=part) or "?part=relation"
        links.append(html.Li(html.A(text(f"parts.{part}"), href=path + asked, **here)))
    if choice.page == "pair":
        links.append(html.Li(html.A(text("parts.briefing"), href=f"/briefing/{choice.dyad}{briefing_of(choice)}")))
    return html.Nav(html.Ul(links), className="parts", **{"aria-label": text("parts.label")})


def briefing_of(choice: Choice) -> str:
    """Query of the briefing on the week of the point, or of the end of the range, that the address asks for."""
    day = choice.at or choice.to_day
    kept = Choice(choice.dyad, dataset=choice.dataset, domain=choice.domain, h=choice.h, lang=choice.lang, theme=choice.theme)
    return kept.query(week=day and monday(day))


def is_other_then(view: View) -> bool:
    """The ledger is of all of today's events as the dataset makes and weighs them, not those of an earlier day, of other choices or without a side."""
    return view.scope.as_of is not None or view.scope.is_chosen or view.scope.without is not None


def lists_of(view: View) -> dict[str, list[Component]]:
    why = "sides.no_ledger" if view.scope.without else "ways.no_ledger" if view.scope.is_chosen else "as_of.no_ledger"
    ledgers = [html.P(view.text(why), className="sub")] if is_other_then(view) else [made_of.card(view), ledger.ledger_card(view)]
    return {"ledger": ledgers, "behind": [acts.behind_card(view)], "measures": [acts.measures_card(view)]}


def arrange(made: Places, text: Texts) -> list[Component]:
    """Every part's cards have their place; those without a figure are hidden."""
    return [
        *relation(made, text),
        *(cards.card(name, made, text) for part in PARTS[1:] for name in CHARTS_OF[part]),
        *end(made),
    ]


def relation(made: Places, text: Texts) -> list[Component]:
    return [
        html.Div(made.get("head", []), id="p-head"),
        html.Div(made.get("controls", []), id="p-controls"),
        html.Div(made.get("parts", []), id="p-parts"),
        html.Div(made.get("since", []), id="p-since"),
        cards.card("around", made, text),
        cards.card("strip", made, text),
        cards.card("balance", made, text),
        html.Dl(made.get("tiles", []), id="p-tiles", className="tiles"),
        html.Div(made.get("without", []), id="p-without"),
        html.Div([cards.card("words", made, text), cards.card("directions", made, text)], className="grid2"),
        html.Div([cards.card("moved", made, text), place("ledger", made)], className="ledgers"),
    ]


def end(made: Places) -> list[Component]:
    return [place(name, made) for name in ("untold", "behind", "measures", "share")]


def place(name: str, made: Places) -> html.Div:
    return html.Div(made.get(name, []), id=f"p-{name}")
