"""Layout of a dataset's files: names and meanings of columns, and the order of columns in files without a header."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bilateral.sources.records import key


@dataclass(frozen=True)
class Layout:
    """The columns of a dataset, by width where files have no header, by name where they have one."""

    dataset: str
    columns: tuple[str, ...]
    widths: dict[int, tuple[str, ...]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    """Words for a missing value besides those that every dataset has."""
    is_latin: bool = False
    """Bytes that are not UTF-8 are Latin-1 here; elsewhere such a line is refused, unless the whole file is Windows-1252."""
    hint: str = ""
    optional_names: frozenset[str] = frozenset()
    """Names that some headers have although their rows lack the field."""
    has_many_parties: bool = False
    """A row may name several countries on a side and then tells several acts."""
    code: str = ""
    """The column of the CAMEO code, which loses its leading zeros where a program takes it for a number."""
    code_name: str = ""
    """Its name in the files of the source."""
    codes: tuple[str, ...] = ()
    """Other columns of codes."""
    whole: tuple[str, ...] = ()
    """Numbers of events and counts."""
    numbers: tuple[str, ...] = ()
    """Scores, tones, degrees."""
    days: tuple[str, ...] = ()
    is_day_compact: bool = False
    """Days are YYYYMMDD here; else YYYY-MM-DD."""
    times: tuple[str, ...] = ()
    month: str = ""
    """The column that ends in the month of a row's day."""
    is_month_first: bool = False
    """The source itself writes 07/30/2015."""
    countries: tuple[str, ...] = ()
    """Columns in which NA is a country."""
    long: tuple[str, ...] = ()
    """Columns of addresses and texts, which programs cut off."""
    cuts: Mapping[int, int] = field(default_factory=lambda: {32_767: 1})
    """Characters at which they do, and how many cells of just that length and none longer make it certain. GDELT itself cuts addresses at 255."""

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Columns by what their names come down to without case, blanks and signs."""
        own = {key(column): column for column in self.columns}
        return own | {key(name): column for name, column in self.aliases.items()}
