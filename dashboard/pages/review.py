"""The review: what a source says on the left, what the coder proposes on the right, and the queue below.

A page of plain HTML, whose forms are sent as they are; assets/65-review.js adds keys.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask.catalogue import Lists
from bilateral.intake import drafts
from bilateral.intake.queue import Entry
from bilateral.intake.ranking import FEWEST, Order
from bilateral.pages import controls, frame, proposal_form, tables
from bilateral.pages.choice import Choice
from bilateral.strings import Texts, texts

AROUND = 1500
"""Characters that are shown on each side of the sentence."""
LISTED = 50
"""Proposals of the queue that are listed."""
NAMED = 120
"""Characters by which a proposal is named in a list."""


@dataclass(frozen=True)
class Desk:
    """What lies before the reviewer."""

    waiting: list[Entry]
    """All open proposals, in order."""
    order: Order
    """By what they are ordered."""
    pair: str
    """The pair that was asked for, else empty."""
    entry: Entry | None
    """The proposal that is shown."""
    item_text: str
    alike: list[Entry]
    measures: pd.DataFrame
    """Measures of the pair of the proposal, with their last state."""
    values: Mapping[str, str]
    """The fields of the proposal, as they stand or as they were sent."""
    done: Entry | None
    """What was decided just now."""
    refused: str
    """Why something could not be decided."""
    may_decide: bool

    @property
    def queue(self) -> list[Entry]:
        return [entry for entry in self.waiting if self.pair in ("", entry.pair)]

    def after(self, number: int) -> int | None:
        """The proposal that follows in the queue, the first one after the last; None where there is no other."""
        numbers = [entry.number for entry in self.queue]
        others = numbers[numbers.index(number) + 1 :] + numbers[: numbers.index(number)] if number in numbers else numbers
        return others[0] if others else None


def link(choice: Choice, pair: str = "", number: int | None = None, done: int | None = None) -> str:
    """The address of a proposal, in the language and theme of the choice."""
    asked = {"pair": pair or None, "n": number, "done": done}
    kept = {"lang": choice.lang if choice.lang != "en" else None, "theme": choice.theme if choice.theme != "auto" else None}
    query = urlencode({name: value for name, value in (asked | kept).items() if value is not None})
    return f"/review?{query}" if query else "/review"


def page(choice: Choice, desk: Desk, lists: Lists) -> frame.Page:
    text, names = texts(choice.lang), lists.names(choice.lang)
    title = text("review.title")
    parts: list[Component] = [
        html.H1(title, id="title"),
        html.P(text("review.waiting", n=len(desk.waiting)), className="dates"),
        html.P(text("review.how"), className="sub"),
        *_told(desk, choice, text),
    ]
    if desk.entry:
        both = [_item(desk.entry, desk, choice, text), _proposal(desk.entry, desk, lists, choice, text)]
        parts.append(html.Div(both, className="grid2"))
    parts.append(_queue(desk, names, choice, text))
    return frame.Page(title, {"all": parts}, frame.plain)


def _told(desk: Desk, choice: Choice, text: Texts) -> list[Component]:
    """Who may decide, what was refused, and what was decided just now, with the way back."""
    told: list[Component] = []
    if not desk.may_decide:
        told.append(html.P(text("review.owner"), className="notice", role="status"))
    if desk.refused:
        refused = [text("review.refused"), " ", html.Span(desk.refused, lang="en")]
        told.append(html.P(refused, id="said", className="notice", role="alert", tabIndex=-1))
    elif desk.done and desk.done.decisions:
        said = html.P(_outcome(desk.done, text), id="said", role="status", tabIndex=-1)
        told.append(html.Div([said, *_undo(desk.done, desk, choice, text)], className="notice"))
    return told


def _outcome(done: Entry, text: Texts) -> str:
    last = done.decisions[-1]
    return text(f"review.done.{last.kind}", n=done.number, act=last.after.get("event_id", ""), into=last.after.get("into", ""))


def _undo(entry: Entry, desk: Desk, choice: Choice, text: Texts) -> list[Component]:
    if not (entry.standing and desk.may_decide):
        return []
    button = html.Button(text("review.undo"), type="submit", className="btn", id="undo", **{"aria-keyshortcuts": "U"})
    return [_form([button], "undo", entry, desk, choice)]


def _form(content: list[Component], kind: str, entry: Entry, desk: Desk, choice: Choice, **more: str) -> html.Form:
    """A form that decides about a proposal, and leads back to the same queue."""
    seen = {"kind": kind, "number": str(entry.number), "seen": str(entry.last), "pair": desk.pair}
    hidden = seen | {"lang": choice.lang, "theme": choice.theme} | more
    kept = [controls.native(type="hidden", name=name, value=value) for name, value in hidden.items()]
    return html.Form([*kept, *content], method="post", action="/review", id=f"{kind}-{more.get('into', '') or 'form'}")


# ------------------------------------------------------------------ the item


def _item(entry: Entry, desk: Desk, choice: Choice, text: Texts) -> html.Section:
    """Title, source and the text around the sentence, in its own language; then what may tell the same."""
    spoken = {"lang": entry.language} if entry.language else {}
    day = f", {formats.day(entry.published_on, text)}" if entry.published_on else ""
    address = html.A(text("review.open_page"), href=entry.url, rel="noopener noreferrer nofollow") if entry.url else ""
    content = [
        html.H2(entry.title or entry.proposal.item_id, id="t-item", **spoken),
        html.P([f"{entry.proposal.source}{day} ", address], className="over"),
        html.P(_around(entry, desk.item_text), className="passage", **spoken),
        html.P(text("review.excerpt"), className="sub"),
        *_same_act(entry, desk, choice, text),
    ]
    return html.Section(content, className="card", id="item", **{"aria-labelledby": "t-item"})


def _around(entry: Entry, whole: str) -> list[Component | str]:
    """The text around the sentence, which is marked; the sentence alone where the text is gone."""
    found = entry.proposal
    start, end = (found.start, found.end) if whole[found.start : found.end] == found.evidence else (0, len(whole))
    first, last = max(0, start - AROUND), min(len(whole), end + AROUND)
    before, after = ("…" if first else "") + whole[first:start], whole[end:last] + ("…" if last < len(whole) else "")
    return [before, html.Mark(whole[start:end]), after]


def _same_act(entry: Entry, desk: Desk, choice: Choice, text: Texts) -> list[Component]:
    """The act on record and other proposals that may tell the same, each with a button that merges."""
    items = []
    if found := entry.proposal.on_record:
        known = html.A(found, href=f"/event/{found}{choice.carried()}")
        items.append(html.Li([text("review.on_record"), " ", known, *_merge(entry, found, desk, choice, text, True)]))
    for other in desk.alike:
        spoken = {"lang": other.language} if other.language else {}
        sentence = html.A(_short(other), href=link(choice, desk.pair, other.number), **spoken)
        said = [f"{other.number} ({text('review.states.' + other.state)}): ", sentence]
        items.append(html.Li([*said, *_merge(entry, str(other.number), desk, choice, text, not items)]))
    if not items:
        return []
    return [html.H3(text("review.alike")), html.Ul(items, className="plain", id="alike")]


def _merge(entry: Entry, into: str, desk: Desk, choice: Choice, text: Texts, is_first: bool) -> list[Component]:
    """A button that merges; the first one has a key."""
    if not desk.may_decide or entry.state != "open":
        return []
    name = text("review.merge_into", into=into)
    key = {"id": "merge", "aria-keyshortcuts": "M"} if is_first else {}
    return [_form([html.Button(name, type="submit", className="btn small", **key)], "merge", entry, desk, choice, into=into)]


# ------------------------------------------------------------------ the proposal


def _proposal(entry: Entry, desk: Desk, lists: Lists, choice: Choice, text: Texts) -> html.Section:
    found = entry.proposal
    modality = text(f"review.modality.{found.modality}")
    read = text("review.read_by", backend=found.backend, share=formats.percent(found.confidence), modality=modality)
    content = [html.H2(text("review.proposal", n=entry.number), id="t-proposal"), html.P(read, className="over")]
    if entry.state == "open" and (doubt := drafts.doubt(entry, desk.values)):
        content.append(html.P(text(f"review.doubt.{doubt}"), className="notice", id="doubt"))
    if entry.state == "open" and desk.may_decide:
        content += _decide(entry, desk, lists, choice, text)
    else:
        content.append(tables.definitions(proposal_form.shown(desk.values, text)))
    following = desk.after(entry.number)
    if following is not None:
        onward = html.A(
            text("review.next"), href=link(choice, desk.pair, following), id="next", className="btn", **{"aria-keyshortcuts": "N"}
        )
        content.append(html.P(onward))
    if entry.decisions:
        content += [
            html.H3(text("review.decisions")),
            html.Ul([_decision(entry, at, text) for at in range(len(entry.decisions))]),
        ]
        content += _undo(entry, desk, choice, text) if not desk.done else []
    return html.Section(content, className="card", id="proposal", **{"aria-labelledby": "t-proposal"})


def _decide(entry: Entry, desk: Desk, lists: Lists, choice: Choice, text: Texts) -> list[Component]:
    accept = html.Button(text("review.accept"), type="submit", className="btn main", id="accept", **{"aria-keyshortcuts": "A"})
    save = html.Button(text("review.save"), type="submit", className="btn", id="save", name="kind", value="edit")
    fields = proposal_form.fields(desk.values, lists, desk.measures, text)
    reason = controls.field(text("review.reason"), type="text", name="why", value="", maxlength="300", required="required")
    reject = html.Button(text("review.reject"), type="submit", className="btn", id="reject", **{"aria-keyshortcuts": "R"})
    return [
        _form([*fields, html.Div([accept, save], className="row buttons")], "accept", entry, desk, choice),
        _form([reason, reject], "reject", entry, desk, choice),
        html.P(text("review.keys"), className="sub", id="keys"),
    ]


def _decision(entry: Entry, place: int, text: Texts) -> html.Li:
    """Who decided when, what and why."""
    decision = entry.decisions[place]
    said = _outcome(replace(entry, decisions=entry.decisions[: place + 1]), text)
    why = f" ({decision.why})" if decision.why else ""
    return html.Li(f"{formats.moment(decision.at, text)} UTC, {decision.who}: {said}{why}")


# ------------------------------------------------------------------ the queue


def _queue(desk: Desk, names: Mapping[str, str], choice: Choice, text: Texts) -> html.Section:
    counts = Counter(entry.pair for entry in desk.waiting)
    pairs = [
        ("", text("review.all_pairs")),
        *((pair, f"{_named(pair, names, text)} ({n})") for pair, n in sorted(counts.items())),
    ]
    chosen = [
        html.Li(html.A(said, href=link(choice, pair), **({"aria-current": "true"} if pair == desk.pair else {})))
        for pair, said in pairs
    ]
    listed = desk.queue[:LISTED]
    items = [_listed(entry, desk, names, choice, text) for entry in listed]
    ordered = html.P(_ordered(desk.order, text), className="sub", id="ordered")
    content: list[Component] = [html.H2(text("review.queue")), html.Ul(chosen, className="facets"), ordered]
    content.append(html.Ol(items, className="plain", id="queue") if items else html.P(text("review.none")))
    if more := len(desk.queue) - len(listed):
        content.append(html.P(text("review.more", n=more), className="sub"))
    return html.Section(content, className="card")


def _ordered(order: Order, text: Texts) -> str:
    """By what the queue is ordered, and how well that foretold decisions."""
    if not order.n_decisions:
        return text("review.ordered", n=FEWEST)
    shares = {name: formats.percent(value) for name, value in (("found", order.precision), ("whole", order.share_accepted))}
    return text("review.ordered_learned", n=order.n_decisions, auc=formats.plain(order.auc, 2), k=order.precision_at, **shares)


def _named(pair: str, names: Mapping[str, str], text: Texts) -> str:
    """A pair as lists have it, or the one country of a measure without a target."""
    return names.get(pair) or (pair if "-" in pair else text("review.no_target", country=pair))


def _listed(entry: Entry, desk: Desk, names: Mapping[str, str], choice: Choice, text: Texts) -> html.Li:
    spoken = {"lang": entry.language} if entry.language else {}
    day = formats.day(entry.proposal.event_date, text) if entry.proposal.event_date else text("review.no_day")
    is_shown = desk.entry is not None and desk.entry.number == entry.number
    current = {"aria-current": "true"} if is_shown else {}
    sentence = html.A(_short(entry), href=link(choice, desk.pair, entry.number), **spoken, **current)
    return html.Li([html.Div(f"{entry.number} · {day} · {_named(entry.pair, names, text)}", className="over"), sentence])


def _short(entry: Entry) -> str:
    told = " ".join(entry.proposal.evidence.split())
    return told if len(told) <= NAMED else f"{told[:NAMED]}…"
