"""Settings of the method that a query can choose: half-life, counting rules, and what each dataset supports."""

HALF_LIVES = (7, 30, 90, 365)
MUTUAL = ("apart", "both", "coded", "none")
"""How joint events count: apart (in the pair, in neither direction), in both directions, as coded in one, or in none."""
LEVELS = ("raw", "exact", "article", "act", "joint")
"""Of de-duplication: each merges what the one before left."""
WEIGHTS = ("equal", "log", "articles")
"""How the number of its articles weighs an act."""
GATES = ("on", "off")
"""Whether machine-coded rows that the gate refuses are left out."""
WAYS = ("level", "score", "weight", "gate")
"""Choices of the method that each dataset has a default of: level of de-duplication, table of scores, weighting, gate of machine-coded rows."""
WITHOUT = ("side",)
"""Acts that a series can leave out: those known from the leading side."""
INDICATORS = (
    "balance", "intensity", "cooperation", "friction", "words", "deeds", "volume", "tension", "rank", "momentum", "asymmetry", "adjusted",
)  # fmt: skip
"""What the first chart of a pair can show."""


def other_ways(
    asked: dict[str, str | None], own: dict[str, str], scores: tuple[str, ...], is_past: bool
) -> tuple[dict[str, str | None], list[str]]:
    """The WAYS that are other than a dataset's own, and the names of those that cannot be had: a table that lacks scores for its codes, and
    any other way of what was known on an earlier day, which is not computed."""
    others = {way: value if value != own.get(way) else None for way, value in asked.items()}
    lacking = [way for way, value in others.items() if value and (is_past or (way == "score" and value not in scores))]
    return others | dict.fromkeys(lacking), lacking
