"""`bilateral mcp`: the queries of questions.py as tools for language models (Model Context Protocol). Read-only, and off unless started.

A program on this computer starts it and speaks through its standard input and output, or asks http://127.0.0.1:PORT/mcp.
"""

import json
from pathlib import Path
from typing import Any

import anyio
import mcp_types as types
import uvicorn
from anyio.to_thread import run_sync
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

from bilateral import escaping
from bilateral.ask.api.parameters import Faulty, Wrong
from bilateral.ask.api.question import Missing, Question
from bilateral.ask.api.questions import Questions, coded_by_machine
from bilateral.exits import Stop
from bilateral.pages.site import Site
from bilateral.publish import snapshots
from bilateral.web import openapi
from bilateral.web.server import listen

INSTRUCTIONS = (
    "Bilateral relations between countries from coded events: who did what to whom. Values reflect reported events, not governments' intentions; "
    "an event is reported as coded, not as an established fact. Name the dataset, and the evidence and state of a value; null means that there "
    "is no value and never 0; the verdict `undecided` means too close to call. `dyads` and `status` list what is available, `indicators` explains each number, `ledger` lists the events behind a value."
)
META = {
    "type": "object",
    "required": ["data_version", "next_page"],
    "properties": {
        "data_version": {"type": "string", "description": "the snapshot that answered"},
        "next_page": {"type": ["integer", "null"], "description": "the page to ask for next; null on the last one"},
        "coded_by_machine": openapi.CODED_BY_MACHINE,
    },
}


def server(folder: Path) -> Server:
    """The tools over the snapshots of a data folder: one a question, with the parameters, rows and digits of the JSON API."""
    site = Site(folder, stale_hours=0)
    questions = {question.name: question for question in Questions(site).all()}

    async def list_tools(_: ServerRequestContext, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[tool(question) for question in questions.values()])

    async def call_tool(_: ServerRequestContext, asked: types.CallToolRequestParams) -> types.CallToolResult:
        if asked.name not in questions:
            return refused(f"{asked.name!r} is not a tool here; choose from {', '.join(questions)}")
        return await run_sync(answer, site, questions[asked.name], asked.arguments or {})

    return Server("bilateral", version="1", instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool)


def tool(question: Question) -> types.Tool:
    return types.Tool(
        name=question.name,
        description=question.sentence,
        input_schema=question.parameters.model_json_schema(),
        output_schema=openapi.answer(question, META),
        annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )


def answer(site: Site, question: Question, given: dict[str, Any]) -> types.CallToolResult:
    """The rows, or the sentence why there are none."""
    try:
        found = question.answer(given)
        meta: dict[str, Any] = {"data_version": site.warehouse.version, "next_page": found.next_page}
        coded = coded_by_machine(site, given.get("dataset", "chronology"), given.get("dyad"))
        content = {"data": found.data, "meta": meta | ({"coded_by_machine": coded} if coded else {})}
    except Wrong as error:
        return refused(f"{error.parameter}: {error}")
    except (Faulty, Missing, snapshots.NoSnapshot, Stop) as error:
        return refused(str(error))
    text = escaping.in_json(json.dumps(content, ensure_ascii=False, allow_nan=False))
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], structured_content=content)


def refused(sentence: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=sentence)], is_error=True)


def serve_input(folder: Path) -> None:
    """Answer whoever started this process, line by line, until the input ends."""

    async def run() -> None:
        tools = server(folder)
        async with stdio_server() as (asked, told):
            await tools.run(asked, told, tools.create_initialization_options())

    anyio.run(run)


def serve_http(folder: Path, port: int) -> None:
    """Answer programs on this computer, under its own names alone, until stopped. Raises Stop 75 where the port is taken."""
    listening = listen("127.0.0.1", port)
    print(f"Tools on http://127.0.0.1:{listening.getsockname()[1]}/mcp (Ctrl+C stops it)", flush=True)
    application = server(folder).streamable_http_app(stateless_http=True, json_response=True, host="127.0.0.1")
    uvicorn.Server(uvicorn.Config(application, log_level="warning")).run(sockets=[listening])
