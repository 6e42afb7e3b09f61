"""Detects the format of a file from its first lines. Raises FileRefused, with what was found, if it does not belong to the dataset."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bilateral.sources import records
from bilateral.sources.layouts import Layout
from bilateral.sources.profiles import Mender, Profile
from bilateral.sources.records import DELIMITERS, Splitter
from bilateral.sources.unpacking import FileRefused

SAMPLE = 50
"""Rows that are looked at before the form of a file is decided."""
LOOKED_AT = 3
"""Rows of a file without a header that show whether another program rewrote it."""
SHOWN = 120
"""Characters of a first line that a message repeats."""


@dataclass(frozen=True)
class Form:
    """How one file is written: its columns in order ('' for one that is not used), delimiter, and the line of its header, 0 for none."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    delimiter: str
    header_line: int
    is_quoted: bool
    is_plain: bool
    """Tabs, no header, values as the source writes them: lines pass as they stand."""

    def splitter(self) -> Splitter:
        return Splitter(self.delimiter, len(self.names), self.is_quoted)

    def profile(self, layout: Layout) -> Profile:
        return Profile(layout, {name: label for name, label in zip(self.names, self.labels, strict=True) if name})


def form_of(content: bytes, path: Path, layout: Layout) -> Form:
    """The form of a file that begins so."""
    lines = list(_first_lines(content))
    line, first = next(((number, text) for number, text in lines if text.strip()), (1, ""))
    records.refuse_wide(max(map(first.count, DELIMITERS)) + 1, path.name)
    said = re.fullmatch(r"sep=(.)", first.strip(), re.IGNORECASE)
    if said:  # Excel's own line before the header
        line, first = next(((number, text) for number, text in lines if number > line and text.strip()), (line + 1, ""))
    rest = [text for number, text in lines if number > line]
    for delimiter in dict.fromkeys([*(said.groups() if said else ()), *DELIMITERS]):
        header = records.header_of(first, delimiter)
        names = records.canonical(header, layout.by_key, path.name) if len(header) > 1 else ()
        if layout.required and set(layout.required) <= set(names):
            if delimiter == "\t" and '"' not in first and names == layout.widths.get(len(names)):
                return Form(names, names, "\t", 0, is_quoted=False, is_plain=True)  # that line is refused alone
            return _with_header(names, header, delimiter, line, '"' in first, rest, layout)
    for delimiter in DELIMITERS:
        if columns := layout.widths.get(len(records.header_of(first, delimiter))):
            return _without_header(columns, delimiter, content, lines, layout)
    raise FileRefused(_refusal(first, path, layout))


def _first_lines(content: bytes) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(content.split(b"\n", SAMPLE + 5)[: SAMPLE + 5], start=1):
        yield number, line.rstrip(b"\r").decode("utf-8", "replace")


def _with_header(
    names: tuple[str, ...], header: list[str], delimiter: str, line: int, is_quoted: bool, rest: list[str], layout: Layout
) -> Form:
    """A header may name a column that the rows lack, lack the row names that R wrote first, or end in delimiters."""
    while len(names) > 1 and not header[-1].strip() and not names[-1]:
        names, header = names[:-1], header[:-1]
    labels = tuple(name.strip() for name in header)
    certain = [place for place, name in enumerate(names) if name not in layout.optional_names]
    by_line = [records.header_of(text, delimiter) for text in rest if text.strip()][:SAMPLE]
    if by_line and len(certain) < len(names) and all(len(_trimmed(row)) <= len(certain) for row in by_line):
        names, labels = tuple(names[place] for place in certain), tuple(labels[place] for place in certain)
    may_end_empty = is_quoted or delimiter != "\t"
    if any(_have_names(rows, len(names), may_end_empty) for rows in (by_line, records.joined(rest, delimiter))):
        names, labels = ("", *names), ("", *labels)
    return Form(names, labels, delimiter, line, is_quoted, is_plain=False)


def _have_names(rows: list[list[str]], width: int, may_end_empty: bool) -> bool:
    """Whether most rows have one field more than the header: R wrote their names first. In a tab file an empty one at the end is none."""
    wider = [row for row in rows if len(row) == width + 1]
    return 2 * len(wider) > len(rows) and (may_end_empty or any(row[-1].strip() for row in wider))


def _trimmed(row: list[str]) -> list[str]:
    return "\t".join(row).rstrip("\t").split("\t")


def _without_header(names: tuple[str, ...], delimiter: str, content: bytes, lines: list[tuple[int, str]], layout: Layout) -> Form:
    wider = layout.widths.get(len(names) + 1, ())
    if delimiter == "\t" and wider[:-1] == names and any(line.count(b"\t") == len(names) for line in content.split(b"\n")):
        names = wider
    form = Form(names, names, delimiter, 0, is_quoted=False, is_plain=delimiter == "\t")
    return form if form.is_plain and _is_usual(form, lines, layout) else Form(names, names, delimiter, 0, False, False)


def _is_usual(form: Form, lines: list[tuple[int, str]], layout: Layout) -> bool:
    """Whether the first rows are in the form of the source; those rewritten by a program are not."""
    mender = Mender(form.profile(layout), Counter())
    rows = [row for row in (text.split("\t") for _, text in lines[:LOOKED_AT]) if len(row) == len(form.names)]
    coded = [(place, name) for place, name in enumerate(form.names) if name in mender.forms]
    odd = [row for row in rows if not all(mender.is_usual(name, row[place]) for place, name in coded)]
    return 2 * len(odd) <= len(rows)


def _refusal(first: str, path: Path, layout: Layout) -> str:
    if not first.strip():
        return f"{path.name} is empty; a header and a row a line were expected"
    delimiter = records.guess(first, layout.by_key)
    found = records.header_of(first, delimiter)
    names = records.canonical(found, layout.by_key, path.name)
    lacking = ", ".join(name for name in layout.required if name not in names)
    shown = repr(first[:SHOWN] + ("…" if len(first) > SHOWN else ""))
    seen = f"{len(found)} columns between {DELIMITERS[delimiter]}" if len(found) > 1 else "no tab, comma, semicolon or bar"
    if any(names) or (not layout.widths and len(found) > 1 and not layout.hint):
        return f"{path.name} has no column {lacking}; its first line has {seen} and begins {shown}, so it is not a {layout.dataset} file"
    wanted = " or ".join(str(width) for width in layout.widths)
    expected = f"{wanted} tab-separated columns without a header, or " if wanted else ""
    return (
        f"{path.name} is not a {layout.dataset} file: its first line has {seen} and begins {shown}; "
        f"expected {expected}a header that names {', '.join(layout.required)}{_hint(first, layout)}"
    )


def _hint(first: str, layout: Layout) -> str:
    if re.match(r"^\d+ [0-9a-f]{32} \S+$", first):
        return "; it is a list of files (size, md5, address); download the files that it lists"
    if first.lstrip().startswith(("{", "[")):
        return "; it is JSON: curated datasets take JSON Lines under the name .jsonl, one object a line"
    return f"; {layout.hint}" if layout.hint else ""
