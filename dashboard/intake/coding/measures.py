"""The trade-measure layer: which measure an act changes, to which state, at which rate. Words as in `seeds/measures.csv`."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bilateral.intake.coding.days import effective_day
from bilateral.intake.coding.words import folded
from bilateral.package_data import folder

RATE = re.compile(r"\b(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|per ?cent|percent|por ?ciento)")
DOCUMENT = re.compile(
    r"\b(Executive Order \d{5}|E\.?O\.? \d{5}|Proclamation \d{4,5}|Proclama \d{4,5}|Orden Ejecutiva \d{5}|20\d\d-\d{5}|\d{2,3} FR \d{3,6}|[AC]-\d{3}-\d{3})\b"
)


@lru_cache(maxsize=1)
def _named() -> dict[str, tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]]:
    """For `instrument` and `state`: the values in order, with the codes and words that make each."""
    with (folder("seeds") / "measure_words.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (row["field"], (row["value"], tuple(row["codes"].split()), frozenset(row["words"].split())))
            for row in csv.DictReader(file)
        ]
    return {field: tuple(value for named, value in rows if named == field) for field in ("instrument", "state")}


def _first(field: str, code: str, said: frozenset[str]) -> str:
    fitting = (
        name for name, codes, words in _named()[field] if code.startswith(codes) and (not words or not words.isdisjoint(said))
    )
    return next(fitting, "")


@dataclass(frozen=True)
class Measure:
    """What a sentence says of a measure; empty strings where it says nothing."""

    instrument: str = ""
    state: str = ""
    rate: str = ""
    effective_on: date | None = None
    document_number: str = ""


def measure(code: str, said: frozenset[str], evidence: str, published: date | None) -> Measure:
    """The measure that an act with this code changes, or an empty one."""
    instrument = _first("instrument", code, said)
    if not instrument:
        return Measure()
    state = _first("state", code, said)
    rate = RATE.search(folded(evidence))
    document = DOCUMENT.search(evidence)
    return Measure(
        instrument,
        state,
        rate[1].replace(",", ".") if rate else "",
        effective_day(evidence, published),
        document[1] if document else "",
    )
