"""Detects what the bytes of a file are: a text table and its encoding, or something else, which is named."""

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bilateral.sources.unpacking import FileRefused, unpacked

WESTERN = re.compile(
    "[\x00-\x7f\u00a0\u00a1\u00aa\u00ab\u00b0\u00b4\u00b7\u00ba\u00bb\u00bf\u00c0-\u00c5\u00c7-\u00cf\u00d1-\u00d6\u00d9-\u00dc"
    "\u00df-\u00e5\u00e7-\u00ef\u00f1-\u00f6\u00f9-\u00fc\u0152\u0153\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac]*"
)
"""What English, French, German, Portuguese and Spanish are written with in Windows-1252."""
THREE_LETTERS = re.compile("[\u00c0-\u00ff]{3}")
"""Of those languages none has three such letters in a row; a text in another alphabet that is read as Western has little else."""


PACKED = (".zip", ".gz")
CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")


def looks_like(start: bytes) -> str | None:
    """What a file is that is no table, by its first bytes, with what to do; None for what may be one."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000].lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<script")):
        return "is a web page, not a table: save the data itself, not the page that shows them"
    if text.startswith(b"<"):
        return "is XML or a web page, not a table: save the data itself"
    if start.startswith(b"PK\x03\x04") and (b"xl/" in start or b"[Content_Types].xml" in start):
        return "is an Excel workbook: save the sheet as CSV UTF-8"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "is an Excel workbook of the old form: save the sheet as CSV UTF-8"
    if start.startswith(b"PK\x03\x04"):
        return "is a zip under the name of another file; name it .zip"
    if start.startswith(b"\x1f\x8b"):
        return "is a gzip file under the name of another file; name it .gz"
    if start.startswith(b"PAR1"):
        return "is a Parquet file; name it .parquet"
    if start.startswith(b"%PDF"):
        return "is a PDF, not a table: save the data as CSV"
    return None


def opened(path: Path) -> bytes:
    """The first bytes of a file as it lies there. Raises FileRefused where it cannot be read or is none."""
    if path.is_dir():
        raise FileRefused(f"{path.name} is a folder; a file was expected")
    if not path.exists():
        raise FileRefused(f"{path.name} is a link to a file that is not there; put the file itself in its place")
    if not path.is_file():
        raise FileRefused(f"{path.name} is a pipe or a device; a file was expected")
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be read: {error.strerror}; look at its permissions") from None


def pieces_of_text(path: Path) -> Iterator[bytes]:
    """The text of a plain or packed file in pieces, without a byte order mark; UTF-16 with its mark becomes UTF-8. Raises FileRefused."""
    start, is_packed = opened(path), path.suffix.lower() in PACKED
    if not is_packed and (said := looks_like(start)):
        raise FileRefused(f"{path.name} {said}")
    pieces = unpacked(path)
    first = next(pieces, b"")
    if said := looks_like(first[:4096]):
        what, renamed, _ = said.partition("; name it")
        raise FileRefused(
            f"{path.name} holds a file that {what}; unpack it and load that file"
            if renamed
            else f"{path.name} holds a file that {said}"
        )
    encoding = _marked(first)
    if encoding is None:
        _refuse_binary(first, path)
        yield from _with_newlines(first.removeprefix(codecs.BOM_UTF8), pieces)
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        yield from _with_newlines(decoder.decode(first).encode(), (decoder.decode(piece).encode() for piece in pieces))
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise FileRefused(f"{path.name} begins as UTF-16 and is none to its end; save it as UTF-8") from None


def _marked(first: bytes) -> str | None:
    return "utf-16" if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _refuse_binary(first: bytes, path: Path) -> None:
    start = first[:4096]
    n_nul = start.count(0)
    if n_nul == len(start):
        raise FileRefused(
            f"{path.name} holds nothing but NUL bytes, as a file that was not written to its end; download or save it again"
        )
    if n_nul > len(start) // 3:
        raise FileRefused(f"{path.name} looks like UTF-16 without its mark; save it as UTF-8")
    odd = len(start) - len(start.translate(None, CONTROL))
    if odd > max(3, len(start) // 20):
        raise FileRefused(f"{path.name} is not text: it begins {start[:20]!r}; a table with a delimiter was expected")


def _with_newlines(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Lines that end as on an old Mac end as everywhere."""
    is_mac = b"\n" not in first and b"\r" in first
    for piece in chain([first], rest):
        if piece:
            yield piece.replace(b"\r", b"\n") if is_mac else piece


class Decoder:
    """Lines as text: UTF-8, or Windows-1252 where all of the file can be nothing else."""

    def __init__(self) -> None:
        self.n_utf8 = 0
        self.n_other = 0
        self.is_western = True

    def look_at(self, line: bytes) -> None:
        """Take a line of the file into account before any is decoded."""
        if line.isascii():
            return
        try:
            line.decode("utf-8")
            self.n_utf8 += 1
        except UnicodeDecodeError:
            self.n_other += 1
            text = line.decode("cp1252", "replace")
            self.is_western &= bool(WESTERN.fullmatch(text)) and not THREE_LETTERS.search(text)

    @property
    def is_windows(self) -> bool:
        return self.n_other > 0 and self.n_utf8 == 0 and self.is_western

    def text(self, line: bytes, is_latin: bool = False) -> tuple[str, bool]:
        """The line, and whether it could be decoded; if not, as Latin-1 shows it."""
        try:
            return line.decode("utf-8"), True
        except UnicodeDecodeError:
            if self.is_windows:
                return line.decode("cp1252"), True
            return line.decode("latin-1"), is_latin
