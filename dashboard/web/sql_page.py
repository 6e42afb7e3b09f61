"""The page that runs a SQL statement."""

import flask

from bilateral.ask.reader_sql import Answer, Unanswered
from bilateral.pages import sql
from bilateral.pages.choice import THEMES, Choice
from bilateral.pages.site import Site
from bilateral.strings import LANGS, texts
from bilateral.web import api
from bilateral.web.documents import whole


def register(server: flask.Flask, site: Site, statements: api.Api) -> None:
    """The page that asks a statement. It is plain HTML: with or without scripts the same address gives the same rows."""

    @server.route("/sql", methods=["GET", "POST"])
    def sql_page() -> flask.Response:
        given = flask.request.values
        lang, theme_name = given.get("lang", "en"), given.get("theme", "auto")
        choice = Choice(
            site.lists().dyads[0],
            page="sql",
            lang=lang if lang in LANGS else "en",
            theme=theme_name if theme_name in THEMES else "auto",
        )
        if statements.asking is None or not statements.may_ask():
            page, status = sql.off(choice), 403
        else:
            values = {name[1:]: value for name, value in given.items() if name.startswith("$")}
            asked = sql.Asked(given.get("q") or sql.unpacked(given.get("z", "")), values, given.get("explain") == "1")
            outcome = _outcome(asked, statements)
            page = sql.page(
                choice, asked, outcome, site.warehouse.ask("schema"), statements.asking.limits, site.warehouse.version
            )
            status = 400 if isinstance(outcome, str) else 200
        scripts = ("20-address.js", "25-colours.js", "50-sharing.js", "60-palette.js", "60-sql.js", "85-news.js")
        body = whole(choice, page, site.warehouse.version, texts(choice.lang), scripts)
        return flask.Response(body, status=status)


def _outcome(asked: sql.Asked, statements: api.Api) -> Answer | str | None:
    """Rows, or the sentence why there are none."""
    if not asked.q.strip():
        return None
    values = {name: value for name, value in asked.values.items() if name in asked.names}
    try:
        return statements.ask(api.Statement.model_construct(q=asked.statement, parameters=values), sql.MOST)[0]
    except Unanswered as refused:
        return str(refused)
