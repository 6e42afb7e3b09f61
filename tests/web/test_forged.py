"""Nothing that a client sends is a fault of ours: forged questions of pages, JSON of any shape, bytes of any kind; drawn by hypothesis and by hand."""

import copy
import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilateral.ask.reader_sql import Asking, Limits
from bilateral.web.app import make_app
from material import callback

CALLBACK = "/_dash-update-component"
GOOD = callback("/pair/MEX-USA")
PLACES = [(), ("output",), ("outputs",), ("outputs", "id"), ("outputs", "property"), ("inputs",), ("inputs", 0), ("inputs", 0, "id"),
          ("inputs", 0, "property"), ("inputs", 0, "value"), ("changedPropIds",), ("changedPropIds", 0), ("state",), ("parsedChangedPropsIds",)]  # fmt: skip
"""Where a forged question has something else."""
TOLERATED = {200, 204, 301, 304, 308, 400, 403, 404, 405, 411, 413, 414, 415, 416, 421, 429, 431, 501}

words = st.sampled_from(
    [
        "address",
        "data",
        "answer",
        "answer.data",
        "address.data",
        "..a.b...c.d..",
        '{"type":"x","index":["ALL"]}',
        "ALL",
        "MATCH",
        "id",
    ]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | words | st.text(max_size=40)
shapes = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def client(small_data):
    """A client that raises what is no answer; the log of faults is what a test looks at."""
    app = make_app(small_data, asking=Asking(Limits(seconds=1)))
    return app.server.test_client()


def put(body: object, place: tuple, value: object) -> object:
    """A copy of the body with something else at a place."""
    if not place:
        return value
    body = copy.deepcopy(body)
    part = body
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    return body


def fine(answer) -> None:
    assert answer.status_code in TOLERATED, (answer.status_code, answer.data[:200])
    assert b"Traceback" not in answer.data


calm = settings(max_examples=300, deadline=None)
few = settings(max_examples=40, deadline=None)
"""Where each example makes a page."""


@calm
@given(place=st.sampled_from(PLACES), value=shapes)
def test_24_a_forged_question_is_refused_or_answered(client, place, value):
    answer = client.post(CALLBACK, data=json.dumps(put(GOOD, place, value)), content_type="application/json")
    fine(answer)
    assert (
        answer.status_code == 400
        or place in (("inputs", 0, "value"), ("changedPropIds",), ("state",), ("parsedChangedPropsIds",))
        or put(GOOD, place, value) == GOOD
    )


@few
@given(
    value=st.text(max_size=200),
    search=st.dictionaries(
        st.sampled_from(["at", "from", "domain", "event", "q", "lang", "h", "as_of"]), st.text(max_size=30), max_size=4
    ),
)
def test_any_address_in_a_question_is_refused_or_answered(client, value, search):
    text = "&".join(f"{name}={asked}" for name, asked in search.items())
    fine(client.post(CALLBACK, json=callback(f"/pair/MEX-USA?{text}")))
    fine(client.post(CALLBACK, json=callback(value)))


@calm
@given(body=shapes)
def test_any_json_to_the_api_is_refused_or_answered(client, body):
    fine(client.post("/api/v1/sql", data=json.dumps(body), content_type="application/json"))


@few
@given(
    path=st.sampled_from(["/", "/sql", "/pair/MEX-USA", "/api/v1/series", "/_dash-layout", "/feeds/changes.atom", "/pair/MEX-USA.csv", "/_reload-hash"]),
    name=st.sampled_from(["If-None-Match", "If-Modified-Since", "Range", "Accept-Encoding", "Accept-Language", "Cookie", "Referer", "Origin", "Authorization", "X-Forwarded-For", "Host", "Content-Type"]),
    value=st.text(st.characters(max_codepoint=255, blacklist_categories=("Cc",)), max_size=60),
)  # fmt: skip
def test_any_header_is_refused_or_answered(client, path, name, value):
    fine(client.get(path, headers={name: value}))


@few
@given(
    query=st.binary(max_size=60),
    path=st.sampled_from(
        ["/", "/sql", "/events", "/pair/MEX-USA.json", "/api/v1/events", "/feeds/changes.json", "/embed/balance"]
    ),
)
def test_any_bytes_in_a_query_are_refused_or_answered(client, query, path):
    fine(client.get(path, query_string=query.decode("latin-1")))


DEEP = b'{"q":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BODIES = {
    "deep": DEEP,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "not closed": b"[" * 100_000,
    "a huge number": b'{"q":' + b"9" * 100_000 + b"}",
    "NaN": b'{"q":"select 1","limit":NaN}',
    "infinite": b'{"q":"select 1","limit":-Infinity}',
    "1e999": b'{"q":"select 1","limit":1e999}',
    "twice": b'{"q":"select 1","q":"select 2"}',
    "no UTF-8": b'{"q":"\xff\xfe"}',
    "half a character": b'{"q":"select \'\\ud800\'"}',
    "NUL": b'{"q":"select \'\\u0000\'"}',
    "a number": b"7",
    "nothing": b"",
    "compressed": gzip.compress(b"0" * 10_000_000),
    "UTF-16": '{"q":"select 1"}'.encode("utf-16"),
    "deep in a question": json.dumps(put(GOOD, ("inputs", 0, "value"), "@")).encode().replace(b'"@"', b"[" * 100_000 + b"]" * 100_000),
    "half a character in a question": json.dumps(callback("\ud800")).encode(),
    "NUL in a question": json.dumps(callback("/pair/MEX-USA?at=\0")).encode(),
    "a name twice in a question": json.dumps(GOOD).encode().replace(b'"output"', b'"output": "x.y", "output"', 1),
}  # fmt: skip


