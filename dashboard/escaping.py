"""Text of others made harmless for where it is put out: a terminal, a page, a spreadsheet, a feed, Markdown. Titles, names of files and cells come from
outside, and each of these places takes some signs for orders.

Programs get the exact text: JSON, Parquet, `format=csv` of the API and `bilateral sql --format csv` into a pipe. People get it as here.
"""

import csv
import html
import json
import re
from collections.abc import Iterable
from itertools import chain
from typing import Any, Protocol

ORDERS = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    r"\U000e0000-\U000e007f"
)
"""Signs that steer a terminal, turn the direction of what follows, or say unseen what programs read; line feed and tab lay text out, and without
the joiners of no width and the soft hyphen some scripts are written wrongly."""
STEERING = re.compile(f"[{ORDERS}]")
STEERING_A_LINE = re.compile(f"[\t\n{ORDERS}]")
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BLANK = r"[\x00-\x20\x7f-\xa0\u00ad\u2000-\u200f\u2028-\u202f\u205f\u2060\u2066-\u2069\u3000\ufeff]"
"""What a spreadsheet may drop at the beginning of a cell."""
FORMULA = re.compile(rf"[\t\r\n]|{BLANK}*[=+\-@＝＋－＠﹢﹣﹦﹫]")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?%?")
LONGEST_CELL = 32_767
"""Characters of a cell of XLSX."""
MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&!])|(?<=[A-Za-z])(:)(?=//)|(?<=www)(\.)|(@)", re.IGNORECASE)
"""Signs that Markdown, also as forges extend it, reads as more than text; addresses without brackets become links there."""
MARKS_AT_THE_START = re.compile(r"^(\s*(?:\d+(?=[.)]))?)([-+=.)])")


def visible(text: str) -> str:
    """For a terminal: escape sequences and their like are shown (\\x1b), and do nothing."""
    return STEERING.sub(_shown, text)


def in_a_line(text: str) -> str:
    """The same where a line break would be the beginning of another sentence, as in the name of a file."""
    return STEERING_A_LINE.sub(_shown, text)


def _shown(match: re.Match) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def on_a_page(text: str) -> str:
    """For HTML: no markup, and what steers is shown as in a terminal. Line ends of a form are those of a text."""
    return html.escape(visible(text.replace("\r\n", "\n")))


def in_json(text: str) -> str:
    """For a language model that reads JSON as text: what no person would see is written as JSON's own escapes, and the values stay what they are."""
    return STEERING.sub(lambda match: json.dumps(match[0])[1:-1], text)


def printable(text: str) -> str:
    """For a feed: without signs that XML cannot hold, that steer, or that turn the direction of the reader's list."""
    return NOT_XML.sub("", STEERING.sub("", text))


def cell(text: str) -> str:
    """For a spreadsheet: an apostrophe stands before what it would run as a formula, also after blanks and in full width. Numbers stay numbers."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def as_it_was(text: Any) -> Any:
    """A cell that comes back from a person's spreadsheet, without the apostrophe that stood before it."""
    return text[1:] if isinstance(text, str) and text.startswith("'") and FORMULA.match(text[1:]) else text


def sheet_cell(text: str) -> str:
    """The same for XLSX, without signs that XML cannot hold, as long as a cell may be."""
    kept = cell(NOT_XML.sub("\ufffd", text))
    return kept if len(kept) <= LONGEST_CELL else f"{kept[: LONGEST_CELL - 1]}…"


def in_slack(text: str) -> str:
    """For a channel of Slack: one line without links and without calls to everybody, which stand between < and > there."""
    return in_a_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def markdown(words: str) -> str:
    """For Markdown: one line in which nothing is a link, an image, a heading, a list, a table, a formula or HTML."""
    line = re.sub(r"\s+", " ", visible(words))
    marked = MARKS.sub(lambda match: f"\\{match[0]}", line)
    return MARKS_AT_THE_START.sub(r"\1\\\2", marked)


class Sink(Protocol):
    def write(self, text: str, /) -> Any: ...


class _Lines:
    """The lines of a CSV end in a line feed; the library puts quotes around a lone carriage return only where it also ends lines with one."""

    def __init__(self, sink: Sink):
        self.sink = sink

    def write(self, line: str) -> None:
        self.sink.write(line.removesuffix("\r\n") + "\n")


def write_csv(sink: Sink, names: list[str], rows: Iterable[Iterable[Any]], for_people: bool) -> None:
    """The one writer of CSV (RFC 4180, UTF-8): None is an empty cell. For people a byte order mark stands before it, as spreadsheets want it,
    and no cell is a formula; programs get the exact text."""
    writer = csv.writer(_Lines(sink), lineterminator="\r\n")
    if for_people:
        sink.write("\ufeff")
    for row in chain([names], rows):
        writer.writerow(_for_people(row) if for_people else row)


def _for_people(row: Iterable[Any]) -> list[Any]:
    return [cell(value) if isinstance(value, str) else value for value in row]
