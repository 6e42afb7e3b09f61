"""The tools for language models, asked by the SDK's own client: over HTTP on loopback and over a process's standard input and output."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters

from bilateral.web.app import make_app
from material import ROOT, clean_environment

ASKED = {
    "dyads": {},
    "indicators": {},
    "series": {"dyad": "MEX-USA", "by": "month", "from": "2025-01-01", "to": "2025-04-15"},
    "events": {"dyad": "MEX-USA", "domain": "trade", "per_page": 20},
    "event": {"event_id": "usa-mex-20250328-01"},
    "ledger": {"dyad": "USA>MEX", "day": "2025-03-28"},
    "contributions": {"dyad": "MEX-USA", "day": "2025-03-28"},
    "moved": {"dyad": "MEX-USA", "from": "2025-03-01", "to": "2025-03-28"},
    "measures": {"dyad": "MEX-USA", "page": 2, "per_page": 5},
    "measure_fates": {"per_page": 5},
    "forecasts": {"dyad": "MEX-USA", "per_page": 5},
    "forecast_track": {},
    "lead_lag": {"dyad": "MEX-USA"},
    "outcomes": {"dyad": "MEX-USA"},
    "sides": {"dyad": "MEX-USA", "from": "2025-03-01", "to": "2025-03-31"},
    "coverage": {"dyad": "MEX-USA", "from": "2025-03-01", "to": "2025-03-31"},
    "status": {},
}

WHERE_LOADED = ("forecast_track", "lead_lag", "outcomes")
"""These have rows once outcomes are loaded, or a forecast was made in time; tests/pages/test_lead_lag.py asks them there."""


@contextmanager
def tools_over_http(data):
    """`bilateral mcp --port 0` in a process of its own; gives its address."""
    command = [sys.executable, "-m", "bilateral", "mcp", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, env=clean_environment(ROOT), stdout=subprocess.PIPE, text=True) as process:
        try:
            yield re.search(r"http://\S+", process.stdout.readline())[0]
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def address(published):
    with tools_over_http(published) as address:
        yield address


@pytest.fixture(scope="module")
def api(published):
    """api(path, query) is what the API answers."""
    client = make_app(published).server.test_client()
    return lambda path, query: client.get(f"/api/v1/{path}", query_string=query).get_json()


def in_a_thread(ask):
    """What an async function gives; in a thread of its own, as the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, ask).result()


def call(server, name: str, arguments: dict):
    """One tool called by a client that connects, asks and leaves."""

    async def ask():
        async with Client(server) as client:
            return await client.call_tool(name, arguments)

    return in_a_thread(ask)


def listed(server) -> list:
    async def ask():
        async with Client(server) as client:
            return (await client.list_tools()).tools

    return in_a_thread(ask)


def test_every_question_is_a_tool_that_reads_and_says_what_it_takes_and_gives(address):
    tools = {tool.name: tool for tool in listed(address)}
    assert tools.keys() == ASKED.keys()
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools.values())
    assert tools["series"].input_schema["required"] == ["dyad"]
    columns = tools["series"].output_schema["properties"]["data"]["items"]["properties"]
    assert columns["balance"]["description"] == "cooperation against friction, points -100..100"


@pytest.mark.parametrize("name", ASKED)
def test_a_tool_gives_the_rows_of_the_api_to_the_digit(address, api, name):
    asked = ASKED[name]
    path = f"event/{asked['event_id']}" if name == "event" else name
    expected = api(path, {key: value for key, value in asked.items() if key != "event_id"})
    found = call(address, name, asked)
    assert not found.is_error, found.content
    assert expected["data"] or name in WHERE_LOADED
    assert found.structured_content["data"] == expected["data"]
    assert found.structured_content["meta"]["data_version"] == expected["meta"]["data_version"]
    assert bool(found.structured_content["meta"]["next_page"]) == bool(expected["meta"]["next"])


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("series", {}, "dyad: it has to be given, as dyad=MEX-USA or USA>MEX"),
        ("series", {"dyad": "XXX-USA"}, "dyad: 'USA-XXX' is none of MEX-USA, "),
        ("series", {"dyad": "MEX-USA", "colour": "red"}, "colour: there is no such parameter; there are dyad, dataset, domain, "),
        ("event", {"event_id": "nothing"}, "there is no event nothing"),
        ("drop", {}, "'drop' is not a tool here; choose from dyads, "),
    ],
)
def test_what_is_asked_wrongly_is_said_in_a_sentence(address, name, arguments, sentence):
    found = call(address, name, arguments)
    assert found.is_error
    assert found.content[0].text.startswith(sentence)


def test_a_program_that_starts_it_asks_over_its_input_and_output(published, api):
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "bilateral", "mcp", "--data", str(published)], env=clean_environment(ROOT)
    )
    found = call(command, "ledger", ASKED["ledger"])
    assert found.structured_content["data"] == api("ledger", ASKED["ledger"])["data"]


def test_a_page_elsewhere_that_borrows_our_address_is_refused(address):
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"Accept": "application/json, text/event-stream"}
    assert httpx2.post(address, json=asked, headers=accept | {"Host": "evil.example"}).status_code == 421
    assert httpx2.post(address, json=asked, headers=accept | {"Origin": "http://evil.example"}).status_code == 403


def test_without_data_it_says_so_and_ends(command, tmp_path):
    ended = command("mcp", data=tmp_path / "empty")
    assert (ended.code, ended.out) == (69, "")
    assert "bilateral refresh" in ended.err
