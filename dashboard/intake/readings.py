"""What goes into a reader and what comes out of it: a request, the page that answered it, and the items read from it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import partial
from importlib import import_module
from typing import Any, Literal, cast

from bilateral.intake.items import Item
from bilateral.intake.readers import KINDS
from bilateral.intake.source_list import Source

Form = Literal["json", "data", "html", "any"]
"""What kind of body is expected: JSON, JSON or XML, a page, or anything. A page for people in the place of data means that programs are refused."""


TEXTS = ("url", "title", "text", "language", "authority", "document_number", "document_type")


class Drift(Exception):
    """The form is not the one that the reader knows; the message says what was found and what was expected."""


class Throttled(Exception):
    """The source says in its answer that it was asked too often."""


@dataclass(frozen=True)
class Request:
    """One address to ask, and what the reader needs to know when the answer comes."""

    url: str
    form: Form = "any"
    part: str = ""
    """Which of a source's answers this is; empty for a page that a person saved."""
    about: Any = None
    """What was asked for, as the reader of the kind has it: a day, a span of days."""
    item: Item | None = None
    """The item that the answer completes; it is kept as it is where no answer comes."""


@dataclass(frozen=True)
class Page:
    """A body with what is known of it. `url` is the address that it came from in the end, `fetched_at` is UTC."""

    source: Source
    request: Request
    url: str
    body: bytes
    content_type: str
    sha256: str
    fetched_at: datetime

    @property
    def address(self) -> str:
        """Where it is on the web; empty for a page that a person saved, of which the name alone is known."""
        return of_the_web(self.url)

    def item(self, item_id: str, **given: Any) -> Item:
        """An item of this page; what is not given is that of the source, or unknown, and so is an address that is none of the web.

        Raises Drift where a text is something else.
        """
        known: dict[str, Any] = {
            "source": self.source.id,
            "item_id": item_id,
            "language": self.source.language,
            "published_at": None,
            "precision": "unknown",
            "first_seen_at": self.fetched_at,
            "authority": self.source.authority,
            "raw_sha256": self.sha256,
        }
        if wrong := [name for name in TEXTS if not isinstance(given.get(name, ""), str)]:
            raise Drift(f"{wrong[0]} is {given[wrong[0]]!r:.80}; a text was expected")
        values: dict[str, Any] = {
            name: sound(value) if isinstance(value, str) else value for name, value in (known | given).items()
        }
        return Item(**values | {"url": of_the_web(values["url"])})

    def json(self) -> Any:
        """The body as JSON; control characters within texts are taken as they are. Raises Drift."""
        try:
            return json.loads(self.body, strict=False)
        except ValueError as error:
            raise Drift(f"the answer is no JSON that can be read ({error})") from None


@dataclass(frozen=True)
class Reading:
    """What a reader found: items, further addresses to ask, what was left out, and why the answer may not be final."""

    items: tuple[Item, ...] = ()
    follow: tuple[Request, ...] = ()
    said: tuple[str, ...] = ()
    unsure: str = ""
    """Why nothing may be concluded from an empty answer; the source is asked again for the same days."""


@dataclass(frozen=True)
class Reader:
    """The two functions of a kind."""

    read: Callable[[Page], Reading]
    requests: Callable[[Source, date, date], tuple[Request, ...]]


def reader_of(kind: str) -> Reader:
    """The reader of a kind; its module is imported only now, since some of them take half a second."""
    module = import_module(f"bilateral.intake.readers.{KINDS[kind]}")
    return Reader(module.read, getattr(module, "requests", None) or partial(_address_alone, module.FORM))


def _address_alone(form: Form, source: Source, since: date, until: date) -> tuple[Request, ...]:
    return (Request(source.address, form, "list"),)


def at_midnight(day: date) -> datetime:
    """A day as a time (UTC), for items whose source gives days alone."""
    return datetime.combine(day, time(), UTC)


def of_the_web(address: str) -> str:
    """An address that pages may link to; empty for one with another scheme, such as `javascript:`, and for the name of a file."""
    address = address.strip()
    return address if address.lower().startswith(("https://", "http://")) else ""


def sound(text: str) -> str:
    """A text without halves of letters and NUL, which JSON can hold and no database and no hash takes."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def completed(item: Item, page: Page, text: str, **given: Any) -> Item:
    """An item of a list with its full text."""
    return replace(item, text=sound(text), extent="full", raw_sha256=page.sha256, **given)


def needed(record: Any, *names: str) -> dict[str, Any]:
    """A JSON object that has these keys. Raises Drift naming the first that is missing."""
    if not isinstance(record, dict):
        raise Drift(f"an object with {names[0]} was expected, a {type(record).__name__} came")
    if lacking := [name for name in names if name not in record]:
        raise Drift(f"{lacking[0]} is missing; there are {', '.join(sorted(map(str, record))[:8]) or 'no keys'}")
    return cast(dict[str, Any], record)
