"""Unpacks event files into batches: clean lines with equal columns in a separate file, which DuckDB reads in bulk.

What is wrong with a file or a line is noted in its `FileLoad`; nothing is dropped.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeVar

from bilateral.sources import damage
from bilateral.sources.gdelt_sieve import Count, Sieve, Sifted
from bilateral.sources.layouts import Layout
from bilateral.sources.tables import Bad, Piece, is_regular, line_by_line, pieces
from bilateral.sources.unpacking import FileRefused
from bilateral.sources.values import noted

T = TypeVar("T")
BATCH = 32 << 20
"""Bytes of clean text that go through the database at once; one takes as long to plan as 15,000 rows to judge."""
MOST_BAD = 10_000
"""Refused rows of a file, above: one that has more of them than good ones is refused whole."""


@dataclass
class FileLoad:
    """One file while it is read, and then what became of it."""

    path: Path
    md5: str
    name: str = ""
    """The end of its path, as long as it must be to tell it from every other file of the dataset."""
    place: str = field(init=False)
    """Checksum of the path: a file that is mended where it lies takes its own place and never that of another of its name."""
    kept_as: str = ""
    """Its name in the tables: that of an equal file which comes first in the alphabet."""
    n_lines: int = 0
    """Lines unpacked so far, and how many of them are broken; counted ahead of the judged ones."""
    n_broken: int = 0
    n_judged: int = 0
    """Rows judged so far, and how many of them were refused."""
    n_refused: int = 0
    rows_read: int = 0
    rows_accepted: int = 0
    rows_known: int = 0
    rows_rejected: int = 0
    refusal: str | None = None
    is_known: bool = False
    bad: list[Bad] = field(default_factory=list)
    mended: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Values that were read otherwise than they are written, by column and deed."""
    damaged: Counter[str] = field(default_factory=Counter)
    """Refused rows that show a loss of information, by its kind."""

    def __post_init__(self) -> None:
        self.place = hashlib.md5(str(self.path.resolve()).encode(), usedforsecurity=False).hexdigest()

    def doubt(self, n_bad: int, n_rows: int, dataset: str) -> None:
        """Refuse the file whole where most of its rows so far are none."""
        if self.refusal is None and n_bad > MOST_BAD and 2 * n_bad > n_rows:
            first = min(self.bad, key=lambda bad: bad.line)
            said = f"{n_bad:,} of the first {n_rows:,} rows of {self.name} are not {dataset} rows"
            self.refusal = f"{said}; in line {first.line} {first.reason}"

    def settle(self, column: str) -> None:
        """Refuse the file whole where a column of it has lost information; all of its rows were judged. `column` is that of codes."""
        self.refusal = self.refusal or damage.verdict(self.damaged, self.n_judged + self.n_broken, column)

    @property
    def size(self) -> int:
        """Bytes as it lies there; 0 for one that went."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    @property
    def note(self) -> str | None:
        """What was mended in it, as a sentence."""
        return None if self.refusal else noted(self.mended)


@dataclass(frozen=True)
class Segment:
    """A run of a file's lines: the first of them there and in the batch, how many they are, and their bytes."""

    file: FileLoad
    first_line: int
    batch_line: int
    n_lines: int
    size: int


@dataclass
class Batch:
    """Lines with the fields of `names`, in a file: all of them, or those that a sieve left, each after its `line` in the batch and a tab."""

    names: tuple[str, ...]
    path: Path
    segments: list[Segment] = field(default_factory=list)
    passed: list[tuple[FileLoad, Count]] = field(default_factory=list)
    """What the sieve counted and took out."""
    zeros: str = ""
    """Whether the codes of its files have their leading zeros: kept, lost, or '' where each row tells."""
    n_lines: int = 0
    size: int = 0

    @property
    def is_sifted(self) -> bool:
        return self.names[0] == "line"

    @property
    def chosen(self) -> Path:
        """The file of the lines to keep or to refuse, each after its number; a sieve leaves few others."""
        return self.path if self.is_sifted else self.path.with_suffix(".chosen.tsv")

    def add(self, file: FileLoad, piece: Piece | Sifted) -> None:
        if isinstance(piece, Sifted):
            content = b"".join(b"%d\t%s" % (self.n_lines + place, line) for place, line in piece.lines)
            self.passed += [(file, count) for count in piece.passed]
        else:
            content = piece.content
        with self.path.open("ab") as sink:
            sink.write(content)
        self.segments.append(Segment(file, piece.first_line, self.n_lines + 1, piece.n_lines, len(content)))
        self.n_lines += piece.n_lines
        self.size += len(content)

    def remove(self) -> None:
        """Its files."""
        self.path.unlink(missing_ok=True)
        self.chosen.unlink(missing_ok=True)


def batches(files: list[FileLoad], layout: Layout, folder: Path, sieve: Sieve | None = None) -> Iterator[Batch]:
    """All that can be read of the files; batches of other columns fill side by side."""
    number = count()
    waiting: dict[tuple[str, ...], Batch] = {}
    found = ((file, left) for file, piece in ahead(clean_pieces(files, layout)) for left in sifted(file, piece, layout, sieve))
    for file, left in found:
        names = ("line", *left.names) if isinstance(left, Sifted) else left.names
        zeros = "" if isinstance(left, Sifted) else left.zeros
        kind = (*names, zeros)
        if kind not in waiting:
            waiting[kind] = Batch(names, folder / f"{next(number)}.tsv", zeros=zeros)
        waiting[kind].add(file, left)
        if waiting[kind].size >= BATCH:
            yield waiting.pop(kind)
    yield from waiting.values()


def clean_pieces(files: list[FileLoad], layout: Layout) -> Iterator[tuple[FileLoad, Piece]]:
    """What is clean in the files; what is not is noted in them. A file that cannot be read spoils no other."""
    for file in (file for file in files if file.refusal is None):
        try:
            for item in pieces(file.path, layout, file.mended):
                if isinstance(item, Piece):
                    file.n_lines += item.n_lines
                    yield file, item
                else:
                    file.n_lines += 1
                    file.n_broken += 1
                    file.bad.append(item)
                    file.doubt(file.n_broken, file.n_lines, layout.dataset)
                if file.refusal:
                    break
        except FileRefused as refusal:
            file.refusal = str(refusal)
        except Exception as fault:
            file.refusal = fault_of(fault)


def sifted(file: FileLoad, piece: Piece, layout: Layout, sieve: Sieve | None) -> Iterator[Piece | Sifted]:
    """The piece, or what a sieve leaves of it. Where counts over it were right by chance, its lines one by one; those that are no rows are noted."""
    left = sieve.sift(piece) if sieve else piece
    if isinstance(left, Sifted) or is_regular(left):
        yield left
        return
    for item in line_by_line(left, layout):
        if isinstance(item, Bad):
            file.n_broken += 1
            file.bad.append(item)
        else:
            yield item


def fault_of(fault: BaseException) -> str:
    """What is said of a file on which a reader failed in a way that nobody thought of."""
    first = str(fault).splitlines()[:1]
    return (
        f"reading it failed with {type(fault).__name__}{': ' if first else ''}{''.join(first)[:300]}; "
        "that is a fault of bilateral and not of yours: please report it with the file"
    )


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, the next one being made in a thread while the caller works on this one: unpacking beside the database."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item
