"""What a coder's backend is: an item in, proposals out; and which backends read."""

from collections.abc import Callable
from typing import Protocol

from bilateral.exits import Exit, Stop
from bilateral.intake.coding.rules import Rules
from bilateral.intake.items import Item
from bilateral.intake.proposals import Proposal


class Outage(Exception):
    """The program that a backend asks cannot be reached, or answers nobody now; the item is still to be read."""


class Backend(Protocol):
    """`rules` or `llm`. Neither reads a clock; only `llm` asks another program."""

    @property
    def name(self) -> str:
        """What a proposal says made it."""

    def proposals(self, item: Item) -> list[Proposal]:
        """Proposals of one item, in order of its sentences. Raises Outage."""


def backends(model: str | None, report: Callable[[str], None]) -> list[Backend]:
    """The rules, and a language model where one is named, as `openai:…`; `report` gets what it gave and could not be used.

    Raises Stop 78 where the extra `llm` is not installed, or the library knows no such model or finds no key for it.
    """
    if not model:
        return [Rules()]
    try:
        from pydantic_ai.exceptions import UserError

        from bilateral.intake.coding.llm import LanguageModel
    except ImportError:
        raise Stop(Exit.CONFIGURATION, f"the model {model!r} needs the extra: pip install 'bilateral[llm]'") from None
    try:
        return [Rules(), LanguageModel(model, report)]
    except (UserError, ImportError, ValueError) as fault:
        reason = str(fault).splitlines()[0]
        raise Stop(Exit.CONFIGURATION, f"the model {model!r} of BILATERAL_CODER_MODEL cannot be used: {reason}") from None
