"""The finding of the first page in one sentence, by rules from counts and states: what is on record by subject, then what the balance lets one say."""

from collections.abc import Mapping

import pandas as pd

from bilateral.frames import rowwise
from bilateral.strings import Texts

READINGS = ("cooperation", "friction", "mixed")
"""Readings of a subject that can be told, in the order in which they are."""
NAMED = 2
"""Subjects that are named of each reading, those with most events first."""


def headline(subjects: pd.DataFrame, standing: Mapping | pd.Series, domains: Mapping[str, str], text: Texts) -> str:
    """`subjects` are rows of queries/app/subjects.sql, `standing` has the verdict of the balance.

    A subject is told to be mostly of one side only where the interval of its share leaves out one half; the balance is told to lean only
    where its verdict says so. Of subjects with too few events nothing is said.
    """
    named: dict[str, list[str]] = {reading: [] for reading in READINGS}
    for row in rowwise(subjects):
        if row["reading"] in named and len(named[row["reading"]]) < NAMED:
            named[row["reading"]].append(domains[row["domain"]].lower())
    if named["cooperation"] and named["friction"]:
        named["mixed"] = []
    told = [text(f"headline.{reading}", subjects=listed(names, text)) for reading, names in named.items() if names]
    overall = text(f"headline.overall_{verdict_of(standing)}")
    return "; ".join([", ".join(told), overall] if told else [overall])


def verdict_of(standing: Mapping | pd.Series) -> str:
    """What may be said of the balance: the side on which it lies, undecided, not_read, or few for every state in which nothing may be."""
    verdict = str(standing["balance_verdict"])
    if verdict in ("cooperation", "friction", "undecided"):
        return verdict
    return "not_read" if verdict == "not read" else "few"


def listed(names: list[str], text: Texts) -> str:
    return text("headline.and", first=", ".join(names[:-1]), last=names[-1]) if len(names) > 1 else names[0]
