"""The two countries of a pair and the two directions between them, that of the leading country first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from bilateral import formats
from bilateral.ask.catalogue import Lists
from bilateral.ask.scopes import Scope
from bilateral.pages.choice import Choice
from bilateral.strings import Texts

Both = Sequence[tuple[str, str, pd.Series | None]]
"""Name, directed pair and standing of each direction."""


def countries(dyad: str, name: str, lists: Lists) -> dict[str, str]:
    """Code and name of both countries, the leading one first, from the name of the pair."""
    lead, partner = name.split(" – ")
    leading = str(lists.pairs.set_index("dyad").loc[dyad, "lead"])
    return {leading: lead, next(code for code in dyad.split("-") if code != leading): partner}


def told(directed: str, short: Mapping[str, str]) -> str:
    """`USA>MEX` as people read it, US → Mexico; `short` are the short names of countries."""
    return " → ".join(short.get(code, code) for code in directed.split(">"))


def joint_effect(standing: pd.Series, both: Both, text: Texts) -> str:
    """Why the balance of a pair may lie outside what each side did alone: meetings and agreements, which are in neither direction.

    Told only where they alone can be why: both directions on one side of zero, and the pair nearer to zero or beyond it.
    """
    known = [row["balance"] for _, _, row in both if row is not None and not formats.is_missing(row["balance"])]
    if len(known) < 2 or formats.is_missing(standing["balance"]):
        return ""
    if max(known) <= 0 and standing["balance"] > max(known):
        return text("directions.joint_raise")
    return text("directions.joint_lower") if min(known) >= 0 and standing["balance"] < min(known) else ""


def of_choice(choice: Choice, lists: Lists) -> Choice:
    """With a direction where the indicator has values for directions alone, and without one where it has none for them."""
    if choice.indicator == "adjusted" and choice.dir == "both":
        leads = str(lists.pairs.set_index("dyad").loc[choice.dyad, "lead"])
        return replace(choice, dir="ab" if choice.dyad.startswith(leads) else "ba")
    if choice.indicator == "asymmetry" and choice.dir != "both":
        return replace(choice, dir="both", ignored=(*choice.ignored, "dir"))
    return choice


def of_pair(scope: Scope, name: str, lists: Lists) -> dict[str, Scope]:
    """Both directions of a pair by their names, that of the leading country first."""
    lead, partner = name.split(" – ")
    leading, other = countries(scope.dyad, name, lists)
    return {
        f"{lead} → {partner}": replace(scope, dyad=f"{leading}>{other}"),
        f"{partner} → {lead}": replace(scope, dyad=f"{other}>{leading}"),
    }
