"""Readers of what statistical offices publish, one module a source: pure functions from bytes to values.

A module has `fits(content, name)`, whether a file is of its form, and `read(content, name) -> Reading`, which raises FileRefused.
Keys of its values are those of `source_key` in seeds/outcome_series.csv.
"""

from collections.abc import Callable
from importlib import import_module

from bilateral.outcomes.readings import Reading, text_of
from bilateral.sources.unpacking import FileRefused

READERS = {
    "ft900": "table of US trade in goods by country, country.xlsx",
    "fredgraph": "fredgraph.csv of FRED",
}
"""Modules of this package, each with the files that it reads."""


def reader_of(content: bytes, name: str) -> str:
    """The reader whose form a file has. Raises FileRefused where none fits, with the forms that would."""
    for reader in READERS:
        if import_module(f"{__name__}.{reader}").fits(content, name):
            return reader
    if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        text_of(content)
    raise FileRefused(f"its form is not known; what can be read: {'; '.join(READERS.values())}")


def read(reader: str, content: bytes, name: str) -> Reading:
    """All values of a file. Raises FileRefused."""
    module: Callable[[bytes, str], Reading] = import_module(f"{__name__}.{reader}").read
    return module(content, name)
