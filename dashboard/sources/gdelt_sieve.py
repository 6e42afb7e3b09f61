"""Sifts lines of GDELT event files in bulk: plainly good rows of no configured pair are counted here, all others go on to the judge.

Nine of ten rows are such. What passes is narrower than what the judge, queries/sources/gdelt.sql, accepts: a field that is not in its usual
form, right or wrong, is for the judge, and it alone keeps a row or refuses one. tests/sources/test_gdelt_sieve.py holds one against the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bilateral.sources.tables import NEWLINE, TAB, Piece

FEW = 50
"""A piece with fewer lines is not worth the calls."""
NEEDED = (
    *("global_event_id", "sql_date", "actor1_country", "actor2_country", "event_code", "event_base_code", "event_root_code"),
    *("quad_class", "goldstein", "num_articles", "date_added"),
)
FIRST_OWN_DATE = 20130401
"""Rows that were added earlier carry one date of processing; their event day stands for it."""
FIRST_DAY = date(1900, 1, 1)
LATEST = timedelta(days=31)
"""How much later than it was added an event may be dated."""
MINUS = ord("-")
QUAD_CLASS = np.frombuffer(b"0" + b"1" * 5 + b"2" * 4 + b"3" * 5 + b"4" * 6, np.uint8)
"""By root: 01 to 05 words that cooperate, 06 to 09 deeds, 10 to 14 words of friction, 15 to 20 deeds."""


class Count(NamedTuple):
    """Rows of one event day and one day of adding, their articles (one at least for each row), and the span of their numbers."""

    day: date
    added_day: date
    n_rows: int
    n_articles: int
    first_id: int
    last_id: int


@dataclass(frozen=True)
class Sifted:
    """What is left of a piece: lines for the judge, each with its place in the piece, and the counts of those that passed."""

    names: tuple[str, ...]
    lines: tuple[tuple[int, bytes], ...]
    passed: tuple[Count, ...]
    first_line: int
    n_lines: int


class Numbers(NamedTuple):
    """Fields as numbers, a value a line; the lengths of the fields; and whether they are in their usual form."""

    values: np.ndarray
    length: np.ndarray
    is_usual: np.ndarray


class Sieve:
    """Knows the pairs of actor country codes whose rows are kept, and the day after which no row is."""

    def __init__(self, pairs: Iterable[tuple[str, str]], today: date):
        self.last_day = today + timedelta(days=1)
        self.pairs = np.array([_packed(f"{one}{other}") for one, other in pairs], np.int64)

    def sift(self, piece: Piece) -> Piece | Sifted:
        """The piece as it is where its lines are few, or not all of its width."""
        fields = Fields.of(piece) if piece.n_lines >= FEW and set(NEEDED) <= set(piece.names) else None
        if fields is None:
            return piece
        passed, left = self._passed(fields)
        return Sifted(piece.names, tuple(fields.lines(left)), passed, piece.first_line, piece.n_lines)

    def _passed(self, fields: "Fields") -> tuple[tuple[Count, ...], np.ndarray]:
        """Counts of the rows that pass, and the places of those that do not."""
        number, n_articles = fields.number("global_event_id", 15), fields.number("num_articles", 9)
        days, are_days = _days(fields, self.last_day)
        passes = number.is_usual & n_articles.is_usual & are_days & _has_code(fields) & self._is_of_no_pair(fields)
        rows = np.flatnonzero(passes)
        keys, group = np.unique(days[rows], return_inverse=True)
        amounts, first, last = np.zeros(len(keys), np.int64), np.full(len(keys), 10**15), np.zeros(len(keys), np.int64)
        np.add.at(amounts, group, np.maximum(n_articles.values[rows], 1))
        np.minimum.at(first, group, number.values[rows])
        np.maximum.at(last, group, number.values[rows])
        columns = (keys, np.bincount(group, minlength=len(keys)), amounts, first, last)
        counts = tuple(
            Count(date(*_parts(key // 10**8)), date(*_parts(key % 10**8)), *numbers)
            for key, *numbers in zip(*(column.tolist() for column in columns), strict=True)
        )
        return counts, np.flatnonzero(~passes)

    def _is_of_no_pair(self, fields: "Fields") -> np.ndarray:
        one, other = fields.country("actor1_country"), fields.country("actor2_country")
        return one.is_usual & other.is_usual & ~np.isin(one.values << 24 | other.values, self.pairs)


class Fields:
    """Fields of lines that all have the same number of them: `ends` has a row a line, with where each of its fields ends."""

    def __init__(self, piece: Piece, text: np.ndarray, ends: np.ndarray):
        self.content = piece.content
        self.place = {name: place for place, name in enumerate(piece.names)}
        self.text = text
        self.ends = ends
        self.line_starts = np.concatenate(([0], ends[:-1, -1] + 1))

    @classmethod
    def of(cls, piece: Piece) -> "Fields | None":
        text = np.frombuffer(piece.content, np.uint8)
        ends = np.flatnonzero((text == TAB) | (text == NEWLINE))
        if len(ends) != piece.n_lines * len(piece.names):
            return None
        table = ends.reshape(piece.n_lines, len(piece.names))
        return cls(piece, text, table) if (text[table[:, -1]] == NEWLINE).all() else None

    def span(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Where a field starts, and its length, for each line."""
        place = self.place[name]
        starts = self.ends[:, place - 1] + 1 if place else self.line_starts
        return starts, self.ends[:, place] - starts

    def number(self, name: str, widest: int) -> Numbers:
        """A field as a number of 1 to `widest` digits; 15 are exact."""
        starts, length = self.span(name)
        back = np.arange(min(widest, int(length.max())), 0, -1)[:, None]
        digits = self.text[starts + length - back] - np.uint8(ord("0"))
        digits[back > length] = 0
        values = 10.0 ** (back[:, 0] - 1) @ digits.astype(float)
        return Numbers(values.astype(np.int64), length, (length > 0) & (length <= widest) & (digits < 10).all(axis=0))

    def country(self, name: str) -> Numbers:
        """A code of three letters as one number, 0 where there is none."""
        starts, length = self.span(name)
        last = len(self.text) - 1
        first, second, third = (self.text[np.minimum(starts + place, last)].astype(np.int64) for place in range(3))
        return Numbers(np.where(length == 3, first << 16 | second << 8 | third, 0), length, (length == 3) | (length == 0))

    def begins_with(self, name: str, n: int, whole: str) -> np.ndarray:
        """Whether a field is the first `n` letters of another, or all of one that is shorter."""
        starts, length = self.span(name)
        other, whole_length = self.span(whole)
        found = length == np.minimum(whole_length, n)
        for place in range(n):
            found &= (self.text[starts + place] == self.text[other + place]) | (length <= place)
        return found

    def lines(self, places: np.ndarray) -> Iterable[tuple[int, bytes]]:
        """Lines with their numbers, from 1."""
        for place, start, end in zip(
            places.tolist(), self.line_starts[places].tolist(), self.ends[places, -1].tolist(), strict=True
        ):
            yield place + 1, self.content[start : end + 1]


