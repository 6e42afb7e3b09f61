"""What a request may bring as JSON, and as a question of a page. Dash ends with a fault of ours where it is anything else."""

from typing import Any

import flask
from flask.json.provider import DefaultJSONProvider

PATH = "/_dash-update-component"
LONGEST = 8190
"""Characters of an address that a page asks about."""
KEYS = {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}


class Strict(DefaultJSONProvider):
    """JSON as RFC 8259 has it; anything else is a ValueError, which Flask answers with 400: too deep, NaN, halves of characters, names that stand twice."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            found = super().loads(s, parse_constant=_refuse, object_pairs_hook=_once, **kwargs)
        except RecursionError:
            raise ValueError("it is nested too deeply") from None
        if "\\u" in (s if isinstance(s, str) else s.decode("utf-8", "replace")):
            self.dumps(
                found, ensure_ascii=False
            ).encode()  # half a character cannot be written; UnicodeEncodeError is a ValueError
        return found


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not a number in JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def is_question(callbacks: dict[str, Any], request: flask.Request) -> bool:
    """Whether a POST is exactly what a page sends for one of the application's callbacks, with text as its values."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or not set(body) <= KEYS or not isinstance(body.get("output"), str):
        return False
    known = callbacks.get(body["output"], {})  # one without "callback" is answered in the browser
    if "callback" not in known or not _has_inputs(known["inputs"], body.get("inputs")) or body.get("state", []) != []:
        return False
    name, _, property = body["output"].rpartition(".")
    changed = [f"{part['id']}.{part['property']}" for part in known["inputs"]]
    return (
        body.get("outputs", {"id": name, "property": property}) == {"id": name, "property": property}
        and _is_part(body.get("changedPropIds", []), changed)
        and _is_part(body.get("parsedChangedPropsIds", []), [part["id"] for part in known["inputs"]] + changed)
    )


def _has_inputs(known: list[dict[str, str]], given: Any) -> bool:
    if not isinstance(given, list) or len(given) != len(known):
        return False
    return all(
        isinstance(part, dict)
        and set(part) == {"id", "property", "value"}
        and (part["id"], part["property"]) == (own["id"], own["property"])
        and isinstance(part["value"], str)
        and len(part["value"]) <= LONGEST
        for own, part in zip(known, given, strict=True)
    )


def _is_part(given: Any, known: list[str]) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) and one in known for one in given)