@pytest.mark.parametrize("path", [CALLBACK, "/api/v1/sql", "/sql"])
@pytest.mark.parametrize("name", list(BODIES))
def test_a_body_that_is_none_is_the_fault_of_who_sent_it(client, path, name):
    encoding = {"Content-Encoding": "gzip"} if name == "compressed" else {}
    kinds = (
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "x",
    )
    for kind in kinds:
        answer = client.post(path, data=BODIES[name], content_type=kind, headers=encoding)
        fine(answer)
        if path == CALLBACK and kind == "application/json" and name != "NUL in a question":
            assert answer.status_code == 400
        if path == "/api/v1/sql":
            assert answer.status_code in (400, 415)
            assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize(
    "path",
    [
        "/", "/pair/MEX-USA", "/sql", "/api/v1/sql", "/api/v1/status", "/health", "/metrics", "/feeds/changes.atom", "/pair/MEX-USA.csv", CALLBACK, "/_dash-layout",
        "/_dash-dependencies", "/_reload-hash", "/_favicon.ico", "/_dash-component-suites/dash/dcc/x.js", "/_dash-component-suites/%2e%2e/%2e%2e/x",
        "/_dash-component-suites//", "/_dash-component-suites/dash/..", "/_dash-component-suites/plotly/package_data/plotly.min.js", "/_dash-", "/_", "/assets/",
        "/assets/../app.py", "/assets/%00", "/_dash-component-suites/dash/dcc/\u00ff.js", "/_dash-component-suites/dash/dcc/dash_core_components.v1_0m1.js",
    ],
)  # fmt: skip
def test_any_method_anywhere_is_refused_or_answered(client, method, path):
    fine(client.open(path, method=method))
    fine(client.open(path, method=method, data=b"[1]", content_type="application/json"))


def test_what_does_go_wrong_here_is_500_with_an_id_that_the_log_has(small_data, caplog, monkeypatch):
    app = make_app(small_data)
    monkeypatch.setitem(app.server.view_functions, "answer_health", lambda: 1 / 0)
    answer = app.server.test_client().get("/health")
    assert answer.status_code == 500
    assert answer.headers["X-Fault"] in caplog.text
    assert "ZeroDivisionError" in caplog.text