def _days(fields: Fields, last_day: date) -> tuple[np.ndarray, np.ndarray]:
    """The event day and the day of adding as one number of 16 digits, and whether both are days that can be and the time of adding is one."""
    day, added = fields.number("sql_date", 8), fields.number("date_added", 14)
    has_time = added.length == 14
    added_day, clock = np.divmod(np.where(has_time, added.values, added.values * 10**6), 10**6)
    is_time = (clock < 24_00_00) & (clock % 10**4 < 60_00) & (clock % 100 < 60)
    is_usual = day.is_usual & added.is_usual & is_time & (day.length == 8) & (has_time | (added.length == 8))
    days = day.values * 10**8 + np.where(added_day < FIRST_OWN_DATE, day.values, added_day)
    keys, group = np.unique(days, return_inverse=True)
    are_days = np.array([_can_be(key // 10**8, key % 10**8, last_day) for key in keys.tolist()])
    return days, is_usual & are_days[group]


@lru_cache(maxsize=10_000)
def _can_be(day: int, added: int, last_day: date) -> bool:
    try:
        event_day, added_day = date(*_parts(day)), date(*_parts(added))
    except ValueError:
        return False
    return FIRST_DAY <= event_day <= last_day and added_day <= last_day and event_day <= added_day + LATEST


def _parts(number: int) -> tuple[int, int, int]:
    """20250328 as year, month and day."""
    return number // 10**4, number // 100 % 100, number % 100


def _has_code(fields: Fields) -> np.ndarray:
    """Whether the event's code is one of CAMEO in its form, two to four digits, the first two of them 01 to 20, and base, root, class and score agree."""
    code = fields.number("event_code", 4)
    its_root = code.values // 10 ** np.clip(code.length - 2, 0, 2)
    is_code = code.is_usual & (code.length >= 2) & (its_root >= 1) & (its_root <= 20)
    agrees = fields.begins_with("event_root_code", 2, "event_code") & fields.begins_with("event_base_code", 3, "event_code")
    (kind, kind_length), (score, _) = fields.span("quad_class"), fields.span("goldstein")
    agrees &= (kind_length == 1) & (fields.text[kind] == QUAD_CLASS[np.clip(its_root, 0, 20)])
    return is_code & agrees & ((its_root < 3) | ((fields.text[score] == MINUS) == (its_root >= 9)))


def _packed(code: str) -> int:
    return int.from_bytes(code.encode(), "big")
