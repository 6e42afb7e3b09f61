"""The OpenAPI document of the JSON API, generated from the signatures of the queries and the headers of queries/."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from bilateral.ask.api.question import Question

TYPES: dict[str, dict[str, Any]] = {
    "varchar": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "timestamp": {"type": "string", "format": "date-time"},
    "integer": {"type": "integer"},
    "bigint": {"type": "integer"},
    "double": {"type": "number"},
    "boolean": {"type": "boolean"},
}
"""JSON's words for the types that a header may name."""

PROBLEM = {
    "type": "object",
    "description": "One shape for every error, RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong, and what was expected"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "message": {"type": "string"}},
                "required": ["parameter", "message"],
            },
        },
    },
}
CODED_BY_MACHINE = {
    "type": "object",
    "description": "only for a machine-coded dataset: rows, rows that passed the filter, and of such rows judged by hand the share that was"
    " right, per hundred with its 95 % interval",
}
META = {
    "type": "object",
    "required": ["data_version", "next"],
    "properties": {
        "data_version": {"type": "string", "description": "version of the snapshot"},
        "next": {"type": ["string", "null"], "description": "address of the next page; null on the last one"},
        "coded_by_machine": CODED_BY_MACHINE,
    },
}
ERRORS = {"400": "A parameter is unknown or bad", "404": "Nothing of this name", "429": "Too many requests", "503": "No data yet"}
SQL_ERRORS = {**ERRORS, "400": "The statement was refused or failed", "403": "SQL is switched off here", "413": "Too large"}


def document(
    questions: Iterable[Question], sql: type[BaseModel], words: dict[str, list[str]], server: str = "/"
) -> dict[str, Any]:
    """The whole document: `sql` is the body of a statement, `words` what can be asked for in the current snapshot, `server` our public address."""
    paths = {path(question): {"get": _operation(question, words)} for question in questions}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "bilateral",
            "version": "1",
            "description": "Indicators of bilateral relations, read-only. Values reflect reported events, not governments' intentions.",
            "license": {"name": "Code: MIT. Events and measures: CC BY 4.0."},
        },
        "servers": [{"url": server}],
        "paths": paths | {"/api/v1/sql": {"get": _sql_get(sql), "post": _sql_post(sql)}},
        "components": {"schemas": {"Problem": PROBLEM, "Meta": META}},
    }


def path(question: Question) -> str:
    return f"/api/v1/{question.name}" + ("/{event_id}" if question.name == "event" else "")


def answer(question: Question, meta: dict[str, Any]) -> dict[str, Any]:
    """The schema of what comes: rows with the columns that the headers promise, and `meta` about them."""
    rows: dict[str, Any] = {"type": "object"}
    if question.columns:
        rows["properties"] = {name: _column(kind, meaning) for name, (kind, meaning) in question.columns.items()}
    data = rows if question.name == "event" else {"type": "array", "items": rows}
    return {"type": "object", "required": ["data", "meta"], "properties": {"data": data, "meta": meta}}


def _operation(question: Question, words: dict[str, list[str]]) -> dict[str, Any]:
    schema = answer(question, {"$ref": "#/components/schemas/Meta"})
    answered = {"description": "The rows", "content": {"application/json": {"schema": schema}}}
    unchanged = {"description": "Unchanged since the ETag that If-None-Match names"}
    return {
        "operationId": question.name,
        "summary": question.sentence,
        "parameters": [_with_words(part, words) for part in _parameters(question.parameters)],
        "responses": {"200": answered, "304": unchanged, **_problems(ERRORS)},
    }


def _column(kind: str, meaning: str) -> dict[str, Any]:
    if kind.endswith("[]"):
        return {"type": ["array", "null"], "items": TYPES[kind.removesuffix("[]")], "description": meaning}
    known = TYPES.get(kind, {})
    return {**known, **({"type": [known["type"], "null"]} if known else {}), "description": meaning}


def _parameters(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema()
    definitions, required = schema.get("$defs", {}), schema.get("required", [])
    return [
        {
            "name": name,
            "in": "path" if name == "event_id" else "query",
            "required": name in required,
            "schema": _inlined(part, definitions),
            **({"description": part["description"]} if "description" in part else {}),
        }
        for name, part in schema["properties"].items()
    ]


def _with_words(parameter: dict[str, Any], words: dict[str, list[str]]) -> dict[str, Any]:
    """With the list of what may be said; a pair may also be written in the other order and in small letters."""
    schema = parameter["schema"]
    name = "pair" if parameter["name"] == "dyad" and ">" not in schema["pattern"] else parameter["name"]
    return parameter | {"schema": {**schema, "enum": words[name]}} if name in words else parameter


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    """Without references; and without null, which no address can hold: a parameter is left out instead."""
    if isinstance(schema, list):
        return [_inlined(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(definitions[schema["$ref"].split("/")[-1]], definitions)
    parts = [part for part in schema.get("anyOf", []) if part != {"type": "null"}]
    if len(parts) == 1:
        kept = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
        return kept | _inlined(parts[0], definitions)
    return {key: _inlined(value, definitions) for key, value in schema.items()}


def _sql_get(model: type[BaseModel]) -> dict[str, Any]:
    parameters = [part for part in _parameters(model) if part["name"] != "parameters"]
    named = {
        "name": "parameters",
        "in": "query",
        "description": "Values of the statement's parameters, each under its own name with its sign: $pair=MEX-USA",
        "schema": {"type": "object", "propertyNames": {"pattern": r"^\$\w+$"}, "additionalProperties": {"type": "string"}},
        "style": "form",
        "explode": True,
    }
    return _sql_operation("sql_get") | {"parameters": [*parameters, named]}


def _sql_post(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    schema.pop("title", None)
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return _sql_operation("sql_post") | {"requestBody": body}


def _sql_operation(name: str) -> dict[str, Any]:
    meta = {
        "type": "object",
        "required": ["data_version", "columns", "n_rows", "is_cut", "seconds"],
        "properties": {
            "data_version": {"type": "string"},
            "columns": {"type": "array", "items": {"type": "object", "required": ["name", "type"]}},
            "n_rows": {"type": "integer"},
            "is_cut": {"type": "boolean", "description": "there are more rows than requested or allowed"},
            "seconds": {"type": "number"},
        },
    }
    rows = {"type": "array", "items": {"type": "array"}}
    schema = {"type": "object", "required": ["data", "meta"], "properties": {"data": rows, "meta": meta}}
    binary = {"schema": {"type": "string"}}
    content = {"application/json": {"schema": schema}, "text/csv": binary, "application/vnd.apache.parquet": binary}
    return {
        "operationId": name,
        "summary": "Run one SELECT on the current snapshot: rows as lists, in the order of the columns; cut at a limit, which is said.",
        "responses": {"200": {"description": "The rows", "content": content}, **_problems(SQL_ERRORS)},
    }


def _problems(errors: dict[str, str]) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {code: {"description": meaning, "content": content} for code, meaning in errors.items()}
