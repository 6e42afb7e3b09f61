"""Readers of what statistical offices publish, one module a source: pure functions from bytes to values.

A module has `fits(content, name)`, whether a file is of its form, and `read(content, name) -> Reading`, which raises FileRefused.
Keys of its values are those of `source_key` in seeds/outcome_series.csv.
"""

from collections.abc import Callable
from importlib import import_module

from bilateral.outcomes.readings import Reading, refuse_page
from bilateral.sources.unpacking import FileRefused

READERS = {
    "ft900": "table of US trade in goods by country (FT-900), country.xlsx",
    "fredgraph": "fredgraph.csv of FRED",
    "sie": "JSON of series of Banco de México (SIE)",
    "bts": "border crossings of the Bureau of Transportation Statistics, JSON or CSV",
    "cbp": "encounters of US Customs and Border Protection, CSV",
    "mts": "JSON of table 4 of the Monthly Treasury Statement",
    "census": "JSON of the Census Bureau's API of international trade",
    "yale": "daily rates of The Budget Lab at Yale, CSV",
    "ai_gpr": "bilateral AI-GPR by month, CSV",
    "gpr": "geopolitical risk by country, data_gpr_export.xls",
    "tpu": "trade policy uncertainty, tpu_web_latest.xlsx",
    "epu": "economic policy uncertainty by country, XLSX or CSV",
}
"""Modules of this package, each with the files that it reads."""


def reader_of(content: bytes, name: str) -> str:
    """The reader whose form a file has. Raises FileRefused where none fits, with the forms that would."""
    refuse_page(content)
    for reader in READERS:
        if import_module(f"{__name__}.{reader}").fits(content, name):
            return reader
    raise FileRefused(f"its form is not known; what can be read: {'; '.join(READERS.values())}")


def read(reader: str, content: bytes, name: str) -> Reading:
    """All values of a file. Raises FileRefused."""
    refuse_page(content)
    module: Callable[[bytes, str], Reading] = import_module(f"{__name__}.{reader}").read
    return module(content, name)
