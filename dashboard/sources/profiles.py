"""Profile of the columns of a whole file, and how their values are read; made once before any row is read.

A value alone may have two readings (20 or 020, 6 October or 10 June); the file as a whole often has one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from bilateral.sources import values
from bilateral.sources.contents import Decoder
from bilateral.sources.layouts import Layout
from bilateral.sources.unpacking import FileRefused

FEW = 0.05
"""Share of a file's rows, below: what cannot be read in them is refused row by row."""
Reader = Callable[[str, str, values.Note], str]
"""Reads a value of a column; notes what it did beyond the form."""
MENDED_TEXT = "text decoded once more, as it had been written in UTF-8 and read as Windows-1252"


@dataclass
class Profile:
    """Facts about the columns of one file. `labels` are their names as the file has them."""

    layout: Layout
    labels: dict[str, str] = field(default_factory=dict)
    decoder: Decoder = field(default_factory=Decoder)
    n_rows: int = 0
    n_zeros: int = 0
    day_first: Counter[bool] = field(default_factory=Counter)
    n_unclear_days: int = 0
    unclear_day: str = ""
    n_serial_days: Counter[str] = field(default_factory=Counter)
    serial_day: str = ""
    n_of_length: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def look_at(self, row: dict[str, str]) -> None:
        """Take a row into account."""
        self.n_rows += 1
        self.n_zeros += values.code(row.get(self.layout.code, "").strip(), "", _nothing).startswith("0")
        for column in self.layout.days:
            self._look_at_day(row.get(column, "").strip(), row.get(self.layout.month, ""))
            if values.serial_day(row.get(column, "").strip()):
                self.n_serial_days[column] += 1
                self.serial_day = self.serial_day or row[column].strip()
        for column in self.layout.long:
            if (length := len(row.get(column, ""))) >= min(self.layout.cuts):
                self.n_of_length[column][length] += 1

    def _look_at_day(self, value: str, month: str) -> None:
        found = values.SLASHED.fullmatch(value)
        if not found:
            return
        one, other = int(found[1]), int(found[2])
        if one == other:
            return
        if one > 12 or other > 12:
            self.day_first[one > 12] += 1
        elif month[-2:].strip("0").isdigit() and int(month[-2:]) in (one, other):
            self.day_first[int(month[-2:]) == other] += 1
        else:
            self.n_unclear_days += 1
            self.unclear_day = value

    @property
    def zeros(self) -> str:
        """Whether codes of the file have their leading zeros."""
        return "kept" if self.n_zeros else "lost"

    @property
    def day_order(self) -> str:
        """Whether the day or the month comes first in 06/10/2025."""
        if self.layout.is_month_first and not self.day_first:
            return "month first"
        return {frozenset({True}): "day first", frozenset({False}): "month first"}.get(frozenset(self.day_first), "")

    def check(self, file: str) -> None:
        """Raises FileRefused where a column has lost what no row can give back."""
        self._check_days(file)
        for column, lengths in self.n_of_length.items():
            longest = max(lengths)
            if lengths[longest] >= self.layout.cuts.get(longest, 1 << 60):
                raise FileRefused(
                    f"{file}: the column {self._label(column)} is cut off at {longest:,} characters in {lengths[longest]:,} rows, "
                    "as spreadsheets and databases do; write the file again from its source"
                )

    def _check_days(self, file: str) -> None:
        """Days that cannot be read are refused row by row where they are few."""
        for column, n_serial in self.n_serial_days.items():
            if n_serial > max(1, FEW * self.n_rows):
                raise FileRefused(
                    f"{file}: the column {self._label(column)} has days such as {self.serial_day!r}, {values.SAVE_AS_DAYS}"
                )
        n_unread = self.n_unclear_days + self.day_first.total()
        if self.day_order or n_unread < 2 or n_unread <= FEW * self.n_rows:
            return
        if self.day_first:
            raise FileRefused(
                f"{file}: in some days the month comes first and in others the day, as where a spreadsheet turned round those that it "
                "could read; write the file again from its source with days as YYYY-MM-DD"
            )
        raise FileRefused(
            f"{file}: {self.unclear_day!r} may be a day and a month or a month and a day, and no row of the file tells which; "
            "write days as YYYY-MM-DD"
        )

    def _label(self, column: str) -> str:
        return self.labels.get(column) or column


class Mender:
    """Values of one file as its dataset has them; what was changed for more than its form is counted in `mended` by column and deed."""

    def __init__(self, profile: Profile, mended: Counter[tuple[str, str]]):
        layout = profile.layout
        self.profile = profile
        self.mended = mended
        self.missing = values.MISSING | layout.missing
        self.countries = frozenset(layout.countries)
        self.forms: dict[str, Reader] = dict.fromkeys(layout.whole, values.whole_number)
        self.forms |= dict.fromkeys(layout.numbers, values.number)
        self.forms |= dict.fromkeys((*layout.codes, layout.code), values.code)
        self.forms |= dict.fromkeys(layout.days, self._day)
        self.forms |= dict.fromkeys(layout.times, self._time)
        self.is_coded = frozenset(self.forms) | self.countries

    def value(self, column: str, text: str) -> str:
        """A cell as it is to be judged; '' for a missing value."""
        if column in self.is_coded:
            text = text.strip()
        if text in self.missing and not (text == "NA" and column in self.countries):
            return ""
        if form := self.forms.get(column):
            return form(text, column, self._note)
        if not text.isascii() and values.is_decoded_twice(text) and (once := values.decoded_once(text)) is not None:
            self._note(column, MENDED_TEXT)
            return once
        return text

    def is_usual(self, column: str, text: str) -> bool:
        """Whether a value of a coded column is in the form that its dataset has."""
        return self.forms[column](text, column, _nothing) == text if column in self.forms else True

    def _note(self, column: str, what: str) -> None:
        self.mended[self.profile.labels.get(column) or column, what] += 1

    def _day(self, text: str, column: str, note: values.Note) -> str:
        text = values.without_fraction(text)
        if day := values.slashed_day(text, self.profile.day_order):
            if not self.profile.layout.is_month_first:
                note(column, f"days read with the {self.profile.day_order.replace(' first', '')} first")
        else:
            day = values.iso_day(text) or values.compact_day(text)
        if day is None:
            return f"{text} ({values.SAVE_AS_DAYS})" if values.serial_day(text) else text
        return f"{day:%Y%m%d}" if self.profile.layout.is_day_compact else day.isoformat()

    def _time(self, text: str, column: str, note: values.Note) -> str:
        return values.time(text)


def _nothing(column: str, what: str) -> None:
    """For values that are only looked at."""
