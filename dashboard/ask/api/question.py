"""One query of the API: its parameters, its columns, and one page of its result."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from bilateral.ask.api.json_rows import records
from bilateral.ask.api.parameters import (
    ALIASES,
    Page,
    PerPage,
    checked,
)


class Missing(LookupError):
    """What was asked for by name is not here."""


@dataclass(frozen=True, eq=False)
class Question:
    """One function that may be asked, and the columns of its rows."""

    name: str
    call: Callable[..., Any]
    columns: dict[str, tuple[str, str]]
    """Name, DuckDB type and meaning."""

    @property
    def sentence(self) -> str:
        return inspect.getdoc(self.call) or ""

    @cached_property
    def parameters(self) -> type[BaseModel]:
        """What may be given with it; pages where there are rows, `most` where SQL does the cutting."""
        signature = inspect.signature(self.call, eval_str=True)
        fields: dict[str, Any] = {
            name: (
                Annotated[part.annotation, Field(alias=ALIASES.get(name))],
                ... if part.default is part.empty else part.default,
            )
            for name, part in signature.parameters.items()
            if name != "most"
        }
        if self.name not in ("event", "indicators"):
            fields |= {"page": (Page, 1), "per_page": (PerPage, 100)}
        return create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)

    def answer(self, given: Mapping[str, Any]) -> "Found":
        """One page of the answer. Raises Faulty or Wrong for what is given wrongly, Missing for what is not here."""
        asked = checked(self.parameters, given)
        page, per_page = getattr(asked, "page", 1), getattr(asked, "per_page", 1000)
        named = {name: value for name, value in asked if name not in ("page", "per_page")}
        if "most" in inspect.signature(self.call).parameters:
            named["most"] = page * per_page + 1
        found = self.call(**named)
        if isinstance(found, dict):
            return Found(found, None)
        first, last = (page - 1) * per_page, page * per_page
        rows = found[first : last + 1] if isinstance(found, list) else records(found.iloc[first : last + 1])
        return Found(rows[:per_page], page + 1 if len(rows) > per_page else None)


@dataclass(frozen=True)
class Found:
    """One page of an answer as JSON has it."""

    data: list[dict[str, Any]] | dict[str, Any]
    next_page: int | None
    """None on the last one."""
