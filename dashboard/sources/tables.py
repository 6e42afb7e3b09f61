"""Reads machine-coded event tables: one layout a dataset, all forms of it made into clean tab-separated lines that DuckDB reads in bulk.

A file that is clean already (tabs, right width, UTF-8) is passed on as it stands after counts over whole pieces; anything else goes
line by line. A line that is no row comes out as `Bad` with its reason. Nothing is dropped: lines = rows + bad ones.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dashboard.sources.unpacking import FileRefused, unpacked

EVENT_SUFFIXES = (".csv", ".tab", ".tsv", ".txt")


@dataclass(frozen=True)
class Layout:
    """The columns of a dataset, by width where files have no header, by name where they have one."""

    dataset: str
    columns: tuple[str, ...]
    widths: dict[int, tuple[str, ...]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    is_latin: bool = False
    """Bytes that are not UTF-8 are Latin-1 here; elsewhere such a line is refused."""
    hint: str = ""
    optional_names: frozenset[str] = frozenset()
    """Names that some headers have although their rows lack the field."""
    has_many_parties: bool = False
    """A row may name several countries on a side and then tells several acts."""


@dataclass(frozen=True)
class Form:
    """How one file is written: its columns in order ('' for one that is not used), delimiter, and whether a header comes first."""

    names: tuple[str, ...]
    delimiter: str
    has_header: bool

    @property
    def is_plain(self) -> bool:
        return self.delimiter == "\t" and not self.has_header


@dataclass(frozen=True)
class Piece:
    """Clean lines, each with the fields of `names`, the first of which is line `first_line` of the file."""

    names: tuple[str, ...]
    content: bytes
    first_line: int
    n_lines: int


LONGEST = 2 << 20
"""Bytes of a line. Pieces are cut at the end of a line and are smaller than twice that, where no line is longer."""
SHOWN = 1000
"""Characters of a longer one that are kept to be looked at."""


@dataclass(frozen=True)
class Bad:
    """A line that is no row, and why."""

    line: int
    raw: str
    reason: str


def pieces(path: Path, layout: Layout) -> Iterator[Piece | Bad]:
    """Everything in one file. Raises FileRefused where it is not of this layout."""
    form: Form | None = None
    line = 1
    for content in _whole_lines(path):
        if form is None:
            content = content.removeprefix(b"\xef\xbb\xbf")
            form = _form(content, path, layout)
        n_lines = _count(content, b"\n")
        if form.is_plain and _is_clean(content, n_lines, len(form.names)):
            yield Piece(form.names, content, line, n_lines)
        else:
            yield from _line_by_line(content.split(b"\n")[:-1], line, form, layout)
        line += n_lines


def line_by_line(piece: Piece, layout: Layout) -> Iterator[Piece | Bad]:
    """A piece whose counts were right by chance: its lines one by one."""
    return _line_by_line(piece.content.split(b"\n")[:-1], piece.first_line, Form(piece.names, "\t", has_header=False), layout)


def _whole_lines(path: Path) -> Iterator[bytes]:
    rest = b""
    for content in unpacked(path):
        if content.endswith(b"\n") and not rest:
            yield content
            continue
        head, newline, tail = content.rpartition(b"\n")
        if not newline:
            rest += tail
            continue
        yield rest + head + b"\n"
        rest = tail
    if rest:
        yield rest + b"\n"


def _is_clean(content: bytes, n_lines: int, width: int) -> bool:
    """Counts that only a wholly regular piece has; DuckDB finds what cancels out."""
    if len(content) > 2 * LONGEST or _count(content, b"\t") != n_lines * (width - 1) or b"\r" in content or b"\0" in content:
        return False
    if not content.isascii():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return False
    return True


def _count(content: bytes, letter: bytes) -> int:
    """bytes.count takes four times as long where the letter is a frequent one."""
    return int(np.count_nonzero(np.frombuffer(content, np.uint8) == ord(letter)))


def _form(content: bytes, path: Path, layout: Layout) -> Form:
    start = io.BytesIO(content)
    first, second = start.readline(), start.readline()
    text = first.decode("utf-8", "replace").rstrip("\r\n")
    found = text.split("\t")
    if (names := layout.widths.get(len(found))) and not _is_header(found, layout):
        wider = layout.widths.get(len(found) + 1, ())
        has_wider = wider[:-1] == names and any(line.count(b"\t") == len(found) for line in content.split(b"\n"))
        return Form(wider if has_wider else names, "\t", has_header=False)
    for delimiter in ("\t", ","):
        header = next(csv.reader([text.rstrip("\t")], delimiter=delimiter), [])
        names = tuple(_canonical(name, layout) for name in header)
        if layout.required and set(layout.required) <= set(names):
            if layout.widths.get(len(found)):  # a header where none belongs: refuse that line, keep the rows
                return Form(layout.widths[len(found)], "\t", has_header=False)
            return Form(_trimmed(names, second, delimiter, layout), delimiter, has_header=True)
    wanted = " or ".join(str(width) for width in layout.widths)
    expected = f"{wanted} tab-separated columns without a header, or " if wanted else ""
    raise FileRefused(
        f"{path.name} is no {layout.dataset} file: its first line has {len(found)} tab-separated columns; "
        f"expected {expected}a header that names {', '.join(layout.required)}{_hint(found, layout)}"
    )


def _hint(found: list[str], layout: Layout) -> str:
    if len(found) == 1 and re.match(r"^\d+ [0-9a-f]{32} \S+$", found[0]):
        return "; it is a list of files (size, md5, address); download the files that it lists"
    return f"; {layout.hint}" if layout.hint else ""


def _is_header(found: list[str], layout: Layout) -> bool:
    return set(layout.required) <= {_canonical(name, layout) for name in found}


def _canonical(name: str, layout: Layout) -> str:
    word = re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")
    word = layout.aliases.get(word, word)
    return word if word in layout.columns else ""


def _trimmed(names: tuple[str, ...], second: bytes, delimiter: str, layout: Layout) -> tuple[str, ...]:
    """A header may name a column that the rows lack, or lack the row number that R wrote first."""
    first = second.decode("latin-1").rstrip("\r\n")
    certain = tuple(name for name in names if name not in layout.optional_names)
    if delimiter == "\t":
        return certain if len(first.rstrip("\t").split("\t")) == len(certain) else names
    row = next(csv.reader([first]), [])
    return ("", *names) if len(row) == len(names) + 1 else names


def _line_by_line(lines: list[bytes], first: int, form: Form, layout: Layout) -> Iterator[Piece | Bad]:
    """Clean runs of lines; each bad line ends a run."""
    names = tuple(name for name in form.names if name)
    run: list[str] = []
    for number, line in enumerate(lines, start=first):
        outcome = None if number == 1 and form.has_header else _clean(line, number, form, layout)
        if isinstance(outcome, str):
            run.append(outcome)
            continue
        if run:
            yield Piece(names, ("\n".join(run) + "\n").encode(), number - len(run), len(run))
            run = []
        if outcome is not None:
            yield outcome
    if run:
        yield Piece(names, ("\n".join(run) + "\n").encode(), first + len(lines) - len(run), len(run))


def _clean(line: bytes, number: int, form: Form, layout: Layout) -> str | Bad:
    raw, is_utf8 = _decoded(line.rstrip(b"\r"))
    shown = raw.replace("\0", "␀")
    if len(line) > LONGEST:
        return Bad(
            number,
            shown[:SHOWN] + "…",
            f"the line has {len(line):,} bytes, {LONGEST:,} at the most were expected; the file is damaged",
        )
    if not is_utf8 and not layout.is_latin:
        return Bad(number, shown, "the line has bytes that are not UTF-8; the file is damaged or of another encoding")
    if "\0" in raw:
        return Bad(number, shown, "the line has a NUL byte; the file is damaged")
    if not raw.strip():
        return Bad(number, shown, "the line is empty; each line is one event")
    fields = _fields(raw, form)
    if fields is None:
        return Bad(number, shown, "a quote is opened and not closed on the line")
    if number == 1 and not form.has_header and _is_header(fields, layout):
        return Bad(number, shown, "the line is a header; files of this form have none")
    if form.is_plain and layout.widths.get(len(fields)) == form.names[:-1]:
        fields.append("")  # GDELT 1.0 before April 2013 has no address column
    while len(fields) > len(form.names) and not fields[-1]:
        fields.pop()
    if len(fields) != len(form.names):
        return Bad(number, shown, f"the line has {len(fields)} columns, {len(form.names)} were expected")
    used = (value for name, value in zip(form.names, fields, strict=True) if name)
    missing = layout.missing if form.has_header else frozenset()
    return "\t".join("" if value in missing else value.replace("\t", " ").replace("\r", " ") for value in used)


def _fields(raw: str, form: Form) -> list[str] | None:
    if form.delimiter == "\t":
        return raw.split("\t")
    try:
        (fields,) = csv.reader([raw], strict=True)
    except (csv.Error, ValueError):
        return None
    return fields


def _decoded(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        return line.decode("latin-1"), False
