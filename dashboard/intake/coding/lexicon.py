"""The lexicon of phrases: `seeds/lexicon.csv`, and the codes that phrases make together: `seeds/frame_codes.csv`."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from bilateral.intake.coding.patterns import Hit, Phrase, found_at, steps
from bilateral.intake.coding.words import Word
from bilateral.package_data import folder

FRAMES = ("ask", "promise", "demand", "refuse", "threaten", "stop")
KINDS = ("act", "object", "frame", "trap", "topic")
DIRECTIONS = ("", "reverse", "mutual", "alone", "speaker", "subject", "after")


class Lexicon:
    """Phrases of one language, and how frames change the code of an act."""

    def __init__(self, phrases: Sequence[Phrase], combined: dict[str, dict[str, str]]) -> None:
        self.phrases, self.combined = phrases, combined
        self.starting = lru_cache(maxsize=100_000)(self._starting)

    def _starting(self, word: str) -> tuple[Phrase, ...]:
        return tuple(phrase for phrase in self.phrases if phrase.steps[0].begins(word))

    def hits(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Every phrase found, by place of its first word and row of the lexicon."""
        for place, word in enumerate(words):
            for phrase in self.starting(word.folded):
                if hit := found_at(phrase, words, place):
                    yield hit

    def in_frame(self, frame: str, code: str) -> str:
        """The code that a frame makes of an act's code, by its longest known beginning; empty where it makes none."""
        for length in range(len(code), 1, -1):
            if code[:length] in self.combined:
                return self.combined[code[:length]].get(frame, "")
        return ""


def read(path: Path, language: str) -> Iterator[Phrase]:
    """Phrases of a language. Raises ValueError with file and line of a row that cannot be used."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    classes = {row["code"]: row["pattern"] for row in rows if row["kind"] == "class" and row["language"] == language}
    for line, row in enumerate(rows, start=2):
        if row["language"] != language or row["kind"] == "class":
            continue
        try:
            yield _phrase(row, line, classes)
        except ValueError as reason:
            raise ValueError(f"{path.name}, line {line}: {reason}") from reason


def _phrase(row: dict[str, str], line: int, classes: dict[str, str]) -> Phrase:
    if row["kind"] not in KINDS:
        raise ValueError(f"kind is {row['kind']!r}, expected one of {', '.join(KINDS)} or class")
    if row["direction"] not in DIRECTIONS:
        raise ValueError(f"direction is {row['direction']!r}, expected one of {', '.join(d or 'empty' for d in DIRECTIONS)}")
    return Phrase(row["kind"], row["code"], row["direction"], steps(row["pattern"], classes), line)


@lru_cache(maxsize=4)
def lexicon(language: str) -> Lexicon:
    """The shipped lexicon of `en` or `es`."""
    with (folder("seeds") / "frame_codes.csv").open(encoding="utf-8", newline="") as file:
        combined = {row["act"]: {frame: row[frame] for frame in FRAMES} for row in csv.DictReader(file)}
    return Lexicon(tuple(read(folder("seeds") / "lexicon.csv", language)), combined)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """First characters of the SHA-256 of the tables that the rules read: the same fingerprint, the same proposals."""
    names = (
        "lexicon.csv",
        "frame_codes.csv",
        "intake_actors.csv",
        "coder_words.csv",
        "measure_words.csv",
        "countries.csv",
        "event_codes.csv",
        "domain_rules.csv",
    )
    return hashlib.sha256(b"".join((folder("seeds") / name).read_bytes() for name in names)).hexdigest()[:12]
