"""The page on which the user of this computer decides about proposals."""

from collections.abc import Callable

import flask
import pandas as pd
from flask.typing import ResponseReturnValue

from bilateral import public_address
from bilateral.ask import policy_measures
from bilateral.exits import Stop
from bilateral.intake import decisions, drafts, queue, ranking, store
from bilateral.intake.decisions import Overtaken, Reviewer
from bilateral.intake.queue import Entry
from bilateral.pages import review
from bilateral.pages.choice import THEMES, Choice
from bilateral.pages.site import Site
from bilateral.strings import LANGS, texts
from bilateral.web.documents import whole

SCRIPTS = ("20-address.js", "60-palette.js", "65-review.js", "85-news.js")


def register(server: flask.Flask, site: Site, may_decide: Callable[[], bool]) -> None:
    """The page, and the forms that it sends. `may_decide` says whether the sender of the current request is the user of this computer."""

    @server.get("/review")
    def queue_of_proposals() -> flask.Response:
        return _answer(site, may_decide())

    @server.post("/review")
    def decide() -> ResponseReturnValue:
        given, choice = flask.request.form, _choice(site)
        if not may_decide():
            return _answer(site, False, status=403)
        number, seen = (int(_digits(given.get(name)) or 0) for name in ("number", "seen"))
        pair = given.get("pair", "")
        before = _desk(site, pair, number, None, True)
        try:
            _decide(Reviewer(site.folder, decisions.user(), seen), number)
        except Overtaken as overtaken:
            return _answer(site, True, refused=str(overtaken), status=409)
        except Stop as stop:
            return _answer(site, True, refused=str(stop), status=422)
        following = number if _kind() in ("edit", "undo") else before.after(number)
        return flask.redirect(public_address.prefix() + review.link(choice, pair, following, done=number), code=303)


def _decide(reviewer: Reviewer, number: int) -> None:
    """What the form says. Raises Stop where it cannot be recorded, and ends the request where no form of ours says that."""
    given = flask.request.form
    fields = {name: given[name] for name in drafts.FIELDS if name in given}
    match _kind():
        case "accept":
            reviewer.accept(number, fields)
        case "edit":
            reviewer.edit(number, fields)
        case "reject":
            reviewer.reject(number, given.get("why", ""))
        case "merge":
            reviewer.merge(number, given.get("into", ""))
        case "undo":
            reviewer.undo(number)
        case _:
            flask.abort(400)


def _kind() -> str:
    """What was pressed: a button comes after the field that says what the form does by itself."""
    return (flask.request.form.getlist("kind") or [""])[-1]


def _answer(site: Site, may_decide: bool, refused: str = "", status: int = 200) -> flask.Response:
    """The page of a proposal; after a refusal with the fields as they were sent."""
    given, choice = flask.request.values, _choice(site)
    number, done = (int(text) if (text := _digits(given.get(name))) else None for name in ("n", "done"))
    if refused:
        number = int(_digits(given.get("number")) or 0)
    desk = _desk(site, given.get("pair", ""), number, done, may_decide, refused)
    page = review.page(choice, desk, site.lists())
    body = whole(choice, page, site.warehouse.version, texts(choice.lang), SCRIPTS)
    response = flask.Response(body, status=status)
    response.headers["Cache-Control"] = "no-store"  # the next decision changes it
    return response


def _desk(site: Site, pair: str, number: int | None, done: int | None, may_decide: bool, refused: str = "") -> review.Desk:
    """All that the page shows, read at one moment; an empty desk where nothing was ever proposed."""
    if not store.exists(site.folder):
        return review.Desk([], ranking.Order({}), "", None, "", [], pd.DataFrame(), {}, None, refused, may_decide)
    with queue.reading(site.folder) as connection:
        found = queue.entries(connection)
        order = ranking.order_of(connection)
        waiting = ranking.in_order((entry for entry in found if entry.state == "open"), order)
        known = {entry.number: entry for entry in found}
        ours = [entry for entry in waiting if pair in ("", entry.pair)]
        entry = known.get(number or 0) or next(iter(ours), None)
        whole_text = queue.text_of(connection, entry) if entry and may_decide else ""  # many texts are not ours to publish
    values = _values(entry, refused) if entry else {}
    alike = decisions.alike(entry, found) if entry else []
    return review.Desk(
        waiting,
        order,
        pair,
        entry,
        whole_text or (entry.proposal.evidence if entry else ""),
        alike,
        policy_measures.measures_known(site.warehouse, entry.pair if entry else ""),
        values,
        known.get(done or 0),
        refused,
        may_decide,
    )


def _values(entry: Entry, refused: str) -> dict[str, str]:
    values = drafts.current(entry)
    sent = flask.request.form if refused else {}
    return {name: sent.get(name, value) for name, value in values.items()}


def _choice(site: Site) -> Choice:
    given = flask.request.values
    lang, theme = given.get("lang", "en"), given.get("theme", "auto")
    return Choice(
        site.lists().dyads[0],
        page="review",
        lang=lang if lang in LANGS else "en",
        theme=theme if theme in THEMES else "auto",
    )


def _digits(text: str | None) -> str:
    return text if text and text.isascii() and text.isdigit() and len(text) < 10 else ""
