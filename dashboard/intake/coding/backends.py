"""What a coder's backend is: an item in, proposals out."""

from typing import Protocol

from bilateral.intake.items import Item
from bilateral.intake.proposals import Proposal


class Backend(Protocol):
    """`rules` or `llm`. Neither reads a clock; only `llm` asks another program."""

    @property
    def name(self) -> str:
        """What a proposal says made it."""

    def proposals(self, item: Item) -> list[Proposal]:
        """Proposals of one item, in order of its sentences."""
