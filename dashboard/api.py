"""The JSON API under /api/v1: the questions of questions.py and one SQL statement, read-only, in pages, with ETag and one shape of error."""

import hashlib
import json
import select
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException

from dashboard import openapi, rates, snapshots
from dashboard.asking import LONGEST, Answer, Asking, Busy, Unanswered
from dashboard.exits import Stop
from dashboard.questions import Faulty, Missing, Question, Questions, Wrong, checked

PREFIX = "/api/v1"
CONTENT = {"json": "application/json", "csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


class Statement(BaseModel):
    """One SELECT, the values of its $parameters, and how its rows are wanted."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(min_length=1, max_length=LONGEST, description="One SELECT", examples=["select count(*) from events"])]
    parameters: Annotated[dict[str, str], Field(description="Values of $names in the statement, without the sign")] = {}
    format: Literal["json", "csv", "parquet"] = "json"
    limit: Annotated[int, Field(ge=1, le=10_000, description="Most rows to give")] = 1000


class Api:
    """What the routes need: the questions, and the place where SQL is run; None where SQL is switched off."""

    def __init__(self, site: Any, asking: Asking | None):
        self.site = site
        self.asking = asking
        self.questions = Questions(site).all()

    def question(self, question: Question, given: dict[str, str]) -> flask.Response:
        """The answer to one question, or 304 where the asker has it already."""
        tag = self._tag()
        if flask.request.if_none_match.contains_weak(tag):
            return _tagged(flask.Response(status=304), tag)
        found = question.answer(given)
        following = _address(given | {"page": str(found.next_page)}) if found.next_page else None
        return _tagged(self._answer(found.data, following), tag)

    def words(self) -> dict[str, list[str]]:
        """What the parameters of the current snapshot may say; nothing where there is none."""
        try:
            lists = self.site.lists()
        except (snapshots.NoSnapshot, Stop):
            return {}
        directed = [f"{one}>{other}" for dyad in lists.dyads for one, other in (dyad.split("-"), reversed(dyad.split("-")))]
        words = {"dataset": list(lists.datasets), "domain": ["all", *lists.domains], "pair": list(lists.dyads)}
        return words | {"dyad": [*lists.dyads, *directed], "score": list(self.site.known().score_tables)}

    def _tag(self) -> str:
        """Changes with the snapshot and with the address; a snapshot never changes under its name."""
        asked = f"{self.site.warehouse.version} {flask.request.full_path}"
        return hashlib.sha256(asked.encode()).hexdigest()[:20]

    def _answer(self, rows: object, following: str | None) -> flask.Response:
        meta = {"data_version": self.site.warehouse.version, "next": following}
        response = _json({"data": rows, "meta": meta})
        if following:
            response.headers["Link"] = f'<{following}>; rel="next"'
        return response

    def sql(self, statement: Statement) -> flask.Response:
        """Run one statement; the process is killed when the asker hangs up."""
        answer, version = self.ask(statement)
        if statement.format == "json":
            columns = [{"name": name, "type": kind} for name, kind in zip(answer.names, answer.types, strict=True)]
            meta = {"data_version": version, "columns": columns, "n_rows": answer.n_rows, "is_cut": answer.is_cut}
            response = _json({"data": answer.rows, "meta": meta | {"seconds": answer.seconds}})
        else:
            response = flask.Response(answer.body, content_type=CONTENT[statement.format])
            response.headers["Content-Disposition"] = f'attachment; filename="query_v{version}.{statement.format}"'
        response.headers["Cache-Control"] = "no-store"  # now() and random() have another answer each time
        response.headers["X-Rows"], response.headers["X-Rows-Cut"] = str(answer.n_rows), str(answer.is_cut).lower()
        return response

    def ask(self, statement: Statement) -> tuple[Answer, str]:
        """The rows and the snapshot they come from."""
        if self.asking is None:
            flask.abort(403, "SQL is switched off on this server; `bilateral serve --sql` switches it on")
        path = snapshots.current(self.site.folder)
        given = (statement.q, statement.parameters, statement.format, statement.limit)
        return self.asking.ask(path, *given, hung_up(flask.request.environ)), snapshots.version(path)


def register(server: flask.Flask, site: Any, asking: Asking | None, rate: str | None = None, together: Path | None = None) -> Api:
    """Add the routes; `rate`, as `240 per minute`, holds for each address that asks, of all processes that count in the folder `together`."""
    api = Api(site, asking)
    routes = flask.Blueprint("api", __name__, url_prefix=PREFIX)

    @routes.get("")
    @routes.get("/")
    def root() -> Any:
        return flask.redirect(f"{PREFIX}/openapi.json")

    @routes.get("/openapi.json")
    def describe() -> flask.Response:
        return _json(openapi.document(api.questions, Statement, api.words()))

    @routes.get("/sql")
    def sql_get() -> flask.Response:
        return api.sql(statement_of(_given()))

    @routes.post("/sql")
    def sql_post() -> flask.Response:
        return api.sql(checked(Statement, flask.request.get_json()))

    for question in api.questions:
        routes.add_url_rule(
            openapi.path(question).removeprefix(PREFIX).replace("{", "<").replace("}", ">"), question.name, _view(api, question)
        )

    @routes.get("/<path:_>")
    def unknown(_: str) -> flask.Response:
        return problem(404, f"there is nothing at this address; {PREFIX}/openapi.json lists what there is")

    if rate:
        Limiter(
            get_remote_address, app=server, storage_uri=rates.uri(together), in_memory_fallback_enabled=True, headers_enabled=True
        ).limit(rate)(routes)
    _errors(routes, server)
    server.register_blueprint(routes)
    return api


def _view(api: Api, question: Question) -> Callable[..., flask.Response]:
    return lambda **path: api.question(question, _given() | path)


def _given() -> dict[str, str]:
    """The query of the address. Raises Wrong for a name that stands there twice."""
    given = flask.request.args.to_dict(flat=False)
    if twice := next((name for name, values in given.items() if len(values) > 1), None):
        raise Wrong(twice, "it is given twice")
    return {name: values[0] for name, values in given.items()}


def statement_of(given: dict[str, str]) -> Statement:
    """A statement out of an address: q, format, limit, and a $name for each parameter."""
    parameters = {name[1:]: value for name, value in given.items() if name.startswith("$")}
    rest: dict[str, Any] = {name: value for name, value in given.items() if not name.startswith("$")}
    if "parameters" in rest:
        raise Wrong("parameters", "values stand under their own names, as $pair=MEX-USA")
    return checked(Statement, rest | {"parameters": parameters})


def _address(given: dict[str, str]) -> str:
    return f"{flask.request.path}?{urlencode({name: value for name, value in given.items() if name != 'event_id'})}"


def _json(content: object) -> flask.Response:
    return flask.Response(json.dumps(content, ensure_ascii=False, allow_nan=False), mimetype="application/json")


def _tagged(response: flask.Response, tag: str) -> flask.Response:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"  # keep it, but ask whether it still holds
    return response


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> flask.Response:
    """An error in the one shape that every error has, RFC 9457."""
    body = {
        "type": "about:blank",
        "title": flask.Response(status=status).status[4:].capitalize(),
        "status": status,
        "detail": detail,
    }
    response = _json(body | ({"errors": errors} if errors else {}))
    response.status_code, response.mimetype = status, "application/problem+json"
    return response


def _errors(routes: flask.Blueprint, server: flask.Flask) -> None:
    """Every error under the prefix in one shape; elsewhere as it was."""

    @routes.errorhandler(Faulty)
    def faulty(error: Faulty) -> flask.Response:
        return problem(400, str(error), error.found)

    @routes.errorhandler(Wrong)
    def wrong(error: Wrong) -> flask.Response:
        return problem(400, f"{error.parameter}: {error}", [{"parameter": error.parameter, "message": str(error)}])

    @routes.errorhandler(Missing)
    def missing(error: Missing) -> flask.Response:
        return problem(404, str(error))

    @routes.errorhandler(Unanswered)
    def unanswered(error: Unanswered) -> flask.Response:
        return problem(400, str(error), [{"parameter": "q", "message": str(error)}])

    @routes.errorhandler(Busy)
    def busy(error: Busy) -> flask.Response:
        response = problem(429, str(error))
        response.headers["Retry-After"] = "2"
        return response

    @routes.errorhandler(snapshots.NoSnapshot)
    def nothing(error: snapshots.NoSnapshot) -> flask.Response:
        return problem(503, "no data has been loaded yet; run `bilateral refresh`")

    @server.errorhandler(HTTPException)
    def other(error: HTTPException) -> Any:
        if not flask.request.path.startswith(PREFIX):
            return error
        response = problem(error.code or 500, error.description or "")
        for name, value in error.get_headers():
            if name not in ("Content-Type", "Content-Length"):
                response.headers[name] = value
        return response


def hung_up(environment: dict[str, Any]) -> Callable[[], bool]:
    """Whether who asked has closed the connection, as far as the web server lets us see its socket."""
    peer = environment.get("gunicorn.socket")
    return (lambda: _is_closed(peer)) if isinstance(peer, socket.socket) else (lambda: False)


def _is_closed(peer: socket.socket) -> bool:
    try:
        return bool(select.select([peer], [], [], 0)[0]) and not peer.recv(1, socket.MSG_PEEK)
    except OSError:
        return True
