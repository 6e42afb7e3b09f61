"""Codes and their classes: `seeds/event_codes.csv`; subjects by code and word: `seeds/domain_rules.csv`."""

import csv
from collections.abc import Iterable
from functools import lru_cache

from bilateral.package_data import folder

OTHER = "other"


@lru_cache(maxsize=1)
def codes() -> dict[str, dict[str, str]]:
    """Rows of the codebook by CAMEO code."""
    with (folder("seeds") / "event_codes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes that the project knows."""
    with (folder("seeds") / "countries.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["iso3"] for row in csv.DictReader(file))


def plover_type(code: str) -> str:
    """PLOVER's type of a code, empty where it has none, as for root 01."""
    return codes()[code]["plover_type"]


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, frozenset[str], tuple[str, ...], frozenset[str]], ...]:
    with (folder("seeds") / "domain_rules.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        (row["domain"], frozenset(row["words"].split()), tuple(row["codes"].split()), frozenset(row["roles"].split()))
        for row in rows
        if row["words"] or row["codes"] or row["roles"]
    )


def domain(said: frozenset[str], code: str, roles: Iterable[str]) -> str:
    """The subject: the first rule whose words, codes or roles fit. Two words of a rule are joined by a hyphen."""
    acting = set(roles)
    for name, wanted, coded, of_roles in _rules():
        if wanted and not wanted.isdisjoint(said):
            return name
        if not wanted and (not coded or code.startswith(coded)) and (not of_roles or of_roles & acting):
            return name
    return OTHER
