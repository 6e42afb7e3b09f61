"""Lists of common words that the rules of grammar need: `seeds/coder_words.csv`."""

import csv
from functools import lru_cache

from bilateral.package_data import folder


def word_list(name: str) -> frozenset[str]:
    """Words of a list, in lower case without accents. Raises KeyError for a list that the table does not have."""
    return _lists()[name]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    with (folder("seeds") / "coder_words.csv").open(encoding="utf-8", newline="") as file:
        return {row["list"]: frozenset(row["words"].split()) for row in csv.DictReader(file)}
