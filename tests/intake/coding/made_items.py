"""Items made for these tests; no source published them."""

from datetime import UTC, datetime

from bilateral.intake.coding.modality import NOT_DONE
from bilateral.intake.coding.rules import Rules
from bilateral.intake.items import Item
from bilateral.intake.proposals import Proposal

PUBLISHED = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
"""A Friday."""


def made_item(text: str, language: str = "en", published: datetime | None = PUBLISHED, **fields) -> Item:
    """An item of a made source with this text."""
    given = {"precision": "second" if published else "unknown", "authority": "press"} | fields
    return Item(
        "made", "1", "https://example.org/1", "", text, "full", language, published,
        first_seen_at=datetime(2026, 3, 21, tzinfo=UTC), **given,
    )  # fmt: skip


def coded(text: str, language: str = "en", **fields) -> list[Proposal]:
    """What the rules propose for a text."""
    return Rules().proposals(made_item(text, language, **fields))


def between_states(proposals: list[Proposal]) -> list[Proposal]:
    """Those of what happened or was said between two states."""
    return [
        p
        for p in proposals
        if p.modality not in NOT_DONE and p.source_country and p.target_country and p.source_country != p.target_country
    ]


def triples(proposals: list[Proposal]) -> set[tuple[str, str, str]]:
    """Source, target and root."""
    return {(p.source_country, p.target_country, p.cameo_code[:2]) for p in proposals}
