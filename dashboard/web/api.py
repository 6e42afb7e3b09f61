"""The JSON API under /api/v1: the queries of questions.py and one SQL statement, read-only, paged, with ETag and one format of errors."""

import hashlib
import json
import socket
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import flask
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException

from bilateral import public_address
from bilateral.ask.api.parameters import Faulty, Wrong, checked
from bilateral.ask.api.question import Missing, Question
from bilateral.ask.api.questions import Questions, coded_by_machine
from bilateral.ask.reader_sql import LONGEST, Answer, Asking, Busy, Unanswered
from bilateral.exits import Stop
from bilateral.publish import snapshots
from bilateral.web import openapi

PREFIX = "/api/v1"
OFF = (
    "SQL is switched off here for everybody but the user of this computer, without a proxy; `bilateral serve --sql` (or BILATERAL_SQL=true) "
    "switches it on for all who may read"
)
CONTENT = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "sheet": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
"""`csv` holds the exact text, for programs; `sheet` is CSV for a person's spreadsheet, with a byte order mark and no formula."""


class Statement(BaseModel):
    """One SELECT, the values of its $parameters, and how its rows are wanted."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Field(min_length=1, max_length=LONGEST, description="One SELECT", examples=["select count(*) from events"])]
    parameters: Annotated[dict[str, str], Field(description="Values of $names in the statement, without the sign")] = {}
    format: Annotated[
        Literal["json", "csv", "sheet", "parquet"], Field(description="sheet is CSV for spreadsheets: no cell is a formula")
    ] = "json"
    limit: Annotated[int, Field(ge=1, le=10_000, description="Maximum number of rows")] = 1000


class Api:
    """What the routes need: the questions, the place where SQL is run (None where it is switched off), and whether who asks now may."""

    def __init__(self, site: Any, asking: Asking | None, may_ask: Callable[[], bool]):
        self.site = site
        self.asking = asking
        self.may_ask = may_ask
        self.questions = Questions(site).all()

    def question(self, question: Question, given: dict[str, str]) -> flask.Response:
        """The answer to one question, or 304 where the asker has it already."""
        tag = self._tag()
        if flask.request.if_none_match.contains_weak(tag):
            return _tagged(flask.Response(status=304), tag)
        found = question.answer(given)
        following = _address(given | {"page": str(found.next_page)}) if found.next_page else None
        return _tagged(self._answer(found.data, following, self.coded_by_machine(given)), tag)

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

    def coded_by_machine(self, given: dict[str, str]) -> dict[str, Any] | None:
        """What must be said beside values of a machine-coded dataset; None where people coded."""
        return coded_by_machine(self.site, given.get("dataset", "chronology"), given.get("dyad"))

    def _answer(self, rows: object, following: str | None, coded: dict[str, Any] | None) -> flask.Response:
        meta = {"data_version": self.site.warehouse.version, "next": following}
        meta |= {"coded_by_machine": coded} if coded else {}
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
            ending = "csv" if statement.format == "sheet" else statement.format
            response.headers["Content-Disposition"] = f'attachment; filename="query_v{version}.{ending}"'
        response.headers["Cache-Control"] = "no-store"  # now() and random() have another answer each time
        response.headers["X-Rows"], response.headers["X-Rows-Cut"] = str(answer.n_rows), str(answer.is_cut).lower()
        return response

    def ask(self, statement: Statement, most: Mapping[str, int] | None = None) -> tuple[Answer, str]:
        """The rows and the snapshot they come from; `most` where less is wanted than the limits allow."""
        if self.asking is None or not self.may_ask():
            flask.abort(403, OFF)
        path = self.site.warehouse.path
        given = (statement.q, statement.parameters, statement.format, {"rows": statement.limit, **(most or {})})
        return self.asking.ask(path, *given, hung_up(flask.request.environ)), snapshots.version(path)


def _json_sent() -> Any:
    """The body of a request. JSON on the wire is UTF-8, whatever else a decoder would guess."""
    try:
        flask.request.get_data().decode("utf-8")
    except UnicodeDecodeError:
        flask.abort(400, "the body is not UTF-8, the encoding of JSON")
    return flask.request.get_json()


def register(server: flask.Flask, site: Any, asking: Asking | None, may_ask: Callable[[], bool]) -> Api:
    """Add the routes."""
    api = Api(site, asking, may_ask)
    routes = flask.Blueprint("api", __name__, url_prefix=PREFIX)

    @routes.get("")
    @routes.get("/")
    def root() -> Any:
        return flask.redirect(f"{public_address.prefix()}{PREFIX}/openapi.json")

    @routes.get("/openapi.json")
    def describe() -> flask.Response:
        return _json(openapi.document(api.questions, Statement, api.words(), public_address.origin() or "/"))

    @routes.get("/sql")
    def sql_get() -> flask.Response:
        return api.sql(statement_of(_given()))

    @routes.post("/sql")
    def sql_post() -> flask.Response:
        return api.sql(checked(Statement, _json_sent()))

    for question in api.questions:
        routes.add_url_rule(
            openapi.path(question).removeprefix(PREFIX).replace("{", "<").replace("}", ">"), question.name, _view(api, question)
        )

    @routes.get("/<path:_>")
    def unknown(_: str) -> flask.Response:
        return problem(404, f"there is nothing at this address; {PREFIX}/openapi.json lists what there is")

    _errors(routes, server)
    server.register_blueprint(routes)
    return api


def _view(api: Api, question: Question) -> Callable[..., flask.Response]:
    return lambda **path: api.question(question, _given() | path)


def _given() -> dict[str, str]:
    """The query of the address. Raises Wrong for a name that stands there twice."""
    given = flask.request.args.to_dict(flat=False)
    if twice := next((name for name, values in given.items() if len(values) > 1), None):
        raise Wrong(twice, "given twice")
    return {name: values[0] for name, values in given.items()}


def statement_of(given: dict[str, str]) -> Statement:
    """A statement out of an address: q, format, limit, and a $name for each parameter."""
    parameters = {name[1:]: value for name, value in given.items() if name.startswith("$")}
    rest: dict[str, Any] = {name: value for name, value in given.items() if not name.startswith("$")}
    if "parameters" in rest:
        raise Wrong("parameters", "give values under their own names, as in $pair=MEX-USA")
    return checked(Statement, rest | {"parameters": parameters})


def _address(given: dict[str, str]) -> str:
    return f"{public_address.prefix()}{flask.request.path}?{urlencode({name: value for name, value in given.items() if name != 'event_id'})}"


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
    peer = environment.get("bilateral.socket")
    return (lambda: _is_closed(peer)) if isinstance(peer, socket.socket) else (lambda: False)


def _is_closed(peer: socket.socket) -> bool:
    try:
        return not peer.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
