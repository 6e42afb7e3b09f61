"""Reads machine-coded event tables: converts all formats of a dataset's files to clean tab-separated lines that DuckDB reads in bulk.

A file that is clean already (tabs, right width, UTF-8) is passed on as it stands after counts over whole pieces. One that another program
wrote is read twice: what the whole tells of its columns decides how a value is read. A line that is no row comes out as `Bad` with its
reason. Nothing is dropped: lines = rows + bad ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bilateral.sources.contents import Decoder, pieces_of_text
from bilateral.sources.forms import Form, form_of
from bilateral.sources.layouts import Layout
from bilateral.sources.profiles import Mender, Profile
from bilateral.sources.records import Record, key

EVENT_SUFFIXES = (".csv", ".tab", ".tsv", ".txt")
LONGEST = 2 << 20
"""Bytes of a line. Pieces are cut at the end of a line and are smaller than twice that, where no line is longer."""
SHOWN = 1000
"""Characters of a longer one that are kept to be looked at."""
TAB, NEWLINE = b"\t\n"


@dataclass(frozen=True)
class Piece:
    """Clean lines, each with the fields of `names`, the first of which is line `first_line` of the file."""

    names: tuple[str, ...]
    content: bytes
    first_line: int
    n_lines: int
    zeros: str = ""
    """Whether the codes of the file have their leading zeros: kept, lost, or '' where each row tells."""


@dataclass(frozen=True)
class Bad:
    """A line that is no row, and why."""

    line: int
    raw: str
    reason: str


def pieces(path: Path, layout: Layout, mended: Counter[tuple[str, str]]) -> Iterator[Piece | Bad]:
    """Everything in one file. What is done to values is counted in `mended`. Raises FileRefused where the file is not of this layout."""
    form: Form | None = None
    line = 1
    for content in _whole_lines(path):
        if form is None:
            form = form_of(content, path, layout)
            if not form.is_plain:
                yield from _rewritten(path, form, layout, mended)
                return
        n_lines = _count(content, NEWLINE)
        if _is_clean(content, n_lines, len(form.names)):
            yield Piece(form.names, content, line, n_lines)
        else:
            yield from _line_by_line(content.split(b"\n")[:-1], line, form, layout)
        line += n_lines


def line_by_line(piece: Piece, layout: Layout) -> Iterator[Piece | Bad]:
    """A piece whose counts were right by chance: its lines one by one."""
    form = Form(piece.names, piece.names, "\t", 0, is_quoted=False, is_plain=True)
    return _line_by_line(piece.content.split(b"\n")[:-1], piece.first_line, form, layout)


def is_regular(piece: Piece) -> bool:
    """Whether each line has the fields of `names`; counts over all of them can be right by chance."""
    text = np.frombuffer(piece.content, np.uint8)
    ends = np.flatnonzero((text == TAB) | (text == NEWLINE))
    width = len(piece.names)
    return len(ends) == piece.n_lines * width and bool((text[ends[width - 1 :: width]] == NEWLINE).all())


def _whole_lines(path: Path) -> Iterator[bytes]:
    rest = b""
    for content in pieces_of_text(path):
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
    """Counts that only a wholly regular piece has, but for chance."""
    if len(content) > 2 * LONGEST or _count(content, TAB) != n_lines * (width - 1) or b"\r" in content or b"\0" in content:
        return False
    if not content.isascii():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return False
    return True


def _count(content: bytes, letter: int) -> int:
    """bytes.count takes four times as long where the letter is a frequent one."""
    return int(np.count_nonzero(np.frombuffer(content, np.uint8) == letter))


# ------------------------------------------------------------------ as the source writes them


def _line_by_line(lines: list[bytes], first: int, form: Form, layout: Layout) -> Iterator[Piece | Bad]:
    """Clean runs of lines; each bad line ends a run."""
    yield from _runs(
        ((number, 1, _plain(line, number, form, layout)) for number, line in enumerate(lines, start=first)), form.names
    )


def _runs(outcomes: Iterable[tuple[int, int, str | Bad]], names: tuple[str, ...], zeros: str = "") -> Iterator[Piece | Bad]:
    """Rows that follow each other as one piece; what comes as (line, lines that it takes, the row or why it is none)."""
    run: list[str] = []
    first = expected = 0
    for number, n_lines, outcome in outcomes:
        if run and (isinstance(outcome, Bad) or number != expected):
            yield Piece(names, ("\n".join(run) + "\n").encode(), first, len(run), zeros)
            run = []
        if isinstance(outcome, Bad):
            yield outcome
            continue
        if not run:
            first = number
        run.append(outcome)
        expected = number + 1 if n_lines == 1 else 0
    if run:
        yield Piece(names, ("\n".join(run) + "\n").encode(), first, len(run), zeros)


def _plain(line: bytes, number: int, form: Form, layout: Layout) -> str | Bad:
    raw, is_text = Decoder().text(line.rstrip(b"\r"), layout.is_latin)
    if bad := _unreadable(line, raw, is_text, number):
        return bad
    if not raw.strip():
        return Bad(number, raw, "the line is empty; each line is one event")
    fields = raw.split("\t")
    if number == 1 and _is_header(fields, layout):
        return Bad(number, raw, "the line is a header; files of this form have none")
    if layout.widths.get(len(fields)) == form.names[:-1]:
        fields.append("")  # GDELT 1.0 before April 2013 has no address column
    if (said := _width_is_wrong(fields, form)) is not None:
        return Bad(number, raw, said)
    return "\t".join(value.replace("\r", " ") for value in fields)


def _is_header(fields: list[str], layout: Layout) -> bool:
    return set(layout.required) <= {layout.by_key.get(key(name), "") for name in fields}


def _unreadable(line: bytes, raw: str, is_text: bool, number: int) -> Bad | None:
    shown = raw.replace("\0", "␀")
    if len(line) > LONGEST:
        said = f"the line has {len(line):,} bytes, {LONGEST:,} at the most were expected; the file is damaged"
        return Bad(number, shown[:SHOWN] + "…", said)
    if not is_text:
        return Bad(number, shown, "the line has bytes that are not UTF-8; the file is damaged or of another encoding")
    if "\0" in raw:
        return Bad(number, shown, "the line has a NUL byte; the file is damaged")
    return None


def _width_is_wrong(fields: list[str], form: Form) -> str | None:
    """Why the fields are not those of the form; empty ones at the end are taken off."""
    while len(fields) > len(form.names) and not fields[-1]:
        fields.pop()
    if len(fields) != len(form.names):
        return f"the line has {len(fields)} columns, {len(form.names)} were expected"
    return None


# ------------------------------------------------------------------ as another program wrote them


def _rewritten(path: Path, form: Form, layout: Layout, mended: Counter[tuple[str, str]]) -> Iterator[Piece | Bad]:
    """Rows of a file in a form that is not its source's: looked at as a whole, then read."""
    profile = form.profile(layout)
    for line in _lines(path):
        profile.decoder.look_at(line[1])
    for item in _records(path, form, layout, profile):
        if isinstance(item, Record) and item.fields is not None:
            profile.look_at(dict(zip(form.names, item.fields, strict=True)))
    profile.check(path.name)
    if profile.decoder.is_windows:
        mended["the file", "read as Windows-1252"] += profile.decoder.n_other
    mender = Mender(profile, mended)
    names = tuple(name for name in form.names if name)
    found = _records(path, form, layout, profile)
    outcomes = ((item.line, 1 if isinstance(item, Bad) else item.n_lines, _row(item, form, mender)) for item in found)
    yield from _runs(outcomes, names, profile.zeros if layout.code else "")


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    number = 0
    for content in _whole_lines(path):
        for line in content.split(b"\n")[:-1]:
            number += 1
            yield number, line


def _records(path: Path, form: Form, layout: Layout, profile: Profile) -> Iterator[Record | Bad]:
    """Records of the right width, and bad lines, in their order."""
    bad: list[Bad] = []

    def texts() -> Iterator[tuple[int, str]]:
        for number, line in _lines(path):
            if number <= form.header_line:
                continue
            raw, is_text = profile.decoder.text(line.rstrip(b"\r"), layout.is_latin)
            if found := _unreadable(line, raw, is_text, number):
                bad.append(found)
            else:
                yield number, raw

    for record in form.splitter().records(texts()):
        while bad and bad[0].line < record.line:
            yield bad.pop(0)
        if record.fields is None:
            yield Bad(record.line, record.raw, record.reason)
        elif (said := _width_is_wrong(record.fields, form)) is not None:
            yield Bad(record.line, record.raw, said)
        else:
            yield record
    yield from bad


def _row(record: Record | Bad, form: Form, mender: Mender) -> str | Bad:
    if isinstance(record, Bad):
        return record
    cells = (mender.value(name, text) for name, text in zip(form.names, record.fields or (), strict=True) if name)
    return "\t".join(cell.replace("\t", " ").replace("\r", " ").replace("\n", " ") for cell in cells)
