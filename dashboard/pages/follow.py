"""Ways to follow a pair or a subject: feeds, a calendar, and the rule of an alert, which a form without scripts puts together."""

import json
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from bilateral.pages import cards, controls, frame, head
from bilateral.pages.choice import RULE, Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts

FEEDS = ("atom", "json", "ics")
APART = ("proposals", "forecasts")
"""Feeds that stand apart from those of changes: what nobody has reviewed, and answers to forecasts."""
KINDS = {
    "all": (),
    "measures": ("measure",),
    "events": ("act",),
    "indicators": ("momentum", "change_point"),
    "proposals": ("proposal",),
}


def make(site: Site, choice: Choice) -> Page:
    text, lists = texts(choice.lang), site.lists()
    name = text("events.all_pairs") if choice.every_pair else head.name_of(choice, lists)
    domains = dict(lists.labels.loc["domain"][f"label_{choice.lang}"])
    if choice.domain != "all":
        name += f", {domains[choice.domain]}"
    links = [
        html.Li([html.A(text(f"follow.{ending}"), href=feed(choice, ending)), f": {text(f'follow.{ending}_is')}"])
        for ending in FEEDS
    ]
    links += [
        html.Li([text(f"follow.{kind}"), *(part for link in _apart(kind, choice, text) for part in (" ", link))])
        for kind in APART
    ]
    pairs = [("all", text("events.all_pairs")), *lists.names(choice.lang).items()]
    subjects = [("all", text("controls.all_domains")), *domains.items()]
    parts: list[Component] = [
        frame.heading(text("follow.title"), {}),
        html.P(text("follow.said"), className="lead short"),
        form(choice, pairs, subjects, text),
        html.Section([html.H2(text("follow.feeds", name=name)), html.Ul(links, className="ways")], className="card"),
        html.Section(
            [
                html.H2(text("follow.rule", name=name)),
                html.P(cards.marked(text("follow.rule_said"))),
                html.Pre(rule(choice, name), tabIndex=0, id="rule"),
                html.P(cards.marked(text("follow.rule_run"))),
            ],
            className="card",
        ),
    ]
    return Page(text("follow.title"), {"all": parts}, frame.plain)


def links(choice: Choice, text: Texts) -> html.P:
    """Feeds, calendar and alerts of a page's pair and subject, in one line."""
    named = [html.A(text(f"follow.{ending}"), href=feed(choice, ending)) for ending in FEEDS]
    there = Choice(choice.dyad, "follow", domain=choice.domain, lang=choice.lang, theme=choice.theme)
    named.append(html.A(text("follow.alert"), href=f"/follow{there.query()}"))
    return html.P([text("follow.label"), *(part for link in named for part in (" ", link))], className="follow")


def feed(choice: Choice, ending: str) -> str:
    """Path of the feed of the chosen pair and subject."""
    asked = Choice(choice.dyad, domain=choice.domain, lang=choice.lang)
    return f"/feeds/{'changes' if choice.every_pair else choice.dyad}.{ending}{asked.query()}"


def _apart(kind: str, choice: Choice, text: Texts) -> list[html.A]:
    """Feeds of proposals, or of answers to forecasts, of the chosen pair and subject."""
    asked = {} if choice.every_pair else {"dyad": choice.dyad}
    asked |= {} if choice.domain == "all" else {"domain": choice.domain}
    asked |= {} if choice.lang == "en" else {"lang": choice.lang}
    query = f"?{urlencode(asked)}" if asked else ""
    return [html.A(text(f"follow.{ending}"), href=f"/feeds/{kind}.{ending}{query}") for ending in ("atom", "json")]


def form(choice: Choice, pairs: list[tuple[str, str]], subjects: list[tuple[str, str]], text: Texts) -> html.Form:
    """One form, sent whole: what to follow, and how the rule of an alert is to be."""
    asked = dict(choice.rule)
    ways = [
        controls.choice_field(
            name,
            text(f"follow.{name}"),
            [(value, text(f"follow.{name}_{value}")) for value in sorted(values)],
            asked.get(name, values[0]),
        )
        for name, values in RULE.items()
    ]
    carried = [(name, value) for name, value in (("lang", choice.lang), ("theme", choice.theme)) if value not in ("en", "auto")]
    return html.Form(
        [
            controls.choice_field("pair", text("controls.pair"), pairs, "all" if choice.every_pair else choice.dyad),
            controls.choice_field("domain", text("controls.domain"), subjects, choice.domain),
            *ways,
            *(controls.native(type="hidden", name=name, value=value) for name, value in carried),
            html.Button(text("events.show"), type="submit", className="btn main"),
        ],
        action="/follow",
        method="get",
        className="controls filters",
        **{"aria-label": text("controls.label")},
    )


def rule(choice: Choice, name: str) -> str:
    """A [[rule]] of the rules file, as `bilateral alerts` reads it."""
    asked = {key: values[0] for key, values in RULE.items()} | dict(choice.rule)
    lines = ["[[rule]]", f'name = "{name}"']
    if kinds := KINDS[asked["what"]]:
        lines.append(f"kinds = {json.dumps(kinds)}")
    lines += [] if choice.every_pair else [f'dyads = ["{choice.dyad}"]']
    lines += [] if choice.domain == "all" else [f'domains = ["{choice.domain}"]']
    lines += [f"min_score = {asked['least']}", f"cool_down_hours = {asked['wait']}"]
    lines += [f'lang = "{choice.lang}"'] if choice.lang != "en" else []
    lines.append('command = ["cat"]' if asked["to"] == "command" else 'webhook = "https://chat.example/hooks/…"')
    lines += ['markup = "slack"'] if asked["to"] == "slack" else []
    return "\n".join(lines)
